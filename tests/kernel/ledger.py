"""A ledger for tests: facts that say anything, and SQL that tampers with them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.db import connection, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pytest_django import Settings

from shuniu.zone.kernel import chain, ledger
from shuniu.zone.kernel.facts import FactRecord
from shuniu.zone.kernel.models import Fact
from shuniu.zone.kernel.services import record_facts
from tests.factories import THURSDAY_10


@dataclass(frozen=True, slots=True)
class Happened(FactRecord):
    """Something that tests let happen, with anything in it."""

    kind: ClassVar[str] = "tests.thing.happened"
    label: ClassVar[Promise] = _("Tests")
    about: ClassVar[str] = "thing_id"
    thing_id: int
    said: Any = None


@pytest.fixture
def heads_folder(settings: Settings, tmp_path: Path) -> Path:
    """A folder of its own for the heads of a test."""
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, heads=tmp_path / "heads")
    return tmp_path / "heads"


def empty_ledger() -> None:
    """Begin a new chain in the database of a test."""
    sql("DELETE FROM kernel_delivery")
    sql("DELETE FROM kernel_fact")


def record(count: int, *, first: int = 1) -> list[Fact]:
    """Record this many facts in one transaction."""
    with transaction.atomic():
        return record_facts(
            [(Happened(thing_id=n), None, THURSDAY_10) for n in range(first, first + count)],
            deliver=True,
        )


def sql(statement: str, *values: Any) -> int:
    """Run a statement as somebody would who has the database but not the product."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def seal_anew(key: bytes, *, first: int = 1) -> None:
    """Number and seal the rows from a position on, as somebody would who knows how it is done."""
    stored = list(ledger.entries())
    seal = stored[first - 2].seal if first > 1 else chain.BEFORE_THE_FIRST
    for position, entry in enumerate(stored[first - 1 :], start=first):
        link = chain.Link(
            position, entry.kind, entry.subject, chain.read_moment(entry.happened_at),
            entry.actor_id, entry.origin, chain.read_data(entry.data),
        )  # fmt: skip
        seal = chain.seal_of(link, before=seal, key=key)
        place = (position, seal, entry.position)
        sql("UPDATE kernel_fact SET position = %s, seal = %s WHERE position = %s", *place)


@contextmanager
def moved(rows: str, by: int) -> Iterator[None]:
    """Let SQL move positions without two being equal for a moment on the way."""
    sql(f"UPDATE kernel_fact SET position = -position WHERE {rows}")  # noqa: S608  # our own words
    yield
    sql("UPDATE kernel_fact SET position = -position + %s WHERE position < 0", by)
