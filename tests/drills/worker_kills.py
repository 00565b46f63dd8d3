"""D6: every opened case is read by the worker, once in effect, however often workers are killed."""

from __future__ import annotations

import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime

from tests.drills.kills import Writers, enterprise_of, signed_in
from tests.drills.people import WRITERS
from tests.drills.server import Place, Web, Worker, wait_until, web_server

WORKERS = 2
LONGEST_LIFE_S = 1.5
LONGEST_BACKLOG = 100
SECONDS_TO_DRAIN = 300.0
WAITING = "state = 'WAITING'"


@dataclass(frozen=True, slots=True)
class WorkersKilled:
    """What became of the readings of new cases.

    Attributes
    ----------
    interrupted
        Deliveries that a killed worker had taken and not finished.
    cases
        Cases that were opened, each with one reading to be delivered.
    unread
        Cases without a fact of their reading at the end.
    doubled
        Cases with more than one.
    waiting, dead
        Deliveries not done, or given up, at the end.
    """

    kills: int
    interrupted: int
    seconds: int
    cases: int
    unread: int
    doubled: int
    waiting: int
    dead: int

    @property
    def is_exact(self) -> bool:
        return not (self.unread or self.doubled or self.waiting or self.dead)


def kill_workers(
    place: Place, *, kills: int, seconds: float, seed: int, defect: str = ""
) -> WorkersKilled:
    """Kill one of two workers ``kills`` times, or as often as ``seconds`` allow, under load."""
    chance = random.Random(seed)  # noqa: S311  # drawn again by the same seed
    started = time.monotonic()
    done = interrupted = 0
    with (
        web_server(place, defect=defect) as web,
        signed_in(web, WRITERS[:2]) as people,
        ThreadPoolExecutor(2) as pool,
    ):
        writers = Writers(people, enterprise_of(place))
        crew = _Crew(web, defect)
        try:
            writers.start(pool)
            while done < kills and time.monotonic() - started < seconds:
                writers.pause_s = 0.3 if _waiting(place) > LONGEST_BACKLOG else 0.0
                crew.kill_one(after_s=chance.uniform(0, LONGEST_LIFE_S))
                done += 1
                interrupted += end_leases(place)
                writers.look()
            opened = writers.stop()
            _drain(place)
        finally:
            writers._stop.set()
            crew.kill()
    times = _times_read(place)
    return WorkersKilled(
        kills=done,
        interrupted=interrupted,
        seconds=round(time.monotonic() - started),
        cases=len(opened),
        unread=sum(times[one.case_id] == 0 for one in opened),
        doubled=sum(n > 1 for n in times.values()),
        waiting=_waiting(place),
        dead=len(place.rows("SELECT id FROM kernel_delivery WHERE state = 'DEAD'")),
    )


class _Crew:
    """Two workers at a time; the older one is killed and replaced."""

    def __init__(self, web: Web, defect: str) -> None:
        self._place, self._defect = web.place, defect
        self._hired = 0
        self._workers = [self._hire() for _ in range(WORKERS)]

    def _hire(self) -> Worker:
        self._hired += 1
        return Worker(self._place, defect=self._defect, number=self._hired)

    def kill_one(self, *, after_s: float) -> None:
        """Wait until the older worker is at work, ``after_s`` more, and kill it."""
        older = self._workers.pop(0)
        try:
            wait_until(lambda: older.is_at_work, "the worker starts")
            time.sleep(after_s)
        finally:
            older.program.kill()
            older.program.log.unlink()
        self._workers.append(self._hire())

    def kill(self) -> None:
        for worker in self._workers:
            worker.program.kill()


def end_leases(place: Place) -> int:
    """Make taken deliveries due now, as if their leases were over; return how many.

    That includes those of the living worker, so two workers often have the same delivery.
    """
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f") + ("+00" if place.database else "")
    return place.change(
        f"UPDATE kernel_delivery SET next_try_at = %s WHERE {WAITING} AND next_try_at > %s",  # noqa: S608  # our own words
        now,
        now,
    )


def _waiting(place: Place) -> int:
    return len(place.rows(f"SELECT id FROM kernel_delivery WHERE {WAITING}"))  # noqa: S608  # the same


def _drain(place: Place) -> None:
    """Wait until nothing is on its way; leases of the dead have been ended before."""
    end_leases(place)
    wait_until(lambda: not _waiting(place), "all deliveries are done", seconds=SECONDS_TO_DRAIN)


def _times_read(place: Place) -> Counter[int]:
    """Return how often each case was read, by the facts."""
    facts = place.rows("SELECT subject FROM kernel_fact WHERE kind = %s", "desk.case.read")
    return Counter(int(subject.rpartition(":")[2]) for (subject,) in facts)
