"""Measure the chain of facts: `python -m benchmarks.ledger` from the project's folder.

Prints (a) how many facts a second are sealed, and checked when they come from memory, (b) how many
are recorded in bulk and checked in a database of its own, SQLite or, with TEST_DATABASE=postgresql,
PostgreSQL. All times are CPU times of this process; the target of the check is 90,000 a second.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from shuniu.zone.kernel.chain import BEFORE_THE_FIRST, Link, moment, read_data, seal_of
from shuniu.zone.kernel.verification import Entry, verify

FACTS = 200_000
BATCH = 5_000
TARGET = 90_000
KEY = bytes(32)
KIND, ORIGIN = "desk.case.accepted", "192.0.2.7"
START = datetime(2026, 11, 19, 2, tzinfo=UTC)


def cpu_s(work: Callable[[], object]) -> float:
    """Return the CPU seconds that ``work`` takes."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def sealed(count: int) -> Iterator[Entry]:
    """Yield a chain of facts as the desk records them."""
    before = BEFORE_THE_FIRST
    for n in range(1, count + 1):
        data = (
            f'{{"case_id": {n // 7}, "category": "municipal", "note_id": {n}, "urgency": "high"}}'
        )
        at = START + timedelta(seconds=n)
        subject = f"desk.case:{n // 7}"
        link = Link(n, KIND, subject, moment(at), 17, ORIGIN, read_data(data))
        before = seal_of(link, before=before, key=KEY)
        yield Entry(n, KIND, subject, str(at), 17, ORIGIN, data, before)


def say(name: str, count: int, seconds: float) -> None:
    rate = count / seconds
    print(f"{name}: {rate:,.0f} facts a second ({rate / TARGET:.2f} of the target)")


def in_memory() -> None:
    """Print the rates of sealing and of checking without a database."""
    rows: list[Entry] = []
    say("sealing", FACTS, cpu_s(lambda: rows.extend(sealed(FACTS))))
    say("checking, from memory", FACTS, cpu_s(lambda: verify(rows, (), key=KEY)))


def in_database() -> None:
    """Print the rates of recording in bulk and of checking in a new database."""
    from shuniu.cli.zone import load_zone  # noqa: PLC0415  # the home is chosen before

    load_zone()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection, transaction  # noqa: PLC0415

    from shuniu.zone.desk.facts import CaseDispatched  # noqa: PLC0415
    from shuniu.zone.kernel import ledger  # noqa: PLC0415
    from shuniu.zone.kernel.services import record_facts  # noqa: PLC0415

    call_command("migrate", verbosity=0)

    def record() -> None:
        for first in range(0, FACTS, BATCH):
            with transaction.atomic():
                facts = (
                    CaseDispatched(n // 7, "econ_bureau", 1) for n in range(first, first + BATCH)
                )
                record_facts([(fact, None, START) for fact in facts], deliver=False)

    def check() -> None:
        report = ledger.check()
        assert (report.facts, report.problems) == (FACTS, ()), report  # noqa: S101  # else it measures nothing

    say(f"recording in bulk, {connection.vendor}", FACTS, cpu_s(record))
    say(f"checking, {connection.vendor}", FACTS, cpu_s(check))


def main() -> None:
    """Print all measures."""
    in_memory()
    home = tempfile.mkdtemp(prefix="shuniu-ledger-")
    os.environ["SHUNIU_HOME"] = home
    if os.environ.get("TEST_DATABASE") == "postgresql":
        from tests.surroundings import start_server  # noqa: PLC0415  # starts one

        url = f"postgres://postgres@/postgres?host={start_server()}"
        os.environ.update(SHUNIU_HOME=home, SHUNIU_DATABASE_URL=url)
    try:
        in_database()
    finally:
        shutil.rmtree(Path(home))


if __name__ == "__main__":
    main()
