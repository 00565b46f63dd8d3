"""Commands on files of places: kept for a preview, written, undone."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shuniu.engines.base.geojson import geometry_of, shape_of
from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.data_map import Removed
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import delete_some, record_fact, record_facts
from shuniu.zone.registry import facts
from shuniu.zone.registry.choices import PlaceFileState
from shuniu.zone.registry.models import Place, PlaceFile, Site
from shuniu.zone.registry.services.geojson import file_text, places_from_file
from shuniu.zone.registry.services.place_rows import (
    Judged,
    NewPlace,
    RowState,
    judged_places,
)
from shuniu.zone.registry.services.places import Written, hold, may_keep, near, write_places
from shuniu.zone.registry.services.settling import settle_sites

LONGEST_NAME = 120


class PlaceFileOver(Refusal):
    code = "registry.place_file_over"
    status = 409
    sentence = _("This file is over already: %(state)s.")


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What undoing a file did; ``left`` are codes of places that somebody changed or used since."""

    removed: int
    restored: int
    left: tuple[str, ...]


@transaction.atomic
def keep_place_file(
    *, name: str, content: bytes, datum: str, actor: User, now: datetime
) -> PlaceFile:
    """Keep a file of places, so that what it would change can be shown and then written.

    Raises
    ------
    NotForYou
        If ``actor`` keeps no places.
    PlaceFileRefused
        If the file as a whole cannot be used.
    """
    may_keep(actor)
    places_from_file(content, datum)
    row = PlaceFile(
        name=name[-LONGEST_NAME:], datum=datum, content=file_text(content), sent_by=actor,
        sent_at=now,
    )  # fmt: skip
    row.save(force_insert=True)
    record_fact(facts.PlaceFileReceived(file_id=str(row.pk)), actor=actor, at=now)
    return row


def rows_of_file(file: PlaceFile) -> tuple[Judged, ...]:
    """Return the places that a file writes, as they are judged now."""
    return judged_places(places_from_file(file.content.encode(), file.datum))


def without_faults(judged: tuple[Judged, ...]) -> list[Judged]:
    """Return the rows that can be written."""
    return [row for row in judged if row.state != RowState.FAULTY]


@transaction.atomic
def write_place_file(*, file_id: uuid.UUID, seal: str, actor: User, now: datetime) -> Written:
    """Write the places of a file that have no fault; ``seal`` is that of what was looked at.

    Raises
    ------
    NotForYou
        If ``actor`` keeps no places.
    PlaceFileOver
        If it was written already.
    PlacesChanged
        If something else would be written than what was looked at.
    """
    may_keep(actor)
    file = _held(file_id, PlaceFileState.WAITING)
    rows = [row.new for row in without_faults(rows_of_file(file))]
    written = write_places(places=rows, seal=seal, actor=actor, now=now)
    file.before = {place.code: None for place in written.added}
    file.before |= {old.code: _kept(old) for old in written.before}
    file.state, file.written_by, file.written_at = PlaceFileState.WRITTEN, actor, now
    file.save(update_fields=["before", "state", "written_by", "written_at"])
    told = facts.PlaceFileWritten(
        file_id=str(file.pk), added=len(written.added), corrected=written.corrected
    )
    record_fact(told, actor=actor, at=now)
    return written


@transaction.atomic
def undo_place_file(*, file_id: uuid.UUID, actor: User, now: datetime) -> TakenBack:
    """Let the places of a file be what they were before; those touched since then are left.

    A place that was added is removed, unless another one belongs to it by now.

    Raises
    ------
    NotForYou
        If ``actor`` keeps no places.
    PlaceFileOver
        If it is not written, or undone already.
    """
    may_keep(actor)
    file = _held(file_id, PlaceFileState.WRITTEN)
    held = {place.code: place for place in hold(list(file.before))}
    same = {code: p for code, p in held.items() if p.changed_at == file.written_at}
    restored = _restored(file.before, same, actor, now)
    removed = _removed([same[c] for c, old in file.before.items() if old is None and c in same])
    left = tuple(code for code in file.before if code not in {*restored, *removed})
    file.state, file.undone_at = PlaceFileState.UNDONE, now
    file.save(update_fields=["state", "undone_at"])
    told: list[Any] = [
        facts.PlaceTakenBack(place_id=key, file_id=str(file.pk)) for key in removed.values()
    ]
    told.append(
        facts.PlaceFileUndone(
            file_id=str(file.pk), removed=len(removed), restored=len(restored), left=len(left)
        )
    )
    record_facts([(fact, actor, now) for fact in told], deliver=True)
    return TakenBack(len(removed), len(restored), left)


def purge_place_files(*, before: datetime, limit: int, now: datetime) -> Removed:  # noqa: ARG001  # the shape of a batch
    """Delete files of places; what they wrote stays."""
    return delete_some(PlaceFile.objects.filter(sent_at__lt=before), limit)


def _held(file_id: uuid.UUID, state: PlaceFileState) -> PlaceFile:
    file = PlaceFile.objects.select_for_update(no_key=True).get(pk=file_id)
    if file.state != state:
        raise PlaceFileOver(state=PlaceFileState(file.state).label)
    return file


def _kept(old: NewPlace) -> dict[str, Any]:
    return {
        "name": old.name,
        "kind": old.kind,
        "part_of": old.part_of,
        "shape": geometry_of(old.shape) if old.shape else None,
        "is_active": old.is_active,
    }


def _restored(
    before: Mapping[str, Any], same: Mapping[str, Place], actor: User, now: datetime
) -> set[str]:
    """Write places as they were; return the codes of those that could be."""
    rows = [
        NewPlace(**{**old, "code": code, "shape": shape_of(old["shape"]), "number": number})
        for number, (code, old) in enumerate(before.items(), 1)
        if old is not None and code in same
    ]
    right = [row.new for row in without_faults(judged_places(rows))]
    write_places(places=right, actor=actor, now=now)
    return {row.code for row in right}


def _removed(places: list[Place]) -> dict[str, int]:
    """Remove places to which no other one belongs, parts first; return code and key of each."""
    sites = list(Site.objects.filter(near(places)).values_list("pk", flat=True))
    found: dict[str, int] = {}
    while True:
        keys = [place.pk for place in places if place.code not in found]
        wholes = set(Place.objects.filter(part_of__in=keys).values_list("part_of_id", flat=True))
        free = {p.code: p.pk for p in places if p.code not in found and p.pk not in wholes}
        if not free:
            break
        Place.objects.filter(pk__in=free.values()).delete()
        found |= free
    settle_sites(Site.objects.filter(pk__in=sites))
    return found
