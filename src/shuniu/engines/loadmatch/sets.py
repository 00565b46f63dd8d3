"""Which sets of lots a trip can carry, and which of them are worth the most.

Sets grow one lot at a time. A set that cannot be carried has no larger set that can, so only
siblings that could be added alone are tried further (Alonso-Mora et al. 2017). A branch is left
when a bound on all its sets is below the threshold: the value so far, less the cost of the way so
far, plus the best further lots, of which only one counts for each group that excludes each other
(the clique bound), no more than the trip has time for, and no more than it has room for
(the knapsack bound).

References
----------
Alonso-Mora, J., et al. (2017). *PNAS* 114 (3), 462-467. https://doi.org/10.1073/pnas.1611675114
Ropke, S., and J.-F. Cordeau (2009). Branch and Cut and Price for the Pickup and Delivery Problem
with Time Windows. *Transportation Science* 43 (3), 267-286. https://doi.org/10.1287/trsc.1090.0272
Baldacci, R., E. Bartolini, and A. Mingozzi (2011). An Exact Algorithm for the Pickup and Delivery
Problem with Time Windows. *Operations Research* 59 (2), 414-426.
https://doi.org/10.1287/opre.1100.0881 (all routes inside the gap)
"""

from __future__ import annotations

import math

import numpy as np

from shuniu.engines.loadmatch.bench import Ask, Bench, World
from shuniu.engines.loadmatch.columns import add_column
from shuniu.engines.loadmatch.compiled import Floats, building, compiled, copy_into, entry
from shuniu.engines.loadmatch.model import ROUNDING, way_time
from shuniu.engines.loadmatch.packing import most_brought, most_more, pack_up
from shuniu.engines.loadmatch.pairs import two_lots
from shuniu.engines.loadmatch.sequence import (
    MOST_LOTS,
    Slips,
    insert_last,
    lay_out,
    shortest_order,
)

MOST_GROUPED = 60  # candidates among which those that exclude each other are looked for
CLIMBS, LISTS = True, False  # look for the best set of a trip, or list all above a bar


@compiled
def explore(world: World, bench: Bench, ask: Ask) -> float:
    """Return a bound on the reduced saving of every set of a trip, at least 0.

    It is the true maximum if that is above the threshold and ``bench.result[1]`` (the bound on
    what was not looked into) is not above ``bench.result[0]`` (the best found).
    """
    bench.result[0] = 0.0
    bench.result[1] = max(0.0, ask.threshold)
    bench.result[2] = 0.0
    _take_candidates(world, bench, ask)
    depth = 0
    bench.at[0] = 0
    while depth >= 0:
        at = bench.at[depth]
        if at == bench.size[depth]:
            depth -= 1
            continue
        bench.at[depth] = at + 1
        chosen = bench.open_to[depth, at]
        bench.chosen[depth] = chosen
        before = bench.worth_so_far[depth - 1] if depth else 0.0
        bench.worth_so_far[depth] = before + bench.worth[chosen]
        if _open(world, bench, ask, depth, at):
            depth += 1
            bench.at[depth] = 0
    return float(max(bench.result[0], bench.result[1]))


@entry
def slack_of(slips: Slips) -> float:
    """Return by how much a part of a set's route can be longer than the whole."""
    return 2 * MOST_LOTS * slips.length


@building
def _take_candidates(world: World, bench: Bench, ask: Ask) -> None:
    """Write the lots of the trip that can add to a set into the bench, dearest first."""
    graph, trip = world.graph, ask.trip
    least_worth = -math.inf  # where ways are no metric, even a loss can shorten the way
    if world.is_metric:
        least_worth = -2 * world.slips.length * world.model.fen_per_length[trip]
    first, count = graph.trip_start[trip], 0
    for pair in range(first, graph.trip_start[trip + 1]):
        lot = graph.pair_lot[pair]
        worth = world.model.value[lot] - ask.price[lot]
        if worth >= least_worth:
            bench.group[count], bench.worth[count] = pair, worth
            count += 1
    order = np.argsort(-bench.worth[:count], kind="mergesort")
    bench.worth[:count] = bench.worth[:count][order]
    bench.group[:count] = bench.group[:count][order]
    bench.size[0] = count
    for at in range(count):
        bench.lot[at] = graph.pair_lot[bench.group[at]]
        bench.open_to[0, at] = at
        bench.orders[0, at, 0], bench.orders[0, at, 1] = 0, 1
        bench.longer[0, at] = world.least.direct[trip] + graph.alone[bench.group[at]]
        bench.pair[at, :count] = math.nan
    for at in range(count):
        bench.chosen[0] = at
        bench.worth_so_far[0] = bench.worth[at]
        if reward_of(world, ask, bench.worth[at], bench.longer[0, at]) > ask.keep_above:
            bench.longer[0, at] = _measured(world, bench, ask, 1, bench.longer[0, at])


@compiled
def reward_of(world: World, ask: Ask, worth: float, length: float) -> float:
    """Return the worth less the cost of a route of this length, in fen."""
    model, trip = world.model, ask.trip
    return float(worth - (length - model.direct[trip]) * model.fen_per_length[trip])


@compiled
def _bar(bench: Bench, ask: Ask) -> float:
    """Return what a set must be above to matter."""
    return max(ask.threshold, bench.result[0]) if ask.climbs else ask.threshold


@compiled
def _time_for(world: World, ask: Ask) -> float:
    """Return how many lots the trip has time for."""
    least, trip = world.least, ask.trip
    start, end = 2 * least.lots + trip, 2 * least.lots + least.trips + trip
    drive = way_time(least.ways, least.place[start], least.place[end])
    takes = 2 * (least.service[0] - world.slips.time)
    return (
        math.floor((least.closes[end] - least.opens[start] - drive) / takes)
        if (takes > 0)
        else math.inf
    )


@compiled
def _open(world: World, bench: Bench, ask: Ask, depth: int, at: int) -> bool:
    """Measure the sets with one lot more than the chosen one; return whether there are some."""
    so_far = reward_of(
        world, ask, bench.worth_so_far[depth], bench.longer[depth, at] - slack_of(world.slips)
    )
    room, bar = _time_for(world, ask) - depth - 1, _bar(bench, ask)
    if so_far + _plain_bonus(bench, depth, at, room) <= bar:
        return False
    count = _compatible(world, bench, ask, depth, at)
    if count == 0:
        return False
    bonus = _packed_bonus(world, bench, ask, depth + 1, at, count, room)
    if so_far + bonus > bar and count <= MOST_GROUPED:
        bonus = min(bonus, _grouped_bonus(world, bench, ask, depth + 1, at, count, room))
    if so_far + bonus <= bar:
        return False
    if bench.result[2] > ask.most_sets or depth + 1 == MOST_LOTS:
        bench.result[1] = max(bench.result[1], so_far + bonus)
        return False
    bench.size[depth + 1] = _extensions(
        world, bench, ask, depth, count, so_far + bench.result[3], at
    )
    return bool(bench.size[depth + 1] > 0)


@compiled
def _plain_bonus(bench: Bench, depth: int, at: int, room: float) -> float:
    """Return the worth of the dearest later siblings that there is time for."""
    bonus = 0.0
    for later in range(at + 1, bench.size[depth]):
        worth = bench.worth[bench.open_to[depth, later]]
        if later - at > room or worth <= 0:
            break
        bonus += worth
    return bonus


@compiled
def _compatible(world: World, bench: Bench, ask: Ask, depth: int, at: int) -> int:
    """Write the later siblings that do not exclude the chosen candidate one depth further."""
    chosen, count = bench.open_to[depth, at], 0
    for later in range(at + 1, bench.size[depth]):
        other = bench.open_to[depth, later]
        if _pair_length(world, bench, ask, chosen, other) < math.inf:
            bench.open_to[depth + 1, count] = other
            bench.longer[depth + 1, count] = bench.longer[depth, later]
            count += 1
    return count


@compiled
def _pair_length(world: World, bench: Bench, ask: Ask, one: int, other: int) -> float:
    """Return the least length of a route with both candidates, infinite if there is none."""
    if math.isnan(bench.pair[one, other]):
        limit = world.least.longest[ask.trip] + slack_of(world.slips) + ROUNDING
        two = two_lots(world.least, ask.trip, bench.lot[one], bench.lot[other], limit)
        bench.pair[one, other] = bench.pair[other, one] = two.length
        overlap = bench.packs.overlap
        overlap[one, other] = overlap[other, one] = two.overlap
    return float(bench.pair[one, other])


@compiled
def _grouped_bonus(  # noqa: PLR0917  # kernels take no keywords
    world: World, bench: Bench, ask: Ask, depth: int, at: int, count: int, room: float
) -> float:
    """Return a bound on what candidates that can be added together bring to the chosen set.

    Candidates fall into groups whose members all exclude each other; the dearest of each group
    counts, in as many groups as there is time for. The way is longer by what the farthest of
    those added makes it, so by the mean at least: each pays its own part of that. The same
    without any way is in ``bench.result[3]``.
    """
    length = bench.longer[depth - 1, at]
    groups = _groups(world, bench, ask, depth, count)
    if groups == 0 or room <= 0:
        bench.result[3] = 0.0
        return 0.0
    bench.dearest[:groups] = 0.0
    for row in range(count):
        group, other = bench.group[row], bench.open_to[depth, row]
        bench.dearest[group] = max(bench.dearest[group], bench.worth[other])
    bench.result[3] = min(bench.result[3], _dearest(bench.dearest[:groups], room))
    bench.dearest[:groups] = 0.0
    fen = world.model.fen_per_length[ask.trip] / min(room, groups)
    for row in range(count):
        other = bench.open_to[depth, row]
        least = max(bench.longer[depth, row], bench.pair[bench.chosen[depth - 1], other])
        longer = max(0.0, least - slack_of(world.slips) - length)
        group = bench.group[row]
        bench.dearest[group] = max(bench.dearest[group], bench.worth[other] - longer * fen)
    return _dearest(bench.dearest[:groups], room)


@compiled
def _groups(world: World, bench: Bench, ask: Ask, depth: int, count: int) -> int:
    """Put candidates that all exclude each other into groups; return how many groups there are."""
    groups, blocked = 0, bench.packs.blocked
    for row in range(count):
        blocked[:groups] = 0
        one = bench.open_to[depth, row]
        for before in range(row):
            if _pair_length(world, bench, ask, one, bench.open_to[depth, before]) < math.inf:
                blocked[bench.group[before]] = 1
        mine = 0
        while mine < groups and blocked[mine]:
            mine += 1
        bench.group[row] = mine
        groups = max(groups, mine + 1)
    return groups


@compiled
def _packed_bonus(  # noqa: PLR0917  # kernels take no keywords
    world: World, bench: Bench, ask: Ask, depth: int, at: int, count: int, room: float
) -> float:
    """Return a bound on what the trip has room for, as ``_grouped_bonus`` does on what excludes.

    Each added lot pays its own part of the way that it adds, among as many as find room.
    """
    model, trip, packs = world.model, ask.trip, bench.packs
    offered, kg, dm3 = bench.open_to[depth, :count], 0.0, 0.0
    for row in range(count):
        for before in range(row):
            _pair_length(world, bench, ask, offered[row], offered[before])
        lot = bench.lot[offered[row]]
        kg += model.kg[lot]
        dm3 += model.dm3[lot]
    by_kg = kg * model.room_dm3[trip] >= dm3 * model.room_kg[trip]
    size, whole = (model.kg, model.room_kg[trip]) if by_kg else (model.dm3, model.room_dm3[trip])
    for row in range(count):
        packs.size[row] = size[bench.lot[offered[row]]]
        packs.brings[row] = bench.worth[offered[row]]
    for chosen in range(depth):
        bench.chosen_size[chosen] = size[bench.lot[bench.chosen[chosen]]]
    groups = pack_up(packs, offered, bench.chosen[:depth], bench.chosen_size, whole)
    bench.result[3] = most_brought(packs, count, groups)
    more = min(room, most_more(packs, groups))
    if more < 1:
        bench.result[3] = 0.0
        return 0.0
    fen, length = model.fen_per_length[trip] / more, bench.longer[depth - 1, at]
    for row in range(count):
        pair = bench.pair[bench.chosen[depth - 1], offered[row]]
        least = max(bench.longer[depth, row], pair)
        packs.brings[row] -= max(0.0, least - slack_of(world.slips) - length) * fen
    return most_brought(packs, count, groups)


@building
def _dearest(dearest: Floats, room: float) -> float:
    """Return the sum of the dearest groups that there is time for."""
    if len(dearest) <= room:
        return float(dearest.sum())
    return float(np.sort(dearest)[len(dearest) - int(room) :].sum())


@compiled
def _extensions(  # noqa: PLR0917  # kernels take no keywords
    world: World, bench: Bench, ask: Ask, depth: int, count: int, bound: float, at: int
) -> int:
    """Keep the candidates with which the chosen set can be carried; return how many."""
    kept, bar, length = 0, _bar(bench, ask), bench.longer[depth, at]
    chosen = bench.chosen[depth]
    copy_into(bench.parent, bench.orders[depth, at])
    for row in range(count):
        other = bench.open_to[depth + 1, row]
        pair = bench.pair[chosen, other]
        least = max(length, bench.longer[depth + 1, row], pair)
        longer = (least - slack_of(world.slips) - length) * world.model.fen_per_length[ask.trip]
        if bound - max(0.0, longer) <= bar:
            continue
        bench.chosen[depth + 1] = other
        bench.worth_so_far[depth + 1] = bench.worth_so_far[depth] + bench.worth[other]
        bench.child[0] = -1
        if depth > 0 or reward_of(world, ask, bench.worth_so_far[1], pair) > ask.keep_above:
            pair = _measured(world, bench, ask, depth + 2, least)
        if pair < math.inf:
            bench.open_to[depth + 1, kept] = other
            bench.longer[depth + 1, kept] = pair
            copy_into(bench.orders[depth + 1, kept], bench.child)
            kept += 1
    return kept


@compiled
def _measured(world: World, bench: Bench, ask: Ask, count: int, least: float) -> float:
    """Return the least length of a route with the chosen candidates, infinite if there is none.

    The route becomes a column where it is worth it. ``least`` is returned where the search for
    the shortest order was given up.
    """
    trip, slack = ask.trip, slack_of(world.slips)
    worth = bench.worth_so_far[count - 1]
    bench.result[2] += 1
    for at in range(count):
        bench.stops[at] = bench.lot[bench.chosen[at]]
    lay_out(world.least, bench.desk, trip, bench.stops, count)
    limit = world.least.longest[trip] + slack + ROUNDING
    known = math.inf
    if count == 1 or bench.parent[0] >= 0:
        known = insert_last(world.least, bench.desk, trip, bench.parent[: 2 * count - 2], count)
    if known < limit and reward_of(world, ask, worth, least) <= ask.keep_above:
        copy_into(bench.child, bench.desk.best[: 2 * count])
        return least
    length = shortest_order(world.least, bench.desk, world.slips, trip, count, min(known, limit))
    if math.isnan(length):
        bench.result[1] = max(bench.result[1], reward_of(world, ask, worth, least))
        return least
    length = min(length, known)
    if length >= limit:
        return math.inf
    copy_into(bench.child, bench.desk.best[: 2 * count])
    real = length
    if not world.is_metric:
        lay_out(world.model, bench.desk, trip, bench.stops, count)
        nothing = Slips(math.inf, math.inf)
        limit = world.model.longest[trip] + ROUNDING
        real = shortest_order(world.model, bench.desk, nothing, trip, count, limit)
    _note(world, bench, ask, count, length, real)
    return length


@compiled
def _note(world: World, bench: Bench, ask: Ask, count: int, length: float, real: float) -> None:  # noqa: PLR0917  # kernels take no keywords
    """Take the measured set into the result, and keep its route if it is worth it."""
    model, trip, worth = world.model, ask.trip, bench.worth_so_far[count - 1]
    if math.isnan(real):
        bench.result[1] = max(bench.result[1], reward_of(world, ask, worth, length))
        return
    if not real <= model.longest[trip] + ROUNDING:
        return
    reward = reward_of(world, ask, worth, real)
    bench.result[0] = max(bench.result[0], reward)
    if reward > ask.keep_above:
        value = 0.0
        for at in range(count):
            value += model.value[bench.stops[at]]
        for at in range(2 * count):
            stop = bench.desk.best[at]
            lot = bench.stops[stop if stop < count else stop - count]
            bench.route[at] = lot if stop < count else lot + model.lots
        saving = reward_of(world, ask, value, real)
        add_column(world.columns, trip, bench.route[: 2 * count], saving)
