"""Background work of the kernel itself."""

from __future__ import annotations

from datetime import datetime

from shuniu.zone.kernel import services


def forget_answers(now: datetime) -> None:
    services.forget_answers(now=now)
