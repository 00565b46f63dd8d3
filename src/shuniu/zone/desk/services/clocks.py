"""Lights that change by themselves, and clocks rebuilt from facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any

from django.db import transaction

from shuniu.zone.accounts.models import User
from shuniu.zone.desk import facts, problems, queries
from shuniu.zone.desk.choices import RequestKind
from shuniu.zone.desk.models import Case
from shuniu.zone.desk.services import keeping
from shuniu.zone.desk.services.keeping import set_clocks, set_light
from shuniu.zone.desk.services.telling import tell_of
from shuniu.zone.kernel.models import Fact
from shuniu.zone.kernel.services import record_fact

BATCH = 200
DERIVED = (
    "submitted_at", "accepted_at", "dispatched_at", "contacted_at", "planned_at", "planned_on",
    "replied_at", "closed_at", "withdrawn_at", "rejected_at",
    "paused_at", "extended_at", "extended_to", "review_on", "urged_until",
    "called_back_at",
    "asked_for", "waits", "round", "returns", "call_back_since",
    "contact_due_at", "plan_due_at", "done_due_at", "is_due_assumed",
)  # fmt: skip

# The last fact of a kind sets the moment; of the others the first one does.
MOMENTS = {
    facts.CaseOpened.kind: "submitted_at",
    facts.CaseDispatched.kind: "dispatched_at",
    facts.CaseReplied.kind: "replied_at",
    facts.CaseClosed.kind: "closed_at",
    facts.CaseWithdrawn.kind: "withdrawn_at",
    facts.CaseRejected.kind: "rejected_at",
    facts.EnterpriseCalledBack.kind: "called_back_at",
}
FIRST_MOMENTS = {
    facts.CaseAccepted.kind: "accepted_at",
    facts.CaseDispatched.kind: "accepted_at",
    facts.EnterpriseContacted.kind: "contacted_at",
    facts.CaseReplied.kind: "contacted_at",
    facts.CasePlanned.kind: "planned_at",
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
    }
)
OPENS_AGAIN = frozenset({facts.CaseReopened.kind, facts.CallBackUnsolved.kind})
SETS_REVIEW = frozenset({facts.CaseSuspended.kind, facts.CaseReviewed.kind})
ENDS_URGING = frozenset(fact.kind for fact in (*keeping.ENDS_URGING, facts.UrgingAnswered))


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
    told: list[tuple[Case, Fact]] = []
    for case in locked.filter(pk__in=batch).order_by("pk"):  # all of them before the first fact
        before = case.light
        set_light(case, now=now)
        case.save(update_fields=["light", "light_reason", "next_light_at"])
        if case.light != before:
            changed = facts.LightChanged(
                case_id=case.pk, light=case.light, reason=case.light_reason
            )
            told.append((case, record_fact(changed, actor=actor, at=now)))
    tell_of(told, actor=actor, now=now)


def differences(*, now: datetime) -> list[Difference]:
    """Compare the stored moments and deadlines of all cases with their facts."""
    found: list[Difference] = []
    for case, rebuilt in _rebuilt(now):
        found += [
            Difference(case.number, column, getattr(case, column), getattr(rebuilt, column))
            for column in DERIVED
            if getattr(case, column) != getattr(rebuilt, column)
        ]
    return found


@transaction.atomic
def rebuild(*, actor: User | None, now: datetime) -> int:  # noqa: ARG001  # commands take an actor
    """Write the moments, deadlines and lights that the facts say; return how many cases."""
    locked = Case.objects.select_for_update(no_key=True).order_by("pk")
    list(locked.values_list("pk", flat=True))  # in the order in which everybody takes several
    cases = [rebuilt for _case, rebuilt in _rebuilt(now)]
    for case in cases:
        set_light(case, now=now)
    columns = [*DERIVED, "light", "light_reason", "next_light_at"]
    Case.objects.bulk_update(cases, columns, batch_size=BATCH)
    return len(cases)


def _rebuilt(now: datetime) -> Iterable[tuple[Case, Case]]:
    """Yield each case as stored and as its facts have it."""
    stored = {case.pk: case for case in Case.objects.all()}
    copies = {case.pk: case for case in Case.objects.all()}
    rows = Fact.objects.filter(kind__startswith="desk.case.").order_by("subject", "pk")
    for _subject, group in groupby(rows, key=lambda row: row.subject):
        history = list(group)
        case = copies[history[0].data["case_id"]]
        _replay(case, history)
        set_clocks(case, now=now)
        yield stored[case.pk], case


def _replay(case: Case, history: list[Fact]) -> None:
    for column in DERIVED[1:16]:
        setattr(case, column, None)
    case.waits, case.round, case.returns, case.asked_for = [], 1, 0, ""
    for fact in history:
        _apply(case, fact.kind, fact.happened_at, fact.data)


def _apply(case: Case, kind: str, at: datetime, data: dict[str, Any]) -> None:
    """Let one fact say its part."""
    if kind in MOMENTS:
        setattr(case, MOMENTS[kind], at)
    if kind in FIRST_MOMENTS:
        column = FIRST_MOMENTS[kind]
        setattr(case, column, getattr(case, column) or at)
    _apply_pause(case, kind, at, data)
    if kind == facts.CaseUrged.kind or kind in ENDS_URGING:
        case.urged_until = date.fromisoformat(data["until"]) if "until" in data else None
    if kind == facts.CaseAccepted.kind:
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
