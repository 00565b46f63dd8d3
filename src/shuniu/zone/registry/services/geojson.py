"""Places as a GeoJSON file (RFC 7946): read whole, feature by feature, and written."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext

from shuniu.engines.base.geojson import geometry_of, shape_of
from shuniu.engines.base.shapes import Shape, positions_of
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.registry.choices import PlaceKind
from shuniu.zone.registry.models import Place
from shuniu.zone.registry.services.place_rows import NewPlace
from shuniu.zone.registry.services.positions import zone_shape
from shuniu.zone.registry.services.shapes import ShapeRefused, checked_shape

MOST_BYTES = 5_000_000
MOST_FEATURES = 2_000
MOST_POSITIONS = 20_000
LONGEST_WORD = 200
# Names of systems that are longitude and latitude on WGS-84, or less than a metre from it.
DEGREES = ("CRS84", "4326", "4490")


class PlaceFileRefused(Refusal):
    code = "registry.place_file_refused"
    sentence = "%(reason)s"


def places_from_file(content: bytes, datum: str) -> tuple[NewPlace, ...]:
    """Return the places that a file writes, each with what is wrong with its shape.

    Raises
    ------
    PlaceFileRefused
        With a sentence if the file as a whole cannot be used.
    """
    if len(content) > MOST_BYTES:
        raise PlaceFileRefused(
            reason=gettext("The file is larger than %(limit)d MB.") % {"limit": MOST_BYTES // 10**6}
        )
    features = _features(_written(content))
    rows: list[NewPlace] = []
    left, zone = MOST_POSITIONS, zone_shape()
    for number, feature in enumerate(features, 1):
        row = _row(feature, number, datum, zone)
        left -= len(positions_of(row.shape)) if row.shape else 0
        if left < 0:
            raise PlaceFileRefused(
                reason=gettext("The file has more than %(limit)d corners. Please divide it.")
                % {"limit": MOST_POSITIONS}
            )
        rows.append(row)
    return tuple(rows)


def places_as_geojson(rows: Iterable[NewPlace]) -> str:
    """Return places as a FeatureCollection, without blanks."""
    written = {"type": "FeatureCollection", "features": [_feature(row) for row in rows]}
    return json.dumps(written, ensure_ascii=False, separators=(",", ":"))


def shape_as_text(place: Place) -> str:
    """Return the shape of a place as people write it: a geometry, or longitude and latitude."""
    point = shape_of(place.shape).point
    return f"{point.lon}, {point.lat}" if point else json.dumps(place.shape)


def _feature(row: NewPlace) -> dict[str, Any]:
    properties = {"code": row.code, "name": row.name, "kind": row.kind}
    return {
        "type": "Feature",
        "id": row.code,
        "geometry": geometry_of(row.shape) if row.shape else None,
        "properties": properties | {"part_of": row.part_of or None},
    }


def _written(content: bytes) -> object:
    try:
        return json.loads(file_text(content))
    except json.JSONDecodeError as error:
        raise PlaceFileRefused(
            reason=gettext("This is no JSON: line %(line)d, column %(column)d cannot be read.")
            % {"line": error.lineno, "column": error.colno}
        ) from None
    except RecursionError:
        raise PlaceFileRefused(
            reason=gettext("This is no GeoJSON: brackets stand in brackets without end.")
        ) from None
    except ValueError:
        raise PlaceFileRefused(
            reason=gettext("This is no GeoJSON: a number in it is too long.")
        ) from None


def file_text(content: bytes) -> str:
    """Return the text of a file, in UTF-8 or GB18030."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise PlaceFileRefused(reason=gettext("This is no text. GeoJSON is text in UTF-8."))


def _features(written: object) -> list[Any]:
    features: object = None
    if isinstance(written, dict):
        _refuse_meters(written.get("crs"))
        if written.get("type") == "FeatureCollection":
            features = written.get("features")
        elif written.get("type") == "Feature":
            features = [written]
    if not isinstance(features, list):
        raise PlaceFileRefused(
            reason=gettext("This is no FeatureCollection: places have names, and stand in one.")
        )
    if not features:
        raise PlaceFileRefused(reason=gettext("There is no place in the file."))
    if len(features) > MOST_FEATURES:
        raise PlaceFileRefused(
            reason=gettext("There are more than %(limit)d places. Please divide the file.")
            % {"limit": MOST_FEATURES}
        )
    return features


def _refuse_meters(system: object) -> None:
    """Refuse a file that names another system of coordinates, as files before 2016 may."""
    if system and not any(known in json.dumps(system) for known in DEGREES):
        raise PlaceFileRefused(
            reason=gettext(
                "The file is in another system of coordinates. Please save it with longitude and"
                " latitude (WGS-84, EPSG:4326)."
            )
        )


def _row(feature: object, number: int, datum: str, zone: Shape) -> NewPlace:
    written = feature if isinstance(feature, dict) else {}
    properties = written.get("properties")
    told = properties if isinstance(properties, dict) else {}
    shape, heights, problem = None, False, ""
    try:
        read = checked_shape(written.get("geometry"), datum, zone)
        shape, heights = read.shape, read.had_heights
    except ShapeRefused as refusal:
        problem = str(refusal)
    return NewPlace(
        code=_word(told.get("code", written.get("id"))),
        name=_word(told.get("name")),
        kind=_kind(_word(told.get("kind"))),
        part_of=_word(told.get("part_of")),
        shape=shape,
        number=number,
        problem=problem,
        had_heights=heights,
    )


def _word(value: object) -> str:
    """Return a property as one line of text; nothing for what is neither text nor a number."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    text = unicodedata.normalize("NFC", str(value) if isinstance(value, str) else f"{value:d}")
    whole = "".join("�" if "\ud800" <= sign <= "\udfff" else sign for sign in text)
    return " ".join(whole.split())[:LONGEST_WORD]


def _kind(word: str) -> str:
    """Return the kind that a word means, by its code or its name; otherwise the word."""
    known = {str(kind.label).casefold(): kind.value for kind in PlaceKind}
    known |= {kind.value.casefold(): kind.value for kind in PlaceKind}
    return known.get(word.casefold(), word)
