"""A database that several threads can work on at once, and threads that start together."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection, connections

from shuniu.config import startup
from shuniu.zone.desk.problems import _rules
from shuniu.zone.desk.services.reading import _model
from shuniu.zone.registry import problems, queries
from shuniu.zone.registry.services.positions import _bounds_of

Answer = TypeVar("Answer")


@pytest.fixture
def shared_database(transactional_db: None, tmp_path: Path) -> Iterator[None]:  # noqa: ARG001  # real commits
    """The test's database as other processes would see it: on SQLite a file instead of memory."""
    if connection.vendor != "sqlite":
        yield
        return
    in_memory = connections["default"]
    in_memory.ensure_connection()
    path = tmp_path / "shared.sqlite3"
    with closing(sqlite3.connect(path)) as copy:
        in_memory.connection.backup(copy)
    name = connections.settings["default"]["NAME"]
    connections.settings["default"]["NAME"] = str(path)
    connections["default"] = connections.create_connection("default")
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"]["NAME"] = name
        connections["default"] = in_memory


@pytest.fixture
def durable_database(shared_database: None, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001  # a file
    """A database that the product agrees to work on: the tests' PostgreSQL itself is in a hurry."""
    monkeypatch.setattr(startup, "POSTGRESQL_NEEDS", {"synchronous_commit": "on"})


def forget_profiles() -> None:
    """Forget the profiles that were read: one that is rolled back gives its number to another."""
    for read in (queries.profile_of, problems._calendar, _rules, _bounds_of, _model):
        read.cache_clear()


@pytest.fixture
def fresh_profiles() -> Iterator[None]:
    yield
    forget_profiles()


def at_once(count: int, work: Callable[[int], Answer]) -> list[Answer]:
    """Run ``work(0)`` … ``work(count - 1)`` in threads that start together; return the answers."""
    start = Barrier(count)

    def run(number: int) -> Answer:
        try:
            start.wait(timeout=30)
            return work(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(run, range(count)))
