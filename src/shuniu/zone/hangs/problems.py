"""How long something has been hanging, and how it stands by its promised day, in working days."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shuniu.zone.hangs.choices import (
    DAYS_LONG_PAST,
    DAYS_SOON,
    LAST_DAY_OF_AGE,
    AgeClass,
    Light,
)
from shuniu.zone.hangs.models import Hang
from shuniu.zone.hangs.queries import Days
from shuniu.zone.kernel.clock import day_of
from shuniu.zone.registry.queries import profile_in_force
from shuniu.zone.registry.services import office_calendar, working_days_before


def days_of(today: date) -> Days:
    """Return the classes of age as the days of opening that belong to them today.

    The age is the number of working days after the day of opening, up to and with today.
    """
    calendar = office_calendar(profile_in_force().version_id)
    longest = max(LAST_DAY_OF_AGE.values())
    # The n-th last working day stands at -n; opened on it or later, a hang is n - 1 days old.
    worked = working_days_before(today, longest + 1, calendar)
    ages: dict[AgeClass, tuple[date | None, date]] = {}
    until = today
    for age, last in LAST_DAY_OF_AGE.items():
        after = worked[-(last + 1)] - timedelta(days=1)
        ages[age] = (after, until)
        until = after
    ages[AgeClass.LONGER] = (None, until)
    return Days(today, ages)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a hang stands: its age, and the working days left (negative: passed)."""

    age_days: int
    left_days: int
    light: Light


def standings_of(hangs: Sequence[Hang], today: date) -> dict[int, Standing]:
    """Return how each of some hangs stands today, by its key."""
    if not hangs:
        return {}
    calendar = office_calendar(profile_in_force().version_id)
    first = min(min(day_of(hang.opened_at), hang.promised_on) for hang in hangs)
    last = max(today, *(hang.promised_on for hang in hangs))
    count = (last - first).days + 1
    every = (first + timedelta(days=at) for at in range(count))
    worked = [day for day in every if calendar.is_working_day(day)]
    return {hang.pk: _standing(hang, today, worked) for hang in hangs}


def light_of(hang: Hang, today: date) -> Light:
    """Return the light of a hang as it stood at the end of a day, whatever became of it later."""
    calendar = office_calendar(profile_in_force().version_id)
    first, last = sorted((today, hang.promised_on))
    every = (first + timedelta(days=at) for at in range((last - first).days + 1))
    worked = [day for day in every if calendar.is_working_day(day)]
    return _light_by(hang.promised_on, _between(today, hang.promised_on, worked), today)


def _standing(hang: Hang, today: date, worked: Sequence[date]) -> Standing:
    end = day_of(hang.struck_at) if hang.struck_at else today
    age = _between(day_of(hang.opened_at), end, worked)
    left = _between(end, hang.promised_on, worked)
    return Standing(age, left, _light(hang, left, today))


def _between(start: date, end: date, worked: Sequence[date]) -> int:
    """Return the working days after ``start`` up to and with ``end``; negative the other way."""
    return bisect_right(worked, end) - bisect_right(worked, start)


def _light(hang: Hang, left_days: int, today: date) -> Light:
    return Light.NONE if hang.is_over else _light_by(hang.promised_on, left_days, today)


def _light_by(promised_on: date, left_days: int, today: date) -> Light:
    if promised_on < today:
        return Light.PURPLE if left_days < -DAYS_LONG_PAST else Light.RED
    return Light.YELLOW if left_days <= DAYS_SOON else Light.GREEN
