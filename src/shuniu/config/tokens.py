"""Who a program asks for: its key, asked at every request, and how much it may ask at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Lock

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts import queries
from shuniu.zone.accounts.queries import Bearer
from shuniu.zone.accounts.services import see_token
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.rfc9457 import is_for_programs, problem

SCHEME = "bearer "
READS = frozenset({"GET", "HEAD", "OPTIONS"})
# Of the requests that a process works on at a time (config.asgi), what one person may have.
MOST_AT_ONCE = 6
WRONG_KEY = _("This key opens nothing: it is mistyped, revoked or over.")
NO_KEY = _("Please send the header “Authorization: Bearer …” with a key of your own.")
OBSTACLES: dict[str, Promise] = {
    "second_factor": _("Please set up two-step verification on the pages first."),
    "password": _("Please choose a new password on the pages first."),
}


class Turns:
    """How many requests of each person are being worked on in this process.

    A limit of the process alone is right with any number of processes: none of them gives one
    person more than a part of what it can do.
    """

    def __init__(self) -> None:
        self._running: Counter[int] = Counter()
        self._lock = Lock()

    @contextmanager
    def one_more(self, user_id: int) -> Iterator[bool]:
        """Say whether there is room for one more request of a person, and hold it meanwhile."""
        with self._lock:
            has_room = self._running[user_id] < MOST_AT_ONCE
            self._running[user_id] += has_room
        try:
            yield has_room
        finally:
            with self._lock:
                self._running[user_id] -= has_room
                if not self._running[user_id]:
                    del self._running[user_id]


class TokenMiddleware:
    """Let the key alone say who asks; nobody gets an answer of the API without one.

    ``request.token`` is the key, for addresses of the API that are not open to all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.turns = Turns()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_for_programs(request):
            return self.get_response(request)
        request.user = AnonymousUser()
        if _is_open(request):
            return self.get_response(request)
        given = request.headers.get("Authorization", "")
        if given[: len(SCHEME)].lower() != SCHEME:
            return _unknown(request, "", NO_KEY)
        now = clock.now()
        bearer = queries.bearer_of(given[len(SCHEME) :].strip(), now)
        if bearer is None:
            return _unknown(request, ', error="invalid_token"', WRONG_KEY)
        request.user = bearer.user
        return _not_allowed(request, bearer) or self._answer(request, bearer, now)

    def _answer(self, request: HttpRequest, bearer: Bearer, now: datetime) -> HttpResponse:
        """Let the request through while its person has not too many of them at once."""
        request.token = bearer.token  # type: ignore[attr-defined]  # as middlewares do
        if bearer.token.used_on != clock.day_of(now):
            see_token(token_id=bearer.token.pk, now=now)
        with self.turns.one_more(bearer.user.pk) as has_room:
            return self.get_response(request) if has_room else _too_many(request)


def _not_allowed(request: HttpRequest, bearer: Bearer) -> HttpResponse | None:
    """Return why a key may not ask this; None if it may."""
    if bearer.obstacle:
        sentence = str(OBSTACLES[bearer.obstacle])
        return problem(request, 403, code=f"accounts.{bearer.obstacle}_first", detail=sentence)
    if request.method not in READS and not bearer.token.may_write:
        sentence = str(_("This key only reads."))
        return problem(request, 403, code="accounts.token_only_reads", detail=sentence)
    return None


def _is_open(request: HttpRequest) -> bool:
    """Return whether an address is open to everybody, or none at all, which says so itself."""
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return True
    return not getattr(match.func, "login_required", True)


def _unknown(request: HttpRequest, cause: str, sentence: Promise) -> HttpResponse:
    answer = problem(request, 401, code="accounts.key_needed", detail=str(sentence))
    answer.headers["WWW-Authenticate"] = f'Bearer realm="shuniu"{cause}'
    return answer


def _too_many(request: HttpRequest) -> HttpResponse:
    sentence = str(_("Please wait for the answers to your other requests."))
    answer = problem(request, 429, code="kernel.too_many_at_once", detail=sentence)
    answer.headers["Retry-After"] = "1"
    return answer
