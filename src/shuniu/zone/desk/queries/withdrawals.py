"""The withdrawn cases that were drawn by lot, and what enterprises said about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet

from shuniu.zone.desk.choices import CaseState, Pressed, Sensitivity
from shuniu.zone.desk.models import Case, WithdrawalCheck, WithdrawalDraw
from shuniu.zone.desk.queries.rows import cases_visible_to
from shuniu.zone.kernel.clock import day_of, day_span
from shuniu.zone.registry.queries import Standing

KINDS: dict[str, Q] = {
    "waiting": Q(pressed=""),
    "asked": ~Q(pressed=""),
    "pressed": Q(pressed=Pressed.YES),
    "all": Q(),
}


@dataclass(frozen=True, slots=True)
class WithdrawalFigures:
    """How many drawn cases are in each list, and the latest draw (None before the first)."""

    waiting: int
    asked: int
    pressed: int
    all: int
    latest: WithdrawalDraw | None


def month_of(now: datetime) -> date:
    """Return the first day of the last month that is over."""
    return (day_of(now).replace(day=1) - timedelta(days=1)).replace(day=1)


def month_after(month: date) -> date:
    """Return the first day of the month after."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def is_drawn(month: date) -> bool:
    """Return whether the lot of a month was drawn."""
    return WithdrawalDraw.objects.filter(month=month).exists()


def withdrawn_in(month: date) -> QuerySet[Case]:
    """Return the cases withdrawn in a month that a supervisor may read, in order of their keys."""
    starts, ends = day_span(month)[0], day_span(month_after(month))[0]
    found = Case.objects.filter(
        state=CaseState.WITHDRAWN, withdrawn_at__gte=starts, withdrawn_at__lt=ends
    )
    return found.exclude(sensitivity=Sensitivity.RESTRICTED).order_by("pk")


def withdrawal_figures(who: Standing) -> WithdrawalFigures:
    """Return the figures of the drawn cases that a person sees."""
    counted = {f"n_{name}": Count("pk", filter=kind) for name, kind in KINDS.items()}
    found = _visible(who).order_by().aggregate(**counted)
    latest = WithdrawalDraw.objects.order_by("-month").first()
    return WithdrawalFigures(**{name: found[f"n_{name}"] for name in KINDS}, latest=latest)


def listed_withdrawals(who: Standing, kind: str) -> QuerySet[WithdrawalCheck]:
    """Return the drawn cases of one of ``KINDS``, the newest month first."""
    rows = _visible(who).select_related(
        "draw", "case__enterprise", "case__lead_unit", "asked_by", "words"
    )
    return rows.filter(KINDS[kind]).order_by("-draw__month", "case_id")


def _visible(who: Standing) -> QuerySet[WithdrawalCheck]:
    return WithdrawalCheck.objects.filter(case__in=cases_visible_to(who).order_by().values("pk"))
