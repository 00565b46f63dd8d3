"""The audit trail: read, searched, checked and taken out by the audit administrator alone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from asgiref.sync import sync_to_async
from django.core.exceptions import PermissionDenied
from django.db import close_old_connections
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_POST, require_safe

from shuniu.zone.accounts import channels, policies, services
from shuniu.zone.accounts.queries import trail
from shuniu.zone.accounts.queries.trail import TrailFilter
from shuniu.zone.accounts.views import audit_words
from shuniu.zone.accounts.views.request import Request
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.channels import BYTE_ORDER_MARK
from shuniu.zone.kernel.heads import NAME as HEADS_NAME
from shuniu.zone.kernel.web import render_page

SHORT_SEAL = 12  # digits that a person compares


@require_safe
def audit(request: Request) -> HttpResponse:
    """Show the state of the trail, and what was found in it."""
    _may_read(request)
    wanted = _wanted(request)
    context = {
        **_state(),
        "wanted": wanted,
        "page": trail.trail_page(wanted, request.GET),
        "choices": {
            "who": audit_words.WHO,
            "result": audit_words.RESULTS,
            "kind": trail.kinds_by_group(),
        },
        "places": list(trail.PLACES.values()),
        "most_exported": trail.MOST_EXPORTED,
        "list_url": f"{reverse('accounts:audit')}?{wanted.query}",
        "file_url": f"{reverse('accounts:audit-file')}?{wanted.query}",
    }
    part = "ledger" if request.GET.get("part") == "ledger" else "found"
    return render_page(request, "accounts/audit.html", context, part=part)


@require_safe
def audit_entry(request: Request, position: int) -> HttpResponse:
    """Show one entry whole, with the ways to those about the same thing."""
    _may_read(request)
    found = trail.trail_entry(position) if position.bit_length() < 64 else None
    if found is None:
        raise Http404
    context = {
        "one": found,
        "entry": found.entry,
        "details": list(audit_words.details_of(found.entry.data)),
    }
    return render_page(request, "accounts/audit_entry.html", context)


@require_POST
def audit_check(request: Request) -> HttpResponse:
    """Let the whole trail be checked in the background."""
    services.ask_for_check(actor=request.user, now=clock.now())
    if request.htmx:
        return render_page(request, "accounts/audit.html", _state(), part="ledger")
    return redirect("accounts:audit")


@require_safe
def audit_file(request: Request) -> HttpResponseBase:
    """Send what was found as CSV, some rows at a time."""
    _may_read(request)
    wanted = _wanted(request)
    now = clock.now()
    last = services.export_trail(wanted=wanted, actor=request.user, now=now)
    name = f"audit-{clock.local(now):%Y%m%d-%H%M}.csv"
    return StreamingHttpResponse(
        _file(wanted, last, request.LANGUAGE_CODE),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Encoding": "identity",  # each piece would be a gzip file: browsers read one
        },
    )


async def _file(wanted: TrailFilter, last: int, language: str) -> AsyncIterator[str]:
    pieces = _pieces(wanted, last)
    while piece := await sync_to_async(_next)(pieces, language):
        yield piece


def _pieces(wanted: TrailFilter, last: int) -> Iterator[str]:
    yield BYTE_ORDER_MARK + channels.trail_head()
    for entries in trail.trail_rows(wanted, up_to=last):
        yield channels.trail_lines(entries)


def _next(pieces: Iterator[str], language: str) -> str:
    """Return the next piece; nothing at the end. The request is over, so its language is too."""
    close_old_connections()
    with translation.override(language):
        return next(pieces, "")


def _state() -> dict[str, object]:
    state = trail.ledger_state()
    return {
        "state": state,
        "seal": state.seal[:SHORT_SEAL],
        "problems": audit_words.problem_words(state.last.problems if state.last else ()),
        "heads_name": HEADS_NAME,
    }


def _wanted(request: Request) -> TrailFilter:
    return TrailFilter.read(request.GET.dict(), clock.today())


def _may_read(request: Request) -> None:
    if not policies.may_read_trail(request.stay.roles):
        raise PermissionDenied
