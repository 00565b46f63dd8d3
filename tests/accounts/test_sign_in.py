"""Signing in and out."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import User
from shuniu.zone.accounts.services import NewAccount, open_accounts
from shuniu.zone.kernel.models import Fact
from shuniu.zone.registry.models import ProfileVersion
from tests.factories import THURSDAY_10

PASSWORD = "correct horse battery"


@pytest.fixture
def user(zone: ProfileVersion) -> User:  # noqa: ARG001  # the zone is there first
    account = NewAccount("lingdao", "王领导", (Role.LEADER,), PASSWORD)
    return open_accounts(accounts=(account,), actor=None, now=THURSDAY_10)[0]


def kinds() -> list[str]:
    told = Fact.objects.filter(kind__startswith="accounts.user.").order_by("pk")
    return list(told.values_list("kind", flat=True))


def sign_in(client: Client, name: str, password: str, url: str = "/sign-in/") -> tuple[int, str]:
    """Try to sign in; return the status and the body with what differs each time taken out."""
    answer = client.post(url, {"name": name, "password": password})
    bare = re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]*"', "", answer.text)
    return answer.status_code, bare.replace(name, "") if name else bare


def test_the_right_name_and_password_open_the_door(client: Client, user: User) -> None:
    answer = client.post("/sign-in/", {"name": "lingdao", "password": PASSWORD})

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(user.pk)
    user.refresh_from_db()
    assert user.last_login is not None
    (fact,) = Fact.objects.filter(kind="accounts.user.signed_in")
    assert (fact.subject, fact.actor) == (f"accounts.user:{user.pk}", user)


@pytest.mark.usefixtures("user")
@pytest.mark.parametrize("name", ["LINGDAO", " Lingdao "])
def test_the_name_may_be_written_in_capitals(client: Client, name: str) -> None:
    answer = client.post("/sign-in/", {"name": name, "password": PASSWORD})

    assert answer.status_code == 302


@pytest.mark.usefixtures("user")
@pytest.mark.parametrize("password", [PASSWORD.upper(), f" {PASSWORD}", PASSWORD[:-1]])
def test_the_password_must_be_exact(client: Client, password: str) -> None:
    assert sign_in(client, "lingdao", password)[0] == 422
    assert kinds() == []


def test_a_wrong_password_an_unknown_name_and_a_closed_account_look_the_same(
    client: Client, user: User
) -> None:
    wrong = sign_in(client, "lingdao", "wrong")
    unknown = sign_in(client, "nobody9", "wrong")
    user.is_active = False
    user.save()
    closed = sign_in(client, "lingdao", PASSWORD)

    assert (wrong[0], unknown, closed) == (422, wrong, wrong)
    assert kinds() == []


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize("password", ["", "!", "None"])
def test_an_account_without_a_password_cannot_be_signed_in_with(
    client: Client, password: str
) -> None:
    open_accounts(accounts=(NewAccount("staff-1", "S", ()),), actor=None, now=THURSDAY_10)

    assert sign_in(client, "staff-1", password)[0] == 422


def test_an_account_that_is_closed_while_signed_in_is_out(client: Client, user: User) -> None:
    client.force_login(user)
    user.is_active = False
    user.save()

    assert client.get("/")["Location"] == "/sign-in/?next=/"


@pytest.mark.usefixtures("user")
@pytest.mark.parametrize(
    ("wanted", "goes_to"),
    [
        ("/cases/?turn=all", "/cases/?turn=all"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_signing_in_leads_to_a_page_of_this_site_only(
    client: Client, wanted: str, goes_to: str
) -> None:
    form = {"name": "lingdao", "password": PASSWORD}

    answer = client.post("/sign-in/", form, query_params={"next": wanted})

    assert answer["Location"] == goes_to


def test_somebody_who_is_signed_in_does_not_see_the_form(client: Client, user: User) -> None:
    client.force_login(user)

    assert client.get("/sign-in/", {"next": "/cases/"})["Location"] == "/cases/"


def test_the_session_is_a_new_one_after_signing_in_and_after_signing_out(
    client: Client, user: User
) -> None:
    client.force_login(User.objects.create(sign_in_name="x", name="X", created_at=THURSDAY_10))
    session = client.session
    session["planted"] = "yes"
    session.save()
    before = session.session_key
    client.post("/sign-out/")
    sign_in(client, "lingdao", PASSWORD)
    inside = client.session.session_key

    answer = client.post("/sign-out/")

    assert len({before, inside, client.session.session_key}) == 3
    assert "planted" not in client.session
    assert (answer["Location"], answer["Clear-Site-Data"]) == ("/sign-in/", '"cache", "storage"')
    assert kinds() == [
        "accounts.user.signed_out", "accounts.user.signed_in", "accounts.user.signed_out",
    ]  # fmt: skip
    client.cookies["sessionid"] = inside or ""
    assert client.get("/")["Location"] == "/sign-in/?next=/"
    assert user.pk is not None


@pytest.mark.usefixtures("zone")
def test_the_sign_in_page_is_kept_in_no_cache_and_does_not_repeat_a_password(
    client: Client,
) -> None:
    page = client.get("/sign-in/")
    wrong = client.post("/sign-in/", {"name": "a", "password": "my-secret-words"})

    assert "no-store" in page["Cache-Control"]
    assert "no-store" in wrong["Cache-Control"]
    assert "my-secret-words" not in wrong.text


@pytest.mark.usefixtures("zone")
def test_signing_out_twice_is_no_fault(client: Client) -> None:
    assert client.post("/sign-out/").status_code == 302
    assert kinds() == []
