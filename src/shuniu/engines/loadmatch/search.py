"""Large neighborhood search: take lots off related trips, put them and others in again.

Lots without a trip are allowed at the price of their value. Whole or partial routes are taken out
along a walk from trip to lot to trip in the graph.

References
----------
Ropke, S., and D. Pisinger (2006). An Adaptive Large Neighborhood Search Heuristic for the Pickup
and Delivery Problem with Time Windows. *Transportation Science* 40 (4), 455-472.
https://doi.org/10.1287/trsc.1050.0135
"""

from __future__ import annotations

import math

from shuniu.engines.loadmatch.columns import add_column
from shuniu.engines.loadmatch.compiled import compiled, drawn, drawn_below, entry
from shuniu.engines.loadmatch.memory import Search, into_pool, open_trip
from shuniu.engines.loadmatch.model import Model
from shuniu.engines.loadmatch.reinsertion import put_in
from shuniu.engines.loadmatch.routes import (
    NOWHERE,
    Routes,
    is_kept,
    read_route,
    refresh,
    remove_lot,
    write_route,
)

MOST_TRIPS = 5  # whose routes are opened in one round
WHOLE_ROUTE_SHARE = 0.4  # of the opened routes that are emptied
LEFT_BEHIND_TRIED = 8  # lots without a trip that are tried for each opened route


@compiled
def saving_of(model: Model, routes: Routes) -> float:
    """Return the value carried less the cost of the ways added, in fen."""
    saving = 0.0
    for lot in range(model.lots):
        if routes.trip_of[lot] != NOWHERE:
            saving += model.value[lot]
    for trip in range(model.trips):
        saving -= (routes.length[trip] - model.direct[trip]) * model.fen_per_length[trip]
    return saving


@entry
def adopt(search: Search) -> None:
    """Take the present routes as the best, whatever was best before."""
    search.memory.best_behind[:] = search.routes.behind
    search.memory.best_trip[:] = search.routes.trip_of
    search.memory.is_changed[:] = 0
    search.memory.counts[2] = 0
    search.memory.score[0] = saving_of(search.model, search.routes)
    search.memory.score[1] = search.memory.score[0]


@entry
def run_rounds(search: Search, rounds: int, heat: float) -> int:
    """Run so many rounds at ``heat`` fen; return how many changed the routes."""
    accepted = 0
    pairs = len(search.graph.pair_lot)
    for _ in range(rounds):
        if pairs > 0:
            accepted += play_round(search, heat, drawn_below(search.chance, pairs))
    return accepted


@compiled
def play_round(search: Search, heat: float, pair: int) -> int:
    """Open routes, fill them again, and keep the result if it is hardly worse; return 1 if so.

    The first route is that of the pair's trip; its lot is put in if it rides nowhere.
    """
    memory = search.memory
    memory.score[2] += 1
    memory.counts[0] = memory.counts[1] = 0
    before = memory.score[0]
    if search.routes.trip_of[search.graph.pair_lot[pair]] == NOWHERE:
        into_pool(memory, search.graph.pair_lot[pair])
    _take_out_on_walk(search, pair)
    put_in(search)
    if len(search.columns.trip) > 0:
        for at in range(memory.counts[0]):
            _remember(search, memory.opened[at])
    after = before + _change(search)
    if after > before + heat * math.log(max(1e-12, drawn(search.chance))):
        _accept(search, after)
        return 1
    _take_back(search)
    return 0


@compiled
def _take_out_on_walk(search: Search, pair: int) -> None:
    """Open a few trips that compete for the same lots, and call lots that they left behind."""
    graph, chance = search.graph, search.chance
    for _ in range(1 + drawn_below(chance, MOST_TRIPS)):
        trip, lot = graph.pair_trip[pair], graph.pair_lot[pair]
        open_trip(search, trip)
        first, last = graph.lot_start[lot], graph.lot_start[lot + 1]
        pair = graph.lot_pair[first + drawn_below(chance, last - first)]
        first = graph.trip_start[graph.pair_trip[pair]]
        last = graph.trip_start[graph.pair_trip[pair] + 1]
        if drawn(chance) < 0.5:
            pair = first + drawn_below(chance, last - first)
    for at in range(search.memory.counts[0]):
        trip = search.memory.opened[at]
        share = 1.0 if drawn(chance) < WHOLE_ROUTE_SHARE else drawn(chance)
        _thin_out(search, trip, share)
        _call_left_behind(search, trip)


@compiled
def _thin_out(search: Search, trip: int, share: float) -> None:
    """Take each lot of an opened trip off it with the chance ``share``."""
    model, routes, memory = search.model, search.routes, search.memory
    at = 0
    while memory.opened[at] != trip:
        at += 1
    for row in range(memory.kept_start[at], memory.kept_start[at + 1]):
        lot = memory.kept[row]
        if lot < model.lots and drawn(search.chance) < share:
            remove_lot(model, routes, lot)
            into_pool(memory, lot)
    refresh_or_empty(search, trip)


@compiled
def refresh_or_empty(search: Search, trip: int) -> None:
    """Renew the timetable; where stops cannot be left out alone, take everything off."""
    model, routes = search.model, search.routes
    refresh(model, routes, trip)
    if is_kept(model, routes, trip):
        return
    node = routes.behind[2 * model.lots + trip]
    while node < 2 * model.lots:
        if node < model.lots:
            routes.trip_of[node] = NOWHERE
            into_pool(search.memory, node)
        node = routes.behind[node]
    read_route(model, routes, trip, search.memory.kept[:0])


@compiled
def _call_left_behind(search: Search, trip: int) -> None:
    """Let some lots without a trip that this one could carry compete."""
    graph = search.graph
    first, last = graph.trip_start[trip], graph.trip_start[trip + 1]
    if last - first <= 2 * LEFT_BEHIND_TRIED:
        for pair in range(first, last):
            _call(search, graph.pair_lot[pair])
        return
    for _ in range(2 * LEFT_BEHIND_TRIED):
        _call(search, graph.pair_lot[first + drawn_below(search.chance, last - first)])


@compiled
def _call(search: Search, lot: int) -> None:
    """Let a lot compete if no trip carries it."""
    memory, now = search.memory, int(search.memory.score[2])
    if search.routes.trip_of[lot] == NOWHERE and memory.seen[lot] != now:
        memory.was_left[lot] = now
        into_pool(memory, lot)


@compiled
def _value_on(search: Search, trip: int) -> float:
    """Return the value that an opened trip carries, in fen."""
    model, value = search.model, 0.0
    node = search.routes.behind[2 * model.lots + trip]
    while node < 2 * model.lots:
        if node < model.lots:
            value += model.value[node]
        node = search.routes.behind[node]
    return value


@compiled
def _change(search: Search) -> float:
    """Return by how much this round has changed the saving so far, in fen."""
    model, memory, change = search.model, search.memory, 0.0
    for at in range(memory.counts[0]):
        trip = memory.opened[at]
        change += _value_on(search, trip)
        for row in range(memory.kept_start[at], memory.kept_start[at + 1]):
            if memory.kept[row] < model.lots:
                change -= model.value[memory.kept[row]]
        added = search.routes.length[trip] - memory.kept_length[at]
        change -= added * model.fen_per_length[trip]
    return change


@compiled
def _accept(search: Search, after: float) -> None:
    """Go on from the changed routes; where they are the best so far, keep them."""
    memory = search.memory
    memory.score[0] = after
    for at in range(memory.counts[0]):
        trip = memory.opened[at]
        if memory.is_changed[trip] == 0:
            memory.is_changed[trip] = 1
            memory.changed[memory.counts[2]] = trip
            memory.counts[2] += 1
    if after > memory.score[1] + 1e-6:
        memory.score[1] = after
        _keep_changed(search)


@compiled
def _remember(search: Search, trip: int) -> None:
    """Keep the present route of a trip among the columns."""
    model, routes = search.model, search.routes
    stops = search.memory.written[: write_route(model, routes, trip, search.memory.written)]
    if len(stops) > 0:
        detour = routes.length[trip] - model.direct[trip]
        saving = _value_on(search, trip) - detour * model.fen_per_length[trip]
        add_column(search.columns, trip, stops, saving)


@compiled
def _keep_changed(search: Search) -> None:
    """Copy the routes that differ from the best ones; they are the best now."""
    model, memory, routes = search.model, search.memory, search.routes
    for lost in (True, False):
        for at in range(memory.counts[2]):
            trip = memory.changed[at]
            memory.is_changed[trip] = 0
            node = 2 * model.lots + trip
            while node == 2 * model.lots + trip or node < 2 * model.lots:
                after = memory.best_behind[node] if lost else routes.behind[node]
                if after < model.lots:
                    memory.best_trip[after] = NOWHERE if lost else trip
                if not lost:
                    memory.best_behind[node] = after
                node = after
    memory.counts[2] = 0


@compiled
def _take_back(search: Search) -> None:
    """Undo this round."""
    model, memory, routes = search.model, search.memory, search.routes
    for at in range(memory.counts[0]):
        node = routes.behind[2 * model.lots + memory.opened[at]]
        while node < 2 * model.lots:
            if node < model.lots:
                routes.trip_of[node] = NOWHERE
            node = routes.behind[node]
    for at in range(memory.counts[0]):
        trip = memory.opened[at]
        first, last = memory.kept_start[at], memory.kept_start[at + 1]
        read_route(model, routes, trip, memory.kept[first:last])
        routes.version[trip] = memory.kept_version[at]
