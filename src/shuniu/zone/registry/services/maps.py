"""The map of the zone as a drawing: shapes and dots in units of a picture. No tiles, no network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from shuniu.engines.base.coordinates import Position
from shuniu.engines.base.geojson import shape_of
from shuniu.engines.base.shapes import (
    Box,
    Ring,
    Shape,
    area_m2,
    box_around,
    box_of,
    metres_per_degree,
    middle_of,
    positions_of,
)
from shuniu.zone.registry.choices import PlaceKind
from shuniu.zone.registry.models import Place, Site
from shuniu.zone.registry.services.positions import zone_shape

WIDTH = 400.0
LOWEST, HIGHEST = 0.55, 0.95
MARGIN = 0.06
# A picture shows at least so much ground, so that a point has surroundings.
LEAST_WIDTH_M = 2500.0
BAR_SHARE = 0.28
LABELED = {PlaceKind.PARK.value}


@dataclass(frozen=True, slots=True)
class Frame:
    """The ground that is shown, in WGS-84 degrees, and the size of the picture in units."""

    west: float
    south: float
    east: float
    north: float
    height: float
    width: float = WIDTH

    def x(self, lon: float) -> float:
        return round((lon - self.west) / (self.east - self.west) * self.width, 2)

    def y(self, lat: float) -> float:
        return round((self.north - lat) / (self.north - self.south) * self.height, 2)


@dataclass(frozen=True, slots=True)
class Area:
    """A place: its outline as a path, or a point where ``path`` is empty, and its label."""

    place: Place
    path: str
    x: float
    y: float
    label: str
    is_focus: bool


@dataclass(frozen=True, slots=True)
class Dot:
    """A site."""

    site: Site
    x: float
    y: float
    is_focus: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """The scale: so long in units for so much ground, and where it stands."""

    length: float
    words: str
    y: float
    text_y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything on the map."""

    frame: Frame
    zone_path: str
    areas: tuple[Area, ...]
    dots: tuple[Dot, ...]
    bar: Bar
    north_x: float = WIDTH - 22
    north_text_x: float = WIDTH - 17


def map_of(
    places: Iterable[Place],
    sites: Iterable[Site],
    *,
    focus: Place | None = None,
    focus_sites: Sequence[Site] = (),
) -> Drawing:
    """Return the map of the zone, or of the ground around what it is about.

    ``focus`` and ``focus_sites`` are drawn stronger than the rest, and the picture is about them.
    """
    zone = zone_shape()
    shapes = [(place, shape_of(place.shape)) for place in places]
    frame = _frame(_ground(zone, focus, focus_sites))
    chosen = {site.pk for site in focus_sites}
    areas = [_area(place, shape, frame, focus) for place, shape in shapes]
    dots = [
        Dot(site, frame.x(site.lon), frame.y(site.lat), is_focus=site.pk in chosen)
        for site in sites
        if site.lon is not None and site.lat is not None
    ]
    return Drawing(
        frame=frame,
        zone_path=_path(zone, frame),
        areas=tuple(area for _size, area in sorted(areas, key=lambda pair: -pair[0])),
        dots=tuple(sorted(dots, key=lambda dot: dot.is_focus)),
        bar=_bar(frame),
    )


def _ground(zone: Shape, focus: Place | None, sites: Sequence[Site]) -> Box:
    told = [Position(s.lon, s.lat) for s in sites if s.lon is not None and s.lat is not None]
    if focus is not None:
        told += positions_of(shape_of(focus.shape))
    return box_around(told) if told else box_of(zone)


def _frame(ground: Box) -> Frame:
    """Return a frame around some ground, neither too flat nor too high."""
    lon, lat = (ground.west + ground.east) / 2, (ground.south + ground.north) / 2
    east_m, north_m = metres_per_degree(lat)
    wide_m = max((ground.east - ground.west) * east_m * (1 + 2 * MARGIN), LEAST_WIDTH_M)
    high_m = max((ground.north - ground.south) * north_m * (1 + 2 * MARGIN), wide_m * LOWEST)
    wide_m = max(wide_m, high_m / HIGHEST)
    half_lon, half_lat = wide_m / east_m / 2, high_m / north_m / 2
    return Frame(
        west=lon - half_lon,
        south=lat - half_lat,
        east=lon + half_lon,
        north=lat + half_lat,
        height=round(WIDTH * high_m / wide_m, 1),
    )


def _area(place: Place, shape: Shape, frame: Frame, focus: Place | None) -> tuple[float, Area]:
    """Return the size of a place and how it is drawn: the large ones come first, below."""
    middle = middle_of(shape)
    is_focus = focus is not None and place.pk == focus.pk
    area = Area(
        place=place,
        path=_path(shape, frame),
        x=frame.x(middle.lon),
        y=frame.y(middle.lat),
        label=_label(place, focus),
        is_focus=is_focus,
    )
    return area_m2(shape), area


def _label(place: Place, focus: Place | None) -> str:
    """Return what stands on a place: parks on the whole map, parts on that of what they are of.

    The name of the whole is not repeated on its parts.
    """
    if focus is None:
        return place.name if place.kind in LABELED else ""
    return place.name.removeprefix(focus.name) if place.part_of_id == focus.pk else ""


def _path(shape: Shape, frame: Frame) -> str:
    return "".join(_ring(ring, frame) for polygon in shape.polygons for ring in polygon)


def _ring(ring: Ring, frame: Frame) -> str:
    corners = "L".join(f"{frame.x(p.lon)} {frame.y(p.lat)}" for p in ring[:-1])
    return f"M{corners}Z"


def _bar(frame: Frame) -> Bar:
    east_m, _north_m = metres_per_degree((frame.south + frame.north) / 2)
    whole_m = (frame.east - frame.west) * east_m
    length_m = max(
        step * 10**power
        for power in range(1, 6)
        for step in (1, 2, 5)
        if step * 10**power <= max(whole_m * BAR_SHARE, 10)
    )
    words = (
        gettext("%(count)d km") % {"count": length_m // 1000}
        if length_m >= 1000
        else gettext("%(count)d m") % {"count": length_m}
    )
    length = round(frame.width * length_m / whole_m, 1)
    return Bar(length, words, frame.height - 14, frame.height - 16)
