"""The pages of the hangs: what stands on them, and what they cost."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shuniu.zone.accounts.models import User
from shuniu.zone.hangs.choices import HangState
from shuniu.zone.hangs.models import Hang
from shuniu.zone.kernel.models import Fact
from tests.clients import Client
from tests.factories import CaseFactory, office
from tests.hangs.people import People, called_back, opened, struck


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def sent(client: Client, url: str, **fields: object) -> int:
    return client.post(url, {"idempotency_key": str(uuid4()), **fields}).status_code


def text_of(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def test_a_supervisor_hangs_up_a_case_and_its_page_says_so(people: People) -> None:
    case = CaseFactory.create(lead_unit=office("econ_bureau"))
    client = signed_in(people.supervisor)
    new = f"{reverse('hangs:new')}?wraps=case&wraps_key={case.pk}"
    assert new.replace("&", "&amp;") in text_of(client, f"/cases/{case.pk}/")

    status = sent(
        client, reverse("hangs:new"), wraps="case", wraps_key=case.pk, promise="接通用电。",
        unit=office("econ_bureau").pk, responsible=people.handler.pk, promised_on="2099-12-18",
        review_on="2099-12-01",
    )  # fmt: skip

    hang = Hang.objects.get()
    assert (status, hang.source_kind, hang.source_key) == (302, "case", str(case.pk))
    page = text_of(client, f"/cases/{case.pk}/")
    assert hang.number in page
    assert new.replace("&", "&amp;") not in page
    assert f"/cases/{case.pk}/" in text_of(client, reverse("hangs:hang", args=[hang.pk]))


@pytest.mark.parametrize(
    "query",
    ["?wraps=case&wraps_key=999999999", "?wraps=case&wraps_key=x", "?wraps=node&wraps_key=1"],
)
def test_a_source_that_is_not_there_is_not_found(people: People, query: str) -> None:
    assert signed_in(people.supervisor).get(reverse("hangs:new") + query).status_code == 404


def test_a_restricted_case_is_not_hung_up(people: People) -> None:
    case = CaseFactory.create(sensitivity="restricted")

    page = signed_in(people.supervisor).get(
        f"{reverse('hangs:new')}?wraps=case&wraps_key={case.pk}"
    )

    assert page.status_code == 404


def test_the_same_request_again_opens_one(people: People) -> None:
    client = signed_in(people.supervisor)
    fields = {
        "idempotency_key": "the-same-key-twice", "source_kind": "meeting",
        "source_title": "调度会", "promise": "接通用电。", "unit": office("econ_bureau").pk,
        "responsible": people.handler.pk, "promised_on": "2099-12-18", "review_on": "2099-12-01",
    }  # fmt: skip

    for _again in range(2):
        client.post(reverse("hangs:new"), fields)

    assert Hang.objects.count() == 1


def test_the_sheet_shows_number_and_code(people: People) -> None:
    hang = opened(people)

    page = text_of(signed_in(people.handler), reverse("hangs:paper", args=[hang.pk]))

    assert hang.number in page
    assert "data:image/svg+xml" in page
    assert "请在七日内答复" in page


def test_the_form_asks_for_unit_and_person_in_words(people: People) -> None:
    page = text_of(signed_in(people.supervisor), reverse("hangs:new"))

    assert "---------" not in page
    assert [words in page for words in ("新增挂单", "请选择单位", "请选择责任人")] == [True] * 3


def test_a_supervisor_strikes_off_on_the_page(people: People) -> None:
    hang = called_back(people)

    status = sent(signed_in(people.supervisor), reverse("hangs:step", args=[hang.pk, "strike"]))

    hang.refresh_from_db()
    assert (status, hang.state) == (302, HangState.STRUCK)


def test_a_form_without_words_comes_back_with_its_fault(people: People) -> None:
    hang = opened(people)

    status = sent(signed_in(people.handler), reverse("hangs:step", args=[hang.pk, "ask"]), text="")

    assert status == 422
    assert Fact.objects.filter(kind="hangs.hang.strike_asked").count() == 0


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_list_goes_out_as_a_file_and_is_recorded(people: People, ending: str) -> None:
    opened(people)

    answer = signed_in(people.leader).get(f"/hangs/export.{ending}?turn=open")

    assert answer.status_code == 200
    assert Fact.objects.get(kind="hangs.list.exported").data == {"rows": 1}


def test_each_page_is_there_when_nothing_hangs(people: People) -> None:
    for user in (people.supervisor, people.handler, people.leader):
        for name in ("hangs:list", "hangs:ageing"):
            assert signed_in(user).get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", ["hangs:list", "hangs:ageing"])
def test_a_list_costs_the_same_for_one_and_for_three(people: People, name: str) -> None:
    client = signed_in(people.leader)
    opened(people)
    client.get(reverse(name))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse(name))
    opened(people)
    struck(people)

    with CaptureQueriesContext(connection) as three:
        client.get(reverse(name))

    assert len(three) == len(one)
