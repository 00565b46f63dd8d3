"""Accounts opened at the command line, without any password."""

from __future__ import annotations

import pytest

from shuniu.cli import account, main
from shuniu.zone.accounts.choices import STAFF_ROLES, Role
from shuniu.zone.accounts.models import User
from shuniu.zone.accounts.queries import roles_of, second_factor_of, user_called
from shuniu.zone.accounts.services import Knock, enter_with_code
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.models import Fact
from shuniu.zone.registry.models import ProfileVersion
from tests.sharing import durable_database, shared_database

__all__ = ["durable_database", "shared_database"]
PASSWORD = "a door in the north wall"  # invented


@pytest.fixture(autouse=True)
def _zone(durable_database: None, zone: ProfileVersion) -> None:
    """A database that the commands agree to work on, with the zone in it."""


def code_in(said: str) -> str:
    return said.splitlines()[0].rpartition(": ")[2]


def enter(name: str, code: str) -> User:
    return enter_with_code(
        name=name,
        code=code,
        password=PASSWORD,
        knock=Knock(""),
        actor=None,
        now=clock.now(),
    )


def test_every_role_of_staff_can_be_given_and_no_other() -> None:
    assert set(account.ROLES) == {role.value for role in STAFF_ROLES}


def test_an_account_is_opened_without_a_password_and_entered_with_the_code(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["account", "add", "Anquan", "--name", "李敏", "--role", "security_admin"]

    status = main([*words, "--role", "leader", "--office", "service_center"])

    said = capsys.readouterr().out
    user = user_called("anquan")
    assert user is not None
    assert (status, user.has_usable_password()) == (0, False)
    assert roles_of(user) == {Role.SECURITY_ADMIN, Role.LEADER}
    assert [post.office.code for post in user.posts.all()] == ["service_center"]
    assert said.startswith("One-time code for 李敏 (anquan): ")
    assert enter("anquan", code_in(said)) == user
    origins = Fact.objects.filter(kind__startswith="accounts.account").values_list("origin")
    assert list(origins) == [("command line",)]


def test_another_code_lets_somebody_in_who_lost_password_and_phone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["account", "add", "anquan", "--name", "李敏", "--role", "security_admin"])
    first = code_in(capsys.readouterr().out)

    assert main(["account", "code", "anquan", "--new-second-factor"]) == 0

    second = code_in(capsys.readouterr().out)
    user = enter("anquan", second)
    assert (first == second, second_factor_of(user)) == (False, None)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["code", "nobody"], "Nobody signs in with nobody."),
        (["add", "x", "--name", "X", "--role", "leader", "--office", "moon"], "No office has"),
        (
            ["add", "x", "--name", "X", "--role", "system_admin", "--role", "audit_admin"],
            "never in one hand",
        ),
    ],
)
def test_what_cannot_be_done_is_said(
    words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["account", *words]) == 2

    told = capsys.readouterr()
    assert (sentence in told.err, told.out) == (True, "")
    assert (User.objects.count(), Fact.objects.filter(kind__startswith="accounts").count()) == (
        0,
        0,
    )


def test_a_name_that_is_taken_opens_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["account", "add", "wang", "--name", "王", "--role", "leader"]
    main(words)
    capsys.readouterr()

    assert main(words) == 2

    assert (capsys.readouterr().out, User.objects.count()) == ("", 1)


def test_a_closed_account_gets_no_code(capsys: pytest.CaptureFixture[str]) -> None:
    main(["account", "add", "wang", "--name", "王", "--role", "leader"])
    User.objects.update(is_active=False)
    capsys.readouterr()

    assert main(["account", "code", "wang"]) == 2

    assert capsys.readouterr().out == ""
