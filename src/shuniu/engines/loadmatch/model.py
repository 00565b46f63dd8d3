"""A problem as flat arrays, for kernels.

A lot has a number ``0 … lots - 1``. Its pickup is node ``lot``, its delivery node ``lot + lots``.
A trip begins at node ``2 * lots + trip`` and ends at node ``2 * lots + trips + trip``. Lengths,
times and loads are float64: whole numbers of the freight problem stay exact in it, and the
Euclidean problem has fractions anyway.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from shuniu.engines.loadmatch.compiled import Floats, Ints, small
from shuniu.engines.loadmatch.problem import EARTH_RADIUS_M, Problem

ROUNDING = 1e-7  # lateness that only rounding makes; whole seconds are not touched by it
FOREVER = 1e15


class Ways(NamedTuple):
    """Travel between places: by matrices, or computed on a sphere where those are empty.

    ``length`` and ``time`` have shape ``(places, places)`` or ``(0, 0)``. ``lon``, ``lat`` (in
    radians) and ``cos_lat`` have shape ``(places,)`` or ``(0,)``.
    """

    length: Floats
    time: Floats
    lon: Floats
    lat: Floats
    cos_lat: Floats
    circuity: float
    speed_m_s: float


class Model(NamedTuple):
    """The nodes, trips and ways of a problem.

    Arrays from ``place`` to ``dm3`` have shape ``(2 * lots + 2 * trips,)``; ``kg`` and ``dm3``
    are what is loaded: negative at a delivery. ``value`` has shape ``(lots,)``. The others have
    shape ``(trips,)``: ``longest`` limits the length of the route, ``direct`` is its length
    without stops, ``fen_per_length`` turns length into cost.
    """

    lots: int
    trips: int
    place: Ints
    opens: Floats
    closes: Floats
    service: Floats
    kg: Floats
    dm3: Floats
    value: Floats
    room_kg: Floats
    room_dm3: Floats
    longest: Floats
    direct: Floats
    fen_per_length: Floats
    ways: Ways


def model_of(problem: Problem) -> Model:
    """Return the problem as arrays, with trips and shipments numbered in their order."""
    trips, lots = problem.trips, problem.shipments
    ways = _ways_of(problem)
    place = np.array(
        [lot.pickup for lot in lots]
        + [lot.delivery for lot in lots]
        + [trip.origin for trip in trips]
        + [trip.destination for trip in trips],
        dtype=np.int64,
    )
    first = 2 * len(lots)
    direct = np.array(
        [
            way_length(ways, place[first + trip], place[first + len(trips) + trip])
            for trip in range(len(trips))
        ],
        dtype=np.float64,
    )
    kg, dm3 = _floats([lot.kg for lot in lots]), _floats([lot.dm3 for lot in lots])
    none = np.zeros(2 * len(trips))
    return Model(
        lots=len(lots),
        trips=len(trips),
        place=place,
        opens=_floats(
            [lot.pickup_earliest_s for lot in lots]
            + [lot.delivery_earliest_s for lot in lots]
            + [trip.depart_earliest_s for trip in trips] * 2
        ),
        closes=_floats(
            [lot.pickup_latest_s for lot in lots]
            + [lot.delivery_latest_s for lot in lots]
            + [trip.arrive_latest_s for trip in trips] * 2
        ),
        service=np.concatenate((np.full(first, float(problem.service_s)), none)),
        kg=np.concatenate((kg, -kg, none)),
        dm3=np.concatenate((dm3, -dm3, none)),
        value=_floats([lot.value_fen for lot in lots]),
        room_kg=_floats([trip.spare_kg for trip in trips]),
        room_dm3=_floats([trip.spare_dm3 for trip in trips]),
        longest=direct + _floats([trip.max_detour_m for trip in trips]),
        direct=direct,
        fen_per_length=_floats([trip.cost_fen_per_km for trip in trips]) / 1000,
        ways=ways,
    )


def matrix_ways(length: Floats, time: Floats) -> Ways:
    """Return travel by matrices, shape ``(places, places)`` each."""
    none = np.zeros(0)
    return Ways(length, time, none, none, none, 1.0, 1.0)


@small
def way_length(ways: Ways, start: int, end: int) -> float:
    """Return the length of the way between two places, in whole metres on a sphere."""
    if ways.length.shape[0] > 0:
        return float(ways.length[start, end])
    if start == end:
        return 0.0
    half = math.sin((ways.lat[end] - ways.lat[start]) / 2) ** 2
    half += (
        ways.cos_lat[start]
        * ways.cos_lat[end]
        * math.sin((ways.lon[end] - ways.lon[start]) / 2) ** 2
    )
    return float(np.rint(2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(half, 1.0))) * ways.circuity))


@small
def way_time(ways: Ways, start: int, end: int) -> float:
    """Return the time of the way between two places, in whole seconds on a sphere."""
    if ways.time.shape[0] > 0:
        return float(ways.time[start, end])
    return float(np.rint(way_length(ways, start, end) / ways.speed_m_s))


def _ways_of(problem: Problem) -> Ways:
    sphere = problem.sphere
    if sphere is None:
        return matrix_ways(
            problem.distance_m.astype(np.float64), problem.duration_s.astype(np.float64)
        )
    none = np.zeros((0, 0))
    lon, lat = np.radians(sphere.lon_lat[:, 0]), np.radians(sphere.lon_lat[:, 1])
    return Ways(none, none, lon, lat, np.cos(lat), sphere.circuity, sphere.speed_kmh / 3.6)


def _floats(values: list[int]) -> Floats:
    return np.array(values, dtype=np.float64)
