"""Measure the sweep of due rows: ``python -m benchmarks.sweep [OPEN [DUE]]``.

With TEST_DATABASE=postgresql in PostgreSQL as it comes, flushing every commit. Makes a zone with
OPEN open cases (100,000), of which DUE (1,000) change their light now, and prints the CPU seconds,
of this process and the database's server, of a sweep that finds these, of one that finds nothing,
and of rebuilding the derived columns of all cases from their facts.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from datetime import timedelta

from benchmarks import zone

OPEN, DUE = 100_000, 1_000
FIRMS = 1_000
SWEEP_S, REBUILD_S = 2.0, 20.0


def main() -> None:
    given = [int(word) for word in sys.argv[1:]]
    count, due = given + [OPEN, DUE][len(given) :]
    zone.new_home()
    set_up(count, due)
    measure(due)


def set_up(count: int, due: int) -> None:
    """Make open cases in work, each with its facts; as many as asked for are due."""
    from shuniu.zone.kernel import clock  # noqa: PLC0415  # after the folder is chosen

    now = clock.now()
    zone.set_up(now - timedelta(days=900))
    from django.db import transaction  # noqa: PLC0415  # the same

    from benchmarks.search import make_firms  # noqa: PLC0415  # the same
    from shuniu.zone.accounts.choices import Role  # noqa: PLC0415  # the same
    from shuniu.zone.desk.models import Case  # noqa: PLC0415  # the same
    from shuniu.zone.registry.queries import active_offices  # noqa: PLC0415  # the same
    from tests.factories import person  # noqa: PLC0415  # the same

    handlers = [(person(Role.UNIT_HANDLER, office=o.code), o) for o in active_offices()]
    with transaction.atomic():
        firms = make_firms(0, FIRMS, random.Random(1))
    zone.NEWEST_OPEN = count
    zone.BETWEEN_CASES = timedelta(minutes=4)
    zone.make_cases(count, firms, handlers, now)
    later = now + timedelta(days=1)
    Case.objects.update(next_light_at=later)
    keys = Case.objects.order_by("pk").values_list("pk", flat=True)[:: max(1, count // due)]
    Case.objects.filter(pk__in=list(keys)[:due]).update(next_light_at=now)
    zone.settle()


def measure(due: int) -> None:
    from django.db import connection  # noqa: PLC0415  # after the folder is chosen

    from shuniu.zone.desk import services  # noqa: PLC0415  # the same
    from shuniu.zone.desk.models import Case  # noqa: PLC0415  # the same
    from shuniu.zone.kernel import clock  # noqa: PLC0415  # the same

    now = clock.now()
    print(f"{connection.vendor}, {Case.objects.count():,} cases, {zone.yardstick_ms():.0f} ms")
    for name, bar_s, work, wanted in (
        (f"sweep, {due:,} due", SWEEP_S, services.change_lights, due),
        ("sweep, nothing due", SWEEP_S, services.change_lights, 0),
        ("rebuild", REBUILD_S, services.rebuild, Case.objects.count()),
    ):
        took_s = cpu_s(lambda work=work, wanted=wanted: check(work(actor=None, now=now), wanted))
        print(f"  {name:24}{took_s:8.2f} s{took_s / bar_s:8.2f} of the bar", flush=True)


def check(found: int, wanted: int) -> None:
    assert found == wanted, (found, wanted)  # noqa: S101  # else it measures something else


def cpu_s(work: Callable[[], object]) -> float:
    """Return the CPU seconds of one call, the server of the database included."""
    server = zone.postmaster()
    begin = time.process_time() + zone.server_cpu_s(server)
    work()
    return time.process_time() + zone.server_cpu_s(server) - begin


if __name__ == "__main__":
    main()
