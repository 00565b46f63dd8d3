"""Live pages: tell open pages that something happened, and let them fetch it themselves.

Only the names of the apps that recorded facts are sent, never what happened, so that the ordinary
rights of the pages decide what a person gets to see.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

from asgiref.sync import sync_to_async
from django.db import close_old_connections
from django.db.models import Max
from django.http import HttpRequest, HttpResponseForbidden, StreamingHttpResponse
from django.http.response import HttpResponseBase

from shuniu.zone.kernel.models import Fact

LOOK_EVERY_S = 1.0
BREATH_EVERY_S = 20.0
MOST_MINUTES = 30


async def stream(request: HttpRequest) -> HttpResponseBase:
    """Answer with a stream of server-sent events until the page goes away."""
    user = await request.auser()
    if not user.is_authenticated:
        return HttpResponseForbidden()
    return StreamingHttpResponse(
        _events(),
        content_type="text/event-stream",
        headers={
            "Cache-Control": "no-store",
            "Content-Encoding": "identity",
            "X-Accel-Buffering": "no",
        },
    )


async def _events() -> AsyncIterator[str]:
    seen = await sync_to_async(_newest)()
    yield "retry: 3000\n\n"
    silent_s = 0.0
    for _turn in range(int(MOST_MINUTES * 60 / LOOK_EVERY_S)):
        await asyncio.sleep(LOOK_EVERY_S)
        topics, seen = await sync_to_async(_topics_after)(seen)
        silent_s += LOOK_EVERY_S
        if topics:
            yield f"event: changed\ndata: {json.dumps(topics)}\n\n"
        elif silent_s >= BREATH_EVERY_S:
            silent_s = 0.0
            yield ": still here\n\n"


def _newest() -> int:
    close_old_connections()
    newest: int = Fact.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return newest


def _topics_after(seen: int) -> tuple[list[str], int]:
    """Return the apps that recorded facts after ``seen``, and the newest fact."""
    close_old_connections()
    rows = list(Fact.objects.filter(pk__gt=seen).order_by("pk").values_list("pk", "kind")[:500])
    topics = sorted({kind.split(".", 1)[0] for _pk, kind in rows})
    return topics, rows[-1][0] if rows else seen
