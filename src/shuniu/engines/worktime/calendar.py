"""Which minutes of which days an office works."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.worktime.months import Month

MINUTES_A_DAY = 24 * 60
WEEKDAYS = frozenset(range(1, 8))
LEAP_YEAR = 2000
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Office hours without a break.

    Attributes
    ----------
    opens_minute, closes_minute
        Minutes after midnight, ``0 <= opens_minute < closes_minute <= 1440``.
    """

    opens_minute: int
    closes_minute: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens_minute < self.closes_minute <= MINUTES_A_DAY:
            raise InvalidProblem(f"An office opens before it closes, on one day: {self}.")


def _check_order(spans: tuple[Span, ...]) -> None:
    if not spans:
        raise InvalidProblem("A working day needs office hours.")
    if any(other.opens_minute < one.closes_minute for one, other in pairwise(spans)):
        raise InvalidProblem(f"Office hours of a day follow each other: {spans}.")


def _length(spans: tuple[Span, ...]) -> timedelta:
    return timedelta(minutes=sum(span.closes_minute - span.opens_minute for span in spans))


@dataclass(frozen=True, slots=True)
class Season:
    """Office hours of a part of every year.

    Attributes
    ----------
    first, last
        ``(month, day)``, both included. A season may run over New Year.
    spans
        Its office hours, in order, without overlap.
    """

    first: tuple[int, int]
    last: tuple[int, int]
    spans: tuple[Span, ...]

    def __post_init__(self) -> None:
        _check_order(self.spans)
        for month, day in (self.first, self.last):
            try:
                date(LEAP_YEAR, month, day)
            except ValueError as error:
                raise InvalidProblem(f"No year has the day {month}-{day}.") from error

    def holds_on(self, day: date) -> bool:
        """Return whether ``day`` is in the season."""
        month_day = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= month_day <= self.last
        return month_day >= self.first or month_day <= self.last


@dataclass(frozen=True, slots=True)
class HalfDay:
    """A day with office hours of its own; it is a working day whatever its weekday."""

    day: date
    spans: tuple[Span, ...]

    def __post_init__(self) -> None:
        _check_order(self.spans)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Office hours and working days, on the wall clock of the zone.

    Attributes
    ----------
    spans
        Office hours of a working day, in order, without overlap.
    season
        Other office hours for a part of the year.
    weekend
        ISO weekdays (Monday = 1) that are not worked.
    holidays
        Days that are not worked, whatever their weekday.
    makeup_days
        Days that are worked although they fall on a weekend (调休).
    half_days
        Days with hours of their own.
    known_years
        Years whose holidays are loaded. In other years Monday to Friday
        holds, and ``is_assumed`` says so. None: holidays are complete for
        every year, e.g. because the calendar has none.

    Raises
    ------
    InvalidProblem
        If hours overlap, a day is of two kinds, or no weekday is worked.
    """

    spans: tuple[Span, ...]
    season: Season | None = None
    weekend: frozenset[int] = frozenset({6, 7})
    holidays: frozenset[date] = frozenset()
    makeup_days: frozenset[date] = frozenset()
    half_days: tuple[HalfDay, ...] = ()
    known_years: frozenset[int] | None = frozenset()
    _half_day_spans: dict[date, tuple[Span, ...]] = field(init=False, repr=False, compare=False)
    _months: dict[tuple[int, int], Month] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _check_order(self.spans)
        if not self.weekend < WEEKDAYS:
            raise InvalidProblem("A weekend is some of the ISO weekdays 1 to 7, never all.")
        half_days = {half.day: half.spans for half in self.half_days}
        if len(half_days) < len(self.half_days):
            raise InvalidProblem("A half day is there twice.")
        off, made_up, halves = self.holidays, self.makeup_days, frozenset(half_days)
        if both := (off & made_up) | (off & halves) | (made_up & halves):
            raise InvalidProblem(f"Holiday, make-up day and half day exclude each other: {both}.")
        object.__setattr__(self, "_half_day_spans", half_days)
        object.__setattr__(self, "_months", {})

    def is_working_day(self, day: date) -> bool:
        """Return whether anything is worked on ``day``."""
        if day in self.holidays:
            return False
        if day in self.makeup_days or day in self._half_day_spans:
            return True
        return day.isoweekday() not in self.weekend

    def is_assumed(self, day: date) -> bool:
        """Return whether the holidays of that year are not loaded, so that a date may move."""
        return self.known_years is not None and day.year not in self.known_years

    def spans_on(self, day: date) -> tuple[Span, ...]:
        """Return the office hours of ``day``; none on a day off."""
        if not self.is_working_day(day):
            return ()
        if (own := self._half_day_spans.get(day)) is not None:
            return own
        if self.season is not None and self.season.holds_on(day):
            return self.season.spans
        return self.spans

    def open_spans(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the spans of working time from ``start`` on, in order, in its time zone.

        Raises
        ------
        InvalidProblem
            If ``start`` is naive, or after the last day that can be written.
        """
        if start.tzinfo is None:
            raise InvalidProblem("Working time needs an aware start.")
        day = start.date()
        while day < date.max:
            midnight = datetime.combine(day, time.min, start.tzinfo)
            for span in self.spans_on(day):
                closes = midnight + timedelta(minutes=span.closes_minute)
                if start < closes:
                    yield max(start, midnight + timedelta(minutes=span.opens_minute)), closes
            day += ONE_DAY
        raise InvalidProblem("Working time ends with the year 9999.")

    def month(self, year: int, month: int) -> Month:
        """Return the working time of a month; it is worked out once.

        Raises
        ------
        InvalidProblem
            If the year is after the last one that can be written.
        """
        known = self._months.get((year, month))
        if known is None:
            if year > date.max.year:
                raise InvalidProblem("Working time ends with the year 9999.")
            known = self._months[year, month] = Month.of(self._spans_of(date(year, month, 1)))
        return known

    def _spans_of(self, first: date) -> Iterator[tuple[datetime, datetime]]:
        """Yield the spans of a month, on the wall clock; the last day of all has none."""
        day = first
        while day.month == first.month and day < date.max:
            midnight = datetime.combine(day, time.min)
            for span in self.spans_on(day):
                yield (
                    midnight + timedelta(minutes=span.opens_minute),
                    midnight + timedelta(minutes=span.closes_minute),
                )
            day += ONE_DAY


def day_length(calendar: Calendar) -> timedelta:
    """Return the working time of a full day outside the season.

    A service level of n working days is n of these, so that a demand received in the middle of a
    day is due in the middle of a day.
    """
    return _length(calendar.spans)


ROUND_THE_CLOCK = Calendar(spans=(Span(0, MINUTES_A_DAY),), weekend=frozenset(), known_years=None)
