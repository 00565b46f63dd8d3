"""Places of the demo zone: outline, parks, roads, substations and bus lines.

Positions are WGS-84 degrees as (longitude, latitude). The outline keeps to the land side of
the Yangtze dike. Substations, feeders and bus lines are invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

ZONE_OUTLINE = (
    (121.104, 31.868),
    (121.125, 31.853),
    (121.150, 31.843),
    (121.180, 31.838),
    (121.212, 31.840),
    (121.216, 31.872),
    (121.206, 31.905),
    (121.166, 31.914),
    (121.126, 31.909),
    (121.104, 31.896),
)


@dataclass(frozen=True, slots=True)
class Park:
    """A cluster of plants: its middle, how far plants spread, and its roads.

    Attributes
    ----------
    spread
        Standard deviation of the position in degrees.
    """

    name: str
    longitude: float
    latitude: float
    spread: float
    roads: tuple[str, ...]


PARKS = (
    Park("临江船舶海工园", 121.1280, 31.8600, 0.0050, ("滨江大道", "烟台路", "青岛路")),
    Park("新一代信息技术产业园", 121.1830, 31.8880, 0.0055, ("广州路", "深圳路", "珠海路")),
    Park("智能装备产业园", 121.1520, 31.8740, 0.0060, ("香港路", "厦门路", "瑞江路")),
    Park("新材料产业园", 121.1960, 31.8600, 0.0050, ("大连路", "长江南路", "定海路")),
    Park("家纺工贸园", 121.1430, 31.8960, 0.0050, ("富江路", "嘉陵江路", "岷江路")),
    Park("謇公湖科教城", 121.1700, 31.9010, 0.0035, ("謇公湖路", "北海东路")),
    Park("生物医药园", 121.1700, 31.8530, 0.0040, ("南海东路", "黄海路", "东海路")),
)

ROADS = tuple(road for park in PARKS for road in park.roads)
SUBSTATIONS = ("沿江变", "瑞江变", "叠港变", "謇湖变", "圩角变", "南海变")
FEEDERS = ("瑞香线", "深珠线", "沿烟线", "富岷线", "南黄线", "大定线", "广工线")
BUS_LINES = ("开发区1路", "开发区3路", "海门206路", "海门215路", "海门9路", "夜班2号线")
GATES = ("东门", "西门", "南门", "北门", "物流门", "大门口")
WORKSHOPS = ("1号车间", "2号车间", "3号车间", "5号厂房", "东车间", "北跨", "二期车间", "包装车间")


def is_inside_zone(longitude: float, latitude: float) -> bool:
    """Return whether a position lies inside the zone's outline (even-odd rule)."""
    inside = False
    previous = ZONE_OUTLINE[-1]
    for corner in ZONE_OUTLINE:
        (x1, y1), (x2, y2) = previous, corner
        if (y1 > latitude) != (y2 > latitude):
            crossing = x1 + (latitude - y1) * (x2 - x1) / (y2 - y1)
            inside ^= longitude < crossing
        previous = corner
    return inside


def position_in(rng: Random, park: Park) -> tuple[float, float]:
    """Return a position near the park's middle and inside the zone, to six decimals."""
    while True:
        longitude = round(rng.gauss(park.longitude, park.spread), 6)
        latitude = round(rng.gauss(park.latitude, park.spread * 0.8), 6)
        if is_inside_zone(longitude, latitude):
            return longitude, latitude


def other_road(rng: Random, road: str) -> str:
    """Return a road of the zone that is not ``road``."""
    return rng.choice([name for name in ROADS if name != road])
