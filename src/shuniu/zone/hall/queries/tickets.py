"""Questions about tickets: who waits, who is called, how long it takes, and the day in figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db.models import Q, QuerySet

from shuniu.zone.hall.choices import KeyKind, TicketState
from shuniu.zone.hall.models import HallKey, Ticket
from shuniu.zone.hall.policies import may_see_queue
from shuniu.zone.registry.queries import Standing, profile_in_force

# An estimate that rests on fewer calls is a guess.
FEWEST_CALLS = 3
SHOWN_CALLS = 6


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a counter calls today: the time between two calls, and of how many calls it is.

    ``between`` is None while there are too few of them to say so.
    """

    between: timedelta | None
    calls: int

    def wait_of(self, ahead: int) -> timedelta | None:
        """Return how long somebody waits who has so many before, by what today has shown."""
        return None if self.between is None else self.between * (ahead + 1)


@dataclass(frozen=True, slots=True)
class CounterQueue:
    """A kind of counter today."""

    code: str
    zh: str
    en: str
    waiting: int
    pace: Pace


@dataclass(frozen=True, slots=True)
class DaySummary:
    """The hall on a day.

    ``mean_wait`` rests on ``called`` of ``tickets``; None where none was called. ``unserved`` were
    neither served nor are they being served: at the end of the day, who left without.
    """

    tickets: int
    called: int
    mean_wait: timedelta | None
    unserved: int


def tickets_visible_to(who: Standing) -> QuerySet[Ticket]:
    """Return the tickets that a person may see: who works at the counters all, others their own."""
    tickets = Ticket.objects.select_related("enterprise")
    if may_see_queue(who):
        return tickets
    return tickets.filter(enterprise_id__in=who.enterprise_ids)


def ticket_with_key(key: UUID) -> Ticket | None:
    """Return the ticket of a slip."""
    return Ticket.objects.filter(key=key).first()


def key_of_device(kind: KeyKind, key: str) -> HallKey | None:
    """Return the key that a device shows, if it opens what is asked for and has not ended."""
    digest = sha256(key.encode()).hexdigest()
    return HallKey.objects.filter(kind=kind, digest=digest, ended_at__isnull=True).first()


def hall_keys() -> QuerySet[HallKey]:
    """Return the keys of devices that open something, the newest first."""
    return HallKey.objects.filter(ended_at__isnull=True).select_related("made_by").order_by("-pk")


def tickets_of(day: date) -> QuerySet[Ticket]:
    """Return the tickets of a day in the order in which they were taken."""
    return Ticket.objects.filter(day=day).select_related("enterprise").order_by("taken_at", "pk")


def next_waiting(day: date, counters: Sequence[str]) -> Ticket | None:
    """Return who has waited longest at some counters."""
    waiting = Ticket.objects.filter(day=day, state=TicketState.WAITING, counter__in=counters)
    return waiting.order_by("taken_at", "pk").first()


def at_window(day: date, window: int) -> Ticket | None:
    """Return the ticket that a window has called and not finished."""
    return Ticket.objects.filter(day=day, window=window, state=TicketState.CALLED).first()


def queue_of(day: date) -> tuple[CounterQueue, ...]:
    """Return each kind of counter with who waits there, and how fast it goes."""
    rows = Ticket.objects.filter(day=day).values_list("counter", "state", "first_called_at")
    waiting: dict[str, int] = {}
    called: dict[str, list[datetime]] = {}
    for counter, state, at in rows.order_by():
        if state == TicketState.WAITING:
            waiting[counter] = waiting.get(counter, 0) + 1
        if at is not None:
            called.setdefault(counter, []).append(at)
    return tuple(
        CounterQueue(one.code, one.zh, one.en, waiting.get(one.code, 0), pace_of(called, one.code))
        for one in profile_in_force().profile.hall.counters
    )


def pace_of(called: Mapping[str, Sequence[datetime]], counter: str) -> Pace:
    """Return how often a counter calls, from the moments of its calls."""
    moments = sorted(called.get(counter, ()))
    if len(moments) < FEWEST_CALLS:
        return Pace(None, len(moments))
    return Pace((moments[-1] - moments[0]) / (len(moments) - 1), len(moments))


def ahead_of(ticket: Ticket) -> int:
    """Return how many wait before a ticket at its counter."""
    before = Q(taken_at__lt=ticket.taken_at) | Q(taken_at=ticket.taken_at, pk__lt=ticket.pk)
    waiting = Ticket.objects.filter(
        day=ticket.day, counter=ticket.counter, state=TicketState.WAITING
    )
    return waiting.filter(before).count()


def called_now(day: date) -> QuerySet[Ticket]:
    """Return the tickets that are called now, the newest call first."""
    called = Ticket.objects.filter(day=day, state=TicketState.CALLED)
    return called.order_by("-called_at", "-pk")[:SHOWN_CALLS]


def day_summary(day: date) -> DaySummary:
    """Return the figures of the hall for a day."""
    rows = list(
        Ticket.objects.filter(day=day)
        .order_by()
        .values_list("state", "taken_at", "first_called_at")
    )
    waits = [at - taken for _state, taken, at in rows if at is not None]
    unserved = (TicketState.WAITING, TicketState.SKIPPED)
    return DaySummary(
        tickets=len(rows),
        called=len(waits),
        mean_wait=sum(waits, timedelta()) / len(waits) if waits else None,
        unserved=sum(state in unserved for state, _taken, _at in rows),
    )
