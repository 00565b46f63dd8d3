"""The shortest route of a trip with two lots, and whether they must be on board together.

Pricing asks this for millions of pairs, so the six orders are written out instead of searched.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from shuniu.engines.loadmatch.compiled import compiled
from shuniu.engines.loadmatch.model import ROUNDING, Model, way_length, way_time


class Two(NamedTuple):
    """The least length of a route with two lots, infinite if there is none below the limit.

    ``overlap`` tells that neither lot can be delivered before the other is picked up.
    """

    length: float
    overlap: bool


@compiled
def two_lots(model: Model, trip: int, one: int, other: int, limit: float) -> Two:
    """Return the shortest route of the trip with both lots that is below ``limit``.

    If lots of a larger route are on board one after the other, they are so when all others are
    left out, too; so those that must overlap here must overlap in every route.
    """
    drop, fall = one + model.lots, other + model.lots
    apart = min(
        _length(model, trip, one, drop, other, fall, limit),
        _length(model, trip, other, fall, one, drop, limit),
    )
    best = min(limit, apart)
    kg, dm3 = model.kg[one] + model.kg[other], model.dm3[one] + model.dm3[other]
    if kg <= model.room_kg[trip] and dm3 <= model.room_dm3[trip]:
        best = min(best, _length(model, trip, one, other, drop, fall, best))
        best = min(best, _length(model, trip, one, other, fall, drop, best))
        best = min(best, _length(model, trip, other, one, drop, fall, best))
        best = min(best, _length(model, trip, other, one, fall, drop, best))
    return Two(best if best < limit else math.inf, apart == math.inf)


@compiled
def _length(  # noqa: PLR0917  # kernels take no keywords
    model: Model, trip: int, first: int, second: int, third: int, fourth: int, limit: float
) -> float:
    """Return the length of a route over four stops, infinite if not below ``limit`` or late."""
    ways, begin = model.ways, 2 * model.lots + trip
    end = begin + model.trips
    at, over = model.place[begin], model.place[end]
    a, b = model.place[first], model.place[second]
    c, d = model.place[third], model.place[fourth]
    length = way_length(ways, at, a) + way_length(ways, a, b) + way_length(ways, b, c)
    length += way_length(ways, c, d) + way_length(ways, d, over)
    if length >= limit:
        return math.inf
    now = model.opens[begin]
    for stop in (first, second, third, fourth):
        there = model.place[stop]
        now = max(now + way_time(ways, at, there), model.opens[stop])
        if now > model.closes[stop] + ROUNDING:
            return math.inf
        now += model.service[stop]
        at = there
    if now + way_time(ways, at, over) > model.closes[end] + ROUNDING:
        return math.inf
    return length
