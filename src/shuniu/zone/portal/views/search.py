"""The page that finds cases and enterprises."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from shuniu.zone.desk import queries as desk
from shuniu.zone.kernel.web import render_page
from shuniu.zone.portal import policies
from shuniu.zone.portal.views.request import Request
from shuniu.zone.registry import queries as registry

MOST_CASES = 20
MOST_ENTERPRISES = 5
MOST_CHARACTERS = 100


@require_safe
def search(request: Request) -> HttpResponse:
    """Show what has all words that were asked for, as far as this person may see it."""
    who = request.standing
    if not policies.may_search(who):
        raise PermissionDenied
    words = request.GET.get("words", "").replace("\x00", "").strip()[:MOST_CHARACTERS]
    hits = desk.search(who, words, limit=MOST_CASES)
    firms = registry.enterprises_found(who, words, limit=MOST_ENTERPRISES) if who.is_staff else []
    context = {
        "words": words,
        "hits": hits,
        "meant": [] if firms else [(text, _address(text)) for text in hits.meant],
        "enterprises": firms,
        "hint": registry.code_hint(who, words) if who.is_staff and not firms else None,
        "list_url": f"{reverse('desk:case-list')}?{urlencode({'turn': 'all', 'words': words})}",
        "firms_url": f"{reverse('registry:enterprises')}?{urlencode({'words': words})}",
        "is_staff": who.is_staff,
    }
    return render_page(request, "portal/search.html", context)


def _address(words: str) -> str:
    return f"{reverse('portal:search')}?{urlencode({'words': words})}"
