"""How long a list of 5,000 enterprises takes, from the file to the last row written.

    python -m benchmarks.imports [ROWS]

Makes a zone of its own in a temporary folder (or uses SHUNIU_DATABASE_URL) and a workbook in which
every hundredth row has a fault, and imports it twice: new rows, then the same ones again. Prints
wall-clock and CPU seconds of each step: this process, its children, and nothing of PostgreSQL.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

ROWS = 5_000
FAULTY_EACH = 100


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SHUNIU_HOME"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuniu.config.settings")
        subprocess.run([sys.executable, "-m", "shuniu", "setup"], check=True)
        import django  # noqa: PLC0415  # after the folder is known

        django.setup()
        measure(rows)


def measure(rows: int) -> None:
    from tests.sheets import credit_code, firm, xlsx  # noqa: PLC0415  # after the settings

    table = [firm(number) for number in range(rows)]
    for number in range(0, rows, FAULTY_EACH):
        table[number][0] = credit_code(number)[:-1]
    content = xlsx(table)
    walk("new rows", content)
    walk("the same rows again", content)


def walk(name: str, content: bytes) -> None:
    """Print what each step of one import costs."""
    from shuniu.zone.accounts.choices import Role  # noqa: PLC0415  # after the settings
    from shuniu.zone.kernel import clock, services  # noqa: PLC0415  # the same
    from tests.factories import person  # noqa: PLC0415  # the same

    actor = person(Role.CENTER_CLERK)
    now = clock.now()
    print(f"{name}: {len(content):,} bytes")
    total = Total()
    run = total.step(
        "received",
        lambda: services.receive_list(
            kind="enterprises", name="list.xlsx", content=content, is_pasted=False,
            language="zh-hans", actor=actor, now=now,
        ),
    )  # fmt: skip
    total.step("read", lambda: services.read_import(import_id=run.pk, now=now))
    run.refresh_from_db()
    columns = {key: place for place, key in enumerate(run.layout["columns"]) if key}
    layout = {key: run.layout[key] for key in ("sheet", "head", "depth")}
    options = {"datum": "WGS84"}
    services.set_columns(
        import_id=run.pk, **layout, columns=columns, options=options, actor=actor, now=now
    )
    total.step("checked", lambda: services.check_import(import_id=run.pk, version=1, now=now))
    run.refresh_from_db()
    if run.counts.get("NEW"):
        services.confirm_import(import_id=run.pk, version=1, actor=actor, now=now)
        total.step("written", lambda: services.write_import(import_id=run.pk, now=now))
        run.refresh_from_db()
    print(f"  all       {total.wall_s:6.2f} s wall  {total.cpu_s:6.2f} s CPU")
    print(f"  {run.counts}")


class Total:
    """Adds up what steps take."""

    def __init__(self) -> None:
        self.wall_s = 0.0
        self.cpu_s = 0.0

    def step(self, name: str, work: Callable[[], Any]) -> Any:
        with self.timed(name):
            return work()

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        wall, cpu = time.monotonic(), cpu_s()
        yield
        wall, cpu = time.monotonic() - wall, cpu_s() - cpu
        self.wall_s += wall
        self.cpu_s += cpu
        print(f"  {name:9} {wall:6.2f} s wall  {cpu:6.2f} s CPU")


def cpu_s() -> float:
    """Return the CPU seconds of this process and of its children that are over."""
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


if __name__ == "__main__":
    main()
