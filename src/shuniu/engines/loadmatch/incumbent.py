"""The best plan of a search, as columns and as stops."""

from __future__ import annotations

import numpy as np

from shuniu.engines.loadmatch.columns import add_column
from shuniu.engines.loadmatch.compiled import Ints, entry
from shuniu.engines.loadmatch.memory import Search
from shuniu.engines.loadmatch.model import way_length
from shuniu.engines.loadmatch.routes import clear_all, read_route
from shuniu.engines.loadmatch.search import adopt


@entry
def load_columns(search: Search, chosen: Ints) -> None:
    """Let the routes be those of some columns, and take them as the best."""
    columns, routes = search.columns, search.routes
    clear_all(search.model, routes)
    for column in chosen:
        stops = columns.stops[columns.start[column] : columns.start[column + 1]]
        read_route(search.model, routes, columns.trip[column], stops)
    adopt(search)


@entry
def column_best(search: Search) -> Ints:
    """Return the columns that the best routes are, making those that are missing."""
    model, memory = search.model, search.memory
    numbers, count = np.empty(model.trips, dtype=np.int64), 0
    for trip in range(model.trips):
        node, stops, value = memory.best_behind[2 * model.lots + trip], 0, 0.0
        at, length = model.place[2 * model.lots + trip], 0.0
        while node < 2 * model.lots:
            memory.written[stops] = node
            stops += 1
            if node < model.lots:
                value += model.value[node]
            length += way_length(model.ways, at, model.place[node])
            at, node = model.place[node], memory.best_behind[node]
        if stops == 0:
            continue
        length += way_length(model.ways, at, model.place[2 * model.lots + model.trips + trip])
        saving = value - (length - model.direct[trip]) * model.fen_per_length[trip]
        numbers[count] = add_column(search.columns, trip, memory.written[:stops], saving)
        count += 1
    return numbers[:count].copy()


def best_stops(search: Search) -> list[tuple[int, ...]]:
    """Return the stops of each trip in the best routes."""
    behind, lots = search.memory.best_behind.tolist(), search.model.lots
    routes = []
    for trip in range(search.model.trips):
        stops, node = [], behind[2 * lots + trip]
        while node < 2 * lots:
            stops.append(node)
            node = behind[node]
        routes.append(tuple(stops))
    return routes
