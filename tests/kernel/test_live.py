"""Open pages hear that something happened, never what."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any, cast

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connections, transaction
from django.test import AsyncClient
from django.urls import reverse

from shuniu.zone.accounts import facts
from shuniu.zone.accounts.models import SignInSession
from shuniu.zone.accounts.queries.sessions import key_digest
from shuniu.zone.kernel import clock, live
from shuniu.zone.kernel.models import Fact
from shuniu.zone.kernel.services import record_fact
from shuniu.zone.notices.models import Notice
from tests.clients import Client
from tests.factories import THURSDAY_10, UserFactory, clerk


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
    user = UserFactory.create()
    monkeypatch.setattr(live, "BREATH_EVERY_S", 0.02)

    async def hear() -> list[str]:
        events = live._events(await sync_to_async(live._before_the_page)(clock.now()), user.pk)
        heard = [await anext(events), await anext(events)]
        await sync_to_async(connections.close_all)()
        return heard

    assert asyncio.run(hear()) == ["retry: 3000\n\n", ": still here\n\n"]


@pytest.mark.usefixtures("zone")
def test_when_much_happened_a_page_still_hears_all_since_it_was_drawn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(live, "FEW_FACTS", 2)
    user = UserFactory.create()
    for seconds in (60, 10, 9, 8):
        _note_sign_in(user, THURSDAY_10 - timedelta(seconds=seconds))
    before = Fact.objects.order_by("-pk").values_list("pk", flat=True)[3]

    assert live._before_the_page(THURSDAY_10) == before


@pytest.mark.usefixtures("zone")
def test_the_bell_rings_on_the_pages_of_whoever_was_told_and_on_no_others() -> None:
    told, other = UserFactory.create(), UserFactory.create()
    _note_sign_in(told, THURSDAY_10)
    seen = Fact.objects.latest("pk").pk
    with transaction.atomic():
        _note_sign_in(other, THURSDAY_10 + timedelta(minutes=1))
        _tell(told, THURSDAY_10 + timedelta(minutes=1))
    _tell(other, THURSDAY_10 + timedelta(minutes=2))

    news = live._news_after(seen)

    assert news is not None
    assert news.after(seen, told.pk) == {"accounts", "bell"}
    assert news.after(seen, other.pk) == {"accounts"}
    assert news.after(news.topics[-1][0], told.pk) == set()


@pytest.mark.usefixtures("shared_database", "zone")
def test_several_open_pages_hear_their_own_bell_from_one_look(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told, other = UserFactory.create(), UserFactory.create()
    seen = live._before_the_page(clock.now())
    looks: list[int] = []
    look = live._news_after

    def counted(pk: int) -> Any:
        looks.append(pk)
        return look(pk)

    monkeypatch.setattr(live, "_news_after", counted)

    async def hear() -> list[tuple[list[str], int]]:
        watch = live.Watch()
        await watch.topics_after(seen, told.pk)
        await sync_to_async(_happen)(told)
        looks.clear()
        watch._looked_at_s = float("-inf")
        watch._newest = seen
        heard = [await watch.topics_after(seen, one.pk) for one in (told, other)]
        await sync_to_async(connections.close_all)()
        return heard

    heard = asyncio.run(hear())

    newest = Fact.objects.latest("pk").pk
    assert heard == [(["accounts", "bell"], newest), (["accounts"], newest)]
    assert len(looks) == 1


def test_every_page_of_a_signed_in_person_has_one_stream_and_the_bell_follows_it(
    client: Client, zone: object
) -> None:
    assert zone is not None
    client.force_login(clerk())
    pages = {
        name: client.get(reverse(name)).content.decode()
        for name in ("accounts:account", "desk:case-list", "notices:list", "registry:places")
    }
    signed_out = Client().get(reverse("accounts:sign-in")).content.decode()

    assert {name: page.count("<shuniu-live ") for name, page in pages.items()} == dict.fromkeys(
        pages, 1
    )
    assert [page.count('hx-trigger="shuniu:changed:bell ') for page in pages.values()] == [
        1, 1, 2, 1,
    ]  # fmt: skip
    assert "<shuniu-live" not in signed_out


def _happen(told: Any) -> None:
    now = clock.now()
    with transaction.atomic():
        _note_sign_in(told, now)
        _tell(told, now)
    connections.close_all()


def _note_sign_in(user: Any, at: datetime) -> None:
    signed_in = facts.SignedIn(user_id=user.pk, session_id=1, second_factor="")
    record_fact(signed_in, actor=None, at=at)


def _tell(user: Any, at: datetime) -> None:
    Notice.objects.create(recipient=user, kind="desk.replied", occasion=str(at), told_at=at)


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
