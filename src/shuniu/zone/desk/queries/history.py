"""The history of one case as a person reads it, and who has the ball."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuniu.zone.desk import facts
from shuniu.zone.desk.choices import WITH_CENTER, WITH_PERSON, CaseState, Light, Solved
from shuniu.zone.desk.models import Case, Note
from shuniu.zone.desk.queries.rows import facts_of
from shuniu.zone.kernel.clock import day_span
from shuniu.zone.kernel.models import Fact
from shuniu.zone.registry.models import Office

TITLES: dict[str, Promise] = {
    facts.CaseOpened.kind: _("Sent in"),
    facts.CaseRead.kind: _("Read by the system, which made a suggestion"),
    facts.CaseAccepted.kind: _("Accepted"),
    facts.CaseRejected.kind: _("Not accepted"),
    facts.RejectionObjected.kind: _("The enterprise objects; a supervisor judges it"),
    facts.CaseEscalated.kind: _("Handed up to the district"),
    facts.CaseTakenBack.kind: _("Taken back from the district"),
    facts.CaseDispatched.kind: _("Given to %(unit)s"),
    facts.DispatchTakenBack.kind: _("Dispatch taken back"),
    facts.CaseSigned.kind: _("Signed for"),
    facts.EnterpriseContacted.kind: _("Got in touch with the enterprise"),
    facts.CasePlanned.kind: _("Plan, to be done by %(planned_on)s"),
    facts.ProgressNoted.kind: _("Progress"),
    facts.CaseReplied.kind: _("Answered"),
    facts.CaseReturned.kind: _("Returned; suggested: %(suggested_unit)s"),
    facts.EnterpriseAsked.kind: _("Asked the enterprise; the clocks stand still"),
    facts.EnterpriseAnswered.kind: _("The enterprise answered; the clocks go on"),
    facts.CaseResumed.kind: _("Taken up again; the clocks go on"),
    facts.ExtensionAsked.kind: _("Asked for more time until %(until)s"),
    facts.ExtensionGranted.kind: _("Given more time until %(until)s"),
    facts.SuspensionAsked.kind: _("Asked to suspend it until %(until)s"),
    facts.CaseSuspended.kind: _("Suspended; looked at again on %(until)s"),
    facts.RequestDenied.kind: _("The supervisor refused the request"),
    facts.CaseReviewed.kind: _("Still suspended; looked at again on %(until)s"),
    facts.CaseClosed.kind: _("Confirmed and closed"),
    facts.CaseReopened.kind: _("Not solved: opened again"),
    facts.CaseWithdrawn.kind: _("Withdrawn"),
    facts.CaseAddedTo.kind: _("The enterprise added"),
    facts.CaseUrged.kind: _("Urged by the supervisor, to be answered by %(until)s"),
    facts.UrgingAnswered.kind: _("Urging answered"),
    facts.EnterpriseCalledBack.kind: _("Enterprise called back: %(solved)s"),
    facts.CallBackUnsolved.kind: _("Not solved at the call-back: opened again"),
    facts.CaseMerged.kind: _("Handled together with the same need of others: one answer for all"),
    facts.CaseJoined.kind: _("Another need about the same was put with this one"),
    facts.CaseParted.kind: _("Handled on its own again"),
    facts.CaseSplit.kind: _("Divided into several, each with the clock of this one"),
    facts.CaseSplitOff.kind: _("Opened for a part of another, with its clock"),
    facts.CasesRelated.kind: _("Related to another case"),
    facts.CasesUnrelated.kind: _("Relation to another case taken off"),
    facts.CasesToldApart.kind: _("Compared with another case: not the same"),
    facts.FileAttached.kind: _("Attached a file"),
    facts.LightChanged.kind: _("Light changed: %(light)s"),
}
CLOSED_BY_SILENCE = _("Closed after the enterprise did not answer; not counted as satisfied")
STAFF_ONLY = frozenset(
    {
        facts.CaseRead.kind,
        facts.LightChanged.kind,
        facts.ExtensionAsked.kind,
        facts.SuspensionAsked.kind,
        facts.RequestDenied.kind,
        facts.CaseUrged.kind,
        facts.UrgingAnswered.kind,
        facts.EnterpriseCalledBack.kind,
        facts.CaseJoined.kind,
        facts.CasesRelated.kind,
        facts.CasesUnrelated.kind,
        facts.CasesToldApart.kind,
    }
)
# That somebody pressed an enterprise is for supervisors alone: the unit reads the history, too.
NOT_SHOWN = frozenset({facts.WithdrawalSampled.kind, facts.WithdrawalChecked.kind})
UNIT_KEYS = ("unit", "suggested_unit")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a case's history. ``who`` is empty when the system did it."""

    at: datetime
    kind: str
    title: str
    who: str
    text: str
    rating: int | None


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has the ball: a unit and perhaps a person, since when, and what is due next.

    ``is_enterprise`` says that the enterprise itself is asked.
    """

    unit: str
    person: str
    since: datetime
    next_due_at: datetime | None
    next_step: str
    is_assumed: bool
    is_enterprise: bool = False


def history_of(case: Case, *, language: str, for_staff: bool) -> list[Entry]:
    """Return the history of a case, the oldest first."""
    notes = Note.objects.filter(case=case)
    words = dict((notes if for_staff else notes.filter(is_public=True)).values_list("pk", "text"))
    named = dict(Office.objects.order_by().values_list("code", _column(language)))
    return [
        _entry(fact, words, named)
        for fact in facts_of(case).only("kind", "happened_at", "data", "actor__name")
        if fact.kind not in (NOT_SHOWN if for_staff else STAFF_ONLY | NOT_SHOWN)
    ]


def _entry(fact: Fact, words: dict[int, str], named: dict[str, str]) -> Entry:
    places = dict(fact.data)
    for key in UNIT_KEYS:
        if key in places:
            places[key] = named.get(places[key], places[key])
    if "light" in places:
        places["light"] = Light(places["light"]).label
    if places.get("solved"):
        places["solved"] = Solved(places["solved"]).label
    title = TITLES.get(fact.kind, fact.kind)
    if fact.data.get("by_silence"):
        title = CLOSED_BY_SILENCE
    return Entry(
        at=fact.happened_at,
        kind=fact.kind.rsplit(".", 1)[-1],
        title=str(title) % places,
        who=str(fact.actor) if fact.actor else "",
        text=words.get(places.get("note_id") or 0, ""),
        rating=places.get("rating"),
    )


def holder_of(case: Case, *, center: str, language: str) -> Holder | None:
    """Return who has the ball; nobody when the case is over."""
    if case.is_over:
        return None
    due_at: datetime | None
    due_at, step = _next_step(case)
    unit = _name(case.lead_unit, language) if case.lead_unit else center
    person = ""
    if case.is_asked:
        unit, due_at, step = case.enterprise.name, None, str(_("answer the question"))
    elif case.is_waiting_for_enterprise:
        unit, due_at, step = case.enterprise.name, None, str(_("confirm the answer"))
    elif case.state == CaseState.SUSPENDED and case.review_on is not None:
        person = case.handler.name if case.handler else ""
        due_at, step = day_span(case.review_on)[1], str(_("look at it again"))
    elif case.state == CaseState.ESCALATED:
        unit = case.escalated_to
    elif case.state == CaseState.MERGED:
        due_at, step = case.done_due_at, str(_("answer it with the others"))
    elif case.state in WITH_PERSON and case.handler:
        person = case.handler.name
    elif case.state in WITH_CENTER and not case.is_restricted:
        unit = center
    elif case.state == CaseState.REOPENED and not case.is_restricted:
        unit, person = center, str(_("Supervisor"))
    return Holder(
        unit=unit,
        person=person,
        since=case.turn_since,
        next_due_at=due_at,
        next_step=step,
        is_assumed=case.is_due_assumed,
        is_enterprise=case.is_waiting_for_enterprise,
    )


def _next_step(case: Case) -> tuple[datetime, str]:
    """Return the next deadline that is not met, and what is to be done by then."""
    if case.contacted_at is None:
        return case.contact_due_at, str(_("get in touch"))
    if case.planned_at is None:
        return case.plan_due_at, str(_("make a plan"))
    return case.done_due_at, str(_("answer"))


def _name(office: Office, language: str) -> str:
    return office.zh if language.startswith("zh") else office.en


def _column(language: str) -> str:
    """Return the column of an office's name in a language."""
    return "zh" if language.startswith("zh") else "en"
