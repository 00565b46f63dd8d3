from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from shuniu.zone.desk import queries as desk


@dataclass(frozen=True, slots=True)
class DayLine:
    """A day in the list of briefings."""

    day: date
    opened: int
    closed: int


def days_up_to(day: date, count: int) -> list[DayLine]:
    """Return the last ``count`` days up to ``day``, the newest first."""
    days = [day - timedelta(days=back) for back in range(count)]
    opened, closed = desk.daily_counts(days[-1], day)
    return [DayLine(d, opened.get(d, 0), closed.get(d, 0)) for d in days]
