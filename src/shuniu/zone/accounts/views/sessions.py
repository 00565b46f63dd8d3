"""Where a person is signed in, and ending it from here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from shuniu.zone.accounts import queries, services
from shuniu.zone.accounts.models import SignInSession
from shuniu.zone.accounts.services.sessions import IDLE_AFTER, OLD_AFTER
from shuniu.zone.accounts.views.agents import agent_of
from shuniu.zone.accounts.views.request import Request, ask_again, is_confirmed
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.web import render_page


@dataclass(frozen=True, slots=True)
class Place:
    """A browser in which a person is signed in."""

    pk: int
    device: str
    is_phone: bool
    is_this: bool
    address: str
    began_at: datetime
    seen_at: datetime


@require_safe
def session_list(request: Request) -> HttpResponse:
    """Show every browser in which the person is signed in, this one first."""
    places = [_place(session, request.stay.pk) for session in running_sessions(request)]
    places.sort(key=lambda place: not place.is_this)
    return render_page(request, "accounts/session_list.html", {"places": places})


@require_POST
def session_end(request: Request, session_id: int) -> HttpResponse:
    """End one of the own sessions."""
    if not is_confirmed(request):
        return ask_again(reverse("accounts:sessions"))
    try:
        services.end_session(session_id=session_id, actor=request.user, now=clock.now())
    except SignInSession.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("That device is signed out."))
    return redirect("accounts:sessions")


@require_POST
def sessions_end(request: Request) -> HttpResponse:
    """End all own sessions but this one."""
    if not is_confirmed(request):
        return ask_again(reverse("accounts:sessions"))
    ended = services.end_sessions(
        user_id=request.user.pk,
        but_key=request.session.session_key,
        actor=request.user,
        now=clock.now(),
    )
    sentence = ngettext(
        "%(ended)d other device is signed out.", "%(ended)d other devices are signed out.", ended
    )
    messages.success(request, sentence % {"ended": ended})
    return redirect("accounts:sessions")


def running_sessions(request: Request) -> list[SignInSession]:
    """Return the own sessions that still open a page."""
    now = clock.now()
    return [row for row in queries.sessions_of(request.user) if not _is_over(row, now)]


def _is_over(session: SignInSession, now: datetime) -> bool:
    """Return whether the time of a session has run out, though nobody has come to notice."""
    return now - session.seen_at >= IDLE_AFTER or now - session.began_at >= OLD_AFTER


def _place(session: SignInSession, this: int) -> Place:
    agent = agent_of(session.agent)
    return Place(
        pk=session.pk,
        device=agent.words,
        is_phone=agent.is_phone,
        is_this=session.pk == this,
        address=session.address,
        began_at=session.began_at,
        seen_at=session.seen_at,
    )
