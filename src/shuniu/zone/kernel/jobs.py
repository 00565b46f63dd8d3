"""Background work of the kernel itself."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from shuniu.zone.kernel import ledger, services
from shuniu.zone.kernel.models import Fact


def check_ledger(fact: Fact, now: datetime) -> None:
    services.check_ledger(check_id=fact.data["check_id"], now=now)


def ask_for_check(now: datetime) -> None:
    services.ask_for_check(actor=None, now=now)


def export_head(now: datetime) -> None:
    ledger.export_head(now=now)


def rebuild_pairs(now: datetime) -> None:  # noqa: ARG001  # the shape of a job
    services.rebuild_pairs()
    services.count_words()


def read_import(fact: Fact, now: datetime) -> None:
    services.read_import(import_id=UUID(fact.data["import_id"]), now=now)


def check_import(fact: Fact, now: datetime) -> None:
    services.check_import(
        import_id=UUID(fact.data["import_id"]), version=fact.data["version"], now=now
    )


def write_import(fact: Fact, now: datetime) -> None:
    services.write_import(import_id=UUID(fact.data["import_id"]), now=now)


def mark_import(fact: Fact, now: datetime) -> None:
    services.mark_import(
        import_id=UUID(fact.data["import_id"]), language=fact.data["language"], now=now
    )


def undo_import(fact: Fact, now: datetime) -> None:
    services.undo_import(import_id=UUID(fact.data["import_id"]), now=now)
