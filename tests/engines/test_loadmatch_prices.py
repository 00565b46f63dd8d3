from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.base.stopping import Rounds
from shuniu.engines.loadmatch.plan import Plan
from shuniu.engines.loadmatch.prices import RoutePrices, plan_prices
from shuniu.engines.loadmatch.problem import Problem, Shipment, Trip
from shuniu.engines.loadmatch.solve import solve

# Places 0 to 4 stand on a road, 10 km apart; place 5 lies 5 km off place 2.
ALONG_M = np.abs(np.arange(5)[:, None] - np.arange(5)[None, :]) * 10_000
OFF_M = ALONG_M[2] + 5000
ROAD_M = np.block([[ALONG_M, OFF_M[:, None]], [OFF_M[None, :], np.zeros((1, 1), dtype=np.int64)]])
TRIP = Trip("T", 0, 4, 0, 1000, 40_000, 10_000, 10_000, 60_000, 100)


def lot(key: str, pickup: int, delivery: int, value_fen: int) -> Shipment:
    return Shipment(key, pickup, delivery, 0, 40_000, 0, 40_000, 10, 10, value_fen)


def day(lots: list[Shipment], trip: Trip = TRIP) -> Problem:
    return Problem((trip,), tuple(lots), ROAD_M, ROAD_M // 10, 100)


def accounts(problem: Problem) -> tuple[Plan, tuple[RoutePrices, ...]]:
    plan = solve(problem, Rounds(100), seed=1)
    return plan, plan_prices(problem, plan)


def random_lots(seed: int, count: int) -> list[Shipment]:
    chance = np.random.default_rng(seed)
    ends = [chance.choice(6, 2, replace=False).tolist() for _ in range(count)]
    return [
        lot(f"S{n}", start, end, int(chance.integers(500, 6000)))
        for n, (start, end) in enumerate(ends)
    ]


def test_one_lot_on_the_way_shares_its_value_with_the_truck_in_halves() -> None:
    _, (account,) = accounts(day([lot("S", 1, 3, 5000)]))

    assert (account.shares[0].pays_fen, account.shares[0].saves_fen) == (2500, 2500)
    assert (account.collects_fen, account.detour_fen, account.earns_fen) == (2500, 0, 2500)


def test_two_lots_that_share_a_detour_pay_it_together() -> None:
    _, (account,) = accounts(day([lot("A", 0, 5, 3000), lot("B", 5, 4, 3000)]))

    # Each alone saves 3000 - 1000, both 6000 - 1000. In the six orders of two lots and a truck
    # a lot adds 2000 once, 3000 twice and nothing before the truck: 8000 / 6.
    assert account.detour_m == 10_000
    assert [share.saves_fen for share in account.shares] == [1333, 1333]
    assert (account.collects_fen, account.earns_fen, account.is_stable) == (3334, 2334, True)


def test_a_lot_whose_room_another_would_take_cannot_keep_more_than_it_adds() -> None:
    lots = [replace(lot("A", 0, 4, 5000), kg=8000), replace(lot("B", 0, 4, 4000), kg=8000)]

    plan, (account,) = accounts(day(lots))

    assert [share.shipment_id for share in account.shares] == ["A"]
    assert (plan.saving_fen, account.collects_fen) == (5000, 2500)


def test_a_route_that_is_worse_than_a_part_of_it_is_not_stable() -> None:
    problem = day([lot("A", 1, 3, 5000), lot("B", 5, 4, 3000)])
    plan, (account,) = accounts(problem)
    dear = replace(problem, shipments=(problem.shipments[0], lot("B", 5, 4, 100)))

    (worse,) = plan_prices(dear, plan)

    assert (account.is_stable, worse.is_stable) == (True, False)
    assert worse.shares[0].saves_fen + worse.shares[1].saves_fen <= 5000 - 1000


@pytest.mark.parametrize("count", [9, 13, 16])
def test_a_long_route_is_split_in_proportion_to_the_values(count: int) -> None:
    lots = [lot(f"S{n}", 0, 4, 1000 + 10 * n) for n in range(count)]

    plan, (account,) = accounts(day(lots))

    saves = {share.shipment_id: share.saves_fen for share in account.shares}
    assert account.is_stable
    assert len(saves) == count
    assert account.earns_fen + sum(saves.values()) == plan.saving_fen
    for each in lots:
        assert saves[each.id] == pytest.approx(each.value_fen / 2, abs=count)


def test_an_unknown_shipment_is_refused_with_its_trip() -> None:
    plan, _ = accounts(day([lot("S", 1, 3, 5000)]))

    with pytest.raises(
        InvalidProblem, match=r"plan: trip T or its shipments \['S'\] are unknown\."
    ):
        plan_prices(day([lot("Q", 1, 3, 5000)]), plan)


@settings(max_examples=15)
@given(st.integers(0, 10**6))
def test_no_smaller_group_does_better(seed: int) -> None:
    problem = day(random_lots(seed, 4))
    _, found = accounts(problem)

    for account in found:
        saves = {share.shipment_id: share.saves_fen for share in account.shares}
        assert account.is_stable
        assert account.earns_fen >= 0
        for size in range(len(saves)):
            for group in itertools.combinations(sorted(saves), size):
                alone = replace(
                    problem, shipments=tuple(s for s in problem.shipments if s.id in group)
                )
                best_fen = solve(alone, Rounds(50), seed=1).saving_fen
                has_fen = account.earns_fen + sum(saves[key] for key in group)
                assert has_fen >= best_fen - 1


@settings(max_examples=15)
@given(st.integers(0, 10**6), st.integers(1, 9))
def test_what_is_paid_is_what_the_truck_gets_and_nobody_pays_more_than_alone(
    seed: int, count: int
) -> None:
    problem = day(random_lots(seed, count))
    plan, found = accounts(problem)
    value_fen = {each.id: each.value_fen for each in problem.shipments}

    for account, route in zip(found, plan.routes, strict=True):
        saves_fen = sum(share.saves_fen for share in account.shares)
        assert account.collects_fen == sum(share.pays_fen for share in account.shares)
        assert 0 <= route.saving_fen - (account.earns_fen + saves_fen) < 1
        for share in account.shares:
            assert share.saves_fen >= 0
            assert share.pays_fen + share.saves_fen == value_fen[share.shipment_id]


@settings(max_examples=10)
@given(st.integers(0, 10**6), st.permutations(range(5)))
def test_the_order_of_lots_in_the_file_changes_no_price(seed: int, order: list[int]) -> None:
    lots = random_lots(seed, 5)
    plan, found = accounts(day(lots))

    again = plan_prices(day([lots[at] for at in order]), plan)

    assert again == found
