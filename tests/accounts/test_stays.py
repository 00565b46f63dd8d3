"""How long a stay lasts, how far it reaches, and what ends it: as a browser meets it."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from pytest_django import Settings

from shuniu.zone.accounts import queries, services
from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import Grant, SignInSession, User
from shuniu.zone.accounts.policies import needs_second_factor
from shuniu.zone.accounts.services import NewAccount
from shuniu.zone.kernel import live
from shuniu.zone.kernel.models import Fact
from shuniu.zone.registry.models import ProfileVersion
from tests.clients import Client
from tests.factories import THURSDAY_10, clerk, person

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
PASSWORD = "Drei Birnen 27 vorm Zaun"
PAGE = "/account/"


@pytest.fixture
def user(zone: ProfileVersion) -> User:  # noqa: ARG001  # the zone is there first
    account = NewAccount("shen", "沈建华", (Role.ENTERPRISE_USER,), PASSWORD)
    return services.open_accounts(accounts=(account,), actor=None, now=THURSDAY_10)[0]


def visit(client: Client, moment: datetime, page: str = PAGE) -> str:
    """Open a page at a moment; return where it leads, or the status."""
    with time_machine.travel(moment, tick=False):
        answer = client.get(page)
    return answer.headers.get("Location", str(answer.status_code))


def signed_in(user: User, *, second_factor: bool = True) -> Client:
    client = Client()
    with time_machine.travel(THURSDAY_10, tick=False):
        client.force_login(user, second_factor=second_factor)
    return client


def test_a_session_that_is_not_used_for_half_an_hour_is_over(user: User) -> None:
    client = signed_in(user)

    assert visit(client, THURSDAY_10 + 29 * MINUTE) == "200"
    assert visit(client, THURSDAY_10 + 58 * MINUTE) == "200"
    assert visit(client, THURSDAY_10 + 88 * MINUTE) == f"/sign-in/?next={PAGE}&why=idle"
    assert visit(client, THURSDAY_10 + 88 * MINUTE) == f"/sign-in/?next={PAGE}"


@pytest.mark.parametrize(
    ("open_page", "back_to"),
    [("http://testserver/cases/?turn=mine", "/cases/?turn=mine"), ("", "/")],
)
def test_a_part_of_a_page_leads_the_whole_page_to_the_sign_in(
    user: User, open_page: str, back_to: str
) -> None:
    client = signed_in(user)
    asked_by_htmx = {"HX-Request": "true", "HX-Current-URL": open_page}

    with time_machine.travel(THURSDAY_10 + HOUR, tick=False):
        answer = client.get(PAGE, headers=asked_by_htmx)

    query = urlencode({"next": back_to, "why": "idle"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["HX-Redirect"] == f"/sign-in/?{query}"


def test_a_session_is_over_after_twelve_hours_however_much_it_is_used(user: User) -> None:
    client = signed_in(user)

    pages = [visit(client, THURSDAY_10 + n * 20 * MINUTE) for n in range(1, 36)]

    assert pages == ["200"] * 35
    assert visit(client, THURSDAY_10 + 12 * HOUR) == f"/sign-in/?next={PAGE}&why=old"


def test_what_ran_out_is_written_down_once(user: User) -> None:
    client = signed_in(user)

    for _turn in range(3):
        visit(client, THURSDAY_10 + HOUR)

    told = Fact.objects.filter(kind="accounts.user.sessions_ended")
    assert [(f.actor, f.data["cause"]) for f in told] == [(None, "IDLE")]


def test_the_cookie_of_an_ended_session_opens_nothing(user: User) -> None:
    client = signed_in(user)
    cookie = client.cookies["sessionid"].value
    services.end_sessions(user_id=user.pk, but_key=None, actor=None, now=THURSDAY_10)

    assert visit(client, THURSDAY_10) == f"/sign-in/?next={PAGE}&why=ended"

    replay = Client()
    replay.cookies["sessionid"] = cookie
    assert visit(replay, THURSDAY_10) == f"/sign-in/?next={PAGE}"


def test_open_pages_that_only_listen_do_not_keep_a_session_alive(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "hand_back", lambda: None)  # the test needs its own
    client = signed_in(user)

    visit(client, THURSDAY_10 + 20 * MINUTE, "/live/")

    assert queries.sessions_of(user).get().seen_at == THURSDAY_10


def test_use_is_written_down_once_a_minute(user: User) -> None:
    client = signed_in(user)

    seen = []
    for seconds in (30, 59, 61, 90, 122):
        visit(client, THURSDAY_10 + timedelta(seconds=seconds))
        seen.append((queries.sessions_of(user).get().seen_at - THURSDAY_10).total_seconds())

    assert seen == [0, 0, 61, 61, 122]


def test_a_session_of_nobody_else_counts(user: User) -> None:
    client, other = signed_in(user), clerk()
    SignInSession.objects.update(user=other)

    assert visit(client, THURSDAY_10) == f"/sign-in/?next={PAGE}&why=ended"


def test_a_closed_account_is_out_at_the_next_request(user: User) -> None:
    client = signed_in(user)

    services.close_account(user_id=user.pk, actor=None, now=THURSDAY_10)

    assert visit(client, THURSDAY_10) == f"/sign-in/?next={PAGE}&why=closed"


@pytest.mark.parametrize("role", [r for r in Role if needs_second_factor(frozenset({r}))])
@pytest.mark.usefixtures("zone")
def test_with_the_password_alone_a_role_that_needs_more_reaches_only_the_second_factor(
    role: Role,
) -> None:
    client = signed_in(person(role), second_factor=False)

    pages = {page: visit(client, THURSDAY_10, page) for page in (PAGE, "/", "/cases/", "/people/")}

    assert set(pages.values()) == {"/account/second-factor/"}
    assert visit(client, THURSDAY_10, "/account/second-factor/") == "200"


def test_a_role_given_meanwhile_asks_for_the_second_factor_at_the_next_request(user: User) -> None:
    client = signed_in(user, second_factor=False)
    assert visit(client, THURSDAY_10) == "200"

    Grant.objects.create(user=user, role=Role.ENTERPRISE_ADMIN, granted_at=THURSDAY_10)

    assert visit(client, THURSDAY_10) == "/account/second-factor/"


def test_a_page_that_htmx_asks_for_leads_the_whole_window(user: User) -> None:
    client = signed_in(user, second_factor=False)
    Grant.objects.create(user=user, role=Role.ENTERPRISE_ADMIN, granted_at=THURSDAY_10)

    with time_machine.travel(THURSDAY_10, tick=False):
        answer = client.get(PAGE, headers={"HX-Request": "true"})

    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/account/second-factor/")


@pytest.mark.parametrize(("rules", "leads"), [("asvs", "200"), ("dengbao", "/account/password/")])
def test_an_old_password_leads_to_a_new_one_where_the_zone_demands_it(
    user: User, settings: Settings, rules: str, leads: str
) -> None:
    settings.PASSWORD_RULES = rules
    User.objects.update(password_changed_at=THURSDAY_10 - timedelta(days=90))
    client = signed_in(user)

    assert visit(client, THURSDAY_10) == leads
    assert visit(client, THURSDAY_10, "/account/password/") == "200"
