"""What is looked up in a month is what walking along its days gives."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.worktime.calendar import ROUND_THE_CLOCK, Calendar, HalfDay, Season, Span
from shuniu.engines.worktime.deadlines import due_at, working_time_between
from shuniu.engines.worktime.months import Month, next_month

NOTHING = timedelta(0)
OFFICE = Calendar(
    spans=(Span(540, 720), Span(810, 1050)),
    season=Season((5, 1), (9, 30), (Span(540, 720), Span(840, 1080))),
    holidays=frozenset({date(2026, 10, day) for day in range(1, 9)}),
    makeup_days=frozenset({date(2026, 10, 10)}),
    half_days=(HalfDay(date(2026, 12, 31), (Span(540, 720),)),),
)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 3, 1), timezones=st.just(UTC))
allowances = st.timedeltas(timedelta(microseconds=1), timedelta(days=120))
calendars = st.sampled_from([OFFICE, ROUND_THE_CLOCK])


def walked_due(start: datetime, allowance: timedelta, calendar: Calendar) -> datetime:
    """Return the deadline by walking along every span."""
    left = allowance
    for opens, closes in calendar.open_spans(start):
        if left <= closes - opens:
            return opens + left
        left -= closes - opens
    raise AssertionError


def walked_time(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """Return the working time by walking along every span."""
    spans = takewhile(lambda span: span[0] < end, calendar.open_spans(start))
    return sum((min(closes, end) - opens for opens, closes in spans), NOTHING)


@given(start=moments, allowance=allowances, calendar=calendars)
def test_a_deadline_is_the_one_that_walking_finds(
    start: datetime, allowance: timedelta, calendar: Calendar
) -> None:
    assert due_at(start, allowance, calendar) == walked_due(start, allowance, calendar)


@given(start=moments, end=moments, calendar=calendars)
def test_working_time_is_what_walking_counts(
    start: datetime, end: datetime, calendar: Calendar
) -> None:
    expected = walked_time(start, end, calendar) if start < end else NOTHING

    assert working_time_between(start, end, calendar) == expected


def test_a_month_without_work_is_passed_over() -> None:
    closed = Calendar(
        spans=(Span(540, 1020),), holidays=frozenset(date(2026, 2, day) for day in range(1, 29))
    )

    due = due_at(datetime(2026, 1, 30, 16, tzinfo=UTC), timedelta(hours=2), closed)

    assert due == datetime(2026, 3, 2, 10, tzinfo=UTC)
    assert closed.month(2026, 2) == Month((), (), (), NOTHING)


def test_december_is_followed_by_january() -> None:
    assert (next_month(2026, 11), next_month(2026, 12)) == ((2026, 12), (2027, 1))


def test_a_month_is_worked_out_once() -> None:
    assert OFFICE.month(2026, 5) is OFFICE.month(2026, 5)


def test_working_time_ends_with_the_last_year_that_can_be_written() -> None:
    with pytest.raises(InvalidProblem, match="ends with the year 9999"):
        due_at(datetime(9999, 12, 30, tzinfo=UTC), timedelta(days=9), ROUND_THE_CLOCK)
