"""A zone that is served goes on when the clock of the machine is set, an hour back or ahead."""

from __future__ import annotations

import os
import shutil
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.drills.kills import enterprise_of
from tests.drills.ledger import check
from tests.drills.people import WRITERS
from tests.drills.person import Person, new_key
from tests.drills.server import Place, Program, drill_environment, free_port, wait_until
from tests.drills.test_serve import kill_all, wait_for_address

HOUR = timedelta(hours=1)
TICKS = "SELECT name, started_for FROM kernel_tick"

needs_faketime = pytest.mark.skipif(
    shutil.which("faketime") is None, reason="the program faketime is not installed"
)


def set_clock(file: Path, offset: timedelta) -> None:
    """Let the clock of the served zone differ from the machine's by ``offset`` from now on."""
    draft = file.with_suffix(".draft")
    draft.write_text(f"{offset.total_seconds():+.0f}s\n")
    draft.rename(file)


def library() -> str:
    """Return the library of faketime for programs with threads."""
    return str(next(Path("/usr/lib").rglob("libfaketimeMT.so.1")))


def started(place: Place) -> dict[str, datetime]:
    """Return the turn that each entry of the schedule was started for last."""
    return {
        name: at if isinstance(at, datetime) else datetime.fromisoformat(at).replace(tzinfo=UTC)
        for name, at in place.rows(TICKS)
    }


@needs_faketime
@pytest.mark.drill
@pytest.mark.parametrize("jump", [-HOUR, HOUR], ids=["back", "ahead"])
def test_a_served_zone_goes_on_when_its_clock_jumps(
    place: Place, tmp_path: Path, jump: timedelta
) -> None:
    clock = tmp_path / "clock"
    set_clock(clock, timedelta())
    plain = drill_environment(place, "")
    environment = {
        **plain,
        "PYTHONPATH": f"{Path(__file__).with_name('faketime')}{os.pathsep}{plain['PYTHONPATH']}",
        "SHUNIU_PORT": str(free_port()),
        "LD_PRELOAD": library(),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_DONT_RESET": "1",
    }
    program = Program(["-m", "shuniu", "serve"], environment, place.home / "serve.log")
    try:
        port = wait_for_address(program)
        with Person(f"http://127.0.0.1:{port}", WRITERS[0]) as writer:
            writer.sign_in()
            cases = [open_and_read(place, writer)]
            wait_until(lambda: "desk.change_lights" in started(place), "the schedule runs")

            set_clock(clock, jump)

            cases.append(open_and_read(place, writer))
        expected = datetime.now(UTC) + jump
        wait_until(
            lambda: abs(started(place)["desk.change_lights"] - expected) < timedelta(minutes=2),
            "the schedule goes on by the new clock",
            seconds=90,
        )
        assert program.is_alive
    finally:
        kill_all(place)
        program.process.wait()

    reads = Counter(
        subject
        for (subject,) in place.rows(
            "SELECT subject FROM kernel_fact WHERE kind = %s", "desk.case.read"
        )
    )
    assert reads == {f"desk.case:{case_id}": 1 for case_id in cases}
    moments = opened_at(place)
    assert abs((moments[-1] - moments[0]) - jump) < timedelta(minutes=2)
    checked = check(place)
    assert (checked.status, checked.problems) == (0, ())


def open_and_read(place: Place, writer: Person) -> int:
    """Send a need; return its case when the worker has read it, without having waited long."""
    sent = writer.open_case(
        enterprise_id=enterprise_of(place), key=new_key(), until=time.monotonic() + 60
    )
    wait_until(
        lambda: place.rows(
            "SELECT id FROM kernel_fact WHERE kind = 'desk.case.read' AND subject = %s",
            f"desk.case:{sent.case_id}",
        ),
        "the worker reads the new case",
        seconds=30,
    )
    return sent.case_id


def opened_at(place: Place) -> list[datetime]:
    """Return when the cases were opened by the clock of the zone, in the order of the facts."""
    rows = place.rows(
        "SELECT happened_at FROM kernel_fact WHERE kind = %s ORDER BY position", "desk.case.opened"
    )
    return [at if isinstance(at, datetime) else datetime.fromisoformat(at) for (at,) in rows]
