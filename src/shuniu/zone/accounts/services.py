"""Commands of the accounts. Each is one transaction and records one fact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from shuniu.zone.accounts import facts
from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import Grant, User
from shuniu.zone.kernel.facts import FactRecord
from shuniu.zone.kernel.services import record_fact, record_facts


@dataclass(frozen=True, slots=True)
class NewAccount:
    """Whom to open an account for; without a password nobody can sign in with it."""

    sign_in_name: str
    name: str
    roles: tuple[Role, ...]
    password: str | None = None


@transaction.atomic
def open_accounts(
    *, accounts: tuple[NewAccount, ...], actor: User | None, now: datetime
) -> list[User]:
    """Open accounts in bulk, in the order given."""
    users: list[User] = User.objects.bulk_create(
        [
            User(
                sign_in_name=account.sign_in_name.strip().lower(),
                name=account.name,
                created_at=now,
                password=make_password(account.password),
            )
            for account in accounts
        ],
        batch_size=500,
    )
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


@transaction.atomic
def note_sign_in(*, user: User, actor: User, now: datetime) -> None:
    """Record that a person signed in."""
    user.last_login = now
    user.save(update_fields=["last_login"])
    record_fact(facts.SignedIn(user_id=user.pk), actor=actor, at=now)


@transaction.atomic
def note_sign_out(*, user: User, actor: User, now: datetime) -> None:
    """Record that a person signed out."""
    record_fact(facts.SignedOut(user_id=user.pk), actor=actor, at=now)
