"""What the views of the account may expect of their request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse

from shuniu.zone.accounts import services
from shuniu.zone.accounts.models import User
from shuniu.zone.accounts.queries import Stay
from shuniu.zone.accounts.views.ways import by_way_of
from shuniu.zone.kernel import clock

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


class Request(HttpRequest):
    """A request of somebody who has signed in (LoginRequiredMiddleware sees to that)."""

    htmx: HtmxDetails
    user: User
    stay: Stay
    LANGUAGE_CODE: str


def is_confirmed(request: Request) -> bool:
    """Return whether the person gave the password within the last ten minutes."""
    return services.is_confirmed(request.stay, clock.now())


def ask_again(then: str) -> HttpResponse:
    """Lead to where the password is given again, and from there to the page ``then``."""
    return by_way_of("accounts:confirm", then)
