"""The records of enterprises: added, corrected, confirmed, listed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from shuniu.zone.registry import queries, services
from shuniu.zone.registry.models import Contact, Correction, Enterprise, Place, Site
from shuniu.zone.registry.queries import Change, EnterpriseFilter
from shuniu.zone.registry.services import NewContact, NewEnterprise, index_enterprises
from tests.factories import (
    THURSDAY_10,
    ContactFactory,
    EnterpriseFactory,
    clerk,
    enterprise_admin,
    handler,
    member_of,
)
from tests.registry.people import CODE, OTHER_CODE, told
from tests.sharing import at_once

LATER = THURSDAY_10 + timedelta(hours=1)
DAY = timedelta(days=1)
pytestmark = pytest.mark.usefixtures("zone")


def new(**changes: Any) -> NewEnterprise:
    given: dict[str, Any] = {
        "name": "海门样例造船有限公司", "short_name": "样例造船", "credit_code": CODE,
        "industry_code": "3731", "is_above_scale": True, "employees": 120, "scope": "",
        "products": ("分段",), "inputs": ("钢板",), "address": "", "lon": None, "lat": None,
        "contacts": (NewContact("顾样例", "经理", "15400010001"),),
    }  # fmt: skip
    return NewEnterprise(**{**given, **changes})


def added(**changes: Any) -> Enterprise:
    return services.add_enterprise(new=new(**changes), actor=clerk(), now=THURSDAY_10)


def corrected(firm: Enterprise, *changes: Change, actor: Any = None) -> Enterprise:
    return services.correct_enterprise(
        enterprise_id=firm.pk, changes=changes, actor=actor or clerk(), now=LATER
    )


def names(actor: Any = None, **wanted: str) -> list[str]:
    who = queries.standing_of(actor or clerk())
    rows = queries.filtered_enterprises(who, EnterpriseFilter(**wanted), THURSDAY_10)
    return [row.name for row in rows]


def test_a_clerk_adds_an_enterprise_with_somebody_to_reach() -> None:
    firm = added()

    assert Contact.objects.get().enterprise == firm
    assert (firm.products, firm.verified_at) == (["分段"], THURSDAY_10)
    assert [kind for kind, _actor in told("registry.enterprise")] == [
        "registry.enterprise.registered"
    ]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"name": "另一个名字"}, services.EnterpriseKnown),
        ({"credit_code": OTHER_CODE}, services.EnterpriseNameTaken),
    ],
)
def test_one_code_and_one_name_belong_to_one_enterprise(
    changes: dict[str, str], refusal: type[Exception]
) -> None:
    added()

    with pytest.raises(refusal, match=CODE):
        added(**changes)

    assert Enterprise.objects.count() == 1


def test_the_code_of_a_merged_record_is_still_taken() -> None:
    gone = added()
    services.merge_enterprises(
        kept_id=EnterpriseFactory.create().pk, gone_id=gone.pk, reason="", actor=clerk(), now=LATER
    )

    with pytest.raises(services.EnterpriseKnown):
        added(name="另一个名字")

    assert Enterprise.objects.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("shared_database")
def test_two_clerks_at_once_add_one_enterprise_once() -> None:
    clerks = [clerk(), clerk()]

    def work(number: int) -> str:
        try:
            services.add_enterprise(new=new(), actor=clerks[number], now=THURSDAY_10)
        except services.EnterpriseKnown:
            return "refused"
        return "added"

    assert sorted(at_once(2, work)) == ["added", "refused"]
    assert Enterprise.objects.count() == 1


def test_a_correction_says_from_what_to_what() -> None:
    firm = added()
    actor = clerk()

    corrected(firm, Change("employees", 120, 90), Change("products", ["分段"], []), actor=actor)

    firm.refresh_from_db()
    row = Correction.objects.get()
    assert (firm.employees, firm.products) == (90, [])
    assert (row.changes, row.state, row.decided_by) == (
        {"employees": [120, 90], "products": [["分段"], []]}, "APPROVED", actor,
    )  # fmt: skip
    assert told("registry.enterprise.corrected") == [("registry.enterprise.corrected", actor.pk)]
    assert queries.corrections_in(queries.standing_of(actor), "").count() == 0


def test_two_clerks_who_correct_different_fields_both_get_through() -> None:
    firm = added()

    corrected(firm, Change("employees", 120, 90))
    corrected(firm, Change("short_name", "样例造船", "样例"))

    firm.refresh_from_db()
    assert (firm.employees, firm.short_name) == (90, "样例")


def test_a_field_that_somebody_else_changed_is_not_overwritten() -> None:
    firm = added()
    corrected(firm, Change("employees", 120, 90))

    with pytest.raises(services.ChangedMeanwhile, match="90"):
        corrected(firm, Change("employees", 120, 100), Change("short_name", "样例造船", "样例"))

    firm.refresh_from_db()
    assert (firm.employees, firm.short_name, Correction.objects.count()) == (90, "样例造船", 1)


def test_a_corrected_name_is_found_at_once() -> None:
    firm = added()

    corrected(firm, Change("name", firm.name, "南通远洋重工有限公司"))

    who = queries.standing_of(clerk())
    assert queries.enterprises_found(who, "远洋", limit=5) == [firm]
    assert queries.enterprises_found(who, "船有限", limit=5) == []


def test_clerks_and_its_administrator_say_that_a_record_is_right() -> None:
    firm, other = EnterpriseFactory.create(), EnterpriseFactory.create()

    for actor in (clerk(), enterprise_admin(firm)):
        services.verify_enterprise(enterprise_id=firm.pk, actor=actor, now=LATER)
    for actor in (member_of(firm), enterprise_admin(other), handler()):
        with pytest.raises(services.NotForYou):
            services.verify_enterprise(enterprise_id=firm.pk, actor=actor, now=LATER + DAY)

    firm.refresh_from_db()
    assert (firm.verified_at, len(told("registry.enterprise.verified"))) == (LATER, 2)


def test_a_merged_record_is_neither_corrected_nor_confirmed() -> None:
    kept, gone = EnterpriseFactory.create(), added()
    services.merge_enterprises(
        kept_id=kept.pk, gone_id=gone.pk, reason="", actor=clerk(), now=LATER
    )

    with pytest.raises(services.RecordMerged, match=kept.name):
        corrected(gone, Change("employees", 120, 1))
    with pytest.raises(services.RecordMerged, match=kept.name):
        services.verify_enterprise(enterprise_id=gone.pk, actor=clerk(), now=LATER)


def test_filters_find_what_they_say() -> None:
    a = EnterpriseFactory.create(name="甲厂", industry_code="35", is_above_scale=True)
    b = EnterpriseFactory.create(name="乙厂", industry_code="4399", products=["电缆"])
    EnterpriseFactory.create(name="丙店", industry_code="5211")
    index_enterprises(enterprise_ids=Enterprise.objects.values_list("pk", flat=True))
    park = Place.objects.create(
        code="park", name="园", kind="PARK", shape={}, west=0, south=0, east=1, north=1,
        changed_at=THURSDAY_10,
    )  # fmt: skip
    plot = Place.objects.create(
        code="plot", name="块", kind="PLOT", part_of=park, shape={}, west=0, south=0, east=1,
        north=1, changed_at=THURSDAY_10,
    )  # fmt: skip
    Site.objects.create(enterprise=b, place=plot)

    assert names(section="C") == ["乙厂", "甲厂"]
    assert names(section="F") == ["丙店"]
    assert names(scale="yes") == ["甲厂"]
    assert names(place="park") == ["乙厂"]
    assert names(place="plot") == ["乙厂"]
    assert names(words="电缆") == ["乙厂"]
    assert names(words=a.credit_code) == ["甲厂"]
    assert names(words=a.credit_code.lower()[4:]) == ["甲厂"]
    assert names(words="没有") == []
    assert names(member_of(a)) == []


def test_the_numbers_on_the_tabs_are_those_of_their_lists() -> None:
    fresh = EnterpriseFactory.create(verified_at=THURSDAY_10 - 180 * DAY)
    ContactFactory.create(enterprise=fresh)
    EnterpriseFactory.create(verified_at=THURSDAY_10 - 181 * DAY)
    EnterpriseFactory.create(merged_into=fresh)
    who = queries.standing_of(clerk())

    counts = queries.enterprise_counts(who, EnterpriseFilter(), THURSDAY_10)

    assert counts == {"": 2, "unverified": 1, "no_contact": 1, "merged": 1}
    assert {state: len(names(state=state)) for state in counts} == counts
