"""The figures of a day, each with the filter of the list that it counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncDate

from shuniu.zone.accounts.choices import Role
from shuniu.zone.desk.choices import Sensitivity, Urgency
from shuniu.zone.desk.models import Case
from shuniu.zone.desk.queries.rows import (
    UNSORTED,
    CaseFilter,
    cases_visible_to,
    condition,
    counts_of,
    filtered_cases,
    late_at,
)
from shuniu.zone.kernel.clock import ZONE, day_span
from shuniu.zone.registry.queries import Standing

# What the briefing counts is what a leader may read: everything but restricted cases.
READER = Standing(0, frozenset({Role.LEADER}), frozenset(), frozenset())
MOST_NOTABLE = 5
NOTABLE = (Urgency.CRITICAL, Urgency.HIGH)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, the same number a day earlier, and the list that it counts."""

    name: str
    value: int
    day_before: int
    rows: CaseFilter


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """What one category had on the day; the empty category is that of cases not sorted yet."""

    category: str
    opened: int
    opened_rows: CaseFilter
    closed: int
    closed_rows: CaseFilter
    open: int
    open_rows: CaseFilter
    late: int
    late_rows: CaseFilter


@dataclass(frozen=True, slots=True)
class DaySummary:
    """A day at the desk. ``week`` holds the number of new cases of the seven days up to it."""

    day: date
    figures: tuple[Figure, ...]
    by_category: tuple[CategoryRow, ...]
    late: tuple[Case, ...]
    notable: tuple[Case, ...]
    week: tuple[tuple[date, int], ...]


def day_summary(day: date) -> DaySummary:
    """Return the figures of ``day`` in the zone."""
    return DaySummary(
        day=day,
        figures=_figures(day),
        by_category=_by_category(day),
        late=_late(day),
        notable=_notable(day),
        week=_week(day),
    )


def _filters(day: date) -> dict[str, CaseFilter]:
    return {
        "opened": CaseFilter(opened_on=day),
        "replied": CaseFilter(replied_on=day),
        "closed": CaseFilter(closed_on=day),
        "open": CaseFilter(open_on=day),
        "late": CaseFilter(late_on=day),
    }


def _figures(day: date) -> tuple[Figure, ...]:
    now, before = _filters(day), _filters(day - timedelta(days=1))
    counts = counts_of(READER, now)
    counts_before = counts_of(READER, before)
    return tuple(
        Figure(name, counts[name], counts_before[name], rows) for name, rows in now.items()
    )


def _by_category(day: date) -> tuple[CategoryRow, ...]:
    filters = _filters(day)
    counted = {
        f"n_{name}": Count("pk", filter=condition(READER, wanted))
        for name, wanted in filters.items()
    }
    cases = cases_visible_to(READER).order_by()
    rows: list[Any] = list(cases.values("category").annotate(**counted))
    busy = [row for row in rows if row["n_opened"] or row["n_closed"] or row["n_open"]]
    busy.sort(key=lambda row: (-row["n_opened"], -row["n_open"], row["category"]))
    return tuple(_category_row(day, row) for row in busy)


def _category_row(day: date, row: dict[str, Any]) -> CategoryRow:
    wanted = row["category"] or UNSORTED
    return CategoryRow(
        category=row["category"],
        opened=row["n_opened"],
        opened_rows=CaseFilter(opened_on=day, category=wanted),
        closed=row["n_closed"],
        closed_rows=CaseFilter(closed_on=day, category=wanted),
        open=row["n_open"],
        open_rows=CaseFilter(open_on=day, category=wanted),
        late=row["n_late"],
        late_rows=CaseFilter(late_on=day, category=wanted),
    )


def _late(day: date) -> tuple[Case, ...]:
    """Return the cases overdue at the end of the day, the longest overdue first."""
    late = cases_visible_to(READER).filter(late_at(day_span(day)[1]))
    return tuple(late.order_by("done_due_at", "pk")[:10])


def _notable(day: date) -> tuple[Case, ...]:
    """Return the most urgent new cases of the day that may be named."""
    shown = filtered_cases(READER, CaseFilter(opened_on=day)).filter(urgency__in=NOTABLE)
    ranked = sorted(shown, key=lambda case: (NOTABLE.index(Urgency(case.urgency)), case.pk))
    return tuple(ranked[:MOST_NOTABLE])


def _week(day: date) -> tuple[tuple[date, int], ...]:
    days = [day - timedelta(days=back) for back in range(6, -1, -1)]
    counts = counts_of(READER, {f"d{i}": CaseFilter(opened_on=d) for i, d in enumerate(days)})
    return tuple((d, counts[f"d{i}"]) for i, d in enumerate(days))


def may_be_named(case: Case) -> bool:
    """Return whether a briefing may name the enterprise of a case."""
    return case.sensitivity == Sensitivity.NORMAL


def daily_counts(first: date, last: date) -> tuple[dict[date, int], dict[date, int]]:
    """Return how many cases were opened and closed on each day from ``first`` to ``last``."""
    start, end = day_span(first)[0], day_span(last)[1]

    def count(column: str) -> dict[date, int]:
        cases = cases_visible_to(READER).order_by()
        within = cases.filter(**{f"{column}__gte": start, f"{column}__lt": end})
        days = within.values_list(TruncDate(column, tzinfo=ZONE)).annotate(n=Count("pk"))
        return dict(days)

    return count("submitted_at"), count("closed_at")
