"""What it costs to take one more lot along: the cheapest places for its two stops in a route.

One cost model for all searches of this package. A lot has a number ``0 … lots - 1``; its pickup
is stop ``lot``, its delivery stop ``lot + lots``. Lengths, times and loads are float64: whole
numbers of the freight problem stay exact, and the Euclidean problem has fractions anyway.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ROUNDING = 1e-7  # lateness that only rounding makes; whole seconds are not touched by it
LONGEST_RIDE_STOPS = 30  # stops of others that a newly inserted lot stays on board for


@dataclass(frozen=True, slots=True, eq=False)
class Stops:
    """All stops of a problem, pickups first. Arrays have shape ``(2 * lots,)``.

    ``length`` and ``duration`` have shape ``(places, places)``. ``kg`` and ``dm3`` are what is
    loaded: at least 0 at a pickup, the same with a minus sign at the delivery.
    """

    lots: int
    place: Ints
    opens: Floats
    closes: Floats
    service: Floats
    kg: Floats
    dm3: Floats
    length: Floats
    duration: Floats


@dataclass(frozen=True, slots=True)
class Ride:
    """What a route keeps to: where and when it starts and ends, its room, and its longest length.

    ``fen_per_length`` turns added length into cost.
    """

    origin: int
    destination: int
    starts: float
    ends_by: float
    room_kg: float
    room_dm3: float
    longest: float
    fen_per_length: float


@dataclass(frozen=True, slots=True, eq=False)
class Insertions:
    """For each lot asked for, its cheapest place in the route. Shape ``(asked,)`` each.

    ``added`` is the length it adds, infinite where the lot cannot go. The pickup goes behind
    ``pickup_after`` stops of the present route, the delivery behind ``delivery_after``.
    """

    added: Floats
    pickup_after: Ints
    delivery_after: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Timetable:
    """A route as driven, positions 0 (origin) to ``k + 1`` (destination).

    ``leaves`` (shape ``k + 1``): when position i is left. ``arrive_by`` (``k + 2``): the latest
    arrival from which the rest can be kept. ``leg`` (``k + 1``): length from i to i + 1;
    ``leg_takes`` its duration. ``load_kg``, ``load_dm3`` (``k + 1``): on board on that leg.
    """

    places: Ints
    leaves: Floats
    arrive_by: Floats
    leg: Floats
    leg_takes: tuple[float, ...]
    load_kg: Floats
    load_dm3: Floats
    on_time: bool

    @property
    def driven(self) -> float:
        """The length of the whole route."""
        return float(self.leg.sum())


def timetable(stops: Stops, ride: Ride, route: tuple[int, ...]) -> Timetable:
    """Return when the route is where, with every stop served as early as possible."""
    order = np.array(route, dtype=np.int64)
    places = np.empty(len(route) + 2, dtype=np.int64)
    places[0], places[-1], places[1:-1] = ride.origin, ride.destination, stops.place[order]
    leg = stops.length[places[:-1], places[1:]]
    takes = stops.duration[places[:-1], places[1:]].tolist()
    opens, closes = stops.opens[order].tolist(), stops.closes[order].tolist()
    service = stops.service[order].tolist()

    leaves, late = [ride.starts], False
    for drive, first, last, served in zip(takes, opens, closes, service, strict=False):
        begins = max(leaves[-1] + drive, first)
        late = late or begins > last + ROUNDING
        leaves.append(begins + served)
    late = late or leaves[-1] + takes[-1] > ride.ends_by + ROUNDING

    arrive_by = [ride.ends_by]
    for at in range(len(route) - 1, -1, -1):
        arrive_by.append(min(closes[at], arrive_by[-1] - takes[at + 1] - service[at]))
    arrive_by.append(ride.starts)
    return Timetable(
        places=places,
        leaves=np.array(leaves),
        arrive_by=np.array(arrive_by[::-1]),
        leg=leg,
        leg_takes=tuple(takes),
        load_kg=np.concatenate(([0.0], np.cumsum(stops.kg[order]))),
        load_dm3=np.concatenate(([0.0], np.cumsum(stops.dm3[order]))),
        on_time=not late,
    )


def is_kept(stops: Stops, ride: Ride, route: tuple[int, ...]) -> bool:
    """Return whether the route keeps its windows, its room and its longest length."""
    driven = timetable(stops, ride, route)
    return (
        driven.on_time
        and driven.driven <= ride.longest + ROUNDING
        and float(driven.load_kg.max()) <= ride.room_kg
        and float(driven.load_dm3.max()) <= ride.room_dm3
    )


def cheapest_insertions(stops: Stops, ride: Ride, route: tuple[int, ...], lots: Ints) -> Insertions:
    """Return for each of ``lots`` the cheapest way into ``route`` that breaks nothing.

    ``route`` is kept to already. All pairs of places are tried, except rides over more than
    ``LONGEST_RIDE_STOPS`` stops of others. Where ways do not obey the triangle inequality, an
    insertion that only another stop would make possible is not found.
    """
    driven = timetable(stops, ride, route)
    ends = _Ends(stops, ride, driven, lots)
    near = _side_by_side(stops, ends, lots)
    apart = _apart(stops, route, ends, lots)
    column = np.concatenate((near[0], apart[0]))
    pickup_after = np.concatenate((near[1], apart[1]))
    delivery_after = np.concatenate((near[1], apart[2]))
    added = np.concatenate((near[2], apart[3]))

    best = Insertions(
        np.full(len(lots), np.inf),
        np.zeros(len(lots), dtype=np.int64),
        np.zeros(len(lots), dtype=np.int64),
    )
    fits = driven.driven + added <= ride.longest + ROUNDING
    order = np.flatnonzero(fits)
    order = order[np.argsort(-added[order], kind="stable")]  # the last write is the cheapest
    best.added[column[order]] = added[order]
    best.pickup_after[column[order]] = pickup_after[order]
    best.delivery_after[column[order]] = delivery_after[order]
    return best


class _Ends:
    """The two stops of each lot, each tried alone behind each position: shape ``(k + 1, asked)``.

    A place where one stop alone already comes too late, overloads the truck or drives too far
    is out (``may_pick``, ``may_drop``). ``slack`` is the length that may still be added.
    """

    __slots__ = (
        "delivery_added",
        "delivery_onward",
        "delivery_reach",
        "driven",
        "may_drop",
        "may_pick",
        "pickup_added",
        "pickup_leaves",
        "pickup_onward",
        "pickup_reach",
        "ride",
        "slack",
    )

    def __init__(self, stops: Stops, ride: Ride, driven: Timetable, lots: Ints) -> None:
        before, behind = driven.places[:-1, None], driven.places[1:, None]
        drops = lots + stops.lots
        pick, drop = stops.place[lots][None, :], stops.place[drops][None, :]
        leaves, arrive_by = driven.leaves[:, None], driven.arrive_by[1:, None] + ROUNDING
        self.ride, self.driven = ride, driven
        self.slack = ride.longest - driven.driven + ROUNDING
        leg = driven.leg[:, None]

        self.pickup_reach = stops.length[before, pick]
        self.pickup_added = self.pickup_reach + stops.length[pick, behind] - leg
        self.pickup_onward = stops.duration[pick, behind]
        begins = np.maximum(leaves + stops.duration[before, pick], stops.opens[lots])
        self.pickup_leaves = begins + stops.service[lots]
        has_room = (driven.load_kg[:, None] + stops.kg[lots] <= ride.room_kg) & (
            driven.load_dm3[:, None] + stops.dm3[lots] <= ride.room_dm3
        )
        self.may_pick = (begins <= stops.closes[lots] + ROUNDING) & has_room
        self.delivery_reach = stops.duration[before, drop]
        self.delivery_onward = stops.duration[drop, behind]
        self.delivery_added = stops.length[before, drop] + stops.length[drop, behind] - leg
        begins = np.maximum(leaves + self.delivery_reach, stops.opens[drops])
        self.may_drop = (
            (begins <= stops.closes[drops] + ROUNDING)
            & (begins + stops.service[drops] + self.delivery_onward <= arrive_by)
            & (self.delivery_added <= self.slack)
            & has_room
        )


def _side_by_side(stops: Stops, ends: _Ends, lots: Ints) -> tuple[Ints, Ints, Floats]:
    """Return column, position and added length where the delivery follows its pickup at once."""
    driven = ends.driven
    at, column = np.nonzero(ends.may_pick)
    lot = lots[column]
    drop = lot + stops.lots
    pick_place, drop_place = stops.place[lot], stops.place[drop]
    begins = np.maximum(
        ends.pickup_leaves[at, column] + stops.duration[pick_place, drop_place], stops.opens[drop]
    )
    onward = begins + stops.service[drop] + ends.delivery_onward[at, column]
    kept = (begins <= stops.closes[drop] + ROUNDING) & (
        onward <= driven.arrive_by[at + 1] + ROUNDING
    )
    added = (
        ends.pickup_reach[at, column]
        + stops.length[pick_place, drop_place]
        + stops.length[drop_place, driven.places[at + 1]]
        - driven.leg[at]
    )
    return column[kept], at[kept], added[kept]


@dataclass(frozen=True, slots=True, eq=False)
class _Spans:
    """Stretches of the route that a lot could stay on board for: behind ``first`` to ``last``.

    Arriving at the first stop of a stretch at ``t``, at ``enter_by`` at the latest, its last
    stop is left at ``max(t + takes, ready)``. ``kg`` and ``dm3``: the heaviest load on its legs.
    """

    first: Ints
    last: Ints
    enter_by: Floats
    takes: Floats
    ready: Floats
    kg: Floats
    dm3: Floats


def _spans(stops: Stops, route: tuple[int, ...], driven: Timetable) -> _Spans:
    opens = stops.opens[list(route)].tolist()
    closes = stops.closes[list(route)].tolist()
    service = stops.service[list(route)].tolist()
    load_kg, load_dm3 = driven.load_kg.tolist(), driven.load_dm3.tolist()
    rows: list[tuple[float, ...]] = []
    for first in range(len(route)):
        enter_by, ready, takes = closes[first], opens[first] + service[first], service[first]
        kg = max(load_kg[first], load_kg[first + 1])
        dm3 = max(load_dm3[first], load_dm3[first + 1])
        rows.append((first, first + 1, enter_by, takes, ready, kg, dm3))
        for stop in range(first + 1, min(len(route), first + LONGEST_RIDE_STOPS)):
            drive = driven.leg_takes[stop]
            enter_by = min(enter_by, closes[stop] - takes - drive)
            ready = max(ready + drive, opens[stop]) + service[stop]
            takes += drive + service[stop]
            kg, dm3 = max(kg, load_kg[stop + 1]), max(dm3, load_dm3[stop + 1])
            rows.append((first, stop + 1, enter_by, takes, ready, kg, dm3))
    table = np.array(rows).T
    whole = table[:2].astype(np.int64)
    return _Spans(whole[0], whole[1], *table[2:])


def _apart(
    stops: Stops, route: tuple[int, ...], ends: _Ends, lots: Ints
) -> tuple[Ints, Ints, Ints, Floats]:
    """Return column, two positions and added length where others are served in between."""
    none = np.zeros(0, dtype=np.int64)
    if not route:
        return none, none, none, np.zeros(0)
    ride, driven = ends.ride, ends.driven
    may_enter = (
        ends.may_pick
        & (ends.pickup_added <= ends.slack)
        & (ends.pickup_leaves + ends.pickup_onward <= driven.arrive_by[1:, None] + ROUNDING)
    )
    if not may_enter.any() or not ends.may_drop.any():
        return none, none, none, np.zeros(0)
    spans = _spans(stops, route, driven)
    row, column = np.nonzero(may_enter[spans.first] & ends.may_drop[spans.last])
    first, last, lot = spans.first[row], spans.last[row], lots[column]
    drop = lot + stops.lots
    enters = ends.pickup_leaves[first, column] + ends.pickup_onward[first, column]
    leaves = np.maximum(enters + spans.takes[row], spans.ready[row])
    begins = np.maximum(leaves + ends.delivery_reach[last, column], stops.opens[drop])
    onward = begins + stops.service[drop] + ends.delivery_onward[last, column]
    kept = (
        (enters <= spans.enter_by[row] + ROUNDING)
        & (begins <= stops.closes[drop] + ROUNDING)
        & (onward <= driven.arrive_by[last + 1] + ROUNDING)
        & (spans.kg[row] + stops.kg[lot] <= ride.room_kg)
        & (spans.dm3[row] + stops.dm3[lot] <= ride.room_dm3)
    )
    added = ends.pickup_added[first, column] + ends.delivery_added[last, column]
    return column[kept], first[kept], last[kept], added[kept]


def route_with(
    route: tuple[int, ...], pickup: int, delivery: int, pickup_after: int, delivery_after: int
) -> tuple[int, ...]:
    """Return ``route`` with the two stops put behind so many of its present stops."""
    return (
        *route[:pickup_after],
        pickup,
        *route[pickup_after:delivery_after],
        delivery,
        *route[delivery_after:],
    )
