"""Pricing trip by trip: the best set of each, or all sets above a bar."""

from __future__ import annotations

from shuniu.engines.loadmatch.bench import Ask, Bench, World
from shuniu.engines.loadmatch.compiled import Floats, Ints, entry
from shuniu.engines.loadmatch.sets import CLIMBS, LISTS, explore


@entry
def price_trips(  # noqa: PLR0917  # kernels take no keywords
    world: World,
    bench: Bench,
    price: Floats,
    bar: Floats,
    most_sets: Ints,
    earned: Floats,
    short: Ints,
    first: int,
    enough: int,
) -> int:
    """Price trips from ``first`` on until ``enough`` sets are measured; return the next trip.

    ``earned`` gets the bound on each trip's reduced saving, ``short`` 1 where more sets could
    make it less. What beats ``bar`` becomes a column.
    """
    measured, trip = 0.0, first
    while trip < len(bar) and measured < enough:
        ask = Ask(trip, price, bar[trip], CLIMBS, bar[trip], most_sets[trip])
        earned[trip] = explore(world, bench, ask)
        short[trip] = 1 if bench.result[1] > max(bench.result[0], bar[trip]) + 1e-6 else 0
        measured += bench.result[2] + 50
        trip += 1
    return trip


@entry
def list_trips(  # noqa: PLR0917  # kernels take no keywords
    world: World,
    bench: Bench,
    price: Floats,
    bar: Floats,
    most_sets: Ints,
    short: Ints,
    first: int,
    enough: int,
) -> int:
    """Make columns of all routes above ``bar``, trip by trip as ``price_trips``."""
    measured, trip = 0.0, first
    while trip < len(bar) and measured < enough:
        ask = Ask(trip, price, bar[trip], LISTS, bar[trip], most_sets[trip])
        explore(world, bench, ask)
        short[trip] = 1 if bench.result[1] > max(0.0, bar[trip]) + 1e-6 else 0
        measured += bench.result[2] + 50
        trip += 1
    return trip
