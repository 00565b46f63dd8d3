"""Commands on places: parks, plots, buildings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shuniu.engines.base.geojson import geometry_of
from shuniu.engines.base.shapes import box_of
from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.facts import FactRecord
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import record_fact, record_facts
from shuniu.zone.registry import facts, policies
from shuniu.zone.registry.models import Place, Site
from shuniu.zone.registry.services.asking import NotForYou, standing_or_system
from shuniu.zone.registry.services.place_rows import (
    Judged,
    NewPlace,
    RowState,
    judged_places,
    row_of,
    seal_of_place,
    seal_of_rows,
)
from shuniu.zone.registry.services.settling import settle_sites


class PlaceRefused(Refusal):
    code = "registry.place_refused"
    sentence = "%(reason)s"


class PlacesChanged(Refusal):
    code = "registry.places_changed"
    status = 409
    sentence = _("Somebody changed places just now. Please look at it again.")


class PlaceChanged(Refusal):
    code = "registry.place_changed"
    status = 409
    sentence = _(
        "Meanwhile somebody else changed this place. Below is what would be different from what it"
        " says now; save once more if that is right."
    )


class PlaceHasParts(Refusal):
    code = "registry.place_has_parts"
    status = 409
    sentence = _("%(count)d places belong to it that are in use. Please retire them before.")


class WholeRetired(Refusal):
    code = "registry.whole_retired"
    status = 409
    sentence = _("It belongs to %(name)s, which is retired. Please take that up again before.")


@dataclass(frozen=True, slots=True)
class Written:
    """What writing places did.

    ``before`` are the places that were corrected as they were, and ``added`` those that are new.
    """

    added: tuple[Place, ...]
    corrected: int
    before: tuple[NewPlace, ...] = ()


@transaction.atomic
def write_places(
    *, places: Sequence[NewPlace], seal: str = "", actor: User | None, now: datetime
) -> Written:
    """Add the places whose code is new and correct the others; all of them or none.

    ``seal`` is that of the rows that somebody looked at, as ``seal_of_rows`` gives it. Sites that
    lie in another place afterwards are told so. Whoever is the same stays untouched.

    Raises
    ------
    NotForYou
        If ``actor`` keeps no places.
    PlaceRefused
        With what is wrong with the first faulty row.
    PlacesChanged
        If somebody else wrote one of the codes at the same moment, or something else would be
        written than what was looked at.
    """
    may_keep(actor)
    hold([new.code for new in places])
    judged = judged_places(places)
    if seal and seal != seal_of_rows(judged):
        raise PlacesChanged
    if faulty := next((row for row in judged if row.problem), None):
        raise PlaceRefused(reason=faulty.problem)
    added = [row for row in judged if row.state == RowState.NEW]
    changed = [row for row in judged if row.state == RowState.CHANGED]
    olds = [row.old for row in changed if row.old is not None]
    before, were = near(olds), tuple(map(row_of, olds))
    try:
        with transaction.atomic():
            rows = _added(added, now)
    except IntegrityError:
        raise PlacesChanged from None
    corrected = _corrected(changed, now)
    _join([*zip(rows, added, strict=True), *zip(corrected, changed, strict=True)])
    told: list[FactRecord] = [facts.PlaceAdded(place_id=row.pk) for row in rows]
    told += [
        facts.PlaceCorrected(place_id=row.pk, fields=tuple(c.field for c in judged.changes))
        for row, judged in zip(corrected, changed, strict=True)
    ]
    settle_sites(Site.objects.filter(before | near([*rows, *corrected])))
    record_facts([(fact, actor, now) for fact in told], deliver=True)
    return Written(tuple(rows), len(corrected), were)


@transaction.atomic
def correct_place(*, new: NewPlace, seen: str, actor: User, now: datetime) -> bool:
    """Correct a place that somebody has a page of; return whether anything was different.

    ``seen`` is the seal of the place as the page showed it. A retired place stays retired.

    Raises
    ------
    NotForYou
        If ``actor`` keeps no places.
    PlaceChanged
        If somebody else changed it meanwhile.
    PlaceRefused
        With what is wrong.
    """
    may_keep(actor)
    [place] = hold([new.code])
    if seen != seal_of_place(place):
        raise PlaceChanged
    kept = replace(new, is_active=place.is_active)
    return write_places(places=[kept], actor=actor, now=now).corrected > 0


@transaction.atomic
def retire_place(*, place_id: int, actor: User, now: datetime) -> Place:
    """Take a place out of use; its code stays taken, and it can be taken up again.

    Raises
    ------
    NotForYou
        If ``actor`` keeps no places.
    PlaceHasParts
        If places that are in use belong to it.
    """
    may_keep(actor)
    place = Place.objects.select_for_update(no_key=True).get(pk=place_id)
    parts = Place.objects.filter(part_of=place, is_active=True).count()
    if parts:
        raise PlaceHasParts(count=parts)
    if place.is_active:
        _turn(place, is_active=False, now=now)
        record_fact(facts.PlaceRetired(place_id=place.pk), actor=actor, at=now)
    return place


@transaction.atomic
def restore_place(*, place_id: int, actor: User, now: datetime) -> Place:
    """Take a retired place up again.

    Raises
    ------
    NotForYou
        If ``actor`` keeps no places.
    WholeRetired
        If the place that it belongs to is retired.
    """
    may_keep(actor)
    place = Place.objects.select_for_update(no_key=True).get(pk=place_id)
    if place.part_of is not None and not place.part_of.is_active:
        raise WholeRetired(name=place.part_of.name)
    if not place.is_active:
        _turn(place, is_active=True, now=now)
        record_fact(facts.PlaceRestored(place_id=place.pk), actor=actor, at=now)
    return place


def drawn_places(judged: Iterable[Judged]) -> list[Place]:
    """Return rows without faults as places to be drawn, which are not written."""
    return [_shaped(Place(code=row.new.code), row.new) for row in judged]


def hold(codes: Collection[str]) -> list[Place]:
    """Return the places of these codes, which nobody else changes until the end."""
    held = Place.objects.select_for_update(no_key=True).order_by("pk")
    return list(held.filter(code__in=codes))


def may_keep(actor: User | None) -> None:
    """Refuse whoever keeps no places."""
    if not policies.may_keep_places(standing_or_system(actor)):
        raise NotForYou


def _turn(place: Place, *, is_active: bool, now: datetime) -> None:
    place.is_active, place.changed_at = is_active, now
    place.save(update_fields=["is_active", "changed_at"])
    settle_sites(Site.objects.filter(near([place])))


def _added(judged: Iterable[Judged], now: datetime) -> list[Place]:
    rows = drawn_places(judged)
    for row in rows:
        row.changed_at = now
    return Place.objects.bulk_create(rows, batch_size=200)


def _corrected(judged: Iterable[Judged], now: datetime) -> list[Place]:
    rows = [_shaped(row.old, row.new) for row in judged if row.old is not None]
    for row in rows:
        row.changed_at = now
    fields = ["name", "kind", "shape", "west", "south", "east", "north", "is_active", "changed_at"]
    Place.objects.bulk_update(rows, fields, batch_size=100)
    return rows


def _shaped(place: Place, new: NewPlace) -> Place:
    assert new.shape is not None  # noqa: S101  # a row without a shape has a problem
    box = box_of(new.shape)
    place.name, place.kind, place.shape = new.name, new.kind, geometry_of(new.shape)
    place.west, place.south, place.east, place.north = box.west, box.south, box.east, box.north
    place.is_active = new.is_active
    return place


def _join(pairs: Sequence[tuple[Place, Judged]]) -> None:
    """Write what each place belongs to, once all of them have a row."""
    wanted = {judged.new.part_of for _place, judged in pairs}
    keys = dict(Place.objects.filter(code__in=wanted).values_list("code", "pk"))
    rows = []
    for place, judged in pairs:
        place.part_of_id = keys.get(judged.new.part_of)
        rows.append(place)
    Place.objects.bulk_update(rows, ["part_of"], batch_size=200)


def near(places: Sequence[Place]) -> Q:
    """Return the sites that lie in places by their names, or in the box around all of them."""
    if not places:
        return Q(pk__in=())
    in_box = Q(
        lon__gte=min(place.west for place in places),
        lon__lte=max(place.east for place in places),
        lat__gte=min(place.south for place in places),
        lat__lte=max(place.north for place in places),
    )
    return Q(place__in=[place.pk for place in places]) | in_box
