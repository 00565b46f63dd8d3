"""The shape of a fact: a small frozen record that an app publishes. And the kernel's own facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from inspect import getmembers, isclass
from types import MappingProxyType
from typing import ClassVar

from django.apps import apps
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class FactRecord:
    """What happened, as ids and plain values.

    Attributes
    ----------
    kind
        Dotted and unique: app, thing, past tense. Never renamed.
    label
        What happened, as the audit trail says it to people.
    about
        Name of the field that holds the id of the row whose history this belongs to.
    is_refusal
        Whether it tells of something that was asked for and not done.
    """

    kind: ClassVar[str]
    label: ClassVar[Promise]
    about: ClassVar[str]
    is_refusal: ClassVar[bool] = False

    @property
    def subject(self) -> str:
        """Return the row that this is about, such as ``desk.case:17``."""
        app = self.kind.split(".", 1)[0]
        return f"{app}.{self.about.removesuffix('_id')}:{getattr(self, self.about)}"


@dataclass(frozen=True, slots=True)
class RequestRefused(FactRecord):
    """A page said no to somebody who is signed in.

    Attributes
    ----------
    address
        Name of the address, such as ``desk:case-page``.
    row
        The numbers in the address, such as ``case_id=17``; nothing else of what was asked for.
    code
        That of the refusal, or ``kernel.forbidden``, ``kernel.not_found`` and the like.
    """

    kind: ClassVar[str] = "kernel.request.refused"
    label: ClassVar[Promise] = _("A page said no")
    about: ClassVar[str] = "address"
    is_refusal: ClassVar[bool] = True
    address: str
    row: str
    method: str
    status: int
    code: str


@dataclass(frozen=True, slots=True)
class LedgerCheckAsked(FactRecord):
    kind: ClassVar[str] = "kernel.ledger.check_asked"
    label: ClassVar[Promise] = _("Check of the audit trail asked for")
    about: ClassVar[str] = "check_id"
    check_id: int


@dataclass(frozen=True, slots=True)
class LedgerChecked(FactRecord):
    """``facts`` were looked at, and ``problems`` places were found that are not as written."""

    kind: ClassVar[str] = "kernel.ledger.checked"
    label: ClassVar[Promise] = _("Audit trail checked")
    about: ClassVar[str] = "check_id"
    check_id: int
    facts: int
    problems: int


@dataclass(frozen=True, slots=True)
class DataPurged(FactRecord):
    """A run of the purge is through: how much of which class it took away, nothing of what."""

    kind: ClassVar[str] = "kernel.data.purged"
    label: ClassVar[Promise] = _("Personal data deleted, their time was over")
    about: ClassVar[str] = "certificate_id"
    certificate_id: int
    data_class: str
    before: datetime
    rows: int
    files: int


@dataclass(frozen=True, slots=True)
class KeysRotated(FactRecord):
    """All personal data are sealed with the key of this number, and the older keys are gone."""

    kind: ClassVar[str] = "kernel.keys.rotated"
    label: ClassVar[Promise] = _("Key of personal data changed")
    about: ClassVar[str] = "key_id"
    key_id: int


@dataclass(frozen=True, slots=True)
class ImportReceived(FactRecord):
    """A list came in. ``list_kind`` is the code of a kind."""

    kind: ClassVar[str] = "kernel.import.received"
    label: ClassVar[Promise] = _("List received")
    about: ClassVar[str] = "import_id"
    import_id: str
    list_kind: str


@dataclass(frozen=True, slots=True)
class ImportCheckAsked(FactRecord):
    """The columns were confirmed; the ``version``-th time for this list."""

    kind: ClassVar[str] = "kernel.import.check_asked"
    label: ClassVar[Promise] = _("Check of a list asked for")
    about: ClassVar[str] = "import_id"
    import_id: str
    version: int


@dataclass(frozen=True, slots=True)
class ImportColumnsReopened(FactRecord):
    """A list that was checked, or is, went back to its columns."""

    kind: ClassVar[str] = "kernel.import.columns_reopened"
    label: ClassVar[Promise] = _("Columns of a list opened again")
    about: ClassVar[str] = "import_id"
    import_id: str


@dataclass(frozen=True, slots=True)
class ImportMarksAsked(FactRecord):
    """The list is to be made anew with its faults marked, in words of ``language``."""

    kind: ClassVar[str] = "kernel.import.marks_asked"
    label: ClassVar[Promise] = _("File with the marks asked for")
    about: ClassVar[str] = "import_id"
    import_id: str
    language: str


@dataclass(frozen=True, slots=True)
class ImportConfirmed(FactRecord):
    """Somebody saw what would change and let it be written: ``rows`` rows."""

    kind: ClassVar[str] = "kernel.import.confirmed"
    label: ClassVar[Promise] = _("Import confirmed")
    about: ClassVar[str] = "import_id"
    import_id: str
    list_kind: str
    rows: int


@dataclass(frozen=True, slots=True)
class ImportWritten(FactRecord):
    """``left`` rows had changed since they were checked and were left out."""

    kind: ClassVar[str] = "kernel.import.written"
    label: ClassVar[Promise] = _("Import written")
    about: ClassVar[str] = "import_id"
    import_id: str
    list_kind: str
    written: int
    left: int


@dataclass(frozen=True, slots=True)
class ImportDropped(FactRecord):
    kind: ClassVar[str] = "kernel.import.dropped"
    label: ClassVar[Promise] = _("Import given up before anything was written")
    about: ClassVar[str] = "import_id"
    import_id: str


@dataclass(frozen=True, slots=True)
class ImportUndoAsked(FactRecord):
    kind: ClassVar[str] = "kernel.import.undo_asked"
    label: ClassVar[Promise] = _("Undoing of an import asked for")
    about: ClassVar[str] = "import_id"
    import_id: str


@dataclass(frozen=True, slots=True)
class ImportUndone(FactRecord):
    """``kept`` rows were left as they are: somebody had used or changed them since."""

    kind: ClassVar[str] = "kernel.import.undone"
    label: ClassVar[Promise] = _("Import undone")
    about: ClassVar[str] = "import_id"
    import_id: str
    list_kind: str
    undone: int
    kept: int


@dataclass(frozen=True, slots=True)
class ImportFileTaken(FactRecord):
    """The file with its faults marked went out."""

    kind: ClassVar[str] = "kernel.import.file_taken"
    label: ClassVar[Promise] = _("Imported list taken as a file")
    about: ClassVar[str] = "import_id"
    import_id: str


@cache
def every_fact() -> Mapping[str, type[FactRecord]]:
    """Return the facts that the installed apps publish, by kind."""
    found: dict[str, type[FactRecord]] = {}
    for app in apps.get_app_configs():
        if app.module is None or not module_has_submodule(app.module, "facts"):
            continue
        module = import_module(f"{app.name}.facts")
        for _name, thing in getmembers(module, isclass):
            if issubclass(thing, FactRecord) and "kind" in vars(thing):
                found[thing.kind] = thing
    return MappingProxyType(found)
