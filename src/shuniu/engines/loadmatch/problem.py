"""A day's trips that happen anyway, and the shipments that could ride on them.

Units: metres, seconds from the start of the planning day, kg, dm3 (1 m3 = 1000 dm3) and fen
(1 yuan = 100 fen), all whole numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from shuniu.engines.base.errors import InvalidProblem

LARGEST = 10**12  # far above any real quantity, and sums of them stay exact in a float64
LARGEST_LEG = 10**9  # metres or seconds
EARTH_RADIUS_M = 6_371_000


@dataclass(frozen=True, slots=True)
class Trip:
    """A trip from ``origin`` to ``destination`` (places by number) with room to spare.

    ``depart_latest_s`` tells when the truck is expected to leave; a plan may let it wait longer,
    as long as it arrives by ``arrive_latest_s``. ``max_detour_m`` is above the direct way.
    """

    id: str
    origin: int
    destination: int
    depart_earliest_s: int
    depart_latest_s: int
    arrive_latest_s: int
    spare_kg: int
    spare_dm3: int
    max_detour_m: int
    cost_fen_per_km: int
    attributes: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        where = f"trip {self.id}"
        for name in ("spare_kg", "spare_dm3", "max_detour_m", "cost_fen_per_km"):
            _need_amount(where, name, getattr(self, name))
        for name in ("depart_earliest_s", "depart_latest_s", "arrive_latest_s"):
            _need_moment(where, name, getattr(self, name))
        for end in ("depart_latest_s", "arrive_latest_s"):
            _need_order(where, "depart_earliest_s", self.depart_earliest_s, end, getattr(self, end))


@dataclass(frozen=True, slots=True)
class Shipment:
    """A lot that waits at ``pickup`` for a ride to ``delivery`` (places by number).

    Service starts inside the windows, both ends included. ``requires`` is what the truck must
    have. ``value_fen`` is what the shipper saves by not sending the lot another way.
    """

    id: str
    pickup: int
    delivery: int
    pickup_earliest_s: int
    pickup_latest_s: int
    delivery_earliest_s: int
    delivery_latest_s: int
    kg: int
    dm3: int
    value_fen: int
    requires: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        where = f"shipment {self.id}"
        _need_amount(where, "kg", self.kg)
        _need_amount(where, "dm3", self.dm3)
        _need_moment(where, "value_fen", self.value_fen)
        for stop in ("pickup", "delivery"):
            first, last = f"{stop}_earliest_s", f"{stop}_latest_s"
            _need_moment(where, first, getattr(self, first))
            _need_moment(where, last, getattr(self, last))
            _need_order(where, first, getattr(self, first), last, getattr(self, last))


@dataclass(frozen=True, slots=True, eq=False)
class Sphere:
    """Places on a sphere, for problems with too many of them for matrices.

    ``lon_lat`` has rows ``[lon, lat]`` in degrees. A way is the great circle times ``circuity``,
    rounded to metres; it takes that at ``speed_kmh``, rounded to seconds.
    """

    lon_lat: NDArray[np.float64]
    circuity: float
    speed_kmh: float

    def way_m(self, start: int, end: int) -> int:
        """Return the metres between two places."""
        (lon_a, lat_a), (lon_b, lat_b) = np.radians(self.lon_lat[[start, end]]).tolist()
        half = math.sin((lat_b - lat_a) / 2) ** 2
        half += math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
        return round(2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(half, 1.0))) * self.circuity)


NO_WAYS: NDArray[np.int64] = np.zeros((0, 0), dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Trips, shipments and the ways between ``n`` places.

    Attributes
    ----------
    trips, shipments
        Each with ids of its own.
    distance_m, duration_s
        Shape ``(n, n)``, whole numbers from 0 to 1e9, not necessarily symmetric; entry
        ``[a, b]`` is the way from ``a`` to ``b``. The problem keeps copies that nobody can write.
        Both ``NO_WAYS`` where ``sphere`` is given.
    service_s
        Time at every stop, at least 0.
    sphere
        Where the places are, in place of matrices.
    is_rounded
        Whether the ways are distances that obey the triangle inequality, rounded to whole metres,
        and ``seconds_per_metre`` times as much, rounded to whole seconds.

    Raises
    ------
    InvalidProblem
        With the place in its sentence, if an id occurs twice, a place is not in the
        matrices, or a matrix has another shape or an impossible entry.
    """

    trips: tuple[Trip, ...]
    shipments: tuple[Shipment, ...]
    distance_m: NDArray[np.int64]
    duration_s: NDArray[np.int64]
    service_s: int
    sphere: Sphere | None = None
    is_rounded: bool = False
    seconds_per_metre: float = 0.0

    @property
    def places(self) -> int:
        """How many places there are."""
        return len(self.distance_m) if self.sphere is None else len(self.sphere.lon_lat)

    def way_m(self, start: int, end: int) -> int:
        """Return the metres from one place to another."""
        if self.sphere is None:
            return int(self.distance_m[start, end])
        return self.sphere.way_m(start, end)

    def way_s(self, start: int, end: int) -> int:
        """Return the seconds from one place to another."""
        if self.sphere is None:
            return int(self.duration_s[start, end])
        return round(self.sphere.way_m(start, end) / (self.sphere.speed_kmh / 3.6))

    def __post_init__(self) -> None:
        _need_amount("service_s", "it", self.service_s)
        distance_m = _checked_matrix("distance_m", self.distance_m)
        duration_s = _checked_matrix("duration_s", self.duration_s)
        if distance_m.shape != duration_s.shape:
            raise InvalidProblem(
                f"travel: distance_m has shape {distance_m.shape}, duration_s {duration_s.shape}."
            )
        object.__setattr__(self, "distance_m", distance_m)
        object.__setattr__(self, "duration_s", duration_s)
        _need_distinct("trip", (trip.id for trip in self.trips))
        _need_distinct("shipment", (lot.id for lot in self.shipments))
        places = chain(
            ((f"trip {t.id}: origin", t.origin) for t in self.trips),
            ((f"trip {t.id}: destination", t.destination) for t in self.trips),
            ((f"shipment {s.id}: pickup", s.pickup) for s in self.shipments),
            ((f"shipment {s.id}: delivery", s.delivery) for s in self.shipments),
        )
        for where, place in places:
            if not 0 <= place < self.places:
                raise InvalidProblem(
                    f"{where} is location {place}; there are {self.places} locations from 0 on."
                )


def _need_amount(where: str, name: str, value: int) -> None:
    if not 0 <= value <= LARGEST:
        raise InvalidProblem(f"{where}: {name} is {value}; it must be from 0 to {LARGEST}.")


def _need_moment(where: str, name: str, value: int) -> None:
    if not -LARGEST <= value <= LARGEST:
        raise InvalidProblem(f"{where}: {name} is {value}; it must be within ±{LARGEST}.")


def _need_order(where: str, first: str, start: int, last: str, end: int) -> None:
    if end < start:
        raise InvalidProblem(f"{where}: {last} {end} lies before {first} {start}.")


def _need_distinct(kind: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for key in ids:
        if key in seen:
            raise InvalidProblem(f"{kind} {key}: this id occurs twice.")
        seen.add(key)


def _checked_matrix(name: str, matrix: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return a read-only copy of ``matrix`` as int64."""
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise InvalidProblem(f"travel: {name} has shape {matrix.shape}; it must be square.")
    values = matrix.astype(np.float64)
    with np.errstate(invalid="ignore"):
        wrong = ~((values >= 0) & (values <= LARGEST_LEG) & (values == np.floor(values)))
    if wrong.any():
        row, column = np.argwhere(wrong)[0].tolist()
        raise InvalidProblem(
            f"travel: {name}[{row}][{column}] is {matrix[row, column]}; "
            f"it must be a whole number from 0 to {LARGEST_LEG}."
        )
    whole = values.astype(np.int64)
    whole.flags.writeable = False
    return whole
