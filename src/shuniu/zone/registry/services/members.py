"""Commands of an enterprise's administrator on those who speak for it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts import queries as accounts_queries
from shuniu.zone.accounts import services as accounts
from shuniu.zone.accounts.choices import ENTERPRISE_ROLES, Role
from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import record_fact
from shuniu.zone.registry import facts, policies, queries
from shuniu.zone.registry.models import Enterprise, Membership
from shuniu.zone.registry.services.asking import NotForYou


class NotYourself(Refusal):
    code = "registry.not_yourself"
    status = 409
    sentence = _("You cannot change your own place. Another administrator can.")


class AlreadyColleague(Refusal):
    code = "registry.already_colleague"
    status = 409
    sentence = _("%(name)s already speaks for this enterprise.")


class AskTheCenter(Refusal):
    code = "registry.ask_the_center"
    status = 409
    sentence = _(
        "This person has an account outside your enterprise as well. Please call the service"
        " center at %(phone)s; it can do this for you."
    )


@dataclass(frozen=True, slots=True)
class NewColleague:
    """Somebody who was let in, and the one-time code to pass on to them."""

    membership: Membership
    code: str


@transaction.atomic
def add_colleague(
    *, enterprise_id: int, name: str, phone: str, actor: User, now: datetime
) -> NewColleague:
    """Let somebody speak for the enterprise; return the code that they choose a password with.

    Somebody who was added and has not come in yet gets a new code, so that a form sent twice
    leaves its sender with a code that works.

    Raises
    ------
    NotForYou
        If ``actor`` does not administer the enterprise.
    AlreadyColleague
        If the person speaks for it already, and has a password.
    AskTheCenter
        If the number belongs to an account that others look after too.
    """
    enterprise = _locked(enterprise_id, actor)
    user = accounts_queries.user_with_phone(phone)
    if user is None:
        user = _opened(name, phone, actor, now)
    known = Membership.objects.filter(user=user, enterprise=enterprise).first()
    if known is not None and user.has_usable_password():
        raise AlreadyColleague(name=user.name)
    _check_looked_after(user, actor)
    if not user.is_active:
        accounts.reopen_account(user_id=user.pk, actor=actor, now=now)
    if known is None:
        accounts.give_role(user_id=user.pk, role=Role.ENTERPRISE_USER, actor=actor, now=now)
        known = Membership.objects.create(user=user, enterprise=enterprise)
        added = facts.MemberAdded(enterprise_id=enterprise.pk, user_id=user.pk)
        record_fact(added, actor=actor, at=now)
    code = accounts.issue_code(user_id=user.pk, resets_second_factor=False, actor=actor, now=now)
    return NewColleague(known, code)


@transaction.atomic
def set_colleague_rank(
    *, membership_id: int, is_admin: bool, actor: User, now: datetime
) -> Membership:
    """Make a colleague an administrator of the enterprise, or release them from it.

    Doing it twice changes nothing.

    Raises
    ------
    NotForYou
        If ``actor`` does not administer the enterprise.
    NotYourself
        If it is the actor's own place: so the last administrator always stays.
    """
    membership = _of_another(membership_id, actor)
    if membership.is_admin == is_admin:
        return membership
    membership.is_admin = is_admin
    membership.save(update_fields=["is_admin"])
    _follow_rank(membership.user, actor, now)
    changed = facts.MemberRankChanged(
        enterprise_id=membership.enterprise_id, user_id=membership.user_id, is_admin=is_admin
    )
    record_fact(changed, actor=actor, at=now)
    return membership


@transaction.atomic
def remove_colleague(*, membership_id: int, actor: User, now: datetime) -> Membership:
    """End somebody's speaking for the enterprise at once; an account without any other is closed.

    Raises
    ------
    NotForYou
        If ``actor`` does not administer the enterprise.
    NotYourself
        If it is the actor's own place.
    """
    membership = _of_another(membership_id, actor)
    user = membership.user
    Membership.objects.filter(pk=membership.pk).delete()
    _follow_rank(user, actor, now)
    if not Membership.objects.filter(user=user).exists() and not queries.is_of_staff(user):
        accounts.close_account(user_id=user.pk, actor=actor, now=now)
    removed = facts.MemberRemoved(enterprise_id=membership.enterprise_id, user_id=user.pk)
    record_fact(removed, actor=actor, at=now)
    return membership


@transaction.atomic
def give_colleague_code(
    *, membership_id: int, resets_second_factor: bool, actor: User, now: datetime
) -> NewColleague:
    """Return a new one-time code for a colleague who cannot get in.

    The center's clerks may do this for the people of every enterprise.

    Raises
    ------
    NotForYou
        If ``actor`` looks after neither the enterprise nor all of them.
    NotYourself
        If it is the actor's own place.
    AskTheCenter
        If others look after the account too: whoever has its password has all its enterprises.
    """
    if policies.may_help_enterprise_people(queries.standing_of(actor)):
        membership = Membership.objects.select_related("user").get(pk=membership_id)
    else:
        membership = _of_another(membership_id, actor)
        _check_looked_after(membership.user, actor)
    code = accounts.issue_code(
        user_id=membership.user_id,
        resets_second_factor=resets_second_factor,
        actor=actor,
        now=now,
    )
    return NewColleague(membership, code)


def _locked(enterprise_id: int, actor: User) -> Enterprise:
    """Return the enterprise for this change alone; the actor must administer it."""
    enterprise = Enterprise.objects.select_for_update(no_key=True).get(pk=enterprise_id)
    who = queries.standing_of(actor)
    if enterprise.pk not in queries.administered_ids(who):
        raise NotForYou
    return enterprise


def _of_another(membership_id: int, actor: User) -> Membership:
    enterprise_id = Membership.objects.values_list("enterprise_id", flat=True).get(pk=membership_id)
    _locked(enterprise_id, actor)
    membership = Membership.objects.select_related("user").get(pk=membership_id)
    if membership.user_id == actor.pk:
        raise NotYourself
    return membership


def _check_looked_after(user: User, actor: User) -> None:
    """Refuse an account that opens more than the actor's own enterprises."""
    mine = queries.administered_ids(queries.standing_of(actor))
    has_other_role = bool(accounts_queries.roles_of(user) - ENTERPRISE_ROLES)
    if has_other_role or queries.is_of_staff(user) or queries.speaks_elsewhere(user, mine):
        raise AskTheCenter(phone=queries.profile_in_force().profile.zone.phone)


def _opened(name: str, phone: str, actor: User, now: datetime) -> User:
    account = accounts.NewAccount(
        sign_in_name=f"e-{uuid.uuid4().hex[:12]}",
        name=name,
        roles=(Role.ENTERPRISE_USER,),
        phone=phone,
    )
    return accounts.open_accounts(accounts=(account,), actor=actor, now=now)[0]


def _follow_rank(user: User, actor: User, now: datetime) -> None:
    """Let the role of an administrator follow the memberships."""
    administers = Membership.objects.filter(user=user, is_admin=True).exists()
    turn = accounts.give_role if administers else accounts.take_role
    turn(user_id=user.pk, role=Role.ENTERPRISE_ADMIN, actor=actor, now=now)
