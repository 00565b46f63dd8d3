"""The register of enterprises over a day: written down, corrected, found twice, made one."""

from __future__ import annotations

import csv
import io
import json
from uuid import uuid4

import pytest

from shuniu.zone.accounts.models import User
from shuniu.zone.desk.models import Case
from shuniu.zone.registry.models import Correction, Enterprise, Merge
from shuniu.zone.registry.queries import FIELD_LABELS, value_of
from tests.clients import Client
from tests.factories import CaseFactory, clerk, enterprise_admin, leader

CODE, OTHER_CODE = "91320614MAXX00015A", "91320614MAXX000235"


def entered(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def send(client: Client, url: str, **fields: object) -> str:
    """Fill in a form and return the page that it leads to."""
    answer = client.post(url, {"idempotency_key": uuid4().hex, **fields}, follow=True)
    assert answer.status_code == 200, answer.text
    return answer.text


def value_on(page: str, name: str) -> str:
    """Return the value of a hidden field."""
    return page.partition(f'name="{name}" value="')[2].partition('"')[0]


@pytest.mark.usefixtures("zone")
def test_a_firm_that_was_written_down_twice_is_corrected_made_one_and_separated_again() -> None:
    desk = entered(clerk())

    # Two clerks write the same firm down, under its old and its new license.
    send(desk, "/enterprises/new/", name="海门样例造船有限公司", credit_code=CODE, employees="120")
    send(
        desk, "/enterprises/new/", name="海门样例造船（有限公司）", credit_code=OTHER_CODE,
        products="分段", contact_name="顾样例", contact_phone="15400010001",
    )  # fmt: skip
    first, second = Enterprise.objects.order_by("pk")
    case: Case = CaseFactory.create(enterprise=second)

    # Its administrator says that a number is wrong; the clerk compares and takes it over.
    chief = entered(enterprise_admin(first))
    seen = {field: value_of(first, field) for field in FIELD_LABELS}
    fields = {"name": first.name, "credit_code": CODE, "employees": "135", "seen": json.dumps(seen)}
    assert "已提交" in send(chief, "/enterprise/correct/", **fields)
    row = Correction.objects.get()
    assert "海门样例造船有限公司" in desk.get("/corrections/").text
    shown = desk.get(f"/corrections/{row.pk}/").text
    send(desk, f"/corrections/{row.pk}/approve/", seen=value_on(shown, "seen"))
    assert "员工人数：120 → 135" in chief.get("/enterprise/").text

    # The pair is offered as one firm; the clerk looks at both and says why.
    assert f"/enterprises/{first.pk}/merge/?other={second.pk}" in desk.get("/merges/").text
    page = send(
        desk, f"/enterprises/{first.pk}/merge/",
        other=second.pk, stays=first.pk, reason="换发过新执照",
    )  # fmt: skip
    assert "已合并为一家：海门样例造船有限公司。" in page
    case.refresh_from_db()
    first.refresh_from_db()
    assert (case.enterprise_id, first.products, first.employees) == (first.pk, ["分段"], 135)
    file = entered(leader()).get("/enterprises/file.csv").content.decode("utf-8-sig")
    assert [line[0] for line in csv.reader(io.StringIO(file))][1:] == ["海门样例造船有限公司"]

    # It was a mistake after all: both stand for themselves again, each with what it had.
    send(desk, f"/merges/{Merge.objects.get().pk}/undo/")
    case.refresh_from_db()
    first.refresh_from_db()
    assert (case.enterprise_id, first.products, first.employees) == (second.pk, [], 135)
