"""Questions about the stays of people."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet

from shuniu.zone.accounts.models import SignInSession


@dataclass(frozen=True, slots=True)
class Stay:
    """What every request asks of a session: its times, and the roles of its person."""

    pk: int
    user_id: int
    began_at: datetime
    seen_at: datetime
    has_second_factor: bool
    confirmed_at: datetime | None
    end: str
    roles: frozenset[str]


def key_digest(session_key: str | None) -> str:
    """Return under what a session is filed: its key itself is kept in one place only."""
    return hashlib.sha256((session_key or "").encode()).hexdigest()


def stay_of_key(session_key: str | None) -> Stay | None:
    """Return the stay that a session key belongs to, with the person's roles, in one query."""
    rows = list(
        SignInSession.objects.filter(key_digest=key_digest(session_key)).values_list(
            "pk",
            "user_id",
            "began_at",
            "seen_at",
            "second_factor_at",
            "confirmed_at",
            "end",
            "user__grants__role",
        )
    )
    if not rows:
        return None
    pk, user_id, began_at, seen_at, second_factor_at, confirmed_at, end, _role = rows[0]
    return Stay(
        pk=pk,
        user_id=user_id,
        began_at=began_at,
        seen_at=seen_at,
        has_second_factor=second_factor_at is not None,
        confirmed_at=confirmed_at,
        end=end,
        roles=frozenset(row[-1] for row in rows if row[-1]),
    )


def session_of_key(session_key: str | None) -> SignInSession | None:
    """Return the row of the session with this key."""
    return SignInSession.objects.filter(key_digest=key_digest(session_key)).first()


def sessions_of(user: AbstractBaseUser) -> QuerySet[SignInSession]:
    """Return the sessions of a person that have not ended, the last used first."""
    return SignInSession.objects.filter(user_id=user.pk, ended_at__isnull=True).order_by(
        "-seen_at", "-pk"
    )
