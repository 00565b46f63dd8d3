"""Questions about places, and about where enterprises work."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from shuniu.zone.kernel.data_map import Held, held_of
from shuniu.zone.kernel.models import Fact
from shuniu.zone.registry.choices import PlaceKind
from shuniu.zone.registry.models import Enterprise, Place, PlaceFile, Site
from shuniu.zone.registry.policies import Standing, may_keep_places, may_see_places
from shuniu.zone.registry.queries.zone import enterprises_visible_to

RETIRED = "retired"
MOST_TOLD = 30


@dataclass(frozen=True, slots=True)
class PlaceFilter:
    """Which places a list shows; empty stands for all that are in use.

    ``kind`` is a PlaceKind, or ``retired`` for those out of use; ``words`` is part of a name or
    code.
    """

    words: str = ""
    kind: str = ""


def places_visible_to(who: Standing) -> QuerySet[Place]:
    """Return the places that a person may see: all for staff, for others none."""
    rows = Place.objects.select_related("part_of")
    return rows if may_see_places(who) else rows.none()


def filtered_places(who: Standing, wanted: PlaceFilter) -> QuerySet[Place]:
    """Return the places of a list, by code: parts follow what they belong to."""
    return _with_words(who, wanted.words).filter(_of_kind(wanted.kind)).order_by("code")


def place_counts(who: Standing, wanted: PlaceFilter) -> dict[str, int]:
    """Return how many places there are of each kind under the same words; all: empty key."""
    keys = ["", *PlaceKind.values, RETIRED]
    counted = (
        _with_words(who, wanted.words)
        .select_related(None)
        .order_by()
        .aggregate(**{f"n{n}": Count("pk", filter=_of_kind(key)) for n, key in enumerate(keys)})
    )
    return {key: int(counted[f"n{n}"]) for n, key in enumerate(keys)}


def _with_words(who: Standing, words: str) -> QuerySet[Place]:
    found = Q()
    for word in words.split():
        found &= Q(name__icontains=word) | Q(code__icontains=word)
    return places_visible_to(who).filter(found)


def _of_kind(kind: str) -> Q:
    if kind == RETIRED:
        return Q(is_active=False)
    return Q(is_active=True, kind=kind) if kind else Q(is_active=True)


def active_places() -> QuerySet[Place]:
    """Return the places in use, by code."""
    return Place.objects.filter(is_active=True).select_related("part_of").order_by("code")


def places_to_belong_to(place: Place) -> QuerySet[Place]:
    """Return the places that one can belong to: those in use, and what it belongs to already."""
    rows = Place.objects.filter(Q(is_active=True) | Q(pk=place.part_of_id)).exclude(pk=place.pk)
    return rows.select_related("part_of").order_by("code")


def no_places() -> QuerySet[Place]:
    """Return no place: what a form offers before it knows the zone."""
    return Place.objects.none()


def has_place(code: str) -> Place | None:
    """Return the place of a code, in use or not."""
    return Place.objects.filter(code=code).first()


def site_counts() -> dict[int, int]:
    """Return how many sites lie in each place or in its parts; places without are left out."""
    rows = Site.objects.filter(place__isnull=False, enterprise__merged_into=None).order_by()
    own = rows.values_list("place_id").annotate(count=Count("pk"))
    wholes = dict(Place.objects.values_list("pk", "part_of_id"))
    found: dict[int, int] = {}
    for place_id, count in own:
        at: int | None = place_id
        while at is not None:
            found[at] = found.get(at, 0) + count
            at = wholes[at]
    return found


def parts_of(place: Place) -> QuerySet[Place]:
    """Return the places in use that belong to a place."""
    rows = Place.objects.filter(part_of=place, is_active=True)
    return rows.select_related("part_of").order_by("code")


def _with_parts(place: Place) -> set[int]:
    """Return the numbers of a place and of all its parts."""
    pairs = list(Place.objects.values_list("pk", "part_of_id"))
    found, fresh = {place.pk}, {place.pk}
    while fresh:
        fresh = {pk for pk, whole in pairs if whole in fresh} - found
        found |= fresh
    return found


def sites_in(place: Place) -> QuerySet[Site]:
    """Return the sites that lie in a place or in its parts, by the name of the enterprise."""
    rows = Site.objects.filter(place__in=_with_parts(place), enterprise__merged_into=None)
    return rows.select_related("enterprise", "place").order_by("enterprise__name", "pk")


def placed_sites() -> QuerySet[Site]:
    """Return the sites whose position is known."""
    rows = Site.objects.filter(lon__isnull=False, enterprise__merged_into=None)
    return rows.select_related("enterprise").order_by("pk")


def sites_of(enterprise: Enterprise) -> QuerySet[Site]:
    """Return where an enterprise works, the main site first."""
    return Site.objects.filter(enterprise=enterprise).select_related("place__part_of")


def sites_visible_to(who: Standing) -> QuerySet[Site]:
    """Return the sites that a person may see, with their enterprise."""
    visible = enterprises_visible_to(who)
    return Site.objects.filter(enterprise__in=visible).select_related(
        "enterprise__merged_into", "place"
    )


def place_files_visible_to(who: Standing) -> QuerySet[PlaceFile]:
    """Return the files of places that a person may see, the newest first."""
    rows = PlaceFile.objects.select_related("sent_by", "written_by").order_by("-sent_at", "pk")
    return rows if may_keep_places(who) else rows.none()


def place_files_held() -> Held:
    """Return the files of places that are kept; the time runs from when one came."""
    return held_of(PlaceFile.objects.all(), "sent_at")


def facts_of_place(place: Place) -> list[Fact]:
    """Return what happened to a place, the newest first."""
    rows = Fact.objects.filter(subject=f"registry.place:{place.pk}").select_related("actor")
    return list(rows.order_by("-pk")[:MOST_TOLD])
