"""Choosing a password: one's own, or with a one-time code."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts import facts, policies, queries
from shuniu.zone.accounts.choices import SessionEnd, TokenEnd
from shuniu.zone.accounts.models import OneTimeCode, User
from shuniu.zone.accounts.services.guesses import Count, forget, take_guess
from shuniu.zone.accounts.services.hashing import room
from shuniu.zone.accounts.services.knocks import Knock
from shuniu.zone.accounts.services.opening import roles_if_any
from shuniu.zone.accounts.services.refusals import (
    AccountIsClosed,
    CodeRefused,
    NotForYou,
    PasswordRefused,
)
from shuniu.zone.accounts.services.second_factor import (
    code_digest,
    forget_second_factor,
    spoken_code,
)
from shuniu.zone.accounts.services.sessions import end_rows
from shuniu.zone.accounts.services.signing import check_present_password, failures_told
from shuniu.zone.accounts.services.tokens import end_tokens
from shuniu.zone.kernel.services import record_fact

CODE_LASTS = timedelta(hours=24)
CODE_GROUPS = 3
CODES_PER_ADDRESS = 10
SAME_AS_BEFORE = _("Please choose another password than the present one.")


def check_new_password(user: User, password: str) -> None:
    """Raise PasswordRefused, with all that has to change, unless a password can be taken."""
    about = queries.password_about(user)
    problems = policies.password_problems(password, about, settings.PASSWORD_RULES)
    if problems:
        raise PasswordRefused(problems)


def new_password_hash(user: User, password: str) -> str:
    """Return the hash of a password for an account that is not opened yet.

    Raises PasswordRefused unless it can be taken, TooBusy when too many wait for a core.
    """
    check_new_password(user, password)
    with room():
        return make_password(password)


def change_password(
    *, old: str, new: str, session_key: str | None, actor: User, now: datetime
) -> None:
    """Change the own password; all other sessions end.

    Raises
    ------
    WrongPassword, TooManyGuesses
        If ``old`` is not the present one, or was tried too often.
    PasswordRefused
        If the new one cannot be taken; says everything that has to change.
    """
    check_present_password(actor, old, now)
    check_new_password(actor, new)
    if new == old:
        raise PasswordRefused((SAME_AS_BEFORE,))
    with room():
        hashed = make_password(new)
    with transaction.atomic():
        ended = _set_password(actor, hashed, now, but_key=session_key)
        changed = facts.PasswordChanged(user_id=actor.pk, sessions=ended)
        record_fact(changed, actor=actor, at=now)


@transaction.atomic
def issue_code(
    *, user_id: int, resets_second_factor: bool, actor: User | None, now: datetime
) -> str:
    """Return a new one-time code for a person, to be told to them; older ones end.

    Raises
    ------
    NotForYou
        If ``actor`` may not.
    AccountIsClosed
        If the account has to be opened again first.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user_id)
    is_own = actor is not None and actor.pk == user_id
    if not policies.may_issue_code(roles_if_any(actor), queries.roles_of(user), is_own=is_own):
        raise NotForYou
    if not user.is_active:
        raise AccountIsClosed
    OneTimeCode.objects.filter(user=user, used_at__isnull=True).delete()
    code = spoken_code(CODE_GROUPS)
    OneTimeCode.objects.create(
        user=user,
        digest=code_digest("one-time", code),
        resets_second_factor=resets_second_factor,
        made_by=actor,
        made_at=now,
        expires_at=now + CODE_LASTS,
    )
    issued = facts.OneTimeCodeIssued(user_id=user.pk, resets_second_factor=resets_second_factor)
    record_fact(issued, actor=actor, at=now)
    return code


def enter_with_code(
    *, name: str, code: str, password: str, knock: Knock, actor: None, now: datetime
) -> User:
    """Let a person choose a password with a one-time code; return who it is. All sessions end.

    A password that cannot be taken does not use up the code.

    Raises
    ------
    CodeRefused
        If name and code do not go together, or the code was used or is over: which, is not told.
    TooManyGuesses
        If too many codes were tried from this address.
    PasswordRefused
        If the password cannot be taken.
    """
    count = Count.of(CODES_PER_ADDRESS, "one-time code", knock.address)
    user = queries.user_called(name)
    with failures_told(user, actor, now):
        take_guess(count, now)
        found = _code_of(user, code, now)
        if user is None or found is None:
            raise CodeRefused
    check_new_password(user, password)
    with room():
        hashed = make_password(password)
    _redeem(found, user, hashed, now)
    forget(count)
    return user


def _code_of(user: User | None, code: str, now: datetime) -> OneTimeCode | None:
    return OneTimeCode.objects.filter(
        digest=code_digest("one-time", code),
        user=user,
        user__is_active=True,
        used_at__isnull=True,
        expires_at__gt=now,
    ).first()


@transaction.atomic
def _redeem(found: OneTimeCode, user: User, hashed: str, now: datetime) -> None:
    if not OneTimeCode.objects.filter(pk=found.pk, used_at__isnull=True).update(used_at=now):
        raise CodeRefused
    if found.resets_second_factor:
        forget_second_factor(user.pk)
    ended = _set_password(user, hashed, now, but_key=None)
    used = facts.OneTimeCodeUsed(
        user_id=user.pk, sessions=ended, resets_second_factor=found.resets_second_factor
    )
    record_fact(used, actor=user, at=now)


def _set_password(user: User, hashed: str, now: datetime, *, but_key: str | None) -> int:
    """Store a password and end the sessions but one; return how many ended."""
    user.password, user.password_changed_at = hashed, now
    user.save(update_fields=["password", "password_changed_at"])
    end_tokens(user_id=user.pk, end=TokenEnd.PASSWORD, actor=user, now=now)
    return end_rows(user_id=user.pk, end=SessionEnd.PASSWORD, now=now, but_key=but_key)
