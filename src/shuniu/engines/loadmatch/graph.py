"""Which trip could carry which shipment alone: the shareability graph, in compressed rows.

Shipments wait in buckets by place of pickup (a cell of a grid where places are on a sphere), and
in each bucket by the end of their pickup window. A trip looks only into buckets that it can
reach within its longest way, from the first shipment on that is still there when it comes.

References
----------
Alonso-Mora, J., S. Samaranayake, A. Wallar, E. Frazzoli, and D. Rus (2017). On-demand
High-capacity Ride-sharing via Dynamic Trip-vehicle Assignment. *PNAS* 114 (3), 462-467.
https://doi.org/10.1073/pnas.1611675114 (the graph of trips and requests, and its use)
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shuniu.engines.loadmatch.compiled import Floats, Ints, building, compiled, entry
from shuniu.engines.loadmatch.model import ROUNDING, Model, Ways, way_length, way_time
from shuniu.engines.loadmatch.problem import EARTH_RADIUS_M, Problem

CELL_M = 15_000.0  # side of a cell where places are on a sphere
METRES_PER_DEGREE = EARTH_RADIUS_M * math.pi / 180


class Graph(NamedTuple):
    """Pairs of a trip and a lot that it could carry alone, sorted by trip and then by lot.

    Pairs of trip t are ``trip_start[t]`` to ``trip_start[t + 1]``; those of lot s are named by
    ``lot_pair[lot_start[s]:lot_start[s + 1]]``. ``alone`` is the length that the lot adds to the
    empty trip.
    """

    trip_start: Ints
    pair_trip: Ints
    pair_lot: Ints
    lot_start: Ints
    lot_pair: Ints
    alone: Floats


class Boarding(NamedTuple):
    """``may[trip_class[t], lot_class[s]]``: trip t has what lot s requires."""

    may: NDArray[np.bool_]
    trip_class: Ints
    lot_class: Ints


class Buckets(NamedTuple):
    """Lots by bucket: those of bucket b are ``lot[start[b]:start[b + 1]]``, first to go first.

    Where places are in matrices, bucket b holds place ``key[b]``. On a sphere ``key[b]`` is a cell
    in rows of ``columns``, numbered from the corner ``south``, ``west`` (radians) in steps of
    ``step_lat`` and ``step_lon``. ``closes[i]`` is the end of the pickup window of ``lot[i]``.
    """

    start: Ints
    lot: Ints
    closes: Floats
    key: Ints
    columns: int
    south: float
    west: float
    step_lat: float
    step_lon: float


def boarding_of(problem: Problem) -> Boarding:
    """Return what has what, by classes of equal attributes and equal wishes."""
    had = [trip.attributes for trip in problem.trips]
    wanted = [lot.requires for lot in problem.shipments]
    trip_kind = {kind: number for number, kind in enumerate(dict.fromkeys(had))}
    lot_kind = {kind: number for number, kind in enumerate(dict.fromkeys(wanted))}
    may = np.array([[wish <= kind for wish in lot_kind] for kind in trip_kind], dtype=np.bool_)
    return Boarding(
        may.reshape(len(trip_kind), len(lot_kind)),
        np.array([trip_kind[kind] for kind in had], dtype=np.int64),
        np.array([lot_kind[kind] for kind in wanted], dtype=np.int64),
    )


def graph_of(model: Model, boarding: Boarding, slip: float, slack: float = 0.0) -> Graph:
    """Return the pairs; ``slip`` is how much a way can be shortened by passing another place.

    ``slip`` is in the unit of length, infinite where ways do not obey the triangle inequality at
    all: then every bucket is looked into. A lot alone may be longer than allowed by ``slack``,
    because more stops can make a route shorter by that much.
    """
    if len(model.ways.lon) and (np.ptp(model.ways.lon) > 3.0 or np.abs(model.ways.lat).max() > 1.4):
        slip = math.inf  # around the date line and the poles a box in degrees means little
    buckets = _buckets_of(model)
    trip_start, pair_lot, alone = _pairs(
        model, boarding, buckets, _by_origin(model, buckets), slip, slack
    )
    pair_trip = np.repeat(np.arange(model.trips, dtype=np.int64), np.diff(trip_start))
    lot_pair = np.argsort(pair_lot, kind="stable")
    lot_start = np.zeros(model.lots + 1, dtype=np.int64)
    np.cumsum(np.bincount(pair_lot, minlength=model.lots), out=lot_start[1:])
    return Graph(trip_start, pair_trip, pair_lot, lot_start, lot_pair, alone)


def _buckets_of(model: Model) -> Buckets:
    pickup = model.place[: model.lots]
    on_sphere = len(model.ways.lon) > 0
    south = west = step_lat = step_lon = 0.0
    columns = 1
    keys = pickup.astype(np.int64)
    if on_sphere and model.lots:
        lat, lon = model.ways.lat[pickup], model.ways.lon[pickup]
        south, west = float(lat.min()), float(lon.min())
        step_lat = math.radians(CELL_M / model.ways.circuity / METRES_PER_DEGREE)
        step_lon = step_lat / max(0.05, float(np.cos(np.abs(lat).max())))
        columns = int((float(lon.max()) - west) / step_lon) + 1
        keys = ((lat - south) / step_lat).astype(np.int64) * columns
        keys += ((lon - west) / step_lon).astype(np.int64)
    closes = model.closes[: model.lots]
    order = np.lexsort((closes, keys))
    key, start = np.unique(keys[order], return_index=True)
    return Buckets(
        np.append(start, model.lots).astype(np.int64),
        order.astype(np.int64),
        closes[order],
        key,
        columns,
        south,
        west,
        step_lat,
        step_lon,
    )


def _by_origin(model: Model, buckets: Buckets) -> Ints:
    """Return the trips in an order in which neighbors follow: they look into the same buckets."""
    origin = model.place[2 * model.lots : 2 * model.lots + model.trips]
    if len(model.ways.lon) == 0:
        return np.argsort(origin, kind="stable")
    row = np.floor(model.ways.lat[origin] / max(buckets.step_lat, 1e-9))
    return np.lexsort((model.ways.lon[origin], row))


@compiled
def added_alone(model: Model, trip: int, lot: int, slack: float) -> float:
    """Return the length that the lot adds to the empty trip, infinite if it cannot be carried."""
    ways, drop = model.ways, lot + model.lots
    start = model.place[2 * model.lots + trip]
    end = model.place[2 * model.lots + model.trips + trip]
    pickup, delivery = model.place[lot], model.place[drop]
    if model.kg[lot] > model.room_kg[trip] or model.dm3[lot] > model.room_dm3[trip]:
        return math.inf
    length = way_length(ways, start, pickup)
    if ways.length.shape[0] == 0 and length + way_length(ways, pickup, end) > (
        model.longest[trip] + slack + 3.0
    ):
        return math.inf
    length += way_length(ways, pickup, delivery) + way_length(ways, delivery, end)
    if length > model.longest[trip] + slack + ROUNDING:
        return math.inf
    leaves = model.opens[2 * model.lots + trip]
    begins = max(leaves + way_time(ways, start, pickup), model.opens[lot])
    if begins > model.closes[lot] + ROUNDING:
        return math.inf
    leaves = begins + model.service[lot]
    begins = max(leaves + way_time(ways, pickup, delivery), model.opens[drop])
    arrives = begins + model.service[drop] + way_time(ways, delivery, end)
    ends_by = model.closes[2 * model.lots + model.trips + trip]
    if begins > model.closes[drop] + ROUNDING or arrives > ends_by + ROUNDING:
        return math.inf
    return length - float(model.direct[trip])


@entry
def _pairs(  # noqa: PLR0917  # kernels take no keywords
    model: Model, boarding: Boarding, buckets: Buckets, order: Ints, slip: float, slack: float
) -> tuple[Ints, Ints, Floats]:
    """Return ``trip_start``, ``pair_lot`` and ``alone`` of the graph, found in the trips' order."""
    start = np.zeros(model.trips + 1, dtype=np.int64)
    begins = np.zeros(model.trips, dtype=np.int64)
    lots = np.empty(16 * (model.trips + 64), dtype=np.int64)
    alone = np.empty(len(lots))
    near = np.empty(len(buckets.key), dtype=np.int64)
    count = 0
    for trip in order:
        begins[trip] = count
        for bucket in near[: _near_buckets(model, buckets, trip, slip + slack, near)]:
            if count + buckets.start[bucket + 1] - buckets.start[bucket] > len(lots):
                grown = 2 * len(lots) + buckets.start[bucket + 1] - buckets.start[bucket]
                lots, alone = _grown(lots, alone, count, grown)
            count = _fitting(model, boarding, buckets, trip, bucket, slack, lots, alone, count)
        start[trip + 1] = count - begins[trip]
    start = np.cumsum(start)
    pair_lot, pair_alone = np.empty(count, dtype=np.int64), np.empty(count)
    for trip in range(model.trips):
        first, last = start[trip], start[trip + 1]
        found = lots[begins[trip] : begins[trip] + last - first]
        by_number = np.argsort(found)
        pair_lot[first:last] = found[by_number]
        pair_alone[first:last] = alone[begins[trip] : begins[trip] + last - first][by_number]
    return start, pair_lot, pair_alone


@building
def _grown(lots: Ints, alone: Floats, count: int, size: int) -> tuple[Ints, Floats]:
    more_lots, more_alone = np.empty(size, dtype=np.int64), np.empty(size)
    more_lots[:count] = lots[:count]
    more_alone[:count] = alone[:count]
    return more_lots, more_alone


@compiled
def _fitting(  # noqa: PLR0917  # kernels take no keywords
    model: Model,
    boarding: Boarding,
    buckets: Buckets,
    trip: int,
    bucket: int,
    slack: float,
    lots: Ints,
    alone: Floats,
    count: int,
) -> int:
    """Append the bucket's lots that the trip can carry; return how many lots there are now."""
    first, last = buckets.start[bucket], buckets.start[bucket + 1]
    leaves = model.opens[2 * model.lots + trip]
    ends_by = model.closes[2 * model.lots + model.trips + trip]
    if len(model.ways.lon) == 0:
        origin = model.place[2 * model.lots + trip]
        leaves += way_time(model.ways, origin, model.place[buckets.lot[first]])
    first += np.searchsorted(buckets.closes[first:last], leaves - ROUNDING)
    for at in range(first, last):
        lot = buckets.lot[at]
        if model.opens[lot] > ends_by or model.opens[lot + model.lots] > ends_by:
            continue
        if not boarding.may[boarding.trip_class[trip], boarding.lot_class[lot]]:
            continue
        added = added_alone(model, trip, lot, slack)
        if added < math.inf:
            lots[count] = lot
            alone[count] = added
            count += 1
    return count


@compiled
def _near_buckets(model: Model, buckets: Buckets, trip: int, slip: float, near: Ints) -> int:
    """Write the buckets that the trip may reach into ``near``; return how many."""
    start = model.place[2 * model.lots + trip]
    end = model.place[2 * model.lots + model.trips + trip]
    longest, count = model.longest[trip] + 2 * slip + ROUNDING, 0
    if len(model.ways.lon) > 0 and math.isfinite(slip):
        return _near_cells(model.ways, buckets, start, end, longest, near)
    for bucket in range(len(buckets.key)):
        place = buckets.key[bucket]
        if math.isfinite(slip):
            length = way_length(model.ways, start, place) + way_length(model.ways, place, end)
            if length > longest:
                continue
        near[count] = bucket
        count += 1
    return count


@compiled
def _near_cells(  # noqa: PLR0917  # kernels take no keywords
    ways: Ways, buckets: Buckets, start: int, end: int, longest: float, near: Ints
) -> int:
    """Write the cells that a way of ``longest`` can touch; return how many.

    A place on such a way is at most half of it away from the nearer end, so it lies in the box
    around both ends, widened by that half.
    """
    count, per_radian = 0, ways.circuity * EARTH_RADIUS_M
    half = longest / 2 / per_radian
    south = min(ways.lat[start], ways.lat[end]) - half
    north = max(ways.lat[start], ways.lat[end]) + half
    wide = half / max(0.02, math.cos(min(1.55, max(abs(north), abs(south)))))
    west = min(ways.lon[start], ways.lon[end]) - wide - buckets.west
    east = max(ways.lon[start], ways.lon[end]) + wide - buckets.west
    first = max(0, math.floor(west / buckets.step_lon))
    last = min(buckets.columns - 1, math.floor(east / buckets.step_lon))
    first_row = max(0, math.floor((south - buckets.south) / buckets.step_lat))
    last_row = math.floor((north - buckets.south) / buckets.step_lat)
    radius = 0.75 * max(buckets.step_lat, buckets.step_lon) * per_radian
    for row in range(first_row, last_row + 1):
        low = np.searchsorted(buckets.key, row * buckets.columns + first)
        high = np.searchsorted(buckets.key, row * buckets.columns + last, side="right")
        lat = buckets.south + (row + 0.5) * buckets.step_lat
        for bucket in range(low, high if last >= first else low):
            column = buckets.key[bucket] - row * buckets.columns
            lon = buckets.west + (column + 0.5) * buckets.step_lon
            over = _arc(ways, start, lon, lat) + _arc(ways, end, lon, lat)
            if over * per_radian <= longest + 2 * radius:
                near[count] = bucket
                count += 1
    return count


@compiled
def _arc(ways: Ways, place: int, lon: float, lat: float) -> float:
    """Return the angle between a place and a point, in radians."""
    half = math.sin((lat - ways.lat[place]) / 2) ** 2
    half += math.cos(lat) * ways.cos_lat[place] * math.sin((lon - ways.lon[place]) / 2) ** 2
    return 2 * math.asin(math.sqrt(min(half, 1.0)))
