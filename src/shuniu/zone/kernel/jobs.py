"""Background work of the kernel itself."""

from __future__ import annotations

from datetime import datetime

from shuniu.zone.kernel import ledger, services
from shuniu.zone.kernel.models import Fact


def check_ledger(fact: Fact, now: datetime) -> None:
    services.check_ledger(check_id=fact.data["check_id"], now=now)


def ask_for_check(now: datetime) -> None:
    services.ask_for_check(actor=None, now=now)


def export_head(now: datetime) -> None:
    ledger.export_head(now=now)
