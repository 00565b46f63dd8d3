"""Two records of one firm: which they may be, side by side, made one, and separated again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shuniu.zone.kernel import clock
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.web import render_page
from shuniu.zone.registry import forms, policies, queries, services
from shuniu.zone.registry.models import Enterprise, Merge
from shuniu.zone.registry.queries import EnterpriseFilter
from shuniu.zone.registry.views import records
from shuniu.zone.registry.views.enterprises import enterprise_of
from shuniu.zone.registry.views.pages import Request

PAGE_SIZE = 20
MOST_FOUND = 10


@dataclass(frozen=True, slots=True)
class Pair:
    """What both records say about one thing; ``is_half`` where one of them says nothing."""

    label: str
    one: str
    other: str
    is_code: bool
    is_half: bool = False

    @property
    def differs(self) -> bool:
        return self.one != self.other

    @property
    def is_conflict(self) -> bool:
        """Return whether both say something, and not the same."""
        return self.differs and not self.is_half


@require_safe
def merge_list(request: Request) -> HttpResponse:
    """List records that may be of one firm, and what was merged already."""
    if not policies.may_correct_enterprises(request.standing):
        raise PermissionDenied
    done = queries.merges_visible_to(request.standing)
    context = {
        "twins": queries.twins_found(),
        "page": Paginator(done, PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return render_page(request, "registry/merge_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def merge_new(request: Request, pk: int) -> HttpResponse:
    """Choose the other record, see both side by side, and make them one."""
    if not policies.may_correct_enterprises(request.standing):
        raise PermissionDenied
    row = enterprise_of(request, pk)
    if request.method == "POST":
        return _merge(request, row, _other(request, request.POST.get("other", "")))
    if wanted := request.GET.get("other", ""):
        return _side_by_side(request, row, _other(request, wanted), None)
    words = request.GET.get("words", "").replace("\x00", "").strip()[:60]
    context = {
        "enterprise": row,
        "twins": queries.twins_of(row),
        "words": words,
        "found": _found(request, row, words) if words else (),
    }
    return render_page(request, "registry/merge_new.html", context)


@require_safe
def merge_page(request: Request, pk: int) -> HttpResponse:
    """Show one merge: what was moved, and the way back."""
    merge = _merge_row(request, pk)
    context = {
        "merge": merge,
        "taken_over": [
            (
                str(queries.FIELD_LABELS[name]),
                queries.words_of_value(name, was),
                queries.words_of_value(name, taken),
            )
            for name, (was, taken) in merge.taken_over.items()
        ],
        "rows": queries.rows_moved(merge),
        "later": queries.later_merge(merge),
        "reason": queries.reason_of_merge(merge),
    }
    return render_page(request, "registry/merge.html", context)


@require_POST
def merge_undo(request: Request, pk: int) -> HttpResponse:
    """Separate two records again."""
    merge = _merge_row(request, pk)
    services.undo_merge(merge_id=merge.pk, actor=request.user, now=clock.now())
    messages.success(request, _("Separated again: each record stands for itself."))
    return redirect("registry:merge", merge.pk)


def _merge(request: Request, row: Enterprise, other: Enterprise) -> HttpResponse:
    form = forms.MergeForm(request.POST, one=row, other=other)
    if not form.is_valid():
        return _side_by_side(request, row, other, form, status=422)
    kept = row if form.cleaned_data["stays"] == str(row.pk) else other
    gone = other if kept is row else row
    try:
        merge = services.merge_enterprises(
            kept_id=kept.pk,
            gone_id=gone.pk,
            reason=form.cleaned_data["reason"],
            actor=request.user,
            now=clock.now(),
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _side_by_side(request, row, other, form, status=refusal.status)
    messages.success(request, _("The two records are one now: %(name)s.") % {"name": kept.name})
    return redirect("registry:merge", merge.pk)


def _side_by_side(
    request: Request,
    row: Enterprise,
    other: Enterprise,
    form: forms.MergeForm | None,
    *,
    status: int = 200,
) -> HttpResponse:
    form = form or forms.MergeForm(one=row, other=other)
    context = {
        "enterprise": row,
        "other": other,
        "form": form,
        "pairs": _pairs(request, row, other),
        "is_same": row.pk == other.pk,
        "gone": [one for one in (row, other) if one.merged_into_id],
        "needs_reason": services.needs_reason(row, other),
    }
    return render_page(request, "registry/merge_compare.html", context, status=status)


def _pairs(request: Request, row: Enterprise, other: Enterprise) -> list[Pair]:
    """Return what both records say, and how much points at each."""
    said = [
        Pair(a.label, a.words, b.words, a.is_code, is_half=a.is_empty or b.is_empty)
        for a, b in zip(records.record_lines(row), records.record_lines(other), strict=True)
    ]
    numbers = zip(
        records.numbers_of(request.standing, row),
        records.numbers_of(request.standing, other),
        strict=True,
    )
    counted = [Pair(a.label, str(a.count), str(b.count), is_code=False) for a, b in numbers]
    return [*counted, *said]


def _found(request: Request, row: Enterprise, words: str) -> list[Enterprise]:
    wanted = EnterpriseFilter(words=words)
    rows = queries.filtered_enterprises(request.standing, wanted, clock.now())
    return list(rows.exclude(pk=row.pk)[:MOST_FOUND])


def _other(request: Request, given: Any) -> Enterprise:
    text = str(given)
    if not (text.isascii() and text.isdecimal() and len(text) < 18):
        raise Http404
    return get_object_or_404(queries.records_visible_to(request.standing), pk=int(text))


def _merge_row(request: Request, pk: int) -> Merge:
    if not policies.may_correct_enterprises(request.standing):
        raise PermissionDenied
    return get_object_or_404(queries.merges_visible_to(request.standing), pk=pk)
