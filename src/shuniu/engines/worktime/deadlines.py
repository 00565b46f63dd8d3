"""Deadlines and elapsed time in working time, with and without pauses.

Moments are read on the wall clock of the first one's time zone. Where clocks are put forward or
back, the hour counts as the wall clock shows it.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.worktime.calendar import ONE_DAY, Calendar
from shuniu.engines.worktime.months import NOTHING, next_month

Pauses = tuple[tuple[datetime, datetime | None], ...]


def due_at(start: datetime, allowance: timedelta, calendar: Calendar) -> datetime:
    """Return the moment at which ``allowance`` of working time has passed since ``start``.

    Parameters
    ----------
    start
        Aware, local time of the zone. It may fall outside office hours: the
        count then begins at the next opening.
    allowance
        Working time granted, more than zero.
    calendar
        The office's working time.

    Returns
    -------
    datetime
        Aware, in the time zone of ``start``. The earliest such moment: a full
        day ends at closing and not at the next opening.

    Raises
    ------
    InvalidProblem
        If ``start`` is naive, ``allowance`` is not positive, or the deadline
        lies after the year 9999.
    """
    if allowance <= NOTHING:
        raise InvalidProblem("A deadline needs a positive allowance.")
    _check_aware(start)
    clock = start.replace(tzinfo=None)
    place = clock.year, clock.month
    month = calendar.month(*place)
    left = allowance + month.worked_before(clock)
    while left > month.total:
        left -= month.total
        place = next_month(*place)
        month = calendar.month(*place)
    return month.moment_after(left).replace(tzinfo=start.tzinfo)


def working_time_between(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """Return the working time in ``[start, end)``; zero if ``end`` is not after ``start``.

    Raises
    ------
    InvalidProblem
        If one of them is naive.
    """
    _check_aware(start, end)
    begins, ends = start.replace(tzinfo=None), end.astimezone(start.tzinfo).replace(tzinfo=None)
    if ends <= begins:
        return NOTHING
    place, last = (begins.year, begins.month), (ends.year, ends.month)
    total = -calendar.month(*place).worked_before(begins)
    while place != last:
        total += calendar.month(*place).total
        place = next_month(*place)
    return total + calendar.month(*last).worked_before(ends)


def add_working_days(day: date, n: int, calendar: Calendar) -> date:
    """Return the ``n``-th working day after ``day``, which itself does not count.

    ``n = 0`` gives ``day`` back, worked or not.

    Raises
    ------
    InvalidProblem
        If ``n`` is negative, or the day lies after the year 9999.
    """
    if n < 0:
        raise InvalidProblem("Working days are counted forward.")
    left = n
    while left:
        if day == date.max:
            raise InvalidProblem("Working time ends with the year 9999.")
        day += ONE_DAY
        left -= calendar.is_working_day(day)
    return day


def assumed_between(start: date, end: date, calendar: Calendar) -> bool:
    """Return whether a day from ``start`` to ``end``, both included, has a year not loaded.

    Takes days, or two moments, which are read in the time zone of ``start``.

    Raises
    ------
    InvalidProblem
        If a moment is naive, or a day stands beside a moment.
    """
    if isinstance(start, datetime) and isinstance(end, datetime):
        _check_aware(start, end)
        end = end.astimezone(start.tzinfo)
    elif isinstance(start, datetime) or isinstance(end, datetime):
        raise InvalidProblem("Ask about two days or about two moments.")
    years = range(start.year, end.year + 1)
    return any(calendar.is_assumed(date(year, 1, 1)) for year in years)


def due_with_pauses(
    start: datetime, due: datetime, paused: Pauses, calendar: Calendar, *, now: datetime
) -> datetime:
    """Return the deadline moved by the working time that was paused before it came.

    Parameters
    ----------
    start
        Since when the clock runs; pauses before it do not count.
    due
        The deadline as if nothing had been paused.
    paused
        ``[from, to)`` in order, without overlap. The last may have no end:
        it goes on, and the deadline moves with ``now``.
    calendar
        The working time in which both the deadline and the pauses count.
    now
        What happens later is not known yet.

    Returns
    -------
    datetime
        In the time zone of ``start``. A pause that begins when the moved
        deadline has passed does not move it any more.

    Raises
    ------
    InvalidProblem
        If a moment is naive, or pauses overlap, end before they begin, or are
        open without being the last.
    """
    _check_aware(start, due, now)
    _check_pauses(paused)
    due = due.astimezone(start.tzinfo)
    for begins, ends in paused:
        counted_from = max(begins, start).astimezone(start.tzinfo)
        until = now if ends is None else min(ends, now)
        if counted_from < due:
            moved = working_time_between(counted_from, until, calendar)
            due = due_at(due, moved, calendar) if moved else due
    return due


def paused_time(start: datetime, paused: Pauses, calendar: Calendar, *, now: datetime) -> timedelta:
    """Return the working time paused since ``start`` and until ``now``.

    Raises
    ------
    InvalidProblem
        As ``due_with_pauses``.
    """
    _check_aware(start, now)
    _check_pauses(paused)
    total = NOTHING
    for begins, ends in paused:
        counted_from = max(begins, start).astimezone(start.tzinfo)
        until = now if ends is None else min(ends, now)
        total += working_time_between(counted_from, until, calendar)
    return total


def _check_aware(*moments: datetime) -> None:
    if any(moment.tzinfo is None for moment in moments):
        raise InvalidProblem("Working time needs aware moments.")


def _check_pauses(paused: Pauses) -> None:
    for begins, ends in paused:
        _check_aware(begins, begins if ends is None else ends)
        if ends is not None and ends < begins:
            raise InvalidProblem("A pause ends after it begins.")
    for (_, ends), (begins, _) in pairwise(paused):
        if ends is None or begins < ends:
            raise InvalidProblem("Pauses are in order, and only the last may be open.")
