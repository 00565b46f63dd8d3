"""The small values a zone profile is written in: allowances, office hours, days of the year."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, PlainSerializer

MINUTES_A_DAY = 24 * 60
LEAP_YEAR = 2000

_ALLOWANCE = re.compile(r"([1-9][0-9]{0,4}) (working hour|working day|minute)s?")
_SPAN = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-4]):([0-5][0-9])")
_YEAR_DAY = re.compile(r"([0-1][0-9])-([0-3][0-9])")


class AllowanceUnit(StrEnum):
    """What an allowance is counted in."""

    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"
    DUTY_MINUTES = "duty_minutes"


_UNIT_WORDS = {
    "working hour": AllowanceUnit.WORKING_HOURS,
    "working day": AllowanceUnit.WORKING_DAYS,
    "minute": AllowanceUnit.DUTY_MINUTES,
}


@dataclass(frozen=True, slots=True)
class Allowance:
    """Time that is granted for a step, written "2 working hours", "7 working days", "30 minutes".

    Attributes
    ----------
    amount
        Whole number, more than zero.
    unit
        Working hours and days count in office hours. Duty minutes count day
        and night, because somebody is on duty.
    """

    amount: int
    unit: AllowanceUnit

    @property
    def is_working_time(self) -> bool:
        """Whether it counts in office hours; if not, it counts day and night."""
        return self.unit is not AllowanceUnit.DUTY_MINUTES

    def duration(self, day_length: timedelta) -> timedelta:
        """Return it as a length of time; a working day is one ``day_length`` long."""
        if self.unit is AllowanceUnit.WORKING_HOURS:
            return timedelta(hours=self.amount)
        if self.unit is AllowanceUnit.WORKING_DAYS:
            return self.amount * day_length
        return timedelta(minutes=self.amount)

    def __str__(self) -> str:
        """Return the form it is written in."""
        words = {unit: word for word, unit in _UNIT_WORDS.items()}
        return f"{self.amount} {words[self.unit]}{'' if self.amount == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class OfficeSpan:
    """Office hours without a break, in minutes after midnight, written "09:00-12:00".

    ``opens_minute < closes_minute``; a closing minute of 1440 is midnight, written "24:00".
    """

    opens_minute: int
    closes_minute: int

    def __str__(self) -> str:
        """Return the form it is written in."""
        ends = (self.opens_minute, self.closes_minute)
        return "-".join(f"{minute // 60:02d}:{minute % 60:02d}" for minute in ends)


@dataclass(frozen=True, slots=True)
class YearDay:
    """A day of every year, written "05-01"; "02-29" is there in leap years."""

    month: int
    day: int

    def __str__(self) -> str:
        """Return the form it is written in."""
        return f"{self.month:02d}-{self.day:02d}"


Value = TypeVar("Value", Allowance, OfficeSpan, YearDay)


def parse_allowance(text: str) -> Allowance:
    """Return the allowance that ``text`` writes; raise ValueError saying how to write one."""
    found = _ALLOWANCE.fullmatch(text)
    if found is None:
        raise ValueError(
            "write a whole number above 0 and a unit: "
            '"2 working hours", "7 working days" or "30 minutes" (day and night)'
        )
    return Allowance(int(found[1]), _UNIT_WORDS[found[2]])


def parse_span(text: str) -> OfficeSpan:
    """Return the office hours that ``text`` writes; raise ValueError saying how to write them."""
    found = _SPAN.fullmatch(text)
    if found is None:
        raise ValueError('write office hours as "09:00-12:00"')
    opens = int(found[1]) * 60 + int(found[2])
    closes = int(found[3]) * 60 + int(found[4])
    if not opens < closes <= MINUTES_A_DAY:
        raise ValueError(f'the office must open before it closes, and close by "24:00": {text}')
    return OfficeSpan(opens, closes)


def parse_year_day(text: str) -> YearDay:
    """Return the day that ``text`` writes; raise ValueError saying how to write one."""
    found = _YEAR_DAY.fullmatch(text)
    if found is None:
        raise ValueError('write month and day as "05-01"')
    try:
        day = date(LEAP_YEAR, int(found[1]), int(found[2]))
    except ValueError:
        raise ValueError(f'no year has the day "{text}"') from None
    return YearDay(day.month, day.day)


def _from_text(kind: type[Value], parse: Callable[[str], Value]) -> BeforeValidator:
    def read(written: Any) -> Value:
        if isinstance(written, kind):
            return written
        return parse(written if isinstance(written, str) else "")

    return BeforeValidator(read)


_AS_WRITTEN = PlainSerializer(str, return_type=str)

AllowanceText = Annotated[Allowance, _from_text(Allowance, parse_allowance), _AS_WRITTEN]
SpanText = Annotated[OfficeSpan, _from_text(OfficeSpan, parse_span), _AS_WRITTEN]
YearDayText = Annotated[YearDay, _from_text(YearDay, parse_year_day), _AS_WRITTEN]
