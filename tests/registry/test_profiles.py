"""A profile in force: offices follow it, cases keep the one they began under."""

from __future__ import annotations

import pytest

from shuniu.profiles.load import load_profile
from shuniu.profiles.schema import Profile
from shuniu.zone.accounts.choices import Role
from shuniu.zone.desk.choices import Channel
from shuniu.zone.desk.services import open_case
from shuniu.zone.kernel.models import Fact
from shuniu.zone.registry import queries, services
from shuniu.zone.registry.models import Office, ProfileVersion
from tests.factories import THURSDAY_10, EnterpriseFactory, administrator, member_of, person


def changed(**offices: str) -> Profile:
    """Return the Haimen profile with other Chinese names for these offices."""
    haimen = load_profile("haimen")
    renamed = tuple(
        office.model_copy(update={"zh": offices.get(office.code, office.zh)})
        for office in haimen.offices
    )
    return haimen.model_copy(update={"offices": renamed})


def without_last_office() -> Profile:
    haimen = load_profile("haimen")
    return haimen.model_copy(update={"offices": haimen.offices[:-1]})


def test_the_offices_are_those_of_the_profile_in_its_order(zone: ProfileVersion) -> None:
    offices = load_profile("haimen").offices

    assert list(queries.active_offices().values_list("code", "zh", "kind", "position")) == [
        (office.code, office.zh, office.kind.value, n) for n, office in enumerate(offices)
    ]
    assert (zone.code, zone.digest) == ("haimen", load_profile("haimen").digest())


@pytest.mark.usefixtures("zone")
def test_a_new_profile_renames_an_office_and_keeps_the_row() -> None:
    before = Office.objects.get(code="econ_bureau").pk
    actor = administrator()

    version = services.put_profile_in_force(
        profile=changed(econ_bureau="经济局"), actor=actor, now=THURSDAY_10
    )

    office = Office.objects.get(code="econ_bureau")
    assert (office.pk, office.zh) == (before, "经济局")
    assert queries.profile_in_force().version_id == version.pk
    fact = Fact.objects.get(kind="registry.profile.put_in_force", actor=actor)
    assert fact.data == {"version_id": version.pk, "code": "haimen", "digest": version.digest}


@pytest.mark.usefixtures("zone")
def test_an_office_that_left_the_profile_stays_but_gets_no_new_cases() -> None:
    last = load_profile("haimen").offices[-1].code

    services.put_profile_in_force(profile=without_last_office(), actor=None, now=THURSDAY_10)
    gone = Office.objects.get(code=last)
    assert (gone.is_active, queries.active_offices().filter(code=last).exists()) == (False, False)

    services.put_profile_in_force(profile=load_profile("haimen"), actor=None, now=THURSDAY_10)
    assert Office.objects.get(code=last).is_active


@pytest.mark.usefixtures("zone")
def test_a_profile_that_says_the_same_is_refused() -> None:
    facts = Fact.objects.count()

    with pytest.raises(services.ProfileUnchanged):
        services.put_profile_in_force(profile=load_profile("haimen"), actor=None, now=THURSDAY_10)

    assert (ProfileVersion.objects.count(), Fact.objects.count()) == (1, facts)


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize("role", [role for role in Role if role != Role.SYSTEM_ADMIN])
def test_only_the_system_administrator_puts_a_profile_in_force(role: Role) -> None:
    with pytest.raises(services.NotForYou):
        services.put_profile_in_force(profile=changed(), actor=person(role), now=THURSDAY_10)

    assert ProfileVersion.objects.count() == 1


def test_a_case_keeps_the_profile_that_it_was_opened_under(zone: ProfileVersion) -> None:
    enterprise = EnterpriseFactory.create()
    case = open_case(
        enterprise=enterprise,
        text="路灯坏了",
        channel=Channel.WECHAT_ACCOUNT,
        is_restricted=False,
        actor=member_of(enterprise),
        now=THURSDAY_10,
    )

    newer = services.put_profile_in_force(
        profile=changed(econ_bureau="经济局"), actor=None, now=THURSDAY_10
    )

    case.refresh_from_db()
    assert (case.profile_id, queries.profile_in_force().version_id) == (zone.pk, newer.pk)
    assert queries.profile_of(case.profile_id).office("econ_bureau").zh == "经济发展局"


def test_what_is_stored_is_read_as_the_same_profile(zone: ProfileVersion) -> None:
    assert queries.profile_of(zone.pk) == load_profile("haimen")


@pytest.mark.django_db
def test_a_zone_that_was_not_set_up_says_what_to_do() -> None:
    ProfileVersion.objects.all().delete()

    with pytest.raises(queries.NoProfile, match="Run “shuniu setup” first"):
        queries.profile_in_force()
