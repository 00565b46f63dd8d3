"""Every guard of the product is removed in turn, and somebody notices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shuniu.zone.kernel import clock
from tests.rights.conftest import matrix
from tests.rights.figures import LEAST_PCT, figures_of
from tests.rights.guards import guards
from tests.rights.matrix import Matrix
from tests.rights.removal import Trial, probes_of
from tests.rights.survivors import UNNOTICED

pytestmark = pytest.mark.drill
__all__ = ["matrix"]


def test_the_removal_of_a_guard_is_noticed(
    matrix: Matrix,
    monkeypatch: pytest.MonkeyPatch,
    tell: Callable[[Any], None],
) -> None:
    began_at = clock.now()
    monkeypatch.setattr(clock, "now", lambda: began_at)  # a stay is noted as seen each minute

    trial = Trial(probes_of(matrix), guards(), matrix.forget)
    figures = figures_of(trial.wrong, list(trial.removals()))

    tell(figures)
    assert trial.wrong == []
    assert figures.share_pct >= LEAST_PCT
    assert sorted(figures.survivors) == sorted(UNNOTICED)
