"""What the signed-in person is in the zone, asked once for each request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from shuniu.zone.accounts.models import User
from shuniu.zone.registry.queries import Standing, standing_of, standing_with


class StandingMiddleware:
    """Put ``request.standing`` beside ``request.user``; it is asked for only when it is used.

    Commands do not use it: they ask anew, because rights may end while a page is open.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if isinstance(user, User):
            standing = SimpleLazyObject(lambda: _standing(request, user))
            request.standing = standing  # type: ignore[attr-defined]  # as middlewares do
        return self.get_response(request)


def _standing(request: HttpRequest, user: User) -> Standing:
    """Return it with the roles that were read with the stay; a program has a key and no stay."""
    stay = getattr(request, "stay", None)
    return standing_of(user) if stay is None else standing_with(user, stay.roles)
