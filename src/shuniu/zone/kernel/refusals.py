"""Refusals: what a command answers when it will not do as asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

from shuniu.zone.kernel.rfc9457 import is_for_programs, problem


class Refusal(Exception):
    """An anticipated "no", with a sentence for the person who asked.

    Subclasses live beside the command that raises them. Whatever reaches the top and is no
    Refusal is a bug.
    """

    code: ClassVar[str]
    status: ClassVar[int] = 422
    sentence: ClassVar[str | Promise]

    def __init__(self, **places: object) -> None:
        super().__init__(self.code, places)
        self.places = places

    def __str__(self) -> str:
        return str(self.sentence % self.places)


class RefusalMiddleware:
    """Turn a Refusal into a page, or into a notice that HTMX swaps in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return answer(request, exception) if isinstance(exception, Refusal) else None


def answer(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Return the refusal as a page, or as a notice for HTMX."""
    if is_for_programs(request):
        document = problem(request, refusal.status, code=refusal.code, detail=str(refusal))
        document.refusal_code = refusal.code  # type: ignore[attr-defined]  # as below
        return document
    template = "kernel/refusal.html"
    if getattr(request, "htmx", False):
        template += "#notice"
    response = render(request, template, {"refusal": refusal}, status=refusal.status)
    response.refusal_code = refusal.code  # type: ignore[attr-defined]  # read by RefusalTraceMiddleware
    response["HX-Retarget"] = "#notices"
    response["HX-Reswap"] = "innerHTML"
    return response
