"""How the graph and the first plan of a freight day grow with it.

Usage: ``python -m benchmarks.freight_growth [SIZE ...]``.

A day of SIZE trips and SIZE shipments (2,000, 4,000 and 8,000) lies in a country that grows with
it, so that a trip always meets as many shipments. Prints pairs for each trip, CPU seconds of graph
and greedy insertion, and the exponent against the size before: 1 is as fast for each trip.
"""

from __future__ import annotations

import math
import random
import sys
import time
from typing import NamedTuple

import numpy as np

from shuniu.engines.loadmatch.ground import ground_of
from shuniu.engines.loadmatch.insertion import insert_greedily, no_offers
from shuniu.engines.loadmatch.problem import NO_WAYS, Problem, Shipment, Sphere, Trip
from shuniu.engines.loadmatch.routes import empty_routes
from shuniu.engines.loadmatch.warm import warm_freight

SIZES = (2_000, 4_000, 8_000)
TRIPS_PER_TOWN, PLACES_PER_TOWN = 125, 40
TOWN_DEGREES, NEAR = 0.35, 1  # between two towns; so many rows or columns away is the other end
SPEED_KMH, CIRCUITY = 55.0, 1.3


class Took(NamedTuple):
    """What one day took, in CPU seconds, and how many pairs and carried shipments it had."""

    size: int
    graph_s: float
    greedy_s: float
    pairs: int
    carried: int


class _Country(NamedTuple):
    """Towns in a square of ``side`` rows and columns; places are numbered town by town."""

    side: int
    chance: random.Random

    def ends(self) -> tuple[int, int]:
        """Return a place of a town and one of another town near it."""
        row, column = self.chance.randrange(self.side), self.chance.randrange(self.side)
        other = (self._near(row), self._near(column))
        while other == (row, column):
            other = (self._near(row), self._near(column))
        return self._place(row, column), self._place(*other)

    def _near(self, line: int) -> int:
        return min(self.side - 1, max(0, line + self.chance.randint(-NEAR, NEAR)))

    def _place(self, row: int, column: int) -> int:
        return (row * self.side + column) * PLACES_PER_TOWN + self.chance.randrange(PLACES_PER_TOWN)


def growing_day(size: int, seed: int) -> Problem:
    """Return a day of as many trips as shipments, as dense at every size."""
    chance = random.Random(seed)
    country = _Country(max(2, round(math.sqrt(size / TRIPS_PER_TOWN))), chance)
    points = [
        (
            103.0 + TOWN_DEGREES * column + chance.gauss(0, 0.05),
            24.0 + TOWN_DEGREES * row + chance.gauss(0, 0.05),
        )
        for row in range(country.side)
        for column in range(country.side)
        for _ in range(PLACES_PER_TOWN)
    ]
    sphere = Sphere(np.array(points), CIRCUITY, SPEED_KMH)
    return Problem(
        tuple(_trip(n, country, sphere) for n in range(size)),
        tuple(_lot(n, country, sphere) for n in range(size)),
        NO_WAYS,
        NO_WAYS,
        900,
        sphere,
        is_rounded=True,
        seconds_per_metre=3.6 / SPEED_KMH,
    )


def _trip(number: int, country: _Country, sphere: Sphere) -> Trip:
    origin, destination = country.ends()
    chance = country.chance
    start_s = chance.randrange(60_000)
    direct_s = int(sphere.way_m(origin, destination) * 3.6 / SPEED_KMH)
    return Trip(
        id=f"T{number}",
        origin=origin,
        destination=destination,
        depart_earliest_s=start_s,
        depart_latest_s=start_s + 5000,
        arrive_latest_s=start_s + int(1.5 * direct_s) + chance.randrange(5000, 15_000),
        spare_kg=chance.randrange(500, 12_000),
        spare_dm3=chance.randrange(2000, 40_000),
        max_detour_m=chance.randrange(20_000, 50_000),
        cost_fen_per_km=chance.choice((360, 450, 520)),
    )


def _lot(number: int, country: _Country, sphere: Sphere) -> Shipment:
    pickup, delivery = country.ends()
    chance = country.chance
    way_m = sphere.way_m(pickup, delivery)
    start_s, kg = chance.randrange(60_000), int(chance.lognormvariate(7, 1))
    latest_s = start_s + chance.randrange(10_000, 20_000)
    return Shipment(
        id=f"S{number}",
        pickup=pickup,
        delivery=delivery,
        pickup_earliest_s=start_s,
        pickup_latest_s=latest_s,
        delivery_earliest_s=start_s,
        delivery_latest_s=latest_s + int(way_m * 7.2 / SPEED_KMH) + 5000,
        kg=kg,
        dm3=3 * kg,
        value_fen=6000 + kg * way_m // 12_000,
    )


def measured(size: int) -> Took:
    """Return what the day of this size takes."""
    day = growing_day(size, seed=1)
    start_s = time.process_time()
    ground = ground_of(day)
    graph_s = time.process_time()
    routes, offers = empty_routes(ground.model), no_offers(ground.graph)
    carried = insert_greedily(ground.model, ground.graph, routes, offers)
    end_s = time.process_time()
    return Took(size, graph_s - start_s, end_s - graph_s, len(ground.graph.pair_lot), carried)


def main() -> None:
    """Print a line for each size."""
    warm_freight()
    before: Took | None = None
    for size in [int(word) for word in sys.argv[1:]] or SIZES:
        now = measured(size)
        line = f"{size}: {now.pairs / size:.1f} pairs a trip, {now.carried / size:.0%} carried, "
        line += f"graph {now.graph_s:.2f} s, greedy {now.greedy_s:.2f} s"
        if before is not None:
            grown = math.log(size / before.size)
            ratio = (now.graph_s + now.greedy_s) / (before.graph_s + before.greedy_s)
            line += f", exponent {math.log(ratio) / grown:.2f}"
        print(line, flush=True)
        before = now


if __name__ == "__main__":
    main()
