"""What was asked before in the same request or batch, so that it need not be asked again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar, cast

from django.http import HttpRequest, HttpResponse

Answer = TypeVar("Answer")

_known: ContextVar[dict[object, object] | None] = ContextVar("known", default=None)


def known(question: object, ask: Callable[[], Answer]) -> Answer:
    """Return the answer to a question; outside of a request it is asked each time."""
    answers = _known.get()
    if answers is None:
        return ask()
    if question not in answers:
        answers[question] = ask()
    return cast("Answer", answers[question])


def forget() -> None:
    """Forget what was asked: something has changed."""
    answers = _known.get()
    if answers:
        answers.clear()


@contextmanager
def remembering() -> Iterator[None]:
    """Remember within a piece of work, such as a batch of rows; begin with nothing known."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


class MemoryMiddleware:
    """Begin each request with nothing known."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with remembering():
            return self.get_response(request)
