"""An independent check of a plan: it drives every route, and shares nothing with the search."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shuniu.engines.loadmatch.plan import Action, Plan, Route
from shuniu.engines.loadmatch.problem import Problem, Shipment, Trip

ROUNDING_FEN = 0.01


def broken_rule(problem: Problem, plan: Plan) -> str | None:
    """Return the first rule that ``plan`` breaks, as a sentence with its place, or None.

    Besides the rules of the road: every shipment is either carried once or named once as left
    behind, each route's detour and saving and the plan's saving are what they claim to be, and
    the bound does not lie below the plan.
    """
    return next(_rules_broken_by(problem, plan), None)


def _rules_broken_by(problem: Problem, plan: Plan) -> Iterator[str]:
    """Yield the rules that the plan breaks; only the first one is meaningful."""
    trips = {trip.id: trip for trip in problem.trips}
    shipments = {lot.id: lot for lot in problem.shipments}
    carried: list[str] = []
    saving_fen = 0.0
    for route in plan.routes:
        if route.trip_id not in trips:
            yield f"trip {route.trip_id}: unknown, or used twice"
        unknown = [s.shipment_id for s in route.stops if s.shipment_id not in shipments]
        if unknown:
            yield f"trip {route.trip_id}: unknown shipments {unknown}"
        for broken in _broken_on_the_road(problem, trips.pop(route.trip_id), route, shipments):
            yield f"trip {route.trip_id}: {broken}"
        carried.extend(s.shipment_id for s in route.stops if s.action is Action.PICKUP)
        saving_fen += route.saving_fen
    everything = sorted([*carried, *(left.shipment_id for left in plan.unplanned)])
    if everything != sorted(shipments):
        yield "the plan does not name every shipment once, as carried or as left behind"
    if abs(saving_fen - plan.saving_fen) > ROUNDING_FEN:
        yield f"the plan claims {plan.saving_fen} fen, its routes {saving_fen} fen"
    if plan.upper_bound_fen < saving_fen - ROUNDING_FEN:
        yield f"the bound {plan.upper_bound_fen} fen lies below the plan's {saving_fen} fen"


def _broken_on_the_road(
    problem: Problem, trip: Trip, route: Route, shipments: dict[str, Shipment]
) -> Iterator[str]:
    """Drive one route and yield the rules that it breaks; only the first one is meaningful."""
    at, now_s, driven_m, value_fen = trip.origin, trip.depart_earliest_s, 0, 0
    on_board: set[str] = set()
    picked: set[str] = set()
    for stop in route.stops:
        where = f"{stop.action} of {stop.shipment_id}"
        lot = shipments[stop.shipment_id]
        picks = stop.action is Action.PICKUP
        place = lot.pickup if picks else lot.delivery
        opens_s = lot.pickup_earliest_s if picks else lot.delivery_earliest_s
        closes_s = lot.pickup_latest_s if picks else lot.delivery_latest_s
        driven_m += problem.way_m(at, place)
        now_s = max(now_s + problem.way_s(at, place), opens_s)
        if now_s > closes_s:
            yield f"{where}: {now_s - closes_s} s too late"
        now_s, at = now_s + problem.service_s, place
        if picks:
            if lot.id in picked:
                yield f"{where}: carried twice"
            if not lot.requires <= trip.attributes:
                yield f"{where}: the truck lacks {sorted(lot.requires - trip.attributes)}"
            on_board.add(lot.id)
            picked.add(lot.id)
            value_fen += lot.value_fen
        elif lot.id not in on_board:
            yield f"{where}: not on board"
        else:
            on_board.remove(lot.id)
        if _overloaded(trip, [shipments[key] for key in on_board]):
            yield f"{where}: overloaded"
    if on_board:
        yield f"never delivers {sorted(on_board)}"
    driven_m += problem.way_m(at, trip.destination)
    now_s += problem.way_s(at, trip.destination)
    yield from _broken_at_the_end(problem, trip, route, _Arrival(now_s, driven_m, value_fen))


def _overloaded(trip: Trip, on_board: list[Shipment]) -> bool:
    kg = sum(lot.kg for lot in on_board)
    return kg > trip.spare_kg or sum(lot.dm3 for lot in on_board) > trip.spare_dm3


@dataclass(frozen=True, slots=True)
class _Arrival:
    """A truck at its destination."""

    at_s: int
    driven_m: int
    value_fen: int


def _broken_at_the_end(
    problem: Problem, trip: Trip, route: Route, arrival: _Arrival
) -> Iterator[str]:
    late_s = arrival.at_s - trip.arrive_latest_s
    detour_m = arrival.driven_m - problem.way_m(trip.origin, trip.destination)
    saving_fen = arrival.value_fen - detour_m * trip.cost_fen_per_km / 1000
    if late_s > 0:
        yield f"arrives {late_s} s too late"
    if detour_m > trip.max_detour_m:
        yield f"detour of {detour_m} m, {trip.max_detour_m} m are allowed"
    if detour_m != route.detour_m:
        yield f"claims a detour of {route.detour_m} m, drives {detour_m} m"
    if abs(saving_fen - route.saving_fen) > ROUNDING_FEN:
        yield f"claims {route.saving_fen} fen, saves {saving_fen} fen"
