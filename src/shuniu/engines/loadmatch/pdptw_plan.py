"""The answer to a fleet problem, and an independent check of it."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass

from shuniu.engines.loadmatch.pdptw_problem import FleetProblem

ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class FleetPlan:
    """Routes of node numbers without the depot, and their total length. Every request is served."""

    routes: tuple[tuple[int, ...], ...]
    distance: float


def text_of_fleet_plan(plan: FleetPlan) -> str:
    """Return the plan as one line of JSON with a line break."""
    routes = [list(route) for route in plan.routes]
    return json.dumps({"routes": routes, "distance": plan.distance}) + "\n"


def broken_fleet_rule(problem: FleetProblem, plan: FleetPlan) -> str | None:
    """Return the first rule that ``plan`` breaks, as a sentence with its place, or None."""
    distance = 0.0
    for number, route in enumerate(plan.routes):
        broken, length = _drive(problem, route)
        if broken is not None:
            return f"route {number}: {broken}"
        distance += length
    visited = sorted(node for route in plan.routes for node in route)
    if visited != list(range(1, len(problem.nodes))):
        return "the routes do not visit every node once"
    if not math.isclose(distance, plan.distance, rel_tol=1e-9, abs_tol=ROUNDING):
        return f"claims a distance of {plan.distance}, drives {distance}"
    return None


def _drive(problem: FleetProblem, route: tuple[int, ...]) -> tuple[str | None, float]:
    """Return the first rule that the route breaks, or None, and its length."""
    depot = problem.nodes[0]
    at, now, load, length = depot, depot.opens, 0.0, 0.0
    seen: set[int] = set()
    for number in (*route, 0):
        if not 0 <= number < len(problem.nodes):
            return f"node {number} is unknown", length
        node = problem.nodes[number]
        step = math.dist((at.x, at.y), (node.x, node.y))
        length += step
        now = max(now + step, node.opens)
        if now > node.closes + ROUNDING:
            return f"node {number} is visited {now - node.closes:.6f} too late", length
        if node.pickup and node.pickup not in seen:
            return f"delivery {number} comes before or without its pickup", length
        if node.delivery and node.delivery not in route:
            return f"pickup {number} is never delivered", length
        seen.add(number)
        now, load, at = now + node.service, load + node.demand, node
        if load > problem.capacity + ROUNDING:
            return f"overloaded at node {number}", length
    return None, length
