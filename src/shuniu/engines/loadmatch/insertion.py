"""What each pair would cost, remembered until its route changes; and greedy insertion by a heap."""

from __future__ import annotations

import heapq
import math
from typing import NamedTuple

import numpy as np

from shuniu.engines.loadmatch.compiled import (
    Floats,
    Ints,
    Words,
    building,
    compiled,
    drawn,
    entry,
)
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
def pair_of(graph: Graph, trip: int, lot: int) -> int:
    """Return the number of the pair, ``NOWHERE`` if the trip cannot carry the lot."""
    first, last = graph.trip_start[trip], graph.trip_start[trip + 1]
    while first < last:
        middle = (first + last) // 2
        if graph.pair_lot[middle] < lot:
            first = middle + 1
        else:
            last = middle
    if first < graph.trip_start[trip + 1] and graph.pair_lot[first] == lot:
        return int(first)
    return NOWHERE


@compiled
def better_offer(  # noqa: PLR0917  # kernels take no keywords
    model: Model, graph: Graph, routes: Routes, offers: Offers, pair: int, offer: Offer
) -> Offer:
    """Return the offer with this pair taken into account.

    A route with the lot is never shorter than the way over the lot alone; where even that would
    not beat the second best offer, or nothing at all, the pair is not looked at.
    """
    trip, lot = graph.pair_trip[pair], graph.pair_lot[pair]
    value, fen = model.value[lot], model.fen_per_length[trip]
    least = graph.alone[pair] + model.direct[trip] - routes.length[trip]
    if value - max(0.0, least) * fen <= max(0.0, offer.second):
        return offer
    gain = gain_of(model, graph, routes, offers, pair)
    if gain > offer.gain:
        return Offer(gain, pair, offer.gain)
    return Offer(offer.gain, offer.pair, max(gain, offer.second))


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
    """Return the best offer to a lot above 0, with ``pair`` ``NOWHERE`` if there is none.

    Each offer is overlooked with the chance ``blink``.
    """
    best = Offer(-math.inf, NOWHERE, -math.inf)
    first, last = graph.lot_start[lot], graph.lot_start[lot + 1]
    overlooked = first + _passed_by(chance, blink)
    for row in range(first, last):
        if row == overlooked:
            overlooked += 1 + _passed_by(chance, blink)
        else:
            best = better_offer(model, graph, routes, offers, graph.lot_pair[row], best)
    return best


@compiled
def best_offer_of(  # noqa: PLR0917  # kernels take no keywords
    model: Model, graph: Graph, routes: Routes, offers: Offers, lot: int, trips: Ints
) -> Offer:
    """Return the best offer above 0 that one of ``trips`` makes to a lot."""
    best = Offer(-math.inf, NOWHERE, -math.inf)
    for trip in trips:
        pair = pair_of(graph, trip, lot)
        if pair != NOWHERE:
            best = better_offer(model, graph, routes, offers, pair, best)
    return best


@compiled
def _passed_by(chance: Words, blink: float) -> int:
    """Return how many offers are looked at before the next one is overlooked."""
    if blink <= 0:
        return 1 << 40
    return int(math.log(1.0 - drawn(chance)) / math.log(1.0 - blink))


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


@building
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


@building
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
