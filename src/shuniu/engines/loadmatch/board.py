"""Routes under change, and for every ride and lot that may go together the cheapest way in.

The board is what a search plays on: it knows the cost model, not what is worth doing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from shuniu.engines.loadmatch.costs import (
    Floats,
    Ints,
    Ride,
    Stops,
    cheapest_insertions,
    is_kept,
    route_with,
    timetable,
)

NOWHERE = -1


class Board:
    """All routes, and a flat table with one entry for each ride and lot that may go together.

    Attributes
    ----------
    routes
        Stops in order, for each ride; see ``Stops`` for their numbers.
    ride_of
        Shape ``(lots,)``: the ride that carries the lot, or ``NOWHERE``.
    entry_ride, entry_lot
        Shape ``(entries,)``: what the entry is about. Entries of a ride stand together.
    cost
        Shape ``(entries,)``: what the cheapest way into the present route costs (added length
        times the ride's rate), infinite where there is none. Without meaning while the ride
        itself carries the lot.
    route_cost
        Shape ``(rides,)``: what the route costs above the empty one.
    """

    def __init__(self, stops: Stops, rides: Sequence[Ride], lots_of_ride: Sequence[Ints]) -> None:
        self.stops = stops
        self.rides = tuple(rides)
        self.routes: list[tuple[int, ...]] = [() for _ in rides]
        self.ride_of = np.full(stops.lots, NOWHERE, dtype=np.int64)
        self._lots_of_ride = tuple(lots_of_ride)
        sizes = np.array([len(lots) for lots in lots_of_ride], dtype=np.int64)
        self._start = np.concatenate(([0], np.cumsum(sizes)))
        self.entry_ride = np.repeat(np.arange(len(sizes)), sizes)
        none = np.zeros(0, dtype=np.int64)
        self.entry_lot = np.concatenate((none, *lots_of_ride))
        self.cost = np.full(len(self.entry_lot), np.inf)
        self._pickup_after = np.zeros(len(self.entry_lot), dtype=np.int64)
        self._delivery_after = np.zeros(len(self.entry_lot), dtype=np.int64)
        self.route_cost = np.zeros(len(sizes))
        self._empty_length = [timetable(stops, ride, ()).driven for ride in rides]
        self._before: dict[int, tuple[tuple[int, ...], Floats, Ints, Ints, float]] | None = None
        self._columns = self._entries_by_lot()
        for ride in range(len(rides)):
            self._reckon(ride)

    def entries_of(self, lots: Ints) -> Ints:
        """Return the entries of ``lots``, shape ``(len(lots), widest)``, filled up with -1."""
        by_lot, start = self._columns
        first, last = start[lots], start[lots + 1]
        offsets = np.arange(int((last - first).max(initial=0)))
        at = first[:, None] + offsets
        inside = at < last[:, None]
        return np.where(inside, by_lot[np.where(inside, at, 0)], -1) if len(by_lot) else at

    def entries_of_ride(self, ride: int) -> slice:
        """Return where the entries of ``ride`` stand."""
        return slice(int(self._start[ride]), int(self._start[ride + 1]))

    def put(self, ride: int, route: tuple[int, ...]) -> None:
        """Give an empty ride a route that keeps its rules, of lots that are nowhere."""
        self.routes[ride] = route
        self.ride_of[self._lots_on(ride)] = ride
        self._reckon(ride)

    def insert(self, entry: int) -> None:
        """Put the entry's lot, which is nowhere, into the entry's ride at its cheapest place."""
        ride, lot = int(self.entry_ride[entry]), int(self.entry_lot[entry])
        self._remember(ride)
        self.routes[ride] = route_with(
            self.routes[ride],
            lot,
            lot + self.stops.lots,
            int(self._pickup_after[entry]),
            int(self._delivery_after[entry]),
        )
        self.ride_of[lot] = ride
        self._reckon(ride)

    def remove(self, lots: Iterable[int]) -> list[int]:
        """Take ``lots`` out of their rides and return all that are nowhere by this.

        Where ways do not obey the triangle inequality, a shorter list of stops can be late. Such
        a ride gives up all its lots.
        """
        leaving: dict[int, set[int]] = {}
        for lot in lots:
            ride = int(self.ride_of[lot])
            if ride != NOWHERE:
                leaving.setdefault(ride, set()).add(lot)
        gone: list[int] = []
        for ride, out in leaving.items():
            self._remember(ride)
            route = self.routes[ride]
            rest = tuple(stop for stop in route if stop % self.stops.lots not in out)
            if rest and not is_kept(self.stops, self.rides[ride], rest):
                rest = ()
            kept = set(rest)
            lost = [stop for stop in route if stop < self.stops.lots and stop not in kept]
            gone.extend(lost)
            self.ride_of[lost] = NOWHERE
            self.routes[ride] = rest
            self._reckon(ride)
        return gone

    def mark(self) -> None:
        """Remember the present state, to come back to it with ``take_back``."""
        self._before = {}

    def take_back(self) -> None:
        """Undo all since ``mark``."""
        before, self._before = self._before or {}, None
        for ride in before:
            self.ride_of[self._lots_on(ride)] = NOWHERE
        for ride, (route, cost, pickup_after, delivery_after, route_cost) in before.items():
            entries = self.entries_of_ride(ride)
            self.routes[ride] = route
            self.cost[entries] = cost
            self._pickup_after[entries] = pickup_after
            self._delivery_after[entries] = delivery_after
            self.route_cost[ride] = route_cost
            self.ride_of[self._lots_on(ride)] = ride

    def _lots_on(self, ride: int) -> list[int]:
        return [stop for stop in self.routes[ride] if stop < self.stops.lots]

    def _remember(self, ride: int) -> None:
        if self._before is not None and ride not in self._before:
            entries = self.entries_of_ride(ride)
            self._before[ride] = (
                self.routes[ride],
                self.cost[entries].copy(),
                self._pickup_after[entries].copy(),
                self._delivery_after[entries].copy(),
                float(self.route_cost[ride]),
            )

    def _reckon(self, ride: int) -> None:
        """Compute anew what depends on the ride's route."""
        terms, entries = self.rides[ride], self.entries_of_ride(ride)
        found = cheapest_insertions(self.stops, terms, self.routes[ride], self._lots_of_ride[ride])
        self.cost[entries] = found.added * terms.fen_per_length if terms.fen_per_length else 0.0
        self.cost[entries][np.isinf(found.added)] = np.inf
        self._pickup_after[entries] = found.pickup_after
        self._delivery_after[entries] = found.delivery_after
        driven = timetable(self.stops, terms, self.routes[ride]).driven
        self.route_cost[ride] = (driven - self._empty_length[ride]) * terms.fen_per_length

    def _entries_by_lot(self) -> tuple[Ints, Ints]:
        """Return the entries sorted by lot, and where each lot's begin: ``(lots + 1,)``."""
        by_lot = np.argsort(self.entry_lot, kind="stable")
        counts = np.bincount(self.entry_lot, minlength=self.stops.lots)
        return by_lot, np.concatenate(([0], np.cumsum(counts)))
