"""Pages for tests, beside those of the product."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext

from shuniu.config import urls
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import next_number
from shuniu.zone.kernel.web import without_key


class TooLate(Refusal):
    code = "test.too_late"
    status = 409
    sentence = "Number %(number)s was taken."


def count(request: HttpRequest) -> HttpResponse:
    """Change something, then answer as the form asks."""
    number = next_number("test.pages")
    how = request.POST.get("answer", "page")
    if how == "refuse":
        raise TooLate(number=number)
    if how == "break":
        raise RuntimeError("shuniu.sqlite3 is on fire")
    if how == "redirect":
        return redirect(f"/counted/{number}/")
    if how == "part":
        return HttpResponse(
            f"<p>第 {number} 个</p>", headers={"HX-Trigger": "counted", "X-Other": "x"}
        )
    return HttpResponse(f"number {number}", status=int(request.POST.get("status", "200")))


@without_key
def freely(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"number {next_number('test.pages')}")


@login_not_required
def speak(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(gettext("Sign in"))


@login_not_required
def broken(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError("shuniu.sqlite3 is on fire")


urlpatterns = [
    path("count/", count),
    path("count-too/", count),
    path("freely/", freely),
    path("speak/", speak),
    path("broken/", broken),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500
