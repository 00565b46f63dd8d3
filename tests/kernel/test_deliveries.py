"""What follows from a fact is done at least once, and by one worker at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from pytest_django import Settings

from shuniu.zone.accounts import facts
from shuniu.zone.kernel.models import Delivery
from shuniu.zone.kernel.services import deliver_due, record_fact, send_again, writing
from tests.factories import THURSDAY_10, columns
from tests.kernel import reactions
from tests.sharing import at_once

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _nothing_seen() -> Iterator[None]:
    reactions.SEEN.clear()
    yield
    reactions.SEEN.clear()


def told(count: int = 1) -> list[int]:
    """Record this many facts, alone in the queue, and return their ids."""
    Delivery.objects.all().delete()
    with transaction.atomic():
        rows = [
            record_fact(
                facts.SignedIn(user_id=n, session_id=1, second_factor=""),
                actor=None,
                at=THURSDAY_10,
            )
            for n in range(count)
        ]
    return [row.pk for row in rows]


@pytest.mark.django_db
def test_a_fact_is_delivered_once(settings: Settings) -> None:
    settings.REACTIONS = "tests.kernel.reactions.REMEMBERED"
    facts_told = told(3)

    tried = [deliver_due(now=THURSDAY_10), deliver_due(now=THURSDAY_10 + 60 * MINUTE)]

    assert tried == [3, 0]
    assert facts_told == reactions.SEEN
    assert set(Delivery.objects.values_list("state", "attempts")) == {("DONE", 1)}


@pytest.mark.django_db
def test_a_turn_takes_no_more_than_its_limit(settings: Settings) -> None:
    settings.REACTIONS = "tests.kernel.reactions.REMEMBERED"
    facts_told = told(3)

    assert deliver_due(now=THURSDAY_10, limit=2) == 2
    assert facts_told[:2] == reactions.SEEN


@pytest.mark.django_db
def test_nothing_is_tried_again_before_it_is_due(settings: Settings) -> None:
    settings.REACTIONS = "tests.kernel.reactions.REMEMBERED"
    told()
    Delivery.objects.update(attempts=1)

    assert deliver_due(now=THURSDAY_10 - SECOND) == 0
    assert reactions.SEEN == []


@pytest.mark.django_db
def test_new_work_is_done_although_the_clock_was_set_back(settings: Settings) -> None:
    settings.REACTIONS = "tests.kernel.reactions.REMEMBERED"
    facts_told = told()

    assert deliver_due(now=THURSDAY_10 - 60 * MINUTE) == 1
    assert facts_told == reactions.SEEN


@pytest.mark.django_db
def test_a_failing_reaction_is_tried_again_later_and_later_and_given_up_after_the_eighth_time(
    settings: Settings,
) -> None:
    settings.REACTIONS = "tests.kernel.reactions.FAILING"
    told()
    delivery = Delivery.objects.get()
    now, pauses = THURSDAY_10, []

    while delivery.state == "WAITING":
        assert deliver_due(now=now) == 1
        delivery.refresh_from_db()
        pauses.append((delivery.next_try_at - now).total_seconds())
        assert deliver_due(now=delivery.next_try_at - SECOND) == 0
        now = delivery.next_try_at

    assert pauses == [10, 20, 40, 80, 160, 320, 640, 1280]
    assert (delivery.state, delivery.attempts) == ("DEAD", 8)
    assert deliver_due(now=now + timedelta(days=30)) == 0


@pytest.mark.django_db
def test_no_pause_is_longer_than_an_hour(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.REACTIONS = "tests.kernel.reactions.FAILING"
    monkeypatch.setattr(writing, "MOST_ATTEMPTS", 20)
    told()
    Delivery.objects.update(attempts=12)

    deliver_due(now=THURSDAY_10)

    assert Delivery.objects.get().next_try_at == THURSDAY_10 + 60 * MINUTE


@pytest.mark.django_db
def test_why_it_failed_is_kept_as_a_word_without_what_it_was_about(
    settings: Settings,
) -> None:
    settings.REACTIONS = "tests.kernel.reactions.FAILING"
    told()

    deliver_due(now=THURSDAY_10)

    assert Delivery.objects.get().last_error == "ConnectionError"


@pytest.mark.django_db
def test_one_failure_does_not_hold_up_the_others(settings: Settings) -> None:
    settings.REACTIONS = "tests.kernel.reactions.BOTH"
    facts_told = told(2)

    assert deliver_due(now=THURSDAY_10) == 4
    assert facts_told == reactions.SEEN


@pytest.mark.django_db
def test_a_reaction_that_this_code_does_not_have_waits_for_code_that_has_it(
    settings: Settings,
) -> None:
    settings.REACTIONS = "tests.kernel.reactions.REMEMBERED"
    facts_told = told()
    unknown = Delivery.objects.create(
        fact_id=facts_told[0], reaction="desk.jobs.long_gone", next_try_at=THURSDAY_10 - MINUTE
    )

    assert deliver_due(now=THURSDAY_10) == 2

    assert facts_told == reactions.SEEN
    assert columns(unknown, ["state", "attempts", "next_try_at", "last_error"]) == {
        "state": "WAITING",
        "attempts": 1,
        "next_try_at": THURSDAY_10 + 10 * SECOND,
        "last_error": "UnknownReaction",
    }


@pytest.mark.django_db
def test_a_worker_that_dies_is_followed_when_its_lease_is_over(settings: Settings) -> None:
    settings.REACTIONS = "tests.kernel.reactions.DEADLY"
    told()
    with pytest.raises(SystemExit):
        deliver_due(now=THURSDAY_10)

    assert deliver_due(now=THURSDAY_10 + 5 * MINUTE - SECOND) == 0
    with pytest.raises(SystemExit):
        deliver_due(now=THURSDAY_10 + 5 * MINUTE)

    assert Delivery.objects.get().attempts == 2


@pytest.mark.django_db
def test_a_worker_that_fails_after_its_lease_does_not_undo_what_its_follower_did(
    settings: Settings,
) -> None:
    settings.REACTIONS = "tests.kernel.reactions.REMEMBERED"
    told()
    slow = Delivery.objects.get()
    assert writing._claim(slow, THURSDAY_10)
    deliver_due(now=THURSDAY_10 + 5 * MINUTE)

    writing._fail(slow, ConnectionError(), THURSDAY_10 + 6 * MINUTE)

    assert columns(slow, ["state", "attempts", "last_error"]) == {
        "state": "DONE",
        "attempts": 2,
        "last_error": "",
    }


@pytest.mark.django_db
def test_what_was_given_up_starts_over_when_it_is_sent_again(settings: Settings) -> None:
    settings.REACTIONS = "tests.kernel.reactions.REMEMBERED"
    facts_told = told()
    Delivery.objects.update(state="DEAD", attempts=8, last_error="ConnectionError")
    delivery = Delivery.objects.get()

    assert send_again(delivery_id=delivery.pk, now=THURSDAY_10 + MINUTE)

    assert columns(delivery, ["state", "attempts", "next_try_at"]) == {
        "state": "WAITING",
        "attempts": 0,
        "next_try_at": THURSDAY_10 + MINUTE,
    }
    assert deliver_due(now=THURSDAY_10 + MINUTE) == 1
    assert facts_told == reactions.SEEN
    assert columns(delivery, ["state", "last_error"]) == {"state": "DONE", "last_error": ""}


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["WAITING", "DONE"])
def test_what_was_not_given_up_is_not_sent_again(settings: Settings, state: str) -> None:
    settings.REACTIONS = "tests.kernel.reactions.REMEMBERED"
    told()
    Delivery.objects.update(state=state, attempts=3)
    delivery = Delivery.objects.get()

    assert not send_again(delivery_id=delivery.pk, now=THURSDAY_10 + MINUTE)
    assert columns(delivery, ["state", "attempts"]) == {"state": state, "attempts": 3}


@pytest.mark.usefixtures("shared_database")
def test_two_workers_at_once_share_the_work(settings: Settings) -> None:
    settings.REACTIONS = "tests.kernel.reactions.SLOW"
    facts_told = told(12)

    tried = at_once(2, lambda _worker: deliver_due(now=THURSDAY_10))

    assert sum(tried) == 12
    assert sorted(reactions.SEEN) == facts_told
    assert set(Delivery.objects.values_list("state", "attempts")) == {("DONE", 1)}
