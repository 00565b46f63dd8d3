"""The chain of facts does not fork, survives kills, and is whole after a restore."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import pytest

from tests import surroundings
from tests.drills.ledger import FACTS_PER_DAY, Checked, check, finished, recorder
from tests.drills.server import Place

DAYS_KEPT = 180


@dataclass(frozen=True, slots=True)
class Written:
    """What many writers left: facts, forks (positions with two facts), problems of the check."""

    writers: int
    facts: int
    forks: int
    problems: int


def write_at_once(place: Place, *, writers: int, each: int, seconds: float) -> Written:
    """Let processes record facts at the same time, each in a transaction of its own."""
    [(before,)] = place.rows("SELECT count(*) FROM kernel_fact")
    running = [recorder(place, "one-by-one", str(each)) for _ in range(writers)]
    statuses = [finished(process, seconds) for process in running]
    assert statuses == [0] * writers
    checked = check(place)
    [(distinct,)] = place.rows("SELECT count(DISTINCT position) FROM kernel_fact")
    return Written(
        writers=writers,
        facts=checked.facts - before,
        forks=checked.facts - distinct,
        problems=len(checked.problems),
    )


def test_writers_in_several_processes_make_one_chain(
    place: Place, tell: Callable[[Any], None]
) -> None:
    written = write_at_once(place, writers=3, each=50, seconds=60)

    tell(written)
    assert written == Written(writers=3, facts=150, forks=0, problems=0)


@pytest.mark.drill
def test_eight_writers_fork_nothing_in_ten_thousand_facts(
    place: Place, tell: Callable[[Any], None]
) -> None:
    written = write_at_once(place, writers=8, each=1_250, seconds=900)

    tell(written)
    assert written == Written(writers=8, facts=10_000, forks=0, problems=0)


def test_facts_of_half_a_year_are_whole_after_a_restore(place: Place) -> None:
    assert finished(recorder(place, "days", str(DAYS_KEPT)), 60) == 0
    [(oldest, newest)] = place.rows("SELECT min(position), max(position) FROM kernel_fact")
    before = check(place)
    assert (before.status, before.problems) == (0, ())
    assert before.facts == newest >= DAYS_KEPT * FACTS_PER_DAY

    copy = restored(place)
    try:
        after = check(copy, "--heads", str(place.home / "heads" / "heads.jsonl"))
        copy.change("DELETE FROM kernel_fact WHERE position = %s", str(newest))
        cut = check(copy, "--heads", str(place.home / "heads" / "heads.jsonl"))
    finally:
        remove_copy(copy)

    assert (oldest, after) == (1, before)
    assert cut == Checked(1, newest - 1, before.heads, (f"tail_cut at {newest}",))


def restored(place: Place) -> Place:
    """Return a place whose database came from a backup of another, made as the guide says."""
    home = place.home.with_name(f"{place.home.name}-restored")
    home.mkdir(mode=0o700)
    shutil.copy(place.home / "keys.json", home)
    if not place.database:
        with closing(sqlite3.connect(place.home / "shuniu.sqlite3")) as database:
            database.execute("VACUUM INTO ?", (str(home / "shuniu.sqlite3"),))
        return Place(home)
    copy = Place(home, f"{place.database}_restored", place.socket_folder)
    Place(home, "postgres", place.socket_folder).change(f'CREATE DATABASE "{copy.database}"')
    programs = surroundings.packaged_programs()
    reach = ["--host", place.socket_folder, "--username", "postgres"]
    dump = home / "shuniu.dump"
    for words in (
        ["pg_dump", *reach, "--format=custom", f"--file={dump}", place.database],
        ["pg_restore", *reach, f"--dbname={copy.database}", str(dump)],
    ):
        subprocess.run(
            [programs / words[0], *words[1:]], env={"PATH": os.defpath}, check=True, timeout=120
        )
    return copy


def remove_copy(copy: Place) -> None:
    shutil.rmtree(copy.home)
    if copy.database:
        clerk = Place(copy.home, "postgres", copy.socket_folder)
        clerk.change(f'DROP DATABASE "{copy.database}" WITH (FORCE)')
