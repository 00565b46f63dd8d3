"""Live pages: tell open pages that something happened, and let them fetch it themselves.

Only the names of the apps that recorded facts are sent, never what happened, so that the ordinary
rights of the pages decide what a person gets to see.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

from asgiref.sync import sync_to_async
from django.contrib.auth.decorators import login_not_required
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponseForbidden, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from shuniu.zone.kernel import clock
from shuniu.zone.kernel.models import Fact

LOOK_EVERY_S = 1.0
BREATH_EVERY_S = 20.0
MOST_MINUTES = 30
MOST_AT_ONCE = 500
DRAWN_WITHIN = timedelta(seconds=15)


@login_not_required  # a page that waits for events cannot follow the way to the sign-in page
@require_safe
async def stream(request: HttpRequest) -> HttpResponseBase:
    """Answer with a stream of server-sent events until the page goes away."""
    user = await request.auser()
    if not user.is_authenticated:
        return HttpResponseForbidden()
    heard = request.headers.get("Last-Event-ID", "")
    seen = int(heard) if heard.isdecimal() else await sync_to_async(_before_the_page)(clock.now())
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
    yield "retry: 3000\n\n"
    silent_s = 0.0
    for _turn in range(int(MOST_MINUTES * 60 / LOOK_EVERY_S)):
        await asyncio.sleep(LOOK_EVERY_S)
        topics, seen = await sync_to_async(_topics_after)(seen)
        silent_s += LOOK_EVERY_S
        if topics:
            yield f"id: {seen}\nevent: changed\ndata: {json.dumps(topics)}\n\n"
        elif silent_s >= BREATH_EVERY_S:
            silent_s = 0.0
            yield ": still here\n\n"


def _before_the_page(now: datetime) -> int:
    """Return the newest fact that the page must have shown.

    A page is drawn before it listens: what happened in between is told again rather than lost.
    """
    close_old_connections()
    rows = Fact.objects.order_by("-pk").values_list("pk", "happened_at")
    newest = list(rows[:MOST_AT_ONCE])
    oldest_of_these = newest[-1][0] - 1 if newest else 0
    drawn = (pk for pk, happened_at in newest if happened_at < now - DRAWN_WITHIN)
    return next(drawn, oldest_of_these)


def _topics_after(seen: int) -> tuple[list[str], int]:
    """Return the apps that recorded facts after ``seen``, and the newest fact."""
    close_old_connections()
    facts = Fact.objects.filter(pk__gt=seen).order_by("pk")
    rows = list(facts.values_list("pk", "kind")[:MOST_AT_ONCE])
    topics = sorted({kind.split(".", 1)[0] for _pk, kind in rows})
    return topics, rows[-1][0] if rows else seen
