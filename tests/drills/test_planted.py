"""The drills find the defects that are planted for them, so their silence means something."""

from __future__ import annotations

import pytest

from tests.drills.cuts import cut_answers, is_exact
from tests.drills.kills import kill_web
from tests.drills.server import Place
from tests.drills.signing import sign_at_once
from tests.drills.worker_kills import kill_workers

pytestmark = pytest.mark.drill


def test_answers_before_the_writing_are_found_as_lost_cases(place: Place) -> None:
    killed = kill_web(place, kills=8, seconds=120, seed=1, defect="AnswersBeforeWriting")

    assert killed.kept.lost > 0


def test_a_server_without_keys_is_found_by_doubled_cases(place: Place) -> None:
    cut = cut_answers(place, operations=100, seconds=120, seed=1, defect="NoKeys")

    assert (is_exact(cut), cut.kept.doubled > 0) == (False, True)


def test_workers_that_do_not_ask_each_other_are_found_by_doubled_readings(place: Place) -> None:
    killed = kill_workers(place, kills=5, seconds=120, seed=1, defect="DeliversTwice")

    assert killed.doubled > 0


def test_deliveries_that_count_as_done_too_early_are_found_as_unread_cases(place: Place) -> None:
    killed = kill_workers(place, kills=10, seconds=120, seed=1, defect="DeliversAtMostOnce")

    assert killed.unread > 0


def test_signing_without_lock_or_condition_is_found(place: Place) -> None:
    signed = sign_at_once(place, rounds=5, seconds=120, defect="SignsWithoutLook")

    assert not signed.is_exact
