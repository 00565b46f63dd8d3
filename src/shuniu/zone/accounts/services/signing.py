"""Signing in: password, second factor, and giving the password again."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shuniu.zone.accounts import facts, queries
from shuniu.zone.accounts.choices import CodeUse
from shuniu.zone.accounts.models import Device, SignInSession, User
from shuniu.zone.accounts.queries.sessions import key_digest
from shuniu.zone.accounts.services.guesses import (
    Count,
    forget,
    give_back,
    take_guess,
    take_guess_in_turn,
)
from shuniu.zone.accounts.services.hashing import is_password_of
from shuniu.zone.accounts.services.knocks import Knock
from shuniu.zone.accounts.services.refusals import (
    SecondFactorRefused,
    SignInRefused,
    WrongPassword,
)
from shuniu.zone.accounts.services.second_factor import use_code
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import record_fact

GUESSES_PER_ACCOUNT = 10
GUESSES_PER_DEVICE = 10
GUESSES_PER_ADDRESS = 100
CODES_PER_PERSON = 10
CODES_PER_ADDRESS = 5


@dataclass(frozen=True, slots=True)
class Tried:
    """What somebody typed at the door. ``code`` may be given together with the password."""

    name: str
    password: str
    code: str = ""


def try_password(
    *, tried: Tried, knock: Knock, actor: None, now: datetime
) -> tuple[User, CodeUse | None]:
    """Return who signs in with this name and password, and what second factor was used with them.

    An account that was tried too often can still be opened with a code of its second factor given
    together with the password: the code is tried first, and without it no guess is spent.

    Raises
    ------
    SignInRefused
        If there is no such account, it is closed, or the password is another: which, is not told.
    TooManyGuesses
        If no guess is left, whether or not there is such an account.
    TooBusy
        If too many passwords are being compared at this moment.
    """
    user = queries.user_called(tried.name)
    with failures_told(user, actor, now):
        if tried.code:
            return _try_both(user, tried, knock, now)
        return _try_password(user, tried, knock, now), None


def _try_password(user: User | None, tried: Tried, knock: Knock, now: datetime) -> User:
    counts = _take_guesses(user, tried.name, knock, now)
    if not is_password_of(user, tried.password) or user is None or not user.is_active:
        raise SignInRefused
    forget(counts[0])
    give_back(*counts[1:])
    return user


def _take_guesses(user: User | None, name: str, knock: Knock, now: datetime) -> tuple[Count, ...]:
    """Take the guesses that one try costs and return their counts, the closest first."""
    account = f"#{user.pk}" if user else name.strip().lower()
    if user is not None and _is_known(user, knock.device):
        device = Count.of(GUESSES_PER_DEVICE, "device", user.pk, knock.device)
        take_guess(device, now)
        return (device,)
    pair = Count.of(0, "pair", account, knock.address)
    everywhere = Count.of(GUESSES_PER_ACCOUNT, "account", account)
    address = Count.of(GUESSES_PER_ADDRESS, "address", knock.address)
    take_guess_in_turn(pair, now)
    take_guess(address, now)
    take_guess(everywhere, now)
    return (pair, address, everywhere)


def _try_both(user: User | None, tried: Tried, knock: Knock, now: datetime) -> tuple[User, CodeUse]:
    account = f"#{user.pk}" if user else tried.name.strip().lower()
    count = Count.of(CODES_PER_ADDRESS, "code", account, knock.address)
    take_guess(count, now)
    factor = None if user is None else queries.second_factor_of(user)
    used = None if factor is None else use_code(factor, tried.code, now)
    # Compared in any case: how long it takes tells nothing about the code.
    is_right = is_password_of(user if used else None, tried.password)
    if user is None or used is None or not is_right or not user.is_active:
        raise SignInRefused
    forget(count)
    return user, used


def try_second_factor(*, user: User, code: str, actor: None, now: datetime) -> CodeUse:
    """Use up the code that somebody gives after the password; return what kind it was.

    Raises
    ------
    SecondFactorRefused
        If the code is not right or was used.
    TooManyGuesses
        If too many were tried for this account.
    """
    count = Count.of(CODES_PER_PERSON, "second factor", user.pk)
    with failures_told(user, actor, now):
        take_guess(count, now)
        factor = queries.second_factor_of(user)
        used = None if factor is None else use_code(factor, code, now)
        if used is None or not user.is_active:
            raise SecondFactorRefused
    forget(count)
    return used


@transaction.atomic
def know_device(*, device: str, actor: User, now: datetime) -> str:
    """Remember the browser that a person signed in with; return what it has to keep.

    No fact of its own: it is part of signing in, which is one.
    """
    token = device if _is_known(actor, device) else secrets.token_urlsafe(24)
    Device.objects.update_or_create(
        user=actor,
        digest=_device_digest(token),
        defaults={"used_at": now},
        create_defaults={"used_at": now, "made_at": now},
    )
    return token


def confirm_again(*, session_key: str | None, password: str, actor: User, now: datetime) -> None:
    """Let a person give the password again before something that matters.

    Raises
    ------
    WrongPassword
        If it is another.
    TooManyGuesses
        If it was tried too often.
    """
    check_present_password(actor, password, now)
    with transaction.atomic():
        SignInSession.objects.filter(key_digest=key_digest(session_key), user=actor).update(
            confirmed_at=now
        )
        record_fact(facts.Confirmed(user_id=actor.pk), actor=actor, at=now)


def check_present_password(actor: User, password: str, now: datetime) -> None:
    """Compare a password with the present one, within the guesses of a signed-in person."""
    count = Count.of(GUESSES_PER_DEVICE, "again", actor.pk)
    with failures_told(actor, actor, now):
        take_guess(count, now)
        if not is_password_of(actor, password):
            raise WrongPassword
    forget(count)


@contextmanager
def failures_told(user: User | None, actor: User | None, now: datetime) -> Iterator[None]:
    """Record that a secret was refused, and why; what was typed is never kept."""
    try:
        yield
    except Refusal as refusal:
        cause = refusal.code.rpartition(".")[2]
        failed = facts.SignInFailed(user_id=user.pk if user else 0, cause=cause)
        with transaction.atomic():
            record_fact(failed, actor=actor, at=now)
        raise


def _is_known(user: User, device: str) -> bool:
    return bool(device) and Device.objects.filter(user=user, digest=_device_digest(device)).exists()


def _device_digest(device: str) -> str:
    return hashlib.sha256(device.encode()).hexdigest()
