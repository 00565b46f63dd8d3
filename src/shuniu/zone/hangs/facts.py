"""Facts that the hangs publish."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuniu.zone.kernel.facts import FactRecord


@dataclass(frozen=True, slots=True)
class HangOpened(FactRecord):
    """Something was hung up; ``source_key`` is empty where no row stands behind it."""

    kind: ClassVar[str] = "hangs.hang.opened"
    label: ClassVar[Promise] = _("Supervised item opened")
    about: ClassVar[str] = "hang_id"
    hang_id: int
    source_kind: str
    source_key: str
    unit: str
    responsible_id: int
    supervisor_id: int
    promised_on: date
    review_on: date


@dataclass(frozen=True, slots=True)
class PromiseMoved(FactRecord):
    """The promised day was moved, for the ``moves``-th time."""

    kind: ClassVar[str] = "hangs.hang.promise_moved"
    label: ClassVar[Promise] = _("Promised day of a supervised item moved")
    about: ClassVar[str] = "hang_id"
    hang_id: int
    promised_from: date
    promised_on: date
    moves: int
    evidence_id: int


@dataclass(frozen=True, slots=True)
class ReviewSet(FactRecord):
    kind: ClassVar[str] = "hangs.hang.review_set"
    label: ClassVar[Promise] = _("Next review of a supervised item set")
    about: ClassVar[str] = "hang_id"
    hang_id: int
    review_on: date


@dataclass(frozen=True, slots=True)
class EvidenceAdded(FactRecord):
    kind: ClassVar[str] = "hangs.hang.evidence_added"
    label: ClassVar[Promise] = _("Progress or evidence added to a supervised item")
    about: ClassVar[str] = "hang_id"
    hang_id: int
    evidence_id: int
    files: int


@dataclass(frozen=True, slots=True)
class StrikeAsked(FactRecord):
    kind: ClassVar[str] = "hangs.hang.strike_asked"
    label: ClassVar[Promise] = _("Striking off asked for")
    about: ClassVar[str] = "hang_id"
    hang_id: int
    evidence_id: int


@dataclass(frozen=True, slots=True)
class CalledBack(FactRecord):
    """Somebody outside the unit asked whether it is solved; unless it is, it is open again."""

    kind: ClassVar[str] = "hangs.hang.called_back"
    label: ClassVar[Promise] = _("Call-back on a supervised item recorded")
    about: ClassVar[str] = "hang_id"
    hang_id: int
    solved: str
    evidence_id: int


@dataclass(frozen=True, slots=True)
class HangStruck(FactRecord):
    """It is over. ``in_time``: by the day that was promised at last."""

    kind: ClassVar[str] = "hangs.hang.struck"
    label: ClassVar[Promise] = _("Supervised item struck off")
    about: ClassVar[str] = "hang_id"
    hang_id: int
    in_time: bool


@dataclass(frozen=True, slots=True)
class StrikeRefused(FactRecord):
    kind: ClassVar[str] = "hangs.hang.strike_refused"
    label: ClassVar[Promise] = _("Supervised item not struck off, open again")
    about: ClassVar[str] = "hang_id"
    hang_id: int
    evidence_id: int


@dataclass(frozen=True, slots=True)
class HangReminded(FactRecord):
    """People were reminded: the promised day has passed, or the day of review has come."""

    kind: ClassVar[str] = "hangs.hang.reminded"
    label: ClassVar[Promise] = _("Reminded of a supervised item")
    about: ClassVar[str] = "hang_id"
    hang_id: int
    is_late: bool
    is_review: bool


@dataclass(frozen=True, slots=True)
class HangsExported(FactRecord):
    kind: ClassVar[str] = "hangs.list.exported"
    label: ClassVar[Promise] = _("List of supervised items taken out as a file")
    about: ClassVar[str] = "rows"
    rows: int
