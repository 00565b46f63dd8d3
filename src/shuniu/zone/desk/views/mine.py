"""What the pages for enterprises show of their cases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shuniu.zone.desk import queries
from shuniu.zone.desk.models import Case
from shuniu.zone.desk.queries import Entry
from shuniu.zone.desk.views import shown
from shuniu.zone.kernel.templatetags import part_data
from shuniu.zone.registry import queries as registry


@dataclass(frozen=True, slots=True)
class Card:
    """A case on the enterprise's home. ``ball`` is None when it is over."""

    case: Case
    ball: part_data.Ball | None


def cards_of(cases: Iterable[Case], language: str) -> list[Card]:
    """Return each case with who has the ball."""
    return [Card(case, shown.ball_of(_holder(case, language))) for case in cases]


def answer_of(entries: Sequence[Entry]) -> Entry | None:
    """Return the latest answer in a history, the oldest first; None before the first answer."""
    return next((entry for entry in reversed(entries) if entry.kind == "replied"), None)


def question_of(entries: Sequence[Entry]) -> Entry | None:
    """Return what the unit asked last; None if it never asked."""
    return next((entry for entry in reversed(entries) if entry.kind == "asked"), None)


def rejection_of(entries: Sequence[Entry]) -> Entry | None:
    """Return why the need was not accepted; None if it never was refused."""
    return next((entry for entry in reversed(entries) if entry.kind == "rejected"), None)


def _holder(case: Case, language: str) -> queries.Holder | None:
    profile = registry.profile_of(case.profile_id)
    center = profile.office(profile.handling.fallback_unit).label(language)
    return queries.holder_of(case, center=center, language=language)
