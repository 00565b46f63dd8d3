"""Positions in the three datums of Chinese maps, and the way from one to another."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from shuniu.engines.base.errors import InvalidProblem

# The ellipsoid of Krasovsky (1940), on which GCJ-02 is reckoned.
SEMI_MAJOR_AXIS_M = 6_378_245.0
ECCENTRICITY_SQUARED = 0.00669342162296594323
# What BD-09 adds to GCJ-02: a small turn about the origin, then this step.
BD_STEP_LON, BD_STEP_LAT = 0.0065, 0.006
BD_FREQUENCY = math.pi * 3000.0 / 180.0
# The box in which positions are moved; outside of it the three datums are one.
CHINA_WEST, CHINA_EAST = 72.004, 137.8347
CHINA_SOUTH, CHINA_NORTH = 0.8293, 55.8271
FARTHEST_MOVE_DEGREES = 0.05
# Both steps move neighbors nearly alike, so each round shrinks the error fifty times or more.
ROUNDS = 10


class Datum(Enum):
    """In which of the three systems a position is told.

    WGS84 is what satellites and GeoJSON use, GCJ02 what Amap and Tencent show, BD09 what Baidu
    shows.
    """

    WGS84 = "WGS84"
    GCJ02 = "GCJ02"
    BD09 = "BD09"


@dataclass(frozen=True, slots=True)
class Position:
    """A point on the earth in degrees.

    Raises
    ------
    InvalidProblem
        If a number is not finite, ``lon`` is not in [-180, 180] or ``lat`` not in [-90, 90].
    """

    lon: float
    lat: float

    def __post_init__(self) -> None:
        # Comparisons with NaN are false, so it is refused as well.
        if not (-180 <= self.lon <= 180 and -90 <= self.lat <= 90):
            raise InvalidProblem(f"no position: {self.lon}, {self.lat}")


def converted(position: Position, *, come_in: Datum, wanted: Datum) -> Position:
    """Return the same point as another datum tells it.

    The way back is found by iteration and is right to 1e-9 degrees. Outside of China nothing is
    moved; for a few hundred metres about the edge of that box the way back is not unique.

    References
    ----------
    The formulas have been in public use since 2013 (``eviltransform``, ``coordtransform``); the
    authority has not published them.
    """
    if come_in is wanted:
        return position
    return _from_wgs84(_to_wgs84(position, come_in), wanted)


def is_in_china(position: Position) -> bool:
    """Return whether maps move this WGS-84 position: whether it lies in the box around China."""
    return _is_near_china(position, 0.0)


def _is_near_china(position: Position, slack_degrees: float) -> bool:
    return (
        CHINA_WEST - slack_degrees <= position.lon <= CHINA_EAST + slack_degrees
        and CHINA_SOUTH - slack_degrees <= position.lat <= CHINA_NORTH + slack_degrees
    )


def _from_wgs84(position: Position, wanted: Datum) -> Position:
    if wanted is Datum.WGS84 or not is_in_china(position):
        return position
    lon, lat = _gcj02(position.lon, position.lat)
    if wanted is Datum.BD09:
        lon, lat = _bd09(lon, lat)
    return Position(lon, lat)


def _to_wgs84(position: Position, come_in: Datum) -> Position:
    if come_in is Datum.WGS84 or not _is_near_china(position, FARTHEST_MOVE_DEGREES):
        return position
    lon, lat = position.lon, position.lat
    if come_in is Datum.BD09:
        lon, lat = _undone(_bd09, lon, lat)
    lon, lat = _undone(_gcj02, lon, lat)
    found = Position(lon, lat)
    return found if is_in_china(found) else position


def _undone(
    moved: Callable[[float, float], tuple[float, float]], lon: float, lat: float
) -> tuple[float, float]:
    """Return the point that ``moved`` brings to (lon, lat)."""
    at_lon, at_lat = lon, lat
    for _round in range(ROUNDS):
        to_lon, to_lat = moved(at_lon, at_lat)
        at_lon, at_lat = at_lon + lon - to_lon, at_lat + lat - to_lat
    return at_lon, at_lat


def _gcj02(lon: float, lat: float) -> tuple[float, float]:
    """Return a WGS-84 position as GCJ-02: moved east and north by waves of some hundred metres."""
    east_m, north_m = _wave_m(lon - 105.0, lat - 35.0)
    phi = math.radians(lat)
    bulge = 1 - ECCENTRICITY_SQUARED * math.sin(phi) ** 2
    meridian_radius_m = SEMI_MAJOR_AXIS_M * (1 - ECCENTRICITY_SQUARED) / bulge**1.5
    parallel_radius_m = SEMI_MAJOR_AXIS_M / math.sqrt(bulge) * math.cos(phi)
    return (
        lon + math.degrees(east_m / parallel_radius_m),
        lat + math.degrees(north_m / meridian_radius_m),
    )


def _wave_m(x: float, y: float) -> tuple[float, float]:
    """Return the shift to the east and to the north, in degrees from 105 E and 35 N."""
    root, mixed = math.sqrt(abs(x)), x * y
    short = (20 * math.sin(6 * x * math.pi) + 20 * math.sin(2 * x * math.pi)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * mixed + 0.1 * root + short
    east += (20 * math.sin(x * math.pi) + 40 * math.sin(x / 3 * math.pi)) * 2 / 3
    east += (150 * math.sin(x / 12 * math.pi) + 300 * math.sin(x / 30 * math.pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * mixed + 0.2 * root + short
    north += (20 * math.sin(y * math.pi) + 40 * math.sin(y / 3 * math.pi)) * 2 / 3
    north += (160 * math.sin(y / 12 * math.pi) + 320 * math.sin(y * math.pi / 30)) * 2 / 3
    return east, north


def _bd09(lon: float, lat: float) -> tuple[float, float]:
    """Return a GCJ-02 position as BD-09."""
    radius = math.hypot(lon, lat) + 0.00002 * math.sin(lat * BD_FREQUENCY)
    angle = math.atan2(lat, lon) + 0.000003 * math.cos(lon * BD_FREQUENCY)
    return radius * math.cos(angle) + BD_STEP_LON, radius * math.sin(angle) + BD_STEP_LAT
