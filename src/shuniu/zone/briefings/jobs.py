"""Background work of the briefings."""

from __future__ import annotations

from datetime import datetime

from shuniu.zone.briefings import services


def draft_due(now: datetime) -> None:
    services.draft_due(now=now)


def draft_periods_due(now: datetime) -> None:
    services.draft_periods_due(now=now)
