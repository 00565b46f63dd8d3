"""A6 and A7: how far guessing gets, and whether the time of an answer tells who has an account."""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password

from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import User
from shuniu.zone.accounts.services import (
    Knock,
    NewAccount,
    SignInRefused,
    Tried,
    begin_second_factor,
    codes_at,
    confirm_second_factor,
    open_accounts,
    try_password,
)
from shuniu.zone.kernel.refusals import Refusal
from tests.drills.people import PASSWORD
from tests.factories import THURSDAY_10

pytestmark = [pytest.mark.drill, pytest.mark.usefixtures("zone")]

GUESSES, ADDRESSES = 10_000, 50
SIGN_INS = 500
COSTS = ("time_cost", "memory_cost", "parallelism")
IN_PRODUCT = {name: getattr(Argon2PasswordHasher, name) for name in COSTS}
# Two-sided 1 %: beyond this the two kinds would be told apart by their time.
LARGEST_Z = 2.576
LARGEST_GAP_MS = 5.0


@dataclass(frozen=True, slots=True)
class Guessed:
    """What came of the guesses, and of the owner who signed in amid them."""

    guesses: int
    compared: int
    blocked: int
    owner: str


@dataclass(frozen=True, slots=True)
class Told:
    """CPU time of refusals with and without an account."""

    sign_ins: int
    with_account_ms: float
    without_account_ms: float
    z: float


def person(name: str) -> User:
    account = NewAccount(name, name, (Role.ENTERPRISE_USER,), PASSWORD)
    [user] = open_accounts(accounts=(account,), actor=None, now=THURSDAY_10)
    return user


def answer(name: str, password: str, knock: Knock, at_s: float, code: str = "") -> str:
    try:
        try_password(
            tried=Tried(name, password, code),
            knock=knock,
            actor=None,
            now=THURSDAY_10 + timedelta(seconds=at_s),
        )
    except Refusal as refusal:
        return refusal.code
    return "in"


def test_ten_thousand_guesses_in_a_quarter_of_an_hour_get_ten_and_the_owner_gets_in(
    tell: Callable[[Any], None],
) -> None:
    owner = person("shen")
    secret = begin_second_factor(actor=owner, now=THURSDAY_10 - timedelta(hours=1)).secret
    before = THURSDAY_10 - timedelta(hours=1)
    code = sorted(codes_at(secret, before).items())[1][1]
    confirm_second_factor(code=code, session_key=None, actor=owner, now=before)

    told = Counter(
        answer("shen", f"guess {n}", Knock(f"198.51.100.{n % ADDRESSES}"), n * 900 / GUESSES)
        for n in range(GUESSES)
    )
    codes = codes_at(secret, THURSDAY_10 + timedelta(seconds=899))
    owners = answer("shen", PASSWORD, Knock("203.0.113.7"), 899, sorted(codes.items())[1][1])

    guessed = Guessed(GUESSES, told[SignInRefused.code], told["accounts.too_many_guesses"], owners)
    tell(guessed)
    assert (guessed.compared, guessed.blocked, guessed.owner) == (10, GUESSES - 10, "in")


def test_the_time_of_a_refusal_does_not_tell_who_has_an_account(
    tell: Callable[[Any], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in IN_PRODUCT.items():
        monkeypatch.setattr(Argon2PasswordHasher, name, value)
    names = [f"person-{n}" for n in range(SIGN_INS // 2)]
    for name in names:
        person(name)
    User.objects.update(password=make_password(PASSWORD))

    times_ms: dict[bool, list[float]] = {True: [], False: []}
    for n in range(SIGN_INS):
        is_known = n % 2 == 0
        name = names[n // 2] if is_known else f"nobody-{n}"
        started = time.process_time()
        assert answer(name, "wrong", Knock(f"192.0.2.{n}"), 0) == SignInRefused.code
        times_ms[is_known].append((time.process_time() - started) * 1_000)

    told = Told(
        SIGN_INS,
        round(median(times_ms[True]), 2),
        round(median(times_ms[False]), 2),
        round(mann_whitney_z(times_ms[True], times_ms[False]), 2),
    )
    tell(told)
    assert abs(told.with_account_ms - told.without_account_ms) < LARGEST_GAP_MS
    assert abs(told.z) < LARGEST_Z


def mann_whitney_z(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the normal score of the rank-sum test (Mann and Whitney 1947); ties are rare."""
    ranked = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    ranks = sum(rank for rank, (_value, side) in enumerate(ranked, 1) if side == 0)
    n, m = len(one), len(other)
    mean = n * (n + m + 1) / 2
    return (ranks - mean) / math.sqrt(n * m * (n + m + 1) / 12)
