"""One thread works on a request; what is streamed ends with whoever listens."""

from __future__ import annotations

import asyncio
import io
import threading
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from django.core import signals
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from shuniu.config.handler import OneThreadHandler

Message = dict[str, Any]
LONG = b"0123456789" * 20_000


def answer_of(
    view: Callable[[HttpRequest], HttpResponseBase], *, leaves_after: int | None = None
) -> list[Message]:
    """Return what is sent for a request; its sender leaves after some messages."""
    handler = OneThreadHandler()
    handler._middleware_chain = view
    left = asyncio.Event()
    given: list[Message] = [{"type": "http.request", "body": b"a=1", "more_body": False}]
    sent: list[Message] = []

    async def receive() -> Message:
        if given:
            return given.pop()
        await left.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)
        if len(sent) == leaves_after:
            left.set()

    scope = {
        "type": "http", "method": "POST", "path": "/x/", "query_string": b"", "root_path": "",
        "headers": [(b"content-type", b"application/x-www-form-urlencoded")],
    }  # fmt: skip
    asyncio.run(handler(scope, receive, send))
    return sent


def body_of(sent: list[Message]) -> bytes:
    return b"".join(message.get("body", b"") for message in sent[1:])


def test_start_view_and_end_run_in_one_thread_that_is_not_the_loops() -> None:
    threads: list[int] = []

    def note(**_: object) -> None:
        threads.append(threading.get_ident())

    def view(request: HttpRequest) -> HttpResponse:
        note()
        return HttpResponse(request.POST["a"])

    signals.request_started.connect(note)
    signals.request_finished.connect(note)
    try:
        sent = answer_of(view)
    finally:
        signals.request_started.disconnect(note)
        signals.request_finished.disconnect(note)

    assert (sent[0]["status"], body_of(sent)) == (200, b"1")
    assert len(threads) == 3
    assert set(threads) == {threads[0]}
    assert threads[0] != threading.get_ident()


@pytest.mark.filterwarnings("ignore:StreamingHttpResponse must consume")
def test_a_file_is_sent_whole_and_closed() -> None:
    file = io.BytesIO(LONG)

    sent = answer_of(lambda _request: FileResponse(file))

    assert body_of(sent) == LONG
    assert file.closed


def test_a_stream_ends_when_its_listener_leaves() -> None:
    ends: list[str] = []

    async def events() -> AsyncIterator[bytes]:
        try:
            while True:
                yield b"x"
                await asyncio.sleep(0)
        finally:
            ends.append("events")

    def view(_request: HttpRequest) -> HttpResponseBase:
        response = StreamingHttpResponse(events())
        response._resource_closers.append(lambda: ends.append("answer"))
        return response

    sent = answer_of(view, leaves_after=3)

    assert sent[0]["status"] == 200
    assert ends == ["events", "answer"]


def test_a_stream_that_breaks_is_closed_and_told() -> None:
    ends: list[str] = []

    async def events() -> AsyncIterator[bytes]:
        yield b"x"
        raise RuntimeError("broken")

    def view(_request: HttpRequest) -> HttpResponseBase:
        response = StreamingHttpResponse(events())
        response._resource_closers.append(lambda: ends.append("answer"))
        return response

    with pytest.raises(RuntimeError, match="broken"):
        answer_of(view)

    assert ends == ["answer"]


def test_a_request_that_is_given_up_before_it_is_read_is_not_worked_on() -> None:
    handler = OneThreadHandler()
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(handler({"type": "http", "path": "/"}, receive, send))

    assert sent == []
