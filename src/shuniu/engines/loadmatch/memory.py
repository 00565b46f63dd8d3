"""What a round of the search works on: routes, what it remembers of them, and its chance."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from shuniu.engines.loadmatch.columns import Columns
from shuniu.engines.loadmatch.compiled import Floats, Ints, Words, chance_state, compiled
from shuniu.engines.loadmatch.graph import Graph
from shuniu.engines.loadmatch.insertion import Offers, no_offers
from shuniu.engines.loadmatch.model import Model
from shuniu.engines.loadmatch.routes import Routes, empty_routes, write_route


class Memory(NamedTuple):
    """What the search remembers.

    ``opened[:counts[0]]`` are the trips changed in this round, ``kept`` their stops before, in
    rows of ``kept_start``, with the routes' ``kept_version`` and ``kept_length``. ``stamp`` tells
    in which round a trip, ``seen`` in which round a lot was last touched, ``was_left`` in which it
    was touched without a trip. ``pool[:counts[1]]`` are the lots to put in again. ``best_behind``
    and ``best_trip`` are the best routes, without the changes of ``changed[:counts[2]]`` since.
    ``score``: the saving now, the best, and the round.
    """

    opened: Ints
    kept: Ints
    kept_start: Ints
    kept_version: Ints
    kept_length: Floats
    stamp: Ints
    seen: Ints
    was_left: Ints
    pool: Ints
    gain: Floats
    offer: Ints
    changed: Ints
    is_changed: Ints
    best_behind: Ints
    best_trip: Ints
    written: Ints
    counts: Ints
    score: Floats


class Search(NamedTuple):
    """Everything that a round works on."""

    model: Model
    graph: Graph
    routes: Routes
    offers: Offers
    columns: Columns
    memory: Memory
    chance: Words


def new_search(model: Model, graph: Graph, columns: Columns, seed: int) -> Search:
    """Return a search that begins with empty routes."""
    routes = empty_routes(model)
    trips, lots = model.trips, model.lots
    memory = Memory(
        opened=np.zeros(trips, dtype=np.int64),
        kept=np.zeros(2 * lots + 1, dtype=np.int64),
        kept_start=np.zeros(trips + 1, dtype=np.int64),
        kept_version=np.zeros(trips, dtype=np.int64),
        kept_length=np.zeros(trips),
        stamp=np.zeros(trips, dtype=np.int64),
        seen=np.zeros(lots, dtype=np.int64),
        was_left=np.zeros(lots, dtype=np.int64),
        pool=np.zeros(lots, dtype=np.int64),
        gain=np.zeros(lots),
        offer=np.zeros(lots, dtype=np.int64),
        changed=np.zeros(trips, dtype=np.int64),
        is_changed=np.zeros(trips, dtype=np.int64),
        best_behind=routes.behind.copy(),
        best_trip=routes.trip_of.copy(),
        written=np.zeros(2 * lots + 1, dtype=np.int64),
        counts=np.zeros(3, dtype=np.int64),
        score=np.zeros(3),
    )
    return Search(model, graph, routes, no_offers(graph), columns, memory, chance_state(seed))


@compiled
def open_trip(search: Search, trip: int) -> None:
    """Remember the route of a trip that is going to change, once in each round."""
    memory = search.memory
    now = int(memory.score[2])
    if memory.stamp[trip] == now:
        return
    memory.stamp[trip] = now
    at = memory.counts[0]
    memory.opened[at] = trip
    first = memory.kept_start[at]
    memory.kept_start[at + 1] = first + write_route(
        search.model, search.routes, trip, memory.kept[first:]
    )
    memory.kept_length[at] = search.routes.length[trip]
    memory.kept_version[at] = search.routes.version[trip]
    memory.counts[0] = at + 1


@compiled
def into_pool(memory: Memory, lot: int) -> None:
    """Let the lot be put in again, once in each round."""
    now = int(memory.score[2])
    if memory.seen[lot] != now:
        memory.seen[lot] = now
        memory.pool[memory.counts[1]] = lot
        memory.counts[1] += 1
