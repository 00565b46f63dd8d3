"""P1, P2: personal data stand nowhere in plain, and their key is changed while people work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.drills.keys import (
    data_keys,
    everything_stored,
    kept_open,
    opened_by,
    rotate,
    rotate_under_load,
    rotate_until,
    run,
    stored_texts,
)
from tests.drills.known_values import names, phones
from tests.drills.server import LONGEST_S, Place, web_server

ROTATIONS = "SELECT count(*) FROM kernel_fact WHERE kind = 'kernel.keys.rotated'"


def test_a_thousand_known_values_stand_nowhere_in_plain(place: Place) -> None:
    with web_server(place), kept_open(place):
        run(place, "tests.drills.known_values")
        stored = everything_stored(place)

    assert stored.known([*names(), *phones()]) == []
    assert (stored.holds("在表里的职务"), stored.holds("海门已知值有限公司")) == (True, True)
    if not place.database:
        assert {"shuniu.sqlite3", "shuniu.sqlite3-wal", "web.log"} <= set(stored.files)


def test_the_search_finds_a_value_that_stands_in_plain(place: Place) -> None:
    place.change("UPDATE registry_enterprise SET address = %s", f"找{phones()[7]}")

    assert everything_stored(place).known([*names(), *phones()]) == [phones()[7]]


def test_the_key_is_changed_under_load_without_an_error(
    place: Place, tell: Callable[[Any], None]
) -> None:
    rotated = rotate_under_load(place, processes=2, seconds=1)

    tell(rotated)
    assert (rotated.errors, rotated.unreadable, rotated.wrong) == (0, 0, 0)
    assert (rotated.opened_by_old_key, rotated.opened_by_new_key) == (0, rotated.stored)
    assert (rotated.writes > 80, rotated.reads > 80, rotated.stored) == (True, True, 160)
    assert place.rows(ROTATIONS) == [(1,)]


@pytest.mark.drill
def test_the_key_is_changed_again_and_again_under_load(
    place: Place, tell: Callable[[Any], None]
) -> None:
    for _round in range(3):
        (place.home / "stop").unlink(missing_ok=True)
        rotated = rotate_under_load(place, processes=4, seconds=min(LONGEST_S, 60) / 6)
        tell(rotated)
        assert (rotated.errors, rotated.unreadable, rotated.wrong) == (0, 0, 0)
        assert (rotated.opened_by_old_key, rotated.opened_by_new_key) == (0, rotated.stored)

    assert (list(data_keys(place)), place.rows(ROTATIONS)) == ([4], [(3,)])


def test_a_rotation_that_was_killed_anywhere_is_gone_on_with(place: Place) -> None:
    run(place, "tests.drills.known_values")
    (old,) = data_keys(place).values()

    for step in ("begun", "sealed", "waiting"):
        rotate_until(place, step)
        assert list(data_keys(place)) == [1, 2]
    steps = rotate(place)

    texts = stored_texts(place)
    assert (steps[0]["step"], steps[-1]) == ("resumed", {"step": "done", "key": 2})
    assert (list(data_keys(place)), place.rows(ROTATIONS)) == ([2], [(1,)])
    assert (opened_by(old, texts), opened_by(data_keys(place)[2], texts)) == (0, len(texts))


def test_a_rotation_that_only_lacks_its_fact_gets_it(place: Place) -> None:
    rotate_until(place, "taken away")
    before = place.rows(ROTATIONS)

    steps = rotate(place)

    assert (before[0][0] in {0, 1}, list(data_keys(place))) == (True, [2 + before[0][0]])
    assert steps[-1]["step"] == "done"
    assert place.rows(ROTATIONS) == [(1 + before[0][0],)]
