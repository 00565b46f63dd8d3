"""What every view of the service hall may expect of its request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

from shuniu.zone.accounts.models import User
from shuniu.zone.registry.queries import Standing

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


class Request(HttpRequest):
    """A request of somebody who has signed in (LoginRequiredMiddleware sees to that)."""

    htmx: HtmxDetails
    user: User
    standing: Standing
    LANGUAGE_CODE: str
