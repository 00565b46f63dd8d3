"""The lights of all open cases on one page, for a wall and for a phone."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from shuniu.zone.desk import policies, queries
from shuniu.zone.desk.queries import WallCell, WallRow
from shuniu.zone.desk.views import shown
from shuniu.zone.desk.views.request import Request
from shuniu.zone.kernel.web import render_page


@dataclass(frozen=True, slots=True)
class ShownCell:
    light: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class ShownUnit:
    """A line of the wall; ``name`` is empty for cases that no unit has."""

    name: str
    cells: tuple[ShownCell, ...]
    total: ShownCell


@require_safe
def wall(request: Request) -> HttpResponse:
    """Show how many open cases of each unit show which light; each number opens its list."""
    who = request.standing
    if not policies.may_see_wall(who):
        raise PermissionDenied
    found = queries.wall_of(who)
    is_zh = request.LANGUAGE_CODE.startswith("zh")
    context = {
        "units": [_unit(row, is_zh=is_zh) for row in found.units],
        "together": _unit(found.together, is_zh=is_zh),
    }
    return render_page(request, "desk/wall.html", context, part="wall")


def _unit(row: WallRow, *, is_zh: bool) -> ShownUnit:
    cells = tuple(_cell(cell) for cell in row.cells)
    return ShownUnit(row.zh if is_zh else row.en, cells, _cell(row.total))


def _cell(cell: WallCell) -> ShownCell:
    return ShownCell(cell.light, cell.count, shown.list_url(cell.rows))
