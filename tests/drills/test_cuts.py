"""A form whose answer was lost is sent again, and changes things once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.drills.cuts import cut_answers, is_exact
from tests.drills.server import LONGEST_S, Place


def test_a_form_sent_again_after_a_lost_answer_changes_things_once(
    place: Place, tell: Callable[[Any], None]
) -> None:
    cut = cut_answers(place, operations=100, seconds=60, seed=1)

    tell(cut)
    assert is_exact(cut)
    assert (cut.operations, cut.kept.cut > 20, cut.repeated > 5) == (100, True, True)


@pytest.mark.drill
def test_ten_thousand_forms_over_a_bad_network_change_things_once(
    place: Place, tell: Callable[[Any], None]
) -> None:
    cut = cut_answers(place, operations=10_000, seconds=LONGEST_S, seed=2)

    tell(cut)
    assert is_exact(cut)
