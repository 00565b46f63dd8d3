"""The working time of a month laid out in a row, so that it is looked up instead of walked along.

Moments here are naive: the wall clock of the zone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

NOTHING = timedelta(0)
MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Month:
    """The spans of working time of one month, in order.

    Attributes
    ----------
    opens, closes
        When each span begins and ends.
    until
        The working time of the month up to the end of each span.
    total
        All working time of the month.
    """

    opens: tuple[datetime, ...]
    closes: tuple[datetime, ...]
    until: tuple[timedelta, ...]
    total: timedelta

    @classmethod
    def of(cls, spans: Iterable[tuple[datetime, datetime]]) -> Month:
        """Return the month with these spans, which are in order and do not overlap."""
        opens, closes, until = [], [], []
        total = NOTHING
        for opened, closed in spans:
            total += closed - opened
            opens.append(opened)
            closes.append(closed)
            until.append(total)
        return cls(tuple(opens), tuple(closes), tuple(until), total)

    def worked_before(self, moment: datetime) -> timedelta:
        """Return the working time of the month that lies before ``moment``."""
        last = bisect_right(self.opens, moment) - 1
        if last < 0:
            return NOTHING
        return self.until[last] - max(NOTHING, self.closes[last] - moment)

    def moment_after(self, worked: timedelta) -> datetime:
        """Return the first moment before which ``worked`` lies: more than zero, at most all."""
        place = bisect_left(self.until, worked)
        return self.closes[place] - (self.until[place] - worked)


def next_month(year: int, month: int) -> tuple[int, int]:
    """Return year and month of the month that follows."""
    return (year + 1, 1) if month == MONTHS_A_YEAR else (year, month + 1)
