"""A day that goes on: shipments and trips come, go and change, and the plan follows at once.

Every change is worked into the present routes, first by the cheapest insertion and then by a few
rounds of search around what has changed; nothing else is touched. So a change takes milliseconds
however large the day is.

References
----------
Berbeglia, G., J.-F. Cordeau, and G. Laporte (2010). Dynamic Pickup and Delivery Problems.
*European Journal of Operational Research* 202 (1), 8-15. https://doi.org/10.1016/j.ejor.2009.04.024
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.loadmatch.answer import plan_of
from shuniu.engines.loadmatch.bound import first_bound_fen
from shuniu.engines.loadmatch.columns import no_columns
from shuniu.engines.loadmatch.compiled import Ints
from shuniu.engines.loadmatch.ground import Ground, ground_of
from shuniu.engines.loadmatch.memory import new_search
from shuniu.engines.loadmatch.plan import Action, Plan
from shuniu.engines.loadmatch.problem import Problem, Shipment, Trip
from shuniu.engines.loadmatch.repair import insert_each, repair_around, take_off
from shuniu.engines.loadmatch.roomy import (
    NEVER_FITS,
    alone_of_lots,
    alone_on_trips,
    roomy_graph,
    roomy_model,
    with_lot,
    with_trip,
)
from shuniu.engines.loadmatch.routes import NOWHERE, set_route, stops_of
from shuniu.engines.loadmatch.search import adopt
from shuniu.engines.loadmatch.sets import slack_of

REPAIR_ROUNDS = 60  # after each change
SPARE_LOTS, SPARE_TRIPS = 1000, 200  # that can come before the day is laid out anew


@dataclass(frozen=True, slots=True)
class Change:
    """What a change has done to the plan.

    ``trip_ids`` are the trips whose routes are other ones now, in the order in which they came to
    the day. ``gain_fen`` is what the plan saves more, or less if it is negative.
    """

    trip_ids: tuple[str, ...]
    gain_fen: float


class LiveDay:
    """The state of a day: who is there, and the routes.

    The same problem, plan, seed and changes give the same routes.
    """

    def __init__(self, problem: Problem, plan: Plan, seed: int) -> None:
        """Begin with a valid ``plan`` of ``problem``; ``seed`` is at least 0."""
        self._seed = seed
        self._lay_out(problem)
        self._take_over(plan)

    @property
    def saving_fen(self) -> float:
        """What the present routes save."""
        return float(self._search.memory.score[0])

    def trip_of(self, shipment_id: str) -> str | None:
        """Return the id of the trip that carries a shipment, or None if it is left behind."""
        trip = int(self._search.routes.trip_of[self._lot_number(shipment_id)])
        return None if trip == NOWHERE else self._trips[trip].id

    def problem(self) -> Problem:
        """Return the day as it is now."""
        return replace(
            self._first,
            trips=tuple(self._trips[number] for number in self._trip_numbers.values()),
            shipments=tuple(self._lots[number] for number in self._lot_numbers.values()),
        )

    def plan(self) -> Plan:
        """Return the present plan of ``problem()``, with its first bound; takes a moment."""
        problem = self.problem()
        ground = ground_of(problem)
        code = {number: at for at, number in enumerate(self._lot_numbers.values())}
        code |= {
            number + self._model.lots: at + len(problem.shipments) for number, at in code.items()
        }
        found = [
            tuple(code[stop] for stop in self._stops(number))
            for number in self._trip_numbers.values()
        ]
        return plan_of(problem, ground, found, first_bound_fen(ground))

    def arrive(self, shipment: Shipment) -> Change:
        """Take a new shipment into the day, and along if that is worth it.

        Raises
        ------
        InvalidProblem
            If its id is in the day already, or a place is unknown.
        """
        if shipment.id in self._lot_numbers:
            raise InvalidProblem(f"shipment {shipment.id}: this id occurs twice.")
        self._need_places(f"shipment {shipment.id}", shipment.pickup, shipment.delivery)
        if len(self._lots) == self._model.lots:
            self._start_anew()
        before = self._mark()
        return self._settle(before, np.array([self._add_lot(shipment)]))

    def withdraw(self, shipment_id: str) -> Change:
        """Take a shipment out of the day; others may get its room."""
        number = self._lot_number(shipment_id)
        before = self._mark()
        freed = self._drop_lot(number)
        return self._settle(before, freed)

    def amend(self, shipment: Shipment) -> Change:
        """Replace the shipment of the same id, wherever it rides, as if it had come now.

        Raises
        ------
        InvalidProblem
            If its id is not in the day, or a place is unknown.
        """
        number = self._lot_number(shipment.id)
        self._need_places(f"shipment {shipment.id}", shipment.pickup, shipment.delivery)
        if len(self._lots) == self._model.lots:
            self._start_anew()
            number = self._lot_number(shipment.id)
        before = self._mark()
        freed = self._drop_lot(number)
        return self._settle(before, np.append(freed, self._add_lot(shipment)))

    def trip_arrives(self, trip: Trip) -> Change:
        """Take a new trip into the day, and let it carry what it can.

        Raises
        ------
        InvalidProblem
            If its id is in the day already, or a place is unknown.
        """
        if trip.id in self._trip_numbers:
            raise InvalidProblem(f"trip {trip.id}: this id occurs twice.")
        self._need_places(f"trip {trip.id}", trip.origin, trip.destination)
        if len(self._trips) == self._model.trips:
            self._start_anew()
        before = self._mark()
        number = self._add_trip(trip)
        return self._settle(before, self._lots_for(number))

    def trip_leaves(self, trip_id: str) -> Change:
        """Take a trip out of the day; its lots look for other ones."""
        number = self._trip_number(trip_id)
        before = self._mark()
        freed = self._carried_by(number)
        set_route(self._model, self._search.routes, number, np.zeros(0, dtype=np.int64))
        self._model.room_kg[number] = self._model.room_dm3[number] = -1.0
        self._forget(self._pairs_of_trip(number))
        del self._trip_numbers[trip_id]
        return self._settle(before, freed)

    def _lay_out(self, problem: Problem) -> None:
        ground = ground_of(problem)
        lots, trips = len(problem.shipments) + SPARE_LOTS, len(problem.trips) + SPARE_TRIPS
        service = float(problem.service_s)
        self._first = problem
        self._lots, self._trips = list(problem.shipments), list(problem.trips)
        self._lot_numbers = {lot.id: number for number, lot in enumerate(self._lots)}
        self._trip_numbers = {trip.id: number for number, trip in enumerate(self._trips)}
        self._model = roomy_model(ground.model, lots, trips, service)
        least = roomy_model(ground.least, lots, trips, service)
        # The same rows with other ways: what is written for newcomers is there for both.
        self._least = self._model._replace(ways=least.ways, direct=least.direct)
        self._slack = _slack_of(ground)
        graph = roomy_graph(ground.graph, lots, trips)
        self._search = new_search(self._model, graph, no_columns(lots, 0), self._seed)

    def _take_over(self, plan: Plan) -> None:
        """Let the routes be those of the plan."""
        for route in plan.routes:
            stops = [
                self._lot_numbers[stop.shipment_id]
                + (0 if stop.action is Action.PICKUP else self._model.lots)
                for stop in route.stops
            ]
            number = self._trip_numbers[route.trip_id]
            set_route(self._model, self._search.routes, number, np.array(stops, dtype=np.int64))
        adopt(self._search)

    def _start_anew(self) -> None:
        """Lay out the day again, with new spare places."""
        plan = self.plan()
        self._lay_out(self.problem())
        self._take_over(plan)

    def _mark(self) -> _Mark:
        return _Mark(self._search.routes.version.copy(), self.saving_fen)

    def _settle(self, before: _Mark, lots: Ints) -> Change:
        """Find places for ``lots``, repair around them, and tell what has changed."""
        insert_each(self._search, lots)
        if len(lots):
            repair_around(self._search, lots, REPAIR_ROUNDS)
        other = np.flatnonzero(self._search.routes.version != before.version).tolist()
        ids = (self._trips[number].id for number in other)
        return Change(
            tuple(key for key in ids if key in self._trip_numbers),
            self.saving_fen - before.saving_fen,
        )

    def _add_lot(self, lot: Shipment) -> int:
        number, model = len(self._lots), self._model
        drop = number + model.lots
        model.place[number], model.place[drop] = lot.pickup, lot.delivery
        model.opens[number], model.closes[number] = lot.pickup_earliest_s, lot.pickup_latest_s
        model.opens[drop], model.closes[drop] = lot.delivery_earliest_s, lot.delivery_latest_s
        model.kg[number], model.kg[drop] = lot.kg, -lot.kg
        model.dm3[number], model.dm3[drop] = lot.dm3, -lot.dm3
        model.value[number] = lot.value_fen
        may = np.zeros(model.trips, dtype=np.bool_)
        for trip in self._trip_numbers.values():
            may[trip] = lot.requires <= self._trips[trip].attributes
        alone = alone_on_trips(self._least, number, may, self._slack)
        graph, offers = with_lot(self._search.graph, self._search.offers, number, alone)
        self._search = self._search._replace(graph=graph, offers=offers)
        self._lots.append(lot)
        self._lot_numbers[lot.id] = number
        return number

    def _drop_lot(self, number: int) -> Ints:
        """Take a lot out of the day; return lots that may ride now."""
        model = self._model
        trip = take_off(self._search, number)
        for array in (model.kg, model.dm3):
            array[number], array[number + model.lots] = NEVER_FITS, -NEVER_FITS
        model.value[number] = 0.0
        graph = self._search.graph
        rows = graph.lot_pair[graph.lot_start[number] : graph.lot_start[number + 1]]
        self._forget(rows)
        del self._lot_numbers[self._lots[number].id]
        return self._lots_for(trip) if trip != NOWHERE else np.zeros(0, dtype=np.int64)

    def _add_trip(self, trip: Trip) -> int:
        number, model = len(self._trips), self._model
        start = 2 * model.lots + number
        end = start + model.trips
        model.place[start], model.place[end] = trip.origin, trip.destination
        model.opens[start] = model.opens[end] = trip.depart_earliest_s
        model.closes[start] = model.closes[end] = trip.arrive_latest_s
        model.room_kg[number], model.room_dm3[number] = trip.spare_kg, trip.spare_dm3
        model.direct[number] = self._first.way_m(trip.origin, trip.destination)
        model.longest[number] = model.direct[number] + trip.max_detour_m
        model.fen_per_length[number] = trip.cost_fen_per_km / 1000
        if self._least.direct is not model.direct:
            self._least.direct[number] = model.direct[number]
        set_route(model, self._search.routes, number, np.zeros(0, dtype=np.int64))
        may = np.zeros(model.lots, dtype=np.bool_)
        for lot in self._lot_numbers.values():
            may[lot] = self._lots[lot].requires <= trip.attributes
        alone = alone_of_lots(self._least, number, may, self._slack)
        graph, offers = with_trip(self._search.graph, self._search.offers, number, alone)
        self._search = self._search._replace(graph=graph, offers=offers)
        self._trips.append(trip)
        self._trip_numbers[trip.id] = number
        return number

    def _lots_for(self, trip: int) -> Ints:
        """Return the lots of the day that a trip could carry alone."""
        lots = self._search.graph.pair_lot[self._pairs_of_trip(trip)]
        there: Ints = lots[self._model.kg[lots] < NEVER_FITS]
        return there

    def _carried_by(self, trip: int) -> Ints:
        stops = stops_of(self._model, self._search.routes, trip)
        lots: Ints = stops[stops < self._model.lots]
        return lots

    def _stops(self, trip: int) -> list[int]:
        stops: list[int] = stops_of(self._model, self._search.routes, trip).tolist()
        return stops

    def _pairs_of_trip(self, trip: int) -> Ints:
        graph = self._search.graph
        return np.arange(graph.trip_start[trip], graph.trip_start[trip + 1])

    def _forget(self, pairs: Ints) -> None:
        """Let offers be out of date."""
        self._search.offers.version[pairs] = NOWHERE

    def _lot_number(self, shipment_id: str) -> int:
        if shipment_id not in self._lot_numbers:
            raise InvalidProblem(f"shipment {shipment_id}: no such shipment is in the day.")
        return self._lot_numbers[shipment_id]

    def _trip_number(self, trip_id: str) -> int:
        if trip_id not in self._trip_numbers:
            raise InvalidProblem(f"trip {trip_id}: no such trip is in the day.")
        return self._trip_numbers[trip_id]

    def _need_places(self, where: str, *places: int) -> None:
        for place in places:
            if not 0 <= place < self._first.places:
                raise InvalidProblem(
                    f"{where}: location {place}; there are {self._first.places} from 0 on."
                )


@dataclass(frozen=True, slots=True, eq=False)
class _Mark:
    """What the routes looked like, and what they saved."""

    version: Ints
    saving_fen: float


def _slack_of(ground: Ground) -> float:
    return slack_of(ground.slips) if ground.is_provable else 0.0
