"""Questions about the service catalogue."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from shuniu.zone.hall.models import ServiceItem
from shuniu.zone.kernel.models import Fact
from shuniu.zone.registry.models import Office
from shuniu.zone.registry.queries import Standing, active_offices

LONGEST_WORDS = 60
MOST_WORDS = 6
# What somebody who looks for an item may have in mind.
SEARCHED = ("name", "code", "materials", "unit__zh", "unit__en", "owner")


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """Which items a list shows: with all of these words, of a unit; ``retired``: those only."""

    words: str = ""
    unit: str = ""
    retired: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> ItemFilter:
        """Return the filter that an address asks for."""
        found = {
            field.name: given.get(field.name, "").replace("\x00", "").strip()[:LONGEST_WORDS]
            for field in fields(cls)
        }
        return cls(**found)

    @property
    def query(self) -> str:
        """Return the filter as the query of an address."""
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        return urlencode({name: value for name, value in named.items() if value})


def items_visible_to(who: Standing) -> QuerySet[ServiceItem]:
    """Return the items that a person may read: staff the retired ones too."""
    items = ServiceItem.objects.select_related("unit")
    if who.is_staff:
        return items
    return items.filter(is_active=True) if who.enterprise_ids else items.none()


def filtered_items(who: Standing, wanted: ItemFilter) -> QuerySet[ServiceItem]:
    """Return the items of a filter, by code."""
    found = Q(is_active=not wanted.retired)
    if wanted.unit:
        found &= Q(unit__code=wanted.unit)
    for word in wanted.words.split()[:MOST_WORDS]:
        one = Q()
        for column in SEARCHED:
            one |= Q(**{f"{column}__icontains": word})
        found &= one
    return items_visible_to(who).filter(found).order_by("code")


def items_of_codes(codes: Collection[str]) -> QuerySet[ServiceItem]:
    """Return the items of these codes, with their units."""
    return ServiceItem.objects.filter(code__in=codes).select_related("unit")


def has_item(code: str) -> ServiceItem | None:
    """Return the item of this code, if there is one."""
    return ServiceItem.objects.filter(code=code).first()


def units_with_items(who: Standing) -> QuerySet[Office]:
    """Return the units that a list can be narrowed to."""
    own = items_visible_to(who).order_by().values("unit_id")
    return Office.objects.filter(pk__in=own)


def units_to_choose() -> QuerySet[Office]:
    """Return the units that an item can belong to."""
    return active_offices()


def facts_of_item(item: ServiceItem) -> QuerySet[Fact]:
    """Return what happened to an item, the newest first."""
    told = Fact.objects.filter(subject=f"hall.item:{item.pk}")
    return told.select_related("actor").order_by("-pk")
