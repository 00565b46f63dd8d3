"""An enterprise is found by the number of who calls: exactly, with no number in an address."""

from __future__ import annotations

from typing import Any

import pytest

from shuniu.zone.kernel.models import Fact
from tests.clients import Client
from tests.factories import (
    ContactFactory,
    EnterpriseFactory,
    clerk,
    handler,
    leader,
    member_of,
    service_officer,
)

pytestmark = pytest.mark.usefixtures("zone")
PHONE = "15400012345"


def ask(client: Client, number: str, **headers: str) -> Any:
    return client.post("/callers/", {"number": number}, headers=headers)


@pytest.mark.parametrize("who", [clerk, service_officer])
@pytest.mark.parametrize("typed", [PHONE, "154 0001 2345", "１５４-0001-2345"])
def test_the_enterprise_of_a_caller_is_found(client: Client, who: Any, typed: str) -> None:
    firm, other = EnterpriseFactory.create_batch(2)
    ContactFactory.create(enterprise=firm, phone=PHONE)
    ContactFactory.create(enterprise=other, phone="15400012346")
    client.force_login(who())

    page, part = ask(client, typed), ask(client, typed, **{"HX-Request": "true"})

    assert list(page.context["enterprises"]) == [firm]
    assert ("<html" in page.text, "<html" in part.text) == (True, False)
    assert (firm.name in part.text, other.name in part.text) == (True, False)


def test_an_enterprise_with_two_such_contacts_is_named_once(client: Client) -> None:
    firm = EnterpriseFactory.create()
    ContactFactory.create_batch(2, enterprise=firm, phone=PHONE)
    client.force_login(clerk())

    assert list(ask(client, PHONE).context["enterprises"]) == [firm]


def test_an_unknown_number_is_said_to_be_unknown(client: Client) -> None:
    ContactFactory.create(phone="")
    client.force_login(clerk())

    answer = ask(client, "15400099999")

    assert (answer.status_code, list(answer.context["enterprises"])) == (200, [])
    assert "没有企业登记过这个号码" in answer.text


@pytest.mark.parametrize("typed", ["", "1540001", "%", "15400012345'--"])
def test_what_is_no_number_is_told(client: Client, typed: str) -> None:
    client.force_login(clerk())

    answer = ask(client, typed)

    assert (answer.status_code, list(answer.context["enterprises"])) == (422, [])


def test_a_number_in_the_address_finds_nothing(client: Client) -> None:
    ContactFactory.create(phone=PHONE)
    client.force_login(clerk())

    page = client.get("/callers/", {"number": PHONE})

    assert (page.status_code, list(page.context["enterprises"])) == (200, [])


def test_others_do_not_find_callers(client: Client) -> None:
    firm = ContactFactory.create(phone=PHONE).enterprise
    answers = []
    for person in (handler(), leader(), member_of(firm)):
        client.force_login(person)
        answers.append(ask(client, PHONE).status_code)

    assert answers == [403, 403, 403]
    assert not Fact.objects.filter(kind__startswith="registry.contact").exists()


def test_the_way_to_it_stands_where_a_need_is_written_for_an_enterprise(client: Client) -> None:
    client.force_login(clerk())

    page = client.get("/needs/for-enterprise/")

    assert (page.status_code, 'href="/callers/"' in page.text) == (200, True)
