"""What each shipper pays and each truck earns on a shared route.

The saving of a route is split so that nobody does better alone or in a smaller group with the
truck; among such splits the one nearest to the Shapley value is taken, or for long routes to a
split in proportion to the values. All payments are whole fen; what all shippers pay is exactly
what the truck gets.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.loadmatch.compiled import Floats, Ints
from shuniu.engines.loadmatch.ground import ground_of
from shuniu.engines.loadmatch.groups import (
    limits_fen,
    nearest_allowed,
    saved_by_groups,
    shapley_fen,
)
from shuniu.engines.loadmatch.plan import Action, Plan, Route
from shuniu.engines.loadmatch.problem import Problem, Shipment
from shuniu.engines.loadmatch.sequence import new_desk

MOST_IN_SHAPLEY = 8  # lots of a route whose Shapley value is computed
MOST_GROUPS = 12  # of a route; the cheapest lots of a longer one stand together as one
TRUCK_KEEPS = 0.5  # of the saving, where it is split in proportion


@dataclass(frozen=True, slots=True)
class Share:
    """What one shipper pays, and saves against sending the lot another way, in fen."""

    shipment_id: str
    pays_fen: int
    saves_fen: int


@dataclass(frozen=True, slots=True)
class RoutePrices:
    """The account of a shared route.

    Attributes
    ----------
    trip_id, detour_m
        As in the route.
    shares
        One for each shipment, in the order of pickups.
    collects_fen
        What the truck gets: the sum of what is paid.
    detour_fen
        What the detour costs it, whole fen, rounded up.
    is_stable
        Whether no smaller group does better. It fails only where the route itself is not as good
        as one with some of its lots: then each set of lots keeps at most what it adds to that.
    """

    trip_id: str
    detour_m: int
    shares: tuple[Share, ...]
    collects_fen: int
    detour_fen: int
    is_stable: bool

    @property
    def earns_fen(self) -> int:
        """What the truck has left when the detour is paid."""
        return self.collects_fen - self.detour_fen


def plan_prices(problem: Problem, plan: Plan) -> tuple[RoutePrices, ...]:
    """Return the account of each route of a valid plan, in the order of its routes.

    Raises
    ------
    InvalidProblem
        If the plan names a trip or a shipment that the problem does not have.
    """
    trips = {trip.id: number for number, trip in enumerate(problem.trips)}
    lots = {lot.id: lot for lot in problem.shipments}
    return tuple(_prices_of(problem, trips, lots, route) for route in plan.routes)


def _prices_of(
    problem: Problem, trips: dict[str, int], lots: dict[str, Shipment], route: Route
) -> RoutePrices:
    carried = [stop.shipment_id for stop in route.stops if stop.action is Action.PICKUP]
    unknown = [key for key in carried if key not in lots]
    if route.trip_id not in trips or unknown:
        raise InvalidProblem(f"plan: trip {route.trip_id} or its shipments {unknown} are unknown.")
    trip = problem.trips[trips[route.trip_id]]
    # In an order of their own, so that the order in a file changes nothing.
    named = sorted((lots[key] for key in carried), key=lambda lot: (-lot.value_fen, lot.id))
    detour_fen = -(-route.detour_m * trip.cost_fen_per_km // 1000)
    whole_fen = sum(lot.value_fen for lot in named) - detour_fen
    saved = _saved(problem, trips[route.trip_id], named)
    limits = limits_fen(saved, float(whole_fen))
    kept = nearest_allowed(_target(saved, named, whole_fen), limits)
    keeps = dict(zip((lot.id for lot in named), _single(kept, named), strict=True))
    shares = tuple(Share(key, lots[key].value_fen - keeps[key], keeps[key]) for key in carried)
    return RoutePrices(
        trip_id=route.trip_id,
        detour_m=route.detour_m,
        shares=shares,
        collects_fen=sum(share.pays_fen for share in shares),
        detour_fen=detour_fen,
        # Rounding up the cost of the detour takes less than a fen from the whole.
        is_stable=bool(saved.max() < whole_fen + 1),
    )


def _saved(problem: Problem, number: int, named: list[Shipment]) -> Floats:
    """Return what the truck saves with each set of groups of lots."""
    day = Problem(
        (problem.trips[number],),
        tuple(named),
        problem.distance_m,
        problem.duration_s,
        problem.service_s,
        problem.sphere,
        is_rounded=problem.is_rounded,
        seconds_per_metre=problem.seconds_per_metre,
    )
    ground = ground_of(day)
    direct = float(ground.model.direct[0])
    return saved_by_groups(ground.least, new_desk(), ground.slips, direct, _groups(len(named)))


def _groups(count: int) -> Ints:
    """Return the lots of each group, ``-1`` behind the last: one each, but for a long tail."""
    groups = min(count, MOST_GROUPS)
    tail = count - groups + 1
    rows: Ints = np.full((groups, tail), -1, dtype=np.int64)
    rows[:, 0] = np.arange(groups)
    rows[-1, :] = np.arange(groups - 1, count)
    return rows


def _target(saved: Floats, named: list[Shipment], whole_fen: int) -> Floats:
    """Return what each group would keep if no smaller group had to be feared, in fen."""
    if len(named) <= MOST_IN_SHAPLEY:
        return shapley_fen(saved)
    value = np.array([lot.value_fen for lot in named], dtype=np.float64)
    groups = min(len(named), MOST_GROUPS)
    parts = np.append(value[: groups - 1], value[groups - 1 :].sum())
    target: Floats = parts * (max(whole_fen, 0) * (1.0 - TRUCK_KEEPS) / max(parts.sum(), 1.0))
    return target


def _single(kept: Ints, named: list[Shipment]) -> list[int]:
    """Return what each lot keeps, where the last group is split in proportion to its values."""
    alone = [int(part) for part in kept[:-1]]
    tail = named[len(alone) :]
    value_fen, left_fen = sum(lot.value_fen for lot in tail), int(kept[-1])
    for lot in tail:
        part = left_fen * lot.value_fen // value_fen if value_fen > 0 else 0
        alone.append(part)
        left_fen -= part
        value_fen -= lot.value_fen
    return alone
