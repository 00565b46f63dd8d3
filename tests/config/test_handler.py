"""Middlewares and view are one piece of work, in a thread that is not that of the loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from shuniu.config.handler import OneThreadHandler

Message = dict[str, Any]


def answer_of(view: Callable[[HttpRequest], HttpResponseBase]) -> list[Message]:
    """Return what is sent for a request."""
    handler = OneThreadHandler()
    vars(handler)["_middleware_chain"] = view  # instead of all middlewares
    given: list[Message] = [{"type": "http.request", "body": b"a=1", "more_body": False}]
    sent: list[Message] = []
    scope = {
        "type": "http", "method": "POST", "path": "/x/", "query_string": b"", "root_path": "",
        "headers": [(b"content-type", b"application/x-www-form-urlencoded")],
    }  # fmt: skip

    async def receive() -> Message:
        if given:
            return given.pop()
        await asyncio.Event().wait()  # the browser stays
        raise AssertionError

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(handler(scope, receive, send))  # type: ignore[arg-type]  # a plain mapping
    return sent


def body_of(sent: list[Message]) -> bytes:
    return b"".join(message.get("body", b"") for message in sent[1:])


def test_a_view_works_in_a_thread_beside_the_loop() -> None:
    threads: list[int] = []

    def view(request: HttpRequest) -> HttpResponse:
        threads.append(threading.get_ident())
        return HttpResponse(request.POST["a"])

    sent = answer_of(view)

    assert (sent[0]["status"], body_of(sent)) == (200, b"1")
    assert len(threads) == 1
    assert threads != [threading.get_ident()]


def test_no_middleware_and_no_view_is_led_back_to_the_loop() -> None:
    assert asyncio.iscoroutinefunction(vars(OneThreadHandler())["_middleware_chain"]) is False


def test_what_is_streamed_comes_from_the_loop() -> None:
    threads: list[int] = []

    async def pieces() -> AsyncIterator[bytes]:
        for piece in (b"a", b"b"):
            threads.append(threading.get_ident())
            yield piece

    sent = answer_of(lambda _request: StreamingHttpResponse(pieces()))

    assert (sent[0]["status"], body_of(sent)) == (200, b"ab")
    assert set(threads) == {threading.get_ident()}
