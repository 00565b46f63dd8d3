"""No reaction is lost and none has its effect twice when workers are killed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.drills.server import LONGEST_S, Place
from tests.drills.worker_kills import kill_workers


def test_every_case_is_read_once_although_workers_are_killed(
    place: Place, tell: Callable[[Any], None]
) -> None:
    killed = kill_workers(place, kills=10, seconds=60, seed=1)

    tell(killed)
    assert killed.is_exact
    assert (killed.kills, killed.cases > 20, killed.interrupted > 0) == (10, True, True)


@pytest.mark.drill
def test_every_case_is_read_once_in_five_hundred_kills_of_workers(
    place: Place, tell: Callable[[Any], None]
) -> None:
    killed = kill_workers(place, kills=500, seconds=LONGEST_S, seed=2)

    tell(killed)
    assert killed.is_exact
