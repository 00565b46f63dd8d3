"""Facts of files, reading, lights, work on several cases, views, and what the reader learned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuniu.zone.desk.facts.base import CaseFact
from shuniu.zone.kernel.facts import FactRecord


@dataclass(frozen=True, slots=True)
class FileAttached(CaseFact):
    kind: ClassVar[str] = "desk.case.file_attached"
    label: ClassVar[Promise] = _("File attached")
    attachment_id: int


@dataclass(frozen=True, slots=True)
class CaseRead(CaseFact):
    kind: ClassVar[str] = "desk.case.read"
    label: ClassVar[Promise] = _("Text read by the system")
    category: str
    unit: str
    urgency: str
    route: str


@dataclass(frozen=True, slots=True)
class LightChanged(CaseFact):
    kind: ClassVar[str] = "desk.case.light_changed"
    label: ClassVar[Promise] = _("Light changed")
    light: str
    reason: str


@dataclass(frozen=True, slots=True)
class DispatchTakenBack(CaseFact):
    """The case is where it was before: ``state``, ``unit`` and ``dispatched_at`` of then."""

    kind: ClassVar[str] = "desk.case.dispatch_taken_back"
    label: ClassVar[Promise] = _("Dispatch of a case taken back")
    state: str
    unit: str
    dispatched_at: str


@dataclass(frozen=True, slots=True)
class ReaderTaught(FactRecord):
    """The reading of needs learned from confirmed cases; ``is_kept``: it came into force."""

    kind: ClassVar[str] = "desk.reader.taught"
    label: ClassVar[Promise] = _("Reading of needs taught by confirmed cases")
    about: ClassVar[str] = "lesson_id"
    lesson_id: int
    cases: int
    compared: int
    right_before: int
    right_after: int
    is_kept: bool


@dataclass(frozen=True, slots=True)
class ReaderChosen(FactRecord):
    """An administrator put a version in force; None: what the profile says alone."""

    kind: ClassVar[str] = "desk.reader.chosen"
    label: ClassVar[Promise] = _("Version of the reading of needs chosen")
    about: ClassVar[str] = "lesson_id"
    lesson_id: int | None


@dataclass(frozen=True, slots=True)
class CasesDispatched(FactRecord):
    """Several cases went to one unit; ``refused`` are the others, each with the code of why."""

    kind: ClassVar[str] = "desk.batch.dispatched"
    label: ClassVar[Promise] = _("Several cases given to a unit")
    about: ClassVar[str] = "unit"
    unit: str
    case_ids: tuple[int, ...]
    refused_ids: tuple[int, ...]
    refused_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BatchTakenBack(FactRecord):
    """A dispatch of several cases was taken back, but for those that were signed for by then."""

    kind: ClassVar[str] = "desk.batch.taken_back"
    label: ClassVar[Promise] = _("Dispatch of several cases taken back")
    about: ClassVar[str] = "batch_id"
    batch_id: int
    case_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CasesExported(FactRecord):
    kind: ClassVar[str] = "desk.cases.exported"
    label: ClassVar[Promise] = _("List of cases exported")
    about: ClassVar[str] = "rows"
    rows: int


@dataclass(frozen=True, slots=True)
class ViewFact(FactRecord):
    """Something that a person did with a list of their own."""

    about: ClassVar[str] = "view_id"
    view_id: int


@dataclass(frozen=True, slots=True)
class ViewSaved(ViewFact):
    kind: ClassVar[str] = "desk.view.saved"
    label: ClassVar[Promise] = _("View saved")


@dataclass(frozen=True, slots=True)
class ViewRenamed(ViewFact):
    kind: ClassVar[str] = "desk.view.renamed"
    label: ClassVar[Promise] = _("View renamed")


@dataclass(frozen=True, slots=True)
class ViewPreferred(ViewFact):
    """The list opens with this view from now on, or no longer (``is_default`` false)."""

    kind: ClassVar[str] = "desk.view.preferred"
    label: ClassVar[Promise] = _("Default view chosen")
    is_default: bool


@dataclass(frozen=True, slots=True)
class ViewRemoved(ViewFact):
    kind: ClassVar[str] = "desk.view.removed"
    label: ClassVar[Promise] = _("View removed")


@dataclass(frozen=True, slots=True)
class ViewRestored(ViewFact):
    kind: ClassVar[str] = "desk.view.restored"
    label: ClassVar[Promise] = _("View brought back")


@dataclass(frozen=True, slots=True)
class ClocksReset(FactRecord):
    """The open cases have followed an edit of the calendar; ``moved`` got another deadline."""

    kind: ClassVar[str] = "desk.clocks.reset"
    label: ClassVar[Promise] = _("Deadlines followed the calendar")
    about: ClassVar[str] = "edit_id"
    edit_id: int
    cases: int
    moved: int


@dataclass(frozen=True, slots=True)
class AttachmentOpened(FactRecord):
    """Somebody opened a file of a restricted case."""

    kind: ClassVar[str] = "desk.attachment.opened"
    label: ClassVar[Promise] = _("File of a restricted case opened")
    about: ClassVar[str] = "attachment_id"
    attachment_id: int
    case_id: int
