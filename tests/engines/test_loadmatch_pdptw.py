from __future__ import annotations

import itertools
import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.base.stopping import Rounds
from shuniu.engines.loadmatch.pdptw_plan import (
    FleetPlan,
    broken_fleet_rule,
    text_of_fleet_plan,
)
from shuniu.engines.loadmatch.pdptw_problem import FleetProblem, Node, fleet_problem_from_text
from shuniu.engines.loadmatch.pdptw_search import solve_fleet

# Two requests on one road: 1 to 2 on the way out, 3 to 4 on the way back.
TEXT = """2 10 1
0 0 0 0 0 100 0 0 0
1 10 0 5 0 90 1 0 2
2 20 0 -5 0 90 1 1 0
3 20 0 10 0 90 1 0 4
4 10 0 -10 0 90 1 3 0
"""


def test_one_vehicle_serves_what_it_can_serve() -> None:
    problem = fleet_problem_from_text(TEXT)

    plan = solve_fleet(problem, Rounds(20), seed=1)

    assert plan == FleetPlan(((1, 2, 3, 4),), 40.0)


def test_the_search_goes_on_after_a_phase_of_shortening() -> None:
    problem = fleet_problem_from_text(TEXT)

    assert solve_fleet(problem, Rounds(900), seed=1) == FleetPlan(((1, 2, 3, 4),), 40.0)


def test_two_vehicles_go_where_one_would_be_late() -> None:
    text = TEXT.replace("1 10 0 5 0 90", "1 10 0 5 0 15")
    problem = fleet_problem_from_text(text.replace("4 10 0 -10 0 90", "4 10 0 -10 0 32"))

    plan = solve_fleet(problem, Rounds(20), seed=1)

    assert (sorted(plan.routes), plan.distance) == ([(1, 2), (3, 4)], 80.0)


def test_a_spent_rule_gives_each_request_its_vehicle() -> None:
    plan = solve_fleet(fleet_problem_from_text(TEXT), Rounds(0), seed=1)

    assert plan == FleetPlan(((1, 2), (3, 4)), 80.0)


def test_a_depot_alone_needs_nobody() -> None:
    problem = fleet_problem_from_text("1 5 1\n0 0 0 0 0 10 0 0 0\n")

    plan = solve_fleet(problem, Rounds(5), seed=1)

    assert (plan, broken_fleet_rule(problem, plan)) == (FleetPlan((), 0.0), None)


def test_the_same_seed_and_rounds_give_the_same_plan() -> None:
    problem = random_fleet(seed=4, requests=12)

    assert solve_fleet(problem, Rounds(60), seed=2) == solve_fleet(problem, Rounds(60), seed=2)


def test_a_plan_is_written_as_routes_and_distance() -> None:
    assert json.loads(text_of_fleet_plan(FleetPlan(((1, 2),), 2.5))) == {
        "routes": [[1, 2]],
        "distance": 2.5,
    }


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6))
def test_every_plan_is_accepted_by_the_independent_checker(seed: int) -> None:
    problem = random_fleet(seed=seed, requests=10)

    plan = solve_fleet(problem, Rounds(25), seed=seed)

    assert broken_fleet_rule(problem, plan) is None


def test_tiny_fleets_come_close_to_the_optimum_and_never_below() -> None:
    vehicles = fewest = 0
    distance = least = 0.0
    for seed in range(6):
        problem = random_fleet(seed=seed, requests=3)
        plan, best = solve_fleet(problem, Rounds(400), seed=1), best_fleet(problem)
        assert (len(plan.routes), plan.distance) >= (best[0], best[1] - 1e-6)
        vehicles, distance = vehicles + len(plan.routes), distance + plan.distance
        fewest, least = fewest + best[0], least + best[1]

    assert vehicles == fewest
    assert distance <= 1.01 * least


@pytest.mark.parametrize(
    ("routes", "distance", "sentence"),
    [
        (((9,),), 0.0, "route 0: node 9 is unknown"),
        (((2, 1),), 0.0, "route 0: delivery 2 comes before or without its pickup"),
        (((1,),), 0.0, "route 0: pickup 1 is never delivered"),
        (((1, 3, 2, 4),), 0.0, "route 0: overloaded at node 3"),
        (((1, 2),), 40.0, "the routes do not visit every node once"),
        (((1, 2, 3, 4),), 41.0, "claims a distance of 41.0, drives 40.0"),
    ],
)
def test_the_checker_names_the_first_broken_rule(
    routes: tuple[tuple[int, ...], ...], distance: float, sentence: str
) -> None:
    problem = fleet_problem_from_text(TEXT)

    assert broken_fleet_rule(problem, FleetPlan(routes, distance)) == sentence


def test_the_checker_sees_lateness() -> None:
    problem = fleet_problem_from_text(TEXT.replace("4 10 0 -10 0 90", "4 10 0 -10 0 32"))

    broken = broken_fleet_rule(problem, FleetPlan(((1, 2, 3, 4),), 40.0))

    assert broken == "route 0: node 4 is visited 1.000000 too late"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (TEXT, "", "line 1: vehicles and capacity are missing"),
        (TEXT, "2 10 1\n", "node 0: the depot is missing"),
        ("2 10 1", "2.5 10 1", "line 1: vehicles: '2.5' is no whole number from 0 on"),
        ("2 10 1", "2 -1 1", "line 1: capacity is -1; it must be at least 0"),
        ("2 10 1", "2 nan 1", "line 1: capacity: 'nan' is no number of a usable size"),
        ("1 10 0 5 0 90 1 0 2", "1 10 0 5 0 90 1 0", "line 3: 8 fields; a node has 9"),
        ("1 10 0 5", "7 10 0 5", "line 3: node 7 stands where 1 belongs"),
        ("1 10 0 5", "1 x 0 5", "line 3: 'x' is no number of a usable size"),
        ("0 0 0 0 0 100", "0 0 0 1 0 100", "node 0: the depot neither loads nor unloads"),
        ("5 0 90 1 0 2", "5 91 90 1 0 2", "node 1: it closes at 90, before it opens at 91"),
        ("5 0 90 1 0 2", "5 0 90 -1 0 2", "node 1: service is -1; at least 0 is needed"),
        ("5 0 90 1 0 2", "5 0 90 1 0 0", "node 1: it must name its pickup or its delivery"),
        ("5 0 90 1 0 2", "5 0 90 1 0 8", "node 1: it must name its pickup or its delivery"),
        ("5 0 90 1 0 2", "5 0 90 1 0 4", "node 1: node 4 does not name it back"),
        ("1 10 0 5", "1 10 0 6", "node 1: it loads 6, node 2 unloads 5"),
        ("2 10 1", "2 4 1", "request 1 to 2: 5 is over the capacity 4"),
        (
            "5 0 90 1 0 2",
            "5 0 9 1 0 2",
            "request 1 to 2: its pickup is 1 too late even for a vehicle of its own",
        ),
    ],
)
def test_a_contradiction_is_refused_with_its_place(old: str, new: str, sentence: str) -> None:
    with pytest.raises(InvalidProblem, match=f"^{sentence}"):
        fleet_problem_from_text(TEXT.replace(old, new))


def test_too_many_nodes_are_refused() -> None:
    node = Node(0, 0, 0, 0, 10, 0, 0, 0)

    with pytest.raises(InvalidProblem, match=r"^2501 nodes; this solver takes 2500\.$"):
        FleetProblem(1, 1, (node,) * 2501)


def random_fleet(*, seed: int, requests: int) -> FleetProblem:
    """Return an invented problem in which each request can be served alone."""
    chance = np.random.default_rng(seed)
    nodes = [Node(50, 50, 0, 0, 1000, 0, 0, 0)]
    for request in range(requests):
        pickup, delivery = 2 * request + 1, 2 * request + 2
        demand = float(chance.integers(1, 8))
        opens = float(chance.integers(0, 300))
        closes = opens + 150 + float(chance.integers(0, 200))
        x, y, to_x, to_y = chance.integers(0, 100, 4).tolist()
        nodes.append(Node(x, y, demand, opens, closes, 5, 0, delivery))
        nodes.append(Node(to_x, to_y, -demand, opens, closes + 300, 5, pickup, 0))
    return FleetProblem(requests, 10, tuple(nodes))


def best_fleet(problem: FleetProblem) -> tuple[int, float]:
    """Return the fewest vehicles and their least distance by trying everything."""
    pickups = problem.pickups
    alone = {
        chosen: _shortest(problem, chosen)
        for size in range(1, len(pickups) + 1)
        for chosen in itertools.combinations(pickups, size)
    }
    best = (len(pickups) + 1, math.inf)
    for groups in itertools.product(range(len(pickups)), repeat=len(pickups)):
        parts = [
            tuple(p for p, group in zip(pickups, groups, strict=True) if group == number)
            for number in sorted(set(groups))
        ]
        best = min(best, (len(parts), sum(alone[part] for part in parts)))
        if math.isinf(best[1]):
            best = (len(pickups) + 1, math.inf)
    return best


def _shortest(problem: FleetProblem, pickups: tuple[int, ...]) -> float:
    stops = [*pickups, *(problem.nodes[p].delivery for p in pickups)]
    return min(_length_if_kept(problem, order) for order in itertools.permutations(stops))


def _length_if_kept(problem: FleetProblem, order: tuple[int, ...]) -> float:
    at, now, load, length = problem.nodes[0], problem.nodes[0].opens, 0.0, 0.0
    for place, number in enumerate((*order, 0)):
        node = problem.nodes[number]
        step = math.hypot(node.x - at.x, node.y - at.y)
        now = max(now + step, node.opens)
        load += node.demand
        too_soon = node.pickup and node.pickup not in order[:place]
        if now > node.closes or load > problem.capacity or too_soon:
            return math.inf
        now, at, length = now + node.service, node, length + step
    return length
