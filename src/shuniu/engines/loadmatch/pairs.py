"""Which trip could carry which shipment at all, and what the two look like to the cost model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shuniu.engines.loadmatch.costs import Floats, Ints, Ride, Stops, cheapest_insertions
from shuniu.engines.loadmatch.problem import Problem


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """What each trip could carry.

    Attributes
    ----------
    lots_of_trip
        For each trip the shipments (by number, rising) that it could carry alone.
    may_board
        Shape ``(trips, shipments)``: the trip has what the shipment requires.
    has_room
        Shape ``(trips, shipments)``: and room for it.
    """

    lots_of_trip: tuple[Ints, ...]
    may_board: NDArray[np.bool_]
    has_room: NDArray[np.bool_]


def stops_of(problem: Problem) -> Stops:
    """Return the stops of all shipments, in the order of the problem."""
    lots = problem.shipments
    kg = _floats([lot.kg for lot in lots])
    dm3 = _floats([lot.dm3 for lot in lots])
    return Stops(
        lots=len(lots),
        place=np.array([s.pickup for s in lots] + [s.delivery for s in lots], dtype=np.int64),
        opens=_floats([s.pickup_earliest_s for s in lots] + [s.delivery_earliest_s for s in lots]),
        closes=_floats([s.pickup_latest_s for s in lots] + [s.delivery_latest_s for s in lots]),
        service=np.full(2 * len(lots), float(problem.service_s)),
        kg=np.concatenate((kg, -kg)),
        dm3=np.concatenate((dm3, -dm3)),
        length=problem.distance_m.astype(np.float64),
        duration=problem.duration_s.astype(np.float64),
    )


def rides_of(problem: Problem) -> tuple[Ride, ...]:
    """Return the trips as rides, in the order of the problem."""
    return tuple(
        Ride(
            origin=trip.origin,
            destination=trip.destination,
            starts=float(trip.depart_earliest_s),
            ends_by=float(trip.arrive_latest_s),
            room_kg=float(trip.spare_kg),
            room_dm3=float(trip.spare_dm3),
            longest=float(problem.distance_m[trip.origin, trip.destination] + trip.max_detour_m),
            fen_per_length=trip.cost_fen_per_km / 1000,
        )
        for trip in problem.trips
    )


def pairs_of(problem: Problem, stops: Stops, rides: tuple[Ride, ...]) -> Pairs:
    """Return which trip could carry which shipment alone, within windows, room and detour."""
    may_board = _boarding(problem)
    kg, dm3 = stops.kg[: stops.lots], stops.dm3[: stops.lots]
    room_kg = _floats([ride.room_kg for ride in rides])[:, None]
    room_dm3 = _floats([ride.room_dm3 for ride in rides])[:, None]
    has_room = may_board & (kg <= room_kg) & (dm3 <= room_dm3)
    found = []
    for ride, room in zip(rides, has_room, strict=True):
        lots = np.flatnonzero(room)
        found.append(lots[np.isfinite(cheapest_insertions(stops, ride, (), lots).added)])
    return Pairs(tuple(found), may_board, has_room)


def _boarding(problem: Problem) -> NDArray[np.bool_]:
    """Return which trip has what which shipment requires; shape ``(trips, shipments)``."""
    fits = np.ones((len(problem.trips), len(problem.shipments)), dtype=np.bool_)
    for wish in sorted(set().union(*(lot.requires for lot in problem.shipments))):
        wanted = np.array([wish in lot.requires for lot in problem.shipments])
        had = np.array([wish in trip.attributes for trip in problem.trips], dtype=np.bool_)
        fits &= had[:, None] | ~wanted
    return fits


def _floats(values: list[int] | list[float]) -> Floats:
    return np.array(values, dtype=np.float64)
