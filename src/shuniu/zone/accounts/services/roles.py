"""Giving roles and taking them away."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from shuniu.zone.accounts import facts, policies
from shuniu.zone.accounts.choices import Role, TokenEnd
from shuniu.zone.accounts.models import Grant, User
from shuniu.zone.accounts.services.last_one import hold_account, leave_one_besides
from shuniu.zone.accounts.services.opening import roles_if_any
from shuniu.zone.accounts.services.refusals import (
    AlreadyAdministers,
    NotForYou,
)
from shuniu.zone.accounts.services.tokens import end_tokens
from shuniu.zone.kernel.services import record_fact


@transaction.atomic
def give_role(*, user_id: int, role: Role, actor: User | None, now: datetime) -> None:
    """Give a person a role; giving it twice changes nothing.

    Raises
    ------
    NotForYou
        If ``actor`` may not; nobody gives a role to themselves.
    AlreadyAdministers
        If the person has another of the three administrations.
    """
    _check(user_id, role, actor)
    try:
        with transaction.atomic():
            grant = Grant.objects.filter(user_id=user_id, role=role).first()
            if grant is not None:
                return
            Grant.objects.create(user_id=user_id, role=role, granted_at=now)
    except IntegrityError:
        raise AlreadyAdministers from None
    record_fact(facts.RoleGiven(user_id=user_id, role=role.value), actor=actor, at=now)


@transaction.atomic
def take_role(*, user_id: int, role: Role, actor: User | None, now: datetime) -> None:
    """Take a role away; the person's next request does without it.

    Raises
    ------
    NotForYou
        If ``actor`` may not; nobody takes a role from themselves.
    LastSecurityAdministrator
        If nobody could give roles any more.
    """
    _check(user_id, role, actor)
    if role == Role.SECURITY_ADMIN:
        leave_one_besides(user_id)
    if Grant.objects.filter(user_id=user_id, role=role).delete()[0]:
        end_tokens(user_id=user_id, end=TokenEnd.ROLE, actor=actor, now=now)
        record_fact(facts.RoleTaken(user_id=user_id, role=role.value), actor=actor, at=now)


def _check(user_id: int, role: Role, actor: User | None) -> None:
    hold_account(user_id)
    is_own = actor is not None and actor.pk == user_id
    if not policies.may_turn_role(roles_if_any(actor), role, is_own=is_own):
        raise NotForYou
