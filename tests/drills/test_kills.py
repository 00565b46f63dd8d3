"""An acknowledged case survives ``kill -9`` of the web server, once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.drills.kills import kill_web
from tests.drills.server import LONGEST_S, Place


def test_no_acknowledged_case_is_lost_or_doubled_when_the_web_server_is_killed(
    place: Place, tell: Callable[[Any], None]
) -> None:
    killed = kill_web(place, kills=8, seconds=LONGEST_S, seed=1)

    tell(killed)
    assert killed.kept.is_exact
    assert (killed.kills, killed.kept.acknowledged > 20) == (8, True)
    assert killed.kept.cut > 0


@pytest.mark.drill
def test_no_acknowledged_case_is_lost_or_doubled_in_five_hundred_kills(
    place: Place, tell: Callable[[Any], None]
) -> None:
    killed = kill_web(place, kills=500, seconds=LONGEST_S, seed=2)

    tell(killed)
    assert killed.kept.is_exact
