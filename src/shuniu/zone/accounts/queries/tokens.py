"""Questions about the keys with which programs ask for a person."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet

from shuniu.zone.accounts.models import AccessToken, SecondFactor, User
from shuniu.zone.accounts.policies import needs_second_factor
from shuniu.zone.accounts.queries.people import password_is_old, roles_of


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who asks with a key, and what stands in the way of it.

    ``obstacle`` is empty, or says what the person has to do first on the pages: ``second_factor``
    or ``password``.
    """

    token: AccessToken
    user: User
    obstacle: str


def token_digest(key: str) -> str:
    """Return under what a key is filed: a keyed digest, so that looking it up tells no time."""
    return hmac.new(settings.INDEX_KEY, b"token\x1f" + key.encode(), hashlib.sha256).hexdigest()


def bearer_of(key: str, now: datetime) -> Bearer | None:
    """Return who asks with a key; None unless it is a key that opens something now."""
    token = (
        AccessToken.objects.filter(digest=token_digest(key), ended_at=None, expires_at__gt=now)
        .select_related("user")
        .first()
    )
    if token is None or not token.user.is_active:
        return None
    return Bearer(token, token.user, _obstacle(token.user, now))


def _obstacle(user: User, now: datetime) -> str:
    """Return what keeps the person from the pages too: a key gives no more than they have."""
    if needs_second_factor(roles_of(user)):
        confirmed = SecondFactor.objects.filter(pk=user.pk, confirmed_at__isnull=False)
        if not confirmed.exists():
            return "second_factor"
    return "password" if password_is_old(user, now) else ""


def tokens_of(user: AbstractBaseUser, now: datetime) -> QuerySet[AccessToken]:
    """Return the keys of a person that still open something, the newest first."""
    rows = AccessToken.objects.filter(user_id=user.pk, ended_at=None, expires_at__gt=now)
    return rows.order_by("-pk")
