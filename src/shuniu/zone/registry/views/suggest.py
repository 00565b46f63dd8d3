"""Offering enterprises while somebody types."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from shuniu.zone.kernel.web import render_page
from shuniu.zone.registry import policies, queries
from shuniu.zone.registry.views.pages import Request

MOST_OFFERED = 8
MOST_CHARACTERS = 60


@require_safe
def suggest(request: Request) -> HttpResponse:
    """Offer the enterprises that are meant by what was typed so far, the best first."""
    if not policies.may_see_enterprises(request.standing):
        raise PermissionDenied
    given = request.GET.get("words") or request.GET.get("enterprise") or ""
    words = given.replace("\x00", "").strip()[:MOST_CHARACTERS]
    found = queries.enterprises_found(request.standing, words, limit=MOST_OFFERED)
    return render_page(request, "registry/suggest.html", {"found": found})
