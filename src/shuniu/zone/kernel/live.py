"""Live pages: tell open pages that something happened, and let them fetch it themselves.

Only the names of the apps that recorded facts are sent, never what happened, so that the ordinary
rights of the pages decide what a person gets to see. All open pages of a process share one look at
the database a second, and an open page keeps no connection to it.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from asgiref.sync import sync_to_async
from django.contrib.auth.decorators import login_not_required
from django.db import connections
from django.http import HttpRequest, HttpResponseForbidden, StreamingHttpResponse
from django.http.response import HttpResponseBase
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


class Watch:
    """The newest facts, looked up once a second for all open pages of one event loop."""

    def __init__(self) -> None:
        self._newest = 0
        self._looked_at_s = float("-inf")
        self._recent: deque[tuple[int, str]] = deque(maxlen=MOST_KEPT)
        self._looking: asyncio.Task[None] | None = None

    async def topics_after(self, seen: int) -> tuple[list[str], int]:
        """Return the apps that recorded facts after ``seen``, and the newest fact."""
        age_s = time.monotonic() - self._looked_at_s
        if age_s > 3 * LOOK_EVERY_S and self._looking is None:
            self._newest = seen  # nobody has listened for a while
        if age_s >= LOOK_EVERY_S / 2:
            if self._looking is None:
                self._looking = asyncio.ensure_future(self._look())
            await asyncio.shield(self._looking)
        rows = [(pk, topic) for pk, topic in self._recent if pk > seen]
        return sorted({topic for _pk, topic in rows}), rows[-1][0] if rows else seen

    async def _look(self) -> None:
        try:
            rows = await sync_to_async(_facts_after)(self._newest)
            self._recent.extend((pk, kind.split(".", 1)[0]) for pk, kind in rows)
            self._newest = rows[-1][0] if rows else self._newest
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
        _events(seen),
        content_type="text/event-stream",
        headers={
            "Cache-Control": "no-store",
            "Content-Encoding": "identity",
            "X-Accel-Buffering": "no",
        },
    )


async def _events(seen: int) -> AsyncIterator[str]:
    watch = WATCHES.setdefault(asyncio.get_running_loop(), Watch())
    yield "retry: 3000\n\n"
    missed = await sync_to_async(_facts_after)(seen)
    if missed:
        seen = missed[-1][0]
        yield _changed(seen, sorted({kind.split(".", 1)[0] for _pk, kind in missed}))
    silent_s = 0.0
    for _turn in range(int(MOST_MINUTES * 60 / LOOK_EVERY_S)):
        await asyncio.sleep(LOOK_EVERY_S)
        topics, seen = await watch.topics_after(seen)
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
    newest = list(rows[:MOST_FACTS])
    hand_back()
    oldest_of_these = newest[-1][0] - 1 if newest else 0
    drawn = (pk for pk, happened_at in newest if happened_at < now - DRAWN_WITHIN)
    return next(drawn, oldest_of_these)


def _facts_after(seen: int) -> list[tuple[int, str]]:
    """Return the ids and kinds of the facts after ``seen``, the oldest first."""
    hand_back()
    rows = list(
        Fact.objects.filter(pk__gt=seen).order_by("pk").values_list("pk", "kind")[:MOST_FACTS]
    )
    hand_back()
    return rows
