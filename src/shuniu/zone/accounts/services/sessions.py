"""Stays: beginning, seeing again, and every way to end one."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from shuniu.zone.accounts import facts, policies, queries
from shuniu.zone.accounts.choices import CodeUse, SessionEnd
from shuniu.zone.accounts.models import SignInSession, User
from shuniu.zone.accounts.queries.sessions import Stay, key_digest
from shuniu.zone.accounts.services.knocks import Knock
from shuniu.zone.accounts.services.refusals import NotForYou
from shuniu.zone.kernel.services import record_fact

IDLE_AFTER = timedelta(minutes=30)
OLD_AFTER = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
CONFIRMED_FOR = timedelta(minutes=10)


def end_of(stay: Stay, now: datetime) -> SessionEnd | None:
    """Return why a stay is over at ``now``; None while it lasts."""
    if stay.end:
        return SessionEnd(stay.end)
    if now - stay.began_at >= OLD_AFTER:
        return SessionEnd.OLD
    if now - stay.seen_at >= IDLE_AFTER:
        return SessionEnd.IDLE
    return None


def is_confirmed(stay: Stay, now: datetime) -> bool:
    """Return whether the person gave the password in this stay within the last ten minutes."""
    return stay.confirmed_at is not None and now - stay.confirmed_at < CONFIRMED_FOR


@transaction.atomic
def begin_session(
    *,
    user: User,
    session_key: str | None,
    with_second_factor: CodeUse | None,
    knock: Knock,
    actor: User,
    now: datetime,
) -> SignInSession:
    """Write down that a person signed in. They have just given their password."""
    session = SignInSession.objects.create(
        user=user,
        key_digest=key_digest(session_key),
        began_at=now,
        seen_at=now,
        second_factor_at=now if with_second_factor else None,
        confirmed_at=now,
        address=knock.address,
        agent=knock.agent[:200],
    )
    signed_in = facts.SignedIn(
        user_id=user.pk, session_id=session.pk, second_factor=with_second_factor or ""
    )
    record_fact(signed_in, actor=actor, at=now)
    return session


def see_session(*, session_id: int, now: datetime) -> None:
    """Write down that a session is in use: no change of anything that a fact would tell."""
    SignInSession.objects.filter(pk=session_id, seen_at__lt=now).update(seen_at=now)


@transaction.atomic
def sign_out(*, session_key: str | None, actor: User, now: datetime) -> None:
    """End the session with this key because its person leaves."""
    rows = SignInSession.objects.filter(key_digest=key_digest(session_key), ended_at__isnull=True)
    rows.update(ended_at=now, end=SessionEnd.SIGNED_OUT)
    record_fact(facts.SignedOut(user_id=actor.pk), actor=actor, at=now)


@transaction.atomic
def run_out(*, session_id: int, end: SessionEnd, now: datetime) -> None:
    """End a session whose time is over."""
    session = SignInSession.objects.get(pk=session_id)
    if SignInSession.objects.filter(pk=session_id, ended_at__isnull=True).update(
        ended_at=now, end=end
    ):
        ended = facts.SessionsEnded(user_id=session.user_id, sessions=1, cause=end.value)
        record_fact(ended, actor=None, at=now)


@transaction.atomic
def end_session(*, session_id: int, actor: User, now: datetime) -> None:
    """End one of the own sessions; one that has ended stays as it is.

    Raises
    ------
    SignInSession.DoesNotExist
        If it is not the actor's own.
    """
    session = SignInSession.objects.get(pk=session_id, user=actor)
    if SignInSession.objects.filter(pk=session.pk, ended_at__isnull=True).update(
        ended_at=now, end=SessionEnd.ENDED
    ):
        ended = facts.SessionsEnded(user_id=actor.pk, sessions=1, cause=SessionEnd.ENDED.value)
        record_fact(ended, actor=actor, at=now)


@transaction.atomic
def end_sessions(*, user_id: int, but_key: str | None, actor: User | None, now: datetime) -> int:
    """End all sessions of a person but the one with the key ``but_key``; return how many.

    Raises
    ------
    NotForYou
        If ``actor`` may not.
    """
    is_own = actor is not None and actor.pk == user_id
    user = User.objects.get(pk=user_id)
    who = None if actor is None else queries.roles_of(actor)
    if not policies.may_end_sessions(who, queries.roles_of(user), is_own=is_own):
        raise NotForYou
    ended = end_rows(user_id=user_id, end=SessionEnd.ENDED, now=now, but_key=but_key)
    told = facts.SessionsEnded(user_id=user_id, sessions=ended, cause=SessionEnd.ENDED.value)
    record_fact(told, actor=actor, at=now)
    return ended


def end_rows(*, user_id: int, end: SessionEnd, now: datetime, but_key: str | None = None) -> int:
    """End the sessions of a person within another command; return how many were running."""
    rows = SignInSession.objects.filter(user_id=user_id, ended_at__isnull=True)
    if but_key is not None:
        rows = rows.exclude(key_digest=key_digest(but_key))
    return rows.update(ended_at=now, end=end)
