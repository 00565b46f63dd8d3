"""Live pages: tell open pages that something happened, and let them fetch it themselves.

Only the names of the apps that recorded facts are sent, never what happened, so that the ordinary
rights of the pages decide what a person gets to see; and ``bell`` to whoever was told something
with them, so that the pages of all others need not ask. All open pages of a process share one look
at the database a second, and an open page keeps no connection to it.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connections
from django.http import HttpRequest, HttpResponseForbidden, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from shuniu.zone.kernel import clock
from shuniu.zone.kernel.models import Fact

LOOK_EVERY_S = 1.0
BREATH_EVERY_S = 20.0
MOST_MINUTES = 30
MOST_FACTS = 500
MOST_KEPT = 2_000
DRAWN_WITHIN = timedelta(seconds=15)
LONGEST_ID = 18  # digits of a 64-bit number, whole
BELL = "bell"
FEW_FACTS = 20  # enough for what happened while most pages were drawn


@dataclass(frozen=True, slots=True)
class News:
    """Facts that were looked up together: their apps with their ids, and who was told something."""

    topics: tuple[tuple[int, str], ...]
    people: frozenset[int]

    def after(self, seen: int, user_id: int) -> set[str]:
        """Return what a person's page is told of what it has not seen."""
        found = {topic for pk, topic in self.topics if pk > seen}
        return found | {BELL} if found and user_id in self.people else found


class Watch:
    """The newest facts, looked up once a second for all open pages of one event loop."""

    def __init__(self) -> None:
        self._newest = 0
        self._looked_at_s = float("-inf")
        self._recent: deque[News] = deque(maxlen=MOST_KEPT)
        self._looking: asyncio.Task[None] | None = None

    async def topics_after(self, seen: int, user_id: int) -> tuple[list[str], int]:
        """Return what a person's page is told of the facts after ``seen``, and the newest fact."""
        age_s = time.monotonic() - self._looked_at_s
        if age_s > 3 * LOOK_EVERY_S and self._looking is None:
            self._newest = seen  # nobody has listened for a while
        if age_s >= LOOK_EVERY_S / 2:
            if self._looking is None:
                self._looking = asyncio.ensure_future(self._look())
            await asyncio.shield(self._looking)
        topics: set[str] = set()
        newest = seen
        for news in reversed(self._recent):
            if news.topics[-1][0] <= seen:
                break
            topics |= news.after(seen, user_id)
            newest = max(newest, news.topics[-1][0])
        return sorted(topics), newest

    async def _look(self) -> None:
        try:
            news = await sync_to_async(_news_after)(self._newest)
            if news is not None:
                self._recent.append(news)
                self._newest = news.topics[-1][0]
            self._looked_at_s = time.monotonic()
        finally:
            self._looking = None


WATCHES: WeakKeyDictionary[asyncio.AbstractEventLoop, Watch] = WeakKeyDictionary()


@login_not_required  # a page that waits for events cannot follow the way to the sign-in page
@require_safe
async def stream(request: HttpRequest) -> HttpResponseBase:
    """Answer with a stream of server-sent events until the page goes away."""
    user = await request.auser()
    await sync_to_async(hand_back)()
    if not user.is_authenticated:
        return HttpResponseForbidden()
    heard = request.headers.get("Last-Event-ID", "")
    if heard.isdecimal() and len(heard) <= LONGEST_ID:
        seen = int(heard)
    else:
        seen = await sync_to_async(_before_the_page)(clock.now())
    return StreamingHttpResponse(
        _events(seen, user.pk),
        content_type="text/event-stream",
        headers={
            "Cache-Control": "no-store",
            "Content-Encoding": "identity",
            "X-Accel-Buffering": "no",
        },
    )


async def _events(seen: int, user_id: int) -> AsyncIterator[str]:
    watch = WATCHES.setdefault(asyncio.get_running_loop(), Watch())
    yield "retry: 3000\n\n"
    missed = await sync_to_async(_news_after)(seen)
    if missed is not None:
        topics = sorted(missed.after(seen, user_id))
        seen = missed.topics[-1][0]
        yield _changed(seen, topics)
    silent_s = 0.0
    for _turn in range(int(MOST_MINUTES * 60 / LOOK_EVERY_S)):
        await asyncio.sleep(LOOK_EVERY_S)
        topics, seen = await watch.topics_after(seen, user_id)
        silent_s += LOOK_EVERY_S
        if topics:
            yield _changed(seen, topics)
        elif silent_s >= BREATH_EVERY_S:
            silent_s = 0.0
            yield ": still here\n\n"


def _changed(seen: int, topics: list[str]) -> str:
    return f"id: {seen}\nevent: changed\ndata: {json.dumps(topics)}\n\n"


def hand_back() -> None:
    """Close the connection of this thread: it works for one open page, which hardly needs it.

    One that is in the middle of a transaction is still needed by whoever began that.
    """
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()


def _before_the_page(now: datetime) -> int:
    """Return the newest fact that the page must have shown.

    A page is drawn before it listens: what happened in between is told again rather than lost.
    """
    hand_back()
    rows = Fact.objects.order_by("-pk").values_list("pk", "happened_at")
    drawn_at = now - DRAWN_WITHIN
    newest: list[tuple[int, datetime]] = []
    for most in (FEW_FACTS, MOST_FACTS):
        newest = list(rows[:most])
        if len(newest) < most or newest[-1][1] < drawn_at:
            break
    hand_back()
    oldest_of_these = newest[-1][0] - 1 if newest else 0
    drawn = (pk for pk, happened_at in newest if happened_at < drawn_at)
    return next(drawn, oldest_of_these)


def _news_after(seen: int) -> News | None:
    """Return what happened after ``seen``; None if nothing did.

    Who is told of something is told at the moment of its fact, in the same transaction.
    """
    hand_back()
    rows = list(
        Fact.objects.filter(pk__gt=seen)
        .order_by("pk")
        .values_list("pk", "kind", "happened_at")[:MOST_FACTS]
    )
    if not rows:
        hand_back()
        return None
    moments = [happened_at for _pk, _kind, happened_at in rows]
    told_between: Callable[[datetime, datetime], frozenset[int]] = import_string(settings.TOLD)
    people = told_between(min(moments), max(moments))
    hand_back()
    return News(tuple((pk, kind.split(".", 1)[0]) for pk, kind, _at in rows), people)
