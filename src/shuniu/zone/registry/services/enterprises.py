"""Commands on enterprises and on who speaks for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.facts import FactRecord
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import record_fact, record_facts
from shuniu.zone.registry import facts, policies
from shuniu.zone.registry.models import Contact, Enterprise, Membership, Site
from shuniu.zone.registry.services.asking import NotForYou, standing_or_system
from shuniu.zone.registry.services.positions import Degrees
from shuniu.zone.registry.services.settling import places_at
from shuniu.zone.registry.services.words import index_enterprises


class EnterpriseKnown(Refusal):
    code = "registry.enterprise_known"
    status = 409
    sentence = _("The credit code %(credit_code)s is already registered.")


@dataclass(frozen=True, slots=True)
class NewContact:
    """Whom to reach in a new enterprise."""

    name: str
    title: str
    phone: str


@dataclass(frozen=True, slots=True)
class NewEnterprise:
    """What is known of an enterprise when it is registered.

    ``is_above_scale`` is None where nobody has said. ``lon`` and ``lat`` are WGS-84 degrees of its
    main site: both are known, or neither. ``verified_at`` is when a list says that it was verified;
    a list alone verifies nothing.
    """

    name: str
    short_name: str
    credit_code: str
    industry_code: str
    is_above_scale: bool | None
    employees: int | None
    scope: str
    products: tuple[str, ...]
    inputs: tuple[str, ...]
    address: str
    lon: float | None
    lat: float | None
    contacts: tuple[NewContact, ...] = ()
    verified_at: datetime | None = None


@transaction.atomic
def register_enterprises(
    *,
    enterprises: Sequence[NewEnterprise],
    import_id: str = "",
    actor: User | None,
    now: datetime,
) -> list[Enterprise]:
    """Register enterprises with their contacts, in bulk and in the order given.

    ``import_id`` is the list that they came with. What came with none is verified by whoever
    registers it.

    Raises
    ------
    NotForYou
        If ``actor`` may not.
    EnterpriseKnown
        If a credit code is registered already; nothing is written then.
    """
    if not policies.may_register(standing_or_system(actor)):
        raise NotForYou
    codes = [new.credit_code for new in enterprises]
    known = Enterprise.objects.filter(credit_code__in=codes).values_list("credit_code", flat=True)
    if taken := known.first():
        raise EnterpriseKnown(credit_code=taken)
    verified_at = [new.verified_at if import_id else now for new in enterprises]
    rows = Enterprise.objects.bulk_create(
        [_row(new, now, day) for new, day in zip(enterprises, verified_at, strict=True)],
        batch_size=200,
    )
    told_at = now if import_id else None
    Contact.objects.bulk_create(_contacts(rows, enterprises, told_at), batch_size=200)
    placed = [
        (row, new, Degrees(new.lon, new.lat))
        for row, new in zip(rows, enterprises, strict=True)
        if new.lon is not None and new.lat is not None
    ]
    Site.objects.bulk_create(
        [
            Site(
                enterprise=row, address=new.address, place=place, lon=at.lon, lat=at.lat,
                is_main=True, verified_at=row.verified_at,
            )
            for (row, new, at), place in zip(
                placed, places_at([at for _row, _new, at in placed]), strict=True
            )
        ],
        batch_size=200,
    )  # fmt: skip
    index_enterprises(enterprise_ids=[row.pk for row in rows])
    told: list[tuple[FactRecord, User | None, datetime]] = [
        (
            facts.EnterpriseRegistered(
                enterprise_id=r.pk, credit_code=r.credit_code, import_id=import_id
            ),
            actor,
            now,
        )
        for r in rows
    ]
    record_facts([*told], deliver=True)
    return rows


def _contacts(
    rows: Sequence[Enterprise], enterprises: Sequence[NewEnterprise], told_at: datetime | None
) -> list[Contact]:
    """Return whom to reach in new enterprises, verified as far as their records are."""
    return [
        Contact(
            enterprise=row, name=c.name, title=c.title, phone=c.phone,
            verified_at=row.verified_at, told_at=told_at,
        )
        for row, new in zip(rows, enterprises, strict=True)
        for c in new.contacts
    ]  # fmt: skip


def _row(new: NewEnterprise, now: datetime, verified_at: datetime | None) -> Enterprise:
    return Enterprise(
        name=new.name,
        short_name=new.short_name,
        credit_code=new.credit_code,
        industry_code=new.industry_code,
        is_above_scale=new.is_above_scale,
        employees=new.employees,
        scope=new.scope,
        products=list(new.products),
        inputs=list(new.inputs),
        address=new.address,
        registered_at=now,
        verified_at=verified_at,
    )


@transaction.atomic
def admit_member(
    *,
    user: User,
    enterprise: Enterprise,
    is_admin: bool = False,
    actor: User | None,
    now: datetime,
) -> Membership:
    """Let a person speak for an enterprise, or also administer it; doing it twice changes nothing.

    The roles of the account are given apart from it.
    """
    if not policies.may_register(standing_or_system(actor)):
        raise NotForYou
    membership, is_new = Membership.objects.get_or_create(
        user=user, enterprise=enterprise, defaults={"is_admin": is_admin}
    )
    if is_new:
        admitted = facts.MemberAdmitted(enterprise_id=enterprise.pk, user_id=user.pk)
        record_fact(admitted, actor=actor, at=now)
    elif is_admin and not membership.is_admin:
        membership.is_admin = True
        membership.save(update_fields=["is_admin"])
        changed = facts.MemberRankChanged(
            enterprise_id=enterprise.pk, user_id=user.pk, is_admin=True
        )
        record_fact(changed, actor=actor, at=now)
    return membership
