"""The web application: front-end files first, then the pages."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuniu.config.settings")

from asgiref.sync import ThreadSensitiveContext
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.urls import reverse
from servestatic import ServeStaticASGI

Application = Callable[[Any, Any, Any], Awaitable[None]]

# Each request that is worked on has a thread and a connection to the database: below what
# PostgreSQL gives by default to all (100), with room for several web processes and the worker.
MOST_AT_ONCE = 24


def with_bounded_work(pages: Application, *, streams: str) -> Application:
    """Let ``MOST_AT_ONCE`` requests work at a time and the others wait for their turn.

    Threads stay, and so do their connections to the database: the one that worked last goes on, so
    that there are no more than were ever needed at once. Open streams, at the address ``streams``,
    do nothing most of the time: they are not counted and have threads of their own.
    """
    room = asyncio.Semaphore(MOST_AT_ONCE)
    idle = [ThreadPoolExecutor(1, thread_name_prefix=f"page-{n}") for n in range(MOST_AT_ONCE)]

    async def bounded(scope: Any, receive: Any, send: Any) -> None:
        if scope.get("path") == streams:
            await pages(scope, receive, send)
            return
        async with room:
            thread = idle.pop()
            try:
                async with ThreadSensitiveContext(executor=thread):
                    await pages(scope, receive, send)
            finally:
                idle.append(thread)

    return bounded


application = ServeStaticASGI(
    with_bounded_work(get_asgi_application(), streams=reverse("kernel:live")),
    root=settings.STATIC_ROOT,
    prefix=settings.STATIC_URL,
    immutable_file_test=r"^/static/dist/assets/.*[-.][A-Za-z0-9_-]{8,}\.\w+$",
)
