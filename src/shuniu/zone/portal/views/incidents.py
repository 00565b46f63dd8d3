"""The register of breaches: list, entry, and the steps that the law asks for."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shuniu.zone.kernel import clock
from shuniu.zone.kernel.facts import every_fact
from shuniu.zone.kernel.templatetags.part_data import Entry
from shuniu.zone.kernel.web import render_page
from shuniu.zone.portal import channels, policies, queries, services
from shuniu.zone.portal.forms import IncidentForm, NotToldForm, ToldForm
from shuniu.zone.portal.models import DataIncident
from shuniu.zone.portal.views.request import Request, only_protector

FORMS: dict[str, type[Form]] = {
    "authority": ToldForm,
    "persons": ToldForm,
    "not-told": NotToldForm,
    "settle": Form,
}


@require_safe
def incident_list(request: Request) -> HttpResponse:
    """Show the register."""
    only_protector(request)
    return render_page(
        request, "portal/incident_list.html", {"incidents": list(queries.incidents())}
    )


@require_safe
def incidents_file(request: Request) -> HttpResponse:
    """Send the register as CSV."""
    only_protector(request)
    now = clock.now()
    found = list(queries.incidents())
    services.export_incidents(rows=len(found), actor=request.user, now=now)
    name = f"incidents-{clock.local(now):%Y%m%d-%H%M}.csv"
    return HttpResponse(
        channels.register_file(found),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def incident_new(request: Request) -> HttpResponse:
    """Enter a breach."""
    only_protector(request)
    form = IncidentForm(request.POST or None, initial={"noticed_at": clock.now()})
    if request.method == "POST" and form.is_valid():
        made = _tried(
            form,
            lambda: services.report_incident(
                report=form.report(), actor=request.user, now=clock.now()
            ),
        )
        if made is not None:
            messages.success(request, _("Entered. What is to be done stands below."))
            return redirect("portal:incident", made.pk)
    return render_page(
        request, "portal/incident_new.html", {"form": form}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def incident(request: Request, incident_id: int) -> HttpResponse:
    """Show an entry with its steps, and take corrections of it."""
    only_protector(request)
    found = get_object_or_404(queries.incidents(), pk=incident_id)
    if request.method != "POST":
        return _page(request, found)
    form = IncidentForm(request.POST)
    if form.is_valid():
        made = _tried(
            form,
            lambda: services.correct_incident(
                incident_id=found.pk, report=form.report(), actor=request.user, now=clock.now()
            ),
        )
        if made is not None:
            messages.success(request, _("The entry says what is known by now."))
            return redirect("portal:incident", made.pk)
    return _page(request, found, correction=form, status=422)


@require_POST
def incident_step(request: Request, incident_id: int, step: str) -> HttpResponse:
    """Take one of the steps: authority told, persons told or not, settled."""
    only_protector(request)
    found = get_object_or_404(queries.incidents(), pk=incident_id)
    if step not in FORMS:
        raise Http404
    form = FORMS[step](request.POST)
    if form.is_valid() and _tried(form, lambda: _take(request, found, step, form)) is not None:
        return redirect("portal:incident", found.pk)
    return _page(request, found, step=step, form=form, status=422)


def _take(request: Request, found: DataIncident, step: str, form: Form) -> DataIncident:
    given = form.cleaned_data
    now = clock.now()
    if step == "authority":
        return services.note_authority_told(
            incident_id=found.pk, told_at=given["told_at"], actor=request.user, now=now
        )
    if step == "persons":
        return services.note_persons_told(
            incident_id=found.pk, told_at=given["told_at"], actor=request.user, now=now
        )
    if step == "not-told":
        return services.note_persons_not_told(
            incident_id=found.pk, reason=given["reason"], actor=request.user, now=now
        )
    return services.settle_incident(incident_id=found.pk, actor=request.user, now=now)


def _tried(form: Form, command: Callable[[], DataIncident]) -> DataIncident | None:
    """Run a command; what is refused for its content is told in the form, where the words stay."""
    try:
        return command()
    except (services.NotToldInTime, services.StepsMissing) as refusal:
        form.add_error(None, str(refusal))
        return None


def _page(
    request: Request,
    found: DataIncident,
    *,
    correction: IncidentForm | None = None,
    step: str = "",
    form: Form | None = None,
    status: int = 200,
) -> HttpResponse:
    now = clock.now()
    forms: dict[str, Form] = {
        "authority": ToldForm(initial={"told_at": now}, auto_id="authority_%s"),
        "persons": ToldForm(initial={"told_at": now}, auto_id="persons_%s"),
        "not_told": NotToldForm(auto_id="not_told_%s"),
        "settle": Form(),
    }
    if form is not None:
        forms[step.replace("-", "_")] = form
    context = {
        "incident": found,
        "correction": correction or IncidentForm.of(found),
        "forms": forms,
        "is_not_told_open": step == "not-told",
        "is_correction_open": correction is not None,
        "may_be_settled": policies.may_be_settled(found),
        "history": _history(found),
    }
    return render_page(request, "portal/incident.html", context, status=status)


def _history(found: DataIncident) -> list[Entry]:
    known = every_fact()
    return [
        Entry(fact.happened_at, str(known[fact.kind].label), str(fact.actor or ""), icon="check")
        for fact in reversed(queries.facts_of_incident(found))
    ]
