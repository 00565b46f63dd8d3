"""Facts that the service desk publishes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from shuniu.zone.kernel.facts import FactRecord


@dataclass(frozen=True, slots=True)
class CaseFact(FactRecord):
    """Something that happened to one case."""

    about: ClassVar[str] = "case_id"
    case_id: int


@dataclass(frozen=True, slots=True)
class CaseOpened(CaseFact):
    kind: ClassVar[str] = "desk.case.opened"
    enterprise_id: int
    channel: str
    urgency: str
    profile_id: int


@dataclass(frozen=True, slots=True)
class CaseAccepted(CaseFact):
    kind: ClassVar[str] = "desk.case.accepted"
    category: str
    urgency: str
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class CaseDispatched(CaseFact):
    kind: ClassVar[str] = "desk.case.dispatched"
    unit: str
    round: int


@dataclass(frozen=True, slots=True)
class CaseSigned(CaseFact):
    kind: ClassVar[str] = "desk.case.signed"
    handler_id: int


@dataclass(frozen=True, slots=True)
class EnterpriseContacted(CaseFact):
    kind: ClassVar[str] = "desk.case.contacted"
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class CasePlanned(CaseFact):
    kind: ClassVar[str] = "desk.case.planned"
    planned_on: date
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class ProgressNoted(CaseFact):
    kind: ClassVar[str] = "desk.case.progressed"
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class CaseReplied(CaseFact):
    kind: ClassVar[str] = "desk.case.replied"
    in_time: bool
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class CaseReturned(CaseFact):
    kind: ClassVar[str] = "desk.case.returned"
    unit: str
    suggested_unit: str
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class CaseClosed(CaseFact):
    kind: ClassVar[str] = "desk.case.closed"
    solved: str
    rating: int | None
    by_silence: bool
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class CaseReopened(CaseFact):
    kind: ClassVar[str] = "desk.case.reopened"
    round: int
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class CaseWithdrawn(CaseFact):
    kind: ClassVar[str] = "desk.case.withdrawn"
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class CaseAddedTo(CaseFact):
    kind: ClassVar[str] = "desk.case.added_to"
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class FileAttached(CaseFact):
    kind: ClassVar[str] = "desk.case.file_attached"
    attachment_id: int


@dataclass(frozen=True, slots=True)
class CaseRead(CaseFact):
    kind: ClassVar[str] = "desk.case.read"
    category: str
    unit: str
    urgency: str
    route: str


@dataclass(frozen=True, slots=True)
class LightChanged(CaseFact):
    kind: ClassVar[str] = "desk.case.light_changed"
    light: str
    reason: str
