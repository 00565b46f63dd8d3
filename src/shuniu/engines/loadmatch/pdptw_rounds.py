"""Ruin and recreate: strings of stops are taken off neighboring tours, and put in again.

To save a tour, requests may be absent for a while; a request that was often absent is hard to
place, and a round that leaves easier ones absent is progress (absence counts).

References
----------
Christiaens, J., and G. Vanden Berghe (2020). Slack Induction by String Removals for Vehicle
Routing Problems. *Transportation Science* 54 (2), 417-433. https://doi.org/10.1287/trsc.2019.0914
Sartori, C. S., and L. S. Buriol (2020). A Study on the Pickup and Delivery Problem with Time
Windows: Matheuristics and New Instances. *Computers & Operations Research* 124, 105065.
https://doi.org/10.1016/j.cor.2020.105065
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from shuniu.engines.loadmatch.compiled import (
    Floats,
    Ints,
    Words,
    building,
    drawn,
    drawn_below,
    entry,
)
from shuniu.engines.loadmatch.pdptw_tours import (
    ABSENT,
    Fleet,
    Tours,
    Way,
    cheapest_way,
    copy_tours,
    leave_out,
    serve,
    time_tour,
)

MEAN_OUT = 10  # requests taken out in one round, on average
LONGEST_STRING = 10  # stops
BLINK = 0.01
NOTHING = Way(math.inf, ABSENT, ABSENT, ABSENT)


class Work(NamedTuple):
    """Everything that a round works on.

    ``kept`` and ``best`` are the tours to return to and the best full ones. ``near`` has shape
    (2, requests, requests): the others by nearness, near first, in two meanings. ``absences``
    counts, for each request, the rounds that left it out. ``open_tours[:counts[0]]`` are the tours
    in use; ``pool[:counts[1]]`` are the requests to put in. ``cost``: the length now, the best.
    """

    fleet: Fleet
    tours: Tours
    kept: Tours
    best: Tours
    near: Ints
    absences: Ints
    open_tours: Ints
    pool: Ints
    key: Floats
    ruined: Ints
    counts: Ints
    cost: Floats
    chance: Words


@entry
def shorten(work: Work, rounds: int, heat: float) -> None:
    """Run rounds that keep every request served, at ``heat`` in units of length."""
    for _ in range(rounds):
        _ruin(work)
        if not _recreate(work):
            _undo(work)
            continue
        length = work.tours.length.sum()
        if length < work.cost[0] - heat * math.log(max(1e-12, drawn(work.chance))):
            work.cost[0] = length
            copy_tours(work.tours, work.kept)
            if length < work.cost[1] - 1e-9:
                work.cost[1] = length
                copy_tours(work.tours, work.best)
        else:
            _undo(work)


@entry
def save_tours(work: Work, rounds: int, heat: float) -> bool:
    """Run rounds that place absent requests; return whether all are served.

    The tours are then the best. Otherwise the search can go on from where it is.
    """
    for _ in range(rounds):
        before, hard = _absent(work)
        if before == 0:
            return True
        _ruin(work)
        _recreate(work)
        after, now_hard = _absent(work)
        length = work.tours.length.sum()
        for request in range(work.fleet.requests):
            if work.tours.tour_of[request] == ABSENT:
                work.absences[request] += 1
        warm = work.cost[0] - heat * math.log(max(1e-12, drawn(work.chance)))
        if after == 0 or now_hard < hard or (after <= before and length < warm):
            work.cost[0] = length
            copy_tours(work.tours, work.kept)
        else:
            _undo(work)
    return bool(_absent(work)[0] == 0)


@entry
def keep_as_best(work: Work) -> None:
    """Take the tours as the best, whatever was best before."""
    work.cost[0] = work.cost[1] = work.tours.length.sum()
    copy_tours(work.tours, work.kept)
    copy_tours(work.tours, work.best)


@entry
def return_to_best(work: Work) -> None:
    """Go on from the best tours."""
    copy_tours(work.best, work.tours)
    copy_tours(work.best, work.kept)
    work.cost[0] = work.cost[1]
    _list_open(work)


@entry
def close_a_tour(work: Work) -> None:
    """Take apart the tour whose requests were absent least often, and close it."""
    fleet, tours = work.fleet, work.tours
    _list_open(work)
    sums = np.zeros(fleet.tours)
    for request in range(fleet.requests):
        if tours.tour_of[request] != ABSENT:
            sums[tours.tour_of[request]] += work.absences[request] + 1e-3
    closed = work.open_tours[0]
    for at in range(work.counts[0]):
        if sums[work.open_tours[at]] < sums[closed]:
            closed = work.open_tours[at]
    for request in range(fleet.requests):
        if tours.tour_of[request] == closed:
            leave_out(fleet, tours, request)
    time_tour(fleet, tours, closed)
    _list_open(work)
    work.cost[0] = tours.length.sum()
    copy_tours(tours, work.kept)


@building
def _list_open(work: Work) -> None:
    count = 0
    for tour in range(work.fleet.tours):
        if work.tours.behind[2 * work.fleet.requests + tour] < 2 * work.fleet.requests:
            work.open_tours[count] = tour
            count += 1
    work.counts[0] = count


@building
def _undo(work: Work) -> None:
    copy_tours(work.kept, work.tours)


@building
def _absent(work: Work) -> tuple[int, float]:
    """Return how many requests are absent, and how often they were."""
    count, often = 0, 0.0
    for request in range(work.fleet.requests):
        if work.tours.tour_of[request] == ABSENT:
            count += 1
            often += work.absences[request]
    return count, often


@building
def _ruin(work: Work) -> None:
    """Take strings of stops off the tours around a request."""
    fleet, tours, chance = work.fleet, work.tours, work.chance
    work.ruined[:] = 0
    work.counts[1] = 0
    for request in range(fleet.requests):
        if tours.tour_of[request] == ABSENT:
            work.pool[work.counts[1]] = request
            work.counts[1] += 1
    absent = work.counts[1]
    middle, kind = drawn_below(chance, fleet.requests), drawn_below(chance, 2)
    most = 1 + drawn_below(chance, 2 * min(MEAN_OUT, fleet.requests))
    longest = 1 + drawn_below(chance, LONGEST_STRING)
    for at in range(fleet.requests):
        if work.counts[1] - absent >= most:
            break
        request = work.near[kind, middle, at]
        tour = tours.tour_of[request]
        if tour == ABSENT or work.ruined[tour] == 1:
            continue
        work.ruined[tour] = 1
        _take_string(work, request, 1 + drawn_below(chance, longest))
        time_tour(fleet, tours, tour)


@building
def _take_string(work: Work, request: int, length: int) -> None:
    """Leave out all requests with a stop in a string of stops around one of ``request``."""
    fleet, tours, chance = work.fleet, work.tours, work.chance
    stop = request if drawn(chance) < 0.5 else request + fleet.requests
    for _ in range(drawn_below(chance, length)):
        if tours.before[stop] < 2 * fleet.requests:
            stop = tours.before[stop]
    first = work.counts[1]
    for _ in range(length):
        if stop >= 2 * fleet.requests:
            break
        one = stop if stop < fleet.requests else stop - fleet.requests
        known = False
        for at in range(first, work.counts[1]):
            if work.pool[at] == one:
                known = True
        if not known:
            work.pool[work.counts[1]] = one
            work.counts[1] += 1
        stop = tours.behind[stop]
    for at in range(first, work.counts[1]):
        leave_out(fleet, tours, work.pool[at])


@building
def _recreate(work: Work) -> bool:
    """Put each request of the pool in at its cheapest place; return whether all found one."""
    fleet, tours, chance = work.fleet, work.tours, work.chance
    how, complete, count = drawn(chance), True, work.counts[1]
    for at in range(count):
        request = work.pool[at]
        work.key[at] = drawn(chance)
        if how < 0.25:
            work.key[at] -= 2.0 * work.absences[request]
        elif how < 0.45:
            work.key[at] = -fleet.load[request]
        elif how < 0.6:
            work.key[at] = -fleet.ways[2 * fleet.requests, request]
        elif how < 0.7:
            work.key[at] = fleet.ways[2 * fleet.requests, request]
        elif how < 0.85:
            work.key[at] = fleet.closes[request] - fleet.opens[request]
    for at in np.argsort(work.key[:count]):
        request = work.pool[at]
        best = NOTHING
        for row in range(work.counts[0]):
            tour = work.open_tours[row]
            best = cheapest_way(fleet, tours, tour, request, best, chance, BLINK)
        if best.tour == ABSENT:
            complete = False
        else:
            serve(fleet, tours, request, best)
    return complete
