"""The web application: front-end files first, then the pages."""

from __future__ import annotations

import asyncio
import gc
import json
import os
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuniu.config.settings")

from asgiref.sync import ThreadSensitiveContext
from django.conf import settings
from django.urls import reverse
from servestatic import ServeStaticASGI

from shuniu.config.handler import make_handler
from shuniu.zone.kernel.rfc9457 import API, CONTENT_TYPE

Application = Callable[[Any, Any, Any], Awaitable[None]]

# Each request that is worked on has a thread and a connection to the database: below what
# PostgreSQL gives by default to all (100), with room for several web processes and the worker.
MOST_AT_ONCE = 24
# How many requests may wait before programs are told to come later.
MOST_PROGRAMS_WAIT_BEHIND = 48


def with_bounded_work(pages: Application, *, streams: str) -> Application:
    """Let ``MOST_AT_ONCE`` requests work at a time and the others wait for their turn.

    Threads stay, and so do their connections to the database: the one that worked last goes on, so
    that there are no more than were ever needed at once. Open streams, at the address ``streams``,
    do nothing most of the time: they are not counted and have threads of their own.
    """
    room = asyncio.Semaphore(MOST_AT_ONCE)
    idle = [ThreadPoolExecutor(1, thread_name_prefix=f"page-{n}") for n in range(MOST_AT_ONCE)]
    waiting = 0

    async def bounded(scope: Any, receive: Any, send: Any) -> None:
        nonlocal waiting
        path = scope.get("path", "")
        if path == streams:
            await pages(scope, receive, send)
            return
        if waiting >= MOST_PROGRAMS_WAIT_BEHIND and path.startswith(API):
            await _later(send)
            return
        waiting += 1
        try:
            await room.acquire()
        finally:
            waiting -= 1
        thread = idle.pop()
        try:
            async with ThreadSensitiveContext(executor=thread):
                await pages(scope, receive, send)
        finally:
            idle.append(thread)
            room.release()

    return bounded


async def _later(send: Any) -> None:
    """Tell a program at once to come again, instead of letting it wait behind people."""
    document = {"type": "about:blank", "title": "Service Unavailable", "status": 503}
    body = json.dumps(document | {"instance": API}).encode()
    headers = [
        (b"content-type", CONTENT_TYPE.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"retry-after", b"2"),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": body})


application = ServeStaticASGI(
    with_bounded_work(make_handler(), streams=reverse("kernel:live")),
    root=settings.STATIC_ROOT,
    prefix=settings.STATIC_URL,
    immutable_file_test=r"^/static/dist/assets/.*[-.][A-Za-z0-9_-]{8,}\.\w+$",
)
# What is loaded now stays: it need not be looked through for waste again and again.
gc.collect()
gc.freeze()
