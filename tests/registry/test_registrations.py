"""Asking to be let in for an enterprise, and the center's word."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.contrib.auth.hashers import check_password
from django.db import transaction

from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import Phone, User
from shuniu.zone.accounts.queries import roles_of, user_with_phone
from shuniu.zone.accounts.services import PasswordRefused
from shuniu.zone.kernel.models import Fact
from shuniu.zone.registry import queries, services
from shuniu.zone.registry.choices import RegistrationState
from shuniu.zone.registry.models import Enterprise, Membership, ProfileVersion, Registration
from shuniu.zone.registry.queries import RegistrationFilter
from tests.desk.at_once import at_once
from tests.factories import (
    THURSDAY_10,
    EnterpriseFactory,
    administrator,
    clerk,
    enterprise_admin,
    handler,
    security_admin,
    supervisor,
)
from tests.registry.people import (
    CODE,
    NEW,
    OTHER_CODE,
    PHONE,
    known_enterprise,
    sent,
    somebody_with_phone,
    told,
)

pytestmark = pytest.mark.usefixtures("zone")
LATER = THURSDAY_10 + timedelta(hours=1)


def approve(row: Registration, actor: User, joins: Enterprise | None = None) -> Registration:
    return services.approve_registration(
        registration_id=row.pk,
        joins=joins.pk if joins else None,
        as_admin=False,
        actor=actor,
        now=LATER,
    )


def test_a_registration_waits_until_the_same_time_of_the_next_working_day() -> None:
    row = sent()

    assert (row.state, row.received_at) == (RegistrationState.WAITING, THURSDAY_10)
    assert row.due_at == THURSDAY_10 + timedelta(days=1)
    assert told("registry.registration") == [("registry.registration.received", None)]


def test_name_phone_and_password_cannot_be_read_in_the_database() -> None:
    row = sent()

    stored = Registration.objects.filter(pk=row.pk).values("name", "phone", "password").get()
    assert NEW.name not in str(stored)
    assert PHONE not in str(stored)
    assert stored["password"].startswith("argon2")
    assert check_password(NEW.password, stored["password"])


def test_no_fact_of_a_registration_names_a_person() -> None:
    approve(sent(), clerk())

    data = [str(row) for row in Fact.objects.values_list("data", flat=True)]
    assert [text for text in data if NEW.name in text or PHONE in text] == []


def test_the_same_form_sent_twice_is_one_registration() -> None:
    first, second = (
        services.send_registration(
            new=NEW, form_key="the same form", address="", actor=None, now=THURSDAY_10
        )
        for _time in range(2)
    )

    assert (first.pk, Registration.objects.count()) == (second.pk, 1)
    assert len(told("registry.registration.received")) == 1


def test_after_five_in_an_hour_from_one_address_no_more_are_taken_from_there() -> None:
    for _time in range(5):
        sent()

    with pytest.raises(services.TooManyRegistrations) as many:
        sent(THURSDAY_10 + timedelta(minutes=59))

    assert (many.value.status, many.value.places) == (429, {"phone": "0513-08200100"})
    sent(THURSDAY_10 + timedelta(minutes=59), address="203.0.113.10")
    sent(THURSDAY_10 + timedelta(minutes=60))
    assert Registration.objects.count() == 7


def test_a_weak_password_is_refused_and_nothing_is_kept() -> None:
    with pytest.raises(PasswordRefused):
        sent(password=f"{PHONE}{PHONE}")

    assert (Registration.objects.count(), told("registry.registration")) == (0, [])


def test_approving_a_new_enterprise_registers_it_and_makes_its_first_administrator() -> None:
    row, actor = sent(), clerk()

    done = approve(row, actor)

    firm, user = Enterprise.objects.get(credit_code=CODE), user_with_phone(PHONE)
    assert user is not None
    assert (done.enterprise, done.user, done.password) == (firm, user, "")
    assert (user.name, user.check_password(NEW.password)) == (NEW.name, True)
    assert roles_of(user) == {Role.ENTERPRISE_USER, Role.ENTERPRISE_ADMIN}
    assert Membership.objects.get(user=user, enterprise=firm).is_admin
    assert told("accounts", "registry.enterprise", "registry.member", "registry.registration") == [
        ("registry.registration.received", None),
        ("registry.enterprise.registered", actor.pk),
        ("accounts.account.opened", actor.pk),
        ("registry.member.admitted", actor.pk),
        ("registry.registration.approved", actor.pk),
    ]


@pytest.mark.parametrize("as_admin", [False, True])
def test_in_a_known_enterprise_the_clerk_chooses_the_rank(as_admin: bool) -> None:
    firm, row = known_enterprise(), sent()

    services.approve_registration(
        registration_id=row.pk, joins=firm.pk, as_admin=as_admin, actor=clerk(), now=LATER
    )

    (membership,) = Membership.objects.filter(enterprise=firm)
    assert membership.is_admin == as_admin
    assert (Role.ENTERPRISE_ADMIN in roles_of(membership.user)) == as_admin
    assert Enterprise.objects.count() == 1


def test_a_phone_that_has_an_account_gets_the_enterprise_and_keeps_its_password() -> None:
    user, row = somebody_with_phone(), sent()

    done = approve(row, clerk())

    user.refresh_from_db()
    assert (done.user, user.check_password("their own old words")) == (user, True)
    assert (user.memberships.count(), User.objects.filter(name=NEW.name).count()) == (2, 0)


def test_a_closed_account_is_opened_again() -> None:
    user = somebody_with_phone()
    User.objects.filter(pk=user.pk).update(is_active=False)

    approve(sent(), clerk())

    user.refresh_from_db()
    assert user.is_active


def test_the_phone_of_staff_is_refused_and_the_registration_still_waits() -> None:
    inside, row = handler(), sent()
    Phone(user=inside, number=PHONE).save()

    with pytest.raises(services.PhoneOfStaff), transaction.atomic():
        approve(row, clerk())

    row.refresh_from_db()
    assert (row.state, inside.memberships.count()) == (RegistrationState.WAITING, 0)
    assert not Enterprise.objects.filter(credit_code=CODE).exists()


def test_a_name_that_another_enterprise_has_is_refused() -> None:
    EnterpriseFactory.create(name=NEW.enterprise_name, credit_code=OTHER_CODE)

    with pytest.raises(services.EnterpriseNameTaken) as taken, transaction.atomic():
        approve(sent(), clerk())

    assert taken.value.places == {"name": NEW.enterprise_name, "credit_code": OTHER_CODE}


def test_two_registrations_of_one_enterprise_are_not_both_approved_as_new() -> None:
    first, second, actor = sent(), sent(phone="15400010002"), clerk()
    approve(first, actor)

    with pytest.raises(services.EnterpriseAppeared), transaction.atomic():
        approve(second, actor)

    firm = Enterprise.objects.get(credit_code=CODE)
    approve(second, actor, joins=firm)
    ranks = Membership.objects.filter(enterprise=firm).order_by("pk")
    assert list(ranks.values_list("is_admin", flat=True)) == [True, False]


def test_a_decided_registration_is_decided_once_and_says_by_whom() -> None:
    row, first = sent(), clerk()
    approve(row, first)

    with pytest.raises(services.AlreadyDecided) as late, transaction.atomic():
        services.reject_registration(
            registration_id=row.pk, reason="执照看不清", actor=clerk(), now=LATER
        )

    row.refresh_from_db()
    assert (late.value.status, late.value.places) == (409, {"name": first.name})
    assert (row.state, row.reason) == (RegistrationState.APPROVED, "")


def test_a_rejected_registration_can_be_taken_up_again_with_its_password() -> None:
    row, actor = sent(), clerk()
    services.reject_registration(registration_id=row.pk, reason="请补执照", actor=actor, now=LATER)

    again = services.take_up_again(registration_id=row.pk, actor=actor, now=LATER)
    services.take_up_again(registration_id=row.pk, actor=actor, now=LATER)

    assert (again.state, again.reason, again.decided_by) == (RegistrationState.WAITING, "", None)
    assert len(told("registry.registration.taken_up_again")) == 1
    user = approve(row, actor).user
    assert user is not None
    assert user.check_password(NEW.password)


def test_an_approved_registration_is_not_taken_up_again() -> None:
    row, actor = sent(), clerk()
    approve(row, actor)

    with pytest.raises(services.AlreadyDecided):
        services.take_up_again(registration_id=row.pk, actor=clerk(), now=LATER)


@pytest.mark.parametrize("who", [handler, supervisor, administrator, security_admin])
def test_only_clerks_decide_and_look(who: object) -> None:
    row, actor = sent(), who()  # type: ignore[operator]  # made once the zone is there

    with pytest.raises(services.NotForYou):
        approve(row, actor)
    with pytest.raises(services.NotForYou):
        services.reject_registration(registration_id=row.pk, reason="x", actor=actor, now=LATER)
    with pytest.raises(services.NotForYou):
        services.take_up_again(registration_id=row.pk, actor=actor, now=LATER)
    with pytest.raises(services.NotForYou):
        services.reveal_registration(registration_id=row.pk, actor=actor, now=LATER)

    row.refresh_from_db()
    assert row.is_waiting
    assert not queries.registrations_visible_to(queries.standing_of(actor)).exists()


def test_what_is_known_already_stands_in_the_check() -> None:
    firm = known_enterprise()
    boss = enterprise_admin(firm)
    account = somebody_with_phone()
    other = sent(phone="15400010002", now=LATER)

    check = queries.check_of(sent())

    assert (check.enterprise, check.namesake, check.account) == (firm, None, account)
    assert [member.user for member in check.members] == [boss]
    assert (check.others, check.can_be_approved) == ((other,), True)


def test_those_who_wait_longest_stand_first_and_are_found_by_what_a_caller_knows() -> None:
    late, early = sent(LATER), sent(phone="15400010002", credit_code=OTHER_CODE)
    who = queries.standing_of(clerk())

    def found(words: str, state: str = "") -> list[Registration]:
        return list(queries.filtered_registrations(who, RegistrationFilter(words, state)))

    assert found("", "WAITING") == [early, late]
    assert found(late.reference.lower().replace("-", " ")) == [late]
    assert found("154 0001 0002") == [early]
    assert found(f" {CODE.lower()} ") == [late]
    assert found("造船") == [late, early]
    assert (found("x"), queries.waiting_registrations(who)) == ([], 2)


def test_only_whoever_knows_reference_and_phone_is_answered() -> None:
    row = sent()

    def asked(reference: str, phone: str) -> Registration | None:
        return queries.registration_answered_to(reference, phone)

    assert asked(row.reference, PHONE) == row
    assert asked(row.reference.replace("-", "").lower(), "154-0001-0001") == row
    assert [asked(row.reference, "15400010002"), asked("0000-0000", PHONE), asked("", "")] == [
        None,
        None,
        None,
    ]


@pytest.mark.usefixtures("shared_database")
def test_of_two_clerks_at_once_one_decides_and_the_other_reads_who_it_was(
    zone: ProfileVersion,  # noqa: ARG001  # made anew after a test that commits
) -> None:
    row, clerks = sent(), (clerk(), clerk())

    got = at_once([partial(approve, row, actor) for actor in clerks])

    refused = [answer for answer in got if isinstance(answer, services.AlreadyDecided)]
    done = [answer for answer in got if isinstance(answer, Registration)]
    assert (len(refused), len(done)) == (1, 1)
    assert done[0].decided_by is not None
    assert refused[0].places == {"name": done[0].decided_by.name}
    assert (Enterprise.objects.filter(credit_code=CODE).count(), Membership.objects.count()) == (
        1,
        1,
    )


@pytest.mark.usefixtures("shared_database")
def test_a_form_sent_twice_at_once_is_one_registration(
    zone: ProfileVersion,  # noqa: ARG001  # made anew after a test that commits
) -> None:
    def send() -> Registration:
        return services.send_registration(
            new=NEW, form_key="the same form", address="", actor=None, now=THURSDAY_10
        )

    first, second = at_once([send, send])

    assert isinstance(first, Registration)
    assert first == second
    assert (Registration.objects.count(), len(told("registry.registration.received"))) == (1, 1)
