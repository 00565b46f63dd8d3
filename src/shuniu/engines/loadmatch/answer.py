"""From numbers back to words: the plan as people read it, with a reason for each lot left."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from shuniu.engines.loadmatch.compiled import Floats
from shuniu.engines.loadmatch.ground import Ground
from shuniu.engines.loadmatch.model import Model
from shuniu.engines.loadmatch.plan import Action, Plan, Reason, Route, Stop, Unplanned
from shuniu.engines.loadmatch.problem import Problem


def plan_of(
    problem: Problem, ground: Ground, found: list[tuple[int, ...]], bound_fen: float
) -> Plan:
    """Return the plan with these stops on each trip, and the bound, which it may reach."""
    routes = tuple(route_of(problem, number, stops) for number, stops in enumerate(found) if stops)
    saving_fen = float(sum(route.saving_fen for route in routes))
    return Plan(
        routes=routes,
        saving_fen=saving_fen,
        upper_bound_fen=max(bound_fen, saving_fen),
        unplanned=_unplanned(problem, ground, found),
    )


def route_of(problem: Problem, number: int, order: tuple[int, ...]) -> Route:
    """Return the route as people read it, with its own account in whole metres."""
    trip, lots = problem.trips[number], problem.shipments
    places = [trip.origin]
    listed: list[Stop] = []
    for code in order:
        lot = lots[code % len(lots)]
        picks = code < len(lots)
        places.append(lot.pickup if picks else lot.delivery)
        listed.append(Stop(Action.PICKUP if picks else Action.DELIVERY, lot.id))
    places.append(trip.destination)
    driven_m = sum(problem.way_m(start, end) for start, end in pairwise(places))
    detour_m = driven_m - problem.way_m(trip.origin, trip.destination)
    value_fen = sum(lots[code].value_fen for code in order if code < len(lots))
    return Route(
        trip.id, tuple(listed), detour_m, value_fen - detour_m * trip.cost_fen_per_km / 1000
    )


def _unplanned(
    problem: Problem, ground: Ground, found: list[tuple[int, ...]]
) -> tuple[Unplanned, ...]:
    model, graph, boarding = ground.model, ground.graph, ground.boarding
    carried = {code for order in found for code in order if code < model.lots}
    usable = np.zeros(boarding.may.shape[0], dtype=np.bool_)
    usable[boarding.trip_class] = True
    boards = np.any(boarding.may[usable], axis=0).tolist()
    fits = _fits(ground.model, ground)
    reachable = np.bincount(graph.pair_lot, minlength=model.lots) > 0
    gain = model.value[graph.pair_lot] - graph.alone * model.fen_per_length[graph.pair_trip]
    worth_alone = np.bincount(graph.pair_lot[gain > 0], minlength=model.lots) > 0
    left = []
    for number, lot in enumerate(problem.shipments):
        if number in carried:
            continue
        if not boards[boarding.lot_class[number]]:
            reason = Reason.NO_TRUCK_HAS_WHAT_IT_REQUIRES
        elif not fits[number]:
            reason = Reason.TOO_BIG_FOR_EVERY_SUITABLE_TRUCK
        elif not reachable[number]:
            reason = Reason.NO_TRIP_GOES_THAT_WAY_IN_TIME
        elif not worth_alone[number]:
            reason = Reason.DETOUR_COSTS_MORE_THAN_IT_SAVES
        else:
            reason = Reason.ROOM_IS_USED_FOR_OTHERS
        left.append(Unplanned(lot.id, reason))
    return tuple(left)


def _fits(model: Model, ground: Ground) -> NDArray[np.bool_]:
    """Return which lots some suitable truck has room for, shape (lots,)."""
    boarding = ground.boarding
    fits = np.zeros(model.lots, dtype=np.bool_)
    kg, dm3 = model.kg[: model.lots], model.dm3[: model.lots]
    for kind in range(boarding.may.shape[0]):
        trips = boarding.trip_class == kind
        roomy = _not_dominated(model.room_kg[trips], model.room_dm3[trips])
        may = boarding.may[kind][boarding.lot_class]
        for room_kg, room_dm3 in roomy:
            fits |= may & (kg <= room_kg) & (dm3 <= room_dm3)
    return fits


def _not_dominated(kg: Floats, dm3: Floats) -> list[tuple[float, float]]:
    """Return the pairs of room that no other pair exceeds in both."""
    best: list[tuple[float, float]] = []
    for at in np.lexsort((-dm3, -kg)).tolist():
        if not best or dm3[at] > best[-1][1]:
            best.append((float(kg[at]), float(dm3[at])))
    return best
