"""The pages of the register: what clerks, other staff and enterprises see and do there."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from shuniu.zone.accounts.models import User
from shuniu.zone.registry import queries, services
from shuniu.zone.registry.models import Correction, Enterprise, Merge, Site
from tests.clients import Client
from tests.costs import costs
from tests.factories import (
    THURSDAY_10,
    CaseFactory,
    ContactFactory,
    EnterpriseFactory,
    clerk,
    enterprise_admin,
    handler,
    leader,
)
from tests.registry.people import CODE, OTHER_CODE, told

pytestmark = pytest.mark.usefixtures("zone")
NAME = "海门样例造船有限公司"


def entered(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def send(client: Client, url: str, **fields: Any) -> tuple[int, str]:
    answer = client.post(url, {"idempotency_key": uuid4().hex, **fields}, follow=True)
    status = answer.redirect_chain[0][1] if answer.redirect_chain else answer.status_code
    return status, answer.text


def record(firm: Enterprise, **changes: Any) -> dict[str, Any]:
    """Return what the form of a record sends, with what the page showed."""
    seen = {field: queries.value_of(firm, field) for field in queries.FIELD_LABELS}
    said = {
        "name": firm.name,
        "short_name": firm.short_name,
        "credit_code": firm.credit_code,
        "industry_code": firm.industry_code,
        "employees": "" if firm.employees is None else firm.employees,
        "address": firm.address,
        "products": "\n".join(firm.products),
        "inputs": "\n".join(firm.inputs),
        "scope": firm.scope,
    }
    return {**said, "seen": json.dumps(seen), **changes}


def test_a_clerk_adds_an_enterprise_and_is_led_to_its_page() -> None:
    client = entered(clerk())

    status, page = send(
        client, "/enterprises/new/", name=NAME, credit_code=f" {CODE[:8]}-{CODE[8:]} ".lower(),
        industry_code="C3731", employees="120", products="分段、甲板\n 舾装 ,分段",
        contact_name="顾样例", contact_phone="0513-82100001",
    )  # fmt: skip

    firm = Enterprise.objects.get()
    assert (status, firm.credit_code, firm.industry_code) == (302, CODE, "3731")
    assert firm.products == ["分段", "甲板", "舾装"]
    assert f"{NAME}已登记。" in page
    assert "3731 铁路、船舶、航空航天和其他运输设备制造业" in page


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("credit_code", CODE[:17], "统一社会信用代码为 18 位，现在是 17 位。"),
        ("credit_code", f"{CODE}A", "统一社会信用代码为 18 位，现在是 19 位。"),
        ("credit_code", "9132O614MAXX00015A", "第 5 位是字母 O"),  # as the page says it
        ("credit_code", "9I320614MAXX00015A", "是否应为数字 1"),  # as the page says it
        ("credit_code", "91320614MAXX00015B", "按前 17 位应为 A"),  # as the page says it
        ("credit_code", OTHER_CODE, f"统一社会信用代码 {OTHER_CODE} 已登记。"),
        ("name", "海门在册有限公司", f"同名企业“海门在册有限公司”已登记，代码为 {OTHER_CODE}。"),
        ("name", "海门😀厂", "名称中不能有“😀”。"),
        ("industry_code", "3", "行业代码为 2 至 4 位数字"),
        ("industry_code", "9899", "没有以 98 开头的行业"),
        ("employees", "-1", "0"),
        ("products", "钢" * 61, "太长"),
        ("products", "，".join(f"产品{n}" for n in range(51)), "最多 50 项，现在有 51 项。"),
        ("contact_name", "顾样例", "联系人的电话是多少？"),
        ("contact_phone", "15400010001", "这是谁的电话？"),
    ],
)
def test_bad_input_is_said_in_words_and_nothing_is_kept(
    field: str, value: str, sentence: str
) -> None:
    EnterpriseFactory.create(name="海门在册有限公司", credit_code=OTHER_CODE)
    fields = {"name": NAME, "credit_code": CODE, field: value}

    status, page = send(entered(clerk()), "/enterprises/new/", **fields)

    assert status in {409, 422}
    assert sentence in page
    assert (Enterprise.objects.count(), told("registry.enterprise")) == (1, [])


def test_a_form_that_is_sent_twice_adds_and_corrects_once() -> None:
    client = entered(clerk())
    new = {"name": NAME, "credit_code": CODE, "idempotency_key": uuid4().hex}

    sent = [client.post("/enterprises/new/", new).status_code for _ in range(2)]
    firm = Enterprise.objects.get()
    fields = record(firm, employees="9", idempotency_key=uuid4().hex)
    sent += [client.post(f"/enterprises/{firm.pk}/edit/", fields).status_code for _ in range(2)]

    assert sent == [302, 302, 302, 302]
    assert [kind.rpartition(".")[2] for kind, _actor in told("registry.enterprise")] == [
        "registered",
        "corrected",
    ]


def test_what_somebody_else_changed_meanwhile_is_said_and_stays() -> None:
    firm = EnterpriseFactory.create(employees=100)
    fields = record(firm, employees="120")
    Enterprise.objects.filter(pk=firm.pk).update(employees=90, address="滨江路 1 号")

    status, page = send(entered(clerk()), f"/enterprises/{firm.pk}/edit/", **fields)

    firm.refresh_from_db()
    assert (status, firm.employees, firm.address) == (409, 90, "滨江路 1 号")
    assert "“员工人数”刚被他人改为：90。" in page


def test_an_old_record_with_a_code_that_no_longer_checks_can_still_be_corrected() -> None:
    firm = EnterpriseFactory.create()

    status, _page = send(
        entered(clerk()), f"/enterprises/{firm.pk}/edit/", **record(firm, employees="3")
    )

    firm.refresh_from_db()
    assert (status, firm.employees) == (302, 3)


@pytest.mark.parametrize("seen", ["", "[]", "{", '{"name": "x"}'])
def test_a_page_that_is_out_of_date_says_so(seen: str) -> None:
    firm = EnterpriseFactory.create()

    status, page = send(
        entered(clerk()), f"/enterprises/{firm.pk}/edit/", **record(firm, seen=seen, employees="3")
    )

    assert (status, "页面已过期，请重新打开。" in page) == (422, True)


def test_the_page_shows_what_is_known_and_leads_to_the_cases() -> None:
    firm = EnterpriseFactory.create(name=NAME, products=["分段"])
    ContactFactory.create(enterprise=firm, name="顾样例", phone="15400010001")
    CaseFactory.create(enterprise=firm, text="厂门口的灯坏了")
    CaseFactory.create(text="别家的事")
    client = entered(clerk())

    page = client.get(f"/enterprises/{firm.pk}/").text
    cases = client.get(f"/cases/?turn=all&enterprise={firm.pk}").text

    assert ("顾*例" in page, "顾样例" in page, "154****0001" in page) == (True, False, True)
    assert f"?turn=all&amp;enterprise={firm.pk}" in page
    assert ("厂门口的灯坏了" in cases, "别家的事" in cases, f"{NAME}<svg" in cases) == (
        True, False, True,
    )  # fmt: skip


@pytest.mark.parametrize("key", ["x", "-1", "9" * 30, "１"])
def test_a_case_list_of_no_enterprise_is_empty(key: str) -> None:
    CaseFactory.create(text="别家的事")

    page = entered(clerk()).get("/cases/", {"turn": "all", "enterprise": key})

    assert (page.status_code, "别家的事" in page.text) == (200, False)


def test_others_than_clerks_read_and_are_offered_nothing_to_change() -> None:
    firm = EnterpriseFactory.create()

    for user in (handler(), leader()):
        page = entered(user).get(f"/enterprises/{firm.pk}/").text
        assert "/edit/" not in page
        assert "/verify/" not in page
        assert "/merge/" not in page


def test_the_page_of_a_merged_record_leads_to_the_one_that_stands_for_it() -> None:
    kept, gone = EnterpriseFactory.create(), EnterpriseFactory.create()
    client = entered(clerk())

    send(client, f"/enterprises/{gone.pk}/merge/", other=kept.pk, stays=kept.pk, reason="")
    page = client.get(f"/enterprises/{gone.pk}/").text

    assert f'<a href="/enterprises/{kept.pk}/">{kept.name}</a>' in page
    assert f"/enterprises/{gone.pk}/edit/" not in page
    assert gone.name in client.get(f"/enterprises/{kept.pk}/").text
    assert gone.name not in client.get("/enterprises/").text
    assert gone.name in client.get("/enterprises/?state=merged").text


def test_two_valid_codes_are_pointed_out_before_they_are_merged() -> None:
    one = EnterpriseFactory.create(credit_code=CODE)
    other = EnterpriseFactory.create(credit_code=OTHER_CODE)
    client = entered(clerk())
    url = f"/enterprises/{one.pk}/merge/"

    page = client.get(url, {"other": other.pk}).text
    status, _page = send(client, url, other=other.pk, stays=one.pk, reason="")
    assert ("一般是两家企业" in page, status, Merge.objects.count()) == (True, 422, 0)
    status, _page = send(client, url, other=other.pk, stays=one.pk, reason="同一家，换过执照")

    other.refresh_from_db()
    assert (status, other.merged_into) == (302, one)
    assert "同一家，换过执照" in client.get(f"/merges/{Merge.objects.get().pk}/").text
    history = client.get(f"/enterprises/{one.pk}/").text
    assert ("并入另一条企业记录" in history, "并入另一家" in history) == (True, False)


@pytest.mark.parametrize("other", ["x", "999999999", "9" * 30])
def test_a_merge_with_nothing_is_not_found(other: str) -> None:
    one = EnterpriseFactory.create()

    status, _page = send(
        entered(clerk()), f"/enterprises/{one.pk}/merge/", other=other, stays=one.pk
    )

    assert status == 404


def test_a_merge_with_itself_is_refused_in_words() -> None:
    one = EnterpriseFactory.create()
    client = entered(clerk())
    url = f"/enterprises/{one.pk}/merge/"

    page = client.get(url, {"other": one.pk}).text
    status, _page = send(client, url, other=one.pk, stays=one.pk)

    assert ("这是同一条记录" in page, status, Merge.objects.count()) == (True, 422, 0)


def test_an_enterprise_asks_for_a_correction_and_a_clerk_takes_it_over() -> None:
    firm = EnterpriseFactory.create(name=NAME)
    chief, desk = entered(enterprise_admin(firm)), entered(clerk())

    status, page = send(
        chief,
        f"/enterprise/correct/?enterprise={firm.pk}",
        **record(firm, employees="7", note="招了人"),
    )
    row = Correction.objects.get()
    assert (status, "已提交，由服务中心专员核对。" in page) == (302, True)
    shown = desk.get(f"/corrections/{row.pk}/").text
    seal = shown.partition('name="seen" value="')[2].partition('"')[0]
    status, page = send(desk, f"/corrections/{row.pk}/approve/", seen=seal)

    firm.refresh_from_db()
    assert (status, firm.employees, f"已采纳：{NAME}。" in page) == (302, 7, True)
    assert "员工人数：– → 7" in desk.get(f"/enterprises/{firm.pk}/").text


def test_a_correction_whose_record_changed_says_so_and_shows_it_as_it_is_now() -> None:
    firm = EnterpriseFactory.create()
    chief = enterprise_admin(firm)
    change = queries.Change("employees", None, 7)
    row = services.ask_for_correction(
        enterprise_id=firm.pk, changes=(change,), note="", actor=chief, now=THURSDAY_10
    )
    Enterprise.objects.filter(pk=firm.pk).update(employees=5)
    client = entered(clerk())

    page = client.get(f"/corrections/{row.pk}/").text
    status, again = send(client, f"/corrections/{row.pk}/approve/", seen="an older page")

    firm.refresh_from_db()
    assert "登记信息已有变动" in page
    assert (status, "请重新核对" in again, firm.employees) == (409, True, 5)


def test_a_correction_of_another_enterprise_is_not_found() -> None:
    firm, other = EnterpriseFactory.create(), EnterpriseFactory.create()
    change = queries.Change("employees", None, 7)
    row = services.ask_for_correction(
        enterprise_id=firm.pk, changes=(change,), note="", actor=enterprise_admin(firm),
        now=THURSDAY_10,
    )  # fmt: skip
    stranger = entered(enterprise_admin(other))

    assert send(stranger, f"/corrections/{row.pk}/withdraw/")[0] == 404
    assert send(stranger, f"/enterprise/correct/?enterprise={firm.pk}", **record(firm))[0] == 404
    assert stranger.get(f"/enterprise/?enterprise={firm.pk}").status_code == 404
    row.refresh_from_db()
    assert row.state == "WAITING"


def test_an_enterprise_does_not_read_which_clerk_it_was() -> None:
    firm = EnterpriseFactory.create()
    somebody = clerk()
    change = queries.Change("employees", None, 7)
    services.correct_enterprise(
        enterprise_id=firm.pk, changes=(change,), actor=somebody, now=THURSDAY_10
    )

    page = entered(enterprise_admin(firm)).get("/enterprise/").text

    assert (somebody.name in page, "服务中心" in page, "员工人数：– → 7" in page) == (
        False, True, True,
    )  # fmt: skip


def test_the_list_as_a_workbook_holds_text_and_no_formula() -> None:
    EnterpriseFactory.create(name='=HYPERLINK("http://a")', short_name="甲", employees=12)
    EnterpriseFactory.create(name="乙厂", short_name="+8613", industry_code="0111")
    client = entered(handler())

    answer = client.get("/enterprises/file.xlsx?words=")
    book = load_workbook(io.BytesIO(answer.content))

    sheet = book.active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert sheet.freeze_panes == "A2"
    assert [row[:2] for row in rows[1:]] == [['=HYPERLINK("http://a")', "甲"], ["乙厂", "+8613"]]
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert [row[5] for row in rows[1:]] == [12, None]
    assert rows[2][3] == "0111"
    assert told("registry.enterprises") != []


def test_the_list_as_csv_holds_what_the_filter_shows() -> None:
    EnterpriseFactory.create(name="=甲厂", industry_code="35")
    EnterpriseFactory.create(name="乙店", industry_code="52")

    answer = entered(clerk()).get("/enterprises/file.csv?section=C")

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["企业名称", "'=甲厂"]


@pytest.mark.parametrize(
    "query", ["?section=ZZ&scale=maybe&state=gone&page=x", "?words=%00%F0%9F%98%80&place=%27"]
)
def test_filters_that_make_no_sense_break_nothing(query: str) -> None:
    EnterpriseFactory.create()

    assert entered(clerk()).get(f"/enterprises/{query}").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_list_and_page_cost_the_same_for_one_and_for_three(count: int) -> None:
    client = entered(clerk())
    firm = EnterpriseFactory.create_batch(count)[0]
    for _turn in range(count):
        ContactFactory.create(enterprise=firm)
        CaseFactory.create(enterprise=firm)
        Site.objects.create(enterprise=firm)
    for name, url in (
        ("registry:enterprises", "/enterprises/"),
        ("registry:enterprise", f"/enterprises/{firm.pk}/"),
    ):
        with CaptureQueriesContext(connection) as queries_of_page:
            assert client.get(url).status_code == 200
        assert len(queries_of_page) == costs()[name]
