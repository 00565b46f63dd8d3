"""The counters for programs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from ninja import Query, Status
from pydantic import ConfigDict, Field

from shuniu.zone.hall import forms, policies, queries, services
from shuniu.zone.hall.api.items import catalogue
from shuniu.zone.hall.choices import KeyKind, TicketState, TicketStep
from shuniu.zone.hall.models import Ticket
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.api import (
    Body,
    Key,
    Part,
    Request,
    checked,
    fields_of,
    form_body,
    formed,
    found,
    to_be,
)


class CounterPart(Part):
    """A kind of counter today."""

    code: str
    waiting: int
    seconds_between_calls: int | None = Field(description="None while too few were called today")
    calls: int = Field(description="How many calls of today the time between them rests on")


class TicketPart(Part):
    """A ticket of a counter; it names nobody."""

    id: Key
    slip: UUID = Field(description="By it the slip is opened without signing in")
    day: date
    number: str
    counter: str
    state: TicketState
    window: int | None
    calls: int
    enterprise: int | None
    taken_at: datetime
    called_at: datetime | None
    ended_at: datetime | None


class QueuePart(Part):
    """The hall today."""

    counters: list[CounterPart]
    tickets: list[TicketPart]


class QueueQuery(Part):
    """Of which day; today where none is named."""

    model_config = ConfigDict(frozen=True)

    day: date | None = None


class TicketStepBody(Body):
    """What a step needs."""

    window: int | None = Field(None, ge=1, le=99, description="Needed to call again")
    counter: str | None = Field(None, max_length=40, description="Needed to move")


class HallKeyPart(Part):
    """A device in the hall."""

    id: Key
    kind: KeyKind
    name: str
    made_at: datetime


class NewHallKeyPart(HallKeyPart):
    """A device just set up, with its key, which is told this once."""

    key: str


@catalogue.get("/hall/queue", url_name="queue", operation_id="queue_read", response=QueuePart)
def queue_read(request: Request, wanted: Query[QueueQuery]) -> QueuePart:
    """Read who waits at the counters on a day, and how fast it goes."""
    to_be(policies.may_see_queue(request.standing))
    day = wanted.day or clock.today()
    return QueuePart(
        counters=[
            CounterPart(
                code=one.code,
                waiting=one.waiting,
                seconds_between_calls=_seconds(one.pace.between),
                calls=one.pace.calls,
            )
            for one in queries.queue_of(day)
        ],
        tickets=_parts(list(queries.tickets_of(day))),
    )


@catalogue.post(
    "/hall/tickets", url_name="tickets", operation_id="ticket_take", response={201: TicketPart}
)
@formed(form_body("NewTicket", forms.TicketForm))
def ticket_take(request: Request, body: Body) -> Status[TicketPart]:
    """Give a ticket to a visitor. The same slip again gives the same ticket."""
    to_be(policies.may_give_ticket(request.standing))
    given = checked(forms.TicketForm(fields_of(body), language=request.LANGUAGE_CODE))
    ticket = services.take_ticket(
        counter=given["counter"],
        key=given["slip"],
        enterprise=given["firm"],
        actor=request.user,
        now=clock.now(),
    )
    return Status(201, _parts([ticket])[0])


@catalogue.post(
    "/hall/queue/call", url_name="call-next", operation_id="ticket_call", response=TicketPart
)
@formed(form_body("NextCall", forms.CallForm))
def ticket_call(request: Request, body: Body) -> TicketPart:
    """Call who has waited longest at a counter."""
    to_be(policies.may_run_counter(request.standing))
    given = checked(forms.CallForm(fields_of(body), language=request.LANGUAGE_CODE))
    ticket = services.call_next(**given, actor=request.user, now=clock.now())
    return _parts([ticket])[0]


@catalogue.post(
    "/hall/tickets/{int:ticket_id}/{step}",
    url_name="ticket-step",
    operation_id="ticket_step",
    response=TicketPart,
)
def ticket_step(
    request: Request,
    ticket_id: Key,
    step: Literal["again", "done", "skip", "move"],
    body: TicketStepBody,
) -> TicketPart:
    """Call a ticket again, finish it, skip it, or let it wait at another counter."""
    to_be(policies.may_run_counter(request.standing))
    ticket = found(queries.tickets_visible_to(request.standing), ticket_id)
    chosen = TicketStep(step)
    form = forms.STEP_FORMS[chosen](fields_of(body), language=request.LANGUAGE_CODE)
    given: dict[str, Any] = checked(form)
    changed = services.COMMANDS[chosen](
        ticket_id=ticket.pk, actor=request.user, now=clock.now(), **given
    )
    return _parts([changed])[0]


@catalogue.get(
    "/hall/devices", url_name="hall-keys", operation_id="devices_list", response=list[HallKeyPart]
)
def devices_list(request: Request) -> list[HallKeyPart]:
    """List the screens and terminals of the hall."""
    to_be(policies.may_keep_keys(request.standing))
    return [
        HallKeyPart(id=row.pk, kind=KeyKind(row.kind), name=row.name, made_at=row.made_at)
        for row in queries.hall_keys()
    ]


@catalogue.post(
    "/hall/devices",
    url_name="hall-keys",
    operation_id="device_add",
    response={201: NewHallKeyPart},
)
@formed(form_body("NewDevice", forms.KeyForm))
def device_add(request: Request, body: Body) -> Status[NewHallKeyPart]:
    """Set up a screen or a terminal; its key is told this once."""
    to_be(policies.may_keep_keys(request.standing))
    given = checked(forms.KeyForm(fields_of(body)))
    kind = KeyKind(given["device"])
    new = services.make_hall_key(
        kind=kind, name=given["called"], actor=request.user, now=clock.now()
    )
    row = new.row
    part = NewHallKeyPart(id=row.pk, kind=kind, name=row.name, made_at=row.made_at, key=new.key)
    return Status(201, part)


@catalogue.post(
    "/hall/devices/{int:key_id}/end",
    url_name="hall-key-end",
    operation_id="device_end",
    response={204: None},
)
def device_end(request: Request, key_id: Key) -> Status[None]:
    """End the key of a screen or a terminal."""
    to_be(policies.may_keep_keys(request.standing))
    row = found(queries.hall_keys(), key_id)
    services.end_hall_key(key_id=row.pk, actor=request.user, now=clock.now())
    return Status(204, None)


def _seconds(between: timedelta | None) -> int | None:
    return None if between is None else round(between.total_seconds())


def _parts(rows: Sequence[Ticket]) -> list[TicketPart]:
    return [
        TicketPart(
            id=row.pk,
            slip=row.key,
            day=row.day,
            number=row.number,
            counter=row.counter,
            state=TicketState(row.state),
            window=row.window,
            calls=row.calls,
            enterprise=row.enterprise_id,
            taken_at=row.taken_at,
            called_at=row.called_at,
            ended_at=row.ended_at,
        )
        for row in rows
    ]
