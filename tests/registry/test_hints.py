"""Codes with a slip, places in their order, and what a name change leads to."""

from __future__ import annotations

import pytest
from django.urls import reverse

from shuniu.zone.desk import jobs, services
from shuniu.zone.desk.models import CaseWords
from shuniu.zone.kernel.facts import every_fact
from shuniu.zone.kernel.models import Fact
from shuniu.zone.registry import queries
from shuniu.zone.registry.models import Enterprise, Place
from shuniu.zone.registry.views import records
from tests.factories import THURSDAY_10, CaseFactory, EnterpriseFactory, handler
from tests.registry.ground import place
from tests.registry.people import CODE
from tests.registry.test_enterprise_pages import entered

pytestmark = pytest.mark.usefixtures("zone")


@pytest.mark.parametrize(
    "typed",
    [
        CODE.replace("0", "O"),  # letters for digits
        CODE[:7] + "9" + CODE[8:],  # one digit wrong
        CODE[:16] + "9" + CODE[17:],
        CODE[:6] + CODE[7:],  # one is missing
        CODE[:5] + "7" + CODE[5:],  # one too many
        CODE[:3] + CODE[4] + CODE[3] + CODE[5:],  # two that changed places
        f"{CODE[:8]} {CODE[8:17]}-9",
    ],
)
def test_a_code_with_a_slip_leads_to_whose_it_is(typed: str) -> None:
    firm = EnterpriseFactory.create(credit_code=CODE)
    EnterpriseFactory.create(credit_code="91320614MA00000000")
    client = entered(handler())

    for url in (reverse("registry:enterprises"), reverse("portal:search")):
        page = client.get(url, {"words": typed})
        assert page.context["hint"].meant == (firm,)
        assert f'<a href="/enterprises/{firm.pk}/">' in page.text


def test_a_letter_is_told_though_nobody_was_meant() -> None:
    page = entered(handler()).get("/enterprises/", {"words": "9132O614MAXX00015A"}).text

    assert "第 5 位是字母 O" in page


@pytest.mark.parametrize("typed", ["海门甲鸢造船有限公司", "", "PLC-300", "abcdefghijklmnop", CODE])
def test_what_is_no_code_or_found_gets_no_hint(typed: str) -> None:
    EnterpriseFactory.create(credit_code=CODE)

    assert queries.code_hint(queries.standing_of(handler()), typed) is None


def test_parts_stand_below_what_they_belong_to_in_the_filter() -> None:
    place("B2", name="乙园")
    place("Z1", name="甲厂房", part_of="B2", kind="BUILDING")
    place("A9", name="一号门", part_of="Z1", kind="GATE")
    place("C3", name="丙园")
    Place.objects.filter(code="C3").update(is_active=False)
    place("D4", name="丁园")

    assert queries.places_to_choose() == [
        ("B2", "乙园"), ("Z1", "\u3000甲厂房"), ("A9", "\u3000\u3000一号门"), ("D4", "丁园"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "is_written"),
    [
        ({"fields": ["employees"]}, False),
        ({"fields": ["employees", "name"]}, True),
        ({"fields": ["short_name"]}, True),
        ({"gone_id": 7}, True),
    ],
)
def test_cases_are_indexed_anew_only_when_a_name_changed(
    data: dict[str, object], is_written: bool
) -> None:
    firm = EnterpriseFactory.create(name="海门甲鸢造船有限公司")
    case = CaseFactory.create(enterprise=firm)
    services.index_cases(case_ids=[case.pk])
    before = CaseWords.objects.get().words
    Enterprise.objects.filter(pk=firm.pk).update(name="海门乙鹭造船有限公司")

    fact = Fact(kind="registry.enterprise.corrected", data={"enterprise_id": firm.pk, **data})
    jobs.index_cases_of_enterprise(fact, THURSDAY_10)

    assert (CaseWords.objects.get().words != before) is is_written


def test_every_fact_about_an_enterprise_has_an_icon_in_its_history() -> None:
    about = {
        kind
        for kind, fact in every_fact().items()
        if fact.about == "enterprise_id" and kind.startswith("registry.")
    }

    assert about - records.ICONS.keys() == set()
