"""Questions about what the working calendar does to open cases."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from shuniu.zone.desk.choices import Sensitivity
from shuniu.zone.desk.models import Case, ClockReset
from shuniu.zone.desk.queries.rows import OPEN, cases_visible_to
from shuniu.zone.kernel.clock import day_span
from shuniu.zone.registry.queries import Standing


def open_cases_between(first: date, last: date) -> QuerySet[Case]:
    """Return the open cases whose way to the deadline touches these days, the oldest first.

    Restricted ones are left out: not even their number is shown to whoever keeps the calendar.
    """
    begins, _ = day_span(first)
    _, ends = day_span(last)
    return (
        Case.objects.select_related("lead_unit")
        .filter(state__in=OPEN, submitted_at__lt=ends, done_due_at__gte=begins)
        .exclude(sensitivity=Sensitivity.RESTRICTED)
        .order_by("done_due_at", "pk")
    )


def open_cases_after(case_id: int) -> QuerySet[Case]:
    """Return the open cases with a key above ``case_id``, in the order of keys."""
    return Case.objects.filter(state__in=OPEN, pk__gt=case_id).order_by("pk")


def keys_of_visible(who: Standing, case_ids: list[int]) -> set[int]:
    """Return which of some cases a person may open."""
    seen = cases_visible_to(who).filter(pk__in=case_ids).order_by()
    return set(seen.values_list("pk", flat=True))


def resets_of(edit_ids: list[int]) -> dict[int, ClockReset]:
    """Return how far the cases have followed some edits."""
    return {row.edit_id: row for row in ClockReset.objects.filter(edit_id__in=edit_ids)}
