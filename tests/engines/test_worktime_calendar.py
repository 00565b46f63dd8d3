from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.worktime.calendar import (
    ROUND_THE_CLOCK,
    Calendar,
    HalfDay,
    Season,
    Span,
    day_length,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING = Span(9 * 60, 12 * 60)
AFTERNOON = Span(13 * 60 + 30, 17 * 60 + 30)
SUMMER_AFTERNOON = Span(14 * 60, 18 * 60)
OFFICE = Calendar(spans=(MORNING, AFTERNOON))
SUMMER = Season(first=(5, 1), last=(9, 30), spans=(MORNING, SUMMER_AFTERNOON))
MONDAY = date(2026, 3, 2)
SATURDAY = date(2026, 3, 7)


def test_a_weekday_is_worked_and_a_weekend_is_not() -> None:
    week = [OFFICE.is_working_day(MONDAY + timedelta(days=day)) for day in range(7)]

    assert week == [True, True, True, True, True, False, False]


def test_a_holiday_is_not_worked_and_a_makeup_day_is() -> None:
    calendar = Calendar(
        spans=(MORNING,), holidays=frozenset({MONDAY}), makeup_days=frozenset({SATURDAY})
    )

    assert (calendar.is_working_day(MONDAY), calendar.is_working_day(SATURDAY)) == (False, True)


def test_a_half_day_has_its_own_hours_even_on_a_weekend() -> None:
    calendar = Calendar(spans=(MORNING, AFTERNOON), half_days=(HalfDay(SATURDAY, (MORNING,)),))

    assert calendar.is_working_day(SATURDAY)
    assert calendar.spans_on(SATURDAY) == (MORNING,)
    assert calendar.spans_on(MONDAY) == (MORNING, AFTERNOON)
    assert calendar.spans_on(date(2026, 3, 8)) == ()


@pytest.mark.parametrize(
    ("day", "afternoon"),
    [
        (date(2026, 4, 30), AFTERNOON),
        (date(2026, 5, 1), SUMMER_AFTERNOON),
        (date(2026, 9, 30), SUMMER_AFTERNOON),
        (date(2026, 10, 1), AFTERNOON),
    ],
)
def test_a_season_holds_from_its_first_to_its_last_day(day: date, afternoon: Span) -> None:
    calendar = Calendar(spans=(MORNING, AFTERNOON), season=SUMMER)

    assert calendar.spans_on(day) == (MORNING, afternoon)


@pytest.mark.parametrize(
    ("day", "is_winter"),
    [
        (date(2026, 10, 31), False),
        (date(2026, 11, 1), True),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), True),
        (date(2027, 2, 28), True),
        (date(2027, 3, 1), False),
    ],
)
def test_a_season_may_run_over_new_year(day: date, is_winter: bool) -> None:
    winter = Season(first=(11, 1), last=(2, 28), spans=(MORNING,))

    assert winter.holds_on(day) == is_winter


def test_a_season_may_be_one_day() -> None:
    spring_clean = Season(first=(3, 20), last=(3, 20), spans=(MORNING,))

    held = [spring_clean.holds_on(date(2026, 3, day)) for day in (19, 20, 21)]

    assert held == [False, True, False]


def test_the_spans_of_working_time_begin_at_the_start_and_leave_out_lunch_and_weekend() -> None:
    friday_at_ten = datetime(2026, 3, 6, 10, tzinfo=SHANGHAI)

    spans = OFFICE.open_spans(friday_at_ten)

    assert [next(spans) for _ in range(3)] == [
        (friday_at_ten, datetime(2026, 3, 6, 12, tzinfo=SHANGHAI)),
        (
            datetime(2026, 3, 6, 13, 30, tzinfo=SHANGHAI),
            datetime(2026, 3, 6, 17, 30, tzinfo=SHANGHAI),
        ),
        (datetime(2026, 3, 9, 9, tzinfo=SHANGHAI), datetime(2026, 3, 9, 12, tzinfo=SHANGHAI)),
    ]


def test_no_span_begins_at_closing_time() -> None:
    noon = datetime(2026, 3, 6, 12, tzinfo=SHANGHAI)

    first = next(OFFICE.open_spans(noon))

    assert first == (
        datetime(2026, 3, 6, 13, 30, tzinfo=SHANGHAI),
        datetime(2026, 3, 6, 17, 30, tzinfo=SHANGHAI),
    )


def test_a_naive_start_has_no_spans() -> None:
    with pytest.raises(InvalidProblem):
        next(OFFICE.open_spans(datetime(2026, 3, 6, 10)))


def test_a_year_that_is_not_loaded_is_assumed() -> None:
    calendar = Calendar(spans=(MORNING,), known_years=frozenset({2026}))

    assert [calendar.is_assumed(date(year, 12, 31)) for year in (2025, 2026, 2027)] == [
        True,
        False,
        True,
    ]
    assert calendar.is_working_day(date(2027, 10, 1))


def test_nothing_is_known_unless_it_is_said() -> None:
    assert OFFICE.is_assumed(MONDAY)


def test_a_calendar_whose_holidays_are_complete_assumes_nothing() -> None:
    assert not ROUND_THE_CLOCK.is_assumed(date(2099, 1, 1))


def test_a_full_day_is_as_long_as_its_hours_without_lunch() -> None:
    assert day_length(OFFICE) == timedelta(hours=7)
    assert day_length(ROUND_THE_CLOCK) == timedelta(hours=24)


def test_equal_calendars_are_equal_and_hash_alike() -> None:
    again = Calendar(spans=(MORNING, AFTERNOON))

    assert (again, hash(again)) == (OFFICE, hash(OFFICE))


@pytest.mark.parametrize(
    ("opens_minute", "closes_minute"), [(-1, 60), (60, 60), (61, 60), (1380, 1441)]
)
def test_hours_that_are_no_hours_are_refused(opens_minute: int, closes_minute: int) -> None:
    with pytest.raises(InvalidProblem):
        Span(opens_minute, closes_minute)


def test_midnight_is_the_first_and_the_last_minute_of_a_day() -> None:
    assert Span(0, 1440) == Span(opens_minute=0, closes_minute=1440)


def test_hours_may_touch_but_not_overlap() -> None:
    assert day_length(Calendar(spans=(Span(540, 720), Span(720, 780)))) == timedelta(hours=4)
    with pytest.raises(InvalidProblem):
        Calendar(spans=(Span(540, 720), Span(719, 780)))


@pytest.mark.parametrize("weekend", [frozenset(range(1, 8)), frozenset({0}), frozenset({8})])
def test_a_weekend_leaves_a_weekday_and_names_only_weekdays(weekend: frozenset[int]) -> None:
    with pytest.raises(InvalidProblem):
        Calendar(spans=(MORNING,), weekend=weekend)


def test_a_day_is_not_of_two_kinds() -> None:
    day = frozenset({SATURDAY})
    half = (HalfDay(SATURDAY, (MORNING,)),)

    with pytest.raises(InvalidProblem):
        Calendar(spans=(MORNING,), holidays=day, makeup_days=day)
    with pytest.raises(InvalidProblem):
        Calendar(spans=(MORNING,), holidays=day, half_days=half)
    with pytest.raises(InvalidProblem):
        Calendar(spans=(MORNING,), makeup_days=day, half_days=half)
    with pytest.raises(InvalidProblem):
        Calendar(spans=(MORNING,), half_days=half + half)


def test_a_day_without_hours_is_refused() -> None:
    with pytest.raises(InvalidProblem):
        Calendar(spans=())
    with pytest.raises(InvalidProblem):
        HalfDay(SATURDAY, ())
    with pytest.raises(InvalidProblem):
        Season((5, 1), (9, 30), ())


@pytest.mark.parametrize(
    ("first", "last"), [((2, 30), (9, 30)), ((5, 1), (13, 1)), ((0, 1), (2, 29))]
)
def test_a_season_has_days_that_exist(first: tuple[int, int], last: tuple[int, int]) -> None:
    with pytest.raises(InvalidProblem):
        Season(first, last, (MORNING,))
