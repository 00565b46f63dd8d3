from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from shuniu.engines.loadmatch.check import broken_rule
from shuniu.engines.loadmatch.plan import Action, Plan, Route, Stop
from shuniu.engines.loadmatch.problem import Problem, Shipment, Trip

PICKUP, DELIVERY = Action.PICKUP, Action.DELIVERY

# Places 0 to 4 stand on a road, 10 km apart; a metre takes a tenth of a second.
ROAD_M = 10_000 * np.abs(np.arange(5)[:, None] - np.arange(5)[None, :])
TRIP = Trip(
    id="T",
    origin=0,
    destination=4,
    depart_earliest_s=0,
    depart_latest_s=1000,
    arrive_latest_s=20_000,
    spare_kg=1000,
    spare_dm3=1000,
    max_detour_m=20_000,
    cost_fen_per_km=100,
)
LOT = Shipment(
    id="S",
    pickup=1,
    delivery=3,
    pickup_earliest_s=0,
    pickup_latest_s=20_000,
    delivery_earliest_s=0,
    delivery_latest_s=20_000,
    kg=600,
    dm3=100,
    value_fen=5000,
)


def day(trips: list[Trip], lots: list[Shipment]) -> Problem:
    return Problem(tuple(trips), tuple(lots), ROAD_M, ROAD_M // 10, 100)


def plan_of(*stops: tuple[Action, str], detour_m: int = 0, saving_fen: float = 5000.0) -> Plan:
    route = Route("T", tuple(Stop(*stop) for stop in stops), detour_m, saving_fen)
    return Plan((route,), saving_fen, saving_fen, ())


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [
        (
            replace(plan_of(), routes=(Route("X", (), 0, 0.0),)),
            "trip X: unknown, or used twice",
        ),
        (plan_of((PICKUP, "X")), "trip T: unknown shipments ['X']"),
        (plan_of((DELIVERY, "S")), "trip T: delivery of S: not on board"),
        (plan_of((PICKUP, "S")), "trip T: never delivers ['S']"),
        (plan_of((PICKUP, "S"), (PICKUP, "S")), "trip T: pickup of S: carried twice"),
        (
            plan_of((PICKUP, "S"), (PICKUP, "B"), (DELIVERY, "S"), (DELIVERY, "B")),
            "trip T: pickup of B: overloaded",
        ),
        (
            plan_of((PICKUP, "C"), (DELIVERY, "C")),
            "trip T: pickup of C: the truck lacks ['crane']",
        ),
        (plan_of((PICKUP, "L"), (DELIVERY, "L")), "trip T: pickup of L: 1 s too late"),
        (
            plan_of((PICKUP, "F"), (DELIVERY, "F")),
            "trip T: detour of 60000 m, 20000 m are allowed",
        ),
        (
            plan_of((PICKUP, "S"), (DELIVERY, "S"), detour_m=1),
            "trip T: claims a detour of 1 m, drives 0 m",
        ),
        (
            plan_of((PICKUP, "S"), (DELIVERY, "S"), saving_fen=1.0),
            "trip T: claims 1.0 fen, saves 5000.0 fen",
        ),
        (
            plan_of((PICKUP, "S"), (DELIVERY, "S")),
            "the plan does not name every shipment once, as carried or as left behind",
        ),
    ],
)
def test_the_checker_names_the_first_broken_rule(plan: Plan, sentence: str) -> None:
    lots = [
        LOT,
        replace(LOT, id="B"),
        replace(LOT, id="C", requires=frozenset({"crane"})),
        replace(LOT, id="L", pickup_latest_s=999),
        replace(LOT, id="F", pickup=4, delivery=1),
    ]

    assert broken_rule(day([TRIP], lots), plan) == sentence


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"saving_fen": 1.0}, "the plan claims 1.0 fen, its routes 5000.0 fen"),
        ({"upper_bound_fen": 1.0}, "the bound 1.0 fen lies below the plan's 5000.0 fen"),
    ],
)
def test_the_checker_sees_a_false_account(changes: dict[str, Any], sentence: str) -> None:
    plan = replace(plan_of((PICKUP, "S"), (DELIVERY, "S")), **changes)

    assert broken_rule(day([TRIP], [LOT]), plan) == sentence


def test_the_checker_sees_a_late_arrival() -> None:
    trip = replace(TRIP, arrive_latest_s=4199)  # 40 km and two services take 4200 s

    broken = broken_rule(day([trip], [LOT]), plan_of((PICKUP, "S"), (DELIVERY, "S")))

    assert broken == "trip T: arrives 1 s too late"
