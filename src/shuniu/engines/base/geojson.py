"""Geometries as GeoJSON (RFC 7946) writes them: read with every rule checked, and written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import combinations
from typing import Any

from shuniu.engines.base.coordinates import Datum, Position, converted
from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.base.shapes import (
    Box,
    Polygon,
    Ring,
    Shape,
    box_of,
    contains,
    crossed_at,
    is_counterclockwise,
    middle_of,
    ring_area_m2,
)

MOST_POSITIONS = 2_000
MOST_RINGS = 200
# Seven decimals are one centimetre.
DECIMALS = 7
LEAST_AREA_M2 = 1.0
LARGEST_DEGREE = 180


class Flaw(Enum):
    """What is wrong with a geometry."""

    NO_GEOMETRY = "no_geometry"
    OTHER_KIND = "other_kind"
    NO_LIST = "no_list"
    NO_NUMBER = "no_number"
    TOO_MANY_NUMBERS = "too_many_numbers"
    OUT_OF_RANGE = "out_of_range"
    SWAPPED = "swapped"
    TOO_MANY_POSITIONS = "too_many_positions"
    TOO_MANY_RINGS = "too_many_rings"
    TOO_FEW_POSITIONS = "too_few_positions"
    OPEN_RING = "open_ring"
    NO_AREA = "no_area"
    CROSSING = "crossing"
    HOLE_OUTSIDE = "hole_outside"
    OVERLAP = "overlap"


class InvalidShape(InvalidProblem):
    """A geometry that is not one.

    Attributes
    ----------
    flaw
        What is wrong, first thing first.
    where
        Counted from 1: polygon, ring and position, as far as they are known.
    said
        The value that is wrong, as short text.
    """

    def __init__(self, flaw: Flaw, where: tuple[int, ...] = (), said: str = "") -> None:
        super().__init__(f"{flaw.value} at {where}: {said}")
        self.flaw, self.where, self.said = flaw, where, said


@dataclass(frozen=True, slots=True)
class ReadShape:
    """A shape in WGS-84, and whether heights were left out of it."""

    shape: Shape
    had_heights: bool


def read_shape(written: object, *, datum: Datum = Datum.WGS84) -> ReadShape:
    """Return the shape that a GeoJSON geometry writes: Point, Polygon or MultiPolygon.

    Positions are brought to WGS-84 and rounded to a centimetre, rings are turned the way the
    standard wants, positions that repeat the one before are left out.

    Raises
    ------
    InvalidShape
        With the first flaw that is found.
    """
    if not isinstance(written, dict):
        raise InvalidShape(Flaw.NO_GEOMETRY, said=_short(written))
    reader = _Reader(datum)
    match written.get("type"):
        case "Point":
            return ReadShape(
                Shape(point=reader.position(written.get("coordinates"), ())), reader.had_heights
            )
        case "Polygon":
            parts = [reader.polygon(written.get("coordinates"), ())]
        case "MultiPolygon":
            listed = _list(written.get("coordinates"), ())
            parts = [reader.polygon(part, (n,)) for n, part in enumerate(listed, 1)]
        case other:
            raise InvalidShape(Flaw.OTHER_KIND, said=_short(other))
    if not parts:
        raise InvalidShape(Flaw.TOO_FEW_POSITIONS)
    _check_sound(parts, datum)
    return ReadShape(Shape(polygons=tuple(parts)), reader.had_heights)


def geometry_of(shape: Shape) -> dict[str, Any]:
    """Return a shape as a GeoJSON geometry."""
    if shape.point is not None:
        return {"type": "Point", "coordinates": _pair(shape.point)}
    listed = [[[_pair(p) for p in ring] for ring in polygon] for polygon in shape.polygons]
    if len(listed) == 1:
        return {"type": "Polygon", "coordinates": listed[0]}
    return {"type": "MultiPolygon", "coordinates": listed}


def shape_of(geometry: dict[str, Any]) -> Shape:
    """Return the shape of a geometry that ``geometry_of`` wrote; nothing is checked."""
    if geometry["type"] == "Point":
        return Shape(point=Position(*geometry["coordinates"]))
    listed = geometry["coordinates"]
    polygons = [listed] if geometry["type"] == "Polygon" else listed
    return Shape(
        polygons=tuple(
            tuple(tuple(Position(*pair) for pair in ring) for ring in polygon)
            for polygon in polygons
        )
    )


class _Reader:
    """Reads coordinates of one datum and counts them."""

    def __init__(self, datum: Datum) -> None:
        self.datum = datum
        self.had_heights = False
        self.left = MOST_POSITIONS
        self.rings_left = MOST_RINGS

    def polygon(self, written: object, where: tuple[int, ...]) -> Polygon:
        rings = _list(written, where)
        if not rings:
            raise InvalidShape(Flaw.TOO_FEW_POSITIONS, where)
        self.rings_left -= len(rings)
        if self.rings_left < 0:
            raise InvalidShape(Flaw.TOO_MANY_RINGS, where, str(MOST_RINGS))
        return tuple(
            _turned(self._ring(ring, (*where, n)), is_hole=n > 1) for n, ring in enumerate(rings, 1)
        )

    def _ring(self, written: object, where: tuple[int, ...]) -> Ring:
        pairs = _list(written, where)
        if len(pairs) > self.left:
            raise InvalidShape(Flaw.TOO_MANY_POSITIONS, where, str(MOST_POSITIONS))
        self.left -= len(pairs)
        ring = [self.position(pair, (*where, n)) for n, pair in enumerate(pairs, 1)]
        if ring and ring[0] != ring[-1]:
            raise InvalidShape(Flaw.OPEN_RING, where)
        kept = [p for n, p in enumerate(ring) if n == 0 or p != ring[n - 1]]
        if len(kept) < 4:
            raise InvalidShape(Flaw.TOO_FEW_POSITIONS, where, str(len(kept)))
        return tuple(kept)

    def position(self, written: object, where: tuple[int, ...]) -> Position:
        numbers = _list(written, where)
        if not 2 <= len(numbers) <= 3:
            flaw = Flaw.TOO_MANY_NUMBERS if len(numbers) > 3 else Flaw.NO_NUMBER
            raise InvalidShape(flaw, where, _short(written))
        lon, lat = (_number(number, where) for number in numbers[:2])
        self.had_heights |= len(numbers) == 3
        if abs(lat) > 90 and abs(lon) <= 90 and abs(lat) <= LARGEST_DEGREE:
            raise InvalidShape(Flaw.SWAPPED, where, _short(written))
        if abs(lon) > LARGEST_DEGREE or abs(lat) > 90:
            raise InvalidShape(Flaw.OUT_OF_RANGE, where, _short(written))
        here = converted(Position(lon, lat), come_in=self.datum, wanted=Datum.WGS84)
        return Position(round(here.lon, DECIMALS), round(here.lat, DECIMALS))


def _check_sound(polygons: list[Polygon], datum: Datum) -> None:
    """Refuse shapes whose rings cross, have no area, or lie where they must not.

    A corner is named as it was written: in the datum of the file.
    """
    if (crossing := crossed_at(polygons)) is not None:
        raise InvalidShape(Flaw.CROSSING, said=_as_written(crossing, datum))
    for n, polygon in enumerate(polygons, 1):
        where = (n,) if len(polygons) > 1 else ()
        for r, ring in enumerate(polygon, 1):
            if abs(ring_area_m2(ring)) < LEAST_AREA_M2:
                raise InvalidShape(Flaw.NO_AREA, (*where, r))
        outer = _Area.of(polygon[0])
        for r, hole in enumerate(polygon[1:], 2):
            if not _Area.of(hole).lies_in(outer):
                raise InvalidShape(Flaw.HOLE_OUTSIDE, (*where, r))
        _check_apart(polygon[1:])
    _check_apart([polygon[0] for polygon in polygons])


def _as_written(here: Position, datum: Datum) -> str:
    """Return a position in the datum that it came in; to a decimetre where it was converted."""
    if datum is Datum.WGS84:
        return f"{here.lon}, {here.lat}"
    there = converted(here, come_in=Datum.WGS84, wanted=datum)
    return f"{round(there.lon, 6)}, {round(there.lat, 6)}"


def _check_apart(rings: Sequence[Ring]) -> None:
    """Refuse rings that have ground in common: holes of a polygon, or polygons of a shape."""
    areas = [_Area.of(ring) for ring in rings]
    for one, other in combinations(areas, 2):
        if one.lies_in(other) or other.lies_in(one):
            raise InvalidShape(Flaw.OVERLAP)


@dataclass(frozen=True, slots=True)
class _Area:
    """The inside of one ring, to be compared with that of a ring that does not cross it."""

    shape: Shape
    box: Box
    inner: Position
    size_m2: float

    @classmethod
    def of(cls, ring: Ring) -> _Area:
        shape = Shape(polygons=((ring,),))
        return cls(shape, box_of(shape), middle_of(shape), abs(ring_area_m2(ring)))

    def lies_in(self, other: _Area) -> bool:
        """Return whether all of this lies in ``other``: one point tells, as nothing crosses."""
        return (
            other.box.west <= self.inner.lon <= other.box.east
            and other.box.south <= self.inner.lat <= other.box.north
            and self.size_m2 <= other.size_m2
            and contains(other.shape, self.inner)
        )


def _turned(ring: Ring, *, is_hole: bool) -> Ring:
    return ring if is_counterclockwise(ring) != is_hole else ring[::-1]


def _list(written: object, where: tuple[int, ...]) -> list[Any]:
    if not isinstance(written, list):
        raise InvalidShape(Flaw.NO_LIST, where, _short(written))
    return written


def _number(written: object, where: tuple[int, ...]) -> float:
    if isinstance(written, bool) or not isinstance(written, int | float):
        raise InvalidShape(Flaw.NO_NUMBER, where, _short(written))
    # NaN is not between, an infinite number neither; a whole number may have any length.
    if not -1e9 < written < 1e9:
        flaw = Flaw.NO_NUMBER if written != written else Flaw.OUT_OF_RANGE  # noqa: PLR0124  # NaN
        raise InvalidShape(flaw, where, _short(written))
    return float(written)


def _pair(position: Position) -> list[float]:
    return [position.lon, position.lat]


def _short(written: object) -> str:
    """Return the beginning of a value; of a list or table only what it is."""
    if isinstance(written, int) and abs(written) > 10**15:
        return "…"
    if isinstance(written, list):
        return ", ".join(_short(w) if not isinstance(w, list | dict) else "…" for w in written[:4])
    return "…" if isinstance(written, dict) else str(written)[:40]
