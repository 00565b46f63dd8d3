"""Questions about the working calendar: its days, and how it was changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min, QuerySet

from shuniu.zone.registry.choices import HolidayKind, HolidaySource
from shuniu.zone.registry.models import CalendarEdit, Holiday

LAST_EDITS = 20


@dataclass(frozen=True, slots=True)
class DayRule:
    """What is special about a day, how it is called, and who said so."""

    kind: HolidayKind
    name: str
    source: HolidaySource


@dataclass(frozen=True, slots=True)
class DayChange:
    """A day and its rule before and after a change; None where the weekday decides."""

    day: date
    before: DayRule | None
    after: DayRule | None


def rule_of(row: Holiday) -> DayRule:
    """Return what a stored day says."""
    return DayRule(HolidayKind(row.kind), row.name, HolidaySource(row.source))


def rules_on(days: Iterable[date]) -> dict[date, DayRule]:
    """Return the stored rules of some days; a day without one is left out."""
    return {row.day: rule_of(row) for row in Holiday.objects.filter(day__in=list(days))}


def rules_of_year(year: int) -> dict[date, DayRule]:
    """Return the stored rules of a year, in order."""
    return {row.day: rule_of(row) for row in Holiday.objects.filter(day__year=year)}


def stored_rules() -> dict[date, DayRule]:
    """Return all stored rules, in order."""
    return {row.day: rule_of(row) for row in Holiday.objects.all()}


def first_edit_after(moment: datetime) -> int | None:
    """Return the key of the first edit after a moment; None if there was none."""
    later = CalendarEdit.objects.filter(edited_at__gt=moment)
    found: int | None = later.aggregate(first=Min("pk"))["first"]
    return found


def changes_since(edit_id: int) -> list[DayChange]:
    """Return what an edit and all later ones changed, the newest first."""
    edits = CalendarEdit.objects.filter(pk__gte=edit_id).order_by("-pk")
    return [change for edit in edits for change in days_changed(edit)]


def days_changed(edit: CalendarEdit) -> list[DayChange]:
    """Return the days of an edit, in order."""
    return [
        DayChange(date.fromisoformat(entry["day"]), _rule(entry["before"]), _rule(entry["after"]))
        for entry in edit.changes
    ]


def _rule(kept: list[str] | None) -> DayRule | None:
    if kept is None:
        return None
    kind, name, source = kept
    return DayRule(HolidayKind(kind), name, HolidaySource(source))


def last_edits() -> QuerySet[CalendarEdit]:
    """Return the last edits, the newest first."""
    return CalendarEdit.objects.select_related("edited_by", "undone_by").order_by("-pk")[
        :LAST_EDITS
    ]


def calendar_edits() -> QuerySet[CalendarEdit]:
    """Return all edits, with whoever took them back."""
    return CalendarEdit.objects.select_related("edited_by", "undone_by")
