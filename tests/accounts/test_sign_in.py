"""The door: signing in and out, in the browser."""

from __future__ import annotations

import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import DjangoAssertNumQueries

from shuniu.zone.accounts import services
from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import SignInSession, User
from shuniu.zone.accounts.views.ways import methods_of
from shuniu.zone.kernel.models import Fact
from shuniu.zone.registry.models import ProfileVersion
from tests.accounts.door import (
    PASSWORD,
    PHONE,
    Moment,
    bare,
    code_at,
    opened,
    second_factor,
    sign_in,
    text_of,
)
from tests.clients import Client
from tests.costs import costs
from tests.factories import THURSDAY_10

REFUSED = "登录名或密码不正确，请核对后重试。"


@pytest.fixture
def user(zone: ProfileVersion, moment: Moment) -> User:  # noqa: ARG001  # the zone is there first
    return opened(Role.ENTERPRISE_USER)


def kinds() -> list[str]:
    told = Fact.objects.filter(kind__startswith="accounts.user.").order_by("pk")
    return list(told.values_list("kind", flat=True))


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def guess(client: Client, name: str = "shen", **fields: str) -> tuple[int, str]:
    """Try a wrong password; return the status and the page without what differs each time."""
    answer = client.post("/sign-in/", {"name": name, "password": "wrong", **fields})
    return answer.status_code, bare(answer.text, name)


def test_the_right_name_and_password_open_the_door(client: Client, user: User) -> None:
    answer = client.post("/sign-in/", {"name": "shen", "password": PASSWORD})

    assert (answer.status_code, answer["Location"]) == (302, "/")
    session = SignInSession.objects.get()
    assert (session.user, session.began_at, session.second_factor_at) == (user, THURSDAY_10, None)
    fact = Fact.objects.get(kind="accounts.user.signed_in")
    assert (fact.subject, fact.actor) == (f"accounts.user:{user.pk}", user)
    assert fact.data["session_id"] == session.pk


@pytest.mark.usefixtures("user")
@pytest.mark.parametrize("name", ["SHEN", " Shen ", PHONE, "154 0001 2345"])
def test_a_name_in_capitals_and_the_phone_number_open_it_too(client: Client, name: str) -> None:
    sign_in(client, name)

    assert is_in(client)


@pytest.mark.usefixtures("user")
@pytest.mark.parametrize("password", [PASSWORD.upper(), f" {PASSWORD}", PASSWORD[:-1]])
def test_the_password_must_be_exact(client: Client, password: str) -> None:
    answer = client.post("/sign-in/", {"name": "shen", "password": password})

    assert (answer.status_code, kinds()) == (422, ["accounts.user.sign_in_failed"])


def test_a_wrong_password_an_unknown_name_and_a_closed_account_look_the_same(
    client: Client, user: User
) -> None:
    wrong, unknown = guess(client), guess(client, "nobody9")
    services.close_account(user_id=user.pk, actor=None, now=THURSDAY_10)
    closed = client.post("/sign-in/", {"name": "shen", "password": PASSWORD})

    assert (wrong[0], text_of(wrong[1]).count(REFUSED)) == (422, 1)
    assert (unknown, (closed.status_code, bare(closed.text, "shen"))) == (wrong, wrong)


@pytest.mark.usefixtures("user")
def test_too_many_guesses_are_told_the_same_way_whether_or_not_there_is_such_an_account(
    client: Client,
) -> None:
    for _ in range(5):
        guess(client), guess(client, "nobody9")

    blocked, unknown = guess(client), guess(client, "nobody9")

    assert unknown == blocked
    assert blocked[0] == 429
    words = text_of(blocked[1])
    assert "尝试次数过多，请 1 分钟后再试。" in words
    assert "账号已开启两步验证的：在下面一起填写登录名、密码和动态码，马上就能登录。" in words
    assert 'name="code"' in blocked[1]


def test_whoever_is_held_back_gets_in_with_password_and_code_together(
    client: Client, user: User
) -> None:
    secret, _codes = second_factor(user)
    for _ in range(6):
        guess(client)
    both = {"name": "shen", "password": PASSWORD, "code": code_at(secret, THURSDAY_10)}

    answer = client.post("/sign-in/", both)

    assert (answer.status_code, is_in(client)) == (302, True)
    assert SignInSession.objects.get().second_factor_at == THURSDAY_10


@pytest.mark.usefixtures("user")
def test_an_empty_code_field_stays_when_the_password_is_wrong_once_more(client: Client) -> None:
    _status, page = guess(client, code="")

    assert 'name="code"' in page


@pytest.mark.parametrize("password", ["", "!", "None"])
def test_an_account_without_a_password_cannot_be_signed_in_with(
    client: Client, user: User, password: str
) -> None:
    user.set_unusable_password()
    user.save()

    answer = client.post("/sign-in/", {"name": "shen", "password": password})

    assert answer.status_code == 422


def test_with_a_second_factor_the_password_alone_opens_nothing(client: Client, user: User) -> None:
    secret, _codes = second_factor(user)
    url = "/sign-in/?next=/account/sessions/"

    answer = client.post(url, {"name": "shen", "password": PASSWORD})

    then = answer["Location"]
    assert then == "/sign-in/code/?next=%2Faccount%2Fsessions%2F"
    assert not is_in(client)
    answer = client.post(then, {"code": code_at(secret, THURSDAY_10)})
    assert (answer["Location"], is_in(client)) == ("/account/sessions/", True)
    assert Fact.objects.get(kind="accounts.user.signed_in").data["second_factor"] == "TOTP"


def test_a_code_is_taken_once(client: Client, user: User) -> None:
    secret, _codes = second_factor(user)
    code = {"code": code_at(secret, THURSDAY_10)}
    other = Client()
    for browser in (client, other):
        sign_in(browser)

    first, second = client.post("/sign-in/code/", code), other.post("/sign-in/code/", code)

    assert (first.status_code, second.status_code) == (302, 422)
    assert "这个码不对，或已经用过，请用下一个。" in text_of(second.text)
    assert (is_in(client), is_in(other)) == (True, False)


def test_a_recovery_code_stands_in_once_for_the_phone(client: Client, user: User) -> None:
    _secret, codes = second_factor(user)
    other = Client()
    for browser in (client, other):
        sign_in(browser)
    given = {"recovery_code": codes[0].lower().replace("-", " ")}

    first, second = client.post("/sign-in/code/", given), other.post("/sign-in/code/", given)

    assert (first.status_code, second.status_code) == (302, 422)
    assert '<details class="more" open>' in second.text


@pytest.mark.parametrize("field", ["code", "recovery_code"])
def test_an_empty_code_is_asked_for_again_in_its_own_field(
    client: Client, user: User, field: str
) -> None:
    second_factor(user)
    sign_in(client)

    page = client.post("/sign-in/code/", {field: " "})

    assert (page.status_code, f'id="id_{field}_error"' in page.text) == (422, True)


def test_after_ten_minutes_the_password_is_asked_for_again(
    client: Client, user: User, moment: Moment
) -> None:
    secret, _codes = second_factor(user)
    sign_in(client)
    moment.passes(minutes=10)

    answer = client.post("/sign-in/code/", {"code": code_at(secret, moment.at)}, follow=True)

    assert answer.redirect_chain == [("/sign-in/", 302)]
    assert "请重新登录：输入密码后要在十分钟内完成验证。" in text_of(answer.text)


def test_a_password_changed_meanwhile_takes_the_half_sign_in_back(
    client: Client, user: User
) -> None:
    secret, _codes = second_factor(user)
    sign_in(client)
    user.set_password("another one, set elsewhere")
    user.save()

    answer = client.post("/sign-in/code/", {"code": code_at(secret, THURSDAY_10)})

    assert (answer["Location"], is_in(client)) == ("/sign-in/", False)


def test_nobody_reaches_the_second_step_without_the_first(client: Client, user: User) -> None:
    secret, _codes = second_factor(user)

    answer = client.post("/sign-in/code/", {"code": code_at(secret, THURSDAY_10)})

    assert (answer["Location"], kinds()) == ("/sign-in/", [])


@pytest.mark.usefixtures("user")
@pytest.mark.parametrize(
    ("wanted", "goes_to"),
    [
        ("/cases/?turn=all", "/cases/?turn=all"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/no-such-page/", "/"),
        ("/sign-out/", "/"),
        ("/account/second-factor/off/", "/"),
        ("/account/sessions/17/end/", "/"),
        ("/cases/17/accept/", "/"),
        ("", "/"),
    ],
)
def test_signing_in_leads_to_a_page_of_this_site_that_opens_by_a_link(
    client: Client, wanted: str, goes_to: str
) -> None:
    form = {"name": "shen", "password": PASSWORD}

    answer = client.post("/sign-in/", form, query_params={"next": wanted})

    assert answer["Location"] == goes_to


def test_somebody_who_is_signed_in_is_led_past_the_door(client: Client, user: User) -> None:
    client.force_login(user)
    pages = ["/sign-in/", "/sign-in/code/", "/enter/"]

    assert [client.get(page, {"next": "/cases/"})["Location"] for page in pages] == ["/cases/"] * 3


def test_the_session_is_a_new_one_after_signing_in_and_after_signing_out(
    client: Client, user: User
) -> None:
    session = client.session
    session["planted"] = "yes"
    session.save()
    before = session.session_key
    sign_in(client)
    inside = client.session.session_key
    planted = client.session.get("planted")

    answer = client.post("/sign-out/")

    assert (len({before, inside, client.session.session_key}), planted) == (3, None)
    assert (answer["Location"], answer["Clear-Site-Data"]) == ("/sign-in/", '"cache", "storage"')
    assert kinds() == ["accounts.user.signed_in", "accounts.user.signed_out"]
    assert SignInSession.objects.get(user=user).end == "SIGNED_OUT"
    client.cookies["sessionid"] = inside or ""
    assert client.get("/account/")["Location"] == "/sign-in/?next=/account/"


@pytest.mark.usefixtures("zone")
def test_signing_out_twice_is_no_fault(client: Client) -> None:
    assert client.post("/sign-out/").status_code == 302
    assert kinds() == []


def test_an_account_that_is_closed_while_signed_in_is_out(client: Client, user: User) -> None:
    sign_in(client)
    services.close_account(user_id=user.pk, actor=None, now=THURSDAY_10)

    assert not is_in(client)


@pytest.mark.usefixtures("user")
@pytest.mark.parametrize(
    ("minutes", "sentence"),
    [
        (30, "30 分钟没有操作，自动退出了。请重新登录。"),
        (721, "登录已满 12 小时，自动退出了。请重新登录。"),
    ],
)
def test_whoever_was_away_too_long_reads_why_they_must_sign_in_again(
    client: Client, moment: Moment, minutes: int, sentence: str
) -> None:
    sign_in(client)
    moment.passes(minutes=minutes)

    page = client.get("/account/", follow=True)

    assert sentence in text_of(page.text)


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize(
    ("why", "begins"),
    [("ended", "您在另一台设备上"), ("password", "密码已修改"), ("closed", "此账号已停用")],
)
def test_each_reason_has_its_sentence(client: Client, why: str, begins: str) -> None:
    assert begins in text_of(client.get("/sign-in/", {"why": why}).text)


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize("why", ["", "signed_out", "<b>you won</b>"])
def test_no_other_words_get_onto_the_page(client: Client, why: str) -> None:
    page = client.get("/sign-in/", {"why": why})

    assert bare(page.text) == bare(client.get("/sign-in/").text)


@pytest.mark.usefixtures("user")
def test_the_door_is_kept_in_no_cache_and_repeats_no_password(client: Client) -> None:
    page = client.get("/sign-in/")
    wrong = client.post("/sign-in/", {"name": "a", "password": "my-secret-words"})

    assert ["no-store" in answer["Cache-Control"] for answer in (page, wrong)] == [True, True]
    assert "my-secret-words" not in wrong.text


@pytest.mark.usefixtures("zone")
def test_the_fields_tell_a_phone_what_goes_into_them(client: Client) -> None:
    fields = {
        field.get("name"): (field.get("autocomplete"), field.get("type"))
        for field in _inputs(client.get("/sign-in/").text)
    }

    assert fields["name"] == ("username", "text")
    assert fields["password"] == ("current-password", "password")


def test_the_code_field_brings_up_the_digits(client: Client, user: User) -> None:
    second_factor(user)
    sign_in(client)

    fields = {field.get("name"): field for field in _inputs(client.get("/sign-in/code/").text)}

    code, recovery = fields["code"], fields["recovery_code"]
    assert (code["inputmode"], code["autocomplete"]) == ("numeric", "one-time-code")
    assert (recovery.get("inputmode"), recovery["autocapitalize"]) == (None, "characters")


@pytest.mark.usefixtures("zone")
def test_the_help_has_a_step_for_each_case_and_a_number_to_call(client: Client) -> None:
    page = client.get("/sign-in/help/")

    ids = ["password", "phone", "locked", "first", "closed"]
    assert [f'id="{name}"' in page.text for name in ids] == [True] * 5
    version = ProfileVersion.objects.get()
    phone = version.content["zone"]["phone"]
    assert f'href="tel:{phone}"' in page.text


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize("page", ["sign-in", "sign-in-help", "enter"])
def test_a_page_at_the_door_costs_what_was_reviewed(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, page: str
) -> None:
    with django_assert_num_queries(costs()[f"accounts:{page}"]):
        assert client.get(reverse(f"accounts:{page}")).status_code == 200


def test_every_view_says_which_methods_it_answers() -> None:
    """Where to go after signing in is read from that."""
    unknown = [
        str(pattern.pattern)
        for part in get_resolver().url_patterns
        if isinstance(part, URLResolver) and not str(part.pattern)  # nobody comes to programs' ones
        for pattern in part.url_patterns
        if not isinstance(pattern, URLPattern) or not methods_of(pattern.callback)
    ]

    assert unknown == []


def _inputs(html: str) -> list[dict[str, str]]:
    return [
        dict(re.findall(r'([\w-]+)="([^"]*)"', tag)) for tag in re.findall(r"<input[^>]*>", html)
    ]
