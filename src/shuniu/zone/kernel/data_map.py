"""What the zone holds, class by class: the shapes of the data map, of keeping and of a copy.

The map itself is written in ``config/data_map.py``, what deletes in ``config/retention.py``; the
settings name both.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, Min, Q, QuerySet
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import ngettext

from shuniu.zone.kernel.clock import local

Words = str | Promise
Value = str | int | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Impact:
    """The impact assessment of one class of processing (PIPL, articles 55 and 56).

    Attributes
    ----------
    necessity
        Why purpose and means are lawful, legitimate and necessary.
    risks
        What may happen to the rights and the safety of persons.
    measures
        What protects them, and why that is enough for the risk.
    """

    necessity: Words
    risks: Words
    measures: Words


@dataclass(frozen=True, slots=True)
class DataClass:
    """Data with one purpose, one legal basis and one way to end.

    Attributes
    ----------
    rule
        When it ends, with the place ``%(span)s`` where the zone sets the length.
    kept_because
        For data that are never deleted: why they need not be. Empty for all others.
    goes_with
        Code of the class whose end is the end of this one, too.
    impact
        The assessment; None for data that are about no person.
    in_copy
        Whether the copy that a person gets holds it.
    not_in_copy
        Why not, for data about persons.
    """

    code: str
    label: Words
    what: Words
    purpose: Words
    basis: Words
    rule: Words
    readers: Words
    kept_because: Words = ""
    goes_with: str = ""
    impact: Impact | None = None
    in_copy: bool = False
    not_in_copy: Words = ""

    @property
    def is_personal(self) -> bool:
        return self.impact is not None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, and the code of its class."""

    table: str
    name: str
    data_class: str


@dataclass(frozen=True, slots=True)
class DataMap:
    """Every class and every column of the database."""

    classes: tuple[DataClass, ...]
    columns: tuple[Column, ...]

    def data_class(self, code: str) -> DataClass:
        """Return the class of this code; raise KeyError if there is none."""
        for found in self.classes:
            if found.code == code:
                return found
        raise KeyError(code)

    def columns_of(self, code: str) -> tuple[Column, ...]:
        """Return the columns of a class."""
        return tuple(column for column in self.columns if column.data_class == code)

    def tables_of(self, code: str) -> dict[str, tuple[str, ...]]:
        """Return the tables of a class with their columns in it."""
        found: dict[str, tuple[str, ...]] = {}
        for column in self.columns_of(code):
            found[column.table] = (*found.get(column.table, ()), column.name)
        return found


def table(name: str, /, **names_by_class: str) -> tuple[Column, ...]:
    """Return the columns of a table: for each class the names, parted by blanks."""
    return tuple(
        Column(name, column, code)
        for code, names in names_by_class.items()
        for column in names.split()
    )


def data_map() -> DataMap:
    """Return the map of this installation."""
    found: DataMap = import_string(settings.DATA_MAP)
    return found


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time as a rule names it."""

    amount: int
    unit: str
    """``months``, ``days`` or ``hours``."""

    def before(self, moment: datetime) -> datetime:
        """Return the moment that lies so long before: what ended earlier is due."""
        return self._moved(moment, -1)

    def after(self, moment: datetime) -> datetime:
        """Return the moment that lies so long after."""
        return self._moved(moment, 1)

    def _moved(self, moment: datetime, sign: int) -> datetime:
        if self.unit != "months":
            return moment + sign * timedelta(**{self.unit: self.amount})
        here = local(moment)
        years, month = divmod(here.month - 1 + sign * self.amount, 12)
        year = here.year + years
        last_day = calendar.monthrange(year, month + 1)[1]
        return here.replace(year=year, month=month + 1, day=min(here.day, last_day))

    def __str__(self) -> str:
        places = {"count": self.amount}
        if self.unit == "months":
            return ngettext("%(count)s month", "%(count)s months", self.amount) % places
        if self.unit == "days":
            return ngettext("%(count)s day", "%(count)s days", self.amount) % places
        return ngettext("%(count)s hour", "%(count)s hours", self.amount) % places


@dataclass(frozen=True, slots=True)
class Removed:
    """What one batch took away.

    Attributes
    ----------
    rows
        Rows deleted or emptied, by table.
    files
        Paths of stored files that no row names any more.
    """

    rows: tuple[tuple[str, int], ...] = ()
    files: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(count for _table, count in self.rows) or bool(self.files)


class PurgeBatch(Protocol):
    """A command that takes away at most ``limit`` rows whose time began before ``before``."""

    def __call__(self, *, before: datetime, limit: int, now: datetime) -> Removed: ...


@dataclass(frozen=True, slots=True)
class Held:
    """How many rows of a class there are.

    ``oldest_at`` is the earliest moment from which the time of one of them runs; None when no
    time runs yet.
    """

    rows: int
    oldest_at: datetime | None


def held_of(rows: QuerySet[Any], began: str, when: Q | None = None) -> Held:
    """Return how many rows there are and since when the time of the oldest runs.

    ``began`` is the column of that moment; it counts only for rows that fulfil ``when``.
    """
    found = rows.order_by().aggregate(n=Count("pk"), oldest=Min(began, filter=when))
    return Held(found["n"], found["oldest"])


def held_together(*several: Held) -> Held:
    """Return what several tables hold of one class."""
    oldest = min((one.oldest_at for one in several if one.oldest_at), default=None)
    return Held(sum(one.rows for one in several), oldest)


@dataclass(frozen=True, slots=True)
class Keeping:
    """How a class is kept short: its length in the zone, its command, and what is held."""

    data_class: str
    span: Callable[[], Span]
    batch: PurgeBatch
    held: Callable[[], Held]


def keepings() -> tuple[Keeping, ...]:
    """Return how each class is kept short, in the order of the purge."""
    found: tuple[Keeping, ...] = import_string(settings.RETENTION)
    return found


def rule_words(data_class: DataClass) -> str:
    """Return the rule of a class with the length that holds in this zone."""
    keeping = keeping_of(data_class)
    return str(data_class.rule) % {"span": keeping.span() if keeping else ""}


def keeping_of(data_class: DataClass) -> Keeping | None:
    """Return what keeps a class short, or the class that it goes with; None if it stays."""
    codes = {data_class.code, data_class.goes_with}
    return next((keeping for keeping in keepings() if keeping.data_class in codes), None)


@dataclass(frozen=True, slots=True)
class CopyColumn:
    """A column of a copy: its name in the data map and its heading."""

    name: str
    label: Words


@dataclass(frozen=True, slots=True)
class CopyTable:
    """What a table holds about one person: rows of plain values, one for each column."""

    table: str
    label: Words
    columns: tuple[CopyColumn, ...]
    rows: tuple[tuple[Value, ...], ...]


def copy_table(
    name: str, label: Words, columns: Mapping[str, Words], rows: Iterable[tuple[Value, ...]]
) -> CopyTable:
    """Return a table of a copy; ``columns`` gives the heading of each column by its name."""
    heads = tuple(CopyColumn(column, heading) for column, heading in columns.items())
    return CopyTable(name, label, heads, tuple(tuple(row) for row in rows))


def data_of(user: AbstractBaseUser) -> tuple[CopyTable, ...]:
    """Return everything that the zone holds about a person, app by app."""
    asked: tuple[Callable[[AbstractBaseUser], tuple[CopyTable, ...]], ...]
    asked = import_string(settings.DATA_COPIES)
    return tuple(found for query in asked for found in query(user))


def unclassed(given: DataMap, tables: dict[str, tuple[str, ...]]) -> list[str]:
    """Return the columns of a database that the map does not know, as ``table.column``."""
    known = {(column.table, column.name) for column in given.columns}
    return [
        f"{name}.{column}"
        for name, columns in sorted(tables.items())
        for column in columns
        if (name, column) not in known
    ]


def without_end(given: DataMap, kept: Iterable[Keeping]) -> list[str]:
    """Return the classes that nothing deletes and that do not say why they are kept."""
    ended = {keeping.data_class for keeping in kept}
    return [
        one.code
        for one in given.classes
        if ended.isdisjoint({one.code, one.goes_with}) and not one.kept_because
    ]
