"""Of twenty who sign for a case at once, one gets it and nineteen learn who."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.drills.server import LONGEST_S, Place
from tests.drills.signing import sign_at_once


def test_of_twenty_handlers_one_gets_the_case_and_the_others_learn_who(
    place: Place, tell: Callable[[Any], None]
) -> None:
    signed = sign_at_once(place, rounds=5, seconds=60)

    tell(signed)
    assert (signed.rounds, signed.won, signed.refused) == (5, 5, 95)
    assert signed.is_exact


@pytest.mark.drill
def test_a_thousand_rounds_have_one_winner_each(place: Place, tell: Callable[[Any], None]) -> None:
    signed = sign_at_once(place, rounds=1000, seconds=LONGEST_S)

    tell(signed)
    assert signed.is_exact
