"""Working a change into routes: put in what waits, and search around it."""

from __future__ import annotations

from shuniu.engines.loadmatch.compiled import Ints, drawn_below, entry
from shuniu.engines.loadmatch.memory import Search
from shuniu.engines.loadmatch.reinsertion import take_best
from shuniu.engines.loadmatch.routes import NOWHERE, remove_lot
from shuniu.engines.loadmatch.search import adopt, play_round, refresh_or_empty


@entry
def insert_each(search: Search, lots: Ints) -> None:
    """Put each lot that rides nowhere in at its best place, one after the other."""
    search.memory.score[2] += 1
    search.memory.counts[0] = 0
    for lot in lots:
        if search.routes.trip_of[lot] == NOWHERE:
            take_best(search, lot)
    adopt(search)


@entry
def repair_around(search: Search, lots: Ints, rounds: int) -> None:
    """Run so many rounds that begin with a trip for one of ``lots``; keep what is better."""
    graph = search.graph
    for _ in range(rounds):
        lot = lots[drawn_below(search.chance, len(lots))]
        first, last = graph.lot_start[lot], graph.lot_start[lot + 1]
        if first < last:
            play_round(
                search, 0.0, graph.lot_pair[first + drawn_below(search.chance, last - first)]
            )


@entry
def take_off(search: Search, lot: int) -> int:
    """Take a lot off its trip; return the trip, which may lose all its lots if it cannot go on."""
    trip = search.routes.trip_of[lot]
    if trip == NOWHERE:
        return NOWHERE
    search.memory.score[2] += 1
    search.memory.counts[0] = search.memory.counts[1] = 0
    remove_lot(search.model, search.routes, lot)
    refresh_or_empty(search, trip)
    return int(trip)
