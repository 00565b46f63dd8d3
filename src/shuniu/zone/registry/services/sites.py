"""Commands on where enterprises work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.facts import FactRecord
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import record_fact
from shuniu.zone.registry import facts, policies, queries
from shuniu.zone.registry.models import Site
from shuniu.zone.registry.services.asking import NotForYou
from shuniu.zone.registry.services.positions import Degrees, degrees_of
from shuniu.zone.registry.services.records import locked_record
from shuniu.zone.registry.services.settling import places_at


class MainSiteStays(Refusal):
    code = "registry.main_site_stays"
    status = 409
    sentence = _("This is the main site. Please make another one the main site before.")


@dataclass(frozen=True, slots=True)
class NewSite:
    """What is known of a site. ``at`` is its position in WGS-84; None where nobody knows it."""

    name: str
    address: str
    at: Degrees | None


@transaction.atomic
def add_site(*, enterprise_id: int, new: NewSite, actor: User, now: datetime) -> Site:
    """Add a site; the first one of an enterprise is its main site.

    Raises
    ------
    NotForYou
        If ``actor`` keeps no sites.
    RecordMerged
        If another record stands for the enterprise.
    PositionRefused
        If it lies outside of the zone.
    """
    _may_keep(actor)
    firm = locked_record(enterprise_id)
    is_first = not Site.objects.filter(enterprise=firm, is_main=True).exists()
    site = Site(enterprise=firm, is_main=is_first, verified_at=now)
    _write(site, new)
    site.save(force_insert=True)
    _record(facts.SiteAdded(enterprise_id=firm.pk, site_id=site.pk), actor, now)
    return site


@transaction.atomic
def correct_site(*, site_id: int, new: NewSite, actor: User, now: datetime) -> Site:
    """Correct a site; what was just written counts as confirmed.

    Raises
    ------
    NotForYou
        If ``actor`` keeps no sites.
    RecordMerged
        If another record stands for its enterprise.
    PositionRefused
        If it lies outside of the zone.
    """
    site = _locked(site_id, actor)
    before = _told(site)
    _write(site, new)
    site.verified_at = now
    site.save()
    after = _told(site)
    fields = tuple(name for name in before if before[name] != after[name])
    corrected = facts.SiteCorrected(
        enterprise_id=site.enterprise_id, site_id=site.pk, fields=fields
    )
    _record(corrected, actor, now)
    return site


@transaction.atomic
def confirm_site(*, site_id: int, actor: User, now: datetime) -> Site:
    """Say that a site is right as of now.

    Raises
    ------
    NotForYou
        If ``actor`` keeps no sites.
    RecordMerged
        If another record stands for its enterprise.
    """
    site = _locked(site_id, actor)
    site.verified_at = now
    site.save(update_fields=["verified_at"])
    _record(facts.SiteConfirmed(enterprise_id=site.enterprise_id, site_id=site.pk), actor, now)
    return site


@transaction.atomic
def make_main_site(*, site_id: int, actor: User, now: datetime) -> Site:
    """Make a site the main one of its enterprise, instead of the one that was.

    Raises
    ------
    NotForYou
        If ``actor`` keeps no sites.
    RecordMerged
        If another record stands for its enterprise.
    """
    site = _locked(site_id, actor)
    if not site.is_main:
        Site.objects.filter(enterprise_id=site.enterprise_id, is_main=True).update(is_main=False)
        site.is_main = True
        site.save(update_fields=["is_main"])
        _record(facts.MainSiteChosen(enterprise_id=site.enterprise_id, site_id=site.pk), actor, now)
    return site


@transaction.atomic
def remove_site(*, site_id: int, actor: User, now: datetime) -> None:
    """Take a site off the record of its enterprise.

    Raises
    ------
    NotForYou
        If ``actor`` keeps no sites.
    RecordMerged
        If another record stands for its enterprise.
    MainSiteStays
        If it is the main one and there are others.
    """
    site = _locked(site_id, actor)
    if site.is_main and Site.objects.filter(enterprise_id=site.enterprise_id).count() > 1:
        raise MainSiteStays
    removed = facts.SiteRemoved(enterprise_id=site.enterprise_id, site_id=site.pk)
    site.delete()
    _record(removed, actor, now)


def _may_keep(actor: User) -> None:
    if not policies.may_keep_places(queries.standing_of(actor)):
        raise NotForYou


def _locked(site_id: int, actor: User) -> Site:
    """Return the site with its enterprise locked: one at a time changes the sites of one firm."""
    _may_keep(actor)
    enterprise_id = Site.objects.values_list("enterprise_id", flat=True).get(pk=site_id)
    locked_record(enterprise_id)
    return Site.objects.get(pk=site_id)


def _write(site: Site, new: NewSite) -> None:
    at = None if new.at is None else degrees_of(new.at.lon, new.at.lat)
    site.name, site.address = new.name, new.address
    site.lon, site.lat = (at.lon, at.lat) if at else (None, None)
    [site.place] = places_at([at]) if at else [None]


def _told(site: Site) -> dict[str, object]:
    return {"name": site.name, "address": site.address, "position": (site.lon, site.lat)}


def _record(fact: FactRecord, actor: User, now: datetime) -> None:
    record_fact(fact, actor=actor, at=now)
