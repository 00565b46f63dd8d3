"""One's own notices, and the bell that counts those that wait."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from shuniu.zone.kernel import clock
from shuniu.zone.kernel.templatetags.part_data import Tab
from shuniu.zone.kernel.web import render_page, without_key
from shuniu.zone.notices import queries, services
from shuniu.zone.notices.choices import NoticeFilter
from shuniu.zone.notices.views.request import Request

NOTICES_PER_PAGE = 30


@require_safe
def notice_list(request: Request) -> HttpResponse:
    """Show what one was told: unread first, then the newest."""
    which = _which(request.GET.get("which", ""))
    kind = request.GET.get("kind", "")
    kind = kind if kind in queries.kinds() else ""
    found = queries.filtered_notices(request.user.pk, which, kind)
    page = Paginator(found, NOTICES_PER_PAGE).get_page(request.GET.get("page"))
    unread = queries.unread_count(request.user.pk)
    context = {
        "page": page,
        "notices": queries.shown(request.standing, page.object_list),
        "tabs": _tabs(which, kind, unread),
        "kinds": [(label, code) for code, label in queries.kinds_for(request.standing).items()],
        "kind": kind,
        "which": which,
        "unread": unread,
        "newest": max((notice.pk for notice in page.object_list), default=0),
        "undo": _undo_of(request),
    }
    return render_page(request, "notices/notice_list.html", context, part="rows")


def _which(given: str) -> NoticeFilter:
    return NoticeFilter(given) if given in NoticeFilter.values else NoticeFilter.ALL


def _tabs(which: NoticeFilter, kind: str, unread: int) -> list[Tab]:
    tabs = []
    for one in NoticeFilter:
        query = urlencode({"which": one.value, **({"kind": kind} if kind else {})})
        count = unread if one == NoticeFilter.UNREAD else None
        url = f"{reverse('notices:list')}?{query}"
        tabs.append(Tab(label=str(one.label), url=url, count=count, is_current=one == which))
    return tabs


def _undo_of(request: Request) -> str:
    """Return the moment of "mark all read" that can be taken back, as the address has it."""
    at = _moment(request.GET.get("undo", ""))
    return at.isoformat() if at else ""


def _moment(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo is not None else None


@require_safe
def bell(request: Request) -> HttpResponse:
    """Answer with the bell alone: open pages ask for it when something happened."""
    context = {"unread_notices": queries.unread_count(request.user.pk)}
    return render_page(request, "notices/parts/bell.html", context)


@without_key  # reading twice changes nothing
@require_POST
def open_notice(request: Request, notice_id: int) -> HttpResponse:
    """Mark a notice as read and go to what it is about."""
    notice = services.open_notice(notice_id=notice_id, actor=request.user, now=clock.now())
    if notice is None:
        raise Http404
    kind = queries.kind_of(notice.kind)
    if kind is None or not queries.is_visible(request.standing, notice):
        return redirect("notices:list")
    return redirect(queries.path_of(kind, notice.key))


@without_key  # the same
@require_POST
def read_all(request: Request) -> HttpResponse:
    """Mark as read what the page showed and what is older."""
    up_to = request.POST.get("up_to", "")
    now = clock.now()
    is_number = up_to.isascii() and up_to.isdecimal() and len(up_to) < 19
    count = services.read_all(up_to=int(up_to) if is_number else 0, actor=request.user, now=now)
    query = f"?{urlencode({'undo': now.isoformat()})}" if count else ""
    return redirect(f"{reverse('notices:list')}{query}")


@without_key  # the same
@require_POST
def unread_again(request: Request) -> HttpResponse:
    """Take back that all were marked as read."""
    at = _moment(request.POST.get("read_at", ""))
    count = 0
    if at is not None:
        count = services.unread_again(read_at=at, actor=request.user, now=clock.now())
    told = ngettext(
        "%(count)s notice is unread again.", "%(count)s notices are unread again.", count
    )
    messages.success(request, told % {"count": count} if count else _("Nothing was changed."))
    return redirect("notices:list")
