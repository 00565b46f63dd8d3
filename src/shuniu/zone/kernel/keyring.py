"""Which personal texts are sealed with which key: what a rotation of keys reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import OperationalError, connection, models, transaction

from shuniu.zone.kernel.facts import KeysRotated
from shuniu.zone.kernel.fields import CannotBeOpened, PersonalTextField, Sealed, seal, unseal
from shuniu.zone.kernel.models import Fact

BATCH = 500
FIRST_KEY = 1


@dataclass(frozen=True, slots=True)
class Resealing:
    """One text of one row, as it was read and as it is sealed with the current key."""

    model: type[models.Model]
    row: object
    column: str
    was: Sealed
    becomes: Sealed


@dataclass(frozen=True, slots=True)
class Batch:
    """What one look at up to 500 rows found: texts of another key, and places that no key opens."""

    table: str
    changes: tuple[Resealing, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableState:
    """Texts of a table by the number of their key (0: never sealed), and what no key opens."""

    table: str
    texts_by_key: tuple[tuple[int, int], ...]
    unreadable: tuple[str, ...]


def personal_fields() -> Iterator[tuple[type[models.Model], tuple[PersonalTextField, ...]]]:
    """Yield each model that has personal fields, with them."""
    for model in apps.get_models():
        options = model._meta  # noqa: SLF001  # Django's documented door
        if options.proxy or not options.managed:
            continue
        fields = tuple(f for f in options.local_fields if isinstance(f, PersonalTextField))
        if fields:
            yield model, fields


def batches_to_reseal(current: int) -> Iterator[Batch]:
    """Yield batches over all personal texts, with those of another key sealed with the current one.

    Nothing is written; each batch is read by itself, so that no transaction lasts.
    """
    for model, fields in personal_fields():
        for rows in _batches(model, fields):
            yield _batch(model, fields, rows, current)


def state_of_texts() -> tuple[TableState, ...]:
    """Return how many texts each table has under which key, and where one cannot be opened."""
    found: list[TableState] = []
    for model, fields in personal_fields():
        counts: Counter[int] = Counter()
        places: list[str] = []
        for rows in _batches(model, fields):
            for sealed in _texts(fields, rows):
                counts[sealed.key_number] += 1
                if not _opens(sealed):
                    places.append(sealed.place)
        table = model._meta.db_table  # noqa: SLF001  # Django's documented door
        found.append(TableState(table, tuple(sorted(counts.items())), tuple(places)))
    return tuple(found)


def keys_fit() -> bool:
    """Return whether the keys open a text of any table; true where there is none to open."""
    found = [
        _opens(sealed)
        for model, fields in personal_fields()
        for sealed in _texts(fields, next(_batches(model, fields, size=5), []))
    ]
    return any(found) or not found


def is_recorded(number: int) -> bool:
    """Return whether a key is in full use: the first one, or one whose rotation was recorded."""
    subject = KeysRotated(key_id=number).subject
    recorded = Fact.objects.filter(kind=KeysRotated.kind, subject=subject)
    return number == FIRST_KEY or recorded.exists()


def writers_are_over(since: Any) -> bool:
    """Return whether all transactions have ended that wrote and had begun before a moment.

    The moment is the database's own (see ``database_moment``). SQLite has one writer at a time:
    our turn comes when the others are over.
    """
    if connection.vendor == "sqlite":
        try:
            with transaction.atomic():
                return True
        except OperationalError:
            return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_xid IS NOT NULL AND xact_start <= %s)",
            [since],
        )
        return not cursor.fetchone()[0]


def database_moment() -> Any:
    """Return this moment by the clock of the database."""
    if connection.vendor == "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def _batches(
    model: type[models.Model], fields: Sequence[PersonalTextField], *, size: int = BATCH
) -> Iterator[list[tuple[Any, ...]]]:
    """Yield rows as primary key and sealed texts, in the order of the key."""
    names = [field.attname for field in fields]
    rows = model._base_manager.order_by("pk").values_list("pk", *names)  # noqa: SLF001  # Django's documented door
    batch = list(rows[:size])
    while batch:
        yield batch
        batch = list(rows.filter(pk__gt=batch[-1][0])[:size])


def _texts(
    fields: Sequence[PersonalTextField], rows: Sequence[tuple[Any, ...]]
) -> Iterator[Sealed]:
    """Yield the texts of some rows that are not empty, each knowing its place."""
    for row, *texts in rows:
        for field, text in zip(fields, texts, strict=True):
            if text:
                yield field.bound(text, row)


def _opens(sealed: Sealed) -> bool:
    try:
        unseal(sealed)
    except CannotBeOpened:
        return False
    return True


def _batch(
    model: type[models.Model],
    fields: Sequence[PersonalTextField],
    rows: Sequence[tuple[Any, ...]],
    current: int,
) -> Batch:
    changes: list[Resealing] = []
    places: list[str] = []
    for row, *texts in rows:
        for field, text in zip(fields, texts, strict=True):
            if not text or text.key_number == current:
                continue
            was = field.bound(text, row)
            try:
                becomes = seal(unseal(was), was.place)
            except CannotBeOpened:
                places.append(was.place)
            else:
                changes.append(Resealing(model, row, field.attname, was, becomes))
    table = model._meta.db_table  # noqa: SLF001  # Django's documented door
    return Batch(table, tuple(changes), tuple(places))
