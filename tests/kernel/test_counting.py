"""Numbers without gaps, turns of the schedule, and both under several workers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from shuniu.zone.kernel.models import Tick
from shuniu.zone.kernel.services import next_number, raise_number, start_tick
from tests.factories import THURSDAY_10
from tests.sharing import at_once

MINUTE = timedelta(minutes=1)


@pytest.mark.django_db
def test_a_series_begins_with_1_and_each_has_its_own() -> None:
    assert [next_number("a"), next_number("a"), next_number("b"), next_number("a")] == [1, 2, 1, 3]


@pytest.mark.django_db
def test_a_series_goes_on_after_the_history_that_was_loaded() -> None:
    raise_number("a", 41)

    assert next_number("a") == 42


@pytest.mark.django_db(transaction=True)
def test_a_number_whose_change_is_rolled_back_is_given_again() -> None:
    with transaction.atomic():
        next_number("a")
        transaction.set_rollback(True)

    assert next_number("a") == 1


@pytest.mark.usefixtures("shared_database")
def test_eight_writers_at_once_leave_no_gap_and_no_double() -> None:
    def take(_writer: int) -> list[int]:
        taken = []
        for _turn in range(5):
            with transaction.atomic():
                taken.append(next_number("a"))
        return taken

    numbers = at_once(8, take)

    assert sorted(n for taken in numbers for n in taken) == list(range(1, 41))


@pytest.mark.django_db
def test_a_turn_is_started_once_and_never_an_older_one_after_it() -> None:
    later = THURSDAY_10 + MINUTE

    started = [start_tick(name="a", slot=slot, every=MINUTE) for slot in (THURSDAY_10, THURSDAY_10)]
    started += [
        start_tick(name="a", slot=slot, every=MINUTE) for slot in (later, THURSDAY_10, later)
    ]
    started.append(start_tick(name="b", slot=THURSDAY_10, every=MINUTE))

    assert started == [True, False, True, False, False, True]
    assert Tick.objects.get(pk="a").started_for == later


@pytest.mark.usefixtures("shared_database")
@pytest.mark.parametrize("is_known", [False, True])
def test_of_two_workers_at_once_one_starts_the_turn(is_known: bool) -> None:
    if is_known:
        start_tick(name="a", slot=THURSDAY_10 - MINUTE, every=MINUTE)

    started = at_once(2, lambda _worker: start_tick(name="a", slot=THURSDAY_10, every=MINUTE))

    assert sorted(started) == [False, True]
