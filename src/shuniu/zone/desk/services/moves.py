"""What each step changes in a case and which fact tells of it. Nothing is written here.

One place for both ways into the past: a command takes one move and writes it, the loading of
history takes many and writes them together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from shuniu.zone.accounts.models import User
from shuniu.zone.desk import facts
from shuniu.zone.desk.choices import (
    PAUSED,
    TRANSITIONS,
    WITH_PERSON,
    CaseState,
    NoteKind,
    Pressed,
    RequestKind,
    Sensitivity,
    Solved,
    Step,
    Urgency,
)
from shuniu.zone.desk.models import Case
from shuniu.zone.registry.models import Office

DISCIPLINE = "discipline"
# Where what the unit asked for still makes sense.
KEEPS_REQUEST = WITH_PERSON | {CaseState.WAITING}


@dataclass(frozen=True, slots=True)
class Move:
    """A fact, and the words that go with it."""

    fact: facts.CaseFact
    note_kind: NoteKind | None = None
    text: str = ""


def accept(
    case: Case, *, category: str, subcategory: str, urgency: Urgency, text: str, now: datetime
) -> Move:
    _turn(case, Step.ACCEPT, now)
    case.category, case.subcategory, case.urgency = category, subcategory, urgency
    case.handler = None
    case.accepted_at = case.accepted_at or now
    told = facts.CaseAccepted(case_id=_id(case), category=category, urgency=urgency)
    return Move(told, NoteKind.ACCEPTANCE, text)


def reject(case: Case, *, text: str, now: datetime) -> Move:
    """Do not take a need on: it is over, unless the enterprise objects."""
    _turn(case, Step.REJECT, now)
    case.rejected_at = now
    return Move(facts.CaseRejected(case_id=_id(case)), NoteKind.REJECTION, text)


def object_to(case: Case, *, text: str, now: datetime) -> Move:
    """Open a rejected case again, one level up; the time until the objection is taken out."""
    if case.rejected_at is None:
        raise ValueError(f"{case} was not rejected")
    _turn(case, Step.OBJECT, now)
    case.waits = [*case.waits, [_utc(case.rejected_at), _utc(now)]]
    case.rejected_at = None
    case.round += 1
    told = facts.RejectionObjected(case_id=_id(case), round=case.round)
    return Move(told, NoteKind.OBJECTION, text)


def escalate(case: Case, *, body: str, number: str, text: str, now: datetime) -> Move:
    """Hand a case up to a body of the district. Nobody in the zone has it then; clocks go on."""
    _turn(case, Step.ESCALATE, now)
    case.escalated_to, case.escalated_number = body, number
    case.handler = None
    return Move(facts.CaseEscalated(case_id=_id(case)), NoteKind.ESCALATION, text)


def take_back(case: Case, *, text: str, now: datetime) -> Move:
    """Take a case back from the district: the center gives it to a unit again."""
    _turn(case, Step.TAKE_BACK, now)
    case.lead_unit = None
    return Move(facts.CaseTakenBack(case_id=_id(case)), NoteKind.TAKEN_BACK, text)


def dispatch(case: Case, *, unit: Office, now: datetime) -> Move:
    """Give the case to a unit; the discipline office's cases are restricted from then on."""
    _turn(case, Step.DISPATCH, now)
    case.lead_unit, case.handler = unit, None
    case.dispatched_at = now
    case.accepted_at = case.accepted_at or now
    if unit.kind == DISCIPLINE:
        case.sensitivity = Sensitivity.RESTRICTED
    return Move(facts.CaseDispatched(case_id=_id(case), unit=unit.code, round=case.round))


def take_back_dispatch(
    case: Case,
    *,
    state: CaseState,
    unit: Office | None,
    dispatched_at: datetime | None,
    now: datetime,
) -> Move:
    """Put a case back to where it was before it was given to a unit that has not signed for it."""
    if case.state != CaseState.DISPATCHED:
        raise ValueError(f"{case} is {case.state}")
    case.state, case.lead_unit, case.dispatched_at = state, unit, dispatched_at
    case.turn_since = case.updated_at = now
    _end_urging(case)
    told = facts.DispatchTakenBack(
        case_id=_id(case),
        state=state,
        unit=unit.code if unit else "",
        dispatched_at=_utc(dispatched_at) if dispatched_at else "",
    )
    return Move(told)


def sign(case: Case, *, handler: User, now: datetime) -> Move:
    _turn(case, Step.SIGN, now)
    case.handler = handler
    return Move(facts.CaseSigned(case_id=_id(case), handler_id=handler.pk))


def contact(case: Case, *, text: str, now: datetime) -> Move:
    _turn(case, Step.CONTACT, now)
    case.contacted_at = case.contacted_at or now
    return Move(facts.EnterpriseContacted(case_id=_id(case)), NoteKind.CONTACT, text)


def plan(case: Case, *, text: str, planned_on: date, now: datetime) -> Move:
    _turn(case, Step.PLAN, now)
    case.planned_at, case.planned_on = case.planned_at or now, planned_on
    told = facts.CasePlanned(case_id=_id(case), planned_on=planned_on)
    return Move(told, NoteKind.PLAN, text)


def note(case: Case, *, text: str, now: datetime) -> Move:
    _turn(case, Step.NOTE, now)
    return Move(facts.ProgressNoted(case_id=_id(case)), NoteKind.PROGRESS, text)


def reply(case: Case, *, text: str, now: datetime) -> Move:
    _turn(case, Step.REPLY, now)
    case.replied_at = now
    case.contacted_at = case.contacted_at or now
    told = facts.CaseReplied(case_id=_id(case), in_time=now <= case.done_due_at)
    return Move(told, NoteKind.REPLY, text)


def give_back(case: Case, *, text: str, suggested_unit: Office, now: datetime) -> Move:
    """Return the case to the center with a reason and a better unit."""
    _turn(case, Step.RETURN, now)
    was = case.lead_unit
    case.lead_unit, case.handler = None, None
    case.returns += 1
    case.suggestion = {**case.suggestion, "returned_for": suggested_unit.code}
    told = facts.CaseReturned(
        case_id=_id(case), unit=was.code if was else "", suggested_unit=suggested_unit.code
    )
    return Move(told, NoteKind.RETURN, text)


def ask(case: Case, *, text: str, now: datetime) -> Move:
    """Ask the enterprise for something that the unit needs; its clocks stand still meanwhile."""
    _turn(case, Step.ASK, now)
    return Move(facts.EnterpriseAsked(case_id=_id(case)), NoteKind.QUESTION, text)


def answer(case: Case, *, text: str, now: datetime) -> Move:
    _turn(case, Step.ANSWER, now)
    return Move(facts.EnterpriseAnswered(case_id=_id(case)), NoteKind.ANSWER, text)


def resume(case: Case, *, text: str, now: datetime) -> Move:
    """Let the clocks go on: what was waited for came by another way, or will not come."""
    _turn(case, Step.RESUME, now)
    return Move(facts.CaseResumed(case_id=_id(case)), NoteKind.RESUMING, text)


def ask_extension(case: Case, *, text: str, until: date) -> Move:
    """Ask for more time. Nothing was done for the enterprise by that, so no clock notices."""
    _check(case, Step.ASK_EXTENSION)
    case.asked_for = RequestKind.EXTENSION
    told = facts.ExtensionAsked(case_id=_id(case), until=until)
    return Move(told, NoteKind.REQUEST, text)


def grant_extension(
    case: Case, *, text: str, until: date, ends_at: datetime, now: datetime
) -> Move:
    _check(case, Step.GRANT_EXTENSION)
    case.extended_at, case.extended_to, case.asked_for = now, ends_at, ""
    told = facts.ExtensionGranted(case_id=_id(case), until=until)
    return Move(told, NoteKind.DECISION, text)


def ask_suspension(case: Case, *, text: str, until: date) -> Move:
    _check(case, Step.ASK_SUSPENSION)
    case.asked_for = RequestKind.SUSPENSION
    told = facts.SuspensionAsked(case_id=_id(case), until=until)
    return Move(told, NoteKind.REQUEST, text)


def suspend(case: Case, *, text: str, until: date, now: datetime) -> Move:
    """Set a case aside that cannot be done now, until it is looked at again."""
    _turn(case, Step.SUSPEND, now)
    case.review_on, case.asked_for = until, ""
    told = facts.CaseSuspended(case_id=_id(case), until=until)
    return Move(told, NoteKind.DECISION, text)


def deny(case: Case, *, request: RequestKind, text: str) -> Move:
    _check(case, Step.DENY)
    case.asked_for = ""
    told = facts.RequestDenied(case_id=_id(case), request=request)
    return Move(told, NoteKind.DECISION, text)


def review(case: Case, *, text: str, until: date, now: datetime) -> Move:
    _turn(case, Step.REVIEW, now)
    case.review_on = until
    told = facts.CaseReviewed(case_id=_id(case), until=until)
    return Move(told, NoteKind.REVIEW, text)


def confirm(
    case: Case, *, solved: Solved, rating: int | None, text: str, by_silence: bool, now: datetime
) -> Move:
    """Close the case by the enterprise's word, or by its silence, which says nothing."""
    _turn(case, Step.CONFIRM, now)
    case.solved, case.rating = solved, rating
    case.is_confirmed_by_silence = by_silence
    case.closed_at = now
    told = facts.CaseClosed(case_id=_id(case), solved=solved, rating=rating, by_silence=by_silence)
    return Move(told, NoteKind.RATING, text)


def refuse(case: Case, *, text: str, now: datetime) -> Move:
    """Open the case again, one level up; the time it waited for the enterprise is taken out."""
    if case.replied_at is None:
        raise ValueError(f"{case} was not answered")
    _turn(case, Step.REFUSE, now)
    case.waits = [*case.waits, [_utc(case.replied_at), _utc(now)]]
    case.replied_at = None
    case.parent = None  # who refuses an answer that came for several goes on alone
    case.round += 1
    return Move(facts.CaseReopened(case_id=_id(case), round=case.round), NoteKind.REFUSAL, text)


def withdraw(case: Case, *, text: str, now: datetime) -> Move:
    _turn(case, Step.WITHDRAW, now)
    case.withdrawn_at = now
    return Move(facts.CaseWithdrawn(case_id=_id(case)), NoteKind.WITHDRAWAL, text)


def add(case: Case, *, text: str) -> Move:
    """Let the enterprise add words; the unit was not heard of by that, so no clock notices."""
    return Move(facts.CaseAddedTo(case_id=_id(case)), NoteKind.ADDITION, text)


def urge(case: Case, *, urging_id: int, until: date, note_id: int) -> Move:
    """Ask the unit in writing. Nobody did anything for the enterprise, so no clock notices."""
    _check(case, Step.URGE)
    case.urged_until = until
    told = facts.CaseUrged(
        case_id=_id(case),
        urging_id=urging_id,
        unit=case.lead_unit.code if case.lead_unit else "",
        until=until,
        note_id=note_id,
    )
    return Move(told)


def respond(case: Case, *, urging_id: int, in_time: bool, note_id: int) -> Move:
    """Let the unit answer what it was asked in writing."""
    _check(case, Step.RESPOND)
    case.urged_until = None
    told = facts.UrgingAnswered(
        case_id=_id(case), urging_id=urging_id, in_time=in_time, note_id=note_id
    )
    return Move(told)


def call_back(
    case: Case,
    *,
    call_back_id: int,
    solved: Solved,
    rating: int | None,
    note_id: int,
    now: datetime,
) -> Move:
    """Note what the enterprise says of a closed case.

    "Not solved" opens it again, one level up; the time since the answer is taken out.
    """
    _check(case, Step.CALL_BACK)
    if solved != Solved.NO:
        case.called_back_at = now
        told = facts.EnterpriseCalledBack(
            case_id=_id(case), call_back_id=call_back_id, solved=solved, rating=rating,
            note_id=note_id,
        )  # fmt: skip
        return Move(told)
    if case.replied_at is None:
        raise ValueError(f"{case} was not answered")
    case.waits = [*case.waits, [_utc(case.replied_at), _utc(now)]]
    case.replied_at = case.closed_at = case.rating = None
    case.solved, case.is_confirmed_by_silence = "", False
    case.state, case.turn_since, case.updated_at = CaseState.REOPENED, now, now
    case.round += 1
    again = facts.CallBackUnsolved(
        case_id=_id(case), call_back_id=call_back_id, round=case.round, rating=rating,
        note_id=note_id,
    )  # fmt: skip
    return Move(again)


def check_withdrawal(case: Case, *, pressed: Pressed, note_id: int) -> Move:
    """Note why a case was withdrawn; it is over and stays so."""
    _check(case, Step.CHECK_WITHDRAWAL)
    case.sampled_at = None
    return Move(facts.WithdrawalChecked(case_id=_id(case), pressed=pressed, note_id=note_id))


def merge(case: Case, *, parent: Case, text: str, now: datetime) -> Move:
    """Let a case be handled with another: it has no work of its own, and its clocks go on.

    What nobody has sorted yet is about what the other one is about.
    """
    handler_id = case.handler_id
    _turn(case, Step.MERGE, now)
    if not case.category:
        case.category, case.subcategory = parent.category, parent.subcategory
    case.urgency = parent.urgency
    case.accepted_at = case.accepted_at or now
    case.parent, case.lead_unit, case.handler = parent, parent.lead_unit, None
    told = facts.CaseMerged(
        case_id=_id(case), parent_id=_id(parent), urgency=case.urgency, handler_id=handler_id
    )
    return Move(told, NoteKind.MERGING, text)


def part(case: Case, *, text: str, now: datetime) -> Move:
    """Let a case be handled on its own again: the center gives it to a unit."""
    _check(case, Step.UNMERGE)
    parent_id = case.parent_id
    if parent_id is None:
        raise ValueError(f"{case} has no other case")
    _turn(case, Step.UNMERGE, now)
    case.parent, case.lead_unit = None, None
    told = facts.CaseParted(case_id=_id(case), parent_id=parent_id)
    return Move(told, NoteKind.PARTING, text)


def split(case: Case, *, part_ids: tuple[int, ...], now: datetime) -> Move:
    """Let a case be over because one was opened for each of its parts."""
    _turn(case, Step.SPLIT, now)
    case.split_at = now
    return Move(facts.CaseSplit(case_id=_id(case), part_ids=part_ids))


def follow_plan(case: Case, *, parent: Case, text: str, now: datetime) -> Move:
    """Let the plan of the leading case be that of a case that is handled with it."""
    _check(case, Step.UNMERGE)
    case.planned_at, case.planned_on = case.planned_at or now, parent.planned_on
    case.updated_at = now
    told = facts.CasePlanned(case_id=_id(case), planned_on=_given(parent.planned_on))
    return Move(told, NoteKind.PLAN, text)


def follow_reply(case: Case, *, parent: Case, text: str, now: datetime) -> Move:
    """Let the answer of the leading case be that of a case that is handled with it."""
    _check(case, Step.UNMERGE)
    case.state, case.replied_at = CaseState.REPLIED, now
    case.contacted_at = case.contacted_at or now
    case.lead_unit, case.handler = parent.lead_unit, parent.handler
    case.turn_since = case.updated_at = now
    told = facts.CaseReplied(case_id=_id(case), in_time=now <= case.done_due_at)
    return Move(told, NoteKind.REPLY, text)


def is_possible(case: Case, step: Step) -> bool:
    """Return whether the state of the case allows the step."""
    return CaseState(case.state) in TRANSITIONS[step][0]


def _check(case: Case, step: Step) -> None:
    if not is_possible(case, step):
        raise ValueError(f"{step} is not possible while {case} is {case.state}")


def _turn(case: Case, step: Step, now: datetime) -> None:
    """Move the case to the state that follows; whoever has the ball then has it since now."""
    _check(case, step)
    to = TRANSITIONS[step][1]
    if to is not None and to != case.state:
        if not (step in {Step.PLAN, Step.NOTE} and case.state == CaseState.SIGNED):
            case.turn_since = now
        _pause_or_go_on(case, is_paused=to in PAUSED, now=now)
        case.state, case.review_on = to, None
    if case.state not in KEEPS_REQUEST:
        case.asked_for = ""
    _end_urging(case)
    case.updated_at = now


def _end_urging(case: Case) -> None:
    """Let an urging wait no longer than the unit can answer it."""
    if not is_possible(case, Step.RESPOND):
        case.urged_until = None


def _pause_or_go_on(case: Case, *, is_paused: bool, now: datetime) -> None:
    if case.paused_at is not None:
        case.waits = [*case.waits, [_utc(case.paused_at), _utc(now)]]
        case.paused_at = None
    if is_paused:
        case.paused_at = now


def _given(day: date | None) -> date:
    if day is None:
        raise ValueError("no day is planned")
    return day


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def _id(case: Case) -> int:
    """Return the row's id; 0 for a case of history that is not written yet."""
    return case.pk or 0
