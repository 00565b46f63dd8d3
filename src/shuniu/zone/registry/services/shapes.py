"""Shapes as people bring them: read as GeoJSON, and judged by the bounds of the zone."""

from __future__ import annotations

import json
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shuniu.engines.base.coordinates import Datum, Position
from shuniu.engines.base.geojson import Flaw, InvalidShape, ReadShape, read_shape
from shuniu.engines.base.shapes import Shape, positions_of
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.registry.services.positions import (
    PositionRefused,
    degrees_from_text,
    outside_words,
    zone_shape,
)

SENTENCES: dict[Flaw, Promise] = {
    Flaw.NO_GEOMETRY: _("There is no geometry."),
    Flaw.OTHER_KIND: _("“%(said)s” cannot be a place: it is a Point, a Polygon or a MultiPolygon."),
    Flaw.NO_LIST: _("A list of positions is wanted; here is “%(said)s”."),
    Flaw.NO_NUMBER: _("“%(said)s” is no position: it is two numbers, longitude and latitude."),
    Flaw.TOO_MANY_NUMBERS: _("“%(said)s” has too many numbers for a position."),
    Flaw.OUT_OF_RANGE: _(
        "“%(said)s” is not in degrees. Please save the file with longitude and latitude"
        " (WGS-84, EPSG:4326)."
    ),
    Flaw.SWAPPED: _("“%(said)s”: longitude and latitude are swapped, the longitude comes first."),
    Flaw.TOO_MANY_POSITIONS: _(
        "The shape has more than %(said)s corners. Please simplify it before."
    ),
    Flaw.TOO_MANY_RINGS: _("The shape has more than %(said)s parts. Please simplify it before."),
    Flaw.TOO_FEW_POSITIONS: _("A polygon has at least three corners."),
    Flaw.OPEN_RING: _("The ring is not closed: its last position has to be the first one again."),
    Flaw.NO_AREA: _("The shape has no area."),
    Flaw.CROSSING: _("The outline crosses or touches itself near %(said)s."),
    Flaw.HOLE_OUTSIDE: _("A hole does not lie inside of its polygon."),
    Flaw.OVERLAP: _("Two parts of the shape lie on the same ground."),
}


class ShapeRefused(Refusal):
    code = "registry.shape_refused"
    sentence = "%(reason)s"


def shape_from_text(text: str, datum: str) -> Shape:
    """Return the shape that a text writes: GeoJSON of one thing, or a position.

    Raises
    ------
    ShapeRefused
        With a sentence that says what is wrong.
    """
    if not text.lstrip().startswith("{"):
        try:
            point = degrees_from_text(text, datum)
        except PositionRefused as refusal:
            raise ShapeRefused(reason=str(refusal)) from None
        return Shape(point=Position(point.lon, point.lat))
    try:
        written = json.loads(text)
    except (ValueError, RecursionError):
        raise ShapeRefused(reason=gettext("This is no GeoJSON: it cannot be read.")) from None
    return checked_shape(_geometry_in(written), datum, zone_shape()).shape


def _geometry_in(written: Any) -> object:
    """Return the geometry itself, or that of the only feature."""
    if written.get("type") == "FeatureCollection":
        features = written.get("features")
        if not isinstance(features, list) or len(features) != 1:
            raise ShapeRefused(
                reason=gettext("Here is more than one shape. Please read it in as a file.")
            )
        written = features[0]
    if isinstance(written, dict) and written.get("type") == "Feature":
        return written.get("geometry")
    return written


def checked_shape(written: object, datum: str, zone: Shape) -> ReadShape:
    """Return the shape of a GeoJSON geometry that lies in the zone, in WGS-84.

    Raises
    ------
    ShapeRefused
        With a sentence that says what is wrong, and where.
    """
    try:
        read = read_shape(written, datum=Datum(datum))
    except InvalidShape as flawed:
        raise ShapeRefused(reason=_words(flawed)) from None
    for corner in positions_of(read.shape):
        if reason := outside_words(corner, Datum(datum), zone):
            raise ShapeRefused(reason=reason)
    return read


def _words(flawed: InvalidShape) -> str:
    sentence = str(SENTENCES[flawed.flaw]) % {"said": shown_text(flawed.said)}
    if not flawed.where:
        return sentence
    where = ".".join(str(number) for number in flawed.where)
    return gettext("%(sentence)s (part %(where)s)") % {"sentence": sentence, "where": where}


def shown_text(text: str) -> str:
    """Return a text of a file as a page can show it."""
    return "".join(sign if sign.isprintable() else "�" for sign in text)[:60]
