"""The record of an enterprise as its own administrator sees it, and what is wrong in it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shuniu.zone.kernel import clock
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.web import render_page
from shuniu.zone.registry import forms, queries, services
from shuniu.zone.registry.industry import DIVISIONS
from shuniu.zone.registry.views import records
from shuniu.zone.registry.views.members import chosen_enterprise
from shuniu.zone.registry.views.pages import Request


@require_safe
def own_enterprise(request: Request) -> HttpResponse:
    """Show an enterprise its own record, what it asked for, and what became of that."""
    firm = chosen_enterprise(request)
    waiting = queries.waiting_correction_of(firm)
    context = {
        "enterprise": firm,
        "enterprises": list(queries.own_enterprises(request.standing)),
        "lines": records.record_lines(firm),
        "is_unverified": queries.is_unverified(firm, clock.now()),
        "waiting": waiting,
        "waiting_lines": records.change_lines(queries.changes_of(waiting), firm) if waiting else [],
        "history": records.history_of(firm, for_staff=False),
        "correct_url": records.own_url("registry:own-correct", firm),
    }
    return render_page(request, "registry/own_enterprise.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def own_correct(request: Request) -> HttpResponse:
    """Say what is wrong in the own record."""
    firm = chosen_enterprise(request)
    is_sent = request.method == "POST"
    form = forms.CorrectionForm(request.POST if is_sent else None, enterprise=firm)
    status = 200
    if is_sent and form.is_valid():
        try:
            services.ask_for_correction(
                enterprise_id=firm.pk,
                changes=form.changes(),
                note=form.cleaned_data["note"],
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
        "industries": DIVISIONS.values(),
        "own_url": records.own_url("registry:own-enterprise", firm),
    }
    return render_page(request, "registry/own_correct.html", context, status=status)
