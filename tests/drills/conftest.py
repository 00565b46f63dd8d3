"""A zone to drill in, and the figures of a drill in the report of the run."""

from __future__ import annotations

import itertools
import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from tests import surroundings
from tests.drills.server import Place, copy_of, processes_in, remove, set_up, wait_until

DURABLE = {"fsync": "on", "full_page_writes": "on"}
NUMBERS = itertools.count(1)


@pytest.fixture(scope="session", autouse=True)
def _ends_in_order() -> Iterator[None]:
    """Let a run that is told to stop clear up: its servers are in groups of their own."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A zone with people in it that drills copy. PostgreSQL is as durable as in earnest."""
    home = tmp_path_factory.mktemp("drills") / "pattern"
    home.mkdir(mode=0o700)
    place = Place(home)
    if os.environ.get("TEST_DATABASE") == "postgresql":
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                surroundings, "SERVER_OPTIONS", {**surroundings.SERVER_OPTIONS, **DURABLE}
            )
            folder = surroundings.start_server()
        Place(home, "postgres", str(folder)).change('CREATE DATABASE "pattern"')
        place = Place(home, "pattern", str(folder))
    set_up(place)
    yield place
    remove(place)


@pytest.fixture
def place(pattern: Place) -> Iterator[Place]:
    """A fresh zone; nothing of it is left after the test, no process either."""
    place = copy_of(pattern, pattern.home.with_name(f"place-{next(NUMBERS)}"))
    yield place
    wait_until(lambda: not processes_in(place), "all processes are gone", seconds=10)
    remove(place)


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Callable[[Any], None]:
    """Write the figures of a drill into the report of the run."""
    return lambda figures: record_property("figures", asdict(figures))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the figures of every drill."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, value in report.user_properties:
            if name == "figures" and report.when == "call":
                terminalreporter.write_line(f"{Path(report.nodeid).name}: {value}")
