from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuniu.engines.base.coordinates import Position
from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.base.shapes import (
    Box,
    Ring,
    Shape,
    area_m2,
    box_around,
    box_of,
    contains,
    crossed_at,
    distance_between_m,
    distance_m,
    is_counterclockwise,
    metres_per_degree,
    middle_of,
    positions_of,
)

Pairs = tuple[tuple[float, float], ...]

SQUARE: Pairs = ((121.2, 31.85), (121.21, 31.85), (121.21, 31.86), (121.2, 31.86), (121.2, 31.85))
HOLE: Pairs = (
    (121.204, 31.854),
    (121.204, 31.856),
    (121.206, 31.856),
    (121.206, 31.854),
    (121.204, 31.854),
)


def ring(pairs: Pairs) -> Ring:
    return tuple(Position(*pair) for pair in pairs)


def polygon(*rings: Pairs) -> Shape:
    return Shape(polygons=(tuple(ring(each) for each in rings),))


@st.composite
def stars(draw: st.DrawFn) -> Ring:
    """Draw rings around 121.2 E, 31.85 N that cross nowhere: seen from there they go once round."""
    count = draw(st.integers(3, 12))
    radii = draw(st.lists(st.floats(0.001, 0.02), min_size=count, max_size=count))
    corners = [
        Position(
            121.2 + radius * math.cos(2 * math.pi * n / count),
            31.85 + radius * math.sin(2 * math.pi * n / count),
        )
        for n, radius in enumerate(radii)
    ]
    return (*corners, corners[0])


def test_a_square_of_a_hundredth_of_a_degree_has_its_area_on_the_ground() -> None:
    east_m, north_m = metres_per_degree(31.855)

    # A degree at this latitude by the tables of the ellipsoid: 94 642 m and 110 884 m.
    assert (round(east_m), round(north_m)) == (94_642, 110_884)
    assert area_m2(polygon(SQUARE)) == pytest.approx(0.01 * east_m * 0.01 * north_m, rel=1e-9)


def test_a_hole_is_taken_off_the_area_and_off_the_inside() -> None:
    whole, holed = polygon(SQUARE), polygon(SQUARE, HOLE)

    assert area_m2(holed) == pytest.approx(area_m2(whole) * 0.96, rel=1e-6)
    assert contains(whole, Position(121.205, 31.855))
    assert not contains(holed, Position(121.205, 31.855))


def test_a_position_on_a_common_border_lies_in_exactly_one_of_two_neighbors() -> None:
    east: Pairs = tuple((round(lon + 0.01, 7), lat) for lon, lat in SQUARE)

    border = Position(121.21, 31.855)
    assert [contains(polygon(SQUARE), border), contains(polygon(east), border)].count(True) == 1


def test_a_point_has_no_inside_and_no_area() -> None:
    shape = Shape(point=Position(121.2, 31.85))

    assert not contains(shape, Position(121.2, 31.85))
    assert area_m2(shape) == 0
    assert middle_of(shape) == Position(121.2, 31.85)
    assert box_of(shape) == Box(121.2, 31.85, 121.2, 31.85)


def test_the_box_holds_all_parts() -> None:
    east: Pairs = tuple((lon + 0.05, lat - 0.02) for lon, lat in SQUARE)
    shape = Shape(polygons=((ring(SQUARE),), (ring(east),)))

    assert box_of(shape) == Box(121.2, 31.85 - 0.02, 121.21 + 0.05, 31.86)
    assert len(positions_of(shape)) == 10


@pytest.mark.parametrize(
    ("position", "far_m"),
    [
        (Position(121.205, 31.855), 0),
        (Position(121.205, 31.87), 1109),
        (Position(121.22, 31.855), 946),
        (Position(121.22, 31.87), 1458),
    ],
)
def test_the_distance_to_a_square_is_that_to_its_nearest_edge_or_corner(
    position: Position, far_m: int
) -> None:
    assert round(distance_m(polygon(SQUARE), position)) == far_m


def test_the_distance_to_a_point_is_the_way_between_the_two() -> None:
    here, there = Position(121.2, 31.85), Position(121.2, 31.95)

    assert round(distance_m(Shape(point=here), there)) == 11089
    assert distance_between_m(here, there) == distance_between_m(there, here)


def test_a_shape_like_a_c_is_labeled_inside_of_itself() -> None:
    letter = polygon(
        ((0, 0), (4, 0), (4, 1), (1, 1), (1, 3), (4, 3), (4, 4), (0, 4), (0, 0)),
    )

    assert contains(letter, middle_of(letter))
    assert middle_of(letter).lon == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("pairs", "crossing"),
    [
        (SQUARE, None),
        (((0, 0), (1, 1), (1, 0), (0, 1), (0, 0)), Position(1, 0)),
        (((0, 0), (2, 0), (2, 2), (1, 0), (0, 2), (0, 0)), Position(2, 2)),
        (((0, 0), (2, 0), (1, 0), (1, 1), (0, 0)), Position(2, 0)),
        (((0, 0), (1, 0), (1, 1), (3, 3), (1, 1), (0, 1), (0, 0)), Position(3, 3)),
    ],
)
def test_a_ring_that_crosses_or_touches_itself_is_found(
    pairs: Pairs, crossing: Position | None
) -> None:
    assert crossed_at([(ring(pairs),)]) == crossing


def test_two_rings_may_touch_but_not_cross() -> None:
    east: Pairs = tuple((lon + 0.01, lat) for lon, lat in SQUARE)
    half: Pairs = tuple((lon + 0.005, lat + 0.005) for lon, lat in SQUARE)

    assert crossed_at([(ring(SQUARE),), (ring(east),)]) is None
    assert crossed_at([(ring(SQUARE),), (ring(half),)]) is not None
    assert crossed_at([]) is None


@given(stars())
def test_a_star_crosses_nowhere_and_its_area_is_the_sum_of_its_triangles(star: Ring) -> None:
    east_m, north_m = metres_per_degree(31.85)
    triangles = sum(
        (one.lon - 121.2) * (other.lat - 31.85) - (other.lon - 121.2) * (one.lat - 31.85)
        for one, other in pairwise(star)
    )

    assert crossed_at([(star,)]) is None
    assert is_counterclockwise(star)
    assert area_m2(Shape(polygons=((star,),))) == pytest.approx(
        triangles / 2 * east_m * north_m, rel=1e-3
    )


@given(stars(), st.integers(0, 12))
def test_where_a_ring_begins_and_which_way_it_goes_changes_nothing(star: Ring, at: int) -> None:
    corners = star[:-1]
    turned = corners[at % len(corners) :] + corners[: at % len(corners)]
    back = (*turned[::-1], turned[-1])

    shape, same = Shape(polygons=((star,),)), Shape(polygons=((back,),))
    assert area_m2(same) == pytest.approx(area_m2(shape), rel=1e-9)
    assert box_of(same) == box_of(shape)
    assert contains(same, Position(121.2, 31.85)) == contains(shape, Position(121.2, 31.85))


@given(stars(), st.floats(121.17, 121.23), st.floats(31.82, 31.88))
def test_a_position_is_inside_or_some_way_off_never_both(
    star: Ring, lon: float, lat: float
) -> None:
    shape, position = Shape(polygons=((star,),)), Position(lon, lat)

    assert contains(shape, position) == (distance_m(shape, position) == 0) or (
        distance_m(shape, position) < 1e-6
    )


@given(stars())
def test_a_label_lies_inside_its_shape(star: Ring) -> None:
    shape = Shape(polygons=((star,),))

    assert contains(shape, middle_of(shape))


@pytest.mark.parametrize(("point", "polygons"), [(None, ()), (Position(0, 0), ((ring(SQUARE),),))])
def test_a_shape_is_either_a_point_or_polygons(
    point: Position | None, polygons: tuple[tuple[Ring, ...], ...]
) -> None:
    with pytest.raises(InvalidProblem):
        Shape(point=point, polygons=polygons)


def test_nothing_has_no_box() -> None:
    with pytest.raises(InvalidProblem):
        box_around(())


def test_a_shape_that_is_flat_is_labeled_in_its_middle() -> None:
    flat = polygon(((0, 0), (2, 0), (0, 0)))

    assert middle_of(flat) == Position(1, 0)
