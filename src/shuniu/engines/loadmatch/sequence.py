"""The shortest order of stops that carries a given set of lots on a trip, exactly.

Depth first over the orders, with the known stops of the set's parent as a first limit. A branch
is left when some stop that is still missing must come too late, or makes the route as long as
one already known, or when the same stops were done before, with the same one last, no later and
no longer (dominance, as in labels of Ropke and Cordeau 2009).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from shuniu.engines.loadmatch.compiled import Floats, Ints, compiled, copy_into
from shuniu.engines.loadmatch.model import ROUNDING, Model, way_length, way_time

MOST_LOTS = 14  # of one set
MOST_STEPS = 1_000_000  # of one search; longer ones are given up
FEWEST_REMEMBERED = 4  # lots of a set for which states are worth remembering
MEMORY = 1 << 16  # states remembered; a later one takes the place of an earlier
SCATTER = 0x9E3779B97F4A7C1


class Slips(NamedTuple):
    """By how much leaving a stop out can lengthen a route, in its unit of length and of time.

    Ways rounded to whole metres obey the triangle inequality but for that. With slip infinite
    nothing can be concluded from parts of a route.
    """

    length: float
    time: float


class Desk(NamedTuple):
    """Space to work in, for sets of up to ``MOST_LOTS`` lots: stop i of n is a pickup if i < n.

    Row and column ``2 * MOST_LOTS`` stand for the origin and the destination. ``into_length``
    and ``into_time`` are the least that reaching a stop takes, service included. ``state`` and what
    follows remember the stops done in the present of so many ``searches``.
    """

    length: Floats
    time: Floats
    opens: Floats
    closes: Floats
    service: Floats
    kg: Floats
    dm3: Floats
    order: Ints
    next_stop: Ints
    best: Ints
    when: Floats
    gone: Floats
    load_kg: Floats
    load_dm3: Floats
    into_length: Floats
    into_time: Floats
    state: Ints
    state_when: Floats
    state_gone: Floats
    searches: Ints


def new_desk() -> Desk:
    """Return space that one search at a time may use."""
    stops = 2 * MOST_LOTS + 1
    square, line = np.zeros((stops, stops)), np.zeros(stops)
    whole = np.zeros(stops, dtype=np.int64)
    return Desk(
        length=square,
        time=square.copy(),
        opens=line,
        closes=line.copy(),
        service=line.copy(),
        kg=line.copy(),
        dm3=line.copy(),
        order=whole,
        next_stop=whole.copy(),
        best=whole.copy(),
        when=line.copy(),
        gone=line.copy(),
        load_kg=line.copy(),
        load_dm3=line.copy(),
        into_length=line.copy(),
        into_time=line.copy(),
        state=np.full(MEMORY, -1, dtype=np.int64),
        state_when=np.zeros(MEMORY),
        state_gone=np.zeros(MEMORY),
        searches=np.zeros(1, dtype=np.int64),
    )


@compiled
def lay_out(model: Model, desk: Desk, trip: int, lots: Ints, count: int) -> None:
    """Write the ways and windows of a set of lots onto the desk."""
    ways, end = model.ways, 2 * MOST_LOTS
    origin = model.place[2 * model.lots + trip]
    destination = model.place[2 * model.lots + model.trips + trip]
    for i in range(2 * count):
        node = lots[i] if i < count else lots[i - count] + model.lots
        here = model.place[node]
        desk.opens[i], desk.closes[i] = model.opens[node], model.closes[node]
        desk.service[i] = model.service[node]
        desk.kg[i], desk.dm3[i] = model.kg[node], model.dm3[node]
        desk.length[end, i] = way_length(ways, origin, here)
        desk.time[end, i] = way_time(ways, origin, here)
        desk.length[i, end] = way_length(ways, here, destination)
        desk.time[i, end] = way_time(ways, here, destination)
        for j in range(2 * count):
            other = lots[j] if j < count else lots[j - count] + model.lots
            if i != j:
                desk.length[i, j] = way_length(ways, here, model.place[other])
                desk.time[i, j] = way_time(ways, here, model.place[other])
    _lay_out_least(desk, 2 * count)


@compiled
def _lay_out_least(desk: Desk, stops: int) -> None:
    """Write the least ways into each stop, and into the destination."""
    end = 2 * MOST_LOTS
    desk.into_length[end], desk.into_time[end] = math.inf, math.inf
    for stop in range(stops):
        length, time = desk.length[end, stop], desk.time[end, stop]
        for before in range(stops):
            if before != stop:
                length = min(length, desk.length[before, stop])
                time = min(time, desk.time[before, stop])
        desk.into_length[stop], desk.into_time[stop] = length, time + desk.service[stop]
        desk.into_length[end] = min(desk.into_length[end], desk.length[stop, end])
        desk.into_time[end] = min(desk.into_time[end], desk.time[stop, end])


@compiled
def shortest_order(  # noqa: PLR0917  # kernels take no keywords
    model: Model, desk: Desk, slips: Slips, trip: int, count: int, limit: float
) -> float:
    """Return the least length below ``limit`` of a route with the lots on the desk, or infinity.

    The order is in ``desk.best``, which stays as it is if there is none. NaN tells that
    ``MOST_STEPS`` were not enough.
    """
    end, stops = 2 * MOST_LOTS, 2 * count
    room_kg, room_dm3 = model.room_kg[trip], model.room_dm3[trip]
    ends_by = model.closes[2 * model.lots + model.trips + trip] + ROUNDING
    best, depth, done, steps = limit, 0, 0, 0
    found = False
    start = model.opens[2 * model.lots + trip]
    desk.next_stop[0] = 0
    desk.searches[0] = (desk.searches[0] + 1) % (1 << 29)
    while depth >= 0:
        stop = desk.next_stop[depth]
        if stop == stops:
            depth -= 1
            if depth >= 0:
                done &= ~(1 << desk.order[depth])
            continue
        desk.next_stop[depth] = stop + 1
        if done >> stop & 1 or (stop >= count and not done >> (stop - count) & 1):
            continue
        steps += 1
        before = desk.order[depth - 1] if depth else end
        kg = (desk.load_kg[depth - 1] if depth else 0.0) + desk.kg[stop]
        dm3 = (desk.load_dm3[depth - 1] if depth else 0.0) + desk.dm3[stop]
        now = (desk.when[depth - 1] if depth else start) + desk.time[before, stop]
        gone = (desk.gone[depth - 1] if depth else 0.0) + desk.length[before, stop]
        now = max(now, desk.opens[stop])
        if kg > room_kg or dm3 > room_dm3 or now > desk.closes[stop] + ROUNDING:
            continue
        now += desk.service[stop]
        done |= 1 << stop
        if depth == stops - 1:
            gone += desk.length[stop, end]
            if gone < best and now + desk.time[stop, end] <= ends_by:
                best, found = gone, True
                desk.order[depth] = stop
                copy_into(desk.best, desk.order[:stops])
            done &= ~(1 << stop)
        elif _is_dominated(desk, count, done, stop, now, gone) or _is_hopeless(
            desk, slips, stops, done, stop, now, gone, best, ends_by
        ):
            done &= ~(1 << stop)
        else:
            desk.order[depth], desk.when[depth], desk.gone[depth] = stop, now, gone
            desk.load_kg[depth], desk.load_dm3[depth] = kg, dm3
            depth += 1
            desk.next_stop[depth] = 0
        if steps > MOST_STEPS:
            return math.nan
    return best if found else math.inf


@compiled
def _is_dominated(  # noqa: PLR0917  # kernels take no keywords
    desk: Desk, count: int, done: int, stop: int, now: float, gone: float
) -> bool:
    """Return whether a state no worse was seen in this search; if not, remember this one."""
    if count < FEWEST_REMEMBERED:
        return False
    state = (desk.searches[0] << 33) | (done << 5) | stop
    slot = ((((done << 5) | stop) * SCATTER) >> 20) & (MEMORY - 1)
    if desk.state[slot] == state and desk.state_when[slot] <= now and desk.state_gone[slot] <= gone:
        return True
    desk.state[slot], desk.state_when[slot], desk.state_gone[slot] = state, now, gone
    return False


@compiled
def _is_hopeless(  # noqa: PLR0917  # kernels take no keywords
    desk: Desk,
    slips: Slips,
    stops: int,
    done: int,
    stop: int,
    now: float,
    gone: float,
    best: float,
    ends_by: float,
) -> bool:
    """Return whether some lot that is not delivered cannot be, in time or short enough."""
    end, half = 2 * MOST_LOTS, stops // 2
    arrives, length = now + desk.into_time[end], gone + desk.into_length[end]
    for missing in range(stops):
        if not done >> missing & 1:
            arrives += desk.into_time[missing]
            length += desk.into_length[missing]
    if length >= best or arrives > ends_by:
        return True
    slack, spare = slips.length * stops, slips.time * stops
    for lot in range(half):
        drop, at, then, way = lot + half, stop, now - spare, gone - slack
        if done >> drop & 1:
            continue
        if not done >> lot & 1:
            way += desk.length[stop, lot]
            then = max(then + desk.time[stop, lot], desk.opens[lot])
            if then > desk.closes[lot] + ROUNDING:
                return True
            then += desk.service[lot]
            at = lot
        way += desk.length[at, drop] + desk.length[drop, end]
        then = max(then + desk.time[at, drop], desk.opens[drop])
        if way >= best or then > desk.closes[drop] + ROUNDING:
            return True
        if then + desk.service[drop] + desk.time[drop, end] > ends_by:
            return True
    return False


@compiled
def insert_last(model: Model, desk: Desk, trip: int, order: Ints, count: int) -> float:
    """Return the length of ``order`` with the last lot of the desk put in at its best place.

    ``order`` has the stops of the other lots, numbered for ``count - 1`` lots. The new order is in
    ``desk.best``; infinite if there is none, which proves nothing.
    """
    best, stops = math.inf, 2 * count
    for first in range(stops - 1):
        for last in range(first + 1, stops):
            _merge(desk, order, count, first, last)
            length = _driven(model, desk, trip, stops)
            if length < best:
                best = length
                copy_into(desk.best, desk.order[:stops])
    return best


@compiled
def _merge(desk: Desk, order: Ints, count: int, first: int, last: int) -> None:
    """Write ``order`` into the desk, the last lot's stops at positions ``first`` and ``last``."""
    taken = 0
    for at in range(2 * count):
        if at == first:
            desk.order[at] = count - 1
        elif at == last:
            desk.order[at] = 2 * count - 1
        else:
            stop = order[taken]
            desk.order[at] = stop if stop < count - 1 else stop + 1
            taken += 1


@compiled
def _driven(model: Model, desk: Desk, trip: int, stops: int) -> float:
    """Return the length of the desk's order, infinite if it is late or overloaded."""
    at, length, kg, dm3 = 2 * MOST_LOTS, 0.0, 0.0, 0.0
    now = model.opens[2 * model.lots + trip]
    for stop in desk.order[:stops]:
        length += desk.length[at, stop]
        now = max(now + desk.time[at, stop], desk.opens[stop])
        kg += desk.kg[stop]
        dm3 += desk.dm3[stop]
        if now > desk.closes[stop] + ROUNDING or kg > model.room_kg[trip]:
            return math.inf
        if dm3 > model.room_dm3[trip]:
            return math.inf
        now += desk.service[stop]
        at = stop
    if now + desk.time[at, 2 * MOST_LOTS] > model.closes[2 * model.lots + model.trips + trip] + (
        ROUNDING
    ):
        return math.inf
    return length + float(desk.length[at, 2 * MOST_LOTS])
