"""Where a person is signed in, and ending it from another place."""

from __future__ import annotations

import pytest
from django.utils import translation

from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import SignInSession, User
from shuniu.zone.accounts.views.agents import agent_of
from tests.accounts.door import Moment, opened, send, sign_in, text_of
from tests.clients import Client

ACCOUNT, SESSIONS = "/account/", "/account/sessions/"


def test_each_session_says_what_it_is_and_this_one_stands_first(
    inside: Client, carrier: User, moment: Moment
) -> None:
    phone = Client(headers={"user-agent": "Mozilla/5.0 (iPhone) MicroMessenger/8.0"})
    moment.passes(minutes=5)
    sign_in(phone)

    page = inside.get(SESSIONS).text

    words = text_of(page)
    assert "微信 · iPhone" in words
    assert words.index("本机") < words.index("微信 · iPhone")
    assert page.count("/end/") == 2  # the other one, and all others
    assert carrier.pk is not None


def test_a_session_that_ran_out_is_not_shown(inside: Client, carrier: User, moment: Moment) -> None:
    Client().force_login(carrier)
    moment.passes(minutes=29)
    inside.get(ACCOUNT)
    moment.passes(minutes=2)

    assert "没有在别的设备上登录。" in text_of(inside.get(SESSIONS).text)


def test_ending_a_session_signs_that_browser_out(inside: Client, carrier: User) -> None:
    other = Client()
    other.force_login(carrier)
    session = SignInSession.objects.latest("pk")

    assert send(inside, f"{SESSIONS}{session.pk}/end/") == (302, SESSIONS)

    gone = other.get(ACCOUNT, follow=True)
    assert "您在另一台设备上或由管理员退出了此处的登录。" in text_of(gone.text)
    assert "那台设备已退出登录。" in text_of(inside.get(SESSIONS).text)


def test_all_others_end_and_this_one_stays(inside: Client, carrier: User) -> None:
    others = [Client(), Client()]
    for other in others:
        other.force_login(carrier)

    assert send(inside, f"{SESSIONS}end/") == (302, SESSIONS)

    assert "已让另外 2 台设备退出登录。" in text_of(inside.get(SESSIONS).text)
    assert [other.get(ACCOUNT).status_code for other in others] == [302, 302]


def test_somebody_elses_session_is_not_there(inside: Client) -> None:
    stranger = opened(Role.CARRIER, name="fremd", phone="")
    Client().force_login(stranger)
    theirs = SignInSession.objects.latest("pk")

    foreign = send(inside, f"{SESSIONS}{theirs.pk}/end/")
    missing = send(inside, f"{SESSIONS}99999999/end/")

    assert (foreign, foreign[0]) == (missing, 404)
    theirs.refresh_from_db()
    assert theirs.ended_at is None


@pytest.mark.parametrize(
    ("said", "words", "is_phone"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0 Safari/537.36",
            "Chrome · Windows",
            False,
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36 Edg/126.0",
            "Edge · Windows",
            False,
        ),
        (
            "Mozilla/5.0 (Linux; Android 14) Chrome/116 Mobile Safari/537.36 MicroMessenger/8.0.47",
            "微信 · 安卓",
            True,
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1",
            "Safari · iPhone",
            True,
        ),
        (
            "Mozilla/5.0 (Phone; OpenHarmony 5.0) Chrome/114 HuaweiBrowser/5.0 Mobile",
            "华为浏览器 · 鸿蒙",
            True,
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:127.0) Firefox/127.0",
            "Firefox · Mac",
            False,
        ),
        ("", "未知浏览器", False),
    ],
)
def test_a_browser_is_named_as_a_person_would(said: str, words: str, is_phone: bool) -> None:
    with translation.override("zh-hans"):
        agent = agent_of(said)

    assert (agent.words, agent.is_phone) == (words, is_phone)
