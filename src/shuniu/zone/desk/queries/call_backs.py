"""What enterprises said when they were asked about closed cases, and which are still to be asked.

Closed and solved are two figures: closed counts cases, solved counts what enterprises said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from shuniu.zone.desk.choices import Solved
from shuniu.zone.desk.models import CallBack, Case
from shuniu.zone.desk.queries.rows import (
    LOWEST_GOOD,
    CaseFilter,
    cases_visible_to,
    count_of,
    filtered_cases,
)
from shuniu.zone.kernel.clock import day_span
from shuniu.zone.registry.queries import Standing

# What a list of call-backs can be asked for; each is one of the numbers above it.
KINDS: dict[str, Q] = {
    "all": Q(),
    "solved": Q(solved=Solved.YES),
    "unsolved": Q(solved=Solved.NO),
    "rated": Q(rating__isnull=False),
    "good": Q(rating__gte=LOWEST_GOOD),
    "bad": Q(rating__lt=LOWEST_GOOD),
}


@dataclass(frozen=True, slots=True)
class CallBackFigures:
    """Call-backs since a day by what was said, and beside them how many cases were closed.

    ``waiting`` are the closed cases that somebody is still to call back about, whenever they were
    closed.
    """

    waiting: int
    closed: int
    closed_rows: CaseFilter
    all: int
    solved: int
    unsolved: int
    rated: int
    good: int
    bad: int

    @property
    def solved_pct(self) -> float | None:
        """Return the share of call-backs that heard "solved"; None while there is none."""
        return round(100 * self.solved / self.all, 1) if self.all else None

    @property
    def satisfied_pct(self) -> float | None:
        """Return the share of the three good grades; None while nobody gave one."""
        return round(100 * self.good / self.rated, 1) if self.rated else None


def call_back_figures(who: Standing, since: date) -> CallBackFigures:
    """Return the figures of the cases that a person sees, from ``since`` on."""
    counted = {f"n_{name}": Count("pk", filter=kind) for name, kind in KINDS.items()}
    found = _since(who, since).order_by().aggregate(**counted)
    closed = CaseFilter(turn="over", closed_since_on=since)
    return CallBackFigures(
        waiting=count_of(who, CaseFilter(turn="call-back")),
        closed=count_of(who, closed),
        closed_rows=closed,
        **{name: found[f"n_{name}"] for name in KINDS},
    )


def cases_to_call_back(who: Standing) -> QuerySet[Case]:
    """Return the closed cases that somebody is to call back about, the longest closed first."""
    return filtered_cases(who, CaseFilter(turn="call-back"))


def listed_call_backs(who: Standing, kind: str, since: date) -> QuerySet[CallBack]:
    """Return the call-backs of one of ``KINDS`` since a day, the newest first."""
    rows = _since(who, since).select_related("case__enterprise", "unit", "called_by")
    return rows.filter(KINDS[kind]).order_by("-called_at", "-pk")


def call_backs_of(case: Case) -> QuerySet[CallBack]:
    """Return the call-backs of a case, the newest first."""
    return CallBack.objects.filter(case=case).select_related("called_by").order_by("-pk")


def _since(who: Standing, since: date) -> QuerySet[CallBack]:
    seen = cases_visible_to(who).order_by().values("pk")
    return CallBack.objects.filter(case__in=seen, called_at__gte=day_span(since)[0])
