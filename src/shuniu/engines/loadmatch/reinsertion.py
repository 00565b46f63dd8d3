"""Lots of a round's pool are put in again, in one order or the most urgent first."""

from __future__ import annotations

import math

import numpy as np

from shuniu.engines.loadmatch.compiled import compiled, drawn, order_of
from shuniu.engines.loadmatch.insertion import Offer, best_offer, best_offer_of, take_offer
from shuniu.engines.loadmatch.memory import Search, open_trip

IN_ORDER_SHARE = 0.85  # of the rounds, that offer each lot a place only once
BLINK_SHARE = 0.02  # of the offers that are overlooked


@compiled
def put_in(search: Search) -> None:
    """Put lots of the pool in where it is worth it: all in one order, or by regret or gain."""
    how = drawn(search.chance)
    if how < IN_ORDER_SHARE:
        _put_in_order(search, how / IN_ORDER_SHARE)
    else:
        _put_in_best_first(search, (how - IN_ORDER_SHARE) / (1.0 - IN_ORDER_SHARE))


@compiled
def _put_in_order(search: Search, how: float) -> None:
    """Offer each lot of the pool its best place, once: at random, dearest or heaviest first."""
    model, memory, chance = search.model, search.memory, search.chance
    count = memory.counts[1]
    for at in range(count):
        lot = memory.pool[at]
        if how < 0.4:
            memory.gain[at] = drawn(chance)
        elif how < 0.8:
            memory.gain[at] = -model.value[lot] * (0.5 + drawn(chance))
        else:
            memory.gain[at] = -model.kg[lot] * (0.7 + 0.6 * drawn(chance))
    order_of(memory.gain[:count], memory.offer)
    for at in memory.offer[:count]:
        take_best(search, memory.pool[at])


@compiled
def _offer_to(search: Search, lot: int) -> Offer:
    """Return the best offer to a lot: by any trip, or by those opened if it was left behind.

    Nothing has changed on other trips that would make them take it now.
    """
    model, graph, memory = search.model, search.graph, search.memory
    if memory.was_left[lot] == memory.score[2]:
        trips = memory.opened[: memory.counts[0]]
        return best_offer_of(model, graph, search.routes, search.offers, lot, trips)
    return best_offer(model, graph, search.routes, search.offers, lot, search.chance, BLINK_SHARE)


@compiled
def take_best(search: Search, lot: int) -> None:
    """Let a lot take its best offer if that is worth its detour."""
    graph = search.graph
    offer = _offer_to(search, lot)
    if offer.gain > 0:
        open_trip(search, graph.pair_trip[offer.pair])
        take_offer(search.model, graph, search.routes, search.offers, offer.pair)


@compiled
def _put_in_best_first(search: Search, how: float) -> None:
    """Put the most urgent lot of the pool in while one is worth it."""
    memory = search.memory
    count = memory.counts[1]
    for at in range(count):
        _price(search, at, how)
    while count > 0:
        chosen = int(np.argmax(memory.gain[:count]))
        if memory.gain[chosen] == -math.inf:
            return
        trip = search.graph.pair_trip[memory.offer[chosen]]
        open_trip(search, trip)
        take_offer(search.model, search.graph, search.routes, search.offers, memory.offer[chosen])
        count -= 1
        memory.pool[chosen] = memory.pool[count]
        memory.gain[chosen] = memory.gain[count]
        memory.offer[chosen] = memory.offer[count]
        for at in range(count):
            _price(search, at, how)


@compiled
def _price(search: Search, at: int, how: float) -> None:
    """Write the best offer to a lot of the pool and how urgent it is."""
    memory = search.memory
    offer = _offer_to(search, memory.pool[at])
    memory.offer[at] = offer.pair
    if offer.gain <= 0:
        memory.gain[at] = -math.inf
    elif how < 0.5:
        memory.gain[at] = offer.gain * (0.7 + 0.6 * drawn(search.chance))
    else:
        memory.gain[at] = offer.gain - max(0.0, offer.second) + 1e-3 * offer.gain
