from __future__ import annotations

import pytest

from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.base.randomness import seeded
from shuniu.engines.base.stopping import Rounds


def test_two_rounds_are_allowed_and_then_it_stays_spent() -> None:
    rounds = Rounds(2)

    assert [rounds.spent() for _ in range(4)] == [False, False, True, True]


def test_a_negative_number_of_rounds_is_refused() -> None:
    with pytest.raises(InvalidProblem, match=r"^A search has at least 0 rounds, not -1\.$"):
        Rounds(-1)


def test_the_same_seed_gives_the_same_draws() -> None:
    assert seeded(7).integers(0, 1000, 5).tolist() == seeded(7).integers(0, 1000, 5).tolist()


def test_another_seed_gives_other_draws() -> None:
    assert seeded(7).integers(0, 1000, 5).tolist() != seeded(8).integers(0, 1000, 5).tolist()


def test_a_negative_seed_is_refused() -> None:
    with pytest.raises(InvalidProblem, match=r"^A seed is at least 0, not -3\.$"):
        seeded(-3)
