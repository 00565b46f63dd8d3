"""Commands of the registry. Each is one transaction and records what it did as facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import chinese_calendar
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shuniu.profiles.schema import Profile
from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.facts import FactRecord
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import record_fact, record_facts
from shuniu.zone.registry import facts, policies, queries
from shuniu.zone.registry.choices import HolidayKind
from shuniu.zone.registry.models import (
    Contact,
    Enterprise,
    Holiday,
    Membership,
    Office,
    Post,
    ProfileVersion,
)
from shuniu.zone.registry.problems import office_calendar, working_days_before

__all__ = [
    "Appointment",
    "EnterpriseKnown",
    "NewContact",
    "NewEnterprise",
    "NotForYou",
    "ProfileUnchanged",
    "admit_member",
    "appoint_staff",
    "load_chinese_holidays",
    "office_calendar",
    "put_profile_in_force",
    "register_enterprises",
    "reveal_contact",
    "working_days_before",
]

FIRST_HOLIDAY_YEAR = 2020


class NotForYou(Refusal):
    code = "registry.not_for_you"
    status = 403
    sentence = _("Your role does not include this. The system administrator can tell you who may.")


class ProfileUnchanged(Refusal):
    code = "registry.profile_unchanged"
    status = 409
    sentence = _("This profile is already in force; nothing was changed.")


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
    """What is known of an enterprise when it is registered. Degrees are WGS-84."""

    name: str
    short_name: str
    credit_code: str
    industry_code: str
    is_above_scale: bool
    employees: int | None
    scope: str
    products: tuple[str, ...]
    inputs: tuple[str, ...]
    address: str
    lon: float | None
    lat: float | None
    contacts: tuple[NewContact, ...] = ()


@dataclass(frozen=True, slots=True)
class Appointment:
    """A person's new place in an office."""

    user: User
    office: Office
    title: str
    is_head: bool


def _standing(actor: User | None) -> queries.Standing | None:
    """Return what an actor is; None for the system itself."""
    return None if actor is None else queries.standing_of(actor)


@transaction.atomic
def put_profile_in_force(*, profile: Profile, actor: User | None, now: datetime) -> ProfileVersion:
    """Put a valid profile in force. Cases keep the version that they were opened under.

    Raises
    ------
    NotForYou
        If ``actor`` may not.
    ProfileUnchanged
        If the profile in force says the same.
    """
    if not policies.may_put_profile_in_force(_standing(actor)):
        raise NotForYou
    digest = profile.digest()
    newest = ProfileVersion.objects.order_by("pk").last()
    if newest is not None and newest.digest == digest:
        raise ProfileUnchanged
    version = ProfileVersion.objects.create(
        code=profile.zone.code,
        digest=digest,
        content=profile.model_dump(mode="json"),
        put_in_force_at=now,
        put_by=actor,
    )
    _follow_profile(profile)
    put = facts.ProfilePutInForce(version_id=version.pk, code=version.code, digest=digest)
    record_fact(put, actor=actor, at=now)
    return version


def _follow_profile(profile: Profile) -> None:
    """Let the offices have the names of the profile; one that left it gets no new cases."""
    codes = [office.code for office in profile.offices]
    Office.objects.exclude(code__in=codes).update(is_active=False)
    for position, office in enumerate(profile.offices):
        Office.objects.update_or_create(
            code=office.code,
            defaults={
                "zh": office.zh,
                "en": office.en,
                "kind": office.kind.value,
                "position": position,
                "is_active": True,
            },
        )


@transaction.atomic
def load_chinese_holidays(*, actor: User | None, now: datetime) -> int:
    """Store the holidays and make-up days that the calendar package knows; return how many.

    Days that are stored already stay as they are: a person may have corrected them.
    """
    if not policies.may_put_profile_in_force(_standing(actor)):
        raise NotForYou
    first, last = date(FIRST_HOLIDAY_YEAR, 1, 1), max(chinese_calendar.holidays)
    last = date(last.year, 12, 31)
    rows = [
        Holiday(day=day, kind=HolidayKind.HOLIDAY, name=name)
        for day, name in chinese_calendar.holidays.items()
        if first <= day <= last
    ]
    rows += [
        Holiday(day=day, kind=HolidayKind.MAKEUP_DAY, name=name)
        for day, name in chinese_calendar.workdays.items()
        if first <= day <= last
    ]
    before = Holiday.objects.count()
    Holiday.objects.bulk_create(rows, ignore_conflicts=True)
    loaded = Holiday.objects.count() - before
    if loaded:
        told = facts.HolidaysLoaded(first_year=first.year, last_year=last.year, days=loaded)
        record_fact(told, actor=actor, at=now)
    return loaded


@transaction.atomic
def appoint_staff(
    *, appointments: Sequence[Appointment], actor: User | None, now: datetime
) -> list[Post]:
    """Give people their places in offices, in bulk."""
    if not policies.may_put_profile_in_force(_standing(actor)):
        raise NotForYou
    posts = Post.objects.bulk_create(
        [Post(user=a.user, office=a.office, title=a.title, is_head=a.is_head) for a in appointments]
    )
    told: list[tuple[FactRecord, User | None, datetime]] = [
        (facts.StaffAppointed(user_id=a.user.pk, office=a.office.code), actor, now)
        for a in appointments
    ]
    record_facts([*told], deliver=True)
    return posts


@transaction.atomic
def register_enterprises(
    *, enterprises: Sequence[NewEnterprise], actor: User | None, now: datetime
) -> list[Enterprise]:
    """Register enterprises with their contacts, in bulk and in the order given.

    Raises
    ------
    NotForYou
        If ``actor`` may not.
    EnterpriseKnown
        If a credit code is registered already; nothing is written then.
    """
    if not policies.may_register(_standing(actor)):
        raise NotForYou
    codes = [new.credit_code for new in enterprises]
    known = Enterprise.objects.filter(credit_code__in=codes).values_list("credit_code", flat=True)
    if taken := known.first():
        raise EnterpriseKnown(credit_code=taken)
    rows = Enterprise.objects.bulk_create([_row(new, now) for new in enterprises], batch_size=200)
    Contact.objects.bulk_create(
        [
            Contact(enterprise=row, name=c.name, title=c.title, phone=c.phone, verified_at=now)
            for row, new in zip(rows, enterprises, strict=True)
            for c in new.contacts
        ],
        batch_size=200,
    )
    told: list[tuple[FactRecord, User | None, datetime]] = [
        (facts.EnterpriseRegistered(enterprise_id=r.pk, credit_code=r.credit_code), actor, now)
        for r in rows
    ]
    record_facts([*told], deliver=True)
    return rows


def _row(new: NewEnterprise, now: datetime) -> Enterprise:
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
        lon=new.lon,
        lat=new.lat,
        registered_at=now,
    )


@transaction.atomic
def admit_member(
    *, user: User, enterprise: Enterprise, actor: User | None, now: datetime
) -> Membership:
    """Let a person speak for an enterprise; doing it twice changes nothing."""
    if not policies.may_register(_standing(actor)):
        raise NotForYou
    membership, is_new = Membership.objects.get_or_create(user=user, enterprise=enterprise)
    if is_new:
        admitted = facts.MemberAdmitted(enterprise_id=enterprise.pk, user_id=user.pk)
        record_fact(admitted, actor=actor, at=now)
    return membership


@transaction.atomic
def reveal_contact(*, contact_id: int, actor: User, now: datetime) -> Contact:
    """Return a contact to be shown in full, and record who looked.

    Raises
    ------
    NotForYou
        If ``actor`` may not.
    """
    if not policies.may_reveal_contact(queries.standing_of(actor)):
        raise NotForYou
    contact = Contact.objects.select_related("enterprise").get(pk=contact_id)
    revealed = facts.ContactRevealed(contact_id=contact.pk, enterprise_id=contact.enterprise_id)
    record_fact(revealed, actor=actor, at=now)
    return contact
