"""Questions about the zone itself: profile, holidays, offices, enterprises, standing."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, Max, Q, QuerySet

from shuniu.profiles.schema import OfficeKind, Profile
from shuniu.zone.accounts.choices import ENTERPRISE_ROLES, OUTSIDE_ROLES, Role
from shuniu.zone.accounts.queries import roles_of, user_with_phone
from shuniu.zone.kernel import memory
from shuniu.zone.kernel.fields import index_of
from shuniu.zone.registry.choices import HolidayKind, HolidaySource
from shuniu.zone.registry.models import (
    Contact,
    Enterprise,
    Holiday,
    Membership,
    Office,
    Post,
    ProfileVersion,
)
from shuniu.zone.registry.policies import Standing


@dataclass(frozen=True, slots=True)
class InForce:
    """A profile and the version under which it was put in force."""

    version_id: int
    profile: Profile


class NoProfile(RuntimeError):
    """The zone has not been set up: no profile was ever put in force."""


def profile_in_force() -> InForce:
    """Return the profile that holds now; raise NoProfile in a zone that was not set up."""
    newest = memory.known("profile in force", _newest_version)
    if newest is None:
        raise NoProfile("Run “shuniu setup” first.")
    return InForce(newest, profile_of(newest))


def _newest_version() -> int | None:
    newest: int | None = ProfileVersion.objects.aggregate(newest=Max("pk"))["newest"]
    return newest


@lru_cache(maxsize=64)
def profile_of(version_id: int) -> Profile:
    """Return the profile of one version. A version never changes, so it is read once."""
    content = ProfileVersion.objects.values_list("content", flat=True).get(pk=version_id)
    return Profile.model_validate(content)


def zone_language() -> str:
    """Return the language that the zone speaks to somebody who has not chosen one."""
    try:
        return profile_in_force().profile.zone.language
    except NoProfile:
        return settings.LANGUAGE_CODE


def zone_words(user: AbstractBaseUser) -> tuple[str, ...]:
    """Return words that others would guess in a password of this person: zone and enterprises."""
    try:
        zone = profile_in_force().profile.zone
    except NoProfile:
        zone_names: tuple[str, ...] = ()
    else:
        zone_names = (zone.short_zh, zone.short_en, zone.code, zone.zh, zone.en)
    members = Membership.objects.filter(user_id=user.pk).values_list(
        "enterprise__name", "enterprise__short_name", "enterprise__credit_code"
    )
    return (*zone_names, *(word for member in members for word in member))


def standing_of(user: AbstractBaseUser) -> Standing:
    """Return what a person is in the zone: roles, offices, enterprises."""
    return _standing(user, roles_of(user), lambda: _own_offices(user.pk))


def standing_with(user: AbstractBaseUser, roles: frozenset[str]) -> Standing:
    """Return what a person with these roles is in the zone, for a page: asked once a request."""
    return _standing(user, roles, lambda: own_offices(user))


def _standing(
    user: AbstractBaseUser, roles: frozenset[str], ask: Callable[[], list[OwnOffice]]
) -> Standing:
    offices: frozenset[int] = frozenset()
    enterprises: frozenset[int] = frozenset()
    discipline = Role.DISCIPLINE_READER in roles
    if roles - ENTERPRISE_ROLES - OUTSIDE_ROLES:
        own = ask()
        offices = frozenset(office.office_id for office in own)
        discipline = discipline or any(office.kind == OfficeKind.DISCIPLINE for office in own)
    if roles & ENTERPRISE_ROLES:
        members = Membership.objects.filter(user_id=user.pk)
        enterprises = frozenset(members.values_list("enterprise_id", flat=True))
    return Standing(user.pk, roles, offices, enterprises, is_discipline=discipline)


def active_offices() -> QuerySet[Office]:
    """Return the offices that can be given a case, in the order of the profile."""
    return Office.objects.filter(is_active=True)


def office_codes() -> list[str]:
    """Return the codes of the offices that can be given a case."""
    return list(active_offices().values_list("code", flat=True))


def office_of_code(code: str) -> Office:
    """Return the office with this code."""
    return Office.objects.get(code=code)


class OwnOffice(NamedTuple):
    """An office in which a person has a post: its key, kind and names."""

    office_id: int
    kind: str
    zh: str
    en: str


def own_offices(user: AbstractBaseUser) -> list[OwnOffice]:
    """Return the offices of a person for a page; a command asks anew."""
    return memory.known(("offices", user.pk), lambda: _own_offices(user.pk))


def _own_offices(user_id: int) -> list[OwnOffice]:
    columns = ("office_id", "office__kind", "office__zh", "office__en")
    posts = Post.objects.filter(user_id=user_id).values_list(*columns)
    return [OwnOffice(*post) for post in posts]


def posts_of(user: AbstractBaseUser) -> QuerySet[Post]:
    """Return the posts of a person with their offices."""
    return Post.objects.filter(user_id=user.pk).select_related("office")


def enterprises_of(user: AbstractBaseUser) -> QuerySet[Enterprise]:
    """Return the enterprises that a person speaks for."""
    return Enterprise.objects.filter(memberships__user_id=user.pk).order_by("pk")


def enterprises_visible_to(who: Standing) -> QuerySet[Enterprise]:
    """Return the enterprises that a person may see: staff all, others their own."""
    if who.is_staff:
        return Enterprise.objects.all()
    return Enterprise.objects.filter(pk__in=who.enterprise_ids)


def contacts_visible_to(who: Standing) -> QuerySet[Contact]:
    """Return the contacts that a person may see, with their enterprise."""
    visible = enterprises_visible_to(who)
    return Contact.objects.filter(enterprise__in=visible).select_related("enterprise")


def holiday_stamp() -> tuple[int, int, int]:
    """Return a value that changes when days are added, taken away, or said to be worked or off."""
    return memory.known("holiday stamp", _holiday_stamp)


def _holiday_stamp() -> tuple[int, int, int]:
    off = Count("pk", filter=Q(kind=HolidayKind.HOLIDAY))
    stamp = Holiday.objects.aggregate(newest=Max("pk"), days=Count("pk"), off=off)
    return stamp["newest"] or 0, stamp["days"], stamp["off"]


def holidays() -> QuerySet[Holiday]:
    """Return the stored days, in order."""
    return Holiday.objects.all()


def profile_versions() -> QuerySet[ProfileVersion]:
    """Return the last versions put in force, the newest first."""
    return ProfileVersion.objects.select_related("put_by").defer("content").order_by("-pk")[:20]


def loaded_years() -> tuple[int, ...]:
    """Return the years whose holidays are stored, in order."""
    published = Holiday.objects.exclude(source=HolidaySource.DAY).order_by()
    return tuple(sorted(published.values_list("day__year", flat=True).distinct()))


def has_enterprises() -> bool:
    """Return whether the zone has any enterprise yet."""
    return Enterprise.objects.exists()


def enterprise_named(name: str) -> Enterprise | None:
    """Return the enterprise of this name, however wide its brackets and digits are written."""
    narrow = unicodedata.normalize("NFKC", name)
    names = {name, narrow, narrow.replace("(", "（").replace(")", "）")}
    found = Enterprise.objects.filter(name__in=names).select_related("merged_into").first()
    return (found.merged_into or found) if found else None


def enterprises_with_phone(number: str) -> QuerySet[Enterprise]:
    """Return the enterprises that have exactly this number, or a person of whom has it."""
    index = index_of(Contact, "phone", number)
    if not index:
        return Enterprise.objects.none()
    known = Q(contacts__phone_index=index)
    user = user_with_phone(number)
    if user is not None:
        known |= Q(memberships__user=user)
    return Enterprise.objects.filter(known).distinct().order_by("name")


def no_enterprises() -> QuerySet[Enterprise]:
    """Return no enterprise: what a form offers before it knows who fills it in."""
    return Enterprise.objects.none()


def no_offices() -> QuerySet[Office]:
    """Return no office: what a form offers before it knows the zone."""
    return Office.objects.none()
