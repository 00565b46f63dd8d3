"""What a person sees of the own account, and what they can do there."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from shuniu.zone.accounts import services
from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import SecondFactor, SignInSession, User
from shuniu.zone.kernel.models import Fact
from tests.accounts.door import (
    NEW,
    PASSWORD,
    Moment,
    opened,
    send,
    sign_in,
    text_of,
)
from tests.clients import Client
from tests.costs import costs
from tests.factories import THURSDAY_10

ACCOUNT, SECOND_FACTOR = "/account/", "/account/second-factor/"
CODES, SESSIONS = "/account/recovery-codes/", "/account/sessions/"


def fields_of(html: str) -> dict[str, str]:
    """Return what each visible field asks the browser to fill in."""
    tags = re.findall(r"<input[^>]*>", html.partition("<main")[2])
    pairs = [dict(re.findall(r'([\w-]+)="([^"]*)"', tag)) for tag in tags]
    return {
        pair["name"]: pair.get("autocomplete", "") for pair in pairs if pair["type"] != "hidden"
    }


def test_the_account_says_who_one_is_and_what_one_may_do(inside: Client) -> None:
    words = text_of(inside.get(ACCOUNT).text)

    assert "154****2345" in words
    assert "15400012345" not in words
    assert "承运人或司机 管理本人账号。运输事宜请致电企业服务中心。" in words
    assert "未开启：别人拿到密码就能登录" in words
    assert "当前 1 台设备" in words


def test_somebody_without_a_role_reads_whom_to_call(client: Client, carrier: User) -> None:
    services.take_role(user_id=carrier.pk, role=Role.CARRIER, actor=None, now=THURSDAY_10)
    client.force_login(carrier)

    assert "账号还没有角色，请致电企业服务中心，马上就能办好。" in text_of(client.get(ACCOUNT).text)


@pytest.mark.usefixtures("zone", "moment")
def test_somebody_for_no_enterprise_yet_reads_whom_to_call(client: Client) -> None:
    client.force_login(opened(Role.ENTERPRISE_USER))

    assert "账号还没有关联企业或单位" in text_of(client.get(ACCOUNT).text)


@pytest.mark.parametrize("role", Role)
@pytest.mark.usefixtures("zone", "moment")
def test_every_role_is_told_what_it_may_do(client: Client, role: Role) -> None:
    client.force_login(opened(role))

    page = client.get(ACCOUNT).text

    assert f"<dt>{role.label}</dt>" in page
    assert not re.search(r"<dd>\s*</dd>", page)


@pytest.mark.parametrize("others", [0, 2])
@pytest.mark.parametrize("page", ["account", "sessions"])
def test_a_page_costs_the_same_for_one_session_and_for_three(
    inside: Client,
    carrier: User,
    django_assert_num_queries: DjangoAssertNumQueries,
    page: str,
    others: int,
) -> None:
    for _ in range(others):
        Client().force_login(carrier)

    with django_assert_num_queries(costs()[f"accounts:{page}"]):
        inside.get(reverse(f"accounts:{page}"))


@pytest.mark.parametrize("page", ["password", "second-factor", "confirm"])
def test_a_form_of_the_account_costs_what_was_reviewed(
    inside: Client, django_assert_num_queries: DjangoAssertNumQueries, page: str
) -> None:
    with django_assert_num_queries(costs()[f"accounts:{page}"]):
        inside.get(reverse(f"accounts:{page}"))


@pytest.mark.parametrize("page", ["password", "second-factor", "confirm", "sessions", "account"])
def test_no_page_of_the_account_stays_in_a_cache(inside: Client, page: str) -> None:
    assert "no-store" in inside.get(reverse(f"accounts:{page}"))["Cache-Control"]


def change(client: Client, old: str = PASSWORD, new: str = NEW, again: str = "") -> tuple[int, str]:
    return send(client, "/account/password/", old=old, new=new, again=again or new)


def test_a_changed_password_ends_the_other_sessions_and_keeps_this_one(
    inside: Client, carrier: User
) -> None:
    other = Client()
    other.force_login(carrier)

    assert change(inside) == (302, ACCOUNT)

    page = inside.get(ACCOUNT)
    assert page.status_code == 200
    assert "密码已修改，其他设备已全部退出登录。" in text_of(page.text)
    gone = other.get(ACCOUNT, follow=True)
    assert gone.redirect_chain == [("/sign-in/?next=/account/&why=password", 302)]
    assert "密码已修改，其他设备都已退出。请用新密码登录。" in text_of(gone.text)
    carrier.refresh_from_db()
    assert carrier.check_password(NEW)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (("wrong", NEW, NEW), "当前密码不对。"),
        ((PASSWORD, NEW, NEW + "x"), "两次输入不一致，请再输一次。"),
        ((PASSWORD, "short"), "至少要 12 个字符。"),
        ((PASSWORD, "沈建华沈建华沈建华沈建华"), "请不要包含“沈建华”"),
        ((PASSWORD, PASSWORD), "新密码不能和当前密码相同。"),
    ],
)
def test_a_password_that_cannot_be_taken_says_what_to_change(
    inside: Client, carrier: User, typed: tuple[str, ...], says: str
) -> None:
    status, words = change(inside, *typed)

    assert (status, says in words) == (422, True)
    carrier.refresh_from_db()
    assert carrier.check_password(PASSWORD)


def test_wrong_passwords_are_counted_though_the_form_is_refused(inside: Client) -> None:
    answers = [change(inside, "wrong")[1] for _ in range(11)]

    assert ["当前密码不对。" in words for words in answers] == [True] * 10 + [False]
    assert "尝试次数过多，请 15 分钟后再试。" in answers[-1]
    told = Fact.objects.filter(kind="accounts.user.sign_in_failed")
    assert told.count() == 11


def test_the_rules_stand_beside_the_form_and_fit_the_zone(
    inside: Client, settings: Settings
) -> None:
    settings.PASSWORD_RULES = "asvs"
    asvs = text_of(inside.get("/account/password/").text)
    settings.PASSWORD_RULES = "dengbao"
    dengbao = text_of(inside.get("/account/password/").text)

    mixed, changed = "大写字母、小写字母、数字、其他符号，至少三种。", "每 90 天必须更换一次。"
    assert ("至少 12 个字符。" in asvs, mixed in asvs, changed in asvs) == (True, False, False)
    assert [words in dengbao for words in ("至少 12 个字符。", mixed, changed)] == [True] * 3


@pytest.mark.usefixtures("zone", "moment")
def test_staff_read_that_they_need_a_longer_one(client: Client) -> None:
    client.force_login(opened(Role.LEADER))

    assert "至少 15 个字符。" in text_of(client.get("/account/password/").text)


def test_an_old_password_has_to_be_changed_before_anything_else(
    client: Client, carrier: User, moment: Moment, settings: Settings
) -> None:
    settings.PASSWORD_RULES = "dengbao"
    moment.passes(days=90)
    sign_in(client)

    page = client.get(ACCOUNT, follow=True)

    assert page.redirect_chain == [("/account/password/", 302)]
    assert "密码已超过 90 天。按园区规定，请先更换密码再继续。" in text_of(page.text)
    assert change(client) == (302, ACCOUNT)
    assert client.get(ACCOUNT).status_code == 200
    assert carrier.pk is not None


def test_a_password_manager_finds_its_fields(inside: Client) -> None:
    assert fields_of(inside.get("/account/password/").text) == {
        "username": "username",
        "old": "current-password",
        "new": "new-password",
        "again": "new-password",
    }


def test_the_password_given_again_leads_on(inside: Client, moment: Moment) -> None:
    moment.passes(minutes=11)

    wrong = send(inside, f"/account/confirm/?next={SESSIONS}", password="wrong")
    right = send(inside, f"/account/confirm/?next={SESSIONS}", password=PASSWORD)

    assert (wrong[0], "当前密码不对。" in wrong[1]) == (422, True)
    assert right == (302, SESSIONS)
    assert SignInSession.objects.get().confirmed_at == moment.at


@pytest.mark.parametrize(
    "url", [SECOND_FACTOR, f"{SECOND_FACTOR}off/", CODES, f"{SESSIONS}end/", f"{SESSIONS}1/end/"]
)
def test_what_matters_asks_for_the_password_after_ten_minutes(
    inside: Client, carrier: User, moment: Moment, url: str
) -> None:
    facts = Fact.objects.count()
    moment.passes(minutes=10)

    status, leads_to = send(inside, url)

    assert (status, leads_to.startswith("/account/confirm/?next=%2Faccount%2F")) == (302, True)
    assert (Fact.objects.count(), SecondFactor.objects.filter(pk=carrier.pk).exists()) == (
        facts,
        False,
    )
