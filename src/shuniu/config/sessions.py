"""How long a stay lasts, and how far it reaches: asked at every request."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import Resolver404, ResolverMatch, resolve

from shuniu.zone.accounts import queries
from shuniu.zone.accounts.choices import SessionEnd
from shuniu.zone.accounts.models import User
from shuniu.zone.accounts.policies import needs_second_factor
from shuniu.zone.accounts.queries import Stay
from shuniu.zone.accounts.services import end_of, run_out, see_session
from shuniu.zone.accounts.services.sessions import SEEN_EVERY
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.rfc9457 import is_for_programs

# What somebody reaches who has yet to set up the second factor, or to choose a new password.
ALWAYS_OPEN = frozenset({"accounts:sign-out", "kernel:health", "kernel:language", "kernel:theme"})
SETTING_UP = ALWAYS_OPEN | {"accounts:second-factor"}
CHANGING = ALWAYS_OPEN | {"accounts:password"}
NOT_USE = frozenset({"kernel:live"})
# Ends that also make the session itself worthless, before anybody could ask for its stay.
TOLD_AFTERWARDS = frozenset({SessionEnd.PASSWORD, SessionEnd.CLOSED})


class SessionMiddleware:
    """End what has run out, and keep an unfinished sign-in away from everything else.

    ``request.stay`` is the stay of a signed-in person.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_for_programs(request):
            return self.get_response(request)  # the key said who asks: see config.tokens
        user = request.user
        if not isinstance(user, User):
            return self._nobody(request)
        now = clock.now()
        stay = queries.stay_of_key(request.session.session_key)
        end = SessionEnd.ENDED if stay is None or stay.user_id != user.pk else end_of(stay, now)
        if end is not None:
            return self._out(request, stay, end)
        assert stay is not None  # noqa: S101  # otherwise it has ended
        request.stay = stay  # type: ignore[attr-defined]  # as middlewares do
        name = _name(request)
        if now - stay.seen_at >= SEEN_EVERY and name not in NOT_USE:
            see_session(session_id=stay.pk, now=now)
        if needs_second_factor(stay.roles) and not stay.has_second_factor:
            if name not in SETTING_UP:
                return _lead(request, "accounts:second-factor")
        elif queries.password_is_old(user, now) and name not in CHANGING:
            return _lead(request, "accounts:password")
        return self.get_response(request)

    def _out(self, request: HttpRequest, stay: Stay | None, end: SessionEnd) -> HttpResponse:
        """Let a person whose stay is over be nobody, and say why where they sign in again."""
        if stay is not None and not stay.end:
            run_out(session_id=stay.pk, end=end, now=clock.now())
        logout(request)
        request.user = AnonymousUser()
        answer = self.get_response(request)
        return _to_sign_in(request, answer, end) if _leads_to_sign_in(answer) else answer

    def _nobody(self, request: HttpRequest) -> HttpResponse:
        """Answer whom no session opens; one that a new password or a closed account ended says so.

        The session's own row is empty then, so that only the browser still knows its key.
        """
        answer = self.get_response(request)
        if not _leads_to_sign_in(answer):
            return answer
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        stay = queries.stay_of_key(key) if key else None
        is_told = stay is not None and stay.end in TOLD_AFTERWARDS
        return _to_sign_in(request, answer, SessionEnd(stay.end) if stay and is_told else None)


def _leads_to_sign_in(answer: HttpResponse) -> bool:
    sign_in = resolve_url(settings.LOGIN_URL)
    return answer.status_code == 302 and answer.headers["Location"].startswith(f"{sign_in}?")


def _to_sign_in(request: HttpRequest, answer: HttpResponse, end: SessionEnd | None) -> HttpResponse:
    """Lead to the sign-in page with the reason; the whole page, also when htmx asked for a part.

    Whoever signs in again comes back to the page that stood open, not to a part of it.
    """
    why = {} if end is None else {"why": end.value.lower()}
    if not request.headers.get("HX-Request"):
        if why:
            answer.headers["Location"] += "&" + urlencode(why)
        return answer
    page = urlsplit(request.headers.get("HX-Current-URL", ""))._replace(scheme="", netloc="")
    query = urlencode({"next": page.geturl() or "/", **why})
    address = f"{resolve_url(settings.LOGIN_URL)}?{query}"
    return HttpResponse(status=204, headers={"HX-Redirect": address})


def _name(request: HttpRequest) -> str:
    try:
        match: ResolverMatch = resolve(request.path_info)
    except Resolver404:
        return ""
    return match.view_name


def _lead(request: HttpRequest, name: str) -> HttpResponse:
    """Lead somebody to where they have to go first, also when htmx asked."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": resolve_url(name)})
    return redirect(name)
