"""A model and a graph with spare places, so that lots and trips can come without a new layout.

A newcomer takes the next spare number; numbers are not used twice. So its pairs stand at the end
of each row, and all older pairs only move up.
"""

from __future__ import annotations

import math
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from shuniu.engines.loadmatch.compiled import Floats, Ints, entry
from shuniu.engines.loadmatch.graph import Graph, added_alone
from shuniu.engines.loadmatch.insertion import Offers
from shuniu.engines.loadmatch.model import Model
from shuniu.engines.loadmatch.routes import NOWHERE

Row = TypeVar("Row", Floats, Ints)
NEVER_FITS = 1e15  # the weight of a lot that is not there


def roomy_model(model: Model, lots: int, trips: int, service: float) -> Model:
    """Return the model with room for ``lots`` lots and ``trips`` trips in all.

    The arrays are copies. Spare lots fit nowhere; spare trips have no room.
    """
    cuts = [model.lots, 2 * model.lots, 2 * model.lots + model.trips]

    def nodes(values: Floats, pickup: float, delivery: float) -> Floats:
        parts = zip(
            np.split(values, cuts),
            (lots, lots, trips, trips),
            (pickup, delivery, 0.0, 0.0),
            strict=True,
        )
        return np.concatenate([_longer(part, size, spare) for part, size, spare in parts])

    return model._replace(
        lots=lots,
        trips=trips,
        place=nodes(model.place.astype(np.float64), 0.0, 0.0).astype(np.int64),
        opens=nodes(model.opens, 0.0, 0.0),
        closes=nodes(model.closes, 0.0, 0.0),
        service=nodes(model.service, service, service),
        kg=nodes(model.kg, NEVER_FITS, -NEVER_FITS),
        dm3=nodes(model.dm3, NEVER_FITS, -NEVER_FITS),
        value=_longer(model.value, lots, 0.0),
        room_kg=_longer(model.room_kg, trips, -1.0),
        room_dm3=_longer(model.room_dm3, trips, -1.0),
        longest=_longer(model.longest, trips, 0.0),
        direct=_longer(model.direct, trips, 0.0),
        fen_per_length=_longer(model.fen_per_length, trips, 0.0),
    )


def _longer(values: Floats, size: int, spare: float) -> Floats:
    return np.append(values, np.full(size - len(values), spare))


def roomy_graph(graph: Graph, lots: int, trips: int) -> Graph:
    """Return the graph with empty rows for spare lots and trips."""
    pairs = len(graph.pair_lot)
    trip_start = np.append(graph.trip_start, np.full(trips + 1 - len(graph.trip_start), pairs))
    lot_start = np.append(graph.lot_start, np.full(lots + 1 - len(graph.lot_start), pairs))
    return graph._replace(trip_start=trip_start, lot_start=lot_start)


@entry
def alone_on_trips(least: Model, lot: int, may: NDArray[np.bool_], slack: float) -> Floats:
    """Return the length that a lot adds to each empty trip, infinite where it cannot ride."""
    alone = np.full(len(may), math.inf)
    for trip in range(len(may)):
        if may[trip]:
            alone[trip] = added_alone(least, trip, lot, slack)
    return alone


@entry
def alone_of_lots(least: Model, trip: int, may: NDArray[np.bool_], slack: float) -> Floats:
    """Return the length that each lot adds to the empty trip, infinite where it cannot ride."""
    alone = np.full(len(may), math.inf)
    for lot in range(len(may)):
        if may[lot]:
            alone[lot] = added_alone(least, trip, lot, slack)
    return alone


def with_lot(graph: Graph, offers: Offers, lot: int, alone: Floats) -> tuple[Graph, Offers]:
    """Return graph and offers with the pairs of a new lot; ``alone`` as ``alone_on_trips``."""
    trips = np.flatnonzero(np.isfinite(alone))
    at = graph.trip_start[trips + 1]
    moved, new = _moved(len(graph.pair_lot), at)
    trip_start = graph.trip_start.copy()
    trip_start[1:] += np.cumsum(np.isfinite(alone))[: len(trip_start) - 1]
    lot_start = graph.lot_start.copy()
    lot_start[lot + 1 :] += len(trips)
    grown = Graph(
        trip_start=trip_start,
        pair_trip=_spread(graph.pair_trip, moved, new, trips),
        pair_lot=_spread(graph.pair_lot, moved, new, np.full(len(trips), lot)),
        lot_start=lot_start,
        lot_pair=np.concatenate((moved[graph.lot_pair], new)),
        alone=_spread(graph.alone, moved, new, alone[trips]),
    )
    return grown, _with_new(offers, moved, new)


def with_trip(graph: Graph, offers: Offers, trip: int, alone: Floats) -> tuple[Graph, Offers]:
    """Return graph and offers with the pairs of a new trip; ``alone`` as ``alone_of_lots``."""
    lots = np.flatnonzero(np.isfinite(alone))
    pairs = len(graph.pair_lot)
    new = np.arange(pairs, pairs + len(lots))
    trip_start = graph.trip_start.copy()
    trip_start[trip + 1 :] += len(lots)
    rows, new_rows = _moved(pairs, graph.lot_start[lots + 1])
    lot_start = graph.lot_start.copy()
    lot_start[1:] += np.cumsum(np.isfinite(alone))[: len(lot_start) - 1]
    grown = Graph(
        trip_start=trip_start,
        pair_trip=np.append(graph.pair_trip, np.full(len(lots), trip)),
        pair_lot=np.append(graph.pair_lot, lots),
        lot_start=lot_start,
        lot_pair=_spread(graph.lot_pair, rows, new_rows, new),
        alone=np.append(graph.alone, alone[lots]),
    )
    return grown, _with_new(offers, np.arange(pairs), new)


def _moved(pairs: int, at: Ints) -> tuple[Ints, Ints]:
    """Return where old and new entries are when new ones are put in before positions ``at``."""
    before = np.cumsum(np.bincount(at, minlength=pairs + 1))
    return np.arange(pairs) + before[:pairs], at + np.arange(len(at))


def _spread(values: Row, moved: Ints, new: Ints, added: Row) -> Row:
    """Return ``values`` at ``moved`` and ``added`` at ``new``."""
    out = np.resize(values, len(values) + len(added))
    out[moved], out[new] = values, added
    return out


def _with_new(offers: Offers, moved: Ints, new: Ints) -> Offers:
    nothing = np.full(len(new), NOWHERE)
    return Offers(
        _spread(offers.added, moved, new, np.full(len(new), math.inf)),
        _spread(offers.pickup_behind, moved, new, nothing),
        _spread(offers.delivery_behind, moved, new, nothing),
        _spread(offers.version, moved, new, nothing),
    )
