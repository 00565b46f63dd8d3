"""Compiling or loading every kernel, before time counts."""

from __future__ import annotations

import numpy as np

from shuniu.engines.base.stopping import Rounds
from shuniu.engines.loadmatch.live import LiveDay
from shuniu.engines.loadmatch.plan import Plan
from shuniu.engines.loadmatch.prices import plan_prices
from shuniu.engines.loadmatch.problem import NO_WAYS, Problem, Shipment, Sphere, Trip
from shuniu.engines.loadmatch.solve import solve

ROUNDS = 60


def warm_freight() -> None:
    """Plan two tiny days and go on with them, so that all kernels are compiled and loaded."""
    points = np.array([[0.0, 0.0], [0.0, 0.3], [0.0, 0.6], [0.1, 0.3]])
    sphere = Problem(
        _trips(),
        _lots(),
        NO_WAYS,
        NO_WAYS,
        600,
        Sphere(points, 1.0, 36.0),
        is_rounded=True,
        seconds_per_metre=0.1,
    )
    ways = np.full((4, 4), 30_000)
    np.fill_diagonal(ways, 0)
    ways[0, 2] = 90_000
    for problem in (sphere, Problem(_trips(), _lots(), ways, ways // 10, 600)):
        _warm_what_follows(problem, solve(problem, Rounds(ROUNDS), 1))


def _warm_what_follows(problem: Problem, plan: Plan) -> None:
    """Price the plan of a day, and let it go on."""
    plan_prices(problem, plan)
    day = LiveDay(problem, plan, 1)
    day.withdraw("S0")
    day.arrive(problem.shipments[0])
    day.trip_leaves("T0")
    day.trip_arrives(problem.trips[0])


def _trips() -> tuple[Trip, ...]:
    return tuple(Trip(f"T{n}", 0, 2, 0, 0, 30_000, 100, 100, 90_000, 10) for n in range(2))


def _lots() -> tuple[Shipment, ...]:
    window = (0, 30_000, 0, 30_000)
    ends = ((0, 1), (1, 2), (0, 2), (3, 2), (0, 3), (1, 3))
    return tuple(
        Shipment(f"S{n}", *ends[n % 6], *window, 40 + n, 10, 900 + 7 * n) for n in range(9)
    )
