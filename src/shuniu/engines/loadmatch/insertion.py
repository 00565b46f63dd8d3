"""What each pair would cost, remembered until its route changes; and greedy insertion by a heap."""

from __future__ import annotations

import heapq
import math
from typing import NamedTuple

import numpy as np

from shuniu.engines.loadmatch.compiled import Floats, Ints, Words, compiled, drawn, entry
from shuniu.engines.loadmatch.graph import Graph
from shuniu.engines.loadmatch.model import Model
from shuniu.engines.loadmatch.routes import NOWHERE, Place, Routes, cheapest_place, insert_lot


class Offers(NamedTuple):
    """The cheapest place of each pair of a ``Graph`` in its route of ``version``.

    All of shape ``(pairs,)``. An offer is out of date when the route's version is another.
    """

    added: Floats
    pickup_behind: Ints
    delivery_behind: Ints
    version: Ints


class Offer(NamedTuple):
    """The best that a lot is offered: the gain in fen, the pair, and the second best gain."""

    gain: float
    pair: int
    second: float


def no_offers(graph: Graph) -> Offers:
    """Return offers that are all out of date."""
    pairs = len(graph.pair_lot)
    return Offers(
        np.full(pairs, np.inf),
        np.full(pairs, NOWHERE, dtype=np.int64),
        np.full(pairs, NOWHERE, dtype=np.int64),
        np.full(pairs, NOWHERE, dtype=np.int64),
    )


@compiled
def gain_of(model: Model, graph: Graph, routes: Routes, offers: Offers, pair: int) -> float:
    """Return what the pair is worth in the present route, in fen; renews its offer."""
    trip, lot = graph.pair_trip[pair], graph.pair_lot[pair]
    if offers.version[pair] != routes.version[trip]:
        place = cheapest_place(model, routes, trip, lot)
        offers.added[pair] = place.added
        offers.pickup_behind[pair] = place.pickup_behind
        offers.delivery_behind[pair] = place.delivery_behind
        offers.version[pair] = routes.version[trip]
    added = offers.added[pair]
    if added == math.inf:
        return -math.inf
    return float(model.value[lot] - added * model.fen_per_length[trip])


@compiled
def best_offer(  # noqa: PLR0917  # kernels take no keywords
    model: Model,
    graph: Graph,
    routes: Routes,
    offers: Offers,
    lot: int,
    chance: Words,
    blink: float,
) -> Offer:
    """Return the best offer to a lot, with ``pair`` ``NOWHERE`` if no trip can take it.

    Each offer is overlooked with the chance ``blink``.
    """
    best, at, second = -math.inf, NOWHERE, -math.inf
    for row in range(graph.lot_start[lot], graph.lot_start[lot + 1]):
        pair = graph.lot_pair[row]
        if blink > 0 and drawn(chance) < blink:
            continue
        gain = gain_of(model, graph, routes, offers, pair)
        if gain > best:
            best, at, second = gain, pair, best
        elif gain > second:
            second = gain
    return Offer(best, at, second)


@compiled
def take_offer(model: Model, graph: Graph, routes: Routes, offers: Offers, pair: int) -> None:
    """Put the pair's lot into its route at the place offered, which is up to date."""
    place = Place(offers.added[pair], offers.pickup_behind[pair], offers.delivery_behind[pair])
    insert_lot(model, routes, graph.pair_trip[pair], graph.pair_lot[pair], place)


@entry
def insert_greedily(
    model: Model,
    graph: Graph,
    routes: Routes,
    offers: Offers,
) -> int:
    """Insert the most profitable lot while one is worth its detour; return how many were.

    The heap holds (loss, pair), best first; a pair whose gain has changed meanwhile goes back
    with its new gain, so nothing is scanned twice without need.
    """
    inserted = 0
    waiting = _first_offers(model, graph, routes, offers)
    while len(waiting) > 0:
        loss, pair = heapq.heappop(waiting)
        if routes.trip_of[graph.pair_lot[pair]] != NOWHERE:
            continue
        gain = gain_of(model, graph, routes, offers, pair)
        if gain < -loss:
            if gain > 0:
                heapq.heappush(waiting, (-gain, pair))
            continue
        take_offer(model, graph, routes, offers, pair)
        inserted += 1
        _call_back(model, graph, routes, offers, graph.pair_trip[pair], waiting)
    return inserted


@compiled
def _call_back(  # noqa: PLR0917  # kernels take no keywords
    model: Model,
    graph: Graph,
    routes: Routes,
    offers: Offers,
    trip: int,
    waiting: list[tuple[float, int]],
) -> None:
    """Put pairs of a changed trip on the heap again that are worth more than they were."""
    for pair in range(graph.trip_start[trip], graph.trip_start[trip + 1]):
        if routes.trip_of[graph.pair_lot[pair]] == NOWHERE:
            before = offers.added[pair]
            gain = gain_of(model, graph, routes, offers, pair)
            if gain > 0 and offers.added[pair] < before:
                heapq.heappush(waiting, (-gain, pair))


@compiled
def _first_offers(
    model: Model, graph: Graph, routes: Routes, offers: Offers
) -> list[tuple[float, int]]:
    """Return the heap of all pairs that are worth their detour."""
    waiting = [(0.0, 0) for _ in range(0)]
    for pair in range(len(graph.pair_lot)):
        if routes.trip_of[graph.pair_lot[pair]] == NOWHERE:
            gain = gain_of(model, graph, routes, offers, pair)
            if gain > 0:
                waiting.append((-gain, pair))
    heapq.heapify(waiting)
    return waiting
