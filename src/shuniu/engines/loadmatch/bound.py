"""A proven limit on what any plan can save."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shuniu.engines.loadmatch.problem import Problem

MOST_PLACES = 1200  # the shortest ways between more places take too long to find here


def upper_bound_fen(problem: Problem, has_room: NDArray[np.bool_]) -> float:
    """Return a number of fen that the saving of no plan exceeds.

    Parameters
    ----------
    problem
        The day.
    has_room
        Shape ``(trips, shipments)``: the trip has what the shipment requires, and room for it
        when it carries nothing else.

    Notes
    -----
    Let a trip ``t`` carry the set ``S`` of ``n`` shipments at ``c`` fen per metre, and let ``D``
    be its detour. ``d*`` and ``u*`` are the shortest lengths and durations between places by any
    number of legs, so a truck that visits other stops in between has never driven less.

    1. For each shipment ``s`` in ``S`` the truck goes from the origin over pickup and delivery of
       ``s`` to the destination. So ``D >= D*(s)``, where ``D*(s)`` is that way measured by ``d*``,
       less the direct leg; and ``s`` is only in ``S`` if that way keeps its own windows, measured
       by ``u*`` (stops and waiting in between only make it later), and ``D*(s)`` is allowed.
    2. A maximum is at least the mean: ``D >= sum(D*(s) for s in S) / n``.
    3. ``n <= N``: each shipment costs two services, and the truck drives at least ``u*`` from
       origin to destination between its earliest departure and its latest arrival.
    4. So the trip saves ``sum(v(s) for s in S) - c D <= sum(v(s) - c h(s) for s in S)``, with
       ``h(s) = D*(s) / N`` if ``D*(s)`` is not negative, else ``D*(s)``.
    5. A shipment rides on one trip at most, so all plans save at most the sum, over shipments, of
       the greatest ``v(s) - c h(s)`` over trips that may carry it, or 0 if that is negative.

    With more than ``MOST_PLACES`` places the windows and the detours are left out: then it is the
    sum of the positive values of what some trip has room for, plus the greatest loss of way that
    a truck can gain by a detour, which is the cost of its direct leg.
    """
    if not problem.trips or not problem.shipments:
        return 0.0
    lots = _lots(problem)
    if len(problem.distance_m) > MOST_PLACES:
        carried = np.where(has_room.any(axis=0), np.maximum(lots.value_fen, 0.0), 0.0)
        return float(carried.sum()) + _direct_cost_fen(problem)
    least_m = _shortest(problem.distance_m)
    least_s = _shortest(problem.duration_s)
    best = np.zeros(len(problem.shipments))
    for number, room in enumerate(has_room):
        cost_fen = _least_cost_fen(problem, number, lots, least_m, least_s)
        worth = np.where(room, lots.value_fen - cost_fen, 0.0)
        np.maximum(best, worth, out=best)
    return float(best.sum())


@dataclass(frozen=True, slots=True, eq=False)
class _Lots:
    """The shipments' places and windows, shape ``(shipments,)`` each."""

    pickup: NDArray[np.int64]
    delivery: NDArray[np.int64]
    pickup_opens: NDArray[np.float64]
    pickup_closes: NDArray[np.float64]
    delivery_opens: NDArray[np.float64]
    delivery_closes: NDArray[np.float64]
    value_fen: NDArray[np.float64]


def _lots(problem: Problem) -> _Lots:
    lots = problem.shipments
    return _Lots(
        pickup=np.array([lot.pickup for lot in lots]),
        delivery=np.array([lot.delivery for lot in lots]),
        pickup_opens=np.array([lot.pickup_earliest_s for lot in lots], dtype=np.float64),
        pickup_closes=np.array([lot.pickup_latest_s for lot in lots], dtype=np.float64),
        delivery_opens=np.array([lot.delivery_earliest_s for lot in lots], dtype=np.float64),
        delivery_closes=np.array([lot.delivery_latest_s for lot in lots], dtype=np.float64),
        value_fen=np.array([lot.value_fen for lot in lots], dtype=np.float64),
    )


def _direct_cost_fen(problem: Problem) -> float:
    """Return what the direct legs cost: no detour can be shorter than to drive nothing."""
    return sum(
        float(problem.distance_m[trip.origin, trip.destination]) * trip.cost_fen_per_km / 1000
        for trip in problem.trips
    )


def _least_cost_fen(
    problem: Problem,
    number: int,
    lots: _Lots,
    least_m: NDArray[np.float64],
    least_s: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return each lot's least share of the trip's cost, infinite where the trip cannot carry it."""
    trip = problem.trips[number]
    from_start_s = least_s[trip.origin, lots.pickup]
    begins = np.maximum(trip.depart_earliest_s + from_start_s, lots.pickup_opens)
    in_time = begins <= lots.pickup_closes
    begins += problem.service_s + least_s[lots.pickup, lots.delivery]
    begins = np.maximum(begins, lots.delivery_opens)
    in_time &= begins <= lots.delivery_closes
    arrives = begins + problem.service_s + least_s[lots.delivery, trip.destination]
    in_time &= arrives <= trip.arrive_latest_s

    detour_m = (
        least_m[trip.origin, lots.pickup]
        + least_m[lots.pickup, lots.delivery]
        + least_m[lots.delivery, trip.destination]
        - problem.distance_m[trip.origin, trip.destination]
    )
    share = np.where(detour_m >= 0, detour_m / _most_lots(problem, number, least_s), detour_m)
    may = in_time & (detour_m <= trip.max_detour_m)
    return np.where(may, share * trip.cost_fen_per_km / 1000, np.inf)


def _most_lots(problem: Problem, number: int, least_s: NDArray[np.float64]) -> int:
    """Return how many shipments the trip has time for, at least 1."""
    trip, everything = problem.trips[number], len(problem.shipments)
    if not problem.service_s:
        return everything
    drive_s = float(least_s[trip.origin, trip.destination])
    time_s = trip.arrive_latest_s - trip.depart_earliest_s - drive_s
    return max(1, min(everything, int(time_s // (2 * problem.service_s))))


def _shortest(ways: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the least sums over any number of legs (Floyd and Warshall), shape unchanged."""
    least = ways.astype(np.float64)
    np.fill_diagonal(least, 0.0)
    for over in range(len(least)):
        np.minimum(least, least[:, over, None] + least[None, over, :], out=least)
    return least
