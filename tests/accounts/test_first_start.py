"""A zone just set up: nobody can sign in, with whatever pair is usual."""

from __future__ import annotations

from itertools import product

import pytest

from shuniu.zone.accounts.models import OneTimeCode, Phone, User
from shuniu.zone.accounts.services import Knock, SignInRefused, Tried, try_password
from tests.factories import THURSDAY_10

NAMES = (
    "admin", "administrator", "root", "system", "sysadmin", "guest", "test", "demo", "shuniu",
    "haimen", "guanli", "zhongxin", "qiye", "user",
)  # fmt: skip
PASSWORDS = (
    "", "admin", "admin123", "admin@123", "123456", "12345678", "password", "root", "test", "guest",
    "changeme", "shuniu", "demo", "888888", "haimen@2026",
)  # fmt: skip


@pytest.mark.usefixtures("zone")
def test_there_is_no_account_and_no_usual_pair_opens_one() -> None:
    pairs = list(product(NAMES, PASSWORDS))
    refused = 0
    for n, (name, password) in enumerate(pairs):
        knock = Knock(f"192.0.2.{n}")
        now = THURSDAY_10.replace(minute=0) + n * (THURSDAY_10 - THURSDAY_10.replace(hour=9))
        with pytest.raises(SignInRefused):
            try_password(tried=Tried(name, password), knock=knock, actor=None, now=now)
        refused += 1

    assert len(pairs) >= 200
    assert refused == len(pairs)
    assert [model.objects.count() for model in (User, Phone, OneTimeCode)] == [0, 0, 0]
