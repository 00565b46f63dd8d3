"""The purge: batch by batch, one fact and one certificate for each run, and nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import TestCase
from hypothesis import given
from hypothesis import strategies as st

from shuniu.zone.accounts.models import User
from shuniu.zone.kernel import files, services
from shuniu.zone.kernel.clock import ZONE
from shuniu.zone.kernel.data_map import Removed, Span
from shuniu.zone.kernel.facts import DataPurged
from shuniu.zone.kernel.models import (
    Delivery,
    DeliveryState,
    Fact,
    FactWords,
    KeptAnswer,
    PurgeCertificate,
)
from shuniu.zone.kernel.services import purging
from tests.factories import THURSDAY_10, UserFactory

pytestmark = pytest.mark.django_db
YESTERDAY = THURSDAY_10 - timedelta(days=1)


@pytest.fixture
def person() -> User:
    return UserFactory.create()


def answers(person: User, count: int, at: datetime) -> None:
    KeptAnswer.objects.bulk_create(
        KeptAnswer(actor=person, key=f"{at:%H%M}-{n:06d}", digest="d", made_at=at)
        for n in range(count)
    )


def purge_answers(now: datetime = THURSDAY_10) -> PurgeCertificate | None:
    return services.run_purge(
        data_class="answers",
        batch=services.purge_answers,
        before=now - timedelta(hours=24),
        actor=None,
        now=now,
    )


def test_a_run_deletes_what_is_due_and_certifies_it_with_one_fact(person: User) -> None:
    answers(person, 450, YESTERDAY - timedelta(minutes=1))
    answers(person, 3, YESTERDAY)

    certificate = purge_answers()

    assert certificate is not None
    assert (KeptAnswer.objects.count(), certificate.rows, certificate.files) == (
        3, {"kernel_keptanswer": 450}, 0,
    )  # fmt: skip
    (fact,) = Fact.objects.filter(kind=DataPurged.kind)
    assert certificate.fact == fact
    assert fact.data == {
        "certificate_id": certificate.pk,
        "data_class": "answers",
        "before": "2026-11-18T02:00:00Z",
        "rows": 450,
        "files": 0,
    }


def test_running_twice_does_nothing_more(person: User) -> None:
    answers(person, 5, YESTERDAY - timedelta(hours=1))
    purge_answers()
    facts = Fact.objects.count()

    assert purge_answers() is None
    assert (PurgeCertificate.objects.count(), Fact.objects.count()) == (1, facts)


def test_a_run_without_anything_due_leaves_no_trace(person: User) -> None:
    answers(person, 5, THURSDAY_10)
    facts = Fact.objects.count()

    assert purge_answers() is None
    assert (KeptAnswer.objects.count(), Fact.objects.count()) == (5, facts)


def test_a_run_that_was_cut_off_goes_on_with_its_certificate(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(purging, "PURGED_AT_ONCE", 10)
    answers(person, 25, YESTERDAY - timedelta(hours=1))
    tries = 0

    def dies_at_the_third(*, before: datetime, limit: int, now: datetime) -> Removed:
        nonlocal tries
        tries += 1
        if tries == 3:
            raise OSError("the power went")
        return services.purge_answers(before=before, limit=limit, now=now)

    with pytest.raises(OSError, match="the power went"):
        services.run_purge(
            data_class="answers",
            batch=dies_at_the_third,
            before=YESTERDAY,
            actor=None,
            now=THURSDAY_10,
        )
    begun = PurgeCertificate.objects.get()
    assert (begun.rows, begun.ended_at) == ({"kernel_keptanswer": 20}, None)

    later = THURSDAY_10 + timedelta(days=1)
    certificate = purge_answers(later)

    assert certificate == begun
    assert (certificate.rows, certificate.began_at, certificate.ended_at) == (
        {"kernel_keptanswer": 25}, THURSDAY_10, later,
    )  # fmt: skip


def test_files_are_deleted_only_once_the_rows_are_committed(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(person, 1, YESTERDAY - timedelta(hours=1))
    gone: list[tuple[str, ...]] = []
    monkeypatch.setattr(files, "remove", gone.append)

    def with_files(*, before: datetime, limit: int, now: datetime) -> Removed:
        removed = services.purge_answers(before=before, limit=limit, now=now)
        return Removed(removed.rows, ("ab/abc",)) if removed else removed

    with TestCase.captureOnCommitCallbacks(execute=False) as callbacks:
        services.run_purge(
            data_class="answers", batch=with_files, before=YESTERDAY, actor=None, now=THURSDAY_10
        )
    assert gone == []
    for callback in callbacks:
        callback()
    assert gone == [("ab/abc",)]


@pytest.mark.parametrize(
    ("state", "left"),
    [(DeliveryState.DONE, 1), (DeliveryState.WAITING, 2), (DeliveryState.DEAD, 2)],
)
def test_only_work_that_is_done_is_deleted(
    state: DeliveryState, left: int, a_fact: Callable[[datetime], Fact]
) -> None:
    for at in (YESTERDAY, THURSDAY_10):
        Delivery.objects.create(fact=a_fact(at), reaction="r", state=state, next_try_at=at)

    services.purge_deliveries(before=THURSDAY_10, limit=10, now=THURSDAY_10)

    assert Delivery.objects.count() == left


@pytest.fixture
def a_fact(person: User) -> Callable[[datetime], Fact]:
    def make(at: datetime) -> Fact:
        told = DataPurged(certificate_id=1, data_class="x", before=at, rows=0, files=0)
        return services.record_fact(told, actor=person, at=at)

    return make


def test_reasons_end_and_their_facts_stay(a_fact: Callable[[datetime], Fact]) -> None:
    old, new = a_fact(YESTERDAY), a_fact(THURSDAY_10)
    services.write_words(fact=old, text="核对来信署名", now=YESTERDAY)
    services.write_words(fact=new, text="核对来信日期", now=THURSDAY_10)

    services.purge_fact_words(before=THURSDAY_10, limit=10, now=THURSDAY_10)

    assert [row.text for row in FactWords.objects.all()] == ["核对来信日期"]
    assert Fact.objects.filter(pk__in=[old.pk, new.pk]).count() == 2


def test_sessions_of_browsers_end_with_their_cookie() -> None:
    for key, expires_at in (("old", YESTERDAY), ("new", THURSDAY_10)):
        Session.objects.create(session_key=key, session_data="", expire_date=expires_at)

    services.purge_browser_sessions(before=THURSDAY_10, limit=10, now=THURSDAY_10)

    assert list(Session.objects.values_list("pk", flat=True)) == ["new"]


@pytest.mark.parametrize(
    ("span", "before", "after"),
    [
        (Span(1, "months"), "2026-02-28", "2026-04-30"),
        (Span(13, "months"), "2025-02-28", "2027-04-30"),
        (Span(12, "months"), "2025-03-31", "2027-03-31"),
        (Span(30, "days"), "2026-03-01", "2026-04-30"),
        (Span(48, "hours"), "2026-03-29", "2026-04-02"),
    ],
)
def test_a_month_ends_on_its_last_day_where_the_day_is_missing(
    span: Span, before: str, after: str
) -> None:
    moment = datetime(2026, 3, 31, 10, tzinfo=ZONE)

    assert span.before(moment).isoformat() == f"{before}T10:00:00+08:00"
    assert span.after(moment).isoformat() == f"{after}T10:00:00+08:00"


DAYS = st.datetimes(
    datetime(2020, 1, 1), datetime(2090, 1, 1), timezones=st.just(ZONE)
)  # bounds are naive


@given(months=st.integers(1, 120), moment=DAYS)
def test_what_is_due_by_one_way_of_counting_is_not_early_by_the_other(
    months: int, moment: datetime
) -> None:
    span = Span(months, "months")

    assert span.after(span.before(moment)) <= moment
    assert span.before(span.after(moment)) <= moment
