"""Setting the second factor up, keeping its recovery codes, turning it off."""

from __future__ import annotations

import base64
import re

import pytest
from django.contrib.sessions.models import Session
from django.core import signing

from shuniu.zone.accounts import queries
from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import SecondFactor, User
from tests.accounts.door import Moment, code_at, opened, second_factor, send, sign_in, text_of
from tests.clients import Client
from tests.factories import THURSDAY_10

ACCOUNT, SECOND_FACTOR = "/account/", "/account/second-factor/"
CODES, SESSIONS = "/account/recovery-codes/", "/account/sessions/"


def set_up(client: Client, carrier: User, moment: Moment) -> list[str]:
    """Set the second factor up in the browser; return the recovery codes on the page."""
    assert send(client, SECOND_FACTOR) == (302, SECOND_FACTOR)
    code = code_at(SecondFactor.objects.get(pk=carrier.pk).secret, moment.at)
    assert send(client, SECOND_FACTOR, code=code) == (302, CODES)
    return re.findall(r"<code>([^<]*)</code>", client.get(CODES).text)


def test_the_second_factor_is_explained_before_it_is_begun(inside: Client, carrier: User) -> None:
    page = inside.get(SECOND_FACTOR)

    assert "手机上的验证器应用每半分钟显示一个新的六位动态码，不用联网，也不收费。" in text_of(
        page.text
    )
    assert not SecondFactor.objects.filter(pk=carrier.pk).exists()


def test_the_secret_is_shown_as_picture_link_and_words(inside: Client, carrier: User) -> None:
    send(inside, SECOND_FACTOR)

    page = inside.get(SECOND_FACTOR).text

    secret = SecondFactor.objects.get(pk=carrier.pk).secret
    groups = re.findall(r"<span>([A-Z2-7]{4})</span>", page)
    assert ("".join(groups), len(groups)) == (secret, 8)
    assert 'src="data:image/svg+xml' in page
    assert 'href="otpauth://totp/' in page
    assert f"secret={secret}" in page


def test_a_first_code_turns_it_on_and_the_recovery_codes_are_shown_once(
    inside: Client, carrier: User, moment: Moment
) -> None:
    codes = set_up(inside, carrier, moment)

    assert (len(codes), queries.recovery_codes_left(carrier)) == (10, 10)
    again = inside.get(CODES)
    assert (again.status_code, again["Location"]) == (302, SECOND_FACTOR)
    assert "还剩 10 个（共十个）" in text_of(inside.get(SECOND_FACTOR).text)


def test_the_recovery_codes_can_be_kept_as_a_file(
    inside: Client, carrier: User, moment: Moment
) -> None:
    send(inside, SECOND_FACTOR)
    code = code_at(SecondFactor.objects.get(pk=carrier.pk).secret, moment.at)
    send(inside, SECOND_FACTOR, code=code)
    page = inside.get(CODES).text

    codes = re.findall(r"<code>([^<]*)</code>", page)
    encoded = re.search(r'href="data:text/plain;charset=utf-8;base64,([^"]*)"', page)
    assert encoded is not None
    text = base64.b64decode(encoded[1]).decode("utf-8-sig")
    assert text.split() == ["shen", "的恢复码，每个只能用一次。", *codes]


def test_what_is_shown_once_lies_sealed_in_the_database(
    inside: Client, carrier: User, moment: Moment
) -> None:
    send(inside, SECOND_FACTOR)
    code = code_at(SecondFactor.objects.get(pk=carrier.pk).secret, moment.at)
    send(inside, SECOND_FACTOR, code=code)
    kept = Session.objects.get(pk=inside.session.session_key).session_data

    opened_up = signing.loads(kept, salt="django.contrib.sessions.SessionStore")
    codes = re.findall(r"<code>([^<]*)</code>", inside.get(CODES).text)

    assert opened_up["recovery-codes"].startswith("gAAAA")
    assert [code in str(opened_up) for code in codes] == [False] * 10


def test_a_wrong_first_code_turns_nothing_on(inside: Client, carrier: User) -> None:
    send(inside, SECOND_FACTOR)

    status, words = send(inside, SECOND_FACTOR, code="000000")

    assert (status, "这个码不对，或已经用过" in words) == (422, True)
    assert queries.second_factor_of(carrier) is None


def test_a_form_sent_twice_does_not_swallow_the_recovery_codes(
    inside: Client, carrier: User, moment: Moment
) -> None:
    send(inside, SECOND_FACTOR)
    code = code_at(SecondFactor.objects.get(pk=carrier.pk).secret, moment.at)
    form = {"code": code, "idempotency_key": "pressed-twice"}

    answers = [inside.post(SECOND_FACTOR, form)["Location"] for _ in range(2)]

    assert answers == [CODES, CODES]
    assert len(re.findall(r"<code>", inside.get(CODES).text)) == 10


def test_new_recovery_codes_replace_the_old_ones(
    inside: Client, carrier: User, moment: Moment
) -> None:
    before = set_up(inside, carrier, moment)

    assert send(inside, CODES) == (302, CODES)

    after = re.findall(r"<code>([^<]*)</code>", inside.get(CODES).text)
    assert (len(after), set(before) & set(after)) == (10, set())


def test_few_recovery_codes_are_pointed_out(inside: Client, carrier: User) -> None:
    second_factor(carrier)
    used = carrier.recovery_codes.order_by("pk")[:8]
    carrier.recovery_codes.filter(pk__in=used.values("pk")).update(used_at=THURSDAY_10)

    assert "恢复码快用完了。" in text_of(inside.get(SECOND_FACTOR).text)


def test_whose_role_does_not_need_it_may_turn_it_off(inside: Client, carrier: User) -> None:
    second_factor(carrier)

    assert send(inside, f"{SECOND_FACTOR}off/") == (302, SECOND_FACTOR)

    assert queries.second_factor_of(carrier) is None
    assert "两步验证已关闭。" in text_of(inside.get(SECOND_FACTOR).text)


@pytest.mark.usefixtures("zone", "moment")
def test_whose_role_needs_it_cannot_turn_it_off(client: Client) -> None:
    leader = opened(Role.LEADER)
    second_factor(leader)
    client.force_login(leader)

    status, words = send(client, f"{SECOND_FACTOR}off/")

    assert (status, "您的角色必须使用两步验证，不能关闭。" in words) == (409, True)
    page = client.get(SECOND_FACTOR).text
    assert f'action="{SECOND_FACTOR}off/"' not in page
    assert queries.second_factor_of(leader) is not None


@pytest.mark.usefixtures("zone")
def test_staff_set_it_up_before_anything_else_and_then_work(client: Client, moment: Moment) -> None:
    leader = opened(Role.LEADER)
    sign_in(client)
    moment.passes(minutes=20)

    page = client.get("/", follow=True)

    assert page.redirect_chain == [(SECOND_FACTOR, 302)]
    assert "您的角色必须开启。请现在设置" in text_of(page.text)
    assert [client.get(url)["Location"] for url in (ACCOUNT, SESSIONS)] == [SECOND_FACTOR] * 2
    assert len(set_up(client, leader, moment)) == 10
    assert client.get(ACCOUNT).status_code == 200


@pytest.mark.usefixtures("zone", "moment")
def test_a_browser_from_before_is_told_to_sign_in_again(client: Client) -> None:
    leader = opened(Role.LEADER)
    sign_in(client)
    second_factor(leader)

    page = client.get(ACCOUNT, follow=True)

    assert "已在另一台设备上开启" in text_of(page.text)
    assert 'action="/sign-out/"' in page.text.partition("<main")[2]
