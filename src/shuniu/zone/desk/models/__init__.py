"""Tables of the service desk."""

from __future__ import annotations

from shuniu.zone.desk.models.case import (
    Attachment,
    Case,
    CaseLink,
    CaseRequest,
    CaseWords,
    Note,
)
from shuniu.zone.desk.models.work import (
    CallBack,
    ClockReset,
    Lesson,
    SavedView,
    Urging,
    WithdrawalCheck,
    WithdrawalDraw,
)

__all__ = [
    "Attachment",
    "CallBack",
    "Case",
    "CaseLink",
    "CaseRequest",
    "CaseWords",
    "ClockReset",
    "Lesson",
    "Note",
    "SavedView",
    "Urging",
    "WithdrawalCheck",
    "WithdrawalDraw",
]
