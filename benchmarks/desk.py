"""Measure what the pages of the desk cost: ``python -m benchmarks.desk`` from the project's folder.

With TEST_DATABASE=postgresql in PostgreSQL as it comes, flushing every commit. Makes a zone of its
own for each number of cases, with 10,000 enterprises, and asks the web application for pages as a
clerk, a handler and a leader would: all middlewares, one thread and one connection for each
request as under the server, gzip, sessions and rights; not included is the reading and writing of
HTTP. Prints CPU milliseconds of this process and, with PostgreSQL, of all processes of its server:
the median of batches of 20 requests.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import random
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from benchmarks import zone

SIZES = (1_000, 10_000, 100_000)
FIRMS = 10_000
# The best of four established desks at 10,000 records, and what we set ourselves.
BEST_MS = {"inbox": 54.0, "case page": 51.0, "create": 25.0, "search": 119.0}
REACH_MS = {"inbox": 25.0, "case page": 30.0, "create": 25.0, "search": 20.0, "briefing": 1000.0}
AIM_MS = {"inbox": 15.0, "case page": 15.0, "create": 15.0, "search": 10.0, "briefing": 50.0}
SEARCHES = ("冷库 停电", "变压器漏水", "恒源 冷库", "GB50016", "码头食堂排队", "充电桩冒烟", "地磅")
NEED = "厂门口的路灯坏了三盏，晚班工人看不清路，请尽快安排人来看。"


@dataclass(frozen=True, slots=True)
class Measure:
    """A page, what it is set against, and how it is asked for once."""

    name: str
    bar: str
    ask: Callable[[], object]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--enterprises", type=int, default=FIRMS)
    parser.add_argument("--batches", type=int, default=9, help="of 20 requests each")
    parser.add_argument("--only", default="", help="only measures with this in their name")
    parser.add_argument("--profile", default="", help="print where a measure spends its time")
    arguments = parser.parse_args()
    if len(arguments.cases) > 1:  # each in a process of its own: nothing is warm from before
        rest = [word for word in sys.argv[1:] if not word.isdecimal() and word != "--cases"]
        for size in arguments.cases:
            words = ["-m", "benchmarks.desk", *rest, "--cases", str(size)]
            subprocess.run([sys.executable, *words], check=True)
        return
    zone.new_home()
    measure(arguments)


def measure(arguments: argparse.Namespace) -> None:
    """Print what each page costs in a zone of this size."""
    cases, enterprises = arguments.cases[0], arguments.enterprises
    begin = time.monotonic()
    asked = list(measures(cases, enterprises))
    from django.db import connection  # noqa: PLC0415  # after the folder is chosen

    took_s = time.monotonic() - begin
    print(f"{connection.vendor}, {cases:,} cases, {enterprises:,} enterprises ({took_s:.0f} s)")
    print(f"  a fixed piece of Python takes {zone.yardstick_ms():.0f} ms on this machine just now")
    print(f"  {'CPU ms':32}{'own':>8}{'server':>8}{'all':>8}   of best  of bar  of aim")
    for one in asked:
        if arguments.only not in one.name:
            continue
        if arguments.profile and arguments.profile in one.name:
            profile(one.ask)
        spent = zone.cpu_of(one.ask, batches=arguments.batches)
        ratios = "".join(
            f"{spent.all_ms / bars[one.bar]:8.2f}" if one.bar in bars else " " * 8
            for bars in (BEST_MS, REACH_MS, AIM_MS)
        )
        numbers = f"{spent.own_ms:8.1f}{spent.server_ms:8.1f}{spent.all_ms:8.1f}"
        print(f"  {one.name:32}{numbers}  {ratios}", flush=True)


def measures(cases: int, enterprises: int) -> Iterator[Measure]:
    """Make the zone and yield what is measured in it."""
    from shuniu.zone.kernel import clock  # noqa: PLC0415  # after the folder is chosen

    now = clock.now()
    zone.set_up(now - timedelta(days=900))
    from benchmarks.search import make_firms  # noqa: PLC0415  # the same
    from shuniu.zone.accounts.choices import Role  # noqa: PLC0415  # the same
    from shuniu.zone.desk import services  # noqa: PLC0415  # the same
    from shuniu.zone.kernel.clock import day_of  # noqa: PLC0415  # the same
    from shuniu.zone.registry.queries import active_offices  # noqa: PLC0415  # the same
    from tests.factories import person  # noqa: PLC0415  # the same

    rng = random.Random(1)
    clerk = person(Role.CENTER_CLERK, office="service_center")
    leader = person(Role.LEADER)
    handlers = [(person(Role.UNIT_HANDLER, office=o.code), o) for o in active_offices()]
    from django.db import transaction  # noqa: PLC0415  # the same

    with transaction.atomic():
        firms = make_firms(0, enterprises, rng)
    zone.make_cases(cases, firms, handlers, now)
    services.rebuild_words()
    zone.settle()

    loop = asyncio.new_event_loop()
    at_center = zone.sign_in(clerk, loop)
    in_unit = zone.sign_in(handlers[1][0], loop)
    at_top = zone.sign_in(leader, loop)
    pages = itertools.cycle(_open_cases())
    words = itertools.cycle(SEARCHES)
    days = itertools.cycle(day_of(now) - timedelta(days=back) for back in range(1, 4))
    filters = "turn=open&category=infrastructure&unit={}&urgency=high&state=IN_PROGRESS&light=green"
    every = filters.format(handlers[1][1].code) + "&late=&words=停电"
    chosen = itertools.cycle(rng.sample(firms, min(500, len(firms))))

    def good(answer: zone.Answer, status: int = 200) -> None:
        assert answer.status == status, (answer.status, answer.body[:2000])  # noqa: S101  # else it measures nothing

    def create() -> None:
        form = {
            "enterprise": next(chosen).name, "channel": "phone", "text": NEED,
            "idempotency_key": uuid.uuid4().hex,
        }  # fmt: skip
        good(at_center.post("/needs/for-enterprise/", form), 302)

    yield Measure("inbox, clerk", "inbox", lambda: good(at_center.get("/cases/")))
    yield Measure("inbox, handler", "inbox", lambda: good(in_unit.get("/cases/")))
    yield Measure("inbox, every filter", "inbox", lambda: good(at_center.get(f"/cases/?{every}")))
    yield Measure("inbox, all cases", "inbox", lambda: good(at_center.get("/cases/?turn=all")))
    yield Measure(
        "case page, clerk", "case page", lambda: good(at_center.get(f"/cases/{next(pages)}/"))
    )
    theirs = itertools.cycle(_open_cases(handlers[1][1].pk))
    yield Measure(
        "case page, handler", "case page", lambda: good(in_unit.get(f"/cases/{next(theirs)}/"))
    )
    yield Measure("create", "create", create)
    yield Measure("read, index and deliver one", "create", _worker_turn)
    yield Measure(
        "search", "search", lambda: good(at_center.get(f"/search/?words={_quoted(next(words))}"))
    )
    yield Measure(
        "briefing", "briefing", lambda: good(at_top.get(f"/briefings/{next(days).isoformat()}/"))
    )


def _quoted(words: str) -> str:
    from urllib.parse import quote  # noqa: PLC0415  # used here only

    return quote(words)


def _open_cases(office: int | None = None) -> list[int]:
    """Return cases in work, in no order of place."""
    from shuniu.zone.desk.choices import CaseState  # noqa: PLC0415  # after the folder is chosen
    from shuniu.zone.desk.models import Case  # noqa: PLC0415  # the same

    found = Case.objects.filter(state=CaseState.IN_PROGRESS).exclude(sensitivity="restricted")
    if office is not None:
        found = found.filter(lead_unit_id=office)
    keys = list(found.order_by("pk").values_list("pk", flat=True)[:300])
    random.Random(2).shuffle(keys)
    return keys


def _worker_turn() -> None:
    """Do what the worker does for one new case: read it, make it found, note both as done."""
    from shuniu.zone.kernel import clock  # noqa: PLC0415  # after the folder is chosen
    from shuniu.zone.kernel.services import deliver_due  # noqa: PLC0415  # the same

    for _ in range(2):
        assert deliver_due(now=clock.now(), limit=1) == 1  # noqa: S101  # else it measures nothing


def profile(ask: Callable[[], object]) -> None:
    """Print where the time of a page goes, its threads included."""
    import cProfile  # noqa: PLC0415  # used here only
    import pstats  # noqa: PLC0415  # the same
    import threading  # noqa: PLC0415  # the same

    profiler = cProfile.Profile()
    threading.setprofile(lambda *_: profiler.enable())  # before the thread of the pages begins
    for _ in range(50):
        ask()
    threading.setprofile(None)
    profiler.disable()
    pstats.Stats(profiler).sort_stats("tottime").print_stats(45)


if __name__ == "__main__":
    main()
