"""Questions about who speaks for an enterprise, and whom to reach there."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from shuniu.zone.accounts.models import Phone, User
from shuniu.zone.accounts.queries import mobile_number
from shuniu.zone.kernel.fields import index_of
from shuniu.zone.registry.models import Contact, Enterprise, Membership
from shuniu.zone.registry.policies import (
    Standing,
    may_administer_enterprise,
    may_help_enterprise_people,
)

MOST_FOUND = 30


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who speaks for an enterprise, with what their page may offer.

    ``is_shared`` says that they also speak for an enterprise that the reader does not administer.
    """

    membership: Membership
    phone: str
    is_self: bool
    is_shared: bool
    has_password: bool


def own_enterprises(who: Standing) -> QuerySet[Enterprise]:
    """Return the enterprises that a person administers, by name."""
    rows = Enterprise.objects.none()
    if may_administer_enterprise(who):
        rows = Enterprise.objects.filter(
            memberships__user_id=who.user_id, memberships__is_admin=True
        )
    return rows.order_by("name")


def members_visible_to(who: Standing) -> QuerySet[Membership]:
    """Return the memberships of the enterprises that a person administers; for clerks, all."""
    rows = Membership.objects.select_related("user", "enterprise")
    if may_help_enterprise_people(who):
        return rows
    return rows.filter(enterprise__in=own_enterprises(who).order_by())


def colleagues_of(enterprise: Enterprise, who: Standing) -> list[Colleague]:
    """Return who speaks for an enterprise, administrators first."""
    rows = Membership.objects.filter(enterprise=enterprise).select_related("user", "enterprise")
    return _colleagues(rows.order_by("-is_admin", "user__name", "pk"), who)


def found_members(who: Standing, words: str) -> list[Colleague]:
    """Return the people of enterprises that fit: by name, enterprise or whole phone number."""
    found = Q(user__name__icontains=words) | Q(enterprise__name__icontains=words)
    found |= Q(user__sign_in_name=words.lower())
    if number := mobile_number(words):
        index = index_of(Phone, "number", number)
        found |= Q(user__in=Phone.objects.filter(number_index=index).values("pk"))
    rows = members_visible_to(who).filter(found).order_by("enterprise__name", "-is_admin", "pk")
    return _colleagues(rows[:MOST_FOUND], who)


def colleague(membership: Membership, who: Standing) -> Colleague:
    """Return one membership as its page shows it."""
    return _colleagues([membership], who)[0]


def speaks_elsewhere(user: User, enterprise_ids: frozenset[int]) -> bool:
    """Return whether a person speaks for an enterprise that is not one of these."""
    return Membership.objects.filter(user=user).exclude(enterprise_id__in=enterprise_ids).exists()


def administered_ids(who: Standing) -> frozenset[int]:
    """Return the enterprises that a person administers."""
    return frozenset(own_enterprises(who).order_by().values_list("pk", flat=True))


def own_contacts(who: Standing) -> QuerySet[Contact]:
    """Return the contacts of the enterprises that a person administers."""
    mine = own_enterprises(who).order_by()
    return Contact.objects.filter(enterprise__in=mine).select_related("enterprise")


def contacts_of(enterprise: Enterprise) -> QuerySet[Contact]:
    """Return the contacts of an enterprise, those longest unconfirmed first."""
    return Contact.objects.filter(enterprise=enterprise).order_by("verified_at", "pk")


def _colleagues(rows: QuerySet[Membership] | list[Membership], who: Standing) -> list[Colleague]:
    memberships = list(rows)
    ids = [membership.user_id for membership in memberships]
    phones = {phone.pk: phone.number for phone in Phone.objects.filter(pk__in=ids)}
    shared: set[int] = set()
    if not may_help_enterprise_people(who):
        elsewhere = Membership.objects.filter(user_id__in=ids).exclude(
            enterprise_id__in=administered_ids(who)
        )
        shared = set(elsewhere.values_list("user_id", flat=True))
    return [
        Colleague(
            membership=membership,
            phone=phones.get(membership.user_id, ""),
            is_self=membership.user_id == who.user_id,
            is_shared=membership.user_id in shared,
            has_password=membership.user.has_usable_password(),
        )
        for membership in memberships
    ]
