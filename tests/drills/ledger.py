"""A process that records facts in the zone of a drill: ``python -m tests.drills.ledger``.

``one-by-one N`` records N facts in a transaction each; ``days N`` records ten facts for each of the
last N days in one.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.drills.server import ROOT, Place

FACTS_PER_DAY = 10


@dataclass(frozen=True, slots=True)
class Checked:
    """What ``shuniu ledger verify`` said, and its exit status."""

    status: int
    facts: int
    heads: int
    problems: tuple[str, ...]


def check(place: Place, *words: str) -> Checked:
    """Check the ledger of a place by the command line."""
    done = subprocess.run(
        [sys.executable, "-m", "shuniu", "ledger", "verify", *words],
        env=place.environment(),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.stdout, done.stderr
    said = json.loads(done.stdout)
    problems = tuple(f"{each['kind']} at {each['position']}" for each in said["problems"])
    return Checked(done.returncode, said["facts"], said["heads"], problems)


def recorder(place: Place, *words: str) -> subprocess.Popen[bytes]:
    """Start a process that records facts in a place."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.drills.ledger", *words],
        env=place.environment(DJANGO_SETTINGS_MODULE="tests.drills.settings"),
        cwd=ROOT,
    )


def finished(process: subprocess.Popen[Any], seconds: float) -> int:
    """Return the exit status of a process that ends in time; kill one that does not."""
    try:
        return process.wait(seconds)
    finally:
        process.kill()
        process.wait()


def main() -> None:
    """Record the facts that the words ask for."""
    from shuniu.cli.zone import load_zone  # noqa: PLC0415  # only in the process itself

    load_zone()
    from django.db import transaction  # noqa: PLC0415

    from shuniu.zone.desk.facts import CaseDispatched  # noqa: PLC0415
    from shuniu.zone.kernel import clock  # noqa: PLC0415
    from shuniu.zone.kernel.services import record_fact, record_facts  # noqa: PLC0415

    kind, count = sys.argv[1], int(sys.argv[2])
    now = clock.now()
    if kind == "one-by-one":
        for n in range(count):
            with transaction.atomic():
                dispatched = CaseDispatched(case_id=os.getpid(), unit="econ_bureau", round=n)
                record_fact(dispatched, actor=None, at=now)
        return
    with transaction.atomic():
        days = (now - timedelta(days=day) for day in range(count, 0, -1))
        dispatched = CaseDispatched(case_id=1, unit="econ_bureau", round=1)
        told = [(dispatched, None, at) for at in days for _ in range(FACTS_PER_DAY)]
        record_facts(told, deliver=False)


if __name__ == "__main__":
    main()
