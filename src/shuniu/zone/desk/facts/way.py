"""Facts of the way of a case, from the need to its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuniu.zone.desk.facts.base import CaseFact


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
