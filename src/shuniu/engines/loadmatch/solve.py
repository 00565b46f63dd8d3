"""The recipe for a freight day: pairs, bound, search, plan."""

from __future__ import annotations

import numpy as np

from shuniu.engines.base.randomness import seeded
from shuniu.engines.base.stopping import StopRule
from shuniu.engines.loadmatch.board import Board
from shuniu.engines.loadmatch.bound import upper_bound_fen
from shuniu.engines.loadmatch.costs import Floats, Stops
from shuniu.engines.loadmatch.pairs import Pairs, pairs_of, rides_of, stops_of
from shuniu.engines.loadmatch.plan import Action, Plan, Reason, Route, Stop, Unplanned
from shuniu.engines.loadmatch.problem import Problem
from shuniu.engines.loadmatch.search import FreightSearch


def solve(problem: Problem, stop: StopRule, seed: int) -> Plan:
    """Return the best plan found until ``stop`` is spent, with a proven upper bound.

    The same problem, seed and number of rounds give the same plan. A spent rule gives a valid
    plan at any time, at first an empty one.
    """
    stops, rides = stops_of(problem), rides_of(problem)
    pairs = pairs_of(problem, stops, rides)
    bound_fen = upper_bound_fen(problem, pairs.has_room)
    value = np.array([lot.value_fen for lot in problem.shipments], dtype=np.float64)
    search = FreightSearch(
        Board(stops, rides, pairs.lots_of_trip), value, _features(stops), seeded(seed)
    )
    search.run(stop)
    routes = tuple(
        _route(problem, number, stops_in_order)
        for number, stops_in_order in enumerate(search.best)
        if stops_in_order
    )
    return Plan(
        routes=routes,
        saving_fen=float(sum(route.saving_fen for route in routes)),
        upper_bound_fen=bound_fen,
        unplanned=_unplanned(problem, pairs, search),
    )


def _features(stops: Stops) -> Floats:
    """Return where and when each lot is, in seconds of driving; shape ``(features, lots)``.

    A place is described by its driving time from a few landmarks far from each other, which needs
    no coordinates; a time by the middle of its window, at a quarter of its weight.
    """
    if not stops.lots:
        return np.zeros((1, 0))
    pick, drop = stops.place[: stops.lots], stops.place[stops.lots :]
    landmarks = [int(pick[0])]
    nearest = stops.duration[landmarks[0]].copy()
    for _ in range(3):
        landmarks.append(int(nearest.argmax()))
        nearest = np.minimum(nearest, stops.duration[landmarks[-1]])
    middle = (stops.opens + stops.closes) / 8
    return np.vstack(
        [
            stops.duration[landmarks][:, pick],
            stops.duration[landmarks][:, drop],
            middle[: stops.lots],
            middle[stops.lots :],
        ]
    )


def _route(problem: Problem, number: int, order: tuple[int, ...]) -> Route:
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
    driven_m = int(problem.distance_m[places[:-1], places[1:]].sum())
    detour_m = driven_m - int(problem.distance_m[trip.origin, trip.destination])
    value_fen = sum(lots[code].value_fen for code in order if code < len(lots))
    return Route(
        trip.id, tuple(listed), detour_m, value_fen - detour_m * trip.cost_fen_per_km / 1000
    )


def _unplanned(problem: Problem, pairs: Pairs, search: FreightSearch) -> tuple[Unplanned, ...]:
    carried = {code for order in search.best for code in order if code < len(problem.shipments)}
    boards = set(np.flatnonzero(np.any(pairs.may_board, axis=0)).tolist())
    fits = set(np.flatnonzero(np.any(pairs.has_room, axis=0)).tolist())
    reachable = set(np.concatenate((*pairs.lots_of_trip, np.zeros(0, np.int64))).tolist())
    left = []
    for number, lot in enumerate(problem.shipments):
        if number in carried:
            continue
        if number not in boards:
            reason = Reason.NO_TRUCK_HAS_WHAT_IT_REQUIRES
        elif number not in fits:
            reason = Reason.TOO_BIG_FOR_EVERY_SUITABLE_TRUCK
        elif number not in reachable:
            reason = Reason.NO_TRIP_GOES_THAT_WAY_IN_TIME
        elif number not in search.worth_alone:
            reason = Reason.DETOUR_COSTS_MORE_THAN_IT_SAVES
        else:
            reason = Reason.ROOM_IS_USED_FOR_OTHERS
        left.append(Unplanned(lot.id, reason))
    return tuple(left)
