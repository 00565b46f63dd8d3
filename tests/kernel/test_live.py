"""Open pages hear that something happened, never what."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any, cast

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connections, transaction
from django.test import AsyncClient

from shuniu.zone.accounts import facts
from shuniu.zone.accounts.models import SignInSession
from shuniu.zone.accounts.queries.sessions import key_digest
from shuniu.zone.kernel import clock, live
from shuniu.zone.kernel.models import Fact
from shuniu.zone.kernel.services import record_fact
from tests.clients import Client
from tests.factories import THURSDAY_10, UserFactory


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "LOOK_EVERY_S", 0.01)
    monkeypatch.setattr(live, "hand_back", lambda: None)


@pytest.mark.usefixtures("zone")
def test_somebody_who_is_not_signed_in_hears_nothing(client: Client) -> None:
    answer = client.get("/live/")

    assert (answer.status_code, answer.content) == (403, b"")


@pytest.mark.usefixtures("zone")
def test_nothing_can_be_sent_to_it(client: Client) -> None:
    client.force_login(UserFactory.create())

    answer = client.post("/live/", {"idempotency_key": "0123456789"})

    assert answer.status_code == 405


@pytest.mark.usefixtures("shared_database", "zone")
def test_a_signed_in_person_hears_the_topic_of_a_fact_and_nothing_of_its_content() -> None:
    user = UserFactory.create(name="沈秘密")

    heard = asyncio.run(_hear(user))

    number = Fact.objects.order_by("pk").values_list("pk", flat=True).last()
    assert heard == [
        "retry: 3000\n\n",
        f'id: {number}\nevent: changed\ndata: ["accounts"]\n\n',
    ]


@pytest.mark.usefixtures("zone")
def test_what_happened_while_the_page_was_drawn_is_told_again() -> None:
    user = UserFactory.create()
    for seconds in (60, 10, 1):
        record_fact(
            facts.SignedIn(user_id=user.pk, session_id=1, second_factor=""),
            actor=None,
            at=THURSDAY_10 - timedelta(seconds=seconds),
        )
    last_three = list(Fact.objects.order_by("-pk").values_list("pk", flat=True)[:3])

    assert live._before_the_page(THURSDAY_10) == last_three[-1]


@pytest.mark.usefixtures("shared_database", "zone")
def test_a_quiet_stream_says_now_and_then_that_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "BREATH_EVERY_S", 0.02)

    async def hear() -> list[str]:
        events = live._events(await sync_to_async(live._before_the_page)(clock.now()))
        heard = [await anext(events), await anext(events)]
        await sync_to_async(connections.close_all)()
        return heard

    assert asyncio.run(hear()) == ["retry: 3000\n\n", ": still here\n\n"]


def _begin_stay(user: Any, key: str) -> None:
    """Begin a stay without the fact that signing in leaves: it would be heard as well."""
    now = clock.now()
    SignInSession.objects.create(
        user=user, key_digest=key_digest(key), began_at=now, seen_at=now, second_factor_at=now
    )
    connections.close_all()


async def _hear(user: Any) -> list[str]:
    client = AsyncClient()
    await client.aforce_login(user)
    await sync_to_async(_begin_stay)(user, client.cookies[settings.SESSION_COOKIE_NAME].value)
    answer = await client.get("/live/")
    assert answer["Content-Type"] == "text/event-stream"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Encoding"] == "identity"
    events = cast("AsyncIterator[bytes]", aiter(cast("Any", answer)))
    heard = [await anext(events)]
    await sync_to_async(_sign_in)(user)
    heard.append(await anext(events))
    await sync_to_async(connections.close_all)()
    return [event.decode() for event in heard]


def _sign_in(user: Any) -> None:
    with transaction.atomic():
        record_fact(
            facts.SignedIn(user_id=user.pk, session_id=1, second_factor=""),
            actor=user,
            at=THURSDAY_10,
        )
