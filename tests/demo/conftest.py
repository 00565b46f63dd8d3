"""One demo zone for all tests: the same seed, a Wednesday afternoon in June."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

import pytest

from shuniu.demo.cases import DemoCase, cases
from shuniu.demo.enterprises import DemoEnterprise, enterprises
from shuniu.demo.office_hours import CHINA
from shuniu.demo.people import DemoPerson, staff

DAY = date(2026, 6, 3)
NOW = datetime(2026, 6, 3, 16, 40, tzinfo=CHINA)
# The holidays of spring 2026 that fall on weekdays.
HOLIDAYS = {date(2026, 4, 6), date(2026, 5, 1), date(2026, 5, 4), date(2026, 5, 5)}


@dataclass(frozen=True, slots=True)
class Zone:
    enterprises: tuple[DemoEnterprise, ...]
    staff: tuple[DemoPerson, ...]
    cases: tuple[DemoCase, ...]
    working_days: tuple[date, ...]


def weekdays_until(day: date, count: int) -> tuple[date, ...]:
    days: list[date] = []
    while len(days) < count:
        if day.isoweekday() < 6 and day not in HOLIDAYS:
            days.append(day)
        day -= timedelta(days=1)
    return tuple(reversed(days))


def invented_zone(seed: int, now: datetime = NOW) -> Zone:
    rng = Random(seed)  # noqa: S311  # the same zone every time is what is wanted
    working_days = weekdays_until(DAY, 60)
    firms, people = enterprises(rng), staff(rng)
    told = cases(rng, now=now, working_days=working_days, enterprises=firms, staff=people)
    return Zone(firms, people, told, working_days)


@pytest.fixture(scope="session")
def zone() -> Zone:
    return invented_zone(7)
