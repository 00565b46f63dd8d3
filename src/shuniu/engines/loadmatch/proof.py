"""Column generation: prices, a proven bound, and all routes that could still improve a plan.

For any prices of lots that are not negative, no plan saves more than all prices together plus,
for each trip, the best reduced saving of one route (Lagrange). Pricing each trip exactly gives
that bound at once with the columns that the LP lacks. When LP and bound meet, the routes whose
reduced saving is within the gap between bound and plan hold every better plan: a MIP over them
closes the gap.

References
----------
Ropke, S., and J.-F. Cordeau (2009). Branch and Cut and Price for the Pickup and Delivery Problem
with Time Windows. *Transportation Science* 43 (3), 267-286. https://doi.org/10.1287/trsc.1090.0272
Baldacci, R., E. Bartolini, and A. Mingozzi (2011). An Exact Algorithm for the Pickup and Delivery
Problem with Time Windows. *Operations Research* 59 (2), 414-426.
https://doi.org/10.1287/opre.1100.0881
Pessoa, A., R. Sadykov, E. Uchoa, and F. Vanderbeck (2018). Automation and Combination of
Linear-Programming Based Stabilization Techniques in Column Generation. *INFORMS Journal on
Computing* 30 (2), 339-360. https://doi.org/10.1287/ijoc.2017.0784
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from shuniu.engines.base.stopping import Budget
from shuniu.engines.loadmatch.bench import Bench, World, new_bench
from shuniu.engines.loadmatch.columns import Columns
from shuniu.engines.loadmatch.compiled import Floats, Ints
from shuniu.engines.loadmatch.ground import Ground
from shuniu.engines.loadmatch.pricing import list_trips, price_trips

FIRST_SETS = 1000  # measured for a trip in one pricing, at first
MORE_SETS = 8  # times as many where they did not suffice
MOST_CANDIDATES = 2500  # lots that a trip may choose from, for its sets to be explored
MOST_SETS, SETS_IN_A_SECOND = 400_000, 40_000  # measured for one trip at all
SETS_AT_ONCE = 4000  # measured between two questions to the stop rule


@dataclass(slots=True, eq=False)
class Proof:
    """What is proved so far: a bound in fen and the prices of lots that it was found with.

    ``earned`` is what each trip adds to that bound. ``most_sets`` is how many sets of each trip
    may be measured; ``short`` tells for which trips that was not enough in the last pricing.
    Where it is not ``is_possible``, the first bound stays.
    """

    bound: float
    price: Floats
    earned: Floats
    most_sets: Ints
    short: Ints
    bench: Bench
    is_possible: bool
    world: World


def new_proof(ground: Ground, columns: Columns, bound: float) -> Proof:
    """Return a proof that begins with ``bound``."""
    trips, lots = ground.model.trips, ground.model.lots
    widest = int(np.diff(ground.graph.trip_start).max(initial=0))
    return Proof(
        bound=bound,
        price=np.zeros(lots),
        earned=np.zeros(trips),
        most_sets=np.full(trips, FIRST_SETS, dtype=np.int64),
        short=np.zeros(trips, dtype=np.int64),
        bench=new_bench(min(widest, MOST_CANDIDATES) + 1),
        is_possible=ground.is_provable and widest <= MOST_CANDIDATES,
        world=World(
            ground.model, ground.least, ground.is_metric, ground.slips, ground.graph, columns
        ),
    )


def price_all(proof: Proof, price: Floats, bar: Floats, stop: Budget) -> float | None:
    """Price every trip, keep what beats ``bar``, and return the bound; None if time ran out.

    ``bar`` has shape ``(trips,)``: the reduced saving that a new column must have.
    """
    earned = np.zeros(len(bar))
    trip = 0
    while trip < len(bar):
        if stop.spent():
            return None
        trip = price_trips(
            proof.world,
            proof.bench,
            price,
            bar,
            np.minimum(proof.most_sets, affordable_sets(stop)),
            earned,
            proof.short,
            trip,
            SETS_AT_ONCE,
        )
    bound = float(price.sum() + earned.sum())
    if bound < proof.bound:
        proof.bound, proof.price, proof.earned = bound, price, earned
    return bound


def affordable_sets(stop: Budget) -> int:
    """Return how many sets one trip may measure, a part of what there is time for."""
    seconds = stop.seconds_left()
    if not math.isfinite(seconds):
        return MOST_SETS // 4
    return min(MOST_SETS, FIRST_SETS + int(0.7 * seconds * SETS_IN_A_SECOND))


def list_within(proof: Proof, gap: float, stop: Budget) -> bool:
    """Make columns of all routes that can be part of a plan within ``gap`` fen of the bound.

    Return whether all were listed.
    """
    bar = proof.earned - gap
    room = proof.world.columns
    trip = 0
    whole = np.zeros(len(bar), dtype=np.int64)
    while trip < len(bar):
        if stop.spent():
            return False
        most = np.full(len(bar), affordable_sets(stop) // 2, dtype=np.int64)
        trip = list_trips(
            proof.world, proof.bench, proof.price, bar, most, whole, trip, SETS_AT_ONCE
        )
        if whole.any() or int(room.counts[0]) == len(room.trip):
            return False
    return True
