"""D1: people open cases while the web server is killed and started again."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from tests.drills.figures import Kept, kept_of
from tests.drills.people import WRITERS
from tests.drills.person import Person, Sent, new_key
from tests.drills.server import Place, Web, web_server

LONGEST_LIFE_S = 0.8
SECONDS_TO_FINISH = 180.0


@dataclass(frozen=True, slots=True)
class Killed:
    """``kills`` of the web server, ``seconds`` in all, and what became of the needs."""

    kills: int
    seconds: int
    kept: Kept


class Writers:
    """People who open cases at the same time, each one after the other."""

    def __init__(self, people: Sequence[Person], enterprise_id: int) -> None:
        self._people, self._enterprise_id = people, enterprise_id
        self._stop = threading.Event()
        self._running: list[Future[list[Sent]]] = []
        self.pause_s = 0.0

    def start(self, pool: ThreadPoolExecutor) -> None:
        self._running = [pool.submit(self._write, person) for person in self._people]

    def stop(self) -> list[Sent]:
        """Let everybody finish the need in hand; return all that were acknowledged."""
        self._stop.set()
        return [sent for future in self._running for sent in future.result(SECONDS_TO_FINISH)]

    def look(self) -> None:
        """Raise the error of a person who got a wrong answer."""
        for future in self._running:
            if future.done():
                future.result()

    def _write(self, person: Person) -> list[Sent]:
        sent: list[Sent] = []
        while not self._stop.is_set():
            until = time.monotonic() + SECONDS_TO_FINISH
            sent.append(
                person.open_case(enterprise_id=self._enterprise_id, key=new_key(), until=until)
            )
            self._stop.wait(self.pause_s)
        return sent


def enterprise_of(place: Place) -> int:
    [(enterprise_id,)] = place.rows("SELECT id FROM registry_enterprise")
    return int(enterprise_id)


@contextmanager
def signed_in(web: Web, names: Sequence[str]) -> Iterator[list[Person]]:
    """People who have signed in over HTTP."""
    with ExitStack() as stack:
        people = [stack.enter_context(Person(web.address, name)) for name in names]
        for person in people:
            person.sign_in()
        yield people


@contextmanager
def writing(web: Web, number: int) -> Iterator[Writers]:
    """People who write to the server until the block ends, or until they are told to stop."""
    with signed_in(web, WRITERS[:number]) as people, ThreadPoolExecutor(number) as pool:
        writers = Writers(people, enterprise_of(web.place))
        writers.start(pool)
        try:
            yield writers
        finally:
            writers._stop.set()


def kill_web(place: Place, *, kills: int, seconds: float, seed: int, defect: str = "") -> Killed:
    """Kill the web server ``kills`` times, or as often as ``seconds`` allow."""
    chance = random.Random(seed)  # noqa: S311  # drawn again by the same seed
    started = time.monotonic()
    done = 0
    with web_server(place, defect=defect) as web, writing(web, 4) as writers:
        while done < kills and time.monotonic() - started < seconds:
            time.sleep(chance.uniform(0, LONGEST_LIFE_S))
            web.kill()
            done += 1
            web.start()
            writers.look()
        sent = writers.stop()
        kept = kept_of(place, sent)
    return Killed(done, round(time.monotonic() - started), kept)
