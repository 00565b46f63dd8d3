"""How much a freight day gains from searching: plan, first plan and bound of invented days.

Prints ratios of the same run only.

Usage: ``python benchmarks/freight.py [TRIPS SHIPMENTS ROUNDS]``.
"""

from __future__ import annotations

import random
import sys

import numpy as np

from shuniu.engines.base.stopping import Rounds
from shuniu.engines.loadmatch.instance import great_circle_m
from shuniu.engines.loadmatch.problem import Problem, Shipment, Trip
from shuniu.engines.loadmatch.solve import solve

DAYS = 3
TOWNS = ((121.2, 31.9), (121.5, 31.2), (120.6, 31.3), (120.3, 31.6), (119.9, 31.8), (120.9, 32.0))
PLACES_PER_TOWN = 40
SPEED_M_S, CIRCUITY = 15.0, 1.3


def invented_day(trips: int, shipments: int, seed: int) -> Problem:
    """Return a day between a zone (the first town) and its neighbors."""
    chance = random.Random(seed)
    points = [
        (chance.gauss(lon, 0.06), chance.gauss(lat, 0.05))
        for lon, lat in TOWNS
        for _ in range(PLACES_PER_TOWN)
    ]
    distance_m = np.rint(CIRCUITY * great_circle_m(np.array(points))).astype(np.int64)
    duration_s = np.rint(distance_m / SPEED_M_S).astype(np.int64)
    return Problem(
        tuple(_trip(n, chance, duration_s) for n in range(trips)),
        tuple(_shipment(n, chance, distance_m, duration_s) for n in range(shipments)),
        distance_m,
        duration_s,
        900,
    )


def _ends(chance: random.Random) -> tuple[int, int]:
    home = chance.randrange(PLACES_PER_TOWN)
    away = chance.randrange(PLACES_PER_TOWN, PLACES_PER_TOWN * len(TOWNS))
    return (home, away) if chance.random() < 0.6 else (away, home)


def _trip(number: int, chance: random.Random, duration_s: np.ndarray) -> Trip:
    origin, destination = _ends(chance)
    start_s = chance.randrange(70_000)
    direct_s = int(duration_s[origin, destination])
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
        attributes=frozenset({"tail_lift"} if chance.random() < 0.25 else ()),
    )


def _shipment(
    number: int, chance: random.Random, distance_m: np.ndarray, duration_s: np.ndarray
) -> Shipment:
    pickup, delivery = _ends(chance)
    start_s, kg = chance.randrange(60_000), int(chance.lognormvariate(7, 1))
    latest_s = start_s + chance.randrange(10_000, 30_000)
    return Shipment(
        id=f"S{number}",
        pickup=pickup,
        delivery=delivery,
        pickup_earliest_s=start_s,
        pickup_latest_s=latest_s,
        delivery_earliest_s=start_s,
        delivery_latest_s=latest_s + 2 * int(duration_s[pickup, delivery]) + 5000,
        kg=kg,
        dm3=3 * kg,
        value_fen=6000 + kg * int(distance_m[pickup, delivery]) // 12_000,
        requires=frozenset({"tail_lift"} if chance.random() < 0.1 else ()),
    )


def main(trips: int, shipments: int, rounds: int) -> None:
    """Print, for each day, the first plan and the bound as parts of the plan found."""
    for seed in range(DAYS):
        day = invented_day(trips, shipments, seed)
        first = solve(day, Rounds(1), seed)
        best = solve(day, Rounds(rounds), seed)
        carried = 1 - len(best.unplanned) / shipments
        first_part = first.saving_fen / best.saving_fen
        bound_part = best.upper_bound_fen / best.saving_fen
        print(f"day {seed}: carried {carried:.0%}, first plan {first_part:.4f} of the plan,")
        print(f"    bound {bound_part:.3f} of the plan")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]) if len(sys.argv) == 4 else (60, 150, 300))
