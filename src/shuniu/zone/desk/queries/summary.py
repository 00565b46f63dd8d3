"""The figures of a day, each with the filter of the list that it counts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case as CaseRank
from django.db.models import (
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import TruncDate

from shuniu.zone.accounts.choices import Role
from shuniu.zone.desk.choices import CaseState, Grade, NoteKind, Sensitivity, Solved, Urgency
from shuniu.zone.desk.models import Case, Note
from shuniu.zone.desk.queries.rows import (
    UNSORTED,
    CaseFilter,
    cases_visible_to,
    condition,
    filtered_cases,
    late_at,
)
from shuniu.zone.kernel.clock import ZONE, day_span
from shuniu.zone.registry.queries import Standing

# What the briefing counts is what a leader may read: everything but restricted cases.
READER = Standing(0, frozenset({Role.LEADER}), frozenset(), frozenset())
MOST_NOTABLE = 5
MOST_OFFERED = 20
MOST_LATE = 10
MOST_PRAISED = 3
NOTABLE = (Urgency.CRITICAL, Urgency.HIGH)


FIRMS_IN_COMMON = 3
NO_PROBLEM = ("praise",)  # many may be thanked for; it is no problem that they share


@dataclass(frozen=True, slots=True)
class Days:
    """Days that are counted together; most often one."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, the same number of the days before, and the list that it counts.

    ``week`` is the sum of the number over the seven days up to the day.
    """

    name: str
    value: int
    day_before: int
    week: int
    rows: CaseFilter


@dataclass(frozen=True, slots=True)
class CommonNeed:
    """A second-level category that several enterprises wrote about within the seven days."""

    category: str
    subcategory: str
    enterprises: int
    cases: int
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
    more_notable: tuple[Case, ...]
    week: tuple[tuple[date, int], ...]
    common: tuple[CommonNeed, ...]
    praised: tuple[Case, ...]


def day_summary(day: date, *, first: date | None = None, before: Days | None = None) -> DaySummary:
    """Return the figures of ``day`` in the zone.

    Parameters
    ----------
    first
        What happened from this day on counts, too: days off before a working day.
    before
        The days that the figures are compared with; the day before, if nothing else is said.
    """
    days = Days(first or day, day)
    yesterday = days.first - timedelta(days=1)
    counts = _counts(days, before or Days(yesterday, yesterday))
    ranked = _ranked(days)
    return DaySummary(
        day=day,
        figures=tuple(
            Figure(
                name,
                counts[f"now_{name}"],
                counts[f"before_{name}"],
                sum(counts[f"{name}_{back}"] for back in range(7)),
                rows,
            )
            for name, rows in _filters(days).items()
        ),
        by_category=_by_category(days),
        late=_late(day),
        notable=ranked[:MOST_NOTABLE],
        more_notable=ranked[MOST_NOTABLE:MOST_OFFERED],
        week=tuple((day - timedelta(days=b), counts[f"opened_{b}"]) for b in range(6, -1, -1)),
        common=_common(day),
        praised=_praised(days),
    )


def _filters(days: Days) -> dict[str, CaseFilter]:
    day = days.last
    since = days.first if days.first < day else None
    return {
        "opened": CaseFilter(opened_on=day, since_on=since),
        "replied": CaseFilter(replied_on=day, since_on=since),
        "closed": CaseFilter(closed_on=day, since_on=since),
        "open": CaseFilter(open_on=day),
        "late": CaseFilter(late_on=day),
    }


def _cases_since(day: date) -> QuerySet[Case]:
    """Return the cases that were not over before ``day``: all that its figures can count."""
    start = day_span(day)[0]
    alive = Q()
    for column in ("closed_at", "withdrawn_at", "rejected_at", "split_at"):
        alive &= Q(**{f"{column}__isnull": True}) | Q(**{f"{column}__gte": start})
    found = Case.objects.filter(alive).order_by()  # apart, so that the index of closing is used
    return cases_visible_to(READER).filter(pk__in=found.values("pk")).order_by()


def _counts(days: Days, before: Days) -> dict[str, int]:
    """Return all figures of the day, of those before and of each of the seven days."""
    asked = {
        **{f"now_{name}": wanted for name, wanted in _filters(days).items()},
        **{f"before_{name}": wanted for name, wanted in _filters(before).items()},
    }
    week = [days.last - timedelta(days=back) for back in range(7)]
    asked |= {f"late_{back}": CaseFilter(late_on=day) for back, day in enumerate(week)}
    counted = {name: Count("pk", filter=condition(READER, one)) for name, one in asked.items()}
    counts: dict[str, int] = _cases_since(min(before.first, week[-1])).aggregate(**counted)
    return counts | _week_counts(week, counts["now_open"])


def _week_counts(week: list[date], open_now: int) -> dict[str, int]:
    """Return what came and went on each of the days, the newest first, and what was open then.

    What is open at the end of a day follows from the day after: less work than counting it.
    """
    start, end = day_span(week[-1])[0], day_span(week[0])[1]
    opened, closed = daily_counts(week[-1], week[0])
    withdrawn = _daily("withdrawn_at", start, end, state=CaseState.WITHDRAWN)
    rejected = _daily("rejected_at", start, end, state=CaseState.REJECTED)
    divided = _daily("split_at", start, end, state=CaseState.SPLIT)
    answers = Note.objects.filter(kind=NoteKind.REPLY, written_at__gte=start, written_at__lt=end)
    answers = answers.exclude(case__sensitivity=Sensitivity.RESTRICTED)
    by_day = answers.values_list(TruncDate("written_at", tzinfo=ZONE))
    replied = dict(by_day.annotate(n=Count("case_id", distinct=True)).order_by())
    counts: dict[str, int] = {}
    for back, day in enumerate(week):
        counts[f"opened_{back}"] = opened.get(day, 0)
        counts[f"closed_{back}"] = closed.get(day, 0)
        counts[f"replied_{back}"] = replied.get(day, 0)
        counts[f"open_{back}"] = open_now
        over = sum(one.get(day, 0) for one in (closed, withdrawn, rejected, divided))
        open_now += over - opened.get(day, 0)
    return counts


def _by_category(days: Days) -> tuple[CategoryRow, ...]:
    counted = {
        f"n_{name}": Count("pk", filter=condition(READER, wanted))
        for name, wanted in _filters(days).items()
    }
    rows: list[Any] = list(_cases_since(days.first).values("category").annotate(**counted))
    busy = [row for row in rows if row["n_opened"] or row["n_closed"] or row["n_open"]]
    busy.sort(key=lambda row: (-row["n_opened"], -row["n_open"], row["category"]))
    return tuple(_category_row(days, row) for row in busy)


def _category_row(days: Days, row: dict[str, Any]) -> CategoryRow:
    wanted = row["category"] or UNSORTED
    rows = {name: replace(one, category=wanted) for name, one in _filters(days).items()}
    return CategoryRow(
        category=row["category"],
        opened=row["n_opened"],
        opened_rows=rows["opened"],
        closed=row["n_closed"],
        closed_rows=rows["closed"],
        open=row["n_open"],
        open_rows=rows["open"],
        late=row["n_late"],
        late_rows=rows["late"],
    )


def _late(day: date) -> tuple[Case, ...]:
    """Return the cases overdue at the end of the day, the longest overdue first."""
    late = _cases_since(day).filter(late_at(day_span(day)[1])).order_by("done_due_at", "pk")
    keys = list(late.values_list("pk", flat=True)[:MOST_LATE])  # alone it needs no other table
    return tuple(cases_visible_to(READER).filter(pk__in=keys).order_by("done_due_at", "pk"))


def _ranked(days: Days) -> tuple[Case, ...]:
    """Return the urgent new cases of the days, the most urgent first."""
    shown = filtered_cases(READER, _filters(days)["opened"]).filter(urgency__in=NOTABLE)
    by_urgency = CaseRank(
        *(When(urgency=urgency, then=Value(at)) for at, urgency in enumerate(NOTABLE)),
        output_field=IntegerField(),
    )
    return tuple(shown.order_by(by_urgency, "pk")[:MOST_OFFERED])


def _praised(days: Days) -> tuple[Case, ...]:
    """Return cases closed on the days that were solved and given the best grade, quickest first."""
    closed = filtered_cases(READER, _filters(days)["closed"])
    best = closed.filter(rating=max(Grade), solved=Solved.YES)
    took = ExpressionWrapper(F("replied_at") - F("submitted_at"), output_field=DurationField())
    return tuple(best.order_by(took.asc(nulls_last=True), "pk")[:MOST_PRAISED])


def _common(day: date) -> tuple[CommonNeed, ...]:
    """Return what three enterprises or more wrote about in the seven days, the most first."""
    week = CaseFilter(opened_on=day, since_on=day - timedelta(days=6))
    rows = (
        filtered_cases(READER, week)
        .exclude(subcategory="")
        .exclude(category__in=NO_PROBLEM)
        .order_by()
        .values("category", "subcategory")
        .annotate(firms=Count("enterprise_id", distinct=True), cases=Count("pk"))
        .filter(firms__gte=FIRMS_IN_COMMON)
        .order_by("-firms", "-cases", "category", "subcategory")
    )
    return tuple(
        CommonNeed(
            row["category"],
            row["subcategory"],
            row["firms"],
            row["cases"],
            replace(week, category=row["category"], subcategory=row["subcategory"]),
        )
        for row in rows
    )


def cases_told(case_ids: Collection[int]) -> dict[int, tuple[str, bool]]:
    """Return sensitivity, and whether the words were deleted, of cases that an issue tells of."""
    rows = Case.objects.filter(pk__in=case_ids).values_list("pk", "sensitivity", "purged_at")
    return {pk: (sensitivity, purged_at is not None) for pk, sensitivity, purged_at in rows}


def may_be_named(case: Case) -> bool:
    """Return whether a briefing may name the enterprise of a case."""
    return case.sensitivity == Sensitivity.NORMAL


def daily_counts(first: date, last: date) -> tuple[dict[date, int], dict[date, int]]:
    """Return how many cases were opened and closed on each day from ``first`` to ``last``."""
    start, end = day_span(first)[0], day_span(last)[1]
    return _daily("submitted_at", start, end), _daily("closed_at", start, end)


def _daily(column: str, start: datetime, end: datetime, **also: object) -> dict[date, int]:
    """Return how many cases have a moment of ``[start, end)`` in a column, by its day."""
    cases = cases_visible_to(READER).order_by().filter(**also)
    within = cases.filter(**{f"{column}__gte": start, f"{column}__lt": end})
    days = within.values_list(TruncDate(column, tzinfo=ZONE)).annotate(n=Count("pk"))
    return dict(days)
