"""Keys for programs: what they open, and when they open nothing any more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from shuniu.zone.accounts import services
from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import AccessToken, SecondFactor, User
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.models import Fact
from shuniu.zone.portal.views.api_words import OPERATIONS
from tests.api.programs import Program, key_of, program_of
from tests.clients import Client
from tests.factories import CaseFactory, EnterpriseFactory, clerk, member_of, security_admin

pytestmark = pytest.mark.django_db


def test_a_key_says_whom_it_asks_for() -> None:
    person = clerk()

    answer = program_of(person).get("/me").json()

    assert (answer["name"], answer["roles"]) == (person.name, ["center_clerk"])
    assert answer["key"]["may_write"] is True


def test_the_key_itself_is_kept_nowhere() -> None:
    key = key_of(clerk())

    [token] = AccessToken.objects.values()

    assert key not in str(token)
    assert not Fact.objects.filter(data__icontains=key).exists()


def test_a_key_that_only_reads_changes_nothing() -> None:
    case = CaseFactory.create()
    program = program_of(clerk(), may_write=False)

    read, written = program.get(f"/cases/{case.pk}"), program.post(f"/cases/{case.pk}/sign")

    assert (read.status_code, written.status_code) == (200, 403)
    assert written.json()["type"] == "urn:shuniu:problem:accounts.token_only_reads"


def _closed(person: User, now: datetime) -> None:
    services.close_account(user_id=person.pk, actor=None, now=now)


def _without_role(person: User, now: datetime) -> None:
    services.take_role(user_id=person.pk, role=Role.CENTER_CLERK, actor=None, now=now)


def _revoked(person: User, now: datetime) -> None:
    services.revoke_tokens(user_id=person.pk, actor=security_admin(), now=now)


def _over(person: User, now: datetime) -> None:
    AccessToken.objects.filter(user=person).update(expires_at=now - timedelta(seconds=1))


@pytest.mark.parametrize("happens", [_closed, _without_role, _revoked, _over])
def test_a_key_ends(happens: Callable[[User, datetime], None]) -> None:
    person = clerk()
    program = program_of(person)
    before = program.get("/me").status_code

    happens(person, clock.now())

    after = program.get("/me")
    assert (before, after.status_code) == (200, 401)
    assert after.headers["WWW-Authenticate"] == 'Bearer realm="shuniu", error="invalid_token"'


def test_a_new_password_ends_the_keys() -> None:
    person = member_of(EnterpriseFactory.create())
    person.set_password("a long old password 1")
    person.save()
    program = program_of(person)

    services.change_password(
        old="a long old password 1",
        new="白鹭飞过三座桥与码头边的老槐树下",
        session_key=None,
        actor=person,
        now=clock.now(),
    )

    assert program.get("/me").status_code == 401
    assert Fact.objects.filter(kind="accounts.token.ended").get().data["cause"] == "PASSWORD"


def test_a_key_opens_nothing_while_the_second_factor_is_missing() -> None:
    person = clerk()
    program = program_of(person)
    SecondFactor.objects.filter(user=person).delete()

    answer = program.get("/me")

    assert answer.status_code == 403
    assert answer.json()["type"] == "urn:shuniu:problem:accounts.second_factor_first"


def test_a_key_that_rested_for_long_is_told_of_once() -> None:
    program = program_of(clerk())
    AccessToken.objects.update(made_at=clock.now() - timedelta(days=40))

    program.get("/me")
    program.get("/me")

    [fact] = Fact.objects.filter(kind="accounts.token.used_again")
    assert fact.data["days"] == 40
    assert AccessToken.objects.get().used_on == clock.today()


@pytest.mark.parametrize("days", [0, 366])
def test_a_key_lasts_at_most_a_year(days: int) -> None:
    with pytest.raises(services.TokenLastsTooLong):
        services.make_token(name="x", may_write=False, days=days, actor=clerk(), now=clock.now())

    assert not AccessToken.objects.exists()


def test_a_key_is_made_on_the_page_and_shown_once() -> None:
    client = Client()
    client.force_login(member_of(EnterpriseFactory.create()))
    given = {"name": "报表", "days": "90", "idempotency_key": "a-form-of-this-test"}

    page = client.post("/account/keys/", given, follow=True)
    again = client.get("/account/keys/")

    key = page.context["new"][0]
    assert key in page.content.decode()
    assert key not in again.content.decode()
    assert Program(key).get("/me").json()["key"]["may_write"] is False


def test_a_key_is_made_only_after_the_password_was_given_again() -> None:
    client = Client()
    client.force_login(clerk())
    client.get("/account/")
    User.objects.get().sign_in_sessions.update(confirmed_at=None)
    given = {"name": "报表", "days": "90", "idempotency_key": "a-form-of-this-test"}

    answer = client.post("/account/keys/", given)

    assert answer.headers["Location"] == "/account/confirm/?next=%2Faccount%2Fkeys%2F"
    assert not AccessToken.objects.exists()


def test_the_page_of_the_api_shows_every_operation() -> None:
    client = Client()
    client.force_login(clerk())

    page = client.get("/api/").content.decode()

    assert page.count('class="operation"') == len(OPERATIONS)
    assert "/api/v1/cases/{case_id}/accept" in page
