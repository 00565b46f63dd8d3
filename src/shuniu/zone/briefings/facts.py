"""Facts that the briefings publish."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuniu.zone.kernel.facts import FactRecord


@dataclass(frozen=True, slots=True)
class BriefingExported(FactRecord):
    """The briefing of ``day`` went out as a file: ``docx`` or ``pdf``."""

    kind: ClassVar[str] = "briefings.briefing.exported"
    label: ClassVar[Promise] = _("Briefing taken out as a file")
    about: ClassVar[str] = "day"
    day: date
    form: str


@dataclass(frozen=True, slots=True)
class IssueDrafted(FactRecord):
    """An issue for ``day`` was put together; ``first_day`` is the first day that it counts.

    ``corrects_id`` is the withdrawn issue that it stands for, 0 if for none.
    """

    kind: ClassVar[str] = "briefings.issue.drafted"
    label: ClassVar[Promise] = _("Issue of the briefing drafted")
    about: ClassVar[str] = "issue_id"
    issue_id: int
    day: date
    first_day: date
    corrects_id: int


@dataclass(frozen=True, slots=True)
class IssueEdited(FactRecord):
    """A clerk wrote in it. ``parts`` names what is different, never how."""

    kind: ClassVar[str] = "briefings.issue.edited"
    label: ClassVar[Promise] = _("Issue of the briefing edited")
    about: ClassVar[str] = "issue_id"
    issue_id: int
    version: int
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IssueRenewed(FactRecord):
    """The figures were counted anew and taken over."""

    kind: ClassVar[str] = "briefings.issue.renewed"
    label: ClassVar[Promise] = _("New figures taken over into the issue")
    about: ClassVar[str] = "issue_id"
    issue_id: int
    version: int


@dataclass(frozen=True, slots=True)
class IssueHandedUp(FactRecord):
    """The leaders can read and sign it now."""

    kind: ClassVar[str] = "briefings.issue.handed_up"
    label: ClassVar[Promise] = _("Issue of the briefing handed up for signature")
    about: ClassVar[str] = "issue_id"
    issue_id: int
    version: int


@dataclass(frozen=True, slots=True)
class IssueTakenBack(FactRecord):
    kind: ClassVar[str] = "briefings.issue.taken_back"
    label: ClassVar[Promise] = _("Issue of the briefing taken back to edit")
    about: ClassVar[str] = "issue_id"
    issue_id: int
    version: int


@dataclass(frozen=True, slots=True)
class IssueSigned(FactRecord):
    kind: ClassVar[str] = "briefings.issue.signed"
    label: ClassVar[Promise] = _("Issue of the briefing signed")
    about: ClassVar[str] = "issue_id"
    issue_id: int
    version: int


@dataclass(frozen=True, slots=True)
class IssueSentBack(FactRecord):
    """A leader wants it changed."""

    kind: ClassVar[str] = "briefings.issue.sent_back"
    label: ClassVar[Promise] = _("Issue of the briefing sent back")
    about: ClassVar[str] = "issue_id"
    issue_id: int
    version: int


@dataclass(frozen=True, slots=True)
class IssueUnsigned(FactRecord):
    kind: ClassVar[str] = "briefings.issue.unsigned"
    label: ClassVar[Promise] = _("Signature under the issue taken back")
    about: ClassVar[str] = "issue_id"
    issue_id: int
    version: int


@dataclass(frozen=True, slots=True)
class IssuePublished(FactRecord):
    """It went out under its number, and does not change any more."""

    kind: ClassVar[str] = "briefings.issue.published"
    label: ClassVar[Promise] = _("Issue of the briefing published")
    about: ClassVar[str] = "issue_id"
    issue_id: int
    version: int
    day: date
    year: int
    number: int
    corrects_id: int


@dataclass(frozen=True, slots=True)
class IssueInstructed(FactRecord):
    """A leader wrote on it what shall be done; it is a supervised item from then on."""

    kind: ClassVar[str] = "briefings.issue.instructed"
    label: ClassVar[Promise] = _("Instruction of a leader on an issue")
    about: ClassVar[str] = "issue_id"
    issue_id: int
    instruction_id: int
    hang_id: int


@dataclass(frozen=True, slots=True)
class IssueWithdrawn(FactRecord):
    """It does not hold any more; it keeps its number."""

    kind: ClassVar[str] = "briefings.issue.withdrawn"
    label: ClassVar[Promise] = _("Issue of the briefing withdrawn")
    about: ClassVar[str] = "issue_id"
    issue_id: int
    version: int
    year: int
    number: int
