"""The tours of a fleet while a search works on them, and the cheapest way in for a request.

References
----------
Savelsbergh, M. W. P. (1992). The Vehicle Routing Problem with Time Windows: Minimizing Route
Duration. *ORSA Journal on Computing* 4 (2), 146-154. https://doi.org/10.1287/ijoc.4.2.146
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from shuniu.engines.loadmatch.compiled import Floats, Ints, Words, building, drawn, entry
from shuniu.engines.loadmatch.pdptw_problem import FleetProblem

ABSENT = -1
ROUNDING = 1e-7


class Fleet(NamedTuple):
    """A fleet problem as arrays.

    Request r is picked up at stop ``r`` and delivered at ``requests + r``. Tour k begins at stop
    ``2 * requests + k`` and ends ``tours`` stops later. ``ways`` has shape (stops, stops), the
    others shape (stops,); ``load`` is what is loaded, below 0 at a delivery.
    """

    requests: int
    tours: int
    capacity: float
    ways: Floats
    opens: Floats
    closes: Floats
    service: Floats
    load: Floats


class Tours(NamedTuple):
    """The state of all tours, as linked lists of stops.

    ``leaves``: when a stop is left; ``arrive_by``: the latest arrival that keeps the rest;
    ``aboard``: the load behind a stop. ``tour_of`` has shape (requests,), ``ABSENT`` where nobody
    serves the request; ``length`` has shape (tours,).
    """

    behind: Ints
    before: Ints
    leaves: Floats
    arrive_by: Floats
    aboard: Floats
    tour_of: Ints
    length: Floats


class Way(NamedTuple):
    """The cheapest way into a tour: the added length, and the stops to go behind."""

    added: float
    tour: int
    pickup_behind: int
    delivery_behind: int


def fleet_of(problem: FleetProblem) -> Fleet:
    """Return the problem as arrays, with a tour for each request."""
    pickups = problem.pickups
    count = len(pickups)
    numbers = [*pickups, *(problem.nodes[n].delivery for n in pickups), *([0] * 2 * count)]
    nodes = [problem.nodes[n] for n in numbers]
    x, y = np.array([node.x for node in nodes]), np.array([node.y for node in nodes])
    return Fleet(
        requests=count,
        tours=count,
        capacity=problem.capacity,
        ways=np.hypot(x[:, None] - x[None, :], y[:, None] - y[None, :]),
        opens=np.array([node.opens for node in nodes], dtype=np.float64),
        closes=np.array([node.closes for node in nodes], dtype=np.float64),
        service=np.array([node.service for node in nodes], dtype=np.float64),
        load=np.array([node.demand for node in nodes], dtype=np.float64),
    )


def one_each(fleet: Fleet) -> Tours:
    """Return the state in which each request has a tour of its own."""
    stops = len(fleet.opens)
    tours = Tours(
        behind=np.zeros(stops, dtype=np.int64),
        before=np.zeros(stops, dtype=np.int64),
        leaves=np.zeros(stops),
        arrive_by=np.zeros(stops),
        aboard=np.zeros(stops),
        tour_of=np.arange(fleet.requests, dtype=np.int64),
        length=np.zeros(fleet.tours),
    )
    link_one_each(fleet, tours)
    return tours


@entry
def link_one_each(fleet: Fleet, tours: Tours) -> None:
    """Let tour k serve request k alone."""
    for tour in range(fleet.tours):
        first = 2 * fleet.requests + tour
        tours.behind[first] = first + fleet.tours
        tours.before[first + fleet.tours] = first
        _link(tours, tour, first)
        _link(tours, tour + fleet.requests, tour)
        time_tour(fleet, tours, tour)


@entry
def copy_tours(tours: Tours, into: Tours) -> None:
    """Make ``into`` the same as ``tours``."""
    into.behind[:] = tours.behind
    into.before[:] = tours.before
    into.leaves[:] = tours.leaves
    into.arrive_by[:] = tours.arrive_by
    into.aboard[:] = tours.aboard
    into.tour_of[:] = tours.tour_of
    into.length[:] = tours.length


@building
def _link(tours: Tours, stop: int, before: int) -> None:
    after = tours.behind[before]
    tours.behind[before], tours.before[stop] = stop, before
    tours.behind[stop], tours.before[after] = after, stop


@building
def time_tour(fleet: Fleet, tours: Tours, tour: int) -> None:
    """Compute the timetable of a tour whose links have changed."""
    first = 2 * fleet.requests + tour
    last = first + fleet.tours
    stop, length = first, 0.0
    tours.leaves[first], tours.aboard[first] = fleet.opens[first], 0.0
    while stop != last:
        after = tours.behind[stop]
        way = fleet.ways[stop, after]
        length += way
        begins = max(tours.leaves[stop] + way, fleet.opens[after])
        tours.leaves[after] = begins + fleet.service[after]
        tours.aboard[after] = tours.aboard[stop] + fleet.load[after]
        stop = after
    tours.arrive_by[last] = fleet.closes[last]
    while stop != first:
        after, stop = stop, tours.before[stop]
        takes = fleet.ways[stop, after] + fleet.service[stop]
        tours.arrive_by[stop] = min(fleet.closes[stop], tours.arrive_by[after] - takes)
    tours.length[tour] = length


@building
def serve(fleet: Fleet, tours: Tours, request: int, way: Way) -> None:
    """Put the request into its tour."""
    _link(tours, request, way.pickup_behind)
    _link(tours, request + fleet.requests, way.delivery_behind)
    tours.tour_of[request] = way.tour
    time_tour(fleet, tours, way.tour)


@building
def leave_out(fleet: Fleet, tours: Tours, request: int) -> None:
    """Take the request out of its tour; the caller times the tour afterwards."""
    for stop in (request, request + fleet.requests):
        before, after = tours.before[stop], tours.behind[stop]
        tours.behind[before], tours.before[after] = after, before
    tours.tour_of[request] = ABSENT


@building
def cheapest_way(  # noqa: PLR0917  # kernels take no keywords
    fleet: Fleet, tours: Tours, tour: int, request: int, best: Way, chance: Words, blink: float
) -> Way:
    """Return the better of ``best`` and the cheapest way into a tour.

    A place for the pickup is overlooked with the chance ``blink``.
    """
    stop = 2 * fleet.requests + tour
    last, drop = stop + fleet.tours, request + fleet.requests
    room = fleet.capacity - fleet.load[request]
    closes = fleet.closes[request] + ROUNDING
    direct = fleet.ways[request, drop]
    while stop != last and tours.leaves[stop] <= closes:
        after = tours.behind[stop]
        if tours.aboard[stop] <= room and (blink <= 0.0 or drawn(chance) >= blink):
            reach = fleet.ways[stop, request]
            begins = max(tours.leaves[stop] + reach, fleet.opens[request])
            if begins <= closes:
                leaves, leg = begins + fleet.service[request], fleet.ways[stop, after]
                added = reach + direct + fleet.ways[drop, after] - leg
                if added < best.added and _is_kept(fleet, tours, request, drop, leaves, after):
                    best = Way(added, tour, stop, request)
                reach += fleet.ways[request, after] - leg
                if after != last and reach < best.added:
                    best = _later(fleet, tours, tour, request, stop, reach, leaves, best)
        stop = after
    return best


@building
def _is_kept(  # noqa: PLR0917  # kernels take no keywords
    fleet: Fleet, tours: Tours, stop: int, drop: int, leaves: float, after: int
) -> bool:
    """Return whether going from ``stop`` over ``drop`` to ``after`` keeps all windows."""
    begins = max(leaves + fleet.ways[stop, drop], fleet.opens[drop])
    if begins > fleet.closes[drop] + ROUNDING:
        return False
    arrives = begins + fleet.service[drop] + fleet.ways[drop, after]
    return bool(arrives <= tours.arrive_by[after] + ROUNDING)


@building
def _later(  # noqa: PLR0917  # kernels take no keywords
    fleet: Fleet,
    tours: Tours,
    tour: int,
    request: int,
    first: int,
    reach: float,
    leaves: float,
    best: Way,
) -> Way:
    """Return the better of ``best`` and a pickup behind ``first`` with a later delivery."""
    last, drop = 2 * fleet.requests + fleet.tours + tour, request + fleet.requests
    room = fleet.capacity - fleet.load[request]
    stop = tours.behind[first]
    now = leaves + fleet.ways[request, stop]
    while stop != last:
        if now > tours.arrive_by[stop] + ROUNDING or tours.aboard[stop] > room:
            break
        now = max(now, fleet.opens[stop]) + fleet.service[stop]
        if now > fleet.closes[drop] + ROUNDING:
            break
        after = tours.behind[stop]
        added = reach + fleet.ways[stop, drop] + fleet.ways[drop, after] - fleet.ways[stop, after]
        if added < best.added and _is_kept(fleet, tours, stop, drop, now, after):
            best = Way(added, tour, first, stop)
        now += fleet.ways[stop, after]
        stop = after
    return best


def no_way() -> Way:
    """Return the way of a request that finds none."""
    return Way(math.inf, ABSENT, ABSENT, ABSENT)
