"""Opening, closing and correcting accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from shuniu.zone.accounts import facts, policies, queries
from shuniu.zone.accounts.choices import Role, SessionEnd, TokenEnd
from shuniu.zone.accounts.models import Grant, OneTimeCode, Phone, User
from shuniu.zone.accounts.queries.people import mobile_number
from shuniu.zone.accounts.services.last_one import hold_account, leave_one_besides
from shuniu.zone.accounts.services.refusals import (
    NameTaken,
    NotForYou,
    PhoneNotValid,
    PhoneTaken,
)
from shuniu.zone.accounts.services.sessions import end_rows
from shuniu.zone.accounts.services.tokens import end_tokens
from shuniu.zone.kernel.facts import FactRecord
from shuniu.zone.kernel.fields import index_of
from shuniu.zone.kernel.services import record_fact, record_facts


@dataclass(frozen=True, slots=True)
class NewAccount:
    """Whom to open an account for; without a password nobody can sign in with it.

    ``password_hash`` is for a password that was chosen, and hashed, before the account was opened.
    """

    sign_in_name: str
    name: str
    roles: tuple[Role, ...]
    password: str | None = None
    phone: str = ""
    password_hash: str = ""


def roles_if_any(actor: User | None) -> frozenset[str] | None:
    """Return the roles of an actor; None for the system itself."""
    return None if actor is None else queries.roles_of(actor)


@transaction.atomic
def open_accounts(
    *, accounts: Sequence[NewAccount], actor: User | None, now: datetime
) -> list[User]:
    """Open accounts in bulk, in the order given.

    Raises
    ------
    NotForYou
        If ``actor`` may not open one of them.
    NameTaken, PhoneNotValid, PhoneTaken
        If a sign-in name or a phone number cannot be used; nothing is opened then.
    """
    who = roles_if_any(actor)
    if not all(policies.may_open(who, frozenset(account.roles)) for account in accounts):
        raise NotForYou
    names = [account.sign_in_name.strip().lower() for account in accounts]
    if taken := User.objects.filter(sign_in_name__in=names).first():
        raise NameTaken(name=taken.sign_in_name)
    users: list[User] = User.objects.bulk_create(
        [_row(account, now) for account in accounts], batch_size=500
    )
    for user, account in zip(users, accounts, strict=True):
        if account.phone:
            _set_phone(user.pk, account.phone)
    Grant.objects.bulk_create(
        [
            Grant(user=user, role=role, granted_at=now)
            for user, account in zip(users, accounts, strict=True)
            for role in account.roles
        ],
        batch_size=500,
    )
    opened: list[tuple[FactRecord, User | None, datetime]] = [
        (facts.AccountOpened(user_id=user.pk, roles=tuple(account.roles)), actor, now)
        for user, account in zip(users, accounts, strict=True)
    ]
    record_facts([*opened], deliver=True)
    return users


def _row(account: NewAccount, now: datetime) -> User:
    return User(
        sign_in_name=account.sign_in_name.strip().lower(),
        name=account.name.strip(),
        created_at=now,
        password=account.password_hash or make_password(account.password),
        password_changed_at=now if account.password or account.password_hash else None,
    )


@transaction.atomic
def rename(*, user_id: int, name: str, actor: User, now: datetime) -> None:
    """Correct the name of a person.

    Raises
    ------
    NotForYou
        If ``actor`` may not.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user_id)
    if not _may(policies.may_rename, user, actor):
        raise NotForYou
    user.name = name.strip()
    user.save(update_fields=["name"])
    record_fact(facts.NameCorrected(user_id=user.pk), actor=actor, at=now)


@transaction.atomic
def set_phone(*, user_id: int, number: str, actor: User | None, now: datetime) -> None:
    """Set the mobile number with which a person may sign in; an empty one takes it away.

    Raises
    ------
    NotForYou
        If ``actor`` may not.
    PhoneNotValid, PhoneTaken
        If it is no mobile number, or another person's.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user_id)
    if not _may(policies.may_rename, user, actor):
        raise NotForYou
    if number.strip():
        _set_phone(user.pk, number)
    else:
        Phone.objects.filter(pk=user.pk).delete()
    record_fact(facts.PhoneSet(user_id=user.pk), actor=actor, at=now)


def _set_phone(user_id: int, number: str) -> None:
    digits = mobile_number(number)
    if not digits:
        raise PhoneNotValid
    index = index_of(Phone, "number", digits)
    if Phone.objects.filter(number_index=index).exclude(pk=user_id).exists():
        raise PhoneTaken
    try:
        with transaction.atomic():
            Phone(user_id=user_id, number=digits).save()
    except IntegrityError:
        raise PhoneTaken from None


@transaction.atomic
def close_account(*, user_id: int, actor: User | None, now: datetime) -> None:
    """Close an account: its sessions end, its codes go, nobody signs in with it.

    Raises
    ------
    NotForYou
        If ``actor`` may not.
    LastSecurityAdministrator
        If nobody could give roles any more.
    """
    user = hold_account(user_id)
    if not _may(policies.may_close, user, actor):
        raise NotForYou
    if not user.is_active:
        return
    leave_one_besides(user_id)
    user.is_active, user.closed_at = False, now
    user.save(update_fields=["is_active", "closed_at"])
    OneTimeCode.objects.filter(user=user, used_at__isnull=True).delete()
    ended = end_rows(user_id=user.pk, end=SessionEnd.CLOSED, now=now)
    end_tokens(user_id=user.pk, end=TokenEnd.CLOSED, actor=actor, now=now)
    record_fact(facts.AccountClosed(user_id=user.pk, sessions=ended), actor=actor, at=now)


@transaction.atomic
def reopen_account(*, user_id: int, actor: User | None, now: datetime) -> None:
    """Open a closed account again, with the password and the roles that it had.

    Raises
    ------
    NotForYou
        If ``actor`` may not.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user_id)
    if not _may(policies.may_close, user, actor):
        raise NotForYou
    if user.is_active:
        return
    user.is_active, user.closed_at = True, None
    user.save(update_fields=["is_active", "closed_at"])
    record_fact(facts.AccountReopened(user_id=user.pk), actor=actor, at=now)


def _may(rule: policies.RuleOfAccount, user: User, actor: User | None) -> bool:
    is_own = actor is not None and actor.pk == user.pk
    return rule(roles_if_any(actor), queries.roles_of(user), is_own=is_own)
