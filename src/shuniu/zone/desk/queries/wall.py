"""The lights of all open cases, by the unit that leads them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from shuniu.zone.desk.choices import Light
from shuniu.zone.desk.queries.rows import OPEN, UNSORTED, CaseFilter, cases_visible_to
from shuniu.zone.registry.queries import Standing

# The worst first: what a supervisor looks for stands where reading begins.
LIGHTS = (Light.PURPLE, Light.RED, Light.YELLOW, Light.BLUE, Light.GREEN)


@dataclass(frozen=True, slots=True)
class WallCell:
    """How many open cases show a light, and the list of them; no light: all of the row."""

    light: str
    count: int
    rows: CaseFilter


@dataclass(frozen=True, slots=True)
class WallRow:
    """The open cases of a unit. ``zh`` and ``en`` are empty for cases that no unit has."""

    code: str
    zh: str
    en: str
    cells: tuple[WallCell, ...]
    total: WallCell


@dataclass(frozen=True, slots=True)
class Wall:
    """All open cases that a person sees: by unit, the most overdue first, and together."""

    units: tuple[WallRow, ...]
    together: WallRow


def wall_of(who: Standing) -> Wall:
    """Return the lights of the open cases that a person sees, in one query."""
    columns = ("lead_unit__code", "lead_unit__zh", "lead_unit__en")
    open_cases = cases_visible_to(who).filter(state__in=sorted(OPEN)).order_by()
    groups: Any = open_cases.values_list(*columns, "light").annotate(count=Count("pk"))
    counted: dict[tuple[str, str, str], dict[str, int]] = defaultdict(dict)
    for code, zh, en, light, count in groups:
        counted[code or UNSORTED, zh or "", en or ""][light] = count
    units = [_row(*unit, lights) for unit, lights in counted.items()]
    return Wall(tuple(sorted(units, key=_worst)), _sum(units))


def _row(code: str, zh: str, en: str, lights: dict[str, int]) -> WallRow:
    cells = tuple(
        WallCell(light, lights.get(light, 0), CaseFilter(turn="open", unit=code, light=light))
        for light in LIGHTS
    )
    total = WallCell("", sum(lights.values()), CaseFilter(turn="open", unit=code))
    return WallRow(code, zh, en, cells, total)


def _sum(units: Sequence[WallRow]) -> WallRow:
    cells = tuple(
        WallCell(
            light,
            sum(unit.cells[place].count for unit in units),
            CaseFilter(turn="open", light=light),
        )
        for place, light in enumerate(LIGHTS)
    )
    total = WallCell("", sum(unit.total.count for unit in units), CaseFilter(turn="open"))
    return WallRow("", "", "", cells, total)


def _worst(unit: WallRow) -> tuple[tuple[int, ...], str]:
    return tuple(-cell.count for cell in unit.cells), unit.code
