"""Facts that the service desk publishes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuniu.zone.kernel.facts import FactRecord


@dataclass(frozen=True, slots=True)
class CaseFact(FactRecord):
    """Something that happened to one case."""

    about: ClassVar[str] = "case_id"
    case_id: int


@dataclass(frozen=True, slots=True)
class CaseOpened(CaseFact):
    kind: ClassVar[str] = "desk.case.opened"
    label: ClassVar[Promise] = _("Need sent in")
    enterprise_id: int
    channel: str
    urgency: str
    profile_id: int


@dataclass(frozen=True, slots=True)
class CaseAccepted(CaseFact):
    kind: ClassVar[str] = "desk.case.accepted"
    label: ClassVar[Promise] = _("Case accepted")
    category: str
    urgency: str
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class CaseDispatched(CaseFact):
    kind: ClassVar[str] = "desk.case.dispatched"
    label: ClassVar[Promise] = _("Case given to a unit")
    unit: str
    round: int


@dataclass(frozen=True, slots=True)
class CaseSigned(CaseFact):
    kind: ClassVar[str] = "desk.case.signed"
    label: ClassVar[Promise] = _("Case signed for")
    handler_id: int


@dataclass(frozen=True, slots=True)
class EnterpriseContacted(CaseFact):
    kind: ClassVar[str] = "desk.case.contacted"
    label: ClassVar[Promise] = _("Enterprise contacted")
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class CasePlanned(CaseFact):
    kind: ClassVar[str] = "desk.case.planned"
    label: ClassVar[Promise] = _("Plan made")
    planned_on: date
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class ProgressNoted(CaseFact):
    kind: ClassVar[str] = "desk.case.progressed"
    label: ClassVar[Promise] = _("Progress noted")
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class CaseReplied(CaseFact):
    kind: ClassVar[str] = "desk.case.replied"
    label: ClassVar[Promise] = _("Case answered")
    in_time: bool
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class CaseReturned(CaseFact):
    kind: ClassVar[str] = "desk.case.returned"
    label: ClassVar[Promise] = _("Case returned")
    unit: str
    suggested_unit: str
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class CaseRejected(CaseFact):
    kind: ClassVar[str] = "desk.case.rejected"
    label: ClassVar[Promise] = _("Case not accepted")
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class RejectionObjected(CaseFact):
    kind: ClassVar[str] = "desk.case.objected"
    label: ClassVar[Promise] = _("Enterprise objects: one level up")
    round: int
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class CaseEscalated(CaseFact):
    kind: ClassVar[str] = "desk.case.escalated"
    label: ClassVar[Promise] = _("Case handed up to the district")
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class CaseTakenBack(CaseFact):
    kind: ClassVar[str] = "desk.case.taken_back"
    label: ClassVar[Promise] = _("Case taken back from the district")
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class EnterpriseAsked(CaseFact):
    kind: ClassVar[str] = "desk.case.asked"
    label: ClassVar[Promise] = _("Enterprise asked, clocks paused")
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class EnterpriseAnswered(CaseFact):
    kind: ClassVar[str] = "desk.case.answered"
    label: ClassVar[Promise] = _("Enterprise answered, clocks go on")
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class CaseResumed(CaseFact):
    kind: ClassVar[str] = "desk.case.resumed"
    label: ClassVar[Promise] = _("Case taken up again")
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class ExtensionAsked(CaseFact):
    kind: ClassVar[str] = "desk.case.extension_asked"
    label: ClassVar[Promise] = _("More time asked for")
    until: date
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class ExtensionGranted(CaseFact):
    kind: ClassVar[str] = "desk.case.extension_granted"
    label: ClassVar[Promise] = _("More time granted")
    until: date
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class SuspensionAsked(CaseFact):
    kind: ClassVar[str] = "desk.case.suspension_asked"
    label: ClassVar[Promise] = _("Suspension asked for")
    until: date
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class CaseSuspended(CaseFact):
    kind: ClassVar[str] = "desk.case.suspended"
    label: ClassVar[Promise] = _("Case suspended")
    until: date
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class RequestDenied(CaseFact):
    kind: ClassVar[str] = "desk.case.request_denied"
    label: ClassVar[Promise] = _("Request of the unit refused")
    request: str
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class CaseReviewed(CaseFact):
    kind: ClassVar[str] = "desk.case.reviewed"
    label: ClassVar[Promise] = _("Suspended case looked at")
    until: date
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class CaseClosed(CaseFact):
    kind: ClassVar[str] = "desk.case.closed"
    label: ClassVar[Promise] = _("Case closed")
    solved: str
    rating: int | None
    by_silence: bool
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class CaseReopened(CaseFact):
    kind: ClassVar[str] = "desk.case.reopened"
    label: ClassVar[Promise] = _("Case opened again")
    round: int
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class CaseWithdrawn(CaseFact):
    kind: ClassVar[str] = "desk.case.withdrawn"
    label: ClassVar[Promise] = _("Case withdrawn")
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class CaseAddedTo(CaseFact):
    kind: ClassVar[str] = "desk.case.added_to"
    label: ClassVar[Promise] = _("Words added to a case")
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class CaseUrged(CaseFact):
    """A supervisor asked the unit in writing; it is to answer by the end of ``until``."""

    kind: ClassVar[str] = "desk.case.urged"
    label: ClassVar[Promise] = _("Unit urged")
    urging_id: int
    unit: str
    until: date
    note_id: int


@dataclass(frozen=True, slots=True)
class UrgingAnswered(CaseFact):
    kind: ClassVar[str] = "desk.case.urging_answered"
    label: ClassVar[Promise] = _("Urging answered")
    urging_id: int
    in_time: bool
    note_id: int


@dataclass(frozen=True, slots=True)
class EnterpriseCalledBack(CaseFact):
    """Somebody asked the enterprise about a closed case; it stays closed."""

    kind: ClassVar[str] = "desk.case.called_back"
    label: ClassVar[Promise] = _("Enterprise called back")
    call_back_id: int
    solved: str
    rating: int | None
    note_id: int


@dataclass(frozen=True, slots=True)
class CallBackUnsolved(CaseFact):
    """The enterprise says that a closed case is not solved: it is open again, one level up."""

    kind: ClassVar[str] = "desk.case.called_back_unsolved"
    label: ClassVar[Promise] = _("Not solved at the call-back: opened again")
    call_back_id: int
    round: int
    rating: int | None
    note_id: int


@dataclass(frozen=True, slots=True)
class WithdrawalSampled(CaseFact):
    """A withdrawn case was drawn: a supervisor asks the enterprise why it was withdrawn."""

    kind: ClassVar[str] = "desk.case.sampled"
    label: ClassVar[Promise] = _("Withdrawn case drawn by lot")
    month: date


@dataclass(frozen=True, slots=True)
class WithdrawalChecked(CaseFact):
    kind: ClassVar[str] = "desk.case.withdrawal_checked"
    label: ClassVar[Promise] = _("Enterprise asked why it withdrew")
    pressed: str
    note_id: int


@dataclass(frozen=True, slots=True)
class WithdrawalsDrawn(FactRecord):
    """The monthly draw: ``seed`` and the ``among`` cases of the month give ``case_ids``."""

    kind: ClassVar[str] = "desk.withdrawals.drawn"
    label: ClassVar[Promise] = _("Withdrawn cases of a month drawn by lot")
    about: ClassVar[str] = "month"
    month: date
    seed: str
    among: int
    case_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CaseMerged(CaseFact):
    """The case is handled with ``parent_id``, whose ``urgency`` it takes over.

    ``handler_id`` is who had signed for it.
    """

    kind: ClassVar[str] = "desk.case.merged"
    label: ClassVar[Promise] = _("Case put with another")
    parent_id: int
    urgency: str
    handler_id: int | None
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class CaseJoined(CaseFact):
    """Another case is handled with this one from now on."""

    kind: ClassVar[str] = "desk.case.joined"
    label: ClassVar[Promise] = _("Another case put with this one")
    child_id: int


@dataclass(frozen=True, slots=True)
class CaseParted(CaseFact):
    """The case is handled on its own again: a person said so, or the leading one left its way."""

    kind: ClassVar[str] = "desk.case.parted"
    label: ClassVar[Promise] = _("Case on its own again")
    parent_id: int
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class CasesRelated(CaseFact):
    kind: ClassVar[str] = "desk.case.related"
    label: ClassVar[Promise] = _("Case related to another")
    other_id: int


@dataclass(frozen=True, slots=True)
class CasesUnrelated(CaseFact):
    kind: ClassVar[str] = "desk.case.unrelated"
    label: ClassVar[Promise] = _("Relation of two cases taken off")
    other_id: int


@dataclass(frozen=True, slots=True)
class CasesToldApart(CaseFact):
    """A person looked at two cases that a rule found alike, and said that they are not."""

    kind: ClassVar[str] = "desk.case.told_apart"
    label: ClassVar[Promise] = _("Two cases are not the same")
    other_id: int


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
