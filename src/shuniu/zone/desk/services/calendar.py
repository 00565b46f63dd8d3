"""What an edit of the working calendar does to the deadlines of open cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from shuniu.engines.worktime.calendar import Calendar
from shuniu.zone.accounts.models import User
from shuniu.zone.desk import facts, policies, problems, queries
from shuniu.zone.desk.models import Case, ClockReset
from shuniu.zone.desk.services.keeping import set_clocks
from shuniu.zone.desk.services.telling import tell_of
from shuniu.zone.kernel.models import Fact
from shuniu.zone.kernel.services import record_fact
from shuniu.zone.registry.choices import HolidaySource
from shuniu.zone.registry.queries import DayChange, Standing
from shuniu.zone.registry.services import NotForYou, calendar_with

BATCH = 200
MOST_SHOWN = 100
CLOCKS = ("contact_due_at", "plan_due_at", "done_due_at", "is_due_assumed")
LIGHTS = ("light", "light_reason", "next_light_at")


@dataclass(frozen=True, slots=True)
class MovedClock:
    """A deadline that is not met yet, before and after. ``clock``: contact, plan or done."""

    clock: str
    old_at: datetime
    new_at: datetime

    @property
    def by(self) -> timedelta:
        """Return by how much it moves; less than zero where it comes sooner."""
        return self.new_at - self.old_at


@dataclass(frozen=True, slots=True)
class MovedCase:
    """An open case whose deadlines would move. ``is_open_to``: the person may open it."""

    case: Case
    clocks: tuple[MovedClock, ...]
    is_open_to: bool


@dataclass(frozen=True, slots=True)
class WhatMoves:
    """What some changes would do: how many cases move, and those that move most.

    ``certain`` counts the cases whose deadline is provisional now and would not be any more,
    ``assumed`` those of which the opposite is true.
    """

    count: int
    looked_at: int
    shown: tuple[MovedCase, ...]
    certain: int
    assumed: int


def what_moves(*, changes: Sequence[DayChange], who: Standing, now: datetime) -> WhatMoves:
    """Return which deadlines of open cases would move; nothing is written.

    Raises
    ------
    NotForYou
        If the person neither keeps the calendar nor works at the center.
    """
    if not policies.may_weigh_calendar(who):
        raise NotForYou
    calendars: dict[int, Calendar] = {}
    moved: list[tuple[Case, tuple[MovedClock, ...]]] = []
    looked_at = certain = assumed = 0
    first, last = _touched(changes)
    for case in queries.open_cases_between(first, last).iterator(chunk_size=BATCH):
        looked_at += 1
        version = case.profile_id
        if version not in calendars:
            calendars[version] = calendar_with(version, changes)
        after = problems.deadlines(case, now=now, calendar=calendars[version])
        certain += case.is_due_assumed and not after.is_assumed
        assumed += after.is_assumed and not case.is_due_assumed
        clocks = tuple(_clocks(case, after))
        if clocks:
            moved.append((case, clocks))
    moved.sort(key=lambda one: (-max(abs(clock.by) for clock in one[1]), one[0].pk))
    shown = moved[:MOST_SHOWN]
    may_open = queries.keys_of_visible(who, [case.pk for case, _clocks in shown])
    rows = tuple(MovedCase(case, clocks, case.pk in may_open) for case, clocks in shown)
    return WhatMoves(len(moved), looked_at, rows, certain, assumed)


def _touched(changes: Sequence[DayChange]) -> tuple[date, date]:
    """Return the days between which a case must run; a year may become known as a whole."""
    first, last = changes[0].day, changes[-1].day
    rules = [rule for change in changes for rule in (change.before, change.after) if rule]
    if any(rule.source != HolidaySource.DAY for rule in rules):
        first, last = date(first.year, 1, 1), date(last.year, 12, 31)
    return first, last


def _clocks(case: Case, after: problems.Deadlines) -> Iterator[MovedClock]:
    answered = case.replied_at is not None
    pairs = (
        ("done", case.done_due_at, after.done_at, answered),
        ("plan", case.plan_due_at, after.plan_at, answered or case.planned_at is not None),
        ("contact", case.contact_due_at, after.contact_at, case.contacted_at is not None),
    )
    for clock, old_at, new_at, is_met in pairs:
        if not is_met and old_at != new_at:
            yield MovedClock(clock, old_at, new_at)


def follow_calendar(*, edit_id: int, actor: User | None, now: datetime) -> int:
    """Let the deadlines of all open cases follow an edit; return how many moved.

    Works in batches and goes on where it was cut off; done again it changes nothing more.
    """
    _begin(edit_id, now)
    while not _follow_batch(edit_id, actor=actor, now=now):
        pass
    return ClockReset.objects.values_list("moved", flat=True).get(edit_id=edit_id)


@transaction.atomic
def _begin(edit_id: int, now: datetime) -> None:
    cases = queries.open_cases_after(0).count()
    ClockReset.objects.get_or_create(edit_id=edit_id, defaults={"cases": cases, "began_at": now})


@transaction.atomic
def _follow_batch(edit_id: int, *, actor: User | None, now: datetime) -> bool:
    """Take the next cases and return whether there are none left."""
    reset = ClockReset.objects.select_for_update(no_key=True).get(edit_id=edit_id)
    if reset.finished_at is not None:
        return True
    keys = list(queries.open_cases_after(reset.last_case_id).values_list("pk", flat=True)[:BATCH])
    locked = Case.objects.select_for_update(no_key=True, of=("self",)).select_related("lead_unit")
    told: list[tuple[Case, Fact]] = []
    for case in locked.filter(pk__in=keys).order_by("pk"):  # all before the first fact
        reset.moved += _follow(case, told, actor=actor, now=now)
    tell_of(told, actor=actor, now=now)
    reset.done += len(keys)
    reset.last_case_id = keys[-1] if keys else reset.last_case_id
    if len(keys) < BATCH:
        reset.finished_at = now
        said = facts.ClocksReset(edit_id=edit_id, cases=reset.done, moved=reset.moved)
        record_fact(said, actor=actor, at=now)
    reset.save()
    return reset.finished_at is not None


def _follow(
    case: Case, told: list[tuple[Case, Fact]], *, actor: User | None, now: datetime
) -> bool:
    """Set the clocks of a case and return whether one of its deadlines moved."""
    before = [getattr(case, column) for column in CLOCKS[:3]]
    light = case.light
    set_clocks(case, now=now)
    case.save(update_fields=[*CLOCKS, *LIGHTS])
    if case.light != light:
        changed = facts.LightChanged(case_id=case.pk, light=case.light, reason=case.light_reason)
        told.append((case, record_fact(changed, actor=actor, at=now)))
    return before != [getattr(case, column) for column in CLOCKS[:3]]
