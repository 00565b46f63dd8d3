"""A fact is written with its change, and its deliveries with it."""

from __future__ import annotations

import pytest
from django.db import transaction
from pytest_django import Settings

from shuniu.zone.accounts import facts
from shuniu.zone.kernel.models import Delivery, Fact
from shuniu.zone.kernel.services import record_fact, record_facts
from tests.factories import THURSDAY_10, UserFactory


@pytest.mark.django_db(transaction=True)
def test_a_fact_is_refused_outside_a_transaction() -> None:
    before = Fact.objects.count()

    with pytest.raises(AssertionError, match=r"A fact is written together with its change\."):
        record_fact(facts.SignedOut(user_id=7), actor=None, at=THURSDAY_10)

    assert Fact.objects.count() == before


@pytest.mark.django_db
def test_a_fact_says_what_happened_to_what_when_and_by_whom() -> None:
    user = UserFactory.create()

    row = record_fact(facts.SignedOut(user_id=user.pk), actor=user, at=THURSDAY_10)

    stored = Fact.objects.get(pk=row.pk)
    assert (stored.kind, stored.subject) == ("accounts.user.signed_out", f"accounts.user:{user.pk}")
    assert (stored.actor, stored.happened_at) == (user, THURSDAY_10)
    assert stored.data == {"user_id": user.pk}


@pytest.mark.django_db
def test_a_fact_goes_to_each_reaction_of_its_kind_and_to_no_other(
    settings: Settings,
) -> None:
    settings.REACTIONS = "tests.kernel.reactions.BOTH"

    row = record_fact(
        facts.SignedIn(user_id=7, session_id=1, second_factor=""), actor=None, at=THURSDAY_10
    )
    record_fact(facts.SignedOut(user_id=7), actor=None, at=THURSDAY_10)

    assert list(
        Delivery.objects.filter(fact__kind__startswith="accounts.")
        .order_by("pk")
        .values_list("fact", "reaction", "state")
    ) == [
        (row.pk, "tests.kernel.reactions.fail", "WAITING"),
        (row.pk, "tests.kernel.reactions.remember", "WAITING"),
    ]


@pytest.mark.django_db
def test_history_that_was_acted_upon_is_not_delivered(settings: Settings) -> None:
    settings.REACTIONS = "tests.kernel.reactions.BOTH"

    rows = record_facts(
        [(facts.SignedIn(user_id=7, session_id=1, second_factor=""), None, THURSDAY_10)],
        deliver=False,
    )

    assert Fact.objects.filter(pk__in=[row.pk for row in rows]).count() == 1
    assert not Delivery.objects.filter(fact__in=rows).exists()


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_leaves_neither_fact_nor_delivery(
    settings: Settings,
) -> None:
    settings.REACTIONS = "tests.kernel.reactions.BOTH"
    before = (Fact.objects.count(), Delivery.objects.count())

    with transaction.atomic():
        record_fact(
            facts.SignedIn(user_id=7, session_id=1, second_factor=""), actor=None, at=THURSDAY_10
        )
        transaction.set_rollback(True)

    assert (Fact.objects.count(), Delivery.objects.count()) == before
