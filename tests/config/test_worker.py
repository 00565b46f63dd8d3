"""The schedule goes on when the clock is set: nothing runs twice, nothing waits for an hour."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from shuniu.config import worker
from shuniu.config.schedule import Entry
from shuniu.zone.kernel.origin import origin
from shuniu.zone.kernel.services import start_tick
from tests.factories import THURSDAY_10

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
pytestmark = pytest.mark.django_db


class Clock:
    """A clock that can be set, and the turns that a schedule of one entry takes by it."""

    def __init__(self, every: timedelta, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = THURSDAY_10
        self.ran: list[datetime] = []
        entry = Entry("tests.clock", self.ran.append, every)
        monkeypatch.setattr(worker, "SCHEDULE", (entry,))
        self._turns: list[dict[str, datetime]] = [{}, {}]

    def pass_time(self, minutes: int) -> int:
        """Let two workers look twice a minute; return how often the entry ran."""
        before = len(self.ran)
        for _ in range(2 * minutes):
            for turns in self._turns:
                worker.run_schedule(self.now, turns)
            self.now += timedelta(seconds=30)
        return len(self.ran) - before


def test_an_entry_runs_once_in_each_of_its_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(MINUTE, monkeypatch)

    assert clock.pass_time(30) == 30


@pytest.mark.parametrize("jump", [-HOUR, HOUR, -24 * HOUR, 24 * HOUR], ids=str)
def test_an_entry_of_each_minute_goes_on_at_once_when_the_clock_jumps(
    monkeypatch: pytest.MonkeyPatch, jump: timedelta
) -> None:
    clock = Clock(MINUTE, monkeypatch)
    assert clock.pass_time(10) == 10

    clock.now += jump

    assert clock.pass_time(10) == 10
    assert len(set(clock.ran)) == 20


@pytest.mark.parametrize("seconds", [-59, -20, -1, 1, 20, 59])
def test_a_small_step_of_the_clock_lets_nothing_run_twice_and_skips_nothing(
    monkeypatch: pytest.MonkeyPatch, seconds: int
) -> None:
    clock = Clock(MINUTE, monkeypatch)
    clock.pass_time(10)

    clock.now += timedelta(seconds=seconds)

    assert clock.pass_time(10) in {9, 10, 11}
    turns = [at.replace(second=0) for at in clock.ran]
    assert turns == sorted(set(turns))
    assert {after - before for before, after in pairwise(turns)} == {MINUTE}


def test_an_entry_of_each_hour_runs_once_in_the_hour_that_comes_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = Clock(HOUR, monkeypatch)
    assert clock.pass_time(30) == 1

    clock.now -= HOUR

    assert clock.pass_time(90) == 0
    assert clock.pass_time(60) == 1


def test_of_two_who_take_a_turn_after_the_clock_was_set_back_one_gets_it() -> None:
    start_tick(name="tests.clock", slot=THURSDAY_10, every=MINUTE)
    back = THURSDAY_10 - HOUR

    assert [start_tick(name="tests.clock", slot=back, every=MINUTE) for _ in range(2)] == [
        True,
        False,
    ]


def test_what_the_worker_does_is_known_to_come_from_it(monkeypatch: pytest.MonkeyPatch) -> None:
    stop, seen = threading.Event(), list[str]()

    def look(_now: datetime) -> int:
        seen.append(origin())
        stop.set()
        return 1

    monkeypatch.setattr(worker, "run_schedule", lambda _now, _turns: None)
    monkeypatch.setattr(worker, "run_deliveries", look)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)

    worker.work(stop)

    assert (seen, origin()) == (["worker"], "")
