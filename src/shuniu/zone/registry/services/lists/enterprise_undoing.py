"""Taking rows of a list of enterprises back."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.facts import FactRecord
from shuniu.zone.kernel.importing.kinds import Errand, Finding, TakenBack, Values, Written
from shuniu.zone.kernel.models import Fact
from shuniu.zone.kernel.services import record_facts
from shuniu.zone.registry import facts, policies
from shuniu.zone.registry.models import Contact, Enterprise, EnterpriseWords, Site
from shuniu.zone.registry.services.asking import NotForYou, standing_or_system
from shuniu.zone.registry.services.lists.cleaning import relations_to
from shuniu.zone.registry.services.lists.enterprise_writing import (
    PLAIN,
    said_of,
    take_belongings,
    told_of,
    written_down,
)
from shuniu.zone.registry.services.settling import settle_sites
from shuniu.zone.registry.services.words import index_enterprises

OWN_ROWS = {Contact, Site, EnterpriseWords}
# What hangs on a record, by the table that points to it.
HANGS: Mapping[str, str] = {
    "desk.case": "has_cases",
    "registry.membership": "has_people",
    "registry.correction": "has_corrections",
    "registry.enterprise": "has_mergers",
    "registry.merger": "has_mergers",
}


@dataclass(frozen=True, slots=True)
class Belongings:
    """The main sites and the contacts of changed records, by their own keys."""

    sites: dict[int, Site]
    contacts: dict[uuid.UUID, Contact]


def undo_enterprises(written: Sequence[Written], errand: Errand) -> list[TakenBack]:
    """Remove records that an import made, and set back what it changed, where nobody was since.

    Raises
    ------
    NotForYou
        If who asked for it may not.
    """
    actor = cast("User", errand.actor)
    if not policies.may_register(standing_or_system(actor)):
        raise NotForYou
    rows = _taken(written)
    new = [int(one.subject) for one in written if one.before.get("is_new")]
    used = _used(new)
    with_them = _belongings(one.before for one in written)
    taken, gone, set_back = [], [], []
    for one in written:
        row = rows.get(int(one.subject))
        why = _why_not(row, one.before, used, with_them)
        taken.append(TakenBack(one.number, is_done=not why, why=tuple(why)))
        if row is None or why:
            continue
        if one.before.get("is_new"):
            gone.append(row.pk)
        else:
            set_back.append((row, one.before))
    _write_back(set_back, with_them)
    _remove(gone)
    _tell_undone(gone, set_back, actor, errand)
    return taken


def _taken(written: Sequence[Written]) -> dict[int, Enterprise]:
    """Return the records of these rows, with all that belongs to them taken for us alone."""
    keys = [int(one.subject) for one in written]
    held = Enterprise.objects.select_for_update(no_key=True).order_by("pk")
    rows = {row.pk: row for row in held.filter(pk__in=keys)}
    take_belongings(list(rows))
    into = {row.merged_into_id for row in rows.values()} - {None}
    kept = Enterprise.objects.in_bulk(into)
    for row in rows.values():
        row.merged_into = kept.get(row.merged_into_id) if row.merged_into_id else None
    return rows


def _belongings(befores: Iterable[Values]) -> Belongings:
    given = list(befores)
    sites = [one["site"]["id"] for one in given if one.get("site")]
    contacts = [uuid.UUID(one["contact"]["id"]) for one in given if one.get("contact")]
    return Belongings(Site.objects.in_bulk(sites), Contact.objects.in_bulk(contacts))


def _why_not(
    row: Enterprise | None,
    before: Values,
    used: Mapping[int, Sequence[Finding]],
    with_them: Belongings,
) -> list[Finding]:
    """Return what keeps a row from being undone."""
    if row is None:
        return [Finding("", "gone")]
    if row.merged_into is not None:
        return [Finding("", "merged", {"name": row.merged_into.name})]
    if not before.get("is_new"):
        return _why_not_back(row, before, with_them)
    said = said_of(row)
    changed = [key for key, value in before["said"].items() if said.get(key) != value]
    return [*_changed(changed), *used.get(row.pk, ())]


def _changed(keys: Sequence[str]) -> list[Finding]:
    return [Finding("", "changed", {"keys": list(keys)})] if keys else []


def _why_not_back(row: Enterprise, before: Values, with_them: Belongings) -> list[Finding]:
    """Return what keeps the fields of a record from being set back."""
    changed = [key for key, (_old, new) in before["fields"].items() if getattr(row, key) != new]
    found = _changed(changed)
    site, contact = before.get("site"), before.get("contact")
    if site and _site_says(with_them.sites.get(site["id"])) != site["new"]:
        found.append(Finding("lon", "position_changed"))
    if contact and _contact_says(with_them, contact["id"]) != contact["new"]:
        found.append(Finding("contact_name", "contact_changed"))
    name = before["fields"].get("name")
    other = Enterprise.objects.filter(name=name[0]).exclude(pk=row.pk).first() if name else None
    if other is not None:
        found.append(Finding("name", "old_name_taken", {"code": other.credit_code}))
    return found


def _site_says(site: Site | None) -> list[float | None] | None:
    return None if site is None else [site.lon, site.lat]


def _contact_says(with_them: Belongings, key: str) -> list[str] | None:
    contact = with_them.contacts.get(uuid.UUID(key))
    return None if contact is None else [contact.name, contact.title, contact.phone]


def _used(keys: Sequence[int]) -> dict[int, list[Finding]]:
    """Return what hangs on new records by now, or that something happened to them."""
    codes: dict[int, dict[str, None]] = {key: {} for key in keys}
    for relation in relations_to(Enterprise) if keys else ():
        model = relation.related_model
        if model in OWN_ROWS:
            continue
        column = relation.field.attname
        code = HANGS.get(model._meta.label_lower, "used")  # noqa: SLF001  # Django's documented door
        rows = model._base_manager.filter(**{f"{column}__in": keys})  # noqa: SLF001  # as above
        for key in rows.values_list(column, flat=True):
            codes[key][code] = None
    for table, code in ((Site, "has_sites"), (Contact, "has_contacts")):
        for key, several in _counts(table, keys).items():
            if several > 1:
                codes[key][code] = None
    for key in _touched(keys):
        if not codes[key]:
            codes[key]["happened"] = None
    return {key: [Finding("", code) for code in found] for key, found in codes.items()}


def _touched(keys: Sequence[int]) -> set[int]:
    """Return to which records something happened since they were registered."""
    subjects = [f"registry.enterprise:{key}" for key in keys]
    registered = facts.EnterpriseRegistered.kind
    happened = Fact.objects.filter(subject__in=subjects).exclude(kind=registered)
    return {int(s.rpartition(":")[2]) for s in happened.values_list("subject", flat=True)}


def _counts(table: type[Site | Contact], keys: Sequence[int]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for key in table._base_manager.filter(enterprise__in=keys).values_list(  # noqa: SLF001  # Django's documented door
        "enterprise_id", flat=True
    ):
        counts[key] = counts.get(key, 0) + 1
    return counts


def _write_back(set_back: Sequence[tuple[Enterprise, Values]], with_them: Belongings) -> None:
    rows = [row for row, _before in set_back]
    if not rows:
        return
    for row, before in set_back:
        for key, (old, _new) in before["fields"].items():
            setattr(row, key, old)
        was, is_now = before.get("verified_at", (None, None))
        if is_now and written_down(row.verified_at) == is_now:
            row.verified_at = _read_again(was)
        _put_site_back(before.get("site"), with_them)
        _put_contact_back(before.get("contact"), with_them)
    Enterprise.objects.bulk_update(rows, (*PLAIN, "verified_at"), batch_size=100)
    keys = [row.pk for row in rows]
    index_enterprises(enterprise_ids=keys)
    settle_sites(Site.objects.filter(enterprise__in=keys, is_main=True))


def _read_again(moment: str | None) -> datetime | None:
    return None if moment is None else datetime.fromisoformat(moment)


def _put_site_back(before: Any, with_them: Belongings) -> None:
    if not before:
        return
    site = with_them.sites[before["id"]]
    if before["is_new"]:
        site.delete()
        return
    site.lon, site.lat = before["old"]
    site.verified_at = _read_again(before["verified_at"])
    site.save(update_fields=["lon", "lat", "verified_at"])


def _put_contact_back(before: Any, with_them: Belongings) -> None:
    if not before:
        return
    contact = with_them.contacts[uuid.UUID(before["id"])]
    if before["old"] is None:
        contact.delete()
        return
    contact.name, contact.title, contact.phone = before["old"]
    contact.verified_at = _read_again(before["verified_at"])
    contact.told_at = _read_again(before.get("told_at"))
    contact.save()


def _remove(keys: Iterable[int]) -> None:
    gone = list(keys)
    EnterpriseWords.objects.filter(pk__in=gone).delete()
    Enterprise.objects.filter(pk__in=gone).delete()


def _tell_undone(
    gone: Sequence[int],
    set_back: Sequence[tuple[Enterprise, Any]],
    actor: User,
    errand: Errand,
) -> None:
    told: list[tuple[FactRecord, User | None, Any]] = [
        (
            facts.EnterpriseTakenBack(enterprise_id=key, import_id=errand.import_id),
            actor,
            errand.now,
        )
        for key in gone
    ]
    for row, before in set_back:
        fields = (*before["fields"], *(key for key in ("site", "contact") if key in before))
        told.append(told_of(row.pk, fields, actor, errand))
    record_facts(told, deliver=True)
