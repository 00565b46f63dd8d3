from __future__ import annotations

import math
from typing import Any

import pytest

from shuniu.engines.base.coordinates import Datum, Position, converted
from shuniu.engines.base.geojson import (
    MOST_POSITIONS,
    MOST_RINGS,
    Flaw,
    InvalidShape,
    geometry_of,
    read_shape,
    shape_of,
)
from shuniu.engines.base.shapes import Shape, is_counterclockwise

SQUARE = [[121.2, 31.85], [121.21, 31.85], [121.21, 31.86], [121.2, 31.86], [121.2, 31.85]]
HOLE = [[121.204, 31.854], [121.206, 31.854], [121.206, 31.856], [121.204, 31.854]]


def area(*rings: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def circle(count: int) -> list[list[float]]:
    corners = [
        [121.2 + 0.01 * math.cos(turn), 31.85 + 0.01 * math.sin(turn)]
        for turn in (2 * math.pi * n / (count - 1) for n in range(count - 1))
    ]
    return [*corners, corners[0]]


def shifted(ring: list[list[float]], lon: float) -> list[list[float]]:
    return [[round(x + lon, 7), y] for x, y in ring]


def test_a_polygon_is_read_and_written_again_as_it_was() -> None:
    read = read_shape(area(SQUARE))

    assert geometry_of(read.shape) == area(SQUARE)
    assert shape_of(area(SQUARE)) == read.shape
    assert not read.had_heights


def test_a_point_and_several_polygons_are_written_again_as_they_were() -> None:
    point = {"type": "Point", "coordinates": [121.2, 31.85]}
    two = {"type": "MultiPolygon", "coordinates": [[SQUARE], [shifted(SQUARE, 0.05)]]}

    assert geometry_of(read_shape(point).shape) == point
    assert geometry_of(read_shape(two).shape) == two
    assert [shape_of(written) for written in (point, two)] == [
        read_shape(written).shape for written in (point, two)
    ]


def test_several_polygons_that_are_one_are_a_polygon() -> None:
    one = {"type": "MultiPolygon", "coordinates": [[SQUARE]]}

    assert geometry_of(read_shape(one).shape) == area(SQUARE)


def test_rings_are_turned_as_the_standard_wants() -> None:
    [(outer, hole)] = read_shape(area(SQUARE[::-1], HOLE)).shape.polygons

    assert (is_counterclockwise(outer), is_counterclockwise(hole)) == (True, False)


def test_heights_are_left_out_and_said() -> None:
    read = read_shape(area([[*pair, 4.5] for pair in SQUARE]))

    assert (read.shape, read.had_heights) == (read_shape(area(SQUARE)).shape, True)


def test_positions_that_repeat_the_one_before_are_left_out() -> None:
    doubled = [pair for pair in SQUARE for _ in range(2)]

    assert read_shape(area(doubled)).shape == read_shape(area(SQUARE)).shape


@pytest.mark.parametrize("datum", Datum)
def test_a_position_of_another_datum_is_brought_to_that_of_satellites(datum: Datum) -> None:
    here = Position(121.2, 31.85)
    told = converted(here, come_in=Datum.WGS84, wanted=datum)
    written = {"type": "Point", "coordinates": [told.lon, told.lat]}

    assert read_shape(written, datum=datum).shape == Shape(point=here)


BAD: list[tuple[str, object, Flaw, tuple[int, ...]]] = [
    ("nothing", None, Flaw.NO_GEOMETRY, ()),
    ("a list", [SQUARE], Flaw.NO_GEOMETRY, ()),
    ("a line", {"type": "LineString", "coordinates": SQUARE}, Flaw.OTHER_KIND, ()),
    (
        "a collection in a collection",
        {"type": "GeometryCollection", "geometries": [{"type": "GeometryCollection"}]},
        Flaw.OTHER_KIND,
        (),
    ),
    ("a kind that is a table", {"type": {"a": 1}}, Flaw.OTHER_KIND, ()),
    ("no coordinates", {"type": "Polygon"}, Flaw.NO_LIST, ()),
    ("no rings", area(), Flaw.TOO_FEW_POSITIONS, ()),
    ("no polygons", {"type": "MultiPolygon", "coordinates": []}, Flaw.TOO_FEW_POSITIONS, ()),
    ("an empty ring", area([]), Flaw.TOO_FEW_POSITIONS, (1,)),
    ("a line there and back", area([*SQUARE[:2], SQUARE[0]]), Flaw.TOO_FEW_POSITIONS, (1,)),
    ("one place four times", area([SQUARE[0]] * 4), Flaw.TOO_FEW_POSITIONS, (1,)),
    ("an open ring", area(SQUARE[:-1]), Flaw.OPEN_RING, (1,)),
    ("an open hole", area(SQUARE, HOLE[:-1]), Flaw.OPEN_RING, (2,)),
    ("a number for a ring", area(5), Flaw.NO_LIST, (1,)),
    ("a number for a position", area([5]), Flaw.NO_LIST, (1, 1)),
    ("an empty position", area([[]]), Flaw.NO_NUMBER, (1, 1)),
    ("half a position", area([[121.2]]), Flaw.NO_NUMBER, (1, 1)),
    ("text", area([["121.2", "31.85"]]), Flaw.NO_NUMBER, (1, 1)),
    ("yes and no", area([[True, False]]), Flaw.NO_NUMBER, (1, 1)),
    ("NaN", area([[math.nan, 31.85]]), Flaw.NO_NUMBER, (1, 1)),
    ("infinite", area([[1e400, 31.85]]), Flaw.OUT_OF_RANGE, (1, 1)),
    ("a huge number", area([[10**400, 31.85]]), Flaw.OUT_OF_RANGE, (1, 1)),
    ("four numbers", area([[121.2, 31.85, 1, 2]]), Flaw.TOO_MANY_NUMBERS, (1, 1)),
    ("beyond the earth", area([[181, 31.85]]), Flaw.OUT_OF_RANGE, (1, 1)),
    ("meters", area([[13_491_000.5, 3_742_000.1]]), Flaw.OUT_OF_RANGE, (1, 1)),
    ("swapped", area([[31.85, 121.2]]), Flaw.SWAPPED, (1, 1)),
    (
        "a bow tie",
        area([[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]),
        Flaw.CROSSING,
        (),
    ),
    ("a needle", area([[0, 0], [1, 0], [2, 0], [0, 0]]), Flaw.CROSSING, ()),
    (
        "a hand's breadth",
        area([[0, 0], [1e-6, 0], [1e-6, 1e-6], [0, 0]]),
        Flaw.NO_AREA,
        (1,),
    ),
    ("a hole elsewhere", area(SQUARE, shifted(HOLE, 0.1)), Flaw.HOLE_OUTSIDE, (2,)),
    ("a hole across the edge", area(SQUARE, shifted(HOLE, 0.005)), Flaw.CROSSING, ()),
    ("a hole around it", area(HOLE, SQUARE), Flaw.HOLE_OUTSIDE, (2,)),
    ("a hole in a hole", area(circle(20), SQUARE, SQUARE), Flaw.CROSSING, ()),
    (
        "one polygon twice",
        {"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]]},
        Flaw.OVERLAP,
        (),
    ),
    (
        "one polygon in another",
        {"type": "MultiPolygon", "coordinates": [[SQUARE], [HOLE]]},
        Flaw.OVERLAP,
        (),
    ),
    ("more than can be drawn", area(circle(100_000)), Flaw.TOO_MANY_POSITIONS, (1,)),
    (
        "more rings than can be drawn",
        area(SQUARE, *[HOLE] * MOST_RINGS),
        Flaw.TOO_MANY_RINGS,
        (),
    ),
]


@pytest.mark.parametrize(
    ("written", "flaw", "where"), [row[1:] for row in BAD], ids=[row[0] for row in BAD]
)
def test_a_geometry_that_is_none_is_refused_with_what_is_wrong_and_where(
    written: object, flaw: Flaw, where: tuple[int, ...]
) -> None:
    with pytest.raises(InvalidShape) as refused:
        read_shape(written)

    assert (refused.value.flaw, refused.value.where) == (flaw, where)
    assert len(refused.value.said) < 200


def test_the_largest_shape_is_read() -> None:
    [[ring]] = read_shape(area(circle(MOST_POSITIONS))).shape.polygons

    assert len(ring) == MOST_POSITIONS
