"""What devices in the hall and people with a slip see: nobody is signed in there."""

from __future__ import annotations

from uuid import UUID, uuid4

import segno
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from shuniu.zone.hall import forms, queries, services
from shuniu.zone.hall.choices import KeyKind
from shuniu.zone.hall.models import Ticket
from shuniu.zone.hall.views import shown
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.clock import day_of
from shuniu.zone.kernel.web import render_page, without_key


@login_not_required
@require_safe
def ticket(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show a slip: the number, who is before, and about how long it takes. It names nobody."""
    found = queries.ticket_with_key(key)
    if found is None:
        raise Http404
    url = request.build_absolute_uri(reverse("hall:ticket", args=[found.key]))
    context = {
        **_place_in_queue(request, found),
        "picture": segno.make(url, error="m").svg_data_uri(scale=4, border=2, light="#fff"),
    }
    return render_page(request, "hall/ticket.html", context, part="place")


@login_not_required
@require_safe
def screen(request: HttpRequest, key: str) -> HttpResponse:
    """Show who is called and how many wait, large enough for the other end of the hall."""
    if queries.key_of_device(KeyKind.SCREEN, key) is None:
        raise Http404
    today = clock.today()
    context = {
        "called": list(queries.called_now(today)),
        "counters": shown.counters_of(queries.queue_of(today), request.LANGUAGE_CODE),
        "key": key,
    }
    return render_page(request, "hall/screen.html", context, part="board")


@without_key
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def terminal(request: HttpRequest, key: str) -> HttpResponse:
    """Give a ticket at one touch; the same touch twice gives the same one."""
    if queries.key_of_device(KeyKind.TERMINAL, key) is None:
        raise Http404
    language = request.LANGUAGE_CODE
    if request.method == "POST":
        form = forms.TicketForm(request.POST, language=language)
        if form.is_valid():
            given = services.take_ticket(
                counter=form.cleaned_data["counter"],
                key=form.cleaned_data["slip"],
                enterprise=None,
                actor=None,
                now=clock.now(),
            )
            return redirect(f"{reverse('hall:terminal', args=[key])}?slip={given.key}")
    taken = _taken(request.GET.get("slip", ""))
    context = {
        "counters": shown.counters_of(queries.queue_of(clock.today()), language),
        "slip": uuid4(),
        "key": key,
        "taken": _place_in_queue(request, taken) if taken else None,
    }
    return render_page(
        request, "hall/terminal.html", context, status=422 if request.method == "POST" else 200
    )


def _taken(text: str) -> Ticket | None:
    try:
        return queries.ticket_with_key(UUID(text))
    except ValueError:
        return None


def _place_in_queue(request: HttpRequest, found: Ticket) -> dict[str, object]:
    ahead = queries.ahead_of(found) if found.is_waiting else 0
    paces = {one.code: one.pace for one in queries.queue_of(found.day)}
    pace = paces.get(found.counter)
    is_today = found.day == day_of(clock.now())
    waits = found.is_waiting and is_today and pace is not None
    return {
        "ticket": found,
        "counter": shown.counter_names(request.LANGUAGE_CODE).get(found.counter, ""),
        "ahead": ahead,
        "is_today": is_today,
        "wait": shown.wait_words(pace.wait_of(ahead)) if waits and pace else "",
        "calls": pace.calls if pace else 0,
    }
