"""What pricing works on and with: the question, the world it is asked in, and space."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from shuniu.engines.loadmatch.columns import Columns
from shuniu.engines.loadmatch.compiled import Floats, Ints
from shuniu.engines.loadmatch.graph import Graph
from shuniu.engines.loadmatch.model import Model
from shuniu.engines.loadmatch.packing import Packs, new_packs
from shuniu.engines.loadmatch.sequence import MOST_LOTS, Desk, Slips, new_desk


class Bench(NamedTuple):
    """Space to explore the sets of one trip with up to ``most`` candidate lots.

    ``lot`` are the candidates, dearest first, ``worth`` their weights, ``pair`` the length of the
    route with two of them (infinite if they exclude each other, ``NaN`` if not yet known).
    ``open_to[d]`` are the candidates that may extend the set of depth d, ``longer[d]`` the lengths
    with them, ``orders[d]`` the stops in order (negative where unknown), ``size[d]`` how many
    they are, ``at[d]`` which is tried. ``result``: the best reduced saving found, a bound on what
    was not looked into, how many sets were measured, and the last bonus without ways.
    """

    lot: Ints
    worth: Floats
    pair: Floats
    open_to: Ints
    longer: Floats
    size: Ints
    at: Ints
    chosen: Ints
    worth_so_far: Floats
    group: Ints
    dearest: Floats
    stops: Ints
    route: Ints
    orders: Ints
    parent: Ints
    child: Ints
    result: Floats
    desk: Desk
    packs: Packs
    chosen_size: Floats


def new_bench(most: int) -> Bench:
    """Return space for trips with up to ``most`` candidates."""
    return Bench(
        lot=np.zeros(most, dtype=np.int64),
        worth=np.zeros(most),
        pair=np.zeros((most, most)),
        open_to=np.zeros((MOST_LOTS + 1, most), dtype=np.int64),
        longer=np.zeros((MOST_LOTS + 1, most)),
        size=np.zeros(MOST_LOTS + 1, dtype=np.int64),
        at=np.zeros(MOST_LOTS + 1, dtype=np.int64),
        chosen=np.zeros(MOST_LOTS + 1, dtype=np.int64),
        worth_so_far=np.zeros(MOST_LOTS + 1),
        group=np.zeros(most, dtype=np.int64),
        dearest=np.zeros(most),
        stops=np.zeros(MOST_LOTS, dtype=np.int64),
        route=np.zeros(2 * MOST_LOTS, dtype=np.int64),
        orders=np.zeros((MOST_LOTS, most, 2 * MOST_LOTS), dtype=np.int64),
        parent=np.zeros(2 * MOST_LOTS, dtype=np.int64),
        child=np.zeros(2 * MOST_LOTS, dtype=np.int64),
        result=np.zeros(4),
        desk=new_desk(),
        packs=new_packs(most),
        chosen_size=np.zeros(MOST_LOTS + 1),
    )


class Ask(NamedTuple):
    """What is asked of one trip.

    Every set whose reduced saving (saving less the ``price`` of its lots, in fen) is above
    ``threshold`` is looked for, as long as no more than ``most_sets`` are measured. With
    ``climbs`` only sets above the best found so far are. Those above ``keep_above`` become columns.
    """

    trip: int
    price: Floats
    threshold: float
    climbs: bool
    keep_above: float
    most_sets: int


class World(NamedTuple):
    """Where sets are explored: the model, the least ways between its places, and the pairs.

    ``least`` is ``model`` where ways obey the triangle inequality but for ``slips``; else it has
    the shortest ways over any number of legs, and ``slips`` are 0. ``is_metric`` tells which.
    """

    model: Model
    least: Model
    is_metric: bool
    slips: Slips
    graph: Graph
    columns: Columns
