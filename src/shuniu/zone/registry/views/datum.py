"""In which system somebody tells positions: remembered for the next form, as the language is."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse

from shuniu.zone.registry import services
from shuniu.zone.registry.views.pages import Request

COOKIE = "datum"
YEAR_S = 365 * 24 * 3600
KNOWN = tuple(value for value, _label in services.DATUMS)


def chosen_datum(request: Request) -> str:
    """Return the system that was chosen last; WGS-84 for who has chosen none."""
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if chosen in KNOWN else KNOWN[0]


def remembering(request: Request, answer: HttpResponse, datum: str) -> HttpResponse:
    """Return an answer that lets the next form begin with this system."""
    if datum in KNOWN and datum != request.COOKIES.get(COOKIE):
        answer.set_cookie(
            COOKIE,
            datum,
            max_age=YEAR_S,
            samesite="Lax",
            httponly=True,
            secure=settings.CSRF_COOKIE_SECURE,
        )
    return answer
