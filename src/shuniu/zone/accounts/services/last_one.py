"""Keeping at least one person who can give roles, whatever happens at the same moment."""

from __future__ import annotations

from django.db.models import Q

from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import Grant, User
from shuniu.zone.accounts.services.refusals import LastSecurityAdministrator


def hold_account(user_id: int) -> User:
    """Lock an account and those of the security administrators, and return it.

    They are locked in the order of their keys. A command that may leave the zone without anybody
    who gives roles locks them so before anything else: two such commands then wait for one another
    in a row, never in a circle.
    """
    grants = Grant.objects.filter(role=Role.SECURITY_ADMIN)
    everybody = Q(pk=user_id) | Q(pk__in=grants.values("user_id"))
    list(User.objects.select_for_update(no_key=True).filter(everybody).order_by("pk"))
    account: User = User.objects.get(pk=user_id)
    return account


def leave_one_besides(user_id: int) -> None:
    """Refuse if a held account is that of the only person who can give roles.

    Raises
    ------
    LastSecurityAdministrator
        If nobody could give roles any more.
    """
    grants = Grant.objects.filter(role=Role.SECURITY_ADMIN, user__is_active=True)
    if set(grants.values_list("user_id", flat=True)) == {user_id}:
        raise LastSecurityAdministrator
