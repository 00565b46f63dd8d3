"""The counters: who waits, who is called, and what a counter does with a ticket."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shuniu.zone.hall import forms, policies, queries, services
from shuniu.zone.hall.choices import KeyKind, TicketState, TicketStep
from shuniu.zone.hall.models import Ticket
from shuniu.zone.hall.views import shown
from shuniu.zone.hall.views.request import Request
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.web import render_page

LONGEST_WINDOW = 2


class StepConverter:
    """The name of a step of a ticket in an address."""

    regex = "|".join(TicketStep)

    def to_python(self, value: str) -> TicketStep:
        return TicketStep(value)

    def to_url(self, value: TicketStep) -> str:
        return str(value)


@require_safe
def queue(request: Request) -> HttpResponse:
    """Show who waits at each counter, and to a window whom it has called."""
    if not policies.may_see_queue(request.standing):
        raise PermissionDenied
    return _page(request)


@require_POST
def ticket_new(request: Request) -> HttpResponse:
    """Give a ticket to a visitor, and show its slip."""
    if not policies.may_give_ticket(request.standing):
        raise PermissionDenied
    form = forms.TicketForm(request.POST, language=request.LANGUAGE_CODE)
    if not form.is_valid():
        return _page(request, ticket_form=form, status=422)
    ticket = services.take_ticket(
        counter=form.cleaned_data["counter"],
        key=form.cleaned_data["slip"],
        enterprise=form.cleaned_data["firm"],
        actor=request.user,
        now=clock.now(),
    )
    return redirect("hall:ticket", ticket.key)


@require_POST
def call_next(request: Request) -> HttpResponse:
    """Call who has waited longest."""
    if not policies.may_run_counter(request.standing):
        raise PermissionDenied
    form = forms.CallForm(request.POST, language=request.LANGUAGE_CODE)
    if not form.is_valid():
        return _page(request, call_form=form, status=422)
    services.call_next(**form.cleaned_data, actor=request.user, now=clock.now())
    return redirect(_own(form.cleaned_data["window"], form.cleaned_data["counter"]))


@require_POST
def ticket_step(request: Request, ticket_id: int, step: TicketStep) -> HttpResponse:
    """Call a ticket again, finish it, skip it, or let it wait elsewhere."""
    if not policies.may_run_counter(request.standing):
        raise PermissionDenied
    ticket = get_object_or_404(queries.tickets_visible_to(request.standing), pk=ticket_id)
    form = forms.STEP_FORMS[step](request.POST, language=request.LANGUAGE_CODE)
    if not form.is_valid():
        return _page(request, status=422)
    window, counter = ticket.window, ticket.counter
    services.COMMANDS[step](
        ticket_id=ticket.pk, actor=request.user, now=clock.now(), **form.arguments()
    )
    return redirect(_own(form.cleaned_data.get("window") or window, counter))


@require_http_methods(["GET", "HEAD", "POST"])
def hall_keys(request: Request) -> HttpResponse:
    """Set up screens and terminals; the address of a new one is shown once."""
    if not policies.may_keep_keys(request.standing):
        raise PermissionDenied
    form, made = forms.KeyForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        kind = KeyKind(form.cleaned_data["device"])
        new = services.make_hall_key(
            kind=kind, name=form.cleaned_data["called"], actor=request.user, now=clock.now()
        )
        name = "hall:screen" if kind == KeyKind.SCREEN else "hall:terminal"
        made = request.build_absolute_uri(reverse(name, args=[new.key]))
        form = forms.KeyForm()
    context = {"form": form, "made": made, "keys": list(queries.hall_keys())}
    return render_page(request, "hall/keys.html", context, status=422 if form.errors else 200)


@require_POST
def hall_key_end(request: Request, key_id: int) -> HttpResponse:
    """End the key of a device."""
    if not policies.may_keep_keys(request.standing):
        raise PermissionDenied
    row = get_object_or_404(queries.hall_keys(), pk=key_id)
    services.end_hall_key(key_id=row.pk, actor=request.user, now=clock.now())
    messages.success(request, _("The device shows nothing any more."))
    return redirect("hall:keys")


def _own(window: int | None, counter: str) -> str:
    """Return the address of the page as a window has it."""
    query = f"?counter={counter}" + (f"&window={window}" if window else "")
    return reverse("hall:queue") + query


def _page(
    request: Request,
    *,
    ticket_form: forms.TicketForm | None = None,
    call_form: forms.CallForm | None = None,
    status: int = 200,
) -> HttpResponse:
    who, language, today = request.standing, request.LANGUAGE_CODE, clock.today()
    window = _window(request.GET.get("window", ""))
    chosen: dict[str, Any] = {"counter": request.GET.get("counter", ""), "window": window}
    tickets = list(queries.tickets_of(today))
    names = shown.counter_names(language)
    context = {
        "counters": shown.counters_of(queries.queue_of(today), language),
        "summary": queries.day_summary(today),
        "mine": _mine(tickets, window, names, language),
        "window": window,
        "waiting": shown.rows_of(tickets, TicketState.WAITING, names),
        "called": shown.rows_of(tickets, TicketState.CALLED, names),
        "skipped": shown.rows_of(tickets, TicketState.SKIPPED, names),
        "call_form": call_form or forms.CallForm(initial=chosen, language=language),
        "ticket_form": ticket_form
        or forms.TicketForm(initial={"slip": uuid4(), **chosen}, language=language),
        "may_run": policies.may_run_counter(who),
        "may_give": policies.may_give_ticket(who),
        "may_keep_keys": policies.may_keep_keys(who),
        "query": request.GET.urlencode(),
    }
    return render_page(request, "hall/queue.html", context, part="rows", status=status)


def _mine(
    tickets: list[Ticket], window: int | None, names: dict[str, str], language: str
) -> dict[str, Any] | None:
    """Return whom this window has called, with the form that moves the ticket elsewhere."""
    called = [one for one in tickets if one.is_called and one.window == window]
    if not called:
        return None
    move = forms.STEP_FORMS[TicketStep.MOVE](language=language, auto_id="id_move_%s")
    return {"ticket": called[0], "counter": names.get(called[0].counter, ""), "move": move}


def _window(text: str) -> int | None:
    is_number = text.isascii() and text.isdecimal() and len(text) <= LONGEST_WINDOW
    return int(text) if is_number else None
