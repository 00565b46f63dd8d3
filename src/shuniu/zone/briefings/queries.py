from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from shuniu.zone.accounts.models import User
from shuniu.zone.briefings import policies
from shuniu.zone.desk import queries as desk
from shuniu.zone.registry.queries import standing_of


@dataclass(frozen=True, slots=True)
class DayLine:
    """A day in the list of briefings."""

    day: date
    opened: int
    closed: int


def may_read(user: User) -> bool:
    """Return whether a person may read briefings."""
    return policies.may_read(standing_of(user))


def days_up_to(day: date, count: int) -> list[DayLine]:
    """Return the last ``count`` days up to ``day``, the newest first."""
    days = [day - timedelta(days=back) for back in range(count)]
    opened, closed = desk.daily_counts(days[-1], day)
    return [DayLine(d, opened.get(d, 0), closed.get(d, 0)) for d in days]
