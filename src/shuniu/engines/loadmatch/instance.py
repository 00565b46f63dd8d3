"""The freight instance and plan formats (``shuniu-freight/1``, ``shuniu-freight-plan/1``)."""

from __future__ import annotations

import json
import math
from itertools import starmap
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.loadmatch.plan import Plan
from shuniu.engines.loadmatch.problem import (
    EARTH_RADIUS_M,
    LARGEST_LEG,
    NO_WAYS,
    Problem,
    Shipment,
    Sphere,
    Trip,
)

FORMAT = "shuniu-freight/1"
PLAN_FORMAT = "shuniu-freight-plan/1"
MOST_LOCATIONS = 1_000_000
MOST_IN_A_MATRIX = 2500  # the ways between more locations are computed when they are needed

TRIP_NUMBERS = (
    "origin",
    "destination",
    "depart_earliest_s",
    "depart_latest_s",
    "arrive_latest_s",
    "spare_kg",
    "spare_dm3",
    "max_detour_m",
    "cost_fen_per_km",
)
SHIPMENT_NUMBERS = (
    "pickup",
    "delivery",
    "pickup_earliest_s",
    "pickup_latest_s",
    "delivery_earliest_s",
    "delivery_latest_s",
    "kg",
    "dm3",
    "value_fen",
)


def problem_from_text(text: str) -> Problem:
    """Return the problem of an instance; raise InvalidProblem naming the place of a mistake."""
    try:
        day = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidProblem(f"instance: not JSON ({error}).") from None
    if not isinstance(day, dict):
        raise InvalidProblem("instance: not a JSON object.")
    if day.get("format") != FORMAT:
        raise InvalidProblem(f"format is {day.get('format')!r}; this reads {FORMAT!r}.")
    points = _points(day)
    if not (_list(day, "trips", "instance") or _list(day, "shipments", "instance")):
        raise InvalidProblem("instance: the day is empty, it has neither trips nor shipments.")
    travel: Any = day.get("travel")
    distance_m, duration_s, sphere = _travel(points, travel)
    is_rounded = "distance_m" not in travel and "duration_s" not in travel
    return Problem(
        trips=tuple(starmap(_trip, enumerate(_list(day, "trips", "instance")))),
        shipments=tuple(starmap(_shipment, enumerate(_list(day, "shipments", "instance")))),
        distance_m=distance_m,
        duration_s=duration_s,
        service_s=_whole(day, "service_s", "instance"),
        sphere=sphere,
        is_rounded=is_rounded,
        seconds_per_metre=3.6 / travel["speed_kmh"] if is_rounded else 0.0,
    )


def text_of_plan(plan: Plan) -> str:
    """Return the plan as one line of JSON with a line break."""
    routes = [
        {
            "trip": route.trip_id,
            "stops": [[stop.action.value, stop.shipment_id] for stop in route.stops],
        }
        for route in plan.routes
    ]
    left = [{"shipment": u.shipment_id, "reason": u.reason.value} for u in plan.unplanned]
    whole = {
        "format": PLAN_FORMAT,
        "saving_fen": plan.saving_fen,
        "upper_bound_fen": plan.upper_bound_fen,
        "routes": routes,
        "unplanned": left,
    }
    return json.dumps(whole, ensure_ascii=False) + "\n"


def great_circle_m(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return distances in metres on a sphere; ``points`` has rows ``[lon, lat]`` in degrees."""
    lon, lat = np.radians(points[:, 0]), np.radians(points[:, 1])
    half = np.sin((lat[None, :] - lat[:, None]) / 2) ** 2
    half += (
        np.cos(lat[:, None]) * np.cos(lat[None, :]) * np.sin((lon[None, :] - lon[:, None]) / 2) ** 2
    )
    angle: NDArray[np.float64] = 2 * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    return EARTH_RADIUS_M * angle


def _points(day: dict[str, Any]) -> NDArray[np.float64]:
    """Return the locations, shape ``(n, 2)``: longitude and latitude in degrees."""
    rows = _list(day, "locations", "instance")
    if len(rows) > MOST_LOCATIONS:
        raise InvalidProblem(f"locations: {len(rows)}; this solver takes {MOST_LOCATIONS} at most.")
    for number, row in enumerate(rows):
        where = f"locations[{number}]"
        if not isinstance(row, list) or len(row) != 2:
            raise InvalidProblem(f"{where} is {row!r}; it must be [longitude, latitude].")
        if not all(_is_finite(part) for part in row):
            raise InvalidProblem(f"{where} is {row!r}; it must have two finite numbers.")
        if not (abs(row[0]) <= 180 and abs(row[1]) <= 90):
            raise InvalidProblem(f"{where} is {row!r}; no such place is on Earth.")
    return np.array(rows, dtype=np.float64).reshape(-1, 2)


def _travel(
    points: NDArray[np.float64], travel: Any
) -> tuple[NDArray[np.int64], NDArray[np.int64], Sphere | None]:
    """Return distances in metres and durations in seconds, shape ``(n, n)``, or the sphere."""
    if not isinstance(travel, dict):
        raise InvalidProblem("travel: missing, or not an object.")
    if "distance_m" in travel or "duration_s" in travel:
        return (
            _matrix(travel, "distance_m", len(points)),
            _matrix(travel, "duration_s", len(points)),
            None,
        )
    for name in ("circuity", "speed_kmh"):
        if not _is_finite(travel.get(name)) or travel[name] <= 0:
            raise InvalidProblem(
                f"travel: {name} is {travel.get(name)!r}; it must be a number above 0."
            )
    circuity, speed_kmh = float(travel["circuity"]), float(travel["speed_kmh"])
    farthest_m = math.pi * EARTH_RADIUS_M * circuity
    if not max(farthest_m, farthest_m / (speed_kmh / 3.6)) <= LARGEST_LEG:
        raise InvalidProblem(
            f"travel: half around the Earth takes more than {LARGEST_LEG} metres or seconds."
        )
    if len(points) > MOST_IN_A_MATRIX:
        return NO_WAYS, NO_WAYS, Sphere(points, circuity, speed_kmh)
    distance_m = np.rint(great_circle_m(points) * circuity)
    duration_s = np.rint(distance_m / (speed_kmh / 3.6))
    return distance_m.astype(np.int64), duration_s.astype(np.int64), None


def _matrix(travel: dict[str, Any], name: str, size: int) -> NDArray[np.int64]:
    rows = _list(travel, name, "travel")
    if len(rows) != size:
        raise InvalidProblem(f"travel: {name} has {len(rows)} rows for {size} locations.")
    for number, row in enumerate(rows):
        if not isinstance(row, list) or len(row) != size:
            raise InvalidProblem(f"travel: {name}[{number}] must have {size} entries.")
        for column, entry in enumerate(row):
            if type(entry) is not int or not 0 <= entry <= LARGEST_LEG:
                raise InvalidProblem(
                    f"travel: {name}[{number}][{column}] is {entry!r}; "
                    f"it must be a whole number from 0 to {LARGEST_LEG}."
                )
    return np.array(rows, dtype=np.int64).reshape(size, size)


def _trip(number: int, row: Any) -> Trip:
    key = _id(row, f"trips[{number}]")
    where = f"trip {key}"
    numbers = {name: _whole(row, name, where) for name in TRIP_NUMBERS}
    return Trip(id=key, attributes=_words(row, "attributes", where), **numbers)


def _shipment(number: int, row: Any) -> Shipment:
    key = _id(row, f"shipments[{number}]")
    where = f"shipment {key}"
    numbers = {name: _whole(row, name, where) for name in SHIPMENT_NUMBERS}
    return Shipment(id=key, requires=_words(row, "requires", where), **numbers)


def _id(row: Any, where: str) -> str:
    if not isinstance(row, dict):
        raise InvalidProblem(f"{where}: not an object.")
    key = row.get("id")
    if not isinstance(key, str) or not key:
        raise InvalidProblem(f"{where}: id is {key!r}; it must be a text that is not empty.")
    return key


def _whole(row: dict[str, Any], name: str, where: str) -> int:
    if name not in row:
        raise InvalidProblem(f"{where}: {name} is missing.")
    value = row[name]
    if type(value) is not int:
        raise InvalidProblem(f"{where}: {name} is {value!r}; it must be a whole number.")
    return value


def _words(row: dict[str, Any], name: str, where: str) -> frozenset[str]:
    words = _list(row, name, where)
    if not all(isinstance(word, str) for word in words):
        raise InvalidProblem(f"{where}: {name} must be a list of texts.")
    return frozenset(words)


def _list(row: dict[str, Any], name: str, where: str) -> list[Any]:
    value = row.get(name)
    if not isinstance(value, list):
        raise InvalidProblem(f"{where}: {name} is missing, or not a list.")
    return value


def _is_finite(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:
        return False
