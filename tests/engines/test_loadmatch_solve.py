from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.base.stopping import Rounds
from shuniu.engines.loadmatch import ground, proof
from shuniu.engines.loadmatch import solve as solve_module
from shuniu.engines.loadmatch.bound import first_bound_fen
from shuniu.engines.loadmatch.check import broken_rule
from shuniu.engines.loadmatch.plan import Action, Plan, Reason, Route, Stop, Unplanned
from shuniu.engines.loadmatch.problem import Problem, Shipment, Trip
from shuniu.engines.loadmatch.solve import solve

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


def day(trips: list[Trip], lots: list[Shipment], service_s: int = 100) -> Problem:
    return Problem(tuple(trips), tuple(lots), ROAD_M, ROAD_M // 10, service_s)


def plan_of(*stops: tuple[Action, str], detour_m: int = 0, saving_fen: float = 5000.0) -> Plan:
    route = Route("T", tuple(Stop(*stop) for stop in stops), detour_m, saving_fen)
    return Plan((route,), saving_fen, saving_fen, ())


def test_a_lot_on_the_way_rides_for_its_whole_value() -> None:
    plan = solve(day([TRIP], [LOT]), Rounds(20), seed=1)

    assert plan == plan_of((PICKUP, "S"), (DELIVERY, "S"))


def test_a_detour_is_paid_from_the_value() -> None:
    trip = replace(TRIP, destination=2)

    plan = solve(day([trip], [LOT]), Rounds(20), seed=1)

    assert plan.routes[0].detour_m == 20_000  # over 3 and back to 2
    assert plan.saving_fen == 5000 - 20_000 * 100 / 1000


def test_of_two_lots_that_do_not_fit_together_the_better_one_rides() -> None:
    better = replace(LOT, id="B", value_fen=7000)

    plan = solve(day([TRIP], [LOT, better]), Rounds(20), seed=1)

    assert plan.saving_fen == 7000
    assert plan.unplanned == (Unplanned("S", Reason.ROOM_IS_USED_FOR_OTHERS),)


def test_room_is_used_again_after_a_delivery() -> None:
    first = replace(LOT, id="A", pickup=0, delivery=2)
    second = replace(LOT, id="B", pickup=2, delivery=4)

    plan = solve(day([TRIP], [first, second]), Rounds(20), seed=1)

    assert plan.saving_fen == 10_000


@pytest.mark.parametrize(
    ("lot", "reason"),
    [
        (replace(LOT, requires=frozenset({"crane"})), Reason.NO_TRUCK_HAS_WHAT_IT_REQUIRES),
        (replace(LOT, kg=1001), Reason.TOO_BIG_FOR_EVERY_SUITABLE_TRUCK),
        (replace(LOT, dm3=1001), Reason.TOO_BIG_FOR_EVERY_SUITABLE_TRUCK),
        (replace(LOT, pickup_latest_s=999), Reason.NO_TRIP_GOES_THAT_WAY_IN_TIME),
        (replace(LOT, pickup=4, delivery=1), Reason.NO_TRIP_GOES_THAT_WAY_IN_TIME),
        (replace(LOT, value_fen=0), Reason.DETOUR_COSTS_MORE_THAN_IT_SAVES),
    ],
    ids=["requirement", "weight", "volume", "window", "detour", "worthless"],
)
def test_a_lot_stays_behind_for_its_own_reason(lot: Shipment, reason: Reason) -> None:
    plan = solve(day([TRIP], [lot]), Rounds(5), seed=1)

    assert (plan.routes, plan.unplanned) == ((), (Unplanned("S", reason),))


def test_the_last_second_of_a_window_counts() -> None:
    lot = replace(LOT, pickup_latest_s=1000)  # 10 km take 1000 s

    assert solve(day([TRIP], [lot]), Rounds(5), seed=1).saving_fen == 5000


@pytest.mark.parametrize(("trips", "lots"), [([], []), ([TRIP], []), ([], [LOT])])
def test_an_empty_day_has_an_empty_plan(trips: list[Trip], lots: list[Shipment]) -> None:
    plan = solve(day(trips, lots), Rounds(5), seed=1)

    assert (plan.routes, plan.saving_fen, plan.upper_bound_fen) == ((), 0.0, 0.0)
    assert len(plan.unplanned) == len(lots)


def test_a_spent_rule_gives_an_empty_plan_that_is_valid() -> None:
    problem = day([TRIP], [LOT])

    plan = solve(problem, Rounds(0), seed=1)

    assert (plan.routes, broken_rule(problem, plan)) == ((), None)


def test_one_trip_takes_many_small_lots() -> None:
    lots = [replace(LOT, id=f"S{n}", kg=20, dm3=20) for n in range(40)]
    problem = day([replace(TRIP, arrive_latest_s=10**6)], lots, service_s=1)

    plan = solve(problem, Rounds(10), seed=1)

    assert (plan.saving_fen, plan.unplanned) == (40 * 5000, ())


def test_a_day_that_is_too_wide_to_prove_is_planned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "MOST_CANDIDATES", 1)
    lots = [replace(LOT, id=f"S{n}", kg=400) for n in range(3)]

    plan = solve(day([TRIP], lots), Rounds(10), seed=1)

    assert (plan.saving_fen, plan.upper_bound_fen) == (10_000, 15_000)


def test_the_same_seed_and_rounds_give_the_same_plan() -> None:
    problem = random_day(seed=5, trips=6, lots=30)

    assert solve(problem, Rounds(40), seed=3) == solve(problem, Rounds(40), seed=3)


def test_more_rounds_never_prove_less() -> None:
    problem = random_day(seed=6, trips=6, lots=40)

    plans = [solve(problem, Rounds(rounds), seed=3) for rounds in (0, 1, 200)]

    assert plans[0].upper_bound_fen == plans[1].upper_bound_fen > plans[2].upper_bound_fen
    assert plans[0].saving_fen == 0 < plans[1].saving_fen <= plans[2].saving_fen


def test_a_middling_day_is_proved() -> None:
    problem = random_day(seed=8, trips=10, lots=30)

    plan = solve(problem, Rounds(500), seed=3)

    assert plan.upper_bound_fen - plan.saving_fen <= 1.0


def test_without_shortest_ways_the_bound_is_still_above_the_plan(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ground, "MOST_PLACES", 0)

    plan = solve(day([TRIP], [LOT]), Rounds(5), seed=1)

    assert (plan.saving_fen, plan.upper_bound_fen) == (5000, 5000 + 40_000 * 100 / 1000)


def test_without_service_time_the_first_bound_shares_a_detour_among_all_lots() -> None:
    lots = [replace(LOT, id=f"S{n}") for n in range(2)]
    trip = replace(TRIP, destination=2)

    bound_fen = first_bound_fen(ground.ground_of(day([trip], lots, service_s=0)))

    assert bound_fen == 2 * (5000 - 20_000 / 2 * 100 / 1000)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.booleans())
def test_every_plan_is_accepted_by_the_independent_checker(seed: int, metric: bool) -> None:
    problem = random_day(seed=seed, trips=4, lots=14, metric=metric)

    plan = solve(problem, Rounds(15), seed=seed)

    assert broken_rule(problem, plan) is None


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.booleans())
def test_a_tiny_day_is_planned_as_well_as_can_be_and_proved(seed: int, metric: bool) -> None:
    problem = random_day(seed=seed, trips=2, lots=3, metric=metric)

    plan = solve(problem, Rounds(100), seed=seed)

    best_fen = best_saving_fen(problem)
    assert plan.saving_fen == pytest.approx(best_fen, abs=0.01)
    assert best_fen <= plan.upper_bound_fen + 0.01 <= best_fen + 1.02


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_one_trip_with_many_choices_is_planned_as_well_as_can_be_and_proved(seed: int) -> None:
    problem = random_day(seed=seed, trips=1, lots=4)

    plan = solve(problem, Rounds(100), seed=seed)

    best_fen = best_saving_fen(problem)
    assert plan.saving_fen == pytest.approx(best_fen, abs=0.01)
    assert best_fen <= plan.upper_bound_fen + 0.01 <= best_fen + 1.02


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_a_day_too_large_to_price_is_planned_well_below_its_bound(seed: int) -> None:
    problem = random_day(seed=seed, trips=2, lots=3)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solve_module, "MOST_PAIRS_PRICED", 0)
        plan = solve(problem, Rounds(60), seed=seed)

    best_fen = best_saving_fen(problem)
    assert broken_rule(problem, plan) is None
    assert plan.saving_fen == pytest.approx(best_fen, abs=0.01)
    assert best_fen <= plan.upper_bound_fen + 0.01


def test_a_day_too_large_to_price_has_one_plan_for_one_seed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    problem = random_day(seed=8, trips=10, lots=30)
    best = solve(problem, Rounds(500), seed=3)
    monkeypatch.setattr(solve_module, "MOST_PAIRS_PRICED", 0)

    plans = [solve(problem, Rounds(60), seed=3) for _ in range(2)]

    assert plans[0] == plans[1]
    assert plans[0].saving_fen == pytest.approx(best.saving_fen)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.booleans())
def test_the_first_bound_lies_above_the_best_plan(seed: int, metric: bool) -> None:
    problem = random_day(seed=seed, trips=2, lots=3, metric=metric)

    assert best_saving_fen(problem) <= first_bound_fen(ground.ground_of(problem)) + 0.01


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: replace(TRIP, spare_kg=-1), "trip T: spare_kg is -1; it must be from 0"),
        (lambda: replace(LOT, kg=-5), "shipment S: kg is -5; it must be from 0"),
        (
            lambda: replace(LOT, pickup_earliest_s=9, pickup_latest_s=8),
            "shipment S: pickup_latest_s 8 lies before pickup_earliest_s 9",
        ),
        (
            lambda: replace(TRIP, arrive_latest_s=-1),
            "trip T: arrive_latest_s -1 lies before depart_earliest_s 0",
        ),
        (lambda: replace(LOT, value_fen=10**13), "shipment S: value_fen is 10000000000000"),
        (lambda: day([TRIP, TRIP], []), "trip T: this id occurs twice"),
        (lambda: day([], [LOT, LOT]), "shipment S: this id occurs twice"),
        (
            lambda: day([replace(TRIP, origin=5)], []),
            "trip T: origin is location 5; there are 5 locations from 0 on",
        ),
        (lambda: day([], [replace(LOT, delivery=-1)]), "shipment S: delivery is location -1"),
        (lambda: day([], [], service_s=-1), "service_s: it is -1"),
        (
            lambda: Problem((), (), ROAD_M[:2], ROAD_M, 0),
            r"travel: distance_m has shape \(2, 5\); it must be square",
        ),
        (
            lambda: Problem((), (), ROAD_M, ROAD_M[:2, :2], 0),
            r"travel: distance_m has shape \(5, 5\), duration_s \(2, 2\)",
        ),
        (
            lambda: Problem((), (), ROAD_M, np.where(ROAD_M == 40_000, np.nan, ROAD_M), 0),
            r"travel: duration_s\[0\]\[4\] is nan; it must be a whole number",
        ),
        (
            lambda: Problem((), (), -ROAD_M, ROAD_M, 0),
            r"travel: distance_m\[0\]\[1\] is -10000; it must be a whole number",
        ),
    ],
)
def test_a_contradiction_is_refused_with_its_place(make: object, sentence: str) -> None:
    assert callable(make)
    with pytest.raises(InvalidProblem, match=f"^{sentence}"):
        make()


def random_day(*, seed: int, trips: int, lots: int, metric: bool = True) -> Problem:
    """Return an invented day; without ``metric`` ways do not obey the triangle inequality."""
    chance = np.random.default_rng(seed)
    points = chance.integers(0, 60_000, (8, 2))
    ways = np.abs(points[:, None] - points[None, :]).sum(axis=2)
    if not metric:
        ways = ways * chance.integers(1, 4, ways.shape) // 2
    return Problem(
        tuple(_random_trip(n, chance) for n in range(trips)),
        tuple(_random_lot(n, chance) for n in range(lots)),
        ways,
        ways // 15,
        300,
    )


def _random_trip(number: int, chance: np.random.Generator) -> Trip:
    start = int(chance.integers(0, 3000))
    return Trip(
        id=f"T{number}",
        origin=int(chance.integers(8)),
        destination=int(chance.integers(8)),
        depart_earliest_s=start,
        depart_latest_s=start + 1000,
        arrive_latest_s=start + int(chance.integers(8000, 20_000)),
        spare_kg=int(chance.integers(500, 2000)),
        spare_dm3=int(chance.integers(500, 2000)),
        max_detour_m=int(chance.integers(20_000, 120_000)),
        cost_fen_per_km=int(chance.integers(50, 200)),
        attributes=frozenset({"tail_lift"} if chance.random() < 0.7 else ()),
    )


def _random_lot(number: int, chance: np.random.Generator) -> Shipment:
    start = int(chance.integers(0, 5000))
    return Shipment(
        id=f"S{number}",
        pickup=int(chance.integers(8)),
        delivery=int(chance.integers(8)),
        pickup_earliest_s=start,
        pickup_latest_s=start + int(chance.integers(2000, 9000)),
        delivery_earliest_s=start,
        delivery_latest_s=start + int(chance.integers(6000, 15_000)),
        kg=int(chance.integers(100, 1200)),
        dm3=int(chance.integers(100, 1200)),
        value_fen=int(chance.integers(0, 20_000)),
        requires=frozenset({"tail_lift"} if chance.random() < 0.3 else ()),
    )


def best_saving_fen(problem: Problem) -> float:
    """Return the optimum by trying everything, with arithmetic of its own."""
    numbers = range(len(problem.shipments))
    best = 0.0
    worth = [
        {
            chosen: _best_route_fen(problem, trip, chosen)
            for size in range(len(problem.shipments) + 1)
            for chosen in itertools.combinations(numbers, size)
        }
        for trip in problem.trips
    ]
    for assigned in itertools.product(range(-1, len(problem.trips)), repeat=len(numbers)):
        total = sum(
            worth[trip][tuple(n for n in numbers if assigned[n] == trip)]
            for trip in range(len(problem.trips))
        )
        best = max(best, total)
    return best


def _best_route_fen(problem: Problem, trip: Trip, chosen: tuple[int, ...]) -> float:
    lots = [problem.shipments[n] for n in chosen]
    if not lots:
        return 0.0
    direct_m = int(problem.distance_m[trip.origin, trip.destination])
    best = -np.inf
    stops = [(lot, picks) for lot in lots for picks in (True, False)]
    for order in itertools.permutations(stops):
        length_m = _length_if_kept_m(problem, trip, order)
        if length_m is not None and length_m - direct_m <= trip.max_detour_m:
            value = sum(lot.value_fen for lot in lots)
            best = max(best, value - (length_m - direct_m) * trip.cost_fen_per_km / 1000)
    return best


def _length_if_kept_m(
    problem: Problem, trip: Trip, order: tuple[tuple[Shipment, bool], ...]
) -> int | None:
    at, now, length_m, kg, dm3 = trip.origin, trip.depart_earliest_s, 0, 0, 0
    aboard: set[str] = set()
    for lot, picks in order:
        if not picks and lot.id not in aboard:
            return None
        to = lot.pickup if picks else lot.delivery
        length_m += int(problem.distance_m[at, to])
        now += int(problem.duration_s[at, to])
        now = max(now, lot.pickup_earliest_s if picks else lot.delivery_earliest_s)
        if now > (lot.pickup_latest_s if picks else lot.delivery_latest_s):
            return None
        now, at = now + problem.service_s, to
        sign = 1 if picks else -1
        kg, dm3 = kg + sign * lot.kg, dm3 + sign * lot.dm3
        if kg > trip.spare_kg or dm3 > trip.spare_dm3 or not lot.requires <= trip.attributes:
            return None
        aboard.add(lot.id)
    now += int(problem.duration_s[at, trip.destination])
    length_m += int(problem.distance_m[at, trip.destination])
    return length_m if now <= trip.arrive_latest_s else None
