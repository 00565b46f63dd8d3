"""Coming in with a one-time code: the first time, or after a forgotten password."""

from __future__ import annotations

import pytest

from shuniu.zone.accounts import queries, services
from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import SignInSession, User
from shuniu.zone.kernel.models import Fact
from shuniu.zone.registry.models import ProfileVersion
from tests.accounts.door import NEW, Moment, code_at, opened, second_factor, text_of
from tests.clients import Client
from tests.factories import THURSDAY_10

REFUSED = "登录名和登录码对不上，或登录码已用过、已过期。请重新要一个。"


@pytest.fixture
def user(zone: ProfileVersion, moment: Moment) -> User:  # noqa: ARG001  # the zone is there first
    return opened(Role.ENTERPRISE_USER)


def issued(user: User, *, resets_second_factor: bool = False) -> str:
    return services.issue_code(
        user_id=user.pk, resets_second_factor=resets_second_factor, actor=None, now=THURSDAY_10
    )


def enter(
    client: Client, code: str, *, name: str = "shen", password: str = NEW, again: str = ""
) -> tuple[int, str]:
    """Send the form; return the status and where it leads or what the page says."""
    form = {"name": name, "code": code, "password": password, "again": again or password}
    answer = client.post("/enter/", form)
    return answer.status_code, answer.headers.get("Location", "") or text_of(answer.text)


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_a_code_and_a_new_password_let_a_person_in_and_end_the_other_sessions(
    client: Client, user: User
) -> None:
    other = Client()
    other.force_login(user)

    assert enter(client, issued(user)) == (302, "/")

    assert (is_in(client), is_in(other)) == (True, False)
    user.refresh_from_db()
    assert user.check_password(NEW)


@pytest.mark.parametrize("written", [str.lower, lambda code: code.replace("-", ""), " {} ".format])
def test_the_code_may_be_written_as_it_was_heard(
    client: Client, user: User, written: type[str]
) -> None:
    assert enter(client, written(issued(user))) == (302, "/")


def test_a_code_works_once(client: Client, user: User) -> None:
    code = issued(user)
    enter(client, code)

    status, words = enter(Client(), code, password="Elf Quitten 44 auf dem Tisch")

    assert (status, REFUSED in words) == (422, True)


def test_a_code_is_over_after_a_day(client: Client, user: User, moment: Moment) -> None:
    code = issued(user)
    moment.passes(hours=24)

    assert REFUSED in enter(client, code)[1]
    assert not is_in(client)


def test_another_persons_code_opens_nothing(client: Client, user: User) -> None:
    code = issued(user)
    opened(Role.ENTERPRISE_USER, name="fremd", phone="")

    theirs, unknown = enter(client, code, name="fremd"), enter(client, code, name="nobody9")

    assert (REFUSED in theirs[1], theirs[0]) == (True, 422)
    assert theirs == unknown


@pytest.mark.parametrize(
    ("password", "again", "says"),
    [
        ("short", "", "至少要 12 个字符。"),
        (NEW, NEW + "x", "两次输入不一致，请再输一次。"),
        ("kaifaqu kaifaqu 2026", "", "请不要包含“kaifaqu”，容易被猜到。"),
    ],
)
def test_a_password_that_cannot_be_taken_does_not_use_up_the_code(
    client: Client, user: User, password: str, again: str, says: str
) -> None:
    code = issued(user)

    status, words = enter(client, code, password=password, again=again)

    assert (status, says in words) == (422, True)
    assert enter(client, code) == (302, "/")


def test_a_code_for_the_password_alone_does_not_get_around_the_second_factor(
    client: Client, user: User
) -> None:
    secret, _codes = second_factor(user)

    assert enter(client, issued(user)) == (302, "/sign-in/code/")

    assert not is_in(client)
    answer = client.post("/sign-in/code/", {"code": code_at(secret, THURSDAY_10)})
    assert (answer["Location"], is_in(client)) == ("/", True)


def test_a_code_that_resets_the_second_factor_leads_straight_in(client: Client, user: User) -> None:
    second_factor(user)

    assert enter(client, issued(user, resets_second_factor=True)) == (302, "/")

    assert (is_in(client), queries.second_factor_of(user)) == (True, None)


@pytest.mark.usefixtures("zone", "moment")
def test_staff_come_in_with_a_code_and_set_up_the_second_factor_first(client: Client) -> None:
    clerk = opened(Role.CENTER_CLERK)

    enter(client, issued(clerk))

    assert client.get("/").headers["Location"] == "/account/second-factor/"


def test_too_many_codes_from_one_address_have_to_wait(client: Client, user: User) -> None:
    answers = [enter(client, "AAAA-BBBB-CCCC") for _ in range(11)]

    assert [status for status, _words in answers] == [422] * 10 + [429]
    assert "尝试次数过多，请 15 分钟后再试。" in answers[-1][1]
    assert not SignInSession.objects.filter(user=user).exists()
    assert Fact.objects.filter(kind="accounts.user.sign_in_failed").count() == 11


@pytest.mark.usefixtures("zone")
def test_the_rules_for_everybody_stand_above_the_new_password(client: Client) -> None:
    words = text_of(client.get("/enter/").text)

    assert "至少 12 个字符；工作人员至少 15 个。" in words
