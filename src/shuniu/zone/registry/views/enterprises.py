"""The register of enterprises: list, page, and what clerks do with a record."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shuniu.zone.kernel import clock
from shuniu.zone.kernel.channels import CSV_TYPE, LONG_LIST, XLSX_TYPE, Table, csv_file, xlsx_file
from shuniu.zone.kernel.clock import local
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.web import render_page
from shuniu.zone.registry import forms, policies, queries, services
from shuniu.zone.registry.channels import table_of_enterprises
from shuniu.zone.registry.industry import DIVISIONS, SECTIONS
from shuniu.zone.registry.models import Enterprise
from shuniu.zone.registry.queries import EnterpriseFilter
from shuniu.zone.registry.views import records, sites
from shuniu.zone.registry.views.pages import Request

PAGE_SIZE = 50


@require_safe
def enterprise_list(request: Request) -> HttpResponse:
    """List the enterprises of the zone, and how many are in each state."""
    who, now = request.standing, clock.now()
    if not policies.may_see_enterprises(who):
        raise PermissionDenied
    wanted = EnterpriseFilter.read(request.GET)
    found = queries.filtered_enterprises(who, wanted, now)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": records.lines_of(page, now),
        "wanted": wanted,
        "tabs": records.tabs_of(wanted, queries.enterprise_counts(who, wanted, now)),
        "sections": [(s.letter, s.label(request.LANGUAGE_CODE)) for s in SECTIONS],
        "places": queries.places_to_choose(),
        "xlsx_url": records.list_url("registry:enterprises-xlsx", wanted),
        "csv_url": records.list_url("registry:enterprises-csv", wanted),
        "query": wanted.query,
        "is_long": page.paginator.count > LONG_LIST,
        "clear_url": records.list_url("registry:enterprises", queries.without_filters(wanted)),
        "is_filtered": queries.has_filters(wanted),
        "hint": None if page.object_list else queries.code_hint(who, wanted.words),
        "may_correct": policies.may_correct_enterprises(who),
    }
    return render_page(request, "registry/enterprise_list.html", context, part="rows")


@require_safe
def enterprises_xlsx(request: Request) -> HttpResponse:
    """Give the list as a workbook, which is recorded."""
    return _file(request, "xlsx", XLSX_TYPE, xlsx_file)


@require_safe
def enterprises_csv(request: Request) -> HttpResponse:
    """Give the list as comma separated values, which is recorded."""
    return _file(request, "csv", CSV_TYPE, csv_file)


@require_http_methods(["GET", "HEAD", "POST"])
def enterprise_new(request: Request) -> HttpResponse:
    """Write down an enterprise that is not known yet."""
    if not policies.may_correct_enterprises(request.standing):
        raise PermissionDenied
    is_sent = request.method == "POST"
    form = forms.NewRecordForm(request.POST if is_sent else None)
    status = 200
    if is_sent and form.is_valid():
        try:
            row = services.add_enterprise(new=form.new(), actor=request.user, now=clock.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            messages.success(request, _("%(name)s is registered.") % {"name": row.name})
            return redirect("registry:enterprise", row.pk)
    elif is_sent:
        status = 422
    context = {"form": form, "enterprise": None, "industries": DIVISIONS.values()}
    return render_page(request, "registry/enterprise_form.html", context, status=status)


@require_safe
def enterprise_page(request: Request, pk: int) -> HttpResponse:
    """Show all that is known of one enterprise."""
    who, now = request.standing, clock.now()
    row = enterprise_of(request, pk)
    is_clerk = policies.may_correct_enterprises(who)
    context = {
        "enterprise": row,
        "lines": records.record_lines(row),
        "is_unverified": queries.is_unverified(row, now),
        "contacts": queries.contacts_visible_to(who).filter(enterprise=row),
        "may_reveal": policies.may_reveal_contact(who),
        "people": queries.people_of_record(row) if is_clerk else (),
        "ways": records.ways_of(who, row),
        "history": records.history_of(row, for_staff=True),
        "corrections": queries.waiting_corrections_of(row) if is_clerk else [],
        "merges": queries.merges_into(row),
        "may_correct": is_clerk,
        "sites": sites.shown_sites(row, may_keep=is_clerk),
    }
    return render_page(request, "registry/enterprise.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def enterprise_edit(request: Request, pk: int) -> HttpResponse:
    """Correct a record."""
    if not policies.may_correct_enterprises(request.standing):
        raise PermissionDenied
    row = enterprise_of(request, pk)
    if row.merged_into is not None:
        return records.to_standing(request, row)
    is_sent = request.method == "POST"
    form = forms.RecordForm(request.POST if is_sent else None, enterprise=row)
    status = 200
    if is_sent and form.is_valid():
        try:
            services.correct_enterprise(
                enterprise_id=row.pk, changes=form.changes(), actor=request.user, now=clock.now()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            messages.success(request, _("The record is corrected."))
            return redirect("registry:enterprise", row.pk)
    elif is_sent:
        status = 422
    context = {"form": form, "enterprise": row, "industries": DIVISIONS.values()}
    return render_page(request, "registry/enterprise_form.html", context, status=status)


@require_POST
def enterprise_verify(request: Request, pk: int) -> HttpResponse:
    """Say that a record is right as of today: a clerk, or its own administrator."""
    who = request.standing
    is_clerk = policies.may_correct_enterprises(who)
    if not is_clerk and not policies.may_administer_enterprise(who):
        raise PermissionDenied
    rows = queries.records_visible_to(who) if is_clerk else queries.own_enterprises(who)
    row = get_object_or_404(rows, pk=pk)
    services.verify_enterprise(enterprise_id=row.pk, actor=request.user, now=clock.now())
    messages.success(request, _("Noted: right as of today."))
    if is_clerk:
        return redirect("registry:enterprise", row.pk)
    return redirect(records.own_url("registry:own-enterprise", row))


def enterprise_of(request: Request, pk: int) -> Enterprise:
    """Return the record that a page of staff is about."""
    if not policies.may_see_enterprises(request.standing):
        raise PermissionDenied
    return get_object_or_404(queries.records_visible_to(request.standing), pk=pk)


def _file(
    request: Request, ending: str, content_type: str, write: Callable[[Table], bytes]
) -> HttpResponse:
    if not policies.may_see_enterprises(request.standing):
        raise PermissionDenied
    now = clock.now()
    rows = services.export_enterprises(
        wanted=EnterpriseFilter.read(request.GET), actor=request.user, now=now
    )
    answer = HttpResponse(write(table_of_enterprises(rows)), content_type=content_type)
    name = f"enterprises-{local(now):%Y-%m-%d}.{ending}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
