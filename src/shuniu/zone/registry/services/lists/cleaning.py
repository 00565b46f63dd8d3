"""From the cells of a row to values and findings, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import ForeignObjectRel, Model

from shuniu.zone.kernel.importing.kinds import Becomes, Finding, SourceRow, Verdict
from shuniu.zone.registry.services.lists.cells import WrongCell

CHUNK = 500

Item = TypeVar("Item")


@dataclass(slots=True)
class Cleaned:
    """A row on its way to a verdict; findings are added as they are found."""

    row: SourceRow
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    def fault(self, key: str, code: str, /, **values: Any) -> None:
        """Add what keeps the row from being written."""
        self.faults.append(Finding(key, code, values))

    def note(self, key: str, code: str, /, **values: Any) -> None:
        """Add what is worth a look."""
        self.notes.append(Finding(key, code, values))

    def is_wrong(self, key: str) -> bool:
        """Return whether something was found wrong with a field."""
        return any(one.field == key for one in self.faults)

    def faulty(self, title: str) -> Verdict:
        """Return the verdict of a row with faults."""
        return Verdict(
            self.row.number, Becomes.FAULTY, title, dict(self.values), tuple(self.faults),
            tuple(self.notes),
        )  # fmt: skip


def cleaned_row(row: SourceRow, cleaners: Mapping[str, Callable[[str], Any]]) -> Cleaned:
    """Return the cells of a row, cleaned one by one; empty ones are not there."""
    found = Cleaned(row)
    for key, cell in row.cells.items():
        clean = cleaners.get(key)
        if clean is None:
            continue
        try:
            value = clean(cell)
        except WrongCell as wrong:
            found.fault(key, wrong.code, **wrong.values)
            continue
        if value not in ("", []):  # a list has no hash
            found.values[key] = value
    return found


def mark_twice(rows: Sequence[Cleaned], key: str, code: str) -> None:
    """Find fault with every row but the first of those that say the same about ``key``."""
    first: dict[Any, int] = {}
    for one in rows:
        value = one.values.get(key)
        if value is None:
            continue
        if value in first:
            one.fault(key, code, row=first[value])
        else:
            first[value] = one.row.number


def require(one: Cleaned, *keys: str) -> None:
    """Find fault with what is missing."""
    for key in keys:
        if key not in one.values and not one.is_wrong(key):
            one.fault(key, "missing", of=key)


def in_chunks(items: Iterable[Item]) -> Iterable[list[Item]]:
    """Yield items some at a time: a question to the database has room for so many."""
    rest = list(items)
    for first in range(0, len(rest), CHUNK):
        yield rest[first : first + CHUNK]


def relations_to(model: type[Model]) -> list[ForeignObjectRel]:
    """Return every column of any table that points to a model, those without a way back too."""
    options = model._meta  # noqa: SLF001  # Django's documented door
    return [
        one
        for one in options.get_fields(include_hidden=True)
        if isinstance(one, ForeignObjectRel) and not one.many_to_many
    ]
