"""What the pages of the counters show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import npgettext, pgettext

from shuniu.zone.hall import queries
from shuniu.zone.hall.choices import TicketState
from shuniu.zone.hall.models import Ticket
from shuniu.zone.registry.queries import profile_in_force

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class CounterLine:
    """A kind of counter: how many wait, and how long a new visitor would wait."""

    code: str
    letter: str
    name: str
    waiting: int
    wait: str
    calls: int


@dataclass(frozen=True, slots=True)
class TicketLine:
    """A ticket in a list of the queue."""

    ticket: Ticket
    counter: str
    enterprise: str


def counter_names(language: str) -> dict[str, str]:
    """Return the names of the counters by their codes."""
    return {one.code: one.label(language) for one in profile_in_force().profile.hall.counters}


def counters_of(rows: Iterable[queries.CounterQueue], language: str) -> list[CounterLine]:
    """Return the counters as pages show them."""
    letters = {one.code: one.letter for one in profile_in_force().profile.hall.counters}
    return [
        CounterLine(
            code=row.code,
            letter=letters[row.code],
            name=row.zh if language.startswith("zh") else row.en,
            waiting=row.waiting,
            wait=wait_words(row.pace.wait_of(row.waiting)),
            calls=row.pace.calls,
        )
        for row in rows
    ]


def rows_of(
    tickets: Sequence[Ticket], state: TicketState, names: dict[str, str]
) -> list[TicketLine]:
    """Return the tickets in a state."""
    return [
        TicketLine(
            ticket=one,
            counter=names.get(one.counter, one.counter),
            enterprise=one.enterprise.name if one.enterprise else "",
        )
        for one in tickets
        if one.state == state
    ]


def wait_words(wait: timedelta | None) -> str:
    """Return about how long somebody waits; nothing where today cannot tell yet."""
    if wait is None:
        return ""
    minutes = max(1, -(-wait // MINUTE))
    if minutes == 1:
        return pgettext("wait", "about a minute")
    return npgettext("wait", "about %(count)d minute", "about %(count)d minutes", minutes) % {
        "count": minutes
    }
