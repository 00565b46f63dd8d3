"""How a request is worked on: in one thread, from the first middleware to the last."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import IO, Any

from asgiref.sync import sync_to_async
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, ASGIRequest, get_script_prefix
from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix


class OneThreadHandler(ASGIHandler):
    """Django's handler of ASGI without its ways between threads.

    Middlewares and views of this product wait for the database and know nothing of event loops.
    Django would go to their thread for each part and back again, five times a request; here the
    thread is asked once. What a view streams is sent from the event loop, as with Django.
    """

    def load_middleware(self, is_async: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002  # as Django declares and calls it
        super().load_middleware(is_async=False)

    async def handle(
        self, scope: dict[str, Any], receive: Callable[..., Any], send: Callable[..., Any]
    ) -> None:
        """Answer one request. What is worked on is finished, also for somebody who has left."""
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        try:
            response = await sync_to_async(self._work)(scope, body)
            if response.streaming:
                await self._stream(response, receive, send)
            else:
                await self.send_response(response, send)
        finally:
            body.close()

    def _work(self, scope: dict[str, Any], body: IO[bytes]) -> HttpResponseBase:
        """Return the answer; one that is whole holds nothing any more and is closed already."""
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=self.__class__, scope=scope)
        request, refused = self.create_request(scope, body)
        response = self._answer(request) if request is not None else refused
        assert response is not None  # noqa: S101  # one of both is there
        if not response.streaming:
            response.close()
        return response

    def _answer(self, request: ASGIRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response._handler_class = self.__class__  # type: ignore[attr-defined]  # noqa: SLF001  # as Django's handlers do
        if isinstance(response, FileResponse):
            response.block_size = self.chunk_size
        return response

    async def _stream(
        self, response: HttpResponseBase, receive: Callable[..., Any], send: Callable[..., Any]
    ) -> None:
        """Send what a view yields until it ends or nobody listens any more."""
        sending = asyncio.ensure_future(self.send_response(response, send))
        leaving = asyncio.ensure_future(self.listen_for_disconnect(receive))
        try:
            await asyncio.wait((sending, leaving), return_when=asyncio.FIRST_COMPLETED)
            if sending.done():
                sending.result()
        finally:
            for task in (sending, leaving):
                task.cancel()
            await asyncio.gather(sending, leaving, return_exceptions=True)
            await sync_to_async(response.close)()


def make_handler() -> OneThreadHandler:
    """Return the pages as an application of ASGI; apps and models are loaded."""
    import django  # noqa: PLC0415  # only a process that serves pages loads everything

    django.setup(set_prefix=False)
    return OneThreadHandler()
