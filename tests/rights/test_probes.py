"""The small questions that the matrix does not ask are answered as they must be."""

from __future__ import annotations

import pytest

from tests.rights.matrix import Matrix, undone
from tests.rights.probes import RULES, Rule


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_of_the_small_rules(matrix: Matrix, rule: Rule) -> None:
    with undone():
        assert rule(matrix)
