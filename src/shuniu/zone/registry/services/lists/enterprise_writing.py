"""Writing rows of a list of enterprises, and taking them back."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, cast

from django.utils.translation import gettext as _

from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.facts import FactRecord
from shuniu.zone.kernel.importing.kinds import Becomes, Errand, TakenBack, Verdict, Written
from shuniu.zone.kernel.models import Fact
from shuniu.zone.kernel.services import record_facts
from shuniu.zone.registry import facts, policies
from shuniu.zone.registry.models import Contact, Enterprise, EnterpriseWords, Site
from shuniu.zone.registry.services.asking import NotForYou, standing_or_system
from shuniu.zone.registry.services.enterprises import (
    NewContact,
    NewEnterprise,
    register_enterprises,
)
from shuniu.zone.registry.services.lists.cleaning import relations_to
from shuniu.zone.registry.services.settling import settle_sites
from shuniu.zone.registry.services.words import index_enterprises

PLAIN = ("name", "short_name", "industry_code", "is_above_scale", "employees", "address",
         "products", "inputs")  # fmt: skip
OWN_ROWS = {Contact, Site, EnterpriseWords}


def apply_enterprises(verdicts: Sequence[Verdict], errand: Errand) -> list[Written]:
    """Register what is new, and correct what differs.

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
    _held(changed)  # before the first fact, as `record_facts` wants it
    return [*_registered(new, actor, errand), *_corrected(changed, actor, errand)]


def _held(verdicts: Sequence[Verdict]) -> dict[str, Enterprise]:
    """Return the records of rows by their code, to be changed by nobody else meanwhile."""
    codes = [one.values["credit_code"] for one in verdicts]
    rows = Enterprise.objects.select_for_update(no_key=True).order_by("pk")
    return {row.credit_code: row for row in rows.filter(credit_code__in=codes)}


def _registered(verdicts: Sequence[Verdict], actor: User, errand: Errand) -> list[Written]:
    rows = register_enterprises(
        enterprises=[_new(one.values) for one in verdicts],
        actor=actor,
        now=errand.now,
        import_id=errand.import_id,
    )
    return [
        Written(one.number, str(row.pk), {"is_new": True, "said": _said(row)})
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
        is_above_scale=values.get("is_above_scale", False),
        employees=values.get("employees"),
        scope="",
        products=tuple(values.get("products", ())),
        inputs=tuple(values.get("inputs", ())),
        address=values.get("address", ""),
        lon=values.get("lon"),
        lat=values.get("lat"),
        contacts=(contact,) if contact.phone else (),
    )


def _said(row: Enterprise) -> dict[str, Any]:
    """Return what a record says, to see later whether somebody changed it."""
    return {key: getattr(row, key) for key in (*PLAIN, "credit_code", "scope")}


def _corrected(verdicts: Sequence[Verdict], actor: User, errand: Errand) -> list[Written]:
    """Write what differs into records; which ones differ was found in this very transaction."""
    if not verdicts:
        return []
    rows = _held(verdicts)
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
        told.append(_told(row.pk, fields, actor, errand))
    Enterprise.objects.bulk_update(rows.values(), PLAIN, batch_size=100)
    index_enterprises(enterprise_ids=keys)
    settle_sites(Site.objects.filter(enterprise__in=keys, is_main=True))
    record_facts(told, deliver=True)
    return written


def _told(
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
    if "lon" in changed:
        before["site"] = _move(row, site, values["lon"], values["lat"], errand)
    if "contact_name" in changed:
        before["contact"] = _reach(row, values, contacts, errand)
    return before


def _move(
    row: Enterprise, site: Site | None, lon: float, lat: float, errand: Errand
) -> dict[str, Any]:
    old = [None, None] if site is None else [site.lon, site.lat]
    checked = None if site is None else _written_down(site.verified_at)
    is_new = site is None
    if site is None:
        site = Site(enterprise=row, address=row.address, is_main=True)
    site.lon, site.lat, site.verified_at = lon, lat, errand.now
    site.save()
    new = [lon, lat]
    return {"id": site.pk, "is_new": is_new, "old": old, "new": new, "verified_at": checked}


def _written_down(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _read_again(moment: str | None) -> datetime | None:
    return None if moment is None else datetime.fromisoformat(moment)


def _reach(
    row: Enterprise, values: Any, contacts: Sequence[Contact], errand: Errand
) -> dict[str, Any]:
    name, phone = values["contact_name"], values["contact_phone"]
    known = next((one for one in contacts if one.phone == phone), None) or next(
        (one for one in contacts if one.name == name), None
    )
    old = None if known is None else [known.name, known.title, known.phone]
    checked = None if known is None else _written_down(known.verified_at)
    contact = known or Contact(enterprise=row)
    title = values.get("contact_title", contact.title)
    contact.name, contact.title, contact.phone = name, title, phone
    contact.verified_at = errand.now
    contact.save()
    new = [name, title, phone]
    return {"id": str(contact.pk), "old": old, "new": new, "verified_at": checked}


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
    keys = [int(one.subject) for one in written]
    held = Enterprise.objects.select_for_update(no_key=True).order_by("pk")
    rows = {row.pk: row for row in held.filter(pk__in=keys)}
    new = [one for one in written if one.before.get("is_new")]
    used = _used([int(one.subject) for one in new])
    taken, gone, set_back = [], [], []
    for one in written:
        row = rows.get(int(one.subject))
        if row is None:
            taken.append(TakenBack(one.number, is_done=False, why=_("The record is gone.")))
        elif not one.before.get("is_new"):
            why = _set_back(row, one.before)
            taken.append(TakenBack(one.number, is_done=not why, why=why))
            if not why:
                set_back.append((row, one.before))
        elif row.pk in used or _said(row) != one.before["said"]:
            why = _("Somebody has changed or used this record since.")
            taken.append(TakenBack(one.number, is_done=False, why=why))
        else:
            taken.append(TakenBack(one.number, is_done=True))
            gone.append(row.pk)
    _write_back(set_back)
    _remove(gone)
    _tell_undone(gone, set_back, actor, errand)
    return taken


def _used(keys: Sequence[int]) -> set[int]:
    """Return which new records something hangs on by now, or something happened to."""
    if not keys:
        return set()
    used: set[int] = set()
    for relation in relations_to(Enterprise):
        model = relation.related_model
        if model in OWN_ROWS:
            continue
        column = relation.field.attname
        rows = model._base_manager.filter(**{f"{column}__in": keys})  # noqa: SLF001  # as above
        used.update(rows.values_list(column, flat=True))
    registered = facts.EnterpriseRegistered.kind
    subjects = [f"registry.enterprise:{key}" for key in keys]
    happened = Fact.objects.filter(subject__in=subjects).exclude(kind=registered)
    used.update(int(s.rpartition(":")[2]) for s in happened.values_list("subject", flat=True))
    for table in (Site, Contact):
        for enterprise, several in _counts(table, keys).items():
            if several > 1:
                used.add(enterprise)
    return used


def _counts(table: type[Site | Contact], keys: Sequence[int]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for key in table._base_manager.filter(enterprise__in=keys).values_list(  # noqa: SLF001  # Django's documented door
        "enterprise_id", flat=True
    ):
        counts[key] = counts.get(key, 0) + 1
    return counts


def _set_back(row: Enterprise, before: Any) -> str:
    """Set fields back in memory; return why it cannot be done."""
    for key, (_old, new) in before["fields"].items():
        if getattr(row, key) != new:
            return _("Somebody has changed this record since.")
    site, contact = before.get("site"), before.get("contact")
    if site and not Site.objects.filter(pk=site["id"], lon=site["new"][0], lat=site["new"][1]):
        return _("Somebody has changed the position since.")
    if contact and _contact_says(contact["id"]) != contact["new"]:
        return _("Somebody has changed the contact since.")
    name = before["fields"].get("name")
    if name and Enterprise.objects.filter(name=name[0]).exclude(pk=row.pk).exists():
        return _("The old name belongs to another record by now.")
    for key, (old, _new) in before["fields"].items():
        setattr(row, key, old)
    return ""


def _contact_says(key: str) -> list[str] | None:
    contact = Contact.objects.filter(pk=uuid.UUID(key)).first()
    return None if contact is None else [contact.name, contact.title, contact.phone]


def _write_back(set_back: Sequence[tuple[Enterprise, Any]]) -> None:
    rows = [row for row, _before in set_back]
    if not rows:
        return
    Enterprise.objects.bulk_update(rows, PLAIN, batch_size=100)
    for _row, before in set_back:
        _put_site_back(before.get("site"))
        _put_contact_back(before.get("contact"))
    keys = [row.pk for row in rows]
    index_enterprises(enterprise_ids=keys)
    settle_sites(Site.objects.filter(enterprise__in=keys, is_main=True))


def _put_site_back(site: Any) -> None:
    if site and site["is_new"]:
        Site.objects.filter(pk=site["id"]).delete()
    elif site:
        lon, lat = site["old"]
        moment = _read_again(site["verified_at"])
        Site.objects.filter(pk=site["id"]).update(lon=lon, lat=lat, verified_at=moment)


def _put_contact_back(contact: Any) -> None:
    if not contact:
        return
    row = Contact.objects.get(pk=uuid.UUID(contact["id"]))
    if contact["old"] is None:
        row.delete()
        return
    row.name, row.title, row.phone = contact["old"]
    row.verified_at = _read_again(contact["verified_at"])
    row.save()


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
        told.append(_told(row.pk, fields, actor, errand))
    record_facts(told, deliver=True)
