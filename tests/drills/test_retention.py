"""Thirteen months later nothing is left of what had to go, and everything that had to stay."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.drills.ledger import check
from tests.drills.server import ROOT, Place

PLANTED = 150


def run(place: Place, *words: str) -> Any:
    """Run a step in a place and return what it printed."""
    quick = place.environment(DJANGO_SETTINGS_MODULE="tests.drills.settings")
    done = subprocess.run(
        [sys.executable, "-m", "tests.drills.thirteen_months", *words],
        env=quick,
        cwd=ROOT,
        check=True,
        timeout=300,
        capture_output=True,
        text=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def stores(place: Place) -> Iterator[Path]:
    """Yield every file in which the zone may keep something: database, log, uploads, heads."""
    yield from (path for path in place.home.rglob("*") if path.is_file())
    if place.database:
        place.change("CHECKPOINT")
        ((folder,),) = place.rows("SHOW data_directory")
        ((number,),) = place.rows("SELECT oid FROM pg_database WHERE datname = current_database()")
        yield from (path for path in (Path(folder) / "base" / str(number)).iterdir())


def forms(value: str) -> tuple[bytes, bytes]:
    """Return a value as columns of text have it, and as JSON has it."""
    return value.encode(), json.dumps(value)[1:-1].encode()


def residue(place: Place, known: Sequence[str]) -> dict[str, list[str]]:
    """Return the known values that are still somewhere, by file."""
    found: dict[str, list[str]] = {}
    for path in stores(place):
        try:
            content = path.read_bytes()
        except FileNotFoundError:  # PostgreSQL drops and renews files of its own meanwhile
            continue
        hits = [value for value in known if any(form in content for form in forms(value))]
        if hits:
            found[path.name] = hits
    return found


@pytest.fixture
def planted(place: Place) -> tuple[Place, list[str]]:
    return place, run(place, "plant", str(PLANTED))


def test_nothing_is_left_after_thirteen_months(
    planted: tuple[Place, list[str]], record_property: Any
) -> None:
    place, known = planted
    before = run(place, "figures")
    if place.database:
        place.change("ANALYZE")  # as the database does by itself, now or later
    assert residue(place, known) != {}

    done = run(place, "purge", "2")

    record_property("figures", {"known values": len(known), **done})
    assert residue(place, known) == {}
    assert run(place, "figures") == before
    assert (done["broken_keys"], done["count"]) == (0, len(done["certificates"]))
    assert done["certificates"]["needs"] > PLANTED
    assert check(place).problems == ()


def test_no_fact_ever_holds_a_known_value(planted: tuple[Place, list[str]]) -> None:
    place, known = planted

    told = " ".join(
        f"{subject} {origin} {data}"
        for subject, origin, data in place.rows("SELECT subject, origin, data FROM kernel_fact")
    ).encode()
    assert [value for value in known if any(form in told for form in forms(value))] == []


def test_what_is_still_open_keeps_its_words(planted: tuple[Place, list[str]]) -> None:
    place, _known = planted

    run(place, "purge")

    texts = {text for (text,) in place.rows("SELECT text FROM desk_case WHERE purged_at IS NULL")}
    assert len(texts) == PLANTED // 3
    assert {text[:9] for text in texts} == {
        f"已知诉求{number:05d}" for number in range(2, PLANTED, 3)
    }
