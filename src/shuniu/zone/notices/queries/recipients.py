"""Who is meant when an office, an enterprise or a role is told: people with an open account."""

from __future__ import annotations

from collections.abc import Collection

from shuniu.zone.accounts.choices import ENTERPRISE_ROLES, Role
from shuniu.zone.accounts.models import Grant
from shuniu.zone.kernel import memory
from shuniu.zone.registry.models import Membership, Post


def members_of(enterprise_id: int) -> frozenset[int]:
    """Return the people who speak for an enterprise."""
    rows = Membership.objects.filter(
        enterprise_id=enterprise_id,
        user__is_active=True,
        user__grants__role__in=sorted(ENTERPRISE_ROLES),
    )
    return frozenset(rows.values_list("user_id", flat=True))


def handlers_of(office_id: int) -> frozenset[int]:
    """Return the people of an office who handle cases."""
    return memory.known(("handlers of", office_id), lambda: _handlers_of(office_id))


def _handlers_of(office_id: int) -> frozenset[int]:
    rows = Post.objects.filter(
        office_id=office_id, user__is_active=True, user__grants__role=Role.UNIT_HANDLER
    )
    return frozenset(rows.values_list("user_id", flat=True))


def people_with(roles: Collection[Role]) -> frozenset[int]:
    """Return the people who have one of these roles."""
    named = tuple(sorted(roles))
    return memory.known(("people with", named), lambda: _people_with(named))


def _people_with(roles: tuple[Role, ...]) -> frozenset[int]:
    rows = Grant.objects.filter(role__in=roles, user__is_active=True)
    return frozenset(rows.values_list("user_id", flat=True))
