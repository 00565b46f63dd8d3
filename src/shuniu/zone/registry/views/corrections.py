"""What enterprises say is wrong in their records, for the clerks who decide."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shuniu.zone.kernel import clock
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.templatetags.part_data import Tab
from shuniu.zone.kernel.web import render_page
from shuniu.zone.registry import forms, policies, queries, services
from shuniu.zone.registry.choices import CorrectionState
from shuniu.zone.registry.models import Correction
from shuniu.zone.registry.views import records
from shuniu.zone.registry.views.pages import Request

PAGE_SIZE = 50
STEPS = ("approve", "reject", "withdraw")


@require_safe
def correction_list(request: Request) -> HttpResponse:
    """List what enterprises ask for, the longest waiting first."""
    who = request.standing
    if not policies.may_correct_enterprises(who):
        raise PermissionDenied
    state = request.GET.get("state", CorrectionState.WAITING)
    state = state if state in CorrectionState.values else ""
    found = queries.corrections_in(who, state)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(row, records.fields_words(queries.fields_of(row))) for row in page],
        "tabs": _tabs(state, queries.correction_counts(who)),
        "is_waiting": state == CorrectionState.WAITING,
    }
    return render_page(request, "registry/correction_list.html", context, part="rows")


@require_safe
def correction_page(request: Request, pk: UUID) -> HttpResponse:
    """Show what the record says and what the enterprise says, side by side."""
    if not policies.may_correct_enterprises(request.standing):
        raise PermissionDenied
    return _page(request, _row(request, pk), forms.CorrectionReasonForm())


@require_POST
def correction_decide(request: Request, pk: UUID, step: str) -> HttpResponse:
    """Take over or refuse, as a clerk; withdraw, as the enterprise's administrator."""
    who = request.standing
    may_decide = policies.may_correct_enterprises(who)
    if step not in STEPS:
        raise Http404
    may = policies.may_administer_enterprise(who) if step == "withdraw" else may_decide
    if not may:
        raise PermissionDenied
    row = _row(request, pk)
    if step == "withdraw":
        return _withdraw(request, row)
    return _approve(request, row) if step == "approve" else _reject(request, row)


def _approve(request: Request, row: Correction) -> HttpResponse:
    try:
        services.approve_correction(
            correction_id=row.pk,
            seen=request.POST.get("seen", ""),
            actor=request.user,
            now=clock.now(),
        )
    except (services.RecordChanged, services.EnterpriseKnown, services.EnterpriseNameTaken) as no:
        return _page(request, row, forms.CorrectionReasonForm(), refusal=no)
    messages.success(request, _("Taken over: %(name)s.") % {"name": row.enterprise.name})
    return redirect("registry:corrections")


def _reject(request: Request, row: Correction) -> HttpResponse:
    form = forms.CorrectionReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    services.reject_correction(
        correction_id=row.pk,
        reason=form.cleaned_data["reason"],
        actor=request.user,
        now=clock.now(),
    )
    messages.success(request, _("Not taken over. The enterprise reads the reason."))
    return redirect("registry:corrections")


def _withdraw(request: Request, row: Correction) -> HttpResponse:
    services.withdraw_correction(correction_id=row.pk, actor=request.user, now=clock.now())
    messages.success(request, _("Withdrawn. The record stays as it is."))
    return redirect(records.own_url("registry:own-enterprise", row.enterprise))


def _page(
    request: Request,
    row: Correction,
    form: Any,
    *,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    changes = queries.changes_of(row)
    lines = records.change_lines(changes, row.enterprise)
    context = {
        "correction": row,
        "is_waiting": row.is_waiting,
        "lines": lines,
        "of_merged": queries.record_asked_about(row),
        "has_moved": any(line.is_moved for line in lines),
        "seen": queries.seal_of(row.enterprise, (change.field for change in changes)),
        "form": form,
        "refusal": refusal,
    }
    status = refusal.status if refusal else status
    return render_page(request, "registry/correction.html", context, status=status)


def _row(request: Request, pk: UUID) -> Correction:
    return get_object_or_404(queries.corrections_visible_to(request.standing), pk=pk)


def _tabs(current: str, counts: dict[str, int]) -> list[Tab]:
    labels = {
        CorrectionState.WAITING.value: _("Waiting"),
        CorrectionState.APPROVED.value: _("Taken over"),
        CorrectionState.REJECTED.value: _("Not taken over"),
        CorrectionState.WITHDRAWN.value: _("Withdrawn"),
        "": _("All"),
    }
    base = reverse("registry:corrections")
    return [
        Tab(label, f"{base}?{urlencode({'state': state})}", state == current, counts[state])
        for state, label in labels.items()
    ]
