"""What the briefing tells of the work of each app: a new one is one line here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from shuniu.zone.desk import queries as desk
from shuniu.zone.freight import queries as freight
from shuniu.zone.kernel.queries import DayNumbers
from shuniu.zone.registry import queries as registry

SUMMARIES: tuple[Callable[[date, date], DayNumbers], ...] = (
    desk.urgings_of_days,
    registry.day_summary,
    freight.day_summary,
)
