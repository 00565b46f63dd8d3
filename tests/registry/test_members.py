"""Those who speak for an enterprise, and whom to reach there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import Phone, User
from shuniu.zone.accounts.queries import roles_of, user_with_phone
from shuniu.zone.accounts.services import Knock, enter_with_code
from shuniu.zone.registry import queries, services
from shuniu.zone.registry.models import Contact, Enterprise, Membership, ProfileVersion
from tests.desk.at_once import at_once
from tests.factories import (
    THURSDAY_10,
    ContactFactory,
    EnterpriseFactory,
    clerk,
    enterprise_admin,
    handler,
    member_of,
)
from tests.registry.people import PASSWORD, PHONE, somebody_with_phone, told

pytestmark = pytest.mark.usefixtures("zone")
LATER = THURSDAY_10 + timedelta(hours=1)


@pytest.fixture
def firm(zone: ProfileVersion) -> Enterprise:  # noqa: ARG001  # the zone is there first
    made: Enterprise = EnterpriseFactory.create()
    return made


@pytest.fixture
def boss(firm: Enterprise) -> User:
    return enterprise_admin(firm)


def place(user: User, firm: Enterprise) -> Membership:
    return Membership.objects.get(user=user, enterprise=firm)


def add(firm: Enterprise, actor: User, phone: str = PHONE) -> services.NewColleague:
    return services.add_colleague(
        enterprise_id=firm.pk, name="茅样例", phone=phone, actor=actor, now=THURSDAY_10
    )


def remove(membership: Membership, actor: User) -> Membership:
    return services.remove_colleague(membership_id=membership.pk, actor=actor, now=LATER)


def rank(membership: Membership, actor: User, *, is_admin: bool) -> Membership:
    return services.set_colleague_rank(
        membership_id=membership.pk, is_admin=is_admin, actor=actor, now=LATER
    )


def test_a_new_colleague_comes_in_with_the_code_and_sees_the_enterprise(
    firm: Enterprise, boss: User
) -> None:
    new = add(firm, boss)

    user = enter_with_code(
        name=PHONE, code=new.code, password=PASSWORD, knock=Knock(""), actor=None, now=LATER
    )
    assert (user.name, roles_of(user)) == ("茅样例", frozenset({Role.ENTERPRISE_USER}))
    assert queries.standing_of(user).enterprise_ids == {firm.pk}
    assert told("registry.member", "accounts.account", "accounts.one_time_code") == [
        ("accounts.account.opened", boss.pk),
        ("registry.member.added", boss.pk),
        ("accounts.one_time_code.issued", boss.pk),
        ("accounts.one_time_code.used", user.pk),
    ]


def test_adding_somebody_again_who_has_not_come_in_gives_a_new_code(
    firm: Enterprise, boss: User
) -> None:
    first, second = add(firm, boss), add(firm, boss)

    assert first.membership == second.membership
    assert first.code != second.code
    assert (firm.memberships.count(), len(told("registry.member.added"))) == (2, 1)


def test_somebody_who_is_in_is_not_added_again(firm: Enterprise, boss: User) -> None:
    somebody_with_phone(enterprise=firm)

    with pytest.raises(services.AlreadyColleague):
        add(firm, boss)

    assert told("accounts.one_time_code") == []


def test_no_code_is_given_for_an_account_that_opens_another_enterprise(
    firm: Enterprise, boss: User
) -> None:
    shared = somebody_with_phone()
    Membership.objects.create(user=shared, enterprise=firm)

    with pytest.raises(services.AskTheCenter) as asked, transaction.atomic():
        services.give_colleague_code(
            membership_id=place(shared, firm).pk, resets_second_factor=False, actor=boss, now=LATER
        )

    assert asked.value.places == {"phone": "0513-08200100"}
    assert (shared.one_time_codes.count(), told("accounts.one_time_code")) == (0, [])


def test_somebody_of_another_enterprise_or_of_staff_is_not_added_by_number(
    firm: Enterprise, boss: User
) -> None:
    somebody_with_phone()
    inside = handler()
    Phone(user=inside, number="15400010002").save()

    for number in (PHONE, "15400010002"):
        with pytest.raises(services.AskTheCenter), transaction.atomic():
            add(firm, boss, number)

    assert firm.memberships.count() == 1


def test_an_administrator_is_named_and_released(firm: Enterprise, boss: User) -> None:
    user = member_of(firm)

    rank(place(user, firm), boss, is_admin=True)
    assert Role.ENTERPRISE_ADMIN in roles_of(user)
    rank(place(user, firm), boss, is_admin=True)
    rank(place(user, firm), boss, is_admin=False)

    assert roles_of(user) == {Role.ENTERPRISE_USER}
    assert [kind for kind, _who in told("registry.member.rank")] == [
        "registry.member.rank_changed"
    ] * 2


def test_the_role_of_an_administrator_stays_while_another_enterprise_needs_it(
    firm: Enterprise, boss: User
) -> None:
    other: Enterprise = EnterpriseFactory.create()
    user = enterprise_admin(other)
    Membership.objects.create(user=user, enterprise=firm, is_admin=True)

    rank(place(user, firm), boss, is_admin=False)

    assert Role.ENTERPRISE_ADMIN in roles_of(user)
    assert queries.administered_ids(queries.standing_of(user)) == {other.pk}


def test_who_leaves_is_out_at_once_and_an_account_without_any_other_is_closed(
    firm: Enterprise, boss: User
) -> None:
    leaving, staying = member_of(firm), member_of(firm)
    Membership.objects.create(user=staying, enterprise=EnterpriseFactory.create())

    remove(place(leaving, firm), boss)
    remove(place(staying, firm), boss)

    leaving.refresh_from_db()
    staying.refresh_from_db()
    assert (leaving.is_active, staying.is_active) == (False, True)
    assert queries.standing_of(leaving).enterprise_ids == set()
    assert list(firm.memberships.values_list("user_id", flat=True)) == [boss.pk]


def test_who_left_can_be_added_again(firm: Enterprise, boss: User) -> None:
    user = somebody_with_phone(enterprise=firm)
    remove(place(user, firm), boss)

    add(firm, boss)

    user.refresh_from_db()
    assert (user.is_active, place(user, firm).is_admin) == (True, False)


def test_nobody_changes_their_own_place_so_one_administrator_always_stays(
    firm: Enterprise, boss: User
) -> None:
    own = place(boss, firm)

    for act in (
        lambda: rank(own, boss, is_admin=False),
        lambda: remove(own, boss),
        lambda: services.give_colleague_code(
            membership_id=own.pk, resets_second_factor=True, actor=boss, now=LATER
        ),
    ):
        with pytest.raises(services.NotYourself):
            act()

    assert place(boss, firm).is_admin


def test_an_administrator_of_one_enterprise_does_nothing_in_another(firm: Enterprise) -> None:
    stranger = enterprise_admin(EnterpriseFactory.create())
    Membership.objects.create(user=stranger, enterprise=firm)  # speaks for it, no more
    theirs = place(member_of(firm), firm)
    contact = ContactFactory.create(enterprise=firm)

    for act in (
        lambda: add(firm, stranger),
        lambda: rank(theirs, stranger, is_admin=True),
        lambda: remove(theirs, stranger),
        lambda: services.give_colleague_code(
            membership_id=theirs.pk, resets_second_factor=False, actor=stranger, now=LATER
        ),
        lambda: services.remove_contact(contact_id=contact.pk, actor=stranger, now=LATER),
        lambda: services.confirm_contact(contact_id=contact.pk, actor=stranger, now=LATER),
    ):
        with pytest.raises(services.NotForYou):
            act()

    assert (user_with_phone(PHONE), told("registry.member", "registry.contact")) == (None, [])


def test_a_clerk_gives_a_code_to_anybody_of_any_enterprise(firm: Enterprise) -> None:
    user, actor = somebody_with_phone(enterprise=firm), clerk()

    new = services.give_colleague_code(
        membership_id=place(user, firm).pk, resets_second_factor=True, actor=actor, now=LATER
    )

    assert new.membership.user == user
    assert told("accounts.one_time_code") == [("accounts.one_time_code.issued", actor.pk)]


def test_a_clerk_finds_people_by_name_enterprise_or_whole_number(firm: Enterprise) -> None:
    user = somebody_with_phone(enterprise=firm)
    who = queries.standing_of(clerk())

    def found(words: str) -> list[User]:
        return [one.membership.user for one in queries.found_members(who, words)]

    assert [found(user.name), found(firm.name), found("154 0001 0001")] == [[user]] * 3
    assert found("15400010") == []


def test_contacts_are_added_corrected_confirmed_and_taken_off(firm: Enterprise, boss: User) -> None:
    made = services.add_contact(
        enterprise_id=firm.pk, name="沈甲", title="厂长", phone=PHONE, actor=boss, now=THURSDAY_10
    )
    services.correct_contact(
        contact_id=made.pk, name="沈乙", title="", phone="0513-82200100", actor=boss, now=LATER
    )
    contact = Contact.objects.get()
    assert (contact.name, contact.phone, contact.verified_at) == ("沈乙", "0513-82200100", LATER)

    tomorrow = LATER + timedelta(days=1)
    services.confirm_contact(contact_id=made.pk, actor=boss, now=tomorrow)
    assert Contact.objects.get().verified_at == tomorrow

    services.remove_contact(contact_id=made.pk, actor=boss, now=tomorrow)
    assert Contact.objects.count() == 0
    assert [kind.rpartition(".")[2] for kind, _who in told("registry.contact")] == [
        "added",
        "corrected",
        "confirmed",
        "removed",
    ]


@pytest.mark.usefixtures("shared_database")
def test_two_administrators_who_release_each_other_at_once_leave_one(
    zone: ProfileVersion,  # noqa: ARG001  # made anew after a test that commits
) -> None:
    firm: Enterprise = EnterpriseFactory.create()
    one, two = enterprise_admin(firm), enterprise_admin(firm)

    at_once(
        [
            lambda: rank(place(two, firm), one, is_admin=False),
            lambda: rank(place(one, firm), two, is_admin=False),
        ]
    )

    assert firm.memberships.filter(is_admin=True).count() == 1
