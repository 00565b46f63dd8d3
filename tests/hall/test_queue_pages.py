"""The pages of the counters: for windows, for a screen and a terminal, and the slip."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shuniu.zone.hall import services
from shuniu.zone.hall.choices import KeyKind
from shuniu.zone.hall.models import HallKey, Ticket
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.models import Fact
from tests.clients import Client
from tests.costs import costs
from tests.factories import THURSDAY_10
from tests.hall.people import People, sent, signed_in, text_of


def taken(people: People, serial: int = 1) -> Ticket:
    return services.take_ticket(
        counter="registration", key=UUID(int=serial), enterprise=people.firm, actor=people.clerk,
        now=clock.now(),
    )  # fmt: skip


def address_of(people: People, kind: KeyKind) -> str:
    new = services.make_hall_key(kind=kind, name="门口", actor=people.clerk, now=THURSDAY_10)
    return reverse(f"hall:{kind.value.lower()}", args=[new.key])


def test_a_clerk_gives_a_ticket_calls_and_finishes_it(people: People) -> None:
    client = signed_in(people.clerk)
    given = sent(
        client, reverse("hall:ticket-new"), counter="registration", slip=str(UUID(int=5)),
        firm=people.firm.name,
    )  # fmt: skip
    ticket = Ticket.objects.get()

    call = sent(client, reverse("hall:call-next"), counter="registration", window=3)
    page = text_of(client, f"{reverse('hall:queue')}?window=3")
    done = sent(client, reverse("hall:ticket-step", args=[ticket.pk, "done"]))

    ticket.refresh_from_db()
    assert (given, call, done, ticket.state) == (302, 302, 302, "DONE")
    assert '<p class="hall-number">A001</p>' in page
    assert people.firm.name in page


def test_a_firm_that_nobody_knows_gets_no_ticket(people: People) -> None:
    status = sent(
        signed_in(people.clerk), reverse("hall:ticket-new"), counter="registration",
        slip=str(UUID(int=5)), firm="没有这家",
    )  # fmt: skip

    assert (status, Ticket.objects.count()) == (422, 0)


def test_a_slip_opens_without_signing_in_and_names_nobody(people: People) -> None:
    taken(people, 1)
    ticket = taken(people, 2)

    page = text_of(Client(), reverse("hall:ticket", args=[ticket.key]))

    assert "A002" in page
    assert "data:image/svg+xml" in page
    assert people.firm.name not in page


def test_a_slip_that_is_not_there_is_not_found(people: People) -> None:  # noqa: ARG001  # the zone
    assert Client().get(reverse("hall:ticket", args=[UUID(int=9)])).status_code == 404


def test_a_screen_shows_numbers_and_windows_and_no_name(people: People) -> None:
    address = address_of(people, KeyKind.SCREEN)
    taken(people)
    services.call_next(counter="registration", window=4, actor=people.clerk, now=clock.now())

    page = text_of(Client(), address)

    assert "A001" in page
    assert people.firm.name not in page


def test_a_key_that_has_ended_opens_nothing(people: People) -> None:
    address = address_of(people, KeyKind.SCREEN)
    key = HallKey.objects.get()

    status = sent(signed_in(people.clerk), reverse("hall:key-end", args=[key.pk]))

    assert (status, Client().get(address).status_code) == (302, 404)


@pytest.mark.parametrize(("made", "asked"), [("SCREEN", "terminal"), ("TERMINAL", "screen")])
def test_a_key_opens_its_own_kind_of_page_alone(people: People, made: str, asked: str) -> None:
    new = services.make_hall_key(
        kind=KeyKind(made), name="门口", actor=people.clerk, now=THURSDAY_10
    )

    assert Client().get(reverse(f"hall:{asked}", args=[new.key])).status_code == 404


def test_a_touch_at_the_terminal_gives_one_ticket_also_when_it_comes_twice(
    people: People,
) -> None:
    address, client = address_of(people, KeyKind.TERMINAL), Client()
    fields = {"counter": "general", "slip": str(UUID(int=5))}

    answers = [client.post(address, fields) for _touch in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert [one.number for one in Ticket.objects.all()] == ["D001"]
    assert "D001" in text_of(client, answers[0]["Location"])


def test_the_address_of_a_device_is_shown_once_and_its_key_is_not_kept(people: People) -> None:
    client = signed_in(people.clerk)
    answer = client.post(
        reverse("hall:keys"),
        {"idempotency_key": "a-key-of-this-test", "device": "SCREEN", "called": "大厅"},
    )
    found = re.search(r"/hall/screen/([\w-]+)/", answer.content.decode())
    assert found is not None

    later = text_of(client, reverse("hall:keys"))

    assert found[1] not in later
    assert found[1] not in HallKey.objects.get().digest
    assert found[1] not in str(Fact.objects.get(kind="hall.key.made").data)


def test_the_queue_costs_the_same_for_one_ticket_and_for_three(people: People) -> None:
    client = signed_in(people.clerk)
    taken(people, 1)
    client.get(reverse("hall:queue"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("hall:queue"))
    taken(people, 2)
    taken(people, 3)

    with CaptureQueriesContext(connection) as three:
        client.get(reverse("hall:queue"))

    assert (len(one), len(three)) == (costs()["hall:queue"], costs()["hall:queue"])
