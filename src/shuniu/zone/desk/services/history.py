"""Loading cases with their past in bulk: from a spreadsheet of old cases, or the demo zone."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from django.db import transaction

from shuniu.zone.accounts.models import User
from shuniu.zone.desk import facts, problems
from shuniu.zone.desk.choices import (
    Channel,
    Decision,
    NoteKind,
    RequestKind,
    Sensitivity,
    Solved,
    Step,
    Urgency,
)
from shuniu.zone.desk.models import Case, CaseRequest, Note
from shuniu.zone.desk.services import moves
from shuniu.zone.desk.services.keeping import note_of, set_clocks
from shuniu.zone.desk.services.opening import counter_of, number_of
from shuniu.zone.desk.services.telling import tell_of
from shuniu.zone.desk.services.words import index_cases
from shuniu.zone.kernel.facts import FactRecord
from shuniu.zone.kernel.services import raise_number, record_facts
from shuniu.zone.registry.models import Enterprise, Office
from shuniu.zone.registry.queries import profile_in_force

BATCH = 200
REQUESTS = {
    facts.ExtensionAsked.kind: RequestKind.EXTENSION,
    facts.SuspensionAsked.kind: RequestKind.SUSPENSION,
}
Given = TypeVar("Given")
IsTold = Callable[[Case, datetime], bool]


@dataclass(frozen=True, slots=True)
class PastStep:
    """A step that was taken, with what it needs: see ``moves``."""

    step: Step
    at: datetime
    actor: User | None
    text: str = ""
    unit: Office | None = None
    planned_on: date | None = None
    until: date | None = None
    body: str = ""
    number: str = ""
    solved: Solved = Solved.YES
    rating: int | None = None


@dataclass(frozen=True, slots=True)
class PastCase:
    """A case and what was done to it, in order of time."""

    enterprise: Enterprise
    opened_by: User | None
    channel: Channel
    text: str
    category: str
    subcategory: str
    urgency: Urgency
    sensitivity: Sensitivity
    location_note: str
    submitted_at: datetime
    steps: tuple[PastStep, ...]


@dataclass(slots=True)
class _Told:
    """A move of history with who made it and when, until the rows have their ids."""

    case: Case
    move: moves.Move
    actor: User | None
    at: datetime
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class _Past:
    """A fact of a case that is not written yet."""

    case: Case
    fact: FactRecord
    actor: User | None
    at: datetime


def _nobody(_case: Case, _at: datetime) -> bool:
    return False


@transaction.atomic
def load_history(
    *,
    cases: Sequence[PastCase],
    is_told: IsTold = _nobody,
    actor: User | None,  # noqa: ARG001  # the people of the past acted
    now: datetime,
) -> list[Case]:
    """Write cases with their notes and facts as if the commands had run, without reactions.

    ``is_told`` says of which case and moment people find a notice.
    """
    version_id = profile_in_force().version_id
    serials: Tally[str] = Tally()
    rows: list[Case] = []
    told: list[_Told] = []
    for past in sorted(cases, key=lambda past: past.submitted_at):
        series = counter_of(past.submitted_at)
        serials[series] += 1
        case = _opened(past, number_of(serials[series], past.submitted_at), version_id)
        told += [_Told(case, _move(case, past, step), step.actor, step.at) for step in past.steps]
        set_clocks(case, now=now)
        rows.append(case)
    Case.objects.bulk_create(rows, batch_size=BATCH)
    _write_requests(told)
    _write_notes(told)
    _write_facts(rows, told, is_told, now)
    index_cases(case_ids=[row.pk for row in rows])
    for series, count in serials.items():
        raise_number(series, count)
    return rows


def _opened(past: PastCase, number: str, version_id: int) -> Case:
    case = Case(
        number=number,
        enterprise=past.enterprise,
        opened_by=past.opened_by,
        profile_id=version_id,
        channel=past.channel,
        text=past.text,
        location_note=past.location_note,
        urgency=Urgency.NORMAL,
        sensitivity=past.sensitivity,
        submitted_at=past.submitted_at,
        updated_at=past.submitted_at,
        turn_since=past.submitted_at,
    )
    set_clocks(case, now=past.submitted_at)
    return case


def _move(case: Case, past: PastCase, step: PastStep) -> moves.Move:
    """Take one step of the past in memory."""
    move = MOVES[step.step](case, past, step)
    if step.step == Step.ACCEPT:
        set_clocks(case, now=step.at)
    return move


MOVES: dict[Step, Callable[[Case, PastCase, PastStep], moves.Move]] = {
    Step.ACCEPT: lambda case, past, step: moves.accept(
        case,
        category=past.category,
        subcategory=past.subcategory,
        urgency=past.urgency,
        text=step.text,
        now=step.at,
    ),
    Step.DISPATCH: lambda case, _, step: moves.dispatch(case, unit=_given(step.unit), now=step.at),
    Step.SIGN: lambda case, _, step: moves.sign(case, handler=_given(step.actor), now=step.at),
    Step.CONTACT: lambda case, _, step: moves.contact(case, text=step.text, now=step.at),
    Step.PLAN: lambda case, _, step: moves.plan(
        case, text=step.text, planned_on=_given(step.planned_on), now=step.at
    ),
    Step.NOTE: lambda case, _, step: moves.note(case, text=step.text, now=step.at),
    Step.REPLY: lambda case, _, step: moves.reply(case, text=step.text, now=step.at),
    Step.RETURN: lambda case, _, step: moves.give_back(
        case, text=step.text, suggested_unit=_given(step.unit), now=step.at
    ),
    Step.REJECT: lambda case, _, step: moves.reject(case, text=step.text, now=step.at),
    Step.ASK: lambda case, _, step: moves.ask(case, text=step.text, now=step.at),
    Step.ASK_EXTENSION: lambda case, _, step: moves.ask_extension(
        case, text=step.text, until=_given(step.until)
    ),
    Step.ASK_SUSPENSION: lambda case, _, step: moves.ask_suspension(
        case, text=step.text, until=_given(step.until)
    ),
    Step.SUSPEND: lambda case, _, step: moves.suspend(
        case, text=step.text, until=_given(step.until), now=step.at
    ),
    Step.ESCALATE: lambda case, _, step: moves.escalate(
        case,
        body=step.body,
        number=step.number,
        text=f"{step.body} {step.number}\n{step.text}",
        now=step.at,
    ),
    Step.CONFIRM: lambda case, _, step: moves.confirm(
        case,
        solved=step.solved,
        rating=step.rating,
        text=step.text,
        by_silence=step.actor is None,
        now=step.at,
    ),
    Step.REFUSE: lambda case, _, step: moves.refuse(case, text=step.text, now=step.at),
    Step.WITHDRAW: lambda case, _, step: moves.withdraw(case, text=step.text, now=step.at),
}


def _given(value: Given | None) -> Given:
    """Return what a step of history needs; raise ValueError if it is not there."""
    if value is None:
        raise ValueError("A step of history lacks its unit, person or day.")
    return value


def _write_requests(told: list[_Told]) -> None:
    """Write what units asked supervisors for; what was granted ends the request before it."""
    waiting: dict[str, CaseRequest] = {}
    requests: list[CaseRequest] = []
    for item in told:
        fact = item.move.fact
        if isinstance(fact, facts.ExtensionAsked | facts.SuspensionAsked):
            request = CaseRequest(
                case=item.case,
                kind=REQUESTS[fact.kind],
                until=fact.until,
                asked_by=_given(item.actor),
                asked_at=item.at,
            )
            waiting[item.case.number] = request
            requests.append(request)
        elif isinstance(fact, facts.CaseSuspended):
            request = waiting[item.case.number]
            request.decision = Decision.GRANTED
            request.decided_by, request.decided_at = item.actor, item.at
    CaseRequest.objects.bulk_create(requests, batch_size=BATCH)


def _write_notes(told: list[_Told]) -> None:
    """Write the words of all steps; a refusal also marks the answer that it refuses."""
    answers: dict[str, Note] = {}
    for item in told:
        item.note = note_of(item.case, item.move, actor=item.actor, now=item.at)
        if item.note is not None and item.note.kind == NoteKind.REPLY:
            answers[item.case.number] = item.note
        elif isinstance(item.move.fact, facts.CaseReopened):
            answers[item.case.number].refused_at = item.at
    Note.objects.bulk_create([item.note for item in told if item.note], batch_size=BATCH)


def _write_facts(rows: list[Case], told: list[_Told], is_told: IsTold, now: datetime) -> None:
    """Write the facts of all cases in order of time, as they would have been recorded."""
    past = [_Past(case, _opening_fact(case), case.opened_by, case.submitted_at) for case in rows]
    for item in told:
        fact = replace(item.move.fact, case_id=item.case.pk)
        if item.note is not None:
            fact = replace(fact, note_id=item.note.pk)  # type: ignore[call-arg]  # only facts with words have a note
        past.append(_Past(item.case, fact, item.actor, item.at))
    for case in rows:
        past += _lights(case, now)
    past.sort(key=lambda one: one.at)
    written = record_facts([(one.fact, one.actor, one.at) for one in past], deliver=False)
    for one, row in zip(past, written, strict=True):
        if is_told(one.case, one.at):
            tell_of([(one.case, row)], actor=one.actor, now=one.at)


def _lights(case: Case, now: datetime) -> Iterator[_Past]:
    """Yield the changes of the light of an open case since its last step."""
    if case.is_over:
        return
    reading = problems.light_of(case, now=case.updated_at)
    while (at := reading.next_change_at) is not None and at <= now:
        before, reading = reading.light, problems.light_of(case, now=at)
        if reading.light != before:
            changed = facts.LightChanged(
                case_id=case.pk, light=reading.light.value, reason=reading.reason.value
            )
            yield _Past(case, changed, None, at)


def _opening_fact(case: Case) -> facts.CaseOpened:
    return facts.CaseOpened(
        case_id=case.pk,
        enterprise_id=case.enterprise_id,
        channel=case.channel,
        urgency=Urgency.NORMAL,
        profile_id=case.profile_id,
    )
