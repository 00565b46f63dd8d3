"""Facts of what happens beside the way: urging, call-backs, draws by lot, cases put together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuniu.zone.desk.facts.base import CaseFact
from shuniu.zone.kernel.facts import FactRecord


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
    """It takes over the ``urgency`` of ``parent_id``; ``handler_id`` is who had signed for it."""

    kind: ClassVar[str] = "desk.case.merged"
    label: ClassVar[Promise] = _("Case put with another")
    parent_id: int
    urgency: str
    handler_id: int | None
    note_id: int | None = None


@dataclass(frozen=True, slots=True)
class CaseJoined(CaseFact):
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
class CaseSplit(CaseFact):
    """The text told of several needs: a case was opened for each of them, and this one is over."""

    kind: ClassVar[str] = "desk.case.split"
    label: ClassVar[Promise] = _("Case divided into several")
    part_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CaseSplitOff(CaseFact):
    """A case was opened for a part of another; its clock is that of the other."""

    kind: ClassVar[str] = "desk.case.split_off"
    label: ClassVar[Promise] = _("Case opened for a part of another")
    from_id: int
    submitted_at: str
    contacted_at: str
    waits: tuple[tuple[str, str], ...]


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
