"""The page that finds, and the box that leads to it from every page."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from shuniu.zone.desk.models import Case
from shuniu.zone.desk.services import rebuild_words as rebuild_cases
from shuniu.zone.registry.services import rebuild_words as rebuild_enterprises
from tests.clients import Client
from tests.costs import costs
from tests.factories import (
    CaseFactory,
    EnterpriseFactory,
    administrator,
    clerk,
    leader,
    member_of,
)

pytestmark = pytest.mark.usefixtures("zone")


def case_of(name: str, text: str) -> Case:
    case = CaseFactory.create(
        text=text, enterprise=EnterpriseFactory.create(name=name, short_name="")
    )
    rebuild_cases()
    rebuild_enterprises()
    return case


def found(client: Client, words: str, **headers: Any) -> str:
    return client.get(reverse("portal:search"), {"words": words}, **headers).text


def test_a_clerk_finds_a_case_and_sees_why(client: Client) -> None:
    case = case_of("海门甲鸢有限公司", "昨晚二号冷库停电了两个小时")
    client.force_login(clerk())

    page = found(client, "停电 冷库")

    assert f'href="{reverse("desk:case-page", args=[case.pk])}"' in page
    assert "<mark>冷库停电</mark>了两个小时" in page
    assert f"{reverse('desk:case-list')}?turn=all&amp;words=" in page


def test_a_clerk_finds_an_enterprise_by_initials(client: Client) -> None:
    case = case_of("海门甲鸢有限公司", "路灯坏了")
    client.force_login(clerk())

    page = found(client, "hmjy")

    assert reverse("registry:enterprise", args=[case.enterprise_id]) in page


def test_an_enterprise_finds_its_own_cases_alone(client: Client) -> None:
    own = case_of("海门甲鸢有限公司", "冷库停电了")
    foreign = case_of("海门乙鹭有限公司", "冷库漏水了")
    client.force_login(member_of(own.enterprise))

    page = found(client, "冷库")

    assert own.number in page
    assert foreign.number not in page
    assert reverse("registry:enterprise", args=[own.enterprise_id]) not in page
    assert "没有同时含有这些词" in found(client, "漏水")


def test_a_slip_is_offered_as_a_link(client: Client) -> None:
    case_of("海门甲鸢有限公司", "冷库停电了")
    client.force_login(clerk())

    page = found(client, "亭电了")

    assert "您要找的是不是" in page
    assert '?words=%E5%81%9C%E7%94%B5%E4%BA%86">停电了</a>' in page


def test_a_word_that_was_cut_is_told(client: Client) -> None:
    case = case_of("海门甲鸢有限公司", "停电之后冷库升温")
    client.force_login(clerk())

    page = found(client, "冷库停电")

    assert "没有连着写的“冷库停电”" in page
    assert case.number in page


@pytest.mark.parametrize("words", ["", "<script>alert(1)</script>", "\x00", "，。", "停" * 500])
def test_whatever_is_typed_is_answered_and_never_run(client: Client, words: str) -> None:
    client.force_login(clerk())

    answer = client.get(reverse("portal:search"), {"words": words})

    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_the_box_stands_on_the_pages_of_those_who_can_search(client: Client) -> None:
    case = case_of("海门甲鸢有限公司", "冷库停电了")
    boxes = {}
    for name, person in (
        ("leader", leader()),
        ("member", member_of(case.enterprise)),
        ("administrator", administrator()),
    ):
        client.force_login(person)
        page = client.get(reverse("accounts:account")).text
        boxes[name] = ('id="search-words"' in page, 'id="search-offers"' in page)

    assert boxes == {
        "leader": (True, True),
        "member": (True, False),
        "administrator": (False, False),
    }


def test_who_has_nothing_to_find_is_refused(client: Client) -> None:
    client.force_login(administrator())

    assert client.get(reverse("portal:search")).status_code == 403


def test_finding_one_case_costs_as_much_as_finding_three(
    client: Client, django_assert_num_queries: Any
) -> None:
    user = clerk()
    client.force_login(user)
    case_of("海门甲鸢有限公司", "冷库停电了")
    # PostgreSQL is asked for the newest enterprises first, then for all.
    cost = costs()["portal:search"] + (3 if connection.vendor == "postgresql" else 0)
    found(client, "停电")
    with django_assert_num_queries(cost):
        found(client, "停电")
    case_of("海门乙鹭有限公司", "冷库停电了")
    case_of("海门丙鸮有限公司", "冷库停电了")
    with django_assert_num_queries(cost):
        found(client, "停电")
