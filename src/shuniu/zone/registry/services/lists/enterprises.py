"""The list of enterprises: its columns, and what a row would change."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shuniu.engines.base.coordinates import Datum, Position
from shuniu.engines.base.shapes import Shape, distance_between_m
from shuniu.zone.kernel.clock import local
from shuniu.zone.kernel.importing.kinds import (
    Becomes,
    Change,
    Errand,
    ListKind,
    SourceRow,
    Verdict,
)
from shuniu.zone.kernel.importing.wording import in_each_language
from shuniu.zone.registry import policies, queries
from shuniu.zone.registry.models import Contact, Enterprise, Site
from shuniu.zone.registry.services.lists import cells
from shuniu.zone.registry.services.lists.cleaning import (
    Cleaned,
    cleaned_row,
    in_chunks,
    mark_twice,
    require,
)
from shuniu.zone.registry.services.lists.enterprise_fields import DATUM, FIELDS
from shuniu.zone.registry.services.lists.enterprise_undoing import undo_enterprises
from shuniu.zone.registry.services.lists.enterprise_writing import (
    PLAIN,
    apply_enterprises,
    contact_meant,
    lock_enterprises,
)
from shuniu.zone.registry.services.lists.sentences import ENTERPRISES
from shuniu.zone.registry.services.positions import (
    PositionRefused,
    degrees_of,
    zone_shape,
)

SAME_PLACE_M = 1.0
CLEANERS = {
    "credit_code": cells.code_of,
    "name": lambda cell: cells.name_of(cell, 120),
    "short_name": lambda cell: cells.name_of(cell, 40),
    "industry_code": cells.industry_of,
    "is_above_scale": cells.yes_or_no,
    "employees": cells.count_of,
    "address": lambda cell: cells.text_of(cell, 120),
    "lon": cells.degrees_of_cell,
    "lat": cells.degrees_of_cell,
    "position": lambda cell: cells.text_of(cell, 80),
    "products": cells.goods_of,
    "inputs": cells.goods_of,
    "contact_name": lambda cell: cells.name_of(cell, 60),
    "contact_title": lambda cell: cells.name_of(cell, 40),
    "contact_phone": cells.phone_of,
    "verified_on": cells.day_of,
}


@dataclass(frozen=True, slots=True)
class Known:
    """What the registry has of the enterprises of a list.

    Attributes
    ----------
    by_code
        Records, those merged into another one included.
    code_of_name
        Credit codes by name in narrow letters.
    sites, contacts
        By the key of their enterprise.
    """

    by_code: dict[str, Enterprise]
    code_of_name: dict[str, str]
    sites: dict[int, Site]
    contacts: dict[int, list[Contact]]


def check_enterprises(rows: Sequence[SourceRow], errand: Errand) -> list[Verdict]:
    """Say what would become of each row."""
    datum = errand.options.get("datum", Datum.WGS84.value)
    bounds = zone_shape()
    today = local(errand.now).date().isoformat()
    cleaned = [_cleaned(row, datum, bounds, today) for row in rows]
    mark_twice(cleaned, "credit_code", "same_code")
    mark_twice(cleaned, "name", "same_name")
    known = _known(cleaned)
    return [_verdict(one, known) for one in cleaned]


def _cleaned(row: SourceRow, datum: str, bounds: Shape, today: str) -> Cleaned:
    one = cleaned_row(row, CLEANERS)
    require(one, "credit_code")
    _place(one, datum, bounds)
    values = one.values
    if values.get("verified_on", "") > today:
        one.fault("verified_on", "day_to_come", day=values["verified_on"])
    if "contact_phone" in values and "contact_name" not in row.cells:
        one.fault("contact_name", "whose_number")
    if "contact_name" in values and "contact_phone" not in row.cells:
        one.fault("contact_phone", "which_number")
    return one


def _place(one: Cleaned, datum: str, bounds: Shape) -> None:
    """Bring a position to WGS-84, or say what is wrong with it."""
    values = one.values
    if "position" in values:
        parts = values.pop("position").replace("，", ",").replace(" ", ",").split(",")
        numbers = [part for part in parts if part]
        try:
            values["lon"], values["lat"] = map(cells.degrees_of_cell, numbers)
        except (ValueError, cells.WrongCell):
            one.fault("position", "two_numbers")
            return
    if one.is_wrong("lon") or one.is_wrong("lat"):
        return
    if ("lon" in values) != ("lat" in values):
        lacking = "lat" if "lon" in values else "lon"
        one.fault(lacking, "half_position")
        return
    if "lon" not in values:
        return
    lon, lat = values["lon"], values["lat"]
    try:
        here = degrees_of(lon, lat, datum, bounds=bounds)
    except PositionRefused:
        key = "position" if "position" in one.row.cells else "lon"
        one.fault(key, "position", **_why_not_there(lon, lat, datum, bounds))
        return
    values["lon"], values["lat"] = here.lon, here.lat


def _why_not_there(lon: float, lat: float, datum: str, bounds: Shape) -> dict[str, str]:
    """Return in each language why a position is refused: a refusal is worded where it is raised."""

    def words() -> str:
        try:
            degrees_of(lon, lat, datum, bounds=bounds)
        except PositionRefused as refusal:
            return str(refusal)
        return ""

    return in_each_language(words)


def _known(cleaned: Sequence[Cleaned]) -> Known:
    codes = {one.values["credit_code"] for one in cleaned if "credit_code" in one.values}
    by_code: dict[str, Enterprise] = {}
    for some in in_chunks(sorted(codes)):
        found = Enterprise.objects.filter(credit_code__in=some).select_related("merged_into")
        by_code |= {row.credit_code: row for row in found}
    names = {
        written
        for one in cleaned
        if "name" in one.values
        for written in _ways_to_write(one.values["name"])
    }
    code_of_name: dict[str, str] = {}
    for some in in_chunks(sorted(names)):
        pairs = Enterprise.objects.filter(name__in=some).values_list("name", "credit_code")
        code_of_name |= {_narrow(name): code for name, code in pairs}
    keys = [row.pk for row in by_code.values()]
    sites: dict[int, Site] = {}
    contacts: dict[int, list[Contact]] = {}
    for ids in in_chunks(keys):
        for site in Site.objects.filter(enterprise__in=ids, is_main=True):
            sites[site.enterprise_id] = site
        for contact in Contact.objects.filter(enterprise__in=ids).order_by("pk"):
            contacts.setdefault(contact.enterprise_id, []).append(contact)
    return Known(by_code, code_of_name, sites, contacts)


def _narrow(name: str) -> str:
    return unicodedata.normalize("NFKC", name)


def _ways_to_write(name: str) -> set[str]:
    narrow = _narrow(name)
    return {name, narrow, narrow.replace("(", "（").replace(")", "）")}


def _verdict(one: Cleaned, known: Known) -> Verdict:
    code, name = one.values.get("credit_code", ""), one.values.get("name", "")
    row = known.by_code.get(code)
    title = name or (row.name if row else "") or one.row.cells.get("name", "")[:60] or code
    if row is None and code:
        require(one, "name")
    if row is not None and row.merged_into is not None:
        one.fault(
            "credit_code",
            "merged_code",
            name=row.merged_into.name,
            code=row.merged_into.credit_code,
        )
    other = known.code_of_name.get(_narrow(name)) if name else None
    if other is not None and other != code:
        one.fault("name", "name_of_other", name=name, code=other)
    if one.faults:
        return one.faulty(title)
    changes = _changes(one, row, known) if row is not None else ()
    becomes = Becomes.NEW if row is None else Becomes.CHANGED if changes else Becomes.SAME
    return Verdict(
        one.row.number, becomes, title, dict(one.values), (), tuple(one.notes), tuple(changes)
    )


def _changes(one: Cleaned, row: Enterprise, known: Known) -> tuple[Change, ...]:
    """Return what a row would change; what it does not say stays as it is."""
    values = one.values
    if "name" in values and _narrow(values["name"]) == _narrow(row.name):
        del values["name"]  # only the width of brackets differs
    changes = [
        Change(key, old, values[key])
        for key in PLAIN
        if key in values and values[key] != (old := queries.value_of(row, key))
    ]
    if any(change.field == "name" for change in changes):
        one.note("name", "renamed", name=row.name)
    changes += _place_change(values, known.sites.get(row.pk))
    changes += _contact_changes(one, known.contacts.get(row.pk, []))
    changes += _verified_change(values, row)
    return tuple(changes)


def _verified_change(values: dict[str, Any], row: Enterprise) -> list[Change]:
    """Return a later day of verification; one that is not later says nothing new."""
    if "verified_on" not in values:
        return []
    known = row.verified_at
    day = None if known is None else local(known).date().isoformat()
    if day is not None and day >= values["verified_on"]:
        return []
    return [Change("verified_on", day, values["verified_on"])]


def _place_change(values: dict[str, Any], site: Site | None) -> list[Change]:
    if "lon" not in values:
        return []
    told = Position(values["lon"], values["lat"])
    if site is None or site.lon is None or site.lat is None:
        return [Change("lon", None, [told.lon, told.lat])]
    here = Position(site.lon, site.lat)
    if distance_between_m(here, told) < SAME_PLACE_M:
        del values["lon"], values["lat"]
        return []
    return [Change("lon", [here.lon, here.lat], [told.lon, told.lat])]


def _contact_changes(one: Cleaned, contacts: Sequence[Contact]) -> list[Change]:
    """Return what becomes of whom to reach: found by the number, then by the name, else added.

    Both sides name everybody who can be reached: what stays is seen as well as what is new.
    """
    values = one.values
    if "contact_phone" not in values:
        return []
    known = contact_meant(values, contacts)
    title = values.get("contact_title", known.title if known else "")
    told = [values["contact_name"], title, values["contact_phone"]]
    old = [[c.name, c.title, c.phone] for c in contacts]
    if known is None:
        if contacts:
            names = "、".join(contact.name for contact in contacts)
            one.note("contact_name", "contact_beside", names=names)
        return [Change("contact_name", old, [*old, told])]
    new = [told if c is known else said for c, said in zip(contacts, old, strict=True)]
    return [Change("contact_name", old, new)] if old != new else []


def _may(actor: AbstractBaseUser) -> bool:
    return policies.may_register(queries.standing_of(actor))


def _address(key: str) -> str:
    return reverse("registry:enterprise", args=[int(key)])


def _shown(field: str, value: Any) -> str:
    """Return what a field is or would be, as the preview shows it."""
    if field == "lon" and isinstance(value, list):
        return "{:.6f}, {:.6f}".format(*value)
    if field == "contact_name" and isinstance(value, list):
        return "；".join(" ".join(filter(None, one)) for one in value) or queries.NOTHING
    return queries.words_of_value(field, value)


ENTERPRISE_LIST = ListKind(
    code="enterprises",
    label=_("Enterprises"),
    key_words=_("A record is found by its credit code. What a row does not say stays as it is."),
    fields=FIELDS,
    may=_may,
    lock=lock_enterprises,
    check=check_enterprises,
    apply=apply_enterprises,
    undo=undo_enterprises,
    list_address="registry:enterprises",
    sentences=ENTERPRISES,
    shown=_shown,
    options=(DATUM,),
    address=_address,
)
