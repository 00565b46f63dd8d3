"""Background work of the hangs."""

from __future__ import annotations

from datetime import datetime

from shuniu.zone.hangs import services


def remind(now: datetime) -> None:
    services.remind(actor=None, now=now)
