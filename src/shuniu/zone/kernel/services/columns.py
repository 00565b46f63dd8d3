"""Writing a value of its own into columns of each of many rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, models, transaction

MOST_ROWS = 500
MOST_VALUES = 30_000  # SQLite takes 32,766 in one statement


def write_columns(rows: Sequence[models.Model], columns: Sequence[str]) -> None:
    """Write these columns of rows of one model, as ``bulk_update`` would at ten times the cost.

    That asks a question for each row and column; here the values stand in a table of their own,
    which is joined. The caller has locked the rows.
    """
    if not rows or not columns:
        return
    at_once = min(MOST_ROWS, MOST_VALUES // (len(columns) + 1))
    with transaction.atomic():
        for first in range(0, len(rows), at_once):
            _write(rows[first : first + at_once], columns)


def _write(rows: Sequence[models.Model], columns: Sequence[str]) -> None:
    meta = rows[0]._meta  # noqa: SLF001  # Django's documented door
    key = meta.pk
    fields: list[Any] = [meta.get_field(name) for name in columns]
    values: list[Any] = []
    for row in rows:
        values.append(row.pk)
        values += [
            field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields
        ]
    statement = _statement(meta.db_table, [key, *fields], len(rows))
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _statement(table: str, fields: Sequence[Any], rows: int) -> str:
    """Return the statement; the first of ``fields`` is the key.

    PostgreSQL takes the types of the values from the first of their rows. It has no values, and so
    is of no row of the table.
    """
    quote = connection.ops.quote_name
    lines = [f"({', '.join(['%s'] * len(fields))})"] * rows
    if connection.vendor == "postgresql":
        types = [f"CAST(NULL AS {field.db_type(connection)})" for field in fields]
        lines.insert(0, f"({', '.join(types)})")
    put = [f"{quote(field.column)} = v.column{at}" for at, field in enumerate(fields[1:], start=2)]
    is_of = f"{quote(table)}.{quote(fields[0].column)} = v.column1"
    from_lines = f"(VALUES {', '.join(lines)}) AS v"
    return f"UPDATE {quote(table)} SET {', '.join(put)} FROM {from_lines} WHERE {is_of}"  # noqa: S608  # quoted names alone
