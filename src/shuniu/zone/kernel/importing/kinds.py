"""What a list is: its fields, who may import it, how a row is checked, written and taken back.

Kinds are handed in by ``settings.IMPORTS``, as reactions are: the kernel knows no list of its own.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any, Protocol

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.functional import Promise
from django.utils.module_loading import import_string

Words = str | Promise
Values = Mapping[str, Any]
"""Plain values by the key of their field, as they can be written as JSON."""


@dataclass(frozen=True, slots=True)
class ListField:
    """A column that a list may have.

    Attributes
    ----------
    synonyms
        Headings that mean it, in any language.
    example
        A value as it stands in the template.
    looks_like
        Whether a cell looks like a value of it; None where nothing is typical.
    is_text
        Whether the template formats the column as text: numbers too long for Excel.
    """

    key: str
    label: Words
    synonyms: tuple[str, ...]
    example: str
    hint: Words = ""
    is_required: bool = False
    is_text: bool = False
    looks_like: Callable[[str], bool] | None = None


@dataclass(frozen=True, slots=True)
class ListOption:
    """Something that is chosen once for the whole file; asked if one of ``fields`` is there."""

    key: str
    label: Words
    hint: Words
    choices: tuple[tuple[str, Words], ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row of the file. ``number`` is that of the sheet, from 1; empty cells are left out."""

    number: int
    cells: Mapping[str, str]


class Becomes(Enum):
    """What would become of a row."""

    NEW = "NEW"
    CHANGED = "CHANGED"
    SAME = "SAME"
    FAULTY = "FAULTY"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a cell or worth a look; no ``field``: the whole row.

    It is put into words when somebody reads it, in the language of who reads: ``code`` is that of a
    ``Sentence``, ``values`` is what stands in it.
    """

    field: str
    code: str
    values: Values = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a finding says, and what to do; with named places, or made from the values."""

    says: Words | Callable[[Values], Words]
    advice: Words = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What a field is and what it would be, as plain values."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Verdict:
    """What would become of one row.

    Attributes
    ----------
    title
        How the row is called to people.
    values
        The cleaned values, for the kind itself.
    notes
        Findings that keep nothing from being written.
    """

    number: int
    becomes: Becomes
    title: str
    values: Values = field(default_factory=dict)
    faults: tuple[Finding, ...] = ()
    notes: tuple[Finding, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What was done with one row. ``subject`` is the key of what was written.

    ``before`` is what it takes to undo it.
    """

    number: int
    subject: str
    before: Values


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Whether a row could be undone, and what keeps it from that."""

    number: int
    is_done: bool
    why: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Errand:
    """For whom, when, by which import, and with what was chosen for the file."""

    actor: AbstractBaseUser
    now: datetime
    import_id: str
    options: Mapping[str, str]


class Lock(Protocol):
    """Take every record that these rows speak of, in the order of their keys.

    In the transaction of the caller, before the rows are checked: what the check sees is then still
    so when they are written, and no row is waited for once a fact is recorded.
    """

    def __call__(self, rows: Sequence[SourceRow], errand: Errand) -> None: ...


class Check(Protocol):
    """Say what would become of each row; nothing is written."""

    def __call__(self, rows: Sequence[SourceRow], errand: Errand) -> Sequence[Verdict]: ...


class Apply(Protocol):
    """Write rows that are new or changed, in the transaction of the caller."""

    def __call__(self, verdicts: Sequence[Verdict], errand: Errand) -> Sequence[Written]: ...


class Undo(Protocol):
    """Take back what nobody else touched since, in the transaction of the caller."""

    def __call__(self, written: Sequence[Written], errand: Errand) -> Sequence[TakenBack]: ...


def _plain(_field: str, value: Any) -> str:
    return str(value)


@dataclass(frozen=True, slots=True)
class ListKind:
    """A list that may be imported.

    Attributes
    ----------
    sentences
        What findings of this list say, by their code.
    shown
        A value of a field in words, in the language of who reads.
    key_words
        By what a row finds its record, as a sentence for people.
    may
        Who may import it.
    address
        The address of what was written, from its key; None if it has no page.
    list_address
        Name of the address where the whole list stands.
    """

    code: str
    label: Words
    key_words: Words
    fields: tuple[ListField, ...]
    may: Callable[[AbstractBaseUser], bool]
    lock: Lock
    check: Check
    apply: Apply
    undo: Undo
    list_address: str
    sentences: Mapping[str, Sentence] = field(default_factory=dict)
    shown: Callable[[str, Any], str] = _plain
    options: tuple[ListOption, ...] = ()
    address: Callable[[str], str] | None = None

    def field_of(self, key: str) -> ListField:
        """Return the field of this key; raise KeyError if there is none."""
        for one in self.fields:
            if one.key == key:
                return one
        raise KeyError(key)

    def options_for(self, keys: Sequence[str]) -> tuple[ListOption, ...]:
        """Return what must be chosen when these fields are there."""
        return tuple(one for one in self.options if not set(one.fields).isdisjoint(keys))


def list_kinds() -> tuple[ListKind, ...]:
    """Return every list that this installation imports."""
    found: tuple[ListKind, ...] = import_string(settings.IMPORTS)
    return found


def list_kind(code: str) -> ListKind:
    """Return the list of this code; raise KeyError if there is none."""
    for kind in list_kinds():
        if kind.code == code:
            return kind
    raise KeyError(code)


def kinds_of(actor: AbstractBaseUser) -> tuple[ListKind, ...]:
    """Return the lists that somebody may import."""
    return tuple(kind for kind in list_kinds() if kind.may(actor))
