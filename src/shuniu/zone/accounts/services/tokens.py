"""Keys for programs: made and shown once, seen in use, ended."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts import facts, policies, queries
from shuniu.zone.accounts.choices import TokenEnd
from shuniu.zone.accounts.models import AccessToken, User
from shuniu.zone.accounts.queries.tokens import token_digest
from shuniu.zone.accounts.services.refusals import NotForYou
from shuniu.zone.kernel.clock import day_of
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import record_fact

BEGINS = "shuniu_"  # so that one that was put where others read it can be found
KEY_BYTES = 32
MOST_DAYS = 365
MOST_TOKENS = 20
LONG_UNUSED = timedelta(days=30)


class TokenLastsTooLong(Refusal):
    code = "accounts.token_lasts_too_long"
    status = 422
    sentence = _("A key lasts at least one day and at most %(days)s days.")


class TooManyTokens(Refusal):
    code = "accounts.too_many_tokens"
    status = 409
    sentence = _("You have %(tokens)s keys already. Please revoke one that is not used any more.")


@dataclass(frozen=True, slots=True)
class NewToken:
    """A key as it is shown once."""

    token: AccessToken
    key: str


@transaction.atomic
def make_token(*, name: str, may_write: bool, days: int, actor: User, now: datetime) -> NewToken:
    """Make a key for a program of one's own.

    Raises
    ------
    TokenLastsTooLong
        If it would last longer than a year, or no day.
    TooManyTokens
        If there are so many already that nobody can look after them.
    """
    if not 1 <= days <= MOST_DAYS:
        raise TokenLastsTooLong(days=MOST_DAYS)
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    if queries.tokens_of(actor, now).count() >= MOST_TOKENS:
        raise TooManyTokens(tokens=MOST_TOKENS)
    key = BEGINS + secrets.token_urlsafe(KEY_BYTES)
    token = AccessToken.objects.create(
        user=actor,
        name=name,
        digest=token_digest(key),
        may_write=may_write,
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    made = facts.TokenMade(user_id=actor.pk, token_id=token.pk, may_write=may_write, days=days)
    record_fact(made, actor=actor, at=now)
    return NewToken(token, key)


@transaction.atomic
def see_token(*, token_id: int, now: datetime) -> None:
    """Write down that a key is in use today; one that rested for long is told of."""
    token = AccessToken.objects.select_related("user").get(pk=token_id)
    today, before = day_of(now), token.used_on or day_of(token.made_at)
    unseen = AccessToken.objects.filter(pk=token_id).exclude(used_on=today)
    if unseen.update(used_on=today) and today - before >= LONG_UNUSED:
        again = facts.TokenUsedAgain(
            user_id=token.user_id, token_id=token.pk, days=(today - before).days
        )
        record_fact(again, actor=token.user, at=now)


@transaction.atomic
def revoke_token(*, token_id: int, actor: User, now: datetime) -> None:
    """End one of the own keys; one that has ended stays as it is.

    Raises
    ------
    AccessToken.DoesNotExist
        If it is not the actor's own.
    """
    token = AccessToken.objects.get(pk=token_id, user=actor)
    running = AccessToken.objects.filter(pk=token.pk, ended_at=None)
    if running.update(ended_at=now, end=TokenEnd.REVOKED):
        ended = facts.TokensEnded(user_id=actor.pk, tokens=1, cause=TokenEnd.REVOKED.value)
        record_fact(ended, actor=actor, at=now)


@transaction.atomic
def revoke_tokens(*, user_id: int, actor: User | None, now: datetime) -> int:
    """End all keys of a person; return how many there were.

    Raises
    ------
    NotForYou
        If ``actor`` may not.
    """
    user = User.objects.get(pk=user_id)
    is_own = actor is not None and actor.pk == user_id
    who = None if actor is None else queries.roles_of(actor)
    if not policies.may_end_sessions(who, queries.roles_of(user), is_own=is_own):
        raise NotForYou
    return end_tokens(user_id=user_id, end=TokenEnd.REVOKED, actor=actor, now=now)


def end_tokens(*, user_id: int, end: TokenEnd, actor: User | None, now: datetime) -> int:
    """End the keys of a person within another command; return how many there were."""
    running = AccessToken.objects.filter(user_id=user_id, ended_at=None)
    tokens = running.update(ended_at=now, end=end)
    if tokens:
        ended = facts.TokensEnded(user_id=user_id, tokens=tokens, cause=end.value)
        record_fact(ended, actor=actor, at=now)
    return tokens
