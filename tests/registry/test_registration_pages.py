"""The pages of those who register, of the clerks, and of an enterprise's administrator."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.models import KeptAnswer
from shuniu.zone.registry import services
from shuniu.zone.registry.models import Contact, Enterprise, Membership, Registration
from tests.clients import Client
from tests.factories import (
    ContactFactory,
    EnterpriseFactory,
    clerk,
    enterprise_admin,
    handler,
    leader,
    member_of,
)
from tests.registry.people import (
    CODE,
    NEW,
    PHONE,
    known_enterprise,
    sent,
    somebody_with_phone,
    told,
)

pytestmark = pytest.mark.usefixtures("zone")
FORM = {
    "credit_code": CODE,
    "enterprise_name": NEW.enterprise_name,
    "name": NEW.name,
    "position": "",
    "phone": PHONE,
    "password": NEW.password,
    "agreed": "on",
}
FRESH = re.compile(r'(csrfmiddlewaretoken" value="|X-CSRFToken": "|idempotency_key" value=")[^"]*')


def entered(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def register(client: Client, **changes: Any) -> tuple[int, str]:
    answer = client.post("/register/", {**FORM, "idempotency_key": uuid4().hex, **changes})
    return answer.status_code, answer.text


def send(client: Client, url: str, **fields: Any) -> tuple[int, str]:
    answer = client.post(url, {"idempotency_key": uuid4().hex, **fields}, follow=True)
    status = answer.redirect_chain[0][1] if answer.redirect_chain else answer.status_code
    return status, answer.text


def test_whoever_sends_a_registration_reads_its_number_and_by_when_there_is_an_answer(
    client: Client,
) -> None:
    status, page = send(client, "/register/", **FORM)

    row = Registration.objects.get()
    assert (status, row.reference in page, row.phone) == (302, True, PHONE)
    assert client.get("/register/sent/").text.count(row.reference) == 1
    assert Client().get("/register/sent/")["Location"] == "/register/state/"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("credit_code", CODE[:17], "统一社会信用代码为 18 位，现在是 17 位。"),
        ("credit_code", f"{CODE}A", "统一社会信用代码为 18 位，现在是 19 位。"),
        ("credit_code", "9132O614MAXX00015A", "第 5 位是字母 O"),  # as the page says it
        ("credit_code", "9I320614MAXX00015A", "是否应为数字 1"),  # as the page says it
        ("credit_code", "91320614MAXX00015B", "按前 17 位应为 A"),  # as the page says it
        ("credit_code", "91320614MA\x07X00015A", "U+0007"),
        ("enterprise_name", "海" * 200, "120"),
        ("enterprise_name", "海门\x1b厂", "名称中不能有“U+001B”。"),
        ("enterprise_name", "海门😀厂", "名称中不能有“😀”。"),
        ("name", "", "这个字段是必填项。"),
        ("name", "a\u202eb", "名称中不能有“U+202E”。"),
        ("phone", "1540001000", "手机号为 11 位数字，现在是 10 位。"),
        ("phone", "25400010001", "手机号为 11 位数字，以 13 至 19 开头。"),
        ("phone", "😀", "手机号为 11 位数字，现在是 0 位。"),
        ("password", "short", "至少要 12 个字符。"),
        ("password", f"{PHONE}{PHONE}", PHONE),
        ("agreed", "", "这个字段是必填项。"),
    ],
)  # fmt: skip
def test_bad_input_is_said_at_its_field_and_nothing_is_kept(
    client: Client, field: str, value: str, sentence: str
) -> None:
    status, page = register(client, **{field: value})

    assert (status, "field__error" in page) == (422, True)
    assert sentence in page
    assert NEW.password not in page
    assert Registration.objects.count() == 0


def test_full_width_digits_and_blanks_are_read_as_meant(client: Client) -> None:
    full = "９１３２０６１４ＭＡＸＸ０００１５Ａ"  # full-width letters are the point
    status, _page = register(client, credit_code=full, phone="+86 １５４-0001-0001")  # the same

    row = Registration.objects.get()
    assert (status, row.credit_code, row.phone) == (302, CODE, PHONE)


def test_a_form_without_its_key_is_refused(client: Client) -> None:
    assert register(client, idempotency_key="")[0] == 422
    assert Registration.objects.count() == 0


def test_a_stranger_learns_nothing_of_known_phones_and_enterprises() -> None:
    def answer() -> tuple[int, str]:
        client = Client()
        status, page = send(client, "/register/", **FORM)
        reference = Registration.objects.order_by("received_at").last()
        assert reference is not None
        bare = FRESH.sub("", page.replace(reference.reference, "")).replace(str(reference.pk), "")
        return status, re.sub(r"<time.*?</time>", "", bare)

    unknown = answer()
    somebody_with_phone(enterprise=known_enterprise())

    assert answer() == unknown


def test_the_sixth_registration_of_an_hour_is_refused_with_a_sentence(client: Client) -> None:
    for number in range(5):
        assert register(client, phone=f"1540001000{number}")[0] == 302

    status, page = register(client)

    assert (status, "0513-08200100" in page) == (429, True)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("", ""),
        ("9132", "已输入 4 位，共 18 位"),  # as the page says it
        ("9132O", "第 5 位是字母 O"),
        (CODE, "代码正确。"),
        ("91320614MAXX00015B", "应为 A"),
    ],
)
def test_the_credit_code_is_judged_while_it_is_typed(
    client: Client, typed: str, word: str, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(2):  # the language of the zone: which profile, and the profile
        answer = client.post("/register/check/", {"credit_code": typed})

    assert (answer.status_code, word in answer.text) == (200, True)


def test_how_it_stands_is_told_to_whoever_knows_number_and_phone(client: Client) -> None:
    row, actor = sent(), clerk()

    def asked(reference: str = row.reference, phone: str = PHONE) -> tuple[int, str]:
        answer = client.post("/register/state/", {"reference": reference, "phone": phone})
        return answer.status_code, answer.text

    assert (asked()[0], NEW.enterprise_name in asked()[1]) == (200, True)
    assert asked(phone="15400010002")[0] == 422
    services.reject_registration(
        registration_id=row.pk, reason="请补营业执照", actor=actor, now=row.received_at
    )
    assert "请补营业执照" in asked()[1]
    assert client.get("/register/state/").status_code == 200


def test_the_notice_says_how_long_things_are_kept(client: Client) -> None:
    page = client.get("/privacy/")

    assert (page.status_code, "处理完毕后 6 个月" in page.text) == (200, True)
    assert "0513-08200100" in page.text


def test_a_clerk_reads_checks_reveals_and_approves() -> None:
    row, actor = sent(), clerk()
    client, url = entered(actor), f"/registrations/{row.pk}/"

    page = client.get(url).text
    assert (PHONE in page, NEW.name in page, "154****0001" in page) == (False, False, True)
    shown = client.post(f"{url}reveal/").text
    assert (PHONE in shown, KeptAnswer.objects.count()) == (True, 0)
    status, after = send(client, f"{url}approve/", joins="", rank="admin")

    assert (status, "可用手机号登录" in after) == (302, True)
    assert Enterprise.objects.filter(credit_code=CODE).exists()
    assert [kind for kind, _who in told("registry.registration")] == [
        "registry.registration.received",
        "registry.registration.revealed",
        "registry.registration.approved",
    ]


def test_the_second_clerk_gets_the_name_of_the_first() -> None:
    row, first = sent(), clerk()
    send(entered(first), f"/registrations/{row.pk}/reject/", reason="不属于园区")

    status, page = send(
        entered(clerk()), f"/registrations/{row.pk}/approve/", joins="", rank="admin"
    )

    assert (status, first.name in page) == (409, True)


def test_a_rejection_needs_a_reason_and_can_be_undone() -> None:
    row, client = sent(), entered(clerk())
    url = f"/registrations/{row.pk}/"

    assert send(client, f"{url}reject/", reason=" ")[0] == 422
    assert send(client, f"{url}reject/", reason="不属于园区")[0] == 302
    assert send(client, f"{url}again/")[0] == 302
    assert send(client, f"{url}nonsense/")[0] == 404

    row.refresh_from_db()
    assert row.is_waiting


@pytest.mark.parametrize("who", [handler, leader])
def test_registrations_are_for_clerks(who: Any) -> None:
    row, client = sent(), entered(who())

    urls = ("/registrations/", f"/registrations/{row.pk}/", "/members/", "/contacts/")
    assert [client.get(url).status_code for url in urls] == [403] * 4
    assert send(client, f"/registrations/{row.pk}/reveal/")[0] == 403


def test_the_number_of_those_who_wait_stands_beside_the_way_there() -> None:
    client = entered(clerk())
    sent()
    sent(phone="15400010002")

    page = client.get("/registrations/").text

    assert re.search(r"企业注册</span><span[^>]*>2<", page)


@pytest.mark.parametrize("rows", [1, 4])
def test_the_list_costs_the_same_for_one_and_for_four(rows: int) -> None:
    client = entered(clerk())
    for number in range(rows):
        sent(phone=f"1540001000{number}")
    client.get("/registrations/")

    with CaptureQueriesContext(connection) as asked:
        page = client.get("/registrations/")

    assert (page.text.count("data-row"), len(asked)) == (rows, LIST_COST)


LIST_COST = 15  # session and person 4, what waits beside the ways, and 6 of the list itself


def test_a_foreign_colleague_and_a_foreign_contact_are_missing() -> None:
    client = entered(enterprise_admin(EnterpriseFactory.create()))
    foreign: Enterprise = EnterpriseFactory.create()
    theirs = Membership.objects.get(user=member_of(foreign))
    contact = ContactFactory.create(enterprise=foreign)

    def body(url: str) -> tuple[int, str]:
        answer = client.get(url)
        return answer.status_code, FRESH.sub("", answer.text)

    assert body(f"/members/{theirs.pk}/") == body("/members/999999/")
    assert body(f"/contacts/{contact.pk}/") == body(f"/contacts/{uuid4()}/")
    assert body(f"/members/?enterprise={foreign.pk}") == body("/members/?enterprise=999999")
    assert body(f"/members/{theirs.pk}/")[0] == 404
    assert send(client, f"/members/{theirs.pk}/remove/")[0] == 404
    assert send(client, f"/contacts/{contact.pk}/remove/")[0] == 404
    assert (Membership.objects.filter(pk=theirs.pk).count(), Contact.objects.count()) == (1, 1)


def test_a_colleague_is_added_named_released_and_removed() -> None:
    firm: Enterprise = EnterpriseFactory.create()
    client = entered(enterprise_admin(firm))

    status, page = send(client, "/members/new/", name="茅样例", phone=PHONE)
    theirs = Membership.objects.get(user__name="茅样例")
    assert (status, 'id="code"' in page, PHONE in page) == (302, True, False)
    url = f"/members/{theirs.pk}"
    for step in ("promote", "release", "code"):
        assert send(client, f"{url}/{step}/")[0] == 302
    assert send(client, f"{url}/phone/", phone="15400010002")[0] == 403
    assert send(client, f"{url}/remove/")[0] == 302

    assert client.get("/members/").text.count('class="member-line"') == 1


def test_somebody_who_administers_two_enterprises_chooses_one() -> None:
    one, two = EnterpriseFactory.create(), EnterpriseFactory.create()
    boss = enterprise_admin(one)
    Membership.objects.create(user=boss, enterprise=two, is_admin=True)
    member_of(two)

    page = entered(boss).get(f"/members/?enterprise={two.pk}").text

    assert (page.count('class="member-line"'), two.name in page) == (2, True)


def test_an_ordinary_colleague_does_not_look_after_others() -> None:
    client = entered(member_of(EnterpriseFactory.create()))

    urls = ("/members/", "/members/new/", "/contacts/", "/contacts/new/", "/registrations/")
    assert [client.get(url).status_code for url in urls] == [403] * 5


def test_contacts_are_kept_on_their_pages() -> None:
    firm: Enterprise = EnterpriseFactory.create()
    client = entered(enterprise_admin(firm))

    assert "尚未填写" in client.get("/contacts/").text
    assert send(client, "/contacts/new/", name="沈甲", title="", phone="123")[0] == 422
    assert send(client, "/contacts/new/", name="沈甲", title="", phone="0513-82200100")[0] == 302
    contact = Contact.objects.get()
    assert send(client, f"/contacts/{contact.pk}/", name="沈乙", title="", phone=PHONE)[0] == 302
    assert send(client, f"/contacts/{contact.pk}/confirm/")[0] == 302
    assert "沈乙" in client.get("/contacts/").text
    assert send(client, f"/contacts/{contact.pk}/remove/")[0] == 302

    assert Contact.objects.count() == 0


def test_a_clerk_helps_somebody_of_an_enterprise_in_again() -> None:
    firm: Enterprise = EnterpriseFactory.create()
    user = somebody_with_phone(enterprise=firm)
    theirs = Membership.objects.get(user=user)
    client = entered(clerk())

    assert user.name in client.get(f"/members/?words={PHONE}").text
    assert send(client, f"/members/{theirs.pk}/phone/", phone="15400010002")[0] == 302
    status, page = send(client, f"/members/{theirs.pk}/code/", resets_second_factor="on")
    assert (status, 'id="code"' in page) == (302, True)
    assert send(client, f"/members/{theirs.pk}/remove/")[0] == 403
