"""Working time of the zone's offices, in minutes, on the working days that are known."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
MORNING = (time(9), time(12))
AFTERNOON = (time(13, 30), time(17, 30))
MINUTES_A_DAY = 420


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The hours 9:00-12:00 and 13:30-17:30 of the given working days, in rising order."""

    working_days: tuple[date, ...]

    def later(self, start: datetime, minutes: int) -> datetime | None:
        """Return the moment after so many working minutes; ``None`` after the last day.

        Strictly increasing in ``minutes``: a moment never falls on a closing time.
        """
        for day in self.working_days[bisect_left(self.working_days, start.date()) :]:
            for opens, closes in (MORNING, AFTERNOON):
                first = max(start, datetime.combine(day, opens, CHINA))
                room = int((datetime.combine(day, closes, CHINA) - first).total_seconds() // 60)
                if minutes < room:
                    return first + timedelta(minutes=minutes)
                minutes -= max(room, 0)
        return None


def weekday_after(day: date, count: int) -> date:
    """Return the ``count``-th weekday (Monday to Friday) after a day."""
    while count > 0:
        day += timedelta(days=1)
        count -= day.isoweekday() < 6
    return day


def spoken_date(day: date) -> str:
    """Return the date as one says it: 5月9日."""
    return f"{day.month}月{day.day}日"
