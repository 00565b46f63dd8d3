"""The service catalogue: list, one item, and what clerks do with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, npgettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shuniu.zone.hall import facts, forms, policies, queries, services
from shuniu.zone.hall.models import ServiceItem
from shuniu.zone.hall.queries import ItemFilter
from shuniu.zone.hall.views.request import Request
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.channels import Table, xlsx_file
from shuniu.zone.kernel.clock import local
from shuniu.zone.kernel.facts import every_fact
from shuniu.zone.kernel.models import Fact
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.templatetags.part_data import Entry
from shuniu.zone.kernel.web import render_page

PAGE_SIZE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ICONS = {
    facts.ItemAdded.kind: "plus",
    facts.ItemCorrected.kind: "edit",
    facts.ItemListed.kind: "upload",
    facts.ItemRetired.kind: "x",
    facts.ItemRestored.kind: "rotate-clockwise",
    facts.ItemTakenBack.kind: "rotate-clockwise",
}


@require_safe
def item_list(request: Request) -> HttpResponse:
    """Show the catalogue: to staff as a table, to enterprises as what they may need."""
    who = request.standing
    _may_read(request)
    wanted = ItemFilter.read(request.GET)
    if not who.is_staff:
        wanted = replace(wanted, retired="")
    language = request.LANGUAGE_CODE
    page = Paginator(queries.filtered_items(who, wanted), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "rows": [_row(item, language) for item in page],
        "wanted": wanted,
        "query": wanted.query,
        "units": [(one.code, _name(one, language)) for one in queries.units_with_items(who)],
        "clear_url": reverse("hall:items"),
        "is_staff": who.is_staff,
        "may_keep": policies.may_keep_items(who),
    }
    return render_page(request, "hall/item_list.html", context, part="rows")


@require_safe
def item_page(request: Request, item_id: int) -> HttpResponse:
    """Show an item: what to bring, how long it takes, what it costs, who does it."""
    item = _item(request, item_id)
    who = request.standing
    told = queries.facts_of_item(item) if who.is_staff else ()
    context = {
        "row": _row(item, request.LANGUAGE_CODE),
        "item": item,
        "need_url": _need_url(request, item),
        "history": [_entry(fact) for fact in told],
        "is_staff": who.is_staff,
        "may_keep": policies.may_keep_items(who),
    }
    return render_page(request, "hall/item.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def item_new(request: Request) -> HttpResponse:
    """Add an item."""
    _may_keep(request)
    form = forms.ItemForm(request.POST or None, language=request.LANGUAGE_CODE)
    if request.method == "POST" and form.is_valid():
        try:
            item = services.add_item(
                code=form.cleaned_data["code"],
                new=form.new(),
                actor=request.user,
                now=clock.now(),
            )
        except services.CodeTaken as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, _("The item is added."))
            return redirect("hall:item", item.pk)
    return _form_page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def item_correct(request: Request, item_id: int) -> HttpResponse:
    """Correct an item."""
    _may_keep(request)
    item = _item(request, item_id)
    form = forms.ItemForm(request.POST or None, language=request.LANGUAGE_CODE, item=item)
    if request.method == "POST" and form.is_valid():
        try:
            services.correct_item(
                item_id=item.pk,
                new=form.new(),
                seen=form.cleaned_data["seen"] or 0,
                actor=request.user,
                now=clock.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return _form_page(request, form, item, status=refusal.status)
        messages.success(request, _("The item is corrected."))
        return redirect("hall:item", item.pk)
    return _form_page(request, form, item)


@require_POST
def item_step(request: Request, item_id: int, step: str) -> HttpResponse:
    """Take an item out of the catalogue, or up again."""
    _may_keep(request)
    item = _item(request, item_id)
    if step not in STEPS:
        raise Http404
    command, words = STEPS[step]
    command(item_id=item.pk, actor=request.user, now=clock.now())
    messages.success(request, str(words))
    return redirect("hall:item", item.pk)


# What a step does to an item, and what is said then.
STEPS: dict[str, tuple[Callable[..., object], Promise]] = {
    "retire": (
        services.retire_item,
        gettext_lazy("The item is retired. Enterprises do not see it any more."),
    ),
    "restore": (services.restore_item, gettext_lazy("The item is in the catalogue again.")),
}


@require_safe
def item_xlsx(request: Request) -> HttpResponse:
    """Send the list as a workbook; the same columns can be read in again."""
    _may_read(request)
    if not request.standing.is_staff:
        raise PermissionDenied
    items = queries.filtered_items(request.standing, ItemFilter.read(request.GET))
    heads = tuple(str(field.label) for field in services.ITEM_LIST.fields)
    table = Table(_("Service catalogue"), heads, _cells(items, request.LANGUAGE_CODE))
    name = f"services-{local(clock.now()):%Y-%m-%d}.xlsx"
    return HttpResponse(
        xlsx_file(table),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _cells(items: object, language: str) -> Iterator[tuple[str | int, ...]]:
    for item in items:  # type: ignore[attr-defined]  # a queryset
        yield tuple(
            _name(item.unit, language) if field.key == "unit" else _cell(item, field.key)
            for field in services.ITEM_LIST.fields
        )


def _cell(item: ServiceItem, key: str) -> str | int:
    value: str | int | None = getattr(item, key)
    return "" if value is None else value


def _form_page(
    request: Request, form: forms.ItemForm, item: ServiceItem | None, status: int = 200
) -> HttpResponse:
    shown = 422 if form.errors and status == 200 else status
    return render_page(request, "hall/item_form.html", {"form": form, "item": item}, status=shown)


def _row(item: ServiceItem, language: str) -> dict[str, object]:
    return {
        "item": item,
        "unit": _name(item.unit, language),
        "limit": _span(item.limit_days),
        "promise": _span(item.promise_days),
    }


def _name(office: object, language: str) -> str:
    return str(office.zh if language.startswith("zh") else office.en)  # type: ignore[attr-defined]  # an office


def _span(days: int | None) -> str:
    if days is None:
        return ""
    if days == 0:
        return pgettext("item", "at once")
    return npgettext("item", "%(count)d working day", "%(count)d working days", days) % {
        "count": days
    }


def _need_url(request: Request, item: ServiceItem) -> str:
    """Return the address of a need that begins with this item; nothing for who writes none."""
    who = request.standing
    name = "desk:need" if who.enterprise_ids else "desk:need-for-enterprise"
    if not (who.enterprise_ids or policies.may_write_for_others(who)):
        return ""
    words = _("We would like to have this done: %(name)s (item %(code)s).") % {
        "name": item.name,
        "code": item.code,
    }
    return f"{reverse(name)}?{urlencode({'begin': words})}"


def _entry(fact: Fact) -> Entry:
    known = every_fact().get(fact.kind)
    labels = {field.key: str(field.label) for field in services.ITEM_LIST.fields}
    changed = [labels[name] for name in fact.data.get("fields", ()) if name in labels]
    return Entry(
        at=fact.happened_at,
        title=str(known.label) if known else fact.kind,
        who=str(fact.actor or ""),
        text=pgettext("between parts", ", ").join(changed),
        icon=ICONS.get(fact.kind, ""),
    )


def _item(request: Request, item_id: int) -> ServiceItem:
    _may_read(request)
    return get_object_or_404(queries.items_visible_to(request.standing), pk=item_id)


def _may_read(request: Request) -> None:
    if not policies.may_read_items(request.standing):
        raise PermissionDenied


def _may_keep(request: Request) -> None:
    if not policies.may_keep_items(request.standing):
        raise PermissionDenied
