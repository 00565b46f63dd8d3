"""The light of a demand: from its clocks and its history, and when it changes next.

A light is green while all is well, blue when the deadline is near, yellow when a step is missed
or nothing is heard, red when the demand is overdue, purple when it is long overdue.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.worktime.calendar import Calendar
from shuniu.engines.worktime.deadlines import (
    Pauses,
    due_at,
    due_with_pauses,
    working_time_between,
)
from shuniu.engines.worktime.months import NOTHING


class Light(StrEnum):
    """The colors, from best to worst; ``NONE`` for what is closed."""

    NONE = "none"
    GREEN = "green"
    BLUE = "blue"
    YELLOW = "yellow"
    RED = "red"
    PURPLE = "purple"


class Reason(StrEnum):
    """Why a light has its color. Where several hold, the first one named here is told."""

    CLOSED = "closed"
    DONE = "done"
    LONG_OVERDUE = "long_overdue"
    OVERDUE = "overdue"
    FIRST_CONTACT_MISSED = "first_contact_missed"
    PLAN_MISSED = "plan_missed"
    SILENT = "silent"
    NEAR = "near"
    ON_TIME = "on_time"


COLORS: dict[Reason, Light] = {
    Reason.CLOSED: Light.NONE,
    Reason.DONE: Light.GREEN,
    Reason.LONG_OVERDUE: Light.PURPLE,
    Reason.OVERDUE: Light.RED,
    Reason.FIRST_CONTACT_MISSED: Light.YELLOW,
    Reason.PLAN_MISSED: Light.YELLOW,
    Reason.SILENT: Light.YELLOW,
    Reason.NEAR: Light.BLUE,
    Reason.ON_TIME: Light.GREEN,
}


@dataclass(frozen=True, slots=True)
class Clock:
    """A promise of one step.

    Attributes
    ----------
    started_at, due_at
        Since when it runs and when it ends, as if nothing had been paused.
    met_at
        When the step was done, in time or late; None while it is open.
    calendar
        Its working time, where that is not the office's: ``ROUND_THE_CLOCK``
        for minutes that count day and night.
    """

    started_at: datetime
    due_at: datetime
    met_at: datetime | None = None
    calendar: Calendar | None = None

    def __post_init__(self) -> None:
        moments = (self.started_at, self.due_at, self.met_at or self.due_at)
        if any(moment.tzinfo is None for moment in moments):
            raise InvalidProblem("A clock needs aware moments.")
        if self.due_at <= self.started_at:
            raise InvalidProblem("A clock is due after it has started.")

    def is_met(self, now: datetime) -> bool:
        """Return whether the step was done by ``now``."""
        return self.met_at is not None and self.met_at <= now


@dataclass(frozen=True, slots=True)
class Progress:
    """What is known of a demand.

    Attributes
    ----------
    done
        The clock of the whole demand.
    updated_at
        When the unit was last heard of.
    first_contact, plan
        The clocks of the steps on the way, where they are promised.
    closed_at
        When it was closed; None while it is open.
    paused
        ``[from, to)`` in order; the last may be open. All clocks and the
        silence stand still meanwhile.
    """

    done: Clock
    updated_at: datetime
    first_contact: Clock | None = None
    plan: Clock | None = None
    closed_at: datetime | None = None
    paused: Pauses = ()

    def __post_init__(self) -> None:
        if self.updated_at.tzinfo is None or (self.closed_at or self.updated_at).tzinfo is None:
            raise InvalidProblem("A demand needs aware moments.")


@dataclass(frozen=True, slots=True)
class LightRules:
    """When a light changes; every length is working time.

    Attributes
    ----------
    near_share
        The deadline is near when at most this share of the allowance is left,
        more than 0 and less than 1.
    near_allowance
        It is also near when at most this is left, if more was granted.
    silent_allowance
        So long a unit may be silent.
    long_overdue_allowance
        So long after the deadline a demand counts as long overdue.
    """

    near_share: float
    near_allowance: timedelta
    silent_allowance: timedelta
    long_overdue_allowance: timedelta

    def __post_init__(self) -> None:
        if not 0 < self.near_share < 1:
            raise InvalidProblem("The near share lies between 0 and 1.")
        lengths = (self.near_allowance, self.silent_allowance, self.long_overdue_allowance)
        if min(lengths) <= NOTHING:
            raise InvalidProblem("The allowances of lights are more than zero.")


@dataclass(frozen=True, slots=True)
class LightReading:
    """A light, why, and when it changes by itself.

    ``next_change_at`` is the first later moment at which light or reason would be another if
    nothing happened to the demand; None if never. In the time zone of ``now``.
    """

    light: Light
    reason: Reason
    next_change_at: datetime | None


def light(
    progress: Progress, rules: LightRules, calendar: Calendar, *, now: datetime
) -> LightReading:
    """Return the light of a demand at ``now``.

    Parameters
    ----------
    progress
        Its clocks and history. What is dated after ``now`` has not happened:
        so a light can be read for any moment of the past.
    rules
        When lights change.
    calendar
        The office's working time.
    now
        Aware, local time of the zone; all other moments are read there.

    Raises
    ------
    InvalidProblem
        If ``now`` is naive, or the pauses contradict themselves.
    """
    if now.tzinfo is None:
        raise InvalidProblem("A light is read at an aware moment.")
    if progress.closed_at is not None and progress.closed_at <= now:
        return LightReading(Light.NONE, Reason.CLOSED, None)
    if progress.done.is_met(now):
        return LightReading(Light.GREEN, Reason.DONE, None)
    changes = _changes(progress, rules, calendar, now)
    reason = _reason_at(now, changes)
    later = sorted({moment for _, moment in changes if moment > now})
    next_change_at = next((at for at in later if _reason_at(at, changes) is not reason), None)
    return LightReading(COLORS[reason], reason, next_change_at)


Change = tuple[Reason, datetime]


def _reason_at(moment: datetime, changes: tuple[Change, ...]) -> Reason:
    return next((reason for reason, since in changes if since <= moment), Reason.ON_TIME)


@dataclass(frozen=True, slots=True)
class _Deadline:
    """When ``reason`` begins to hold, as if nothing had been paused since ``start``."""

    reason: Reason
    start: datetime
    due: datetime
    calendar: Calendar

    def comes_at(self, paused: Pauses, now: datetime) -> datetime | None:
        """Return when it comes, pauses counted; None if a pause that goes on keeps it away."""
        known = tuple(
            (begins, None if ends is None or ends > now else ends)
            for begins, ends in paused
            if begins <= now
        )
        moved = due_with_pauses(self.start, self.due, known, self.calendar, now=now)
        is_paused = bool(known) and known[-1][1] is None
        if is_paused and working_time_between(now, moved, self.calendar) > NOTHING:
            return None
        return moved


def _changes(
    progress: Progress, rules: LightRules, calendar: Calendar, now: datetime
) -> tuple[Change, ...]:
    """Return since when each reason holds, the gravest first, without those that never will."""
    long_overdue, overdue, near = _deadlines_of_done(progress.done, rules, calendar, now)
    heard_at = progress.updated_at.astimezone(now.tzinfo)
    silent_from = due_at(heard_at, rules.silent_allowance, calendar)
    deadlines = (
        long_overdue,
        overdue,
        *_deadline_of_step(Reason.FIRST_CONTACT_MISSED, progress.first_contact, calendar, now),
        *_deadline_of_step(Reason.PLAN_MISSED, progress.plan, calendar, now),
        _Deadline(Reason.SILENT, heard_at, silent_from, calendar),
        near,
    )
    moments = ((deadline.reason, deadline.comes_at(progress.paused, now)) for deadline in deadlines)
    return tuple((reason, since) for reason, since in moments if since is not None)


def _deadlines_of_done(
    done: Clock, rules: LightRules, calendar: Calendar, now: datetime
) -> tuple[_Deadline, _Deadline, _Deadline]:
    """Return when a demand is long overdue, overdue and near."""
    start, due = done.started_at.astimezone(now.tzinfo), done.due_at.astimezone(now.tzinfo)
    hours = done.calendar or calendar
    long_due = due_at(due, rules.long_overdue_allowance, hours)
    return (
        _Deadline(Reason.LONG_OVERDUE, start, long_due, hours),
        _Deadline(Reason.OVERDUE, start, due, hours),
        _Deadline(Reason.NEAR, start, _near_at(start, due, rules, hours), hours),
    )


def _deadline_of_step(
    missed: Reason, clock: Clock | None, calendar: Calendar, now: datetime
) -> tuple[_Deadline, ...]:
    if clock is None or clock.is_met(now):
        return ()
    start, due = clock.started_at.astimezone(now.tzinfo), clock.due_at.astimezone(now.tzinfo)
    return (_Deadline(missed, start, due, clock.calendar or calendar),)


def _near_at(start: datetime, due: datetime, rules: LightRules, calendar: Calendar) -> datetime:
    granted = working_time_between(start, due, calendar)
    left = granted * rules.near_share
    if granted > rules.near_allowance:
        left = max(left, rules.near_allowance)
    run_before = granted - left
    return due_at(start, run_before, calendar) if run_before > NOTHING else start
