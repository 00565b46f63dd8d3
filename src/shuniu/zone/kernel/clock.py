"""Time of day in the zone, for entry points and for showing. Nothing below them asks the clock."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return this moment, aware."""
    return timezone.now()


def today() -> date:
    """Return the zone's calendar day of this moment."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """Return the zone's calendar day of ``moment``."""
    return moment.astimezone(ZONE).date()


def local(moment: datetime) -> datetime:
    """Return ``moment`` as the zone's wall time."""
    return moment.astimezone(ZONE)


def day_span(day: date) -> tuple[datetime, datetime]:
    """Return the start of ``day`` and of the next day in the zone: the period ``[from, to)``."""
    start = datetime.combine(day, time(), ZONE)
    return start, start + timedelta(days=1)
