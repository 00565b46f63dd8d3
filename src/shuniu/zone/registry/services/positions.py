"""Positions as people write them: brought to WGS-84, and judged by the bounds of the zone."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from shuniu.engines.base.coordinates import Datum, Position, converted
from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.base.shapes import Shape, distance_m
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.registry import queries

# So far beyond the bounds of the zone a gate or a pier may still lie.
SLACK_M = 500
# Beyond this the plane on which distances are reckoned is none any more.
FAR_M = 100_000
# Seven decimals are one centimetre.
DECIMALS = 7
DATUMS: tuple[tuple[str, Promise], ...] = (
    (Datum.WGS84.value, _("WGS-84 (satellite, GeoJSON, Tianditu)")),
    (Datum.GCJ02.value, _("GCJ-02 (Amap, Tencent Maps)")),
    (Datum.BD09.value, _("BD-09 (Baidu Maps)")),
)
SHORT_NAMES: dict[Datum, Promise] = {
    Datum.WGS84: pgettext_lazy("datum", "satellite (WGS-84)"),
    Datum.GCJ02: pgettext_lazy("datum", "Amap (GCJ-02)"),
    Datum.BD09: pgettext_lazy("datum", "Baidu (BD-09)"),
}
NUMBER = re.compile(r"[+-]?\d{1,3}(\.\d{1,20})?", re.ASCII)
# Words and signs that people leave beside the numbers.
BESIDE = re.compile(
    r"东经|北纬|经度|纬度|longitude|latitude|lon|lng|lat|(?<![0-9.])[EN]|[EN](?![0-9.])|[()\[\]:°,;、\s]",
    re.IGNORECASE,
)


class PositionRefused(Refusal):
    code = "registry.position_refused"
    sentence = "%(reason)s"


@dataclass(frozen=True, slots=True)
class Degrees:
    """Longitude and latitude in WGS-84 degrees."""

    lon: float
    lat: float


def degrees_from_text(text: str, datum: str) -> Degrees:
    """Return the position that a text writes: longitude, then latitude, in a datum.

    Raises
    ------
    PositionRefused
        With a sentence that says what is wrong: no two numbers, swapped, outside of the zone.
    """
    plain = BESIDE.sub(" ", unicodedata.normalize("NFKC", text)).split()
    if len(plain) != 2 or not all(NUMBER.fullmatch(part) for part in plain):
        raise PositionRefused(
            reason=gettext("Please write two numbers: longitude, then latitude, like %(example)s.")
            % {"example": _example()}
        )
    return degrees_of(float(plain[0]), float(plain[1]), datum)


def degrees_of(
    lon: float, lat: float, datum: str = Datum.WGS84.value, *, bounds: Shape | None = None
) -> Degrees:
    """Return a position of a datum in WGS-84; ``bounds`` are those of the zone, if known already.

    Raises
    ------
    PositionRefused
        With a sentence that says what is wrong: no position on earth, or outside of the zone.
    """
    try:
        told = Position(lon, lat)
    except InvalidProblem:
        raise PositionRefused(reason=_no_position(lon, lat)) from None
    come_in = Datum(datum)
    here = converted(told, come_in=come_in, wanted=Datum.WGS84)
    if reason := outside_words(here, come_in, bounds or zone_shape()):
        raise PositionRefused(reason=reason)
    return Degrees(round(here.lon, DECIMALS), round(here.lat, DECIMALS))


def datum_shifts(lon: float, lat: float) -> tuple[tuple[str, float, float], ...]:
    """Return by how many degrees each system moves a position near a WGS-84 one.

    Over a zone the shift changes by some metres: good enough for a mark on a map.
    """
    here = Position(lon, lat)
    moved = [
        (datum, converted(here, come_in=Datum.WGS84, wanted=datum))
        for datum in Datum
        if datum is not Datum.WGS84
    ]
    return tuple((d.value, there.lon - lon, there.lat - lat) for d, there in moved)


def zone_shape() -> Shape:
    """Return the bounds of the zone by the profile in force."""
    return _bounds_of(queries.profile_in_force().version_id)


@lru_cache(maxsize=16)
def _bounds_of(version_id: int) -> Shape:
    corners = [Position(p.lon, p.lat) for p in queries.profile_of(version_id).zone.bounds]
    return Shape(polygons=(((*corners, corners[0]),),))


def outside_words(position: Position, come_in: Datum, zone: Shape) -> str:
    """Return in words how far outside of the zone a position lies, and what was probably meant.

    Nothing where it lies inside, or not far beyond the bounds. The position is WGS-84;
    ``come_in`` is the datum in which it was told.
    """
    far_m = distance_m(zone, position)
    if far_m <= SLACK_M:
        return ""
    words = gettext("This lies %(far)s outside of the zone.") % {"far": distance_words(far_m)}
    told = converted(position, come_in=Datum.WGS84, wanted=come_in)
    return f"{words} {_hint(told, come_in, zone)}".strip()


def _no_position(lon: float, lat: float) -> str:
    said = {"lon": f"{lon:g}", "lat": f"{lat:g}"}
    if abs(lon) <= 90 and abs(lat) <= 180:
        return (
            gettext(
                "A latitude is at most 90, here is %(lat)s: are longitude and latitude swapped?"
            )
            % said
        )
    return gettext(
        "%(lon)s, %(lat)s is no position: a longitude is at most 180, a latitude 90."
    ) % (said)


def _hint(told: Position, come_in: Datum, zone: Shape) -> str:
    """Return what was probably meant, if that lies in the zone."""
    if abs(told.lon) < 1 and abs(told.lat) < 1:
        return gettext("0, 0 lies in the sea: many programs write it where nothing is known.")
    swapped = Position(told.lat, told.lon) if abs(told.lon) <= 90 else None
    if swapped and distance_m(zone, swapped) <= SLACK_M:
        return gettext("Longitude and latitude are swapped: the longitude comes first.")
    for datum in Datum:
        meant = converted(told, come_in=datum, wanted=Datum.WGS84)
        if datum is not come_in and distance_m(zone, meant) <= SLACK_M:
            return gettext("As a position of %(datum)s it would lie inside: please choose it.") % {
                "datum": SHORT_NAMES[datum]
            }
    return ""


def distance_words(far_m: float) -> str:
    """Return a distance in metres, or in kilometres from one on; how far is enough, is enough."""
    if far_m < 1000:
        return gettext("%(count)d m") % {"count": round(far_m)}
    if far_m >= FAR_M:
        return gettext("more than %(count)s km") % {"count": FAR_M // 1000}
    return gettext("%(count)s km") % {"count": f"{far_m / 1000:.1f}"}


def _example() -> str:
    center = queries.profile_in_force().profile.zone.center
    return f"{center.lon:.6f}, {center.lat:.6f}"
