from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.worktime.calendar import (
    ROUND_THE_CLOCK,
    Calendar,
    HalfDay,
    Season,
    Span,
    day_length,
)
from shuniu.engines.worktime.deadlines import (
    Pauses,
    add_working_days,
    assumed_between,
    due_at,
    due_with_pauses,
    paused_time,
    working_time_between,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = Span(9 * 60, 12 * 60)
AFTERNOON = Span(13 * 60 + 30, 17 * 60 + 30)
SUMMER = Season((5, 1), (9, 30), (MORNING, Span(14 * 60, 18 * 60)))


def days(year: int, *spans: str) -> frozenset[date]:
    """Return the days of spans such as "02-15..23" or "05-07"."""
    found: set[date] = set()
    for span in spans:
        first, _, last = span.partition("..")
        month, day = map(int, first.split("-"))
        found |= {date(year, month, at) for at in range(day, int(last or day) + 1)}
    return frozenset(found)


CHINA = Calendar(
    spans=(MORNING, AFTERNOON),
    season=SUMMER,
    holidays=days(
        2022, "01-01..03", "01-31", "02-01..06", "04-03..05", "04-30", "05-01..04", "06-03..05",
        "09-10..12", "10-01..07",
    )
    | days(
        2026, "01-01..03", "02-15..23", "04-04..06", "05-01..05", "06-19..21", "09-25..27",
        "10-01..07",
    ),
    makeup_days=days(2022, "01-29..30", "04-02", "04-24", "05-07", "10-08..09")
    | days(2026, "01-04", "02-14", "02-28", "05-09", "09-20", "10-10"),
    known_years=frozenset({2022, 2026}),
)  # fmt: skip
PLAIN = Calendar(spans=(MORNING, AFTERNOON))
DAY = timedelta(hours=7)


def at(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    half_hours = st.lists(st.integers(0, 48), min_size=2, max_size=6, unique=True)
    edges = sorted(draw(half_hours))
    spans = tuple(Span(edges[k] * 30, edges[k + 1] * 30) for k in range(0, len(edges) - 1, 2))
    some_days = st.frozensets(st.dates(date(2026, 1, 1), date(2026, 4, 1)), max_size=20)
    holidays = draw(some_days)
    makeup_days = draw(some_days) - holidays
    halves = draw(some_days) - holidays - makeup_days
    return Calendar(
        spans=spans,
        season=draw(st.none() | st.just(SUMMER) | st.just(Season((2, 10), (2, 20), (MORNING,)))),
        weekend=draw(st.frozensets(st.integers(1, 7), max_size=6)),
        holidays=holidays,
        makeup_days=makeup_days,
        half_days=tuple(HalfDay(day, (Span(600, 660),)) for day in sorted(halves)),
    )


moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 4, 1), timezones=st.just(SHANGHAI))
allowances = st.timedeltas(timedelta(seconds=1), timedelta(days=2))


@st.composite
def pause_lists(draw: st.DrawFn) -> Pauses:
    edges = draw(st.lists(moments, max_size=6, unique=True).map(sorted))
    closed = [(edges[k], edges[k + 1]) for k in range(0, len(edges) - 1, 2)]
    return (*closed, (edges[-1], None)) if len(edges) % 2 else tuple(closed)


@pytest.mark.parametrize(
    ("day", "n", "due"),
    [
        (date(2022, 4, 29), 1, date(2022, 5, 5)),
        (date(2022, 4, 29), 3, date(2022, 5, 7)),
        (date(2022, 4, 22), 1, date(2022, 4, 24)),
        (date(2026, 9, 18), 1, date(2026, 9, 20)),
        (date(2026, 9, 24), 1, date(2026, 9, 28)),
        (date(2026, 9, 24), 5, date(2026, 10, 9)),
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 2, 14), 1, date(2026, 2, 24)),
    ],
)
def test_working_days_are_counted_over_holidays_and_makeup_days(
    day: date, n: int, due: date
) -> None:
    assert add_working_days(day, n, CHINA) == due


@pytest.mark.parametrize(
    ("year", "by_quarter"), [(2022, [60, 62, 65, 62]), (2026, [59, 61, 66, 62])]
)
def test_a_chinese_year_has_its_published_number_of_working_days(
    year: int, by_quarter: list[int]
) -> None:
    counted = [0, 0, 0, 0]
    day = date(year, 1, 1)
    while day.year == year:
        counted[(day.month - 1) // 3] += CHINA.is_working_day(day)
        day += timedelta(days=1)

    assert counted == by_quarter


def test_no_working_day_later_is_the_same_day_even_on_a_holiday() -> None:
    assert add_working_days(date(2026, 10, 1), 0, CHINA) == date(2026, 10, 1)


def test_working_days_are_not_counted_backward() -> None:
    with pytest.raises(InvalidProblem):
        add_working_days(date(2026, 10, 1), -1, CHINA)


def test_a_need_after_closing_counts_from_the_next_working_morning() -> None:
    assert due_at(at(9, 24, 20), timedelta(hours=2), CHINA) == at(9, 28, 11)


def test_a_need_before_opening_counts_from_the_opening() -> None:
    assert due_at(at(3, 2, 6), timedelta(hours=1), CHINA) == at(3, 2, 10)


def test_lunch_does_not_count() -> None:
    assert due_at(at(3, 2, 11), timedelta(hours=2), CHINA) == at(3, 2, 14, 30)


def test_a_full_day_is_due_at_closing_and_not_next_morning() -> None:
    assert due_at(at(3, 2, 9), DAY, CHINA) == at(3, 2, 17, 30)


def test_a_morning_is_due_at_noon_and_not_after_lunch() -> None:
    assert due_at(at(3, 2, 9), timedelta(hours=3), CHINA) == at(3, 2, 12)


def test_a_need_at_closing_is_due_the_next_day() -> None:
    assert due_at(at(3, 2, 17, 30), timedelta(minutes=1), CHINA) == at(3, 3, 9, 1)


def test_seven_working_days_over_the_national_holiday_end_after_it() -> None:
    assert due_at(at(9, 24, 10), 7 * DAY, CHINA) == at(10, 12, 10)


def test_the_afternoon_begins_later_in_summer() -> None:
    assert due_at(at(4, 30, 17), timedelta(hours=4), CHINA) == at(5, 6, 14, 30)


def test_a_half_day_gives_only_its_hours() -> None:
    calendar = Calendar(
        spans=(MORNING, AFTERNOON), half_days=(HalfDay(date(2026, 3, 2), (MORNING,)),)
    )

    assert due_at(at(3, 2, 9), DAY, calendar) == at(3, 3, 14, 30)


def test_the_29th_of_february_is_a_day_like_others() -> None:
    assert due_at(at(2, 28, 16, year=2028), timedelta(hours=2), PLAIN) == at(
        2, 29, 9, 30, year=2028
    )
    assert add_working_days(date(2028, 2, 28), 2, PLAIN) == date(2028, 3, 1)


def test_new_year_is_crossed_by_the_rules_of_both_years() -> None:
    assert due_at(at(12, 31, 17, year=2025), timedelta(hours=1), CHINA) == at(1, 4, 9, 30)


def test_a_year_that_is_not_loaded_is_worked_from_monday_to_friday_and_assumed() -> None:
    start = at(12, 31, 17)

    due = due_at(start, timedelta(hours=1), CHINA)

    assert due == at(1, 1, 9, 30, year=2027)
    assert assumed_between(start, due, CHINA)
    assert not assumed_between(at(1, 1, 0), start, CHINA)


def test_an_unloaded_year_in_the_middle_is_noticed() -> None:
    assert assumed_between(date(2022, 12, 31), date(2026, 1, 1), CHINA)


def test_the_year_of_a_moment_is_the_one_on_the_wall_of_the_start() -> None:
    last_minute_in_utc = datetime(2026, 12, 31, 17, tzinfo=UTC)

    assert assumed_between(at(12, 31, 9), last_minute_in_utc, CHINA)


def test_the_result_is_in_the_zone_of_the_start() -> None:
    due = due_at(at(3, 2, 11), timedelta(hours=2), CHINA)

    assert due.tzinfo is SHANGHAI


def test_the_end_may_be_written_in_another_zone() -> None:
    assert working_time_between(
        at(3, 2, 9), datetime(2026, 3, 2, 2, tzinfo=UTC), CHINA
    ) == timedelta(hours=1)


def test_no_working_time_lies_between_an_end_and_a_later_start() -> None:
    assert working_time_between(at(3, 2, 11), at(3, 2, 10), CHINA) == timedelta(0)


def test_minutes_of_duty_count_day_and_night() -> None:
    assert due_at(at(10, 1, 23, 45), timedelta(minutes=30), ROUND_THE_CLOCK) == at(10, 2, 0, 15)


def test_a_deadline_after_the_last_day_that_can_be_written_is_refused() -> None:
    almost_never = datetime(9999, 12, 30, 9, tzinfo=SHANGHAI)

    with pytest.raises(InvalidProblem):
        due_at(almost_never, 7 * DAY, PLAIN)
    with pytest.raises(InvalidProblem):
        add_working_days(date(9999, 12, 30), 2, PLAIN)


@pytest.mark.parametrize("allowance", [timedelta(0), timedelta(seconds=-1)])
def test_a_deadline_needs_a_positive_allowance(allowance: timedelta) -> None:
    with pytest.raises(InvalidProblem):
        due_at(at(3, 2, 9), allowance, CHINA)


def test_naive_moments_are_refused() -> None:
    naive = datetime(2026, 3, 2, 9)

    with pytest.raises(InvalidProblem):
        due_at(naive, DAY, CHINA)
    with pytest.raises(InvalidProblem):
        working_time_between(naive, at(3, 2, 10), CHINA)
    with pytest.raises(InvalidProblem):
        working_time_between(at(3, 2, 10), naive, CHINA)
    with pytest.raises(InvalidProblem):
        assumed_between(naive, at(3, 2, 10), CHINA)
    with pytest.raises(InvalidProblem):
        due_with_pauses(at(3, 2, 9), naive, (), CHINA, now=at(3, 2, 9))
    with pytest.raises(InvalidProblem):
        paused_time(at(3, 2, 9), ((naive, None),), CHINA, now=at(3, 2, 9))


@pytest.mark.parametrize(
    ("start", "end"), [(at(3, 2, 9), date(2026, 3, 3)), (date(2026, 3, 3), at(3, 4, 9))]
)
def test_a_day_and_a_moment_are_not_compared(start: date, end: date) -> None:
    with pytest.raises(InvalidProblem):
        assumed_between(start, end, CHINA)


def test_a_pause_moves_the_deadline_by_its_working_time() -> None:
    lunch_and_more = ((at(3, 2, 11), at(3, 2, 14)),)

    due = due_with_pauses(at(3, 2, 9), at(3, 2, 17), lunch_and_more, CHINA, now=at(3, 2, 15))

    assert due == at(3, 3, 10)
    assert paused_time(at(3, 2, 9), lunch_and_more, CHINA, now=at(3, 2, 15)) == timedelta(
        hours=1, minutes=30
    )


def test_an_open_pause_moves_the_deadline_with_the_day() -> None:
    paused: Pauses = ((at(3, 2, 10), None),)

    due = [
        due_with_pauses(at(3, 2, 9), at(3, 2, 17), paused, CHINA, now=now)
        for now in (at(3, 2, 9, 30), at(3, 2, 10), at(3, 2, 10, 30), at(3, 3, 9))
    ]

    assert due == [at(3, 2, 17), at(3, 2, 17), at(3, 2, 17, 30), at(3, 3, 16)]


def test_a_pause_over_night_moves_nothing() -> None:
    paused = ((at(3, 2, 17, 30), at(3, 3, 9)),)

    assert due_with_pauses(at(3, 2, 9), at(3, 3, 12), paused, CHINA, now=at(3, 3, 10)) == at(
        3, 3, 12
    )


def test_a_pause_before_the_start_counts_from_the_start_only() -> None:
    paused = ((at(3, 2, 9), at(3, 2, 11)),)

    assert due_with_pauses(at(3, 2, 10), at(3, 2, 15), paused, CHINA, now=at(3, 2, 15)) == at(
        3, 2, 16
    )
    assert paused_time(at(3, 2, 10), paused, CHINA, now=at(3, 2, 15)) == timedelta(hours=1)


def test_a_pause_after_the_deadline_comes_too_late() -> None:
    paused = ((at(3, 2, 11), at(3, 2, 12)), (at(3, 2, 16), at(3, 2, 17)))

    assert due_with_pauses(at(3, 2, 9), at(3, 2, 15), paused, CHINA, now=at(3, 3, 9)) == at(
        3, 2, 16
    )


def test_a_pause_may_be_empty_and_the_next_begin_when_it_ends() -> None:
    paused = ((at(3, 2, 10), at(3, 2, 10)), (at(3, 2, 10), at(3, 2, 11)), (at(3, 2, 11), None))

    assert paused_time(at(3, 2, 9), paused, CHINA, now=at(3, 2, 12)) == timedelta(hours=2)


@pytest.mark.parametrize(
    "paused",
    [
        ((at(3, 2, 11), at(3, 2, 10)),),
        ((at(3, 2, 10), at(3, 2, 12)), (at(3, 2, 11), at(3, 2, 13))),
        ((at(3, 2, 10), None), (at(3, 2, 11), at(3, 2, 12))),
    ],
    ids=["backward", "overlapping", "open in the middle"],
)
def test_pauses_that_contradict_themselves_are_refused(paused: Pauses) -> None:
    with pytest.raises(InvalidProblem):
        due_with_pauses(at(3, 2, 9), at(3, 2, 17), paused, CHINA, now=at(3, 2, 15))
    with pytest.raises(InvalidProblem):
        paused_time(at(3, 2, 9), paused, CHINA, now=at(3, 2, 15))


@given(moments, allowances, calendars())
def test_the_working_time_until_the_deadline_is_the_allowance(
    start: datetime, allowance: timedelta, calendar: Calendar
) -> None:
    assert working_time_between(start, due_at(start, allowance, calendar), calendar) == allowance


@given(moments, allowances, calendars())
def test_a_moment_before_the_deadline_some_of_the_allowance_is_left(
    start: datetime, allowance: timedelta, calendar: Calendar
) -> None:
    just_before = due_at(start, allowance, calendar) - timedelta(microseconds=1)

    assert working_time_between(start, just_before, calendar) < allowance


@given(moments, allowances, allowances, calendars())
def test_two_allowances_one_after_the_other_are_their_sum(
    start: datetime, one: timedelta, other: timedelta, calendar: Calendar
) -> None:
    in_two_steps = due_at(due_at(start, one, calendar), other, calendar)

    assert in_two_steps == due_at(start, one + other, calendar)


@given(moments, moments, moments, calendars())
def test_working_time_adds_up(
    one: datetime, other: datetime, third: datetime, calendar: Calendar
) -> None:
    first, second, last = sorted([one, other, third])

    assert working_time_between(first, second, calendar) + working_time_between(
        second, last, calendar
    ) == working_time_between(first, last, calendar)


@given(st.dates(date(2026, 1, 1), date(2026, 4, 1)), st.integers(1, 30), calendars())
def test_n_working_days_later_n_days_were_worked(day: date, n: int, calendar: Calendar) -> None:
    last = add_working_days(day, n, calendar)

    after = [day + timedelta(days=k) for k in range(1, (last - day).days + 1)]
    assert calendar.is_working_day(last)
    assert sum(map(calendar.is_working_day, after)) == n


@given(moments, allowances, pause_lists(), moments, calendars())
def test_the_time_that_was_not_paused_until_the_moved_deadline_is_the_allowance(
    start: datetime, allowance: timedelta, paused: Pauses, now: datetime, calendar: Calendar
) -> None:
    due = due_with_pauses(start, due_at(start, allowance, calendar), paused, calendar, now=now)

    until = min(due, now)
    worked = working_time_between(start, due, calendar)
    assert worked - paused_time(start, paused, calendar, now=max(until, start)) == allowance


@given(moments, st.integers(1, 9))
def test_n_working_days_of_time_end_on_the_nth_working_day(start: datetime, n: int) -> None:
    """Where every day is as long as the next, both ways of counting meet."""
    calendar = Calendar(spans=(MORNING, AFTERNOON), holidays=CHINA.holidays)
    opening = datetime(start.year, start.month, start.day, 9, tzinfo=SHANGHAI)

    due = due_at(opening, n * day_length(calendar), calendar)

    first = opening.date() if calendar.is_working_day(opening.date()) else None
    assert due.date() == add_working_days(opening.date(), n - (first is not None), calendar)
