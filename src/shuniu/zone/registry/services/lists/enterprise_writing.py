"""Writing rows of a list of enterprises."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from django.utils import timezone

from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.facts import FactRecord
from shuniu.zone.kernel.importing.kinds import (
    Becomes,
    Errand,
    SourceRow,
    Values,
    Verdict,
    Written,
)
from shuniu.zone.kernel.services import record_facts
from shuniu.zone.registry import facts, policies
from shuniu.zone.registry.credit_code import normal_code
from shuniu.zone.registry.models import Contact, Enterprise, Site
from shuniu.zone.registry.services.asking import NotForYou, standing_or_system
from shuniu.zone.registry.services.enterprises import (
    NewContact,
    NewEnterprise,
    register_enterprises,
)
from shuniu.zone.registry.services.settling import settle_sites
from shuniu.zone.registry.services.words import index_enterprises

PLAIN = ("name", "short_name", "industry_code", "is_above_scale", "employees", "address",
         "products", "inputs")  # fmt: skip


def lock_enterprises(rows: Sequence[SourceRow], errand: Errand) -> None:  # noqa: ARG001  # the shape of a lock
    """Take the records of these codes, and their main sites and contacts."""
    codes = {normal_code(row.cells.get("credit_code", "")) for row in rows} - {""}
    held = Enterprise.objects.select_for_update(no_key=True).order_by("pk")
    take_belongings(list(held.filter(credit_code__in=codes).values_list("pk", flat=True)))


def take_belongings(keys: Sequence[int]) -> None:
    for table in (Site, Contact):
        rows = table._base_manager.select_for_update(no_key=True).order_by("pk")  # noqa: SLF001  # Django's documented door
        list(rows.filter(enterprise__in=keys).values_list("pk", flat=True))


def apply_enterprises(verdicts: Sequence[Verdict], errand: Errand) -> list[Written]:
    """Register what is new, and correct what differs; the records are locked already.

    Raises
    ------
    NotForYou
        If who confirmed the import may not.
    """
    actor = cast("User", errand.actor)
    if not policies.may_register(standing_or_system(actor)):
        raise NotForYou
    new = [one for one in verdicts if one.becomes is Becomes.NEW]
    changed = [one for one in verdicts if one.becomes is Becomes.CHANGED]
    return [*_registered(new, actor, errand), *_corrected(changed, actor, errand)]


def _registered(verdicts: Sequence[Verdict], actor: User, errand: Errand) -> list[Written]:
    rows = register_enterprises(
        enterprises=[_new(one.values) for one in verdicts],
        actor=actor,
        now=errand.now,
        import_id=errand.import_id,
    )
    return [
        Written(one.number, str(row.pk), {"is_new": True, "said": said_of(row)})
        for one, row in zip(verdicts, rows, strict=True)
    ]


def _new(values: Any) -> NewEnterprise:
    contact = NewContact(
        values.get("contact_name", ""), values.get("contact_title", ""),
        values.get("contact_phone", ""),
    )  # fmt: skip
    return NewEnterprise(
        name=values["name"],
        short_name=values.get("short_name", ""),
        credit_code=values["credit_code"],
        industry_code=values.get("industry_code", ""),
        is_above_scale=values.get("is_above_scale"),
        employees=values.get("employees"),
        scope="",
        products=tuple(values.get("products", ())),
        inputs=tuple(values.get("inputs", ())),
        address=values.get("address", ""),
        lon=values.get("lon"),
        lat=values.get("lat"),
        contacts=(contact,) if contact.phone else (),
        verified_at=_moment_of(values.get("verified_on")),
    )


def _moment_of(day: str | None) -> datetime | None:
    """Return the beginning of a day in the zone."""
    return None if day is None else timezone.make_aware(datetime.fromisoformat(day))


def said_of(row: Enterprise) -> dict[str, Any]:
    """Return what a record says, to see later whether somebody changed it."""
    return {key: getattr(row, key) for key in (*PLAIN, "credit_code", "scope")}


def _corrected(verdicts: Sequence[Verdict], actor: User, errand: Errand) -> list[Written]:
    """Write what differs into records; which ones differ was found in this very transaction."""
    if not verdicts:
        return []
    codes = [one.values["credit_code"] for one in verdicts]
    rows = {row.credit_code: row for row in Enterprise.objects.filter(credit_code__in=codes)}
    keys = [row.pk for row in rows.values()]
    sites = {s.enterprise_id: s for s in Site.objects.filter(enterprise__in=keys, is_main=True)}
    contacts: dict[int, list[Contact]] = {}
    for contact in Contact.objects.filter(enterprise__in=keys).order_by("pk"):
        contacts.setdefault(contact.enterprise_id, []).append(contact)
    written, told = [], []
    for one in verdicts:
        row = rows[one.values["credit_code"]]
        before = _correct(row, one, sites.get(row.pk), contacts.get(row.pk, []), errand)
        written.append(Written(one.number, str(row.pk), before))
        fields = tuple(change.field for change in one.changes)
        told.append(told_of(row.pk, fields, actor, errand))
    Enterprise.objects.bulk_update(rows.values(), (*PLAIN, "verified_at"), batch_size=100)
    index_enterprises(enterprise_ids=keys)
    settle_sites(Site.objects.filter(enterprise__in=keys, is_main=True))
    record_facts(told, deliver=True)
    return written


def told_of(
    key: int, fields: tuple[str, ...], actor: User, errand: Errand
) -> tuple[FactRecord, User | None, Any]:
    corrected = facts.EnterpriseCorrected(
        enterprise_id=key, fields=fields, import_id=errand.import_id
    )
    return corrected, actor, errand.now


def _correct(
    row: Enterprise,
    one: Verdict,
    site: Site | None,
    contacts: Sequence[Contact],
    errand: Errand,
) -> dict[str, Any]:
    """Change a record in memory, its site and contact in the database; return what was before."""
    changed = {change.field for change in one.changes}
    values = one.values
    before: dict[str, Any] = {"fields": {}}
    for key in PLAIN:
        if key in changed:
            before["fields"][key] = [getattr(row, key), values[key]]
            setattr(row, key, values[key])
    day = _moment_of(values.get("verified_on"))
    if "verified_on" in changed:
        before["verified_at"] = [written_down(row.verified_at), written_down(day)]
        row.verified_at = day
    if "lon" in changed:
        before["site"] = _move(row, site, values["lon"], values["lat"], day)
    if "contact_name" in changed:
        before["contact"] = _reach(row, values, contacts, day, errand.now)
    return before


def _move(
    row: Enterprise, site: Site | None, lon: float, lat: float, day: datetime | None
) -> dict[str, Any]:
    """Put the main site elsewhere: where it is now nobody has verified, but as the list says."""
    old = [None, None] if site is None else [site.lon, site.lat]
    checked = None if site is None else written_down(site.verified_at)
    is_new = site is None
    if site is None:
        site = Site(enterprise=row, address=row.address, is_main=True)
    site.lon, site.lat, site.verified_at = lon, lat, day
    site.save()
    new = [lon, lat]
    return {"id": site.pk, "is_new": is_new, "old": old, "new": new, "verified_at": checked}


def written_down(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def contact_meant(values: Values, contacts: Sequence[Contact]) -> Contact | None:
    """Return the contact that a row speaks of: with its number, otherwise with its name."""
    for contact in contacts:
        if contact.phone == values["contact_phone"]:
            return contact
    return next((one for one in contacts if one.name == values["contact_name"]), None)


def _reach(
    row: Enterprise,
    values: Values,
    contacts: Sequence[Contact],
    day: datetime | None,
    now: datetime,
) -> dict[str, Any]:
    """Write whom to reach: of this nobody has verified anything, but as the list says."""
    name, phone = values["contact_name"], values["contact_phone"]
    known = contact_meant(values, contacts)
    old = None if known is None else [known.name, known.title, known.phone]
    checked = None if known is None else written_down(known.verified_at)
    told = None if known is None else written_down(known.told_at)
    contact = known or Contact(enterprise=row)
    title = values.get("contact_title", contact.title)
    contact.name, contact.title, contact.phone = name, title, phone
    contact.verified_at, contact.told_at = day, now
    contact.save()
    new = [name, title, phone]
    return {
        "id": str(contact.pk), "old": old, "new": new, "verified_at": checked, "told_at": told,
    }  # fmt: skip
