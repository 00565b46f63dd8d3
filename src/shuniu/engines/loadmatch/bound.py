"""A proven limit on what any plan can save, at once: before anything is searched."""

from __future__ import annotations

import numpy as np

from shuniu.engines.loadmatch.compiled import Floats
from shuniu.engines.loadmatch.ground import Ground
from shuniu.engines.loadmatch.model import Model, way_time


def first_bound_fen(ground: Ground) -> float:
    """Return a number of fen that the saving of no plan exceeds.

    Notes
    -----
    Let a trip ``t`` carry the set ``S`` of ``n`` lots at ``c`` fen per metre, and let ``D`` be
    its detour. ``d*`` and ``u*`` are the shortest lengths and times between places by any number
    of legs, so a truck that visits other stops in between has never driven less.

    1. For each lot ``s`` in ``S`` the truck goes from the origin over pickup and delivery of
       ``s`` to the destination. So ``D >= D*(s)``, where ``D*(s)`` is that way measured by ``d*``,
       less the direct leg; and ``s`` is only in ``S`` if that way keeps its own windows, measured
       by ``u*`` (stops and waiting in between only make it later), and ``D*(s)`` is allowed:
       that is a pair of the graph. Where lengths are rounded to metres, ``D*(s)`` is less by
       ``e`` for each stop left out, ``2 n`` at most.
    2. A maximum is at least the mean: ``D >= sum(D*(s) - 2 n e for s in S) / n``.
    3. ``n <= N``: each lot costs two services, and the truck drives at least ``u*`` from origin
       to destination between its earliest departure and its latest arrival.
    4. So the trip saves ``sum(v(s) for s in S) - c D <= sum(v(s) - c h(s) for s in S)``, with
       ``h(s) = D*(s) / N - 2 e`` if ``D*(s)`` is not negative, else ``D*(s) - 2 e``.
    5. A lot rides on one trip at most, so all plans save at most the sum, over lots, of the
       greatest ``v(s) - c h(s)`` over trips that may carry it, or 0 if that is negative.

    Where the shortest ways are not known, it is the sum of the positive values, plus the cost of
    all direct legs, which is the most that detours can be below nothing.
    """
    model, graph = ground.model, ground.graph
    if not model.lots or not model.trips:
        return 0.0
    if not ground.is_provable:
        direct_fen = (model.direct * model.fen_per_length).sum()
        return float(np.maximum(model.value, 0.0).sum() + direct_fen)
    trip = graph.pair_trip
    detour = graph.alone + (ground.least.direct - model.direct)[trip]
    share = np.where(detour >= 0, detour / _most_lots(ground.least)[trip], detour)
    share -= 2 * ground.slips.length
    best = np.zeros(model.lots)
    worth = model.value[graph.pair_lot] - share * model.fen_per_length[trip]
    np.maximum.at(best, graph.pair_lot, worth)
    return float(best.sum())


def _most_lots(least: Model) -> Floats:
    """Return how many lots each trip has time for, at least 1 and at most all; shape (trips,)."""
    starts, ends = np.split(np.arange(2 * least.lots, len(least.place)), 2)
    drive = [
        way_time(least.ways, least.place[start], least.place[end])
        for start, end in zip(starts, ends, strict=True)
    ]
    takes = max(2 * float(least.service[0]), 1e-9)
    most = (least.closes[ends] - least.opens[starts] - np.array(drive)) / takes
    lots: Floats = np.clip(np.floor(most), 1.0, float(least.lots))
    return lots
