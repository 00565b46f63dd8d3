"""Opening accounts."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import User
from shuniu.zone.accounts.queries import roles_of
from shuniu.zone.accounts.services import NewAccount, open_accounts
from shuniu.zone.kernel.models import Fact
from tests.factories import THURSDAY_10

pytestmark = pytest.mark.usefixtures("zone")


def test_accounts_are_opened_in_order_with_their_roles_and_one_fact_each() -> None:
    wanted = (
        NewAccount("  Lingdao ", "王领导", (Role.LEADER,), "correct horse"),
        NewAccount("duo", "李多", (Role.CENTER_CLERK, Role.SUPERVISOR)),
    )

    users = open_accounts(accounts=wanted, actor=None, now=THURSDAY_10)

    assert [(u.sign_in_name, u.name, u.created_at) for u in users] == [
        ("lingdao", "王领导", THURSDAY_10),
        ("duo", "李多", THURSDAY_10),
    ]
    assert [roles_of(u) for u in users] == [{"leader"}, {"center_clerk", "supervisor"}]
    opened = Fact.objects.filter(kind="accounts.account.opened").order_by("pk")
    assert [(f.subject, f.actor, f.data["roles"]) for f in opened] == [
        (f"accounts.user:{users[0].pk}", None, ["leader"]),
        (f"accounts.user:{users[1].pk}", None, ["center_clerk", "supervisor"]),
    ]


def test_a_password_is_kept_as_argon2id() -> None:
    wanted = (NewAccount("a", "A", (), "correct horse"), NewAccount("b", "B", ()))

    with_password, without = open_accounts(accounts=wanted, actor=None, now=THURSDAY_10)

    assert with_password.password.startswith("argon2$argon2id$")
    assert with_password.check_password("correct horse")
    assert (without.has_usable_password(), without.check_password("")) == (False, False)


def test_a_name_that_is_taken_opens_nothing() -> None:
    before = User.objects.count(), Fact.objects.count()
    wanted = (NewAccount("new", "New", ()), NewAccount("NEW", "New", ()))

    with pytest.raises(IntegrityError), transaction.atomic():
        open_accounts(accounts=wanted, actor=None, now=THURSDAY_10)

    assert (User.objects.count(), Fact.objects.count()) == before
