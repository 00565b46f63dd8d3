"""The places of the demo zone as GeoJSON: parks that share its ground, with plots and buildings.

The names of the parks are those of the addresses; shapes, plots and buildings are invented.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

from shuniu.demo.streets import PARKS, ZONE_OUTLINE, Park

Point = tuple[float, float]
Outline = list[Point]

# At this latitude a degree of longitude is so much shorter than one of latitude.
SHRINK = math.cos(math.radians(31.875))
# Plots lie around the middle of their park: east and north of it, in degrees of latitude.
PLOTS = {
    "A": (-0.0036, 0.0027),
    "B": (0.0036, 0.0027),
    "C": (-0.0036, -0.0027),
    "D": (0.0036, -0.0027),
}
PLOT_HALF = (0.0030, 0.0022)
BUILDINGS = {"1": (-0.0013, 0.0004), "2": (0.0013, 0.0004)}
BUILDING_HALF = (0.0008, 0.0005)
TURN_DEGREES = 7
# The southern parks lie at the dike: their plots keep away from it.
NORTH = 0.002


def places_text() -> str:
    """Return all places as a FeatureCollection."""
    features = [feature for number, park in enumerate(PARKS, 1) for feature in _park(number, park)]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


def _park(number: int, park: Park) -> Iterator[dict[str, Any]]:
    code = f"P{number:02}"
    middle = (park.longitude * SHRINK, park.latitude + NORTH)
    turn = math.radians(TURN_DEGREES * (number % 3 - 1))
    yield _feature(code, park.name, "PARK", None, _polygon(_cell(park)))
    for letter, offset in PLOTS.items():
        plot = f"{code}-{letter}"
        at = _turned(offset, turn, middle)
        name = f"{park.name}{letter}地块"
        yield _feature(plot, name, "PLOT", code, _polygon(_block(at, PLOT_HALF, turn)))
    home = _turned(PLOTS["A"], turn, middle)
    for label, offset in BUILDINGS.items():
        shape = _polygon(_block(_turned(offset, turn, home), BUILDING_HALF, turn))
        name = f"{park.name}标准厂房{label}号楼"
        yield _feature(f"{code}-A{label}", name, "BUILDING", f"{code}-A", shape)
    gate = _turned((0.0, -0.0055), turn, middle)
    shape = {"type": "Point", "coordinates": _degrees(gate)}
    yield _feature(f"{code}-G", f"{park.name}{park.roads[0]}门", "GATE", code, shape)


def _feature(
    code: str, name: str, kind: str, part_of: str | None, geometry: dict[str, Any]
) -> dict[str, Any]:
    properties = {"code": code, "name": name, "kind": kind, "part_of": part_of}
    return {"type": "Feature", "id": code, "properties": properties, "geometry": geometry}


def _cell(park: Park) -> Outline:
    """Return the ground of the zone that is nearer to this park than to any other."""
    middle = (park.longitude * SHRINK, park.latitude)
    cell: Outline = [(lon * SHRINK, lat) for lon, lat in ZONE_OUTLINE]
    for other in PARKS:
        if other is not park:
            cell = _nearer(cell, middle, (other.longitude * SHRINK, other.latitude))
    return cell


def _nearer(cell: Outline, one: Point, other: Point) -> Outline:
    """Return the part of a convex outline that is nearer to ``one`` than to ``other``."""

    def lead(point: Point) -> float:
        return math.dist(point, other) ** 2 - math.dist(point, one) ** 2

    kept: Outline = []
    for first, second in zip(cell, [*cell[1:], cell[0]], strict=True):
        before, after = lead(first), lead(second)
        if before >= 0:
            kept.append(first)
        if before * after < 0:
            share = before / (before - after)
            kept.append(
                (
                    first[0] + share * (second[0] - first[0]),
                    first[1] + share * (second[1] - first[1]),
                )
            )
    return kept


def _block(middle: Point, half: Point, turn: float) -> Outline:
    corners = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    return [_turned((x * half[0], y * half[1]), turn, middle) for x, y in corners]


def _turned(offset: Point, turn: float, middle: Point) -> Point:
    x, y = offset
    return (
        middle[0] + x * math.cos(turn) - y * math.sin(turn),
        middle[1] + x * math.sin(turn) + y * math.cos(turn),
    )


def _polygon(outline: Outline) -> dict[str, Any]:
    ring = [_degrees(point) for point in outline]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def _degrees(point: Point) -> list[float]:
    return [round(point[0] / SHRINK, 7), round(point[1], 7)]
