"""In which place a position lies. Called by the commands that change sites or places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from shuniu.engines.base.coordinates import Position
from shuniu.engines.base.geojson import shape_of
from shuniu.engines.base.shapes import Shape, area_m2, contains
from shuniu.zone.registry.models import Place, Site
from shuniu.zone.registry.services.positions import Degrees


@dataclass(frozen=True, slots=True)
class _Ground:
    """The shape of a place, and how large it is."""

    place: Place
    shape: Shape
    size_m2: float

    def holds(self, at: Degrees) -> bool:
        place = self.place
        return (
            place.west <= at.lon <= place.east
            and place.south <= at.lat <= place.north
            and contains(self.shape, Position(at.lon, at.lat))
        )


def places_at(positions: Sequence[Degrees]) -> list[Place | None]:
    """Return the smallest place that is in use around each position; None where there is none."""
    if not positions:
        return []
    rows = Place.objects.filter(
        is_active=True,
        west__lte=max(at.lon for at in positions),
        east__gte=min(at.lon for at in positions),
        south__lte=max(at.lat for at in positions),
        north__gte=min(at.lat for at in positions),
    )
    grounds = sorted(_grounds(rows), key=lambda ground: (ground.size_m2, ground.place.pk))
    return [next((g.place for g in grounds if g.holds(at)), None) for at in positions]


def _grounds(rows: Iterable[Place]) -> Iterable[_Ground]:
    for row in rows:
        shape = shape_of(row.shape)
        if shape.polygons:
            yield _Ground(row, shape, area_m2(shape))


def settle_sites(sites: QuerySet[Site]) -> None:
    """Write to each of these sites the place that it lies in, where that is another one now."""
    rows = list(sites.filter(lon__isnull=False))
    found = places_at([Degrees(row.lon or 0.0, row.lat or 0.0) for row in rows])
    changed = []
    for row, place in zip(rows, found, strict=True):
        if row.place_id != (place.pk if place else None):
            row.place = place
            changed.append(row)
    Site.objects.bulk_update(changed, ["place"], batch_size=200)
