"""Measure what the running product needs: ``python -m benchmarks.memory [CASES [PAGES]]``.

Sets up a zone with the rows of the other benchmark, starts ``shuniu serve`` and asks for pages by
HTTP, as a browser on this machine would. Prints how long the first page took from the start (wall
clock), what one page cost through the real server (CPU of the web process and of the server of the
database), and the memory of web server and worker (PSS: what is shared counts in parts) before and
after PAGES pages (2,000), asked for by eight at a time.
"""

from __future__ import annotations

import asyncio
import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from benchmarks import zone

CASES, FIRMS = 10_000, 1_000
PAGES, AT_ONCE = 2_000, 8
PAGES_ALONE = 100
FIRST_PAGE_S, WEB_MB, ALL_MB = 2.0, 220.0, 350.0
LONGEST_START_S = 120.0


def main() -> None:
    given = [int(word) for word in sys.argv[1:]]
    cases, pages = given + [CASES, PAGES][len(given) :]
    zone.new_home()
    cookie, keys, server = set_up(cases)
    paths = ["/cases/", *(f"/cases/{key}/" for key in keys), "/search/?words=%E5%86%B7%E5%BA%93"]
    with serving() as (port, top, begin):
        first_s = first_page(port, begin)
        print(
            f"first page {first_s:.2f} s after the start: {first_s / FIRST_PAGE_S:.2f} of the bar"
        )
        show(top, "at first")
        for path in paths[:2]:
            alone(port, cookie, path, top, server)
        with ThreadPoolExecutor(AT_ONCE) as people:
            statuses = set(
                people.map(lambda n: ask(port, cookie, paths[n % len(paths)]), range(PAGES))
            )
        assert statuses == {200}, statuses  # noqa: S101  # else it measures nothing
        show(top, f"after {pages:,} pages")


def set_up(cases: int) -> tuple[str, list[int], int | None]:
    """Make a zone; return the cookies of a clerk, cases to open, and the database's server."""
    from shuniu.zone.kernel import clock  # noqa: PLC0415  # after the folder is chosen

    now = clock.now()
    zone.set_up(now - timedelta(days=900))
    from django.db import connections, transaction  # noqa: PLC0415  # the same

    from benchmarks.search import make_firms  # noqa: PLC0415  # the same
    from shuniu.zone.accounts.choices import Role  # noqa: PLC0415  # the same
    from shuniu.zone.desk import services  # noqa: PLC0415  # the same
    from shuniu.zone.desk.models import Case  # noqa: PLC0415  # the same
    from shuniu.zone.registry.queries import active_offices  # noqa: PLC0415  # the same
    from tests.factories import person  # noqa: PLC0415  # the same

    clerk = person(Role.CENTER_CLERK, office="service_center")
    handlers = [(person(Role.UNIT_HANDLER, office=o.code), o) for o in active_offices()]
    with transaction.atomic():
        firms = make_firms(0, FIRMS, random.Random(1))
    zone.make_cases(cases, firms, handlers, now)
    services.rebuild_words()
    zone.settle()
    cookies = zone.sign_in(clerk, asyncio.new_event_loop()).cookies
    found = Case.objects.exclude(sensitivity="restricted").order_by("-pk")
    keys = list(found.values_list("pk", flat=True)[:50])
    server = zone.postmaster()
    connections.close_all()
    return "; ".join(f"{name}={value}" for name, value in cookies.items()), keys, server


@contextmanager
def serving() -> Iterator[tuple[int, int, float]]:
    """Run the product; yield its port, its process, and when it was started."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "-m", "shuniu", "serve"]
    begin = time.monotonic()
    process = subprocess.Popen(
        words, env={**os.environ, "SHUNIU_PORT": str(port)}, stdout=subprocess.DEVNULL
    )
    try:
        yield port, process.pid, begin
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def first_page(port: int, begin: float) -> float:
    """Return the seconds from the start to the first page that was answered."""
    while time.monotonic() - begin < LONGEST_START_S:
        try:
            if ask(port, "", "/sign-in/") == 200:
                return time.monotonic() - begin
        except OSError:
            time.sleep(0.01)
    raise SystemExit("The server did not start.")


def ask(port: int, cookie: str, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Cookie": cookie, "Accept-Encoding": "gzip", "Host": "localhost"}
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def alone(port: int, cookie: str, path: str, top: int, server: int | None) -> None:
    """Print what one page costs all processes of the product, asked for one after the other."""
    for _ in range(20):
        ask(port, cookie, path)
    web = [process for process in family(top) if "granian" in command(process)]
    before = sum(map(cpu_s, web)), zone.server_cpu_s(server)
    for _ in range(PAGES_ALONE):
        ask(port, cookie, path)
    own = (sum(map(cpu_s, web)) - before[0]) / PAGES_ALONE * 1000
    foreign = (zone.server_cpu_s(server) - before[1]) / PAGES_ALONE * 1000
    print(f"{path} by HTTP: {own:.1f} ms of the web server, {foreign:.1f} ms of the database")


def show(top: int, when: str) -> None:
    """Print the memory of the parts."""
    web = pss_mb(p for p in family(top) if "granian" in command(p))
    worker = pss_mb(p for p in family(top) if command(p).endswith("shuniu worker"))
    rest = pss_mb([top])
    print(
        f"{when}: web {web:.0f} MB ({web / WEB_MB:.2f} of the bar), worker {worker:.0f} MB,"
        f" both {web + worker:.0f} MB ({(web + worker) / ALL_MB:.2f});"
        f" what started them {rest:.0f} MB"
    )


def family(top: int) -> list[int]:
    """Return a process and all that it started, and they in turn."""
    found = [top]
    for process in found:
        for task in Path(f"/proc/{process}/task").iterdir():
            found += map(int, (task / "children").read_text().split())
    return found


def command(process: int) -> str:
    words = Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
    return b" ".join(words).decode(errors="replace").strip()


def cpu_s(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / zone.TICKS_PER_S


def pss_mb(processes: Iterable[int]) -> float:
    """Return the memory of processes in megabytes of a million bytes."""
    total = 0
    for process in processes:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1]) * 1024
    return total / 1e6


if __name__ == "__main__":
    main()
