"""All rows of the database as they are, and what a request changed in them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection, models
from django.forms import BaseForm

from shuniu.zone.kernel.models import KeptAnswer
from shuniu.zone.registry.models import Holiday, ProfileVersion

# Reference data that is read once, the answers that are kept to be given again, and sessions, whose
# content is signed anew each time.
NOT_LOOKED_AT = (Holiday, ProfileVersion, KeptAnswer, Session)
# What is drawn anew at each writing: seals, keys, salts, and the encrypted text of persons.
DRAWN = re.compile(r"seal|digest|password|secret|path|key|number$|^name$|phone")
WRITTEN = re.compile(r'(?:INSERT(?: OR IGNORE)? INTO|UPDATE|DELETE FROM) "(\w+)"')
NUMBERED = frozenset({"subject", "position", "occasion"})
NUMBERS = re.compile(r"\d+")

Row = dict[str, Any]
State = dict[type[models.Model], dict[Any, Row]]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one row: the columns that are new or different, as texts."""

    model: str
    row: str
    columns: tuple[tuple[str, str], ...]


def state(tables: Collection[str] | None = None) -> State:
    """Return every row by model and primary key, of all tables or of some."""
    return {
        model: {row[model._meta.pk.attname]: row for row in _rows(model)}
        for model in apps.get_models()
        if model not in NOT_LOOKED_AT and (tables is None or model._meta.db_table in tables)
    }


@contextmanager
def tables_written() -> Iterator[set[str]]:
    """Collect the tables that are written meanwhile."""
    tables: set[str] = set()

    def execute(run: Any, sql: str, *given: Any) -> Any:
        if found := WRITTEN.match(sql):
            tables.add(found[1])
        return run(sql, *given)

    with connection.execute_wrapper(execute):
        yield tables


def _rows(model: type[models.Model]) -> list[Row]:
    return list(model._base_manager.values())


def changes(before: State, after: State) -> tuple[Change, ...]:
    """Return what differs; numbers that the database gave to new rows are left out."""
    found = []
    for model, rows in after.items():
        for key, row in rows.items():
            was = before[model].get(key)
            if was == row:
                continue
            columns = tuple(
                (field.attname, _shown(field, row[field.attname], before, is_new=was is None))
                for field in model._meta.concrete_fields
                if not field.primary_key
                and (was is None or was[field.attname] != row[field.attname])
            )
            found.append(Change(model.__name__, "new" if was is None else str(key), columns))
        gone = before[model].keys() - rows.keys()
        found += [Change(model.__name__, str(key), (("gone", ""),)) for key in gone]
    return tuple(sorted(found, key=repr))


def _shown(field: Any, value: Any, before: State, *, is_new: bool) -> str:
    """Return a value as it can be compared between two runs."""
    if isinstance(field, models.ForeignKey):
        rows = before.get(field.related_model, {})
        return str(value) if value is None or value in rows else "new"
    if isinstance(value, bytes) or type(value).__name__ == "Sealed":
        return "sealed"
    if is_new and DRAWN.search(field.attname):
        return "drawn" if value else "empty"
    if isinstance(field, models.JSONField) or field.attname in NUMBERED:
        return NUMBERS.sub("#", str(value))
    return str(value)


@contextmanager
def fields_read() -> Iterator[set[str]]:
    """Collect the names of the fields of every form that is filled meanwhile."""
    names: set[str] = set()
    clean = BaseForm.full_clean

    def listen(form: BaseForm) -> None:
        names.update(form.add_prefix(name) for name in form.fields)
        clean(form)

    with patch.object(BaseForm, "full_clean", listen):
        yield names
