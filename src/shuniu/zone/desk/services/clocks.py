"""Lights that change by themselves, and clocks rebuilt from facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from shuniu.zone.accounts.models import User
from shuniu.zone.desk import facts, problems, queries
from shuniu.zone.desk.choices import RequestKind
from shuniu.zone.desk.models import Case
from shuniu.zone.desk.services import keeping
from shuniu.zone.desk.services.keeping import set_clocks, set_light
from shuniu.zone.desk.services.telling import tell_of
from shuniu.zone.kernel import memory
from shuniu.zone.kernel.models import Fact
from shuniu.zone.kernel.services import record_facts, write_columns

BATCH = 500
CHUNK = 500
DERIVED = (
    "submitted_at", "accepted_at", "dispatched_at", "contacted_at", "planned_at", "planned_on",
    "replied_at", "closed_at", "withdrawn_at", "rejected_at", "split_at",
    "paused_at", "extended_at", "extended_to", "review_on", "urged_until",
    "called_back_at", "sampled_at",
    "asked_for", "waits", "round", "returns", "call_back_since",
    "contact_due_at", "plan_due_at", "done_due_at", "is_due_assumed",
)  # fmt: skip
LIGHT = ("light", "light_reason", "next_light_at")
STORED = (*DERIVED, *LIGHT)
# What else the clocks ask of a case.
OF_CASE = ("state", "sensitivity", "solved", "rating", "is_confirmed_by_silence")

# The last fact of a kind sets the moment; of the others the first one does.
MOMENTS = {
    facts.CaseOpened.kind: "submitted_at",
    facts.CaseDispatched.kind: "dispatched_at",
    facts.CaseReplied.kind: "replied_at",
    facts.CaseClosed.kind: "closed_at",
    facts.CaseWithdrawn.kind: "withdrawn_at",
    facts.CaseRejected.kind: "rejected_at",
    facts.EnterpriseCalledBack.kind: "called_back_at",
    facts.WithdrawalSampled.kind: "sampled_at",
    facts.CaseSplit.kind: "split_at",
}
# After these there is no such moment any more.
MOMENTS_OVER = {facts.WithdrawalChecked.kind: "sampled_at"}
FIRST_MOMENTS = {
    facts.CaseAccepted.kind: "accepted_at",
    facts.CaseDispatched.kind: "accepted_at",
    facts.EnterpriseContacted.kind: "contacted_at",
    facts.CaseReplied.kind: "contacted_at",
    facts.CasePlanned.kind: "planned_at",
    facts.CaseMerged.kind: "accepted_at",
}


PAUSES = frozenset({facts.EnterpriseAsked.kind, facts.CaseSuspended.kind})
LETS_GO_ON = frozenset(
    {facts.EnterpriseAnswered.kind, facts.CaseResumed.kind, facts.CaseWithdrawn.kind}
)
ASKS_FOR = {
    facts.ExtensionAsked.kind: RequestKind.EXTENSION,
    facts.SuspensionAsked.kind: RequestKind.SUSPENSION,
}
ENDS_REQUEST = frozenset(
    {
        facts.ExtensionGranted.kind,
        facts.CaseSuspended.kind,
        facts.RequestDenied.kind,
        facts.CaseReplied.kind,
        facts.CaseReturned.kind,
        facts.CaseEscalated.kind,
        facts.CaseWithdrawn.kind,
        facts.CaseMerged.kind,
    }
)
OPENS_AGAIN = frozenset({facts.CaseReopened.kind, facts.CallBackUnsolved.kind})
SETS_URGENCY = frozenset({facts.CaseAccepted.kind, facts.CaseMerged.kind})
SETS_REVIEW = frozenset({facts.CaseSuspended.kind, facts.CaseReviewed.kind})
ENDS_URGING = frozenset(fact.kind for fact in (*keeping.ENDS_URGING, facts.UrgingAnswered))
# Every fact that says something of the columns above.
SAYING = sorted(
    {
        *MOMENTS,
        *MOMENTS_OVER,
        *FIRST_MOMENTS,
        *PAUSES,
        *LETS_GO_ON,
        *ASKS_FOR,
        *ENDS_REQUEST,
        *SETS_REVIEW,
        *ENDS_URGING,
        facts.CaseUrged.kind,
        facts.DispatchTakenBack.kind,
        *OPENS_AGAIN,
        facts.RejectionObjected.kind,
    }
)


class Told(NamedTuple):
    """What a fact of a case says, and when it happened."""

    kind: str
    at: datetime
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """A column that does not say what the facts say."""

    number: str
    column: str
    stored: object
    from_facts: object


def change_lights(*, actor: User | None, now: datetime) -> int:
    """Change the lights that are due to change, and return how many cases were looked at."""
    seen = 0
    while batch := list(queries.lights_due(now).values_list("pk", flat=True)[:BATCH]):
        _change_batch(batch, actor=actor, now=now)
        seen += len(batch)
    return seen


@transaction.atomic
def _change_batch(batch: list[int], *, actor: User | None, now: datetime) -> None:
    locked = Case.objects.select_for_update(no_key=True, of=("self",)).select_related("lead_unit")
    cases = list(locked.filter(pk__in=batch).order_by("pk"))  # all of them before the first fact
    changed: list[Case] = []
    with memory.remembering():
        for case in cases:
            before = case.light
            set_light(case, now=now)
            if case.light != before:
                changed.append(case)
        write_columns(cases, LIGHT)
        records = [
            (facts.LightChanged(case_id=c.pk, light=c.light, reason=c.light_reason), actor, now)
            for c in changed
        ]
        told = record_facts(records, deliver=True)
        tell_of(list(zip(changed, told, strict=True)), actor=actor, now=now)


def differences(*, now: datetime) -> list[Difference]:
    """Compare the stored moments and deadlines of all cases with their facts."""
    return [
        Difference(case.number, column, before[column], getattr(case, column))
        for chunk in _chunks(Case.objects.all())
        for case, before in _rebuilt(chunk, now)
        for column in DERIVED
        if before[column] != getattr(case, column)
    ]


def rebuild(*, actor: User | None, now: datetime) -> int:  # noqa: ARG001  # commands take an actor
    """Write the moments, deadlines and lights that the facts say; return how many cases.

    Some cases at a time, each with what its facts say when it is locked: nobody waits for all.
    """
    locked = Case.objects.select_for_update(no_key=True)
    chunks = _chunks(locked)
    seen = 0
    while True:
        with transaction.atomic():
            chunk = next(chunks, None)
            if chunk is None:
                return seen
            _write_what_differs(chunk, now)
        seen += len(chunk)


def _write_what_differs(chunk: list[Case], now: datetime) -> None:
    """Write the columns in which one of some cases is not as its facts have it."""
    changed: list[Case] = []
    columns: set[str] = set()
    for case, before in _rebuilt(chunk, now):
        differing = {name for name, value in before.items() if value != getattr(case, name)}
        if differing:
            changed.append(case)
            columns |= differing
    write_columns(changed, sorted(columns))


def _chunks(cases: QuerySet[Case]) -> Iterator[list[Case]]:
    """Yield cases in the order in which everybody takes several, with what clocks are made of."""
    rows = cases.only("number", "profile_id", "urgency", "updated_at", *OF_CASE, *STORED)
    last = 0
    while chunk := list(rows.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        last = chunk[-1].pk
        yield chunk


def _rebuilt(chunk: list[Case], now: datetime) -> Iterator[tuple[Case, dict[str, Any]]]:
    """Yield each case as its facts have it, with the values that were stored.

    A case without facts is left out: nothing says how it should be.
    """
    told = _facts_of(chunk)
    with memory.remembering():
        for case in chunk:
            if case.pk in told:
                before = {column: getattr(case, column) for column in STORED}
                _replay(case, told[case.pk])
                set_clocks(case, now=now)
                yield case, before


def _facts_of(chunk: list[Case]) -> dict[int, list[Told]]:
    """Return what the facts of some cases say of their clocks, in order, by the key of the case."""
    subjects = {f"desk.case:{case.pk}": case.pk for case in chunk}
    rows = Fact.objects.filter(subject__in=list(subjects), kind__in=SAYING).order_by("pk")
    told: dict[int, list[Told]] = {}
    for subject, *fact in rows.values_list("subject", "kind", "happened_at", "data"):
        told.setdefault(subjects[subject], []).append(Told(*fact))
    return told


def _replay(case: Case, history: list[Told]) -> None:
    for column in DERIVED[1 : DERIVED.index("asked_for")]:
        setattr(case, column, None)
    case.waits, case.round, case.returns, case.asked_for = [], 1, 0, ""
    for fact in history:
        _apply(case, fact.kind, fact.at, fact.data)


def _apply(case: Case, kind: str, at: datetime, data: dict[str, Any]) -> None:
    """Let one fact say its part."""
    if kind in MOMENTS or kind in MOMENTS_OVER:
        column = MOMENTS.get(kind) or MOMENTS_OVER[kind]
        setattr(case, column, at if kind in MOMENTS else None)
    if kind in FIRST_MOMENTS:
        column = FIRST_MOMENTS[kind]
        setattr(case, column, getattr(case, column) or at)
    _apply_pause(case, kind, at, data)
    _begin_as_part(case, kind, data)
    if kind == facts.CaseUrged.kind or kind in ENDS_URGING:
        case.urged_until = date.fromisoformat(data["until"]) if "until" in data else None
    if kind in SETS_URGENCY:
        case.urgency = data["urgency"]
    elif kind == facts.CasePlanned.kind:
        case.planned_on = date.fromisoformat(data["planned_on"])
    elif kind == facts.DispatchTakenBack.kind:
        before = data["dispatched_at"]
        case.dispatched_at = datetime.fromisoformat(before) if before else None
    elif kind == facts.CaseReturned.kind:
        case.returns += 1
    elif kind in OPENS_AGAIN and case.replied_at is not None:
        wait = [case.replied_at.astimezone(UTC).isoformat(), at.astimezone(UTC).isoformat()]
        case.waits = [*case.waits, wait]
        case.replied_at = case.closed_at = None
        case.round = data["round"]
    elif kind == facts.RejectionObjected.kind and case.rejected_at is not None:
        wait = [case.rejected_at.astimezone(UTC).isoformat(), at.astimezone(UTC).isoformat()]
        case.waits = [*case.waits, wait]
        case.rejected_at, case.round = None, data["round"]


def _begin_as_part(case: Case, kind: str, data: dict[str, Any]) -> None:
    """Let a part of a case begin with the clock of the one that was divided."""
    if kind != facts.CaseSplitOff.kind:
        return
    contacted_at = data["contacted_at"]
    case.submitted_at = datetime.fromisoformat(data["submitted_at"])
    case.contacted_at = datetime.fromisoformat(contacted_at) if contacted_at else None
    case.waits = [*data["waits"]]


def _apply_pause(case: Case, kind: str, at: datetime, data: dict[str, Any]) -> None:
    """Let one fact stop the clocks, let them go on, or give them more time."""
    if kind in LETS_GO_ON and case.paused_at is not None:
        wait = [case.paused_at.astimezone(UTC).isoformat(), at.astimezone(UTC).isoformat()]
        case.waits, case.paused_at = [*case.waits, wait], None
    if kind in PAUSES:
        case.paused_at = at
    if kind in ASKS_FOR or kind in ENDS_REQUEST:
        case.asked_for = ASKS_FOR.get(kind, "")
    if kind in SETS_REVIEW:
        case.review_on = date.fromisoformat(data["until"])
    elif kind in LETS_GO_ON:
        case.review_on = None
    elif kind == facts.ExtensionGranted.kind:
        case.extended_at = at
        case.extended_to = problems.end_of_office_day(case, date.fromisoformat(data["until"]))
