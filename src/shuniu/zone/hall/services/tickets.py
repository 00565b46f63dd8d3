"""The queue of the counters: numbers without gaps, each called by one window."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from shuniu.profiles.schema import Counter
from shuniu.zone.accounts.models import User
from shuniu.zone.hall import facts, policies, queries
from shuniu.zone.hall.choices import TRANSITIONS, TicketState, TicketStep
from shuniu.zone.hall.models import Ticket
from shuniu.zone.hall.services.asking import NotForYou, standing_or_system
from shuniu.zone.kernel.clock import day_of
from shuniu.zone.kernel.facts import FactRecord
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import next_number, record_fact
from shuniu.zone.registry.models import Enterprise
from shuniu.zone.registry.queries import profile_in_force


class NoSuchCounter(Refusal):
    code = "hall.no_such_counter"
    sentence = _("The hall has no such counter any more. Please choose another one.")


class NoSuchWindow(Refusal):
    code = "hall.no_such_window"
    sentence = _("The hall has the windows 1 to %(windows)s.")


class NobodyWaits(Refusal):
    code = "hall.nobody_waits"
    status = 409
    sentence = _("Nobody waits there now.")


class WindowBusy(Refusal):
    code = "hall.window_busy"
    status = 409
    sentence = _("Window %(window)s has called %(number)s. Please finish or skip that one first.")


class TicketMovedOn(Refusal):
    code = "hall.ticket_moved_on"
    status = 409
    sentence = _("%(number)s is now “%(state)s”, so this is not possible. Nothing was changed.")


def counter_of(code: str) -> Counter:
    """Return a kind of counter of the profile in force.

    Raises
    ------
    NoSuchCounter
        If there is none of this code.
    """
    for counter in profile_in_force().profile.hall.counters:
        if counter.code == code:
            return counter
    raise NoSuchCounter


@transaction.atomic
def take_ticket(
    *, counter: str, key: UUID, enterprise: Enterprise | None, actor: User | None, now: datetime
) -> Ticket:
    """Give a number: the next of the counter on this day. The same key again gives the same ticket.

    Raises
    ------
    NotForYou
        If ``actor`` hands out no tickets.
    NoSuchCounter
    """
    if not policies.may_give_ticket(standing_or_system(actor)):
        raise NotForYou
    kind, day = counter_of(counter), day_of(now)
    known = queries.ticket_with_key(key)
    if known is not None:
        return known
    ticket = Ticket(
        key=key, day=day, series=kind.code, counter=kind.code, enterprise=enterprise,
        taken_by=actor, taken_at=now,
    )  # fmt: skip
    try:
        with transaction.atomic():  # the number goes back with the ticket
            ticket.serial = next_number(f"hall.ticket.{day:%Y%m%d}.{kind.code}")
            ticket.number = f"{kind.letter}{ticket.serial:03d}"
            ticket.save(force_insert=True)
    except IntegrityError:
        return Ticket.objects.get(key=key)
    record_fact(facts.TicketTaken(ticket_id=ticket.pk), actor=actor, at=now)
    return ticket


@transaction.atomic
def call_next(*, counter: str, window: int, actor: User, now: datetime) -> Ticket:
    """Call who has waited longest at a counter. Two windows never call the same ticket.

    Raises
    ------
    NotForYou
        If ``actor`` sits at no counter.
    NoSuchCounter, NoSuchWindow
    WindowBusy
        If the window has called somebody and not finished.
    NobodyWaits
    """
    _may_run(actor)
    kind, day = counter_of(counter), day_of(now)
    _check_window(window)
    _check_free(day, window)
    while True:
        ticket = queries.next_waiting(day, [kind.code])
        if ticket is None:
            raise NobodyWaits
        if _called(ticket, TicketState.WAITING, window, actor=actor, now=now):
            return ticket


@transaction.atomic
def call_again(*, ticket_id: int, window: int, actor: User, now: datetime) -> Ticket:
    """Call a ticket once more, also one that was skipped.

    Raises
    ------
    NotForYou, NoSuchWindow, WindowBusy, TicketMovedOn
    """
    ticket = _ticket(ticket_id, TicketStep.AGAIN, actor)
    _check_window(window)
    _check_free(ticket.day, window, but=ticket)
    if not _called(ticket, TicketState(ticket.state), window, actor=actor, now=now):
        raise _moved_on(ticket)
    return ticket


@transaction.atomic
def skip_ticket(*, ticket_id: int, actor: User, now: datetime) -> Ticket:
    """Let a ticket be whose visitor did not come; it can be called again.

    Raises
    ------
    NotForYou, TicketMovedOn
    """
    ticket = _ticket(ticket_id, TicketStep.SKIP, actor)
    _step(ticket, TicketStep.SKIP)
    record_fact(facts.TicketSkipped(ticket_id=ticket.pk), actor=actor, at=now)
    return ticket


@transaction.atomic
def finish_ticket(*, ticket_id: int, actor: User, now: datetime) -> Ticket:
    """Finish with a visitor.

    Raises
    ------
    NotForYou, TicketMovedOn
    """
    ticket = _ticket(ticket_id, TicketStep.DONE, actor)
    _step(ticket, TicketStep.DONE, ended_at=now, served_by=actor)
    record_fact(facts.TicketDone(ticket_id=ticket.pk), actor=actor, at=now)
    return ticket


@transaction.atomic
def move_ticket(*, ticket_id: int, counter: str, actor: User, now: datetime) -> Ticket:
    """Let a ticket wait at another counter; it keeps its number and the time when it was taken.

    Raises
    ------
    NotForYou, NoSuchCounter, TicketMovedOn
    """
    ticket = _ticket(ticket_id, TicketStep.MOVE, actor)
    kind = counter_of(counter)
    _step(ticket, TicketStep.MOVE, counter=kind.code, window=None)
    moved = facts.TicketMoved(ticket_id=ticket.pk, counter=kind.code)
    record_fact(moved, actor=actor, at=now)
    return ticket


def _may_run(actor: User) -> None:
    who = standing_or_system(actor)
    if who is None or not policies.may_run_counter(who):
        raise NotForYou


def _ticket(ticket_id: int, step: TicketStep, actor: User) -> Ticket:
    _may_run(actor)
    ticket = Ticket.objects.select_for_update(no_key=True).get(pk=ticket_id)
    if ticket.state not in TRANSITIONS[step][0]:
        raise _moved_on(ticket)
    return ticket


def _step(ticket: Ticket, step: TicketStep, **values: object) -> None:
    """Write what a step changes, if the ticket is still as it was."""
    as_it_was = Ticket.objects.filter(pk=ticket.pk, state=ticket.state, calls=ticket.calls)
    if not as_it_was.update(state=TRANSITIONS[step][1], **values):
        raise _moved_on(ticket)
    ticket.refresh_from_db()


def _called(ticket: Ticket, was: TicketState, window: int, *, actor: User, now: datetime) -> bool:
    """Call a ticket by one conditional update; return False if somebody was faster."""
    as_it_was = Ticket.objects.filter(pk=ticket.pk, state=was, calls=ticket.calls)
    try:
        with transaction.atomic():
            changed = as_it_was.update(
                state=TicketState.CALLED,
                window=window,
                calls=ticket.calls + 1,
                called_at=now,
                first_called_at=ticket.first_called_at or now,
                served_by=actor,
            )
    except IntegrityError:
        raise WindowBusy(window=window, number="–") from None
    if not changed:
        return False
    ticket.refresh_from_db()
    called: FactRecord = facts.TicketCalled(ticket_id=ticket.pk, window=window, calls=ticket.calls)
    record_fact(called, actor=actor, at=now)
    return True


def _check_window(window: int) -> None:
    windows = profile_in_force().profile.hall.windows
    if not 1 <= window <= windows:
        raise NoSuchWindow(windows=windows)


def _check_free(day: date, window: int, *, but: Ticket | None = None) -> None:
    there = queries.at_window(day, window)
    if there is not None and (but is None or there.pk != but.pk):
        raise WindowBusy(window=window, number=there.number)


def _moved_on(ticket: Ticket) -> TicketMovedOn:
    ticket.refresh_from_db()
    return TicketMovedOn(number=ticket.number, state=TicketState(ticket.state).label)
