"""The day of a leader: what came in, what is late, whose it is, and what waits for a word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q

from shuniu.zone.accounts.choices import Role
from shuniu.zone.desk import policies
from shuniu.zone.desk.choices import OVER, Light
from shuniu.zone.desk.models import Case
from shuniu.zone.desk.queries.rows import LATE, CaseFilter, cases_visible_to, counts_of
from shuniu.zone.registry.queries import Standing

OLDEST = 10
WORST = 8


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit with its open and its overdue cases, and the lists of both."""

    code: str
    zh: str
    en: str
    open: int
    open_rows: CaseFilter
    late: int
    late_rows: CaseFilter


@dataclass(frozen=True, slots=True)
class DayFigure:
    """A number of a day, the same number of the day before, and the list that it counts."""

    name: str
    value: int
    day_before: int
    rows: CaseFilter


def figures_of(who: Standing, day: date) -> tuple[DayFigure, ...]:
    """Return the figures of a day beside those of the day before, in one query."""
    lists = {**_lists("now", day), **_lists("then", day - timedelta(days=1))}
    counts = counts_of(who, {key: rows for key, (_name, rows) in lists.items()})
    return tuple(
        DayFigure(name, counts[key], counts[key.replace("now", "then")], rows)
        for key, (name, rows) in lists.items()
        if key.startswith("now")
    )


def _lists(prefix: str, day: date) -> dict[str, tuple[str, CaseFilter]]:
    named = {
        "opened": CaseFilter(opened_on=day),
        "replied": CaseFilter(replied_on=day),
        "closed": CaseFilter(closed_on=day),
        "open": CaseFilter(open_on=day),
        "late": CaseFilter(late_on=day),
    }
    return {f"{prefix}_{name}": (name, rows) for name, rows in named.items()}


def waiting_figures(who: Standing) -> dict[str, tuple[int, CaseFilter]]:
    """Return what waits for a word: long overdue, opened again, and for whom to call back about."""
    lists = {
        "purple": CaseFilter(turn="open", light=Light.PURPLE),
        "again": CaseFilter(turn="supervisor"),
    }
    if policies.may_see_call_backs(who) and not who.has(Role.LEADER):
        lists["call_back"] = CaseFilter(turn="call-back")
    if who.has(Role.SUPERVISOR):
        lists["sampled"] = CaseFilter(turn="sampled")
    counts = counts_of(who, lists)
    return {name: (counts[name], rows) for name, rows in lists.items()}


def oldest_cases(who: Standing) -> list[Case]:
    """Return the ten open cases that came in first and still wait for an answer."""
    waiting = cases_visible_to(who).exclude(state__in=OVER).filter(replied_at__isnull=True)
    return list(waiting.order_by("submitted_at", "pk")[:OLDEST])


def worst_units(who: Standing) -> list[UnitRow]:
    """Return the units with overdue cases, the most first, then by their share of open ones."""
    cases = cases_visible_to(who).exclude(state__in=OVER).filter(lead_unit__isnull=False)
    columns = ("lead_unit__code", "lead_unit__zh", "lead_unit__en")
    counted: Any = (
        cases.order_by()
        .values(*columns)
        .annotate(n_open=Count("pk"), n_late=Count("pk", filter=Q(light__in=LATE)))
        .filter(n_late__gt=0)
    )
    rows = sorted(counted, key=lambda row: (-row["n_late"], row["n_open"], row["lead_unit__code"]))
    return [_unit_row(row) for row in rows[:WORST]]


def _unit_row(row: dict[str, Any]) -> UnitRow:
    code = row["lead_unit__code"]
    return UnitRow(
        code=code,
        zh=row["lead_unit__zh"],
        en=row["lead_unit__en"],
        open=row["n_open"],
        open_rows=CaseFilter(turn="open", unit=code),
        late=row["n_late"],
        late_rows=CaseFilter(turn="open", unit=code, late="yes"),
    )
