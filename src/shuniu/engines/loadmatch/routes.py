"""The state of all routes while a search works on them, and what one more lot would cost.

Routes are linked lists over the nodes of a ``Model``. Each node knows when its truck leaves it,
by when the truck must arrive there to keep the rest, and what is on board behind it; so one pair
of places for a lot is tested in constant time (Savelsbergh 1992, forward time slack).

References
----------
Savelsbergh, M. W. P. (1992). The Vehicle Routing Problem with Time Windows: Minimizing Route
Duration. *ORSA Journal on Computing* 4 (2), 146-154. https://doi.org/10.1287/ijoc.4.2.146
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from shuniu.engines.loadmatch.compiled import Floats, Ints, compiled, entry
from shuniu.engines.loadmatch.model import ROUNDING, Model, way_length, way_time

NOWHERE = -1
LONGEST_RIDE_STOPS = 40  # stops of others that a newly inserted lot stays on board for


class Routes(NamedTuple):
    """All routes. Arrays from ``behind`` to ``dm3`` have the shape of the model's nodes.

    ``behind`` and ``before`` link the nodes of a route. ``leaves``: when a node is left.
    ``arrive_by``: the latest arrival from which the rest can be kept. ``leg``: length to the node
    behind. ``kg``, ``dm3``: on board on that leg. ``trip_of`` (shape ``(lots,)``) is ``NOWHERE``
    for a lot that no trip carries. ``length`` and ``version`` have shape ``(trips,)``; a version
    names what a route looks like. ``clock[0]`` is the last version given.
    """

    behind: Ints
    before: Ints
    leaves: Floats
    arrive_by: Floats
    leg: Floats
    kg: Floats
    dm3: Floats
    trip_of: Ints
    length: Floats
    version: Ints
    clock: Ints


class Place(NamedTuple):
    """The cheapest way into a route: the added length, and the nodes to go behind.

    ``delivery_behind`` is the lot's own pickup where nothing comes between the two.
    """

    added: float
    pickup_behind: int
    delivery_behind: int


def empty_routes(model: Model) -> Routes:
    """Return the state in which no trip carries anything."""
    nodes = len(model.place)
    routes = Routes(
        behind=np.full(nodes, NOWHERE, dtype=np.int64),
        before=np.full(nodes, NOWHERE, dtype=np.int64),
        leaves=np.zeros(nodes),
        arrive_by=np.zeros(nodes),
        leg=np.zeros(nodes),
        kg=np.zeros(nodes),
        dm3=np.zeros(nodes),
        trip_of=np.full(model.lots, NOWHERE, dtype=np.int64),
        length=np.zeros(model.trips),
        version=np.zeros(model.trips, dtype=np.int64),
        clock=np.zeros(1, dtype=np.int64),
    )
    clear_all(model, routes)
    return routes


@entry
def clear_all(model: Model, routes: Routes) -> None:
    """Take everything off every trip."""
    routes.trip_of[:] = NOWHERE
    for trip in range(model.trips):
        start = 2 * model.lots + trip
        routes.behind[start] = start + model.trips
        routes.before[start + model.trips] = start
        refresh(model, routes, trip)


@compiled
def refresh(model: Model, routes: Routes, trip: int) -> None:
    """Compute the timetable of a route whose links have changed, and give it a new version."""
    ways = model.ways
    start = 2 * model.lots + trip
    end = start + model.trips
    node, length = start, 0.0
    routes.leaves[start] = model.opens[start]
    routes.kg[start] = routes.dm3[start] = 0.0
    while node != end:
        after = routes.behind[node]
        here, there = model.place[node], model.place[after]
        leg = way_length(ways, here, there)
        routes.leg[node] = leg
        length += leg
        arrives = routes.leaves[node] + way_time(ways, here, there)
        routes.leaves[after] = max(arrives, model.opens[after]) + model.service[after]
        routes.kg[after] = routes.kg[node] + model.kg[after]
        routes.dm3[after] = routes.dm3[node] + model.dm3[after]
        node = after
    routes.arrive_by[end] = model.closes[end]
    while node != start:
        after, node = node, routes.before[node]
        takes = way_time(ways, model.place[node], model.place[after]) + model.service[node]
        routes.arrive_by[node] = min(model.closes[node], routes.arrive_by[after] - takes)
    routes.length[trip] = length
    routes.clock[0] += 1
    routes.version[trip] = routes.clock[0]


@compiled
def cheapest_place(model: Model, routes: Routes, trip: int, lot: int) -> Place:
    """Return the cheapest way to put the lot into the route, ``added`` infinite if there is none.

    Rides over more than ``LONGEST_RIDE_STOPS`` stops of others are not tried. A pickup that
    alone adds more than the best place found is given up: ways that do not obey the triangle
    inequality can hide a better one.
    """
    ways = model.ways
    kg, dm3 = model.room_kg[trip] - model.kg[lot], model.room_dm3[trip] - model.dm3[lot]
    best = Place(model.longest[trip] - routes.length[trip] + ROUNDING, NOWHERE, NOWHERE)
    if kg < 0 or dm3 < 0:
        return Place(math.inf, NOWHERE, NOWHERE)
    node, pickup, closes = 2 * model.lots + trip, model.place[lot], model.closes[lot] + ROUNDING
    end = node + model.trips
    while node != end and routes.leaves[node] <= closes:
        after = routes.behind[node]
        if routes.kg[node] <= kg and routes.dm3[node] <= dm3:
            here = model.place[node]
            begins = max(routes.leaves[node] + way_time(ways, here, pickup), model.opens[lot])
            if begins <= closes:
                reach = way_length(ways, here, pickup)
                leaves = begins + model.service[lot]
                best = _side_by_side(model, routes, lot, node, reach, leaves, best)
                reach += way_length(ways, pickup, model.place[after]) - routes.leg[node]
                if after != end and reach < best.added:
                    best = _apart(model, routes, trip, lot, node, reach, leaves, best)
        node = after
    return Place(math.inf, NOWHERE, NOWHERE) if best.pickup_behind == NOWHERE else best


@compiled
def _side_by_side(  # noqa: PLR0917  # kernels take no keywords
    model: Model, routes: Routes, lot: int, node: int, reach: float, leaves: float, best: Place
) -> Place:
    """Return the better of ``best`` and pickup and delivery behind ``node`` at once."""
    ways, drop, after = model.ways, lot + model.lots, routes.behind[node]
    pickup, delivery, there = model.place[lot], model.place[drop], model.place[after]
    added = reach + way_length(ways, pickup, delivery) + way_length(ways, delivery, there)
    added -= routes.leg[node]
    if added >= best.added:
        return best
    begins = max(leaves + way_time(ways, pickup, delivery), model.opens[drop])
    arrives = begins + model.service[drop] + way_time(ways, delivery, there)
    if begins > model.closes[drop] + ROUNDING or arrives > routes.arrive_by[after] + ROUNDING:
        return best
    return Place(added, node, lot)


@compiled
def _apart(  # noqa: PLR0917  # kernels take no keywords
    model: Model,
    routes: Routes,
    trip: int,
    lot: int,
    node: int,
    reach: float,
    leaves: float,
    best: Place,
) -> Place:
    """Return the better of ``best`` and a pickup behind ``node`` with a later delivery."""
    ways, drop, end = model.ways, lot + model.lots, 2 * model.lots + model.trips + trip
    delivery, closes = model.place[drop], model.closes[drop] + ROUNDING
    kg, dm3 = model.room_kg[trip] - model.kg[lot], model.room_dm3[trip] - model.dm3[lot]
    at, now = routes.behind[node], leaves
    now += way_time(ways, model.place[lot], model.place[at])
    for _ in range(LONGEST_RIDE_STOPS):
        if at == end or now > routes.arrive_by[at] + ROUNDING:
            break
        if routes.kg[at] > kg or routes.dm3[at] > dm3:
            break
        now = max(now, model.opens[at]) + model.service[at]
        if now > closes:
            break
        after, here = routes.behind[at], model.place[at]
        there = model.place[after]
        added = reach + way_length(ways, here, delivery) + way_length(ways, delivery, there)
        added -= routes.leg[at]
        if added < best.added:
            begins = max(now + way_time(ways, here, delivery), model.opens[drop])
            arrives = begins + model.service[drop] + way_time(ways, delivery, there)
            if begins <= closes and arrives <= routes.arrive_by[after] + ROUNDING:
                best = Place(added, node, at)
        now += way_time(ways, here, there)
        at = after
    return best


@compiled
def link_behind(routes: Routes, node: int, before: int) -> None:
    """Put ``node`` into the list behind ``before``."""
    after = routes.behind[before]
    routes.behind[before], routes.before[node] = node, before
    routes.behind[node], routes.before[after] = after, node


@compiled
def unlink(routes: Routes, node: int) -> None:
    """Take ``node`` out of its list."""
    before, after = routes.before[node], routes.behind[node]
    routes.behind[before], routes.before[after] = after, before


@compiled
def insert_lot(model: Model, routes: Routes, trip: int, lot: int, place: Place) -> None:
    """Put the lot into the route at ``place``."""
    link_behind(routes, lot, place.pickup_behind)
    link_behind(routes, lot + model.lots, place.delivery_behind)
    routes.trip_of[lot] = trip
    refresh(model, routes, trip)


@compiled
def remove_lot(model: Model, routes: Routes, lot: int) -> None:
    """Take the lot out of its route; the caller refreshes the route afterwards."""
    unlink(routes, lot)
    unlink(routes, lot + model.lots)
    routes.trip_of[lot] = NOWHERE


@compiled
def is_kept(model: Model, routes: Routes, trip: int) -> bool:
    """Return whether a refreshed route keeps its windows, its room and its longest length."""
    start = 2 * model.lots + trip
    node, end = start, start + model.trips
    while node != end:
        node = routes.behind[node]
        begins = routes.leaves[node] - model.service[node]
        if begins > model.closes[node] + ROUNDING:
            return False
        if routes.kg[node] > model.room_kg[trip] or routes.dm3[node] > model.room_dm3[trip]:
            return False
    return bool(routes.length[trip] <= model.longest[trip] + ROUNDING)


@compiled
def write_route(model: Model, routes: Routes, trip: int, out: Ints) -> int:
    """Write the stops of a route into ``out``; return how many."""
    node, count = routes.behind[2 * model.lots + trip], 0
    while node < 2 * model.lots:
        out[count] = node
        count += 1
        node = routes.behind[node]
    return count


@compiled
def read_route(model: Model, routes: Routes, trip: int, stops: Ints) -> None:
    """Let the route consist of ``stops``; lots that it carried before are not told."""
    start = 2 * model.lots + trip
    node = start
    for stop in stops:
        routes.behind[node], routes.before[stop] = stop, node
        node = stop
        if stop < model.lots:
            routes.trip_of[stop] = trip
    routes.behind[node], routes.before[start + model.trips] = start + model.trips, node
    refresh(model, routes, trip)


@entry
def stops_of(model: Model, routes: Routes, trip: int) -> Ints:
    """Return the stops of a trip in order."""
    stops = np.empty(2 * model.lots, dtype=np.int64)
    return stops[: write_route(model, routes, trip, stops)].copy()


@entry
def set_route(model: Model, routes: Routes, trip: int, stops: Ints) -> None:
    """Let the route consist of ``stops``, and nothing else ride on the trip."""
    node = routes.behind[2 * model.lots + trip]
    while node < 2 * model.lots:
        if node < model.lots:
            routes.trip_of[node] = NOWHERE
        node = routes.behind[node]
    read_route(model, routes, trip, stops)
