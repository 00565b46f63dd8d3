"""Shapes on the earth: what lies in them, how large they are, how far, and whether they are sound.

Everything is reckoned on a plane that touches the WGS-84 ellipsoid near the shape. For shapes of up
to a hundred kilometres the error of a distance or an area stays under one in a thousand.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from shuniu.engines.base.coordinates import Position
from shuniu.engines.base.errors import InvalidProblem

SEMI_MAJOR_AXIS_M = 6_378_137.0
ECCENTRICITY_SQUARED = 0.00669437999014
# So many are compared with all others in one go: a few megabytes for the largest shape.
LINES_AT_ONCE = 64

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
Ring = tuple[Position, ...]
Polygon = tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A point, or one or more polygons.

    Attributes
    ----------
    point
        The position of a shape without extent; None if there are polygons.
    polygons
        Each an outer ring, counterclockwise, and its holes, clockwise. The last position of a ring
        equals the first.
    """

    point: Position | None = None
    polygons: tuple[Polygon, ...] = ()

    def __post_init__(self) -> None:
        if (self.point is None) == (not self.polygons):
            raise InvalidProblem("a shape is either a point or at least one polygon")


@dataclass(frozen=True, slots=True)
class Box:
    """The least and the greatest degrees of a shape; shapes across 180 degrees are not known."""

    west: float
    south: float
    east: float
    north: float


def positions_of(shape: Shape) -> tuple[Position, ...]:
    """Return all positions of a shape, ring by ring."""
    if shape.point is not None:
        return (shape.point,)
    return tuple(position for polygon in shape.polygons for ring in polygon for position in ring)


def box_of(shape: Shape) -> Box:
    """Return the box around a shape; of a point it has no extent."""
    return box_around(positions_of(shape))


def box_around(positions: Sequence[Position]) -> Box:
    """Return the box around some positions."""
    if not positions:
        raise InvalidProblem("there is no box around nothing")
    lons, lats = [p.lon for p in positions], [p.lat for p in positions]
    return Box(min(lons), min(lats), max(lons), max(lats))


def contains(shape: Shape, position: Position) -> bool:
    """Return whether a position lies in a shape, its border mostly included; a point has none.

    Of two shapes with a common border each position on it belongs to exactly one.
    """
    return any(
        _is_in_ring(polygon[0], position)
        and not any(_is_in_ring(hole, position) for hole in polygon[1:])
        for polygon in shape.polygons
    )


def area_m2(shape: Shape) -> float:
    """Return the area on the ground in square metres, holes taken off; 0 for a point."""
    return sum(
        abs(ring_area_m2(polygon[0])) - sum(abs(ring_area_m2(hole)) for hole in polygon[1:])
        for polygon in shape.polygons
    )


def ring_area_m2(ring: Ring) -> float:
    """Return the area inside a closed ring, negative if it runs clockwise."""
    x, y = _on_plane_m(ring, _middle(ring))
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])) / 2


def distance_m(shape: Shape, position: Position) -> float:
    """Return how far a position is from a shape in metres; 0 inside of it."""
    if shape.point is not None:
        return distance_between_m(shape.point, position)
    if contains(shape, position):
        return 0.0
    rings = (ring for polygon in shape.polygons for ring in polygon)
    return min(_distance_to_line_m(ring, position) for ring in rings)


def distance_between_m(one: Position, other: Position) -> float:
    """Return the way between two positions in metres, straight on the plane between them."""
    middle = Position((one.lon + other.lon) / 2, (one.lat + other.lat) / 2)
    x, y = _on_plane_m((one, other), middle)
    return float(math.hypot(x[1] - x[0], y[1] - y[0]))


def middle_of(shape: Shape) -> Position:
    """Return a position by which a shape can be labeled: the middle of its largest polygon.

    If that middle lies outside, as in a shape like a C, it is the middle of the widest stretch of
    the shape on the same parallel.
    """
    if shape.point is not None:
        return shape.point
    largest = max(shape.polygons, key=lambda polygon: abs(ring_area_m2(polygon[0])))
    middle = _centroid(largest[0])
    if contains(Shape(polygons=(largest,)), middle):
        return middle
    crossings = sorted(lon for ring in largest for lon in _crossings(ring, middle.lat))
    stretches = list(zip(crossings[::2], crossings[1::2], strict=False))
    if not stretches:
        return middle
    west, east = max(stretches, key=lambda stretch: stretch[1] - stretch[0])
    return Position((west + east) / 2, middle.lat)


def is_counterclockwise(ring: Ring) -> bool:
    """Return whether the inside of a closed ring lies to the left of its way."""
    return ring_area_m2(ring) > 0


def metres_per_degree(lat: float) -> tuple[float, float]:
    """Return the length of one degree to the east and one to the north at a latitude."""
    bulge = 1 - ECCENTRICITY_SQUARED * math.sin(math.radians(lat)) ** 2
    east = SEMI_MAJOR_AXIS_M / math.sqrt(bulge) * math.cos(math.radians(lat))
    north = SEMI_MAJOR_AXIS_M * (1 - ECCENTRICITY_SQUARED) / bulge**1.5
    return math.radians(east), math.radians(north)


def crossed_at(polygons: Iterable[Polygon]) -> Position | None:
    """Return where the rings of some polygons first cross or touch as they must not.

    A ring may not meet itself nor turn back on its own way; different rings may touch, as they do
    at a common border, but not cross. The time grows with the square of the number of positions.
    """
    lines = _Lines.of([ring for polygon in polygons for ring in polygon])
    for first in range(0, len(lines.start), LINES_AT_ONCE):
        ones, others = lines.near(first, first + LINES_AT_ONCE)
        found = np.flatnonzero(lines.meet(ones, others))
        if len(found):
            lon, lat = lines.start[others[found[0]]]
            return Position(float(lon), float(lat))
    return None


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of some rings in their order.

    ``start``, ``stop`` and the corners ``low`` and ``high`` of the boxes around the lines have the
    shape (lines, 2); ``ring``, ``first`` and ``last`` the shape (lines,): the number of the line's
    ring, and the first and last line of that ring.
    """

    start: Floats
    stop: Floats
    low: Floats
    high: Floats
    ring: Whole
    first: Whole
    last: Whole

    @classmethod
    def of(cls, rings: Sequence[Ring]) -> _Lines:
        none = np.zeros((0, 2))
        ends = [np.array([(p.lon, p.lat) for p in ring]) for ring in rings]
        sizes = np.array([len(end) - 1 for end in ends], dtype=np.int64)
        first = np.repeat(np.cumsum(sizes) - sizes, sizes)
        start = np.concatenate([none, *(end[:-1] for end in ends)])
        stop = np.concatenate([none, *(end[1:] for end in ends)])
        return cls(
            start=start,
            stop=stop,
            low=np.minimum(start, stop),
            high=np.maximum(start, stop),
            ring=np.repeat(np.arange(len(sizes)), sizes),
            first=first,
            last=first + np.repeat(sizes, sizes) - 1,
        )

    def near(self, first: int, end: int) -> tuple[Whole, Whole]:
        """Return the pairs of a line from ``first`` to ``end`` and a later one with near boxes."""
        low, high = self.low[first:end, None], self.high[first:end, None]
        boxes_meet = ((low <= self.high) & (self.low <= high)).all(axis=2)
        ones, others = np.nonzero(boxes_meet)
        ones += first
        later = others > ones
        return ones[later], others[later]

    def meet(self, ones: Whole, others: Whole) -> Flags:
        """Return for each pair of lines, the earlier first, whether they meet as they must not."""
        a, b = self.start[ones], self.stop[ones]
        c, d = self.start[others], self.stop[others]
        side_c, side_d = _side(a, b, c), _side(a, b, d)
        side_a, side_b = _side(c, d, a), _side(c, d, b)
        crosses = (side_c * side_d < 0) & (side_a * side_b < 0)
        touches = (
            ((side_c == 0) & _is_between(a, b, c))
            | ((side_d == 0) & _is_between(a, b, d))
            | ((side_a == 0) & _is_between(c, d, a))
            | ((side_b == 0) & _is_between(c, d, b))
        )
        own = self.ring[ones] == self.ring[others]
        closes = (ones == self.first[ones]) & (others == self.last[ones])
        joined = own & ((others == ones + 1) | closes)
        turns_back = (side_c == 0) & (side_d == 0) & (((d - c) * (b - a)).sum(axis=1) < 0)
        wrong: Flags = (joined & turns_back) | (~joined & (crosses | (own & touches)))
        return wrong


def _side(a: Floats, b: Floats, c: Floats) -> Floats:
    """Return on which side of the way from ``a`` to ``b`` each ``c`` lies: left is positive."""
    along, off = b - a, c - a
    side: Floats = along[..., 0] * off[..., 1] - along[..., 1] * off[..., 0]
    return side


def _is_between(a: Floats, b: Floats, c: Floats) -> Flags:
    """Return whether each ``c`` lies in the box whose corners are ``a`` and ``b``."""
    inside = (np.minimum(a, b) <= c) & (c <= np.maximum(a, b))
    return inside[..., 0] & inside[..., 1]


def _is_in_ring(ring: Ring, position: Position) -> bool:
    """Return whether a ray to the east crosses the ring an odd number of times."""
    return sum(lon > position.lon for lon in _crossings(ring, position.lat)) % 2 == 1


def _crossings(ring: Ring, lat: float) -> Iterator[float]:
    """Yield the longitudes at which a ring crosses a parallel."""
    for one, other in pairwise(ring):
        if (one.lat > lat) != (other.lat > lat):
            yield one.lon + (lat - one.lat) / (other.lat - one.lat) * (other.lon - one.lon)


def _on_plane_m(ring: Sequence[Position], middle: Position) -> tuple[Floats, Floats]:
    """Return the positions in metres to the east and to the north of a middle."""
    east, north = metres_per_degree(middle.lat)
    x = np.array([(p.lon - middle.lon) * east for p in ring])
    y = np.array([(p.lat - middle.lat) * north for p in ring])
    return x, y


def _middle(ring: Sequence[Position]) -> Position:
    box = box_around(ring)
    return Position((box.west + box.east) / 2, (box.south + box.north) / 2)


def _centroid(ring: Ring) -> Position:
    middle = _middle(ring)
    x, y = _on_plane_m(ring, middle)
    cross = x[:-1] * y[1:] - x[1:] * y[:-1]
    twice = float(np.sum(cross))
    if twice == 0:
        return middle
    east, north = metres_per_degree(middle.lat)
    x_m = float(np.sum((x[:-1] + x[1:]) * cross)) / (3 * twice)
    y_m = float(np.sum((y[:-1] + y[1:]) * cross)) / (3 * twice)
    return Position(middle.lon + x_m / east, middle.lat + y_m / north)


def _distance_to_line_m(ring: Ring, position: Position) -> float:
    x, y = _on_plane_m(ring, position)
    way_x, way_y = np.diff(x), np.diff(y)
    length = np.where(way_x**2 + way_y**2 == 0, 1.0, way_x**2 + way_y**2)
    share = np.clip(-(x[:-1] * way_x + y[:-1] * way_y) / length, 0.0, 1.0)
    return float(np.min(np.hypot(x[:-1] + share * way_x, y[:-1] + share * way_y)))
