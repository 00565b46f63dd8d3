"""The record of an enterprise as its own administrator sees it, and what is wrong in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from shuniu.zone.kernel import clock
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.web import render_page
from shuniu.zone.registry import forms, queries, services
from shuniu.zone.registry.industry import DIVISIONS
from shuniu.zone.registry.models import Correction, Enterprise
from shuniu.zone.registry.views import records, sites
from shuniu.zone.registry.views.members import chosen_enterprise
from shuniu.zone.registry.views.pages import Request


@dataclass(frozen=True, slots=True)
class Waiting:
    """A correction that waits, and its changes in words."""

    correction: Correction
    lines: Sequence[records.ChangeLine]
    of_merged: Enterprise | None


@never_cache
@require_safe
def own_enterprise(request: Request) -> HttpResponse:
    """Show an enterprise its own record, what it asked for, and what became of that."""
    firm = chosen_enterprise(request)
    correct_url = records.own_url("registry:own-correct", firm)
    context = {
        "enterprise": firm,
        "enterprises": list(queries.own_enterprises(request.standing)),
        "lines": records.record_lines(firm),
        "is_unverified": queries.is_unverified(firm, clock.now()),
        "waiting": _waiting(firm),
        "contacts": list(queries.contacts_of(firm)),
        "contacts_url": records.own_url("registry:contacts", firm),
        "sites": sites.shown_sites(firm, may_keep=False, wrong_url=f"{correct_url}#id_about_sites"),
        "history": records.history_of(firm, for_staff=False),
        "correct_url": correct_url,
    }
    return render_page(request, "registry/own_enterprise.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def own_correct(request: Request) -> HttpResponse:
    """Say what is wrong in the own record, or say it anew while it waits."""
    firm = chosen_enterprise(request)
    is_sent = request.method == "POST"
    waiting = _waiting(firm)
    form = forms.CorrectionForm(
        request.POST if is_sent else None,
        enterprise=firm,
        waiting=[shown.correction for shown in waiting],
    )
    status = 200
    if is_sent and form.is_valid():
        try:
            services.ask_for_correction(
                enterprise_id=firm.pk,
                changes=form.changes(),
                note=form.cleaned_data["note"],
                about_sites=form.cleaned_data["about_sites"],
                replaces=form.cleaned_data["replaces"],
                actor=request.user,
                now=clock.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status
        else:
            messages.success(request, _("Sent. A clerk of the center looks at it."))
            return redirect(records.own_url("registry:own-enterprise", firm))
    elif is_sent:
        status = 422
    context = {
        "form": form,
        "enterprise": firm,
        "waiting": waiting,
        "industries": DIVISIONS.values(),
        "own_url": records.own_url("registry:own-enterprise", firm),
    }
    return render_page(request, "registry/own_correct.html", context, status=status)


def _waiting(firm: Enterprise) -> list[Waiting]:
    return [
        Waiting(
            row,
            records.change_lines(queries.changes_of(row), firm),
            queries.record_asked_about(row),
        )
        for row in queries.waiting_corrections_of(firm)
    ]
