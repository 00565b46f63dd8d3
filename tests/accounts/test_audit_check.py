"""Having the ledger checked, and who may not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.db import transaction
from django.http import StreamingHttpResponse
from django.urls import reverse
from pytest_django import Settings

from shuniu.config.worker import run_deliveries
from shuniu.zone.accounts import facts, services
from shuniu.zone.accounts.models import User
from shuniu.zone.accounts.queries import trail
from shuniu.zone.accounts.queries.trail import TrailFilter
from shuniu.zone.kernel import jobs
from shuniu.zone.kernel.models import ChainCheck, Delivery, Fact
from shuniu.zone.kernel.origin import origin_is
from shuniu.zone.kernel.services import record_fact
from tests.clients import Client
from tests.factories import (
    THURSDAY_10,
    audit_admin,
    leader,
)

KEY = "audit-0001"
DAY = THURSDAY_10.date()
ALL_TIME = TrailFilter()


@pytest.fixture
def auditor(client: Client, zone: object) -> User:  # noqa: ARG001  # the zone is there first
    person = audit_admin()
    client.force_login(person)
    return person


@contextmanager
def asked_from(address: str) -> Iterator[None]:
    with origin_is(address), transaction.atomic():
        yield


def tell(
    about: int = 7,
    *,
    by: User | None = None,
    at: datetime = THURSDAY_10,
    origin: str = "203.0.113.7",
    fails: bool = False,
) -> int:
    """Record that somebody signed out, or failed to sign in; return the position."""
    fact = (
        facts.SignInFailed(user_id=about, cause="password")
        if fails
        else facts.SignedOut(user_id=about)
    )
    with asked_from(origin):
        return record_fact(fact, actor=by, at=at).position


def found(wanted: TrailFilter, **given: str) -> list[int]:
    return [entry.position for entry in trail.trail_page(wanted, given).entries]


@pytest.fixture(autouse=True)
def own_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the file be read with the connection of the test, which its transaction belongs to."""
    page = import_module("shuniu.zone.accounts.views.audit")  # the package has a view of this name
    monkeypatch.setattr(page, "close_old_connections", lambda: None)


def text_of(streamed: Any) -> str:
    """Return a file that comes some rows at a time."""
    assert isinstance(streamed, StreamingHttpResponse)

    async def whole() -> bytes:
        return b"".join([piece async for piece in streamed])

    return async_to_sync(whole)().decode("utf-8")


def test_a_check_is_asked_for_once_and_done_by_the_worker(
    client: Client, auditor: User, settings: Settings
) -> None:
    assert settings.REACTIONS == "shuniu.config.reactions.REACTIONS"
    for number in range(2):
        answer = client.post(
            reverse("accounts:audit-check"), {"idempotency_key": f"{KEY}-{number}"}
        )
        assert answer.status_code == 302
    assert ChainCheck.objects.count() == 1

    while run_deliveries(THURSDAY_10 + timedelta(days=9000)):
        pass

    check = ChainCheck.objects.get()
    assert (check.asked_by, check.is_whole, check.problems) == (auditor, True, [])
    asked = Fact.objects.get(kind="kernel.ledger.check_asked")
    checked = Fact.objects.get(kind="kernel.ledger.checked")
    assert (asked.actor, asked.data) == (auditor, {"check_id": check.pk})
    assert (checked.actor, checked.data) == (
        None,
        {"check_id": check.pk, "facts": check.facts, "problems": 0},
    )
    assert "完整" in client.get(reverse("accounts:audit")).text


@pytest.mark.usefixtures("auditor")
def test_a_check_says_in_words_what_was_tampered_with(client: Client) -> None:
    changed = tell()
    tell()
    Fact.objects.filter(position=changed).update(subject="accounts.user:8")
    services.ask_for_check(actor=audit_admin(), now=THURSDAY_10)

    jobs.check_ledger(Fact.objects.get(kind="kernel.ledger.check_asked"), THURSDAY_10)

    page = client.get(reverse("accounts:audit"))
    assert page.context["problems"] == [f"从第 {changed} 条起，有 1 条事后被改动"]
    assert "不完整" in page.text


@pytest.mark.usefixtures("zone")
def test_a_check_that_is_delivered_twice_is_kept_once() -> None:
    check = services.ask_for_check(actor=audit_admin(), now=THURSDAY_10)
    asked = Fact.objects.get(kind="kernel.ledger.check_asked")

    for minute in (1, 2):
        jobs.check_ledger(asked, THURSDAY_10 + timedelta(minutes=minute))

    check.refresh_from_db()
    assert check.finished_at == THURSDAY_10 + timedelta(minutes=1)
    assert Fact.objects.filter(kind="kernel.ledger.checked").count() == 1


@pytest.mark.usefixtures("zone")
def test_the_schedule_asks_for_a_check_as_the_system() -> None:
    jobs.ask_for_check(THURSDAY_10)

    check = ChainCheck.objects.get()
    assert (check.asked_by, check.asked_at) == (None, THURSDAY_10)
    assert Delivery.objects.get(fact__kind="kernel.ledger.check_asked").reaction == (
        "kernel.jobs.check_ledger"
    )


@pytest.mark.usefixtures("zone")
def test_others_can_neither_check_nor_take_out() -> None:
    for command in (
        lambda who: services.ask_for_check(actor=who, now=THURSDAY_10),
        lambda who: services.export_trail(wanted=ALL_TIME, actor=who, now=THURSDAY_10),
    ):
        with pytest.raises(services.NotForYou):
            command(leader())

    kinds = set(Fact.objects.values_list("kind", flat=True))
    assert kinds & {"kernel.ledger.check_asked", "accounts.trail.exported"} == set()


@pytest.mark.usefixtures("auditor")
def test_a_kind_that_no_app_publishes_any_more_is_shown_by_its_name() -> None:
    position = tell()
    Fact.objects.filter(position=position).update(kind="lamps.lamp.hung")

    one = trail.trail_entry(position)

    assert one is not None
    assert (one.entry.label, one.entry.group) == ("lamps.lamp.hung", "lamps")
