"""Who is what in the zone, and who may see whom to reach."""

from __future__ import annotations

from dataclasses import astuple

import pytest
from django.db import transaction

from shuniu.zone.accounts.choices import Role
from shuniu.zone.kernel.models import Fact
from shuniu.zone.registry import queries, services
from shuniu.zone.registry.models import Contact, Enterprise, Membership, Post
from shuniu.zone.registry.services import NewContact, NewEnterprise
from tests.factories import (
    THURSDAY_10,
    EnterpriseFactory,
    UserFactory,
    administrator,
    clerk,
    handler,
    leader,
    member_of,
    office,
    person,
    supervisor,
)

pytestmark = pytest.mark.usefixtures("zone")
FIRM = NewEnterprise(
    name="海门新样例有限公司",
    short_name="新样例",
    credit_code="91320614000000001X",
    industry_code="3731",
    is_above_scale=True,
    employees=120,
    scope="造船",
    products=("多用途船",),
    inputs=("船板",),
    address="滨江大道1号",
    lon=121.2,
    lat=31.86,
    contacts=(NewContact("沈样例", "经理", "15400012345"),),
)


def test_staff_have_offices_and_no_enterprises() -> None:
    user = handler("econ_bureau")

    assert astuple(queries.standing_of(user)) == (
        user.pk, {"unit_handler"}, {office("econ_bureau").pk}, frozenset(), False,
    )  # fmt: skip


def test_the_people_of_the_discipline_office_are_known_as_such() -> None:
    standing = queries.standing_of(handler("discipline_group"))

    assert (standing.is_discipline, standing.is_staff) == (True, True)


def test_an_enterprise_person_speaks_for_the_enterprises_admitted_to() -> None:
    one, other = EnterpriseFactory.create(), EnterpriseFactory.create()
    user = member_of(one)
    services.admit_member(user=user, enterprise=other, actor=None, now=THURSDAY_10)

    standing = queries.standing_of(user)

    assert (set(standing.enterprise_ids), set(standing.office_ids)) == ({one.pk, other.pk}, set())
    assert (standing.is_staff, standing.is_discipline) == (False, False)


def test_a_role_that_was_taken_away_takes_its_rows_with_it() -> None:
    user = member_of(EnterpriseFactory.create())
    Post.objects.create(user=user, office=office("discipline_group"))
    user.grants.all().delete()

    assert astuple(queries.standing_of(user)) == (
        user.pk, frozenset(), frozenset(), frozenset(), False,
    )  # fmt: skip


def test_one_person_can_be_both_and_sees_both() -> None:
    firm = EnterpriseFactory.create()
    user = person(Role.UNIT_HANDLER, Role.ENTERPRISE_USER, office="econ_bureau", enterprise=firm)

    standing = queries.standing_of(user)

    assert (set(standing.office_ids), set(standing.enterprise_ids)) == (
        {office("econ_bureau").pk},
        {firm.pk},
    )


def test_staff_see_every_enterprise_and_others_their_own() -> None:
    own, _other = EnterpriseFactory.create(), EnterpriseFactory.create()
    seen = {
        name: set(queries.enterprises_visible_to(queries.standing_of(user)))
        for name, user in (
            ("staff", clerk()), ("member", member_of(own)), ("admin", administrator()),
            ("nobody", UserFactory.create()),
        )
    }  # fmt: skip

    assert seen == {
        "staff": set(Enterprise.objects.all()),
        "member": {own},
        "admin": set(),
        "nobody": set(),
    }


def test_an_enterprise_is_registered_with_its_contacts() -> None:
    actor = clerk()

    (firm,) = services.register_enterprises(enterprises=[FIRM], actor=actor, now=THURSDAY_10)

    contact = firm.contacts.get()
    assert (firm.name, firm.products, firm.registered_at) == (FIRM.name, ["多用途船"], THURSDAY_10)
    assert (contact.name, contact.title, contact.phone) == ("沈样例", "经理", "15400012345")
    fact = Fact.objects.get(kind="registry.enterprise.registered")
    assert (fact.actor, fact.data) == (
        actor, {"enterprise_id": firm.pk, "credit_code": FIRM.credit_code, "import_id": ""},
    )  # fmt: skip


def test_a_credit_code_that_is_known_registers_nothing() -> None:
    EnterpriseFactory.create(credit_code=FIRM.credit_code)

    with pytest.raises(services.EnterpriseKnown) as known, transaction.atomic():
        services.register_enterprises(enterprises=[FIRM], actor=clerk(), now=THURSDAY_10)

    assert known.value.places == {"credit_code": FIRM.credit_code}
    assert (Enterprise.objects.count(), Contact.objects.count()) == (1, 0)


@pytest.mark.parametrize("who", [handler, supervisor, leader, administrator])
def test_only_clerks_register_enterprises_and_admit_people(who: object) -> None:
    actor = who()  # type: ignore[operator]  # makes the person once the zone is there

    with pytest.raises(services.NotForYou):
        services.register_enterprises(enterprises=[FIRM], actor=actor, now=THURSDAY_10)
    with pytest.raises(services.NotForYou):
        services.admit_member(
            user=actor, enterprise=EnterpriseFactory.create(), actor=actor, now=THURSDAY_10
        )

    assert not Membership.objects.exists()


def test_admitting_a_person_twice_changes_nothing_and_is_told_once() -> None:
    firm, user = EnterpriseFactory.create(), UserFactory.create()

    for _time in range(2):
        services.admit_member(user=user, enterprise=firm, actor=clerk(), now=THURSDAY_10)

    assert Membership.objects.count() == 1
    assert Fact.objects.filter(kind="registry.member.admitted").count() == 1


def test_only_the_administrator_appoints_staff() -> None:
    user = UserFactory.create()
    places = [services.Appointment(user, office(), "科长", is_head=True)]

    with pytest.raises(services.NotForYou):
        services.appoint_staff(appointments=places, actor=supervisor(), now=THURSDAY_10)
    assert not Post.objects.filter(user=user).exists()

    (post,) = services.appoint_staff(appointments=places, actor=administrator(), now=THURSDAY_10)
    assert (post.user, post.office, post.title, post.is_head) == (user, office(), "科长", True)
    fact = Fact.objects.get(kind="registry.staff.appointed")
    assert fact.data == {"user_id": user.pk, "office": "econ_bureau"}
