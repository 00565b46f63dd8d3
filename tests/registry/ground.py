"""Places and positions in the Haimen zone, for tests."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

from shuniu.zone.accounts.models import User
from shuniu.zone.registry import services
from shuniu.zone.registry.models import Place
from tests.clients import Client
from tests.factories import THURSDAY_10, clerk

HERE = services.Degrees(121.2, 31.86)
BESIDE = services.Degrees(121.23, 31.86)


def square(west: float = 121.19, south: float = 31.85, size: float = 0.02) -> dict[str, Any]:
    """Return a square polygon with sides of ``size`` degrees."""
    east, north = round(west + size, 7), round(south + size, 7)
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(code: str, geometry: object = None, /, **properties: object) -> dict[str, Any]:
    """Return a feature; a park of that code with a square, where nothing else is said."""
    told = {"code": code, "name": f"{code}园", "kind": "PARK", "part_of": None} | properties
    return {"type": "Feature", "properties": told, "geometry": geometry or square()}


def collection(*features: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def sent(client: Client, address: str, /, **fields: object) -> Any:
    """Send a form with a key of its own."""
    return client.post(address, {"idempotency_key": uuid4().hex, **fields})


def place(
    code: str = "P1", geometry: object = None, /, *, by: User | None = None, **told: object
) -> Place:
    """Add a place, or correct the one of this code."""
    rows = services.places_from_file(collection(feature(code, geometry, **told)), "WGS84")
    services.write_places(places=rows, actor=by or clerk(), now=THURSDAY_10)
    return Place.objects.get(code=code)
