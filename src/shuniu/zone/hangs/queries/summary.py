"""Figures of the hangs: a day for the briefing, and how long each unit's have been hanging."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, QuerySet

from shuniu.zone.accounts.choices import Role
from shuniu.zone.hangs.choices import AgeClass
from shuniu.zone.hangs.models import Hang
from shuniu.zone.hangs.queries.rows import (
    OPEN_STATES,
    Days,
    HangFilter,
    condition,
    count_of,
    counts_of,
    filtered_hangs,
    hangs_visible_to,
)
from shuniu.zone.registry.queries import Standing

READER = Standing(0, frozenset({Role.LEADER}), frozenset(), frozenset())
MOST_TOLD = 10


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, and the list that it counts."""

    count: int
    wanted: HangFilter


@dataclass(frozen=True, slots=True)
class DaySummary:
    """The hangs of some days: new, struck off, hanging at their end, and of these late.

    ``opened_in_week`` and ``struck_in_week`` count the seven days up to the last one. ``red`` holds
    those that hung then, what was promised for the earliest day first.
    """

    opened: Figure
    struck: Figure
    opened_in_week: Figure
    struck_in_week: Figure
    open: Figure
    late: Figure
    ages: Mapping[AgeClass, Figure]
    red: tuple[Hang, ...]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """How long the hangs of a unit have been hanging; ``late`` of ``open`` passed their day."""

    code: str
    zh: str
    en: str
    ages: Mapping[AgeClass, Figure]
    open: Figure
    late: Figure


@dataclass(frozen=True, slots=True)
class Ageing:
    """The report: a row for each unit that has some, the sum, and the week that ends today.

    ``in_time`` of ``struck`` were struck off by the promised day, this week.
    """

    units: tuple[UnitRow, ...]
    total: UnitRow
    opened: Figure
    struck: Figure
    in_time: Figure
    longest: Hang | None


def day_summary(days: Days, *, first: date | None = None) -> DaySummary:
    """Return the figures of a day, or of the days from ``first`` on, as the briefing counts."""
    day, week = days.today, _week_before(days.today)
    filters = {
        "opened": HangFilter(turn="all", opened_on=day, since_on=first),
        "struck": HangFilter(turn="all", struck_on=day, since_on=first),
        "opened_in_week": HangFilter(turn="all", opened_on=day, since_on=week),
        "struck_in_week": HangFilter(turn="all", struck_on=day, since_on=week),
        "open": HangFilter(turn="all", open_on=day),
        "late": HangFilter(turn="all", open_on=day, late="yes"),
    }
    ages = {age.name: HangFilter(turn="all", open_on=day, age=age.value) for age in AgeClass}
    counts = counts_of(READER, filters | ages, days)
    hanging = filtered_hangs(READER, filters["open"], days).order_by("promised_on", "pk")
    return DaySummary(
        ages={age: Figure(counts[age.name], ages[age.name]) for age in AgeClass},
        red=tuple(hanging[:MOST_TOLD]),
        **{name: Figure(counts[name], one) for name, one in filters.items()},
    )


def ageing(who: Standing, days: Days) -> Ageing:
    """Return how long the hangs that a person may see have been hanging, by unit."""
    shown = _lists()
    counted = {name: Count("pk", filter=condition(who, one, days)) for name, one in shown.items()}
    offices: Any = _open(who).values("unit__code", "unit__zh", "unit__en").annotate(**counted)
    rows = list(offices.order_by("unit__position", "unit__code"))
    units = tuple(
        _row(row["unit__code"], row["unit__zh"], row["unit__en"], row, shown) for row in rows
    )
    sums = {name: sum(int(row[name]) for row in rows) for name in shown}
    week = {
        "opened": HangFilter(turn="all", opened_on=days.today, since_on=_week_before(days.today)),
        "struck": HangFilter(turn="all", struck_on=days.today, since_on=_week_before(days.today)),
    }
    week["in_time"] = replace(week["struck"], in_time="yes")
    counts = counts_of(who, week, days)
    return Ageing(
        units=units,
        total=_row("", "", "", sums, shown),
        longest=_open(who).order_by("opened_at", "pk").first(),
        **{name: Figure(counts[name], one) for name, one in week.items()},
    )


def waiting_count(who: Standing, days: Days) -> int:
    """Return how many hangs wait for a step of this person."""
    return count_of(who, HangFilter(turn="mine"), days)


def _open(who: Standing) -> QuerySet[Hang]:
    return hangs_visible_to(who).filter(state__in=OPEN_STATES).order_by()


def _lists() -> dict[str, HangFilter]:
    """Return the columns of the report by a name that a query takes."""
    ages = {age.name: HangFilter(turn="open", age=age.value) for age in AgeClass}
    return {
        **ages,
        "open_all": HangFilter(turn="open"),
        "open_late": HangFilter(turn="open", late="yes"),
    }


def _row(
    code: str, zh: str, en: str, counts: Mapping[str, int], shown: Mapping[str, HangFilter]
) -> UnitRow:
    figures = {
        name: Figure(int(counts[name]), replace(one, unit=code)) for name, one in shown.items()
    }
    ages = {age: figures[age.name] for age in AgeClass}
    return UnitRow(code, zh, en, ages, figures["open_all"], figures["open_late"])


def _week_before(day: date) -> date:
    return day - timedelta(days=6)
