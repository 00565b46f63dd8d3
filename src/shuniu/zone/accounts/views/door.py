"""Who stands at the door: known by half, let in, remembered."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse

from shuniu.zone.accounts import services
from shuniu.zone.accounts.choices import CodeUse
from shuniu.zone.accounts.models import User
from shuniu.zone.accounts.services import Knock
from shuniu.zone.accounts.views.ways import go_on
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.origin import origin

HALF_KNOWN_FOR = timedelta(minutes=10)
DEVICE_KEPT_FOR = timedelta(days=365)
AGENT_CHARACTERS = 200
_HALF_KNOWN = "half-known"


def device_cookie() -> str:
    """Return the name of the cookie by which a browser is known again."""
    return "__Host-device" if settings.SESSION_COOKIE_SECURE else "device"


def knock_of(request: HttpRequest) -> Knock:
    """Return where somebody knocks from."""
    return Knock(
        address=origin(),
        device=request.COOKIES.get(device_cookie(), ""),
        agent=request.headers.get("User-Agent", "")[:AGENT_CHARACTERS],
    )


def know_by_half(request: HttpRequest, user: User, now: datetime) -> None:
    """Remember who gave the right password, until the code comes."""
    request.session.flush()
    request.session[_HALF_KNOWN] = {
        "user": user.pk,
        "password": user.get_session_auth_hash(),
        "until": (now + HALF_KNOWN_FOR).timestamp(),
    }


def half_known(request: HttpRequest, now: datetime) -> User | None:
    """Return who gave the right password a moment ago; nobody once that is over or it changed."""
    kept = request.session.get(_HALF_KNOWN)
    if not kept or now.timestamp() >= kept["until"]:
        return None
    user: User | None = User.objects.filter(pk=kept["user"], is_active=True).first()
    if user is None or not hmac.compare_digest(user.get_session_auth_hash(), kept["password"]):
        return None
    return user


def let_in(request: HttpRequest, user: User, used: CodeUse | None) -> HttpResponse:
    """Begin the stay of a person under a new session key, and lead to where they wanted to go."""
    now, knock = clock.now(), knock_of(request)
    request.session.flush()
    login(request, user)
    services.begin_session(
        user=user,
        session_key=request.session.session_key,
        with_second_factor=used,
        knock=knock,
        actor=user,
        now=now,
    )
    token = services.know_device(device=knock.device, actor=user, now=now)
    response = go_on(request, settings.LOGIN_REDIRECT_URL)
    response.set_cookie(
        device_cookie(),
        token,
        max_age=DEVICE_KEPT_FOR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response
