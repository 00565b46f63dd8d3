from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuniu.engines.base.coordinates import Datum, Position, converted, is_in_china
from shuniu.engines.base.errors import InvalidProblem

MOVED = (Datum.GCJ02, Datum.BD09)
datums = st.sampled_from(Datum)
in_china = st.builds(Position, st.floats(72.1, 137.7), st.floats(0.9, 55.7))
abroad = st.builds(Position, st.floats(-180, 71.9), st.floats(-90, 90))


@pytest.mark.parametrize(
    ("wgs", "gcj"),
    [
        (Position(121.5272106, 31.1774276), Position(121.531541859215, 31.17530398364597)),
        (Position(113.912316, 22.543847), Position(113.9171764808363, 22.540796131694766)),
        (Position(116.377817, 39.911954), Position(116.38404722455657, 39.91334545536069)),
    ],
)
def test_a_position_of_a_satellite_is_moved_as_published_pairs_say(
    wgs: Position, gcj: Position
) -> None:
    found = converted(wgs, come_in=Datum.WGS84, wanted=Datum.GCJ02)

    assert (found.lon, found.lat) == pytest.approx((gcj.lon, gcj.lat), abs=1e-9)


def test_a_position_of_amap_is_moved_to_baidu_as_a_published_pair_says() -> None:
    found = converted(Position(116.404, 39.915), come_in=Datum.GCJ02, wanted=Datum.BD09)

    assert (found.lon, found.lat) == pytest.approx(
        (116.41036949371029, 39.92133699351021), abs=1e-9
    )


@pytest.mark.parametrize(
    ("come_in", "wanted", "published"),
    [
        (Datum.BD09, Datum.GCJ02, (116.39762729119315, 39.90865673957631)),
        (Datum.GCJ02, Datum.WGS84, (116.39775550083061, 39.91359571849836)),
    ],
)
def test_the_way_back_is_near_the_published_one_step_guess(
    come_in: Datum, wanted: Datum, published: tuple[float, float]
) -> None:
    found = converted(Position(116.404, 39.915), come_in=come_in, wanted=wanted)

    # The published way back takes one step and is off by metres; this one is iterated.
    assert (found.lon, found.lat) == pytest.approx(published, abs=2e-5)


def test_in_haimen_the_three_datums_lie_some_hundred_metres_apart() -> None:
    here = Position(121.205, 31.862)

    moved = [converted(here, come_in=Datum.WGS84, wanted=datum) for datum in MOVED]

    apart_m = [math.hypot((p.lon - here.lon) * 94_600, (p.lat - here.lat) * 110_900) for p in moved]
    assert [round(each, -1) for each in apart_m] == [480, 1140]


@given(in_china, datums, datums)
def test_there_and_back_is_the_same_point(here: Position, one: Datum, other: Datum) -> None:
    there = converted(here, come_in=one, wanted=other)
    back = converted(there, come_in=other, wanted=one)

    assert (back.lon, back.lat) == pytest.approx((here.lon, here.lat), abs=1e-9)


@given(in_china)
def test_the_way_from_baidu_to_amap_is_the_way_over_the_satellite(here: Position) -> None:
    straight = converted(here, come_in=Datum.BD09, wanted=Datum.GCJ02)

    over = converted(
        converted(here, come_in=Datum.BD09, wanted=Datum.WGS84),
        come_in=Datum.WGS84,
        wanted=Datum.GCJ02,
    )
    assert straight == over


@given(abroad, datums, datums)
def test_abroad_nothing_is_moved(here: Position, one: Datum, other: Datum) -> None:
    assert not is_in_china(here)
    assert converted(here, come_in=one, wanted=other) == here


@given(st.floats(71.9, 72.1), st.floats(0.7, 0.9), datums, datums)
def test_at_the_edge_of_the_box_a_point_stays_within_two_kilometres(
    lon: float, lat: float, one: Datum, other: Datum
) -> None:
    found = converted(Position(lon, lat), come_in=one, wanted=other)

    assert max(abs(found.lon - lon), abs(found.lat - lat)) < 0.02


@pytest.mark.parametrize("pole", [Position(180, 90), Position(-180, -90), Position(105, 90)])
@pytest.mark.parametrize("datum", MOVED)
def test_the_poles_are_left_alone(pole: Position, datum: Datum) -> None:
    assert converted(pole, come_in=datum, wanted=Datum.WGS84) == pole


@pytest.mark.parametrize(
    ("lon", "lat"),
    [
        (math.nan, 31.0),
        (121.0, math.nan),
        (math.inf, 31.0),
        (121.0, -math.inf),
        (180.1, 31.0),
        (31.862, 121.205),
    ],
)
def test_numbers_that_are_no_position_are_refused(lon: float, lat: float) -> None:
    with pytest.raises(InvalidProblem):
        Position(lon, lat)
