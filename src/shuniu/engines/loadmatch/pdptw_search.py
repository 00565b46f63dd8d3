"""A fleet as small as possible, then its shortest tours."""

from __future__ import annotations

import numpy as np

from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.base.stopping import Budget, Rounds
from shuniu.engines.loadmatch.compiled import Floats, Ints, chance_state
from shuniu.engines.loadmatch.pdptw_plan import FleetPlan
from shuniu.engines.loadmatch.pdptw_problem import FleetProblem, Node
from shuniu.engines.loadmatch.pdptw_rounds import (
    Work,
    close_a_tour,
    keep_as_best,
    return_to_best,
    save_tours,
    shorten,
)
from shuniu.engines.loadmatch.pdptw_tours import Fleet, Tours, fleet_of, one_each

ROUNDS_AT_ONCE = 50
SAVING_SHARE = 0.35  # of the budget is spent on attempts to save one more tour
FIRST_HEAT, LAST_HEAT = 0.3, 0.003  # as a part of the mean length for one request


def solve_fleet(problem: FleetProblem, stop: Budget, seed: int) -> FleetPlan:
    """Return the best plan found until ``stop`` is spent; it always serves every request.

    The same problem, seed and number of rounds give the same plan. One round of the rule is
    ``ROUNDS_AT_ONCE`` rounds of the search.
    """
    if seed < 0:
        raise InvalidProblem(f"A seed is at least 0, not {seed}.")
    if len(problem.nodes) == 1:
        return FleetPlan((), 0.0)
    fleet = fleet_of(problem)
    work = new_work(fleet, seed)
    _save(work, stop)
    _shorten(work, stop)
    return _plan_of(problem, fleet, work.best)


def warm_fleet() -> None:
    """Plan a tiny fleet, so that all kernels are compiled and loaded."""
    depot = Node(0, 0, 0, 0, 100, 0, 0, 0)
    stops = [
        Node(3, at, load, 0, 90, 1, pickup, delivery)
        for at, load, pickup, delivery in ((1, 5, 0, 2), (2, -5, 1, 0), (3, 4, 0, 4), (4, -4, 3, 0))
    ]
    solve_fleet(FleetProblem(1, 10, (depot, *stops)), Rounds(4), 1)


def new_work(fleet: Fleet, seed: int) -> Work:
    """Return a search that begins with a tour for each request."""
    tours, kept, best = one_each(fleet), one_each(fleet), one_each(fleet)
    length = float(tours.length.sum())
    count = fleet.requests
    return Work(
        fleet=fleet,
        tours=tours,
        kept=kept,
        best=best,
        near=_near(fleet),
        absences=np.zeros(count, dtype=np.int64),
        open_tours=np.zeros(count, dtype=np.int64),
        pool=np.zeros(count, dtype=np.int64),
        key=np.zeros(count),
        ruined=np.zeros(count, dtype=np.int64),
        counts=np.zeros(2, dtype=np.int64),
        cost=np.array([length, length]),
        chance=chance_state(seed),
    )


def _near(fleet: Fleet) -> Ints:
    """Return the requests by nearness of like stops, and of any stops, to each request."""
    count = fleet.requests
    ways = fleet.ways
    first, last = slice(0, count), slice(count, 2 * count)
    like = ways[first, first] + ways[last, last]
    ends = np.minimum(ways[first, last], ways[first, last].T)
    nearest = np.minimum(np.minimum(ways[first, first], ways[last, last]), ends)
    return np.stack([_order(like), _order(nearest)])


def _order(apart: Floats) -> Ints:
    apart = apart.copy()
    np.fill_diagonal(apart, -1.0)
    return np.argsort(apart, axis=1, kind="stable")


def _save(work: Work, stop: Budget) -> None:
    """Close tours as long as their requests find a place on others."""
    heat = FIRST_HEAT * float(work.cost[0]) / work.fleet.requests / 10
    while not _is_over(work, stop):
        close_a_tour(work)
        while not save_tours(work, ROUNDS_AT_ONCE, heat):
            if _is_over(work, stop):
                return
        keep_as_best(work)


def _is_over(work: Work, stop: Budget) -> bool:
    """Return whether no further tour is worth trying to save."""
    used = int((np.bincount(work.best.tour_of) > 0).sum())
    return used == 1 or stop.share_used() >= SAVING_SHARE or stop.spent()


def _shorten(work: Work, stop: Budget) -> None:
    """Shorten the tours until the rule is spent."""
    return_to_best(work)
    begins, mean = stop.share_used(), float(work.cost[1]) / work.fleet.requests
    while not stop.spent():
        part = (stop.share_used() - begins) / max(1e-9, 1.0 - begins)
        shorten(work, ROUNDS_AT_ONCE, mean * FIRST_HEAT * (LAST_HEAT / FIRST_HEAT) ** part)


def _plan_of(problem: FleetProblem, fleet: Fleet, tours: Tours) -> FleetPlan:
    pickups = problem.pickups
    nodes = (*pickups, *(problem.nodes[n].delivery for n in pickups))
    routes, distance = [], 0.0
    for tour in range(fleet.tours):
        stop = before = 2 * fleet.requests + tour
        route = []
        while (stop := int(tours.behind[stop])) < 2 * fleet.requests:
            distance += float(fleet.ways[before, stop])
            route.append(nodes[stop])
            before = stop
        distance += float(fleet.ways[before, stop])
        if route:
            routes.append(tuple(route))
    return FleetPlan(tuple(routes), distance)
