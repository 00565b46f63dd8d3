"""Places as they are brought, judged row by row before anything is written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from shuniu.engines.base.geojson import geometry_of, shape_of
from shuniu.engines.base.shapes import Shape, area_m2
from shuniu.zone.registry.choices import PlaceKind
from shuniu.zone.registry.models import Place
from shuniu.zone.registry.services.shapes import shown_text

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}", re.ASCII)
LONGEST_NAME = 60


class RowState(StrEnum):
    """What would become of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A place as it shall be.

    Attributes
    ----------
    part_of
        Code of the place that it belongs to; empty for none.
    shape
        In WGS-84 and in the zone. None where it could not be read; then ``problem`` says why.
    number
        Which one of several it is, from 1.
    is_active
        Whether it is in use then; what stands in a file is.
    """

    code: str
    name: str
    kind: str
    part_of: str
    shape: Shape | None
    number: int = 1
    problem: str = ""
    had_heights: bool = False
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One thing about a place that would be another one, in words."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A row, what is wrong with it, and what it would change. ``old`` is the place as it is."""

    new: NewPlace
    problem: str
    old: Place | None
    changes: tuple[FieldChange, ...]

    @property
    def state(self) -> RowState:
        if self.problem:
            return RowState.FAULTY
        if self.old is None:
            return RowState.NEW
        return RowState.CHANGED if self.changes else RowState.SAME


def judged_places(rows: Sequence[NewPlace]) -> tuple[Judged, ...]:
    """Return each row with what is wrong with it; what belongs to a faulty row is faulty too."""
    known = {place.code: place for place in Place.objects.select_related("part_of")}
    times = Counter(row.code for row in rows)
    problems = {row.number: _own_problem(row, times) for row in rows}
    while found := _problems_of_wholes(rows, problems, known):
        problems |= found
    return tuple(_judged(row, problems[row.number], known.get(row.code)) for row in rows)


def seal_of_rows(judged: Sequence[Judged]) -> str:
    """Return a word that is another one as soon as something else would be changed."""
    told = [(row.new.code, row.state.value, row.changes) for row in judged]
    return salted_hmac("registry.places", repr(told), algorithm="sha256").hexdigest()[:32]


def seal_of_place(place: Place) -> str:
    """Return a word that is another one as soon as somebody changes the place."""
    told = (place.code, place.changed_at.timestamp())
    return salted_hmac("registry.place", repr(told), algorithm="sha256").hexdigest()[:32]


def _own_problem(row: NewPlace, times: Mapping[str, int]) -> str:
    """Return what is wrong with a row, looked at alone."""
    if not row.code:
        return gettext("The code is missing.")
    if not CODE.fullmatch(row.code):
        return gettext(
            "The code “%(code)s” is not right: up to 40 Latin letters, digits, - and _."
        ) % {"code": shown_text(row.code)}
    if times[row.code] > 1:
        return gettext("The code %(code)s stands here %(count)d times.") % {
            "code": row.code,
            "count": times[row.code],
        }
    return _problem_of_words(row) or row.problem


def _problem_of_words(row: NewPlace) -> str:
    if not row.name:
        return gettext("The name is missing.")
    if len(row.name) > LONGEST_NAME or not row.name.isprintable():
        return gettext("The name is longer than 60 characters, or has signs that none has.")
    if row.kind not in PlaceKind.values:
        return gettext("“%(kind)s” is no kind of place: %(kinds)s.") % {
            "kind": shown_text(row.kind),
            "kinds": gettext(", ").join(f"{k.value} ({k.label})" for k in PlaceKind),
        }
    return ""


def _problems_of_wholes(
    rows: Sequence[NewPlace], problems: Mapping[int, str], known: Mapping[str, Place]
) -> dict[int, str]:
    """Return what is wrong with the places that rows belong to; only what is not said yet."""
    right = {row.code: row for row in rows if not problems[row.number]}
    wholes = {code: place.part_of.code if place.part_of else "" for code, place in known.items()}
    wholes |= {code: row.part_of for code, row in right.items()}
    faulty = {row.code: row.number for row in rows if problems[row.number]}
    found = {}
    for row in right.values():
        if problem := _problem_of_whole(row, right, wholes, known, faulty):
            found[row.number] = problem
    return found


def _problem_of_whole(
    row: NewPlace,
    right: Mapping[str, NewPlace],
    wholes: Mapping[str, str],
    known: Mapping[str, Place],
    faulty: Mapping[str, int],
) -> str:
    if not row.part_of:
        return ""
    there = known.get(row.part_of)
    is_known = there is not None and (there.is_active or not row.is_active)
    if row.part_of in faulty and not is_known:
        return gettext("It belongs to %(whole)s, which is faulty itself: feature %(number)d.") % {
            "whole": row.part_of,
            "number": faulty[row.part_of],
        }
    if row.part_of not in right and not is_known:
        return gettext("It belongs to %(whole)s, and there is no such place.") % {
            "whole": shown_text(row.part_of)
        }
    seen, at = {row.code}, row.part_of
    while at and at not in seen:
        seen.add(at)
        at = wholes.get(at, "")
    if at:
        return gettext("It belongs to %(whole)s, which in the end belongs to itself.") % {
            "whole": row.part_of
        }
    return ""


def _judged(row: NewPlace, problem: str, old: Place | None) -> Judged:
    changes = tuple(_changes(row, old)) if old and not problem else ()
    return Judged(row, problem, old, changes)


def _changes(row: NewPlace, old: Place) -> list[FieldChange]:
    told = {
        "name": (old.name, row.name),
        "kind": (PlaceKind(old.kind).label, PlaceKind(row.kind).label),
        "part_of": (old.part_of.code if old.part_of else "", row.part_of),
    }
    found = [FieldChange(f, str(was), str(new)) for f, (was, new) in told.items() if was != new]
    if row.shape is not None and geometry_of(row.shape) != old.shape:
        found.append(_other_shape(_size(shape_of(old.shape)), _size(row.shape)))
    if row.is_active != old.is_active:
        words = {True: gettext("in use"), False: gettext("retired")}
        found.append(FieldChange("is_active", words[old.is_active], words[row.is_active]))
    return found


def _other_shape(old: str, new: str) -> FieldChange:
    """Return the change of a shape; one that is as large as before lies elsewhere."""
    if old == new:
        new = gettext("%(size)s, with another outline") % {"size": new}
    return FieldChange("shape", old, new)


def _size(shape: Shape) -> str:
    return size_words(area_m2(shape)) if shape.polygons else gettext("a point")


def place_size(place: Place) -> str:
    """Return how large a place is, in words."""
    return _size(shape_of(place.shape))


def size_words(size_m2: float) -> str:
    """Return an area in square metres, hectares or square kilometres."""
    if size_m2 < 10_000:
        return gettext("%(count)s m²") % {"count": f"{size_m2:,.0f}"}
    if size_m2 < 1_000_000:
        return gettext("%(count)s ha") % {"count": f"{size_m2 / 10_000:,.1f}"}
    return gettext("%(count)s km²") % {"count": f"{size_m2 / 1_000_000:,.2f}"}


def row_of(place: Place, number: int = 1) -> NewPlace:
    """Return a place as a row that would change nothing."""
    return NewPlace(
        code=place.code,
        name=place.name,
        kind=place.kind,
        part_of=place.part_of.code if place.part_of else "",
        shape=shape_of(place.shape),
        number=number,
        is_active=place.is_active,
    )
