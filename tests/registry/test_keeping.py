"""What the registry need not keep about people is deleted; what is due is told before."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.data_map import Held
from shuniu.zone.registry import queries, services
from shuniu.zone.registry.models import Contact, Enterprise, Membership, Post, Registration
from tests.factories import THURSDAY_10, ContactFactory, EnterpriseFactory, clerk, member_of, office

pytestmark = pytest.mark.usefixtures("zone")
CUTOFF = THURSDAY_10
OLD, NEW = CUTOFF - timedelta(seconds=1), CUTOFF


@pytest.mark.parametrize(
    ("verified", "registered", "is_kept"),
    [
        (OLD, NEW, False),
        (NEW, OLD, True),
        (None, OLD, False),
        (None, NEW, True),
    ],
)
def test_a_contact_ends_with_its_last_verification(
    verified: object, registered: object, *, is_kept: bool
) -> None:
    enterprise = EnterpriseFactory.create(registered_at=registered)
    ContactFactory.create(enterprise=enterprise, verified_at=verified)

    services.purge_contacts(before=CUTOFF, limit=10, now=CUTOFF)

    assert Contact.objects.exists() == is_kept
    assert Enterprise.objects.filter(pk=enterprise.pk).exists()


def registration(reference: str, decided_at: datetime | None) -> None:
    Registration(
        reference=reference,
        credit_code="9132",
        enterprise_name="样例",
        name="沈样例",
        phone="15400012345",
        form_key=reference,
        received_at=OLD,
        due_at=OLD,
        decided_at=decided_at,
    ).save(force_insert=True)


def test_decided_applications_end_and_waiting_ones_stay() -> None:
    for reference, decided_at in (("old", OLD), ("new", NEW), ("waiting", None)):
        registration(reference, decided_at)

    services.purge_registrations(before=CUTOFF, limit=10, now=CUTOFF)

    assert sorted(Registration.objects.values_list("reference", flat=True)) == ["new", "waiting"]


def test_posts_and_memberships_end_with_the_name() -> None:
    gone, here = member_of(EnterpriseFactory.create()), member_of(EnterpriseFactory.create())
    Post.objects.create(user=gone, office=office())
    User.objects.filter(pk=gone.pk).update(sign_in_name=f"#{gone.pk}")

    for _ in range(2):
        services.purge_standing(before=CUTOFF, limit=10, now=CUTOFF)

    assert list(Membership.objects.values_list("user", flat=True)) == [here.pk]
    assert Post.objects.count() == 0


def test_what_is_held_counts_everything_and_names_the_oldest() -> None:
    ContactFactory.create(verified_at=NEW)
    ContactFactory.create(verified_at=OLD)
    registration("waiting", None)
    member = member_of(EnterpriseFactory.create())
    User.objects.filter(pk=member.pk).update(is_active=False, closed_at=OLD)

    assert queries.contacts_held() == Held(2, OLD)
    assert queries.registrations_held() == Held(1, None)
    assert queries.standing_held() == Held(1, OLD)


def test_only_the_security_administrator_lets_a_person_be_forgotten() -> None:
    member = member_of(EnterpriseFactory.create())
    actor = clerk()

    with pytest.raises(services.NotForYou):
        services.forget_person(user_id=member.pk, actor=actor, now=CUTOFF)
    with pytest.raises(services.NotForYou):
        services.end_standing(actor=actor, now=CUTOFF)
