"""How a request is worked on: middlewares and view in one thread, without ways back to the loop."""

from __future__ import annotations

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class OneThreadHandler(ASGIHandler):
    """Django's handler of ASGI, with middlewares and view as one piece of work of a thread.

    All of them wait for the database and know nothing of event loops. Django would lead each
    request from their thread back to the loop and to the thread again, for the view alone. How a
    request is read, answered, streamed and given up when nobody listens stays Django's.
    """

    def load_middleware(self, is_async: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002  # as Django declares and calls it
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """Return the answer to a request."""
        return await sync_to_async(self.get_response)(request)


def make_handler() -> OneThreadHandler:
    """Return the pages as an application of ASGI; apps and models are loaded."""
    import django  # noqa: PLC0415  # only a process that serves pages loads everything

    django.setup(set_prefix=False)
    return OneThreadHandler()
