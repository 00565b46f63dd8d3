"""What a solver answers: which shipment rides where, what that saves, and what stays behind."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Action(StrEnum):
    """What happens at a stop."""

    PICKUP = "pickup"
    DELIVERY = "delivery"


class Reason(StrEnum):
    """Why a shipment stays behind; the first that applies, in this order."""

    NO_TRUCK_HAS_WHAT_IT_REQUIRES = "no_truck_has_what_it_requires"
    TOO_BIG_FOR_EVERY_SUITABLE_TRUCK = "too_big_for_every_suitable_truck"
    NO_TRIP_GOES_THAT_WAY_IN_TIME = "no_trip_goes_that_way_in_time"
    DETOUR_COSTS_MORE_THAN_IT_SAVES = "detour_costs_more_than_it_saves"
    ROOM_IS_USED_FOR_OTHERS = "room_is_used_for_others"


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of a route."""

    action: Action
    shipment_id: str


@dataclass(frozen=True, slots=True)
class Route:
    """A trip that carries something: its stops in order, without origin and destination."""

    trip_id: str
    stops: tuple[Stop, ...]
    detour_m: int
    saving_fen: float


@dataclass(frozen=True, slots=True)
class Unplanned:
    """A shipment that no trip carries, and why."""

    shipment_id: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Plan:
    """Routes in the order of the problem's trips; trips that carry nothing are left out.

    ``upper_bound_fen`` is a proven limit: no plan of the same problem saves more.
    """

    routes: tuple[Route, ...]
    saving_fen: float
    upper_bound_fen: float
    unplanned: tuple[Unplanned, ...]
