"""Tickets of the counters: numbers without gaps, one window for each, and what a screen shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from shuniu.zone.accounts.models import User
from shuniu.zone.hall import queries, services
from shuniu.zone.hall.choices import TicketState
from shuniu.zone.hall.models import Ticket
from shuniu.zone.kernel.models import Fact
from shuniu.zone.registry.queries import standing_of
from tests.factories import THURSDAY_10
from tests.hall.people import People

DAY = THURSDAY_10.date()
MINUTE = timedelta(minutes=1)


def taken(
    people: People, serial: int = 1, counter: str = "registration", at: datetime = THURSDAY_10
) -> Ticket:
    return services.take_ticket(
        counter=counter, key=UUID(int=serial), enterprise=None, actor=people.clerk, now=at
    )


def called(people: People, window: int = 1, at: datetime = THURSDAY_10) -> Ticket:
    return services.call_next(counter="registration", window=window, actor=people.clerk, now=at)


def test_each_counter_counts_from_one_on_each_day(people: People) -> None:
    numbers = [
        taken(people, 1).number,
        taken(people, 2).number,
        taken(people, 3, counter="general").number,
        taken(people, 4, at=THURSDAY_10 + timedelta(days=1)).number,
    ]

    assert numbers == ["A001", "A002", "D001", "A001"]


def test_the_same_slip_twice_is_one_ticket_and_leaves_no_gap(people: People) -> None:
    first, again = taken(people, 1), taken(people, 1)

    assert (again, taken(people, 2).number) == (first, "A002")
    assert Fact.objects.filter(kind="hall.ticket.taken").count() == 2


def test_a_terminal_gives_tickets_and_an_enterprise_does_not(people: People) -> None:
    ticket = services.take_ticket(
        counter="general", key=UUID(int=1), enterprise=None, actor=None, now=THURSDAY_10
    )

    assert ticket.taken_by is None
    with pytest.raises(services.NotForYou):
        services.take_ticket(
            counter="general", key=UUID(int=2), enterprise=None, actor=people.member,
            now=THURSDAY_10,
        )  # fmt: skip


def test_who_has_waited_longest_is_called_first(people: People) -> None:
    first = taken(people, 1)
    taken(people, 2, at=THURSDAY_10 + MINUTE)

    ticket = called(people, window=3, at=THURSDAY_10 + 5 * MINUTE)

    assert (ticket, ticket.state, ticket.window) == (first, TicketState.CALLED, 3)
    told = Fact.objects.get(kind="hall.ticket.called")
    assert told.data == {"ticket_id": first.pk, "window": 3, "calls": 1}


def test_a_window_that_has_called_somebody_calls_nobody_else(people: People) -> None:
    taken(people, 1)
    taken(people, 2)
    called(people, window=1)

    with pytest.raises(services.WindowBusy):
        called(people, window=1)

    assert Ticket.objects.filter(state=TicketState.CALLED).count() == 1


def test_a_ticket_that_somebody_else_called_meanwhile_is_left_to_them(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = taken(people, 1), taken(people, 2, at=THURSDAY_10 + MINUTE)
    stale = Ticket.objects.get(pk=first.pk)
    called(people, window=1)
    seen = iter([stale, second])
    monkeypatch.setattr("shuniu.zone.hall.queries.next_waiting", lambda *_of: next(seen))

    ticket = called(people, window=2)

    first.refresh_from_db()
    assert (ticket, first.window) == (second, 1)


def test_nobody_is_called_where_nobody_waits(people: People) -> None:
    taken(people, 1, counter="general")

    with pytest.raises(services.NobodyWaits):
        called(people)


@pytest.mark.parametrize("window", [0, 10])
def test_a_window_that_is_not_there_calls_nobody(people: People, window: int) -> None:
    taken(people, 1)

    with pytest.raises(services.NoSuchWindow):
        called(people, window=window)


def test_a_counter_that_is_not_there_gives_no_number(people: People) -> None:
    with pytest.raises(services.NoSuchCounter):
        taken(people, 1, counter="nowhere")

    assert not Ticket.objects.exists()


def test_a_skipped_ticket_is_called_again(people: People) -> None:
    taken(people, 1)
    ticket = called(people)
    services.skip_ticket(ticket_id=ticket.pk, actor=people.clerk, now=THURSDAY_10)

    again = services.call_again(
        ticket_id=ticket.pk, window=2, actor=people.clerk, now=THURSDAY_10 + MINUTE
    )

    assert (again.state, again.window, again.calls) == (TicketState.CALLED, 2, 2)
    assert again.first_called_at == THURSDAY_10


def test_a_ticket_moves_with_its_number_and_its_place(people: People) -> None:
    taken(people, 1)
    taken(people, 2, counter="general", at=THURSDAY_10 + MINUTE)
    ticket = called(people)

    services.move_ticket(
        ticket_id=ticket.pk, counter="general", actor=people.clerk, now=THURSDAY_10 + 2 * MINUTE
    )

    following = queries.next_waiting(DAY, ["general"])
    assert following is not None
    assert (following.number, following.window) == ("A001", None)


Step = Callable[[Ticket, User], Ticket]


@pytest.mark.parametrize(
    "step",
    [
        lambda ticket, actor: services.finish_ticket(
            ticket_id=ticket.pk, actor=actor, now=THURSDAY_10
        ),
        lambda ticket, actor: services.skip_ticket(
            ticket_id=ticket.pk, actor=actor, now=THURSDAY_10
        ),
        lambda ticket, actor: services.call_again(
            ticket_id=ticket.pk, window=1, actor=actor, now=THURSDAY_10
        ),
        lambda ticket, actor: services.move_ticket(
            ticket_id=ticket.pk, counter="general", actor=actor, now=THURSDAY_10
        ),
    ],
)
def test_nothing_is_done_with_a_ticket_that_is_done(people: People, step: Step) -> None:
    taken(people, 1)
    ticket = called(people)
    services.finish_ticket(ticket_id=ticket.pk, actor=people.clerk, now=THURSDAY_10)
    facts = Fact.objects.count()

    with pytest.raises(services.TicketMovedOn):
        step(ticket, people.clerk)

    ticket.refresh_from_db()
    assert (ticket.state, Fact.objects.count()) == (TicketState.DONE, facts)


def test_an_estimate_rests_on_the_calls_of_today(people: People) -> None:
    for serial in range(1, 6):
        taken(people, serial)
    for turn in range(3):
        ticket = called(people, at=THURSDAY_10 + turn * 4 * MINUTE)
        services.finish_ticket(ticket_id=ticket.pk, actor=people.clerk, now=THURSDAY_10)

    [counter] = [one for one in queries.queue_of(DAY) if one.code == "registration"]

    assert (counter.waiting, counter.pace.calls, counter.pace.between) == (2, 3, 4 * MINUTE)
    assert counter.pace.wait_of(2) == 12 * MINUTE


def test_two_calls_are_too_few_for_an_estimate(people: People) -> None:
    for serial in (1, 2):
        taken(people, serial)
        called(people, window=serial)

    assert [one.pace.between for one in queries.queue_of(DAY)] == [None] * 4


def test_the_day_counts_tickets_waits_and_who_was_not_served(people: People) -> None:
    for serial in (1, 2, 3):
        taken(people, serial)
    served = called(people, at=THURSDAY_10 + 4 * MINUTE)
    services.finish_ticket(ticket_id=served.pk, actor=people.clerk, now=THURSDAY_10)
    skipped = called(people, at=THURSDAY_10 + 8 * MINUTE)
    services.skip_ticket(ticket_id=skipped.pk, actor=people.clerk, now=THURSDAY_10)

    assert queries.day_summary(DAY) == queries.DaySummary(3, 2, 6 * MINUTE, 2)


def test_a_day_without_tickets_has_no_mean(people: People) -> None:  # noqa: ARG001  # the zone
    assert queries.day_summary(DAY) == queries.DaySummary(0, 0, None, 0)


def test_an_enterprise_sees_its_own_tickets_alone(people: People) -> None:
    own = services.take_ticket(
        counter="general", key=UUID(int=1), enterprise=people.firm, actor=people.clerk,
        now=THURSDAY_10,
    )  # fmt: skip
    taken(people, 2)

    assert list(queries.tickets_visible_to(standing_of(people.member))) == [own]
    assert list(queries.tickets_visible_to(standing_of(people.other))) == []
