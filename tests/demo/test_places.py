"""The places of the demo zone share its ground, and every enterprise works in one of them."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from shuniu.demo.places import places_text
from shuniu.demo.streets import PARKS, ZONE_OUTLINE, is_inside_zone
from shuniu.profiles.load import load_profile
from shuniu.profiles.parts import Place, contains
from tests.demo.conftest import Zone


def features() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(places_text())["features"]
    return found


def test_there_are_seven_parks_with_plots_buildings_and_gates() -> None:
    kinds = Counter(feature["properties"]["kind"] for feature in features())

    assert kinds == {"PARK": 7, "PLOT": 28, "BUILDING": 14, "GATE": 7}
    parks = [f["properties"]["name"] for f in features() if f["properties"]["kind"] == "PARK"]
    assert parks == [park.name for park in PARKS]


def test_every_corner_lies_in_the_outline_of_the_zone() -> None:
    bounds = load_profile("haimen").zone.bounds

    assert all(contains(bounds, Place(lon=lon, lat=lat)) for lon, lat in ZONE_OUTLINE)


def test_every_enterprise_lies_in_exactly_one_park(zone: Zone) -> None:
    rings = [
        tuple(Place(lon=lon, lat=lat) for lon, lat in f["geometry"]["coordinates"][0][:-1])
        for f in features()
        if f["properties"]["kind"] == "PARK"
    ]

    found = Counter(
        sum(contains(ring, Place(lon=it.longitude, lat=it.latitude)) for ring in rings)
        for it in zone.enterprises
    )

    assert found == {1: len(zone.enterprises)}


def test_plots_and_buildings_lie_on_dry_land() -> None:
    corners = [
        corner
        for f in features()
        if f["properties"]["kind"] in {"PLOT", "BUILDING"}
        for corner in f["geometry"]["coordinates"][0]
    ]

    assert [corner for corner in corners if not is_inside_zone(*corner)] == []
