"""Background work of the notices."""

from __future__ import annotations

from datetime import datetime

from shuniu.zone.notices import services


def bury(now: datetime) -> None:
    services.bury(now=now)
