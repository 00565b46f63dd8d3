"""Notices for programs: one's own, and for the system administrator what leaves the building."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.http import Http404
from ninja import Query, Status
from pydantic import ConfigDict, Field

from shuniu.zone.kernel import clock
from shuniu.zone.kernel.api import (
    LARGEST_KEY,
    Body,
    Key,
    Page,
    PageQuery,
    Part,
    Request,
    Words,
    area,
    checked,
    fields_of,
    page_of,
    to_be,
)
from shuniu.zone.notices import forms, policies, queries, services
from shuniu.zone.notices.choices import NoticeFilter, RobotForm, Trouble
from shuniu.zone.notices.models import Outgoing
from shuniu.zone.notices.queries import ShownNotice

notices = area("Notices")
outbox = area("Outbox")
MessageStep = Literal["again", "drop"]
COMMANDS: dict[MessageStep, Callable[..., int]] = {
    "again": services.send_again,
    "drop": services.give_up,
}


class NoticePart(Part):
    """Something that one was told; without words where one may not see any more what it is of."""

    id: Key
    kind: str
    sentence: str
    address: str = Field(description="Of the page that it leads to; empty where it is closed now")
    told_at: datetime
    read_at: datetime | None


class NoticeQuery(Part):
    """Which notices; the filters of the page."""

    model_config = ConfigDict(frozen=True)

    which: NoticeFilter = NoticeFilter.ALL
    kind: Words = ""


class UnreadPart(Part):
    """How many notices wait to be read; counted up to a hundred."""

    unread: int


class UpTo(Body):
    """The newest notice that was seen."""

    up_to: Annotated[int, Field(ge=0, le=LARGEST_KEY)]


class CountPart(Part):
    """How many were changed."""

    count: int


class OutletPart(Part):
    """A way out: the mail server, or the robot of a group. Its address is never told."""

    id: UUID
    channel: str = Field(description="EMAIL or ROBOT")
    name: str
    office: str = Field(description="Code of the unit whose group it is; empty for the zone")
    is_on: bool
    waiting: int
    undelivered: int
    oldest_at: datetime | None
    paused_until: datetime | None
    trouble: Trouble | None
    trouble_words: str
    sent_at: datetime | None


class MessagePart(Part):
    """A message that did not arrive."""

    id: UUID
    way: UUID
    kind: str
    made_at: datetime
    attempts: int
    trouble: Trouble | None
    trouble_words: str


class MessageQuery(Part):
    """Which undelivered messages."""

    model_config = ConfigDict(frozen=True)

    way: UUID | None = None


class NewRobot(Body):
    """The robot of a WeCom group."""

    name: str = Field(min_length=1, max_length=60)
    address: str = Field(min_length=1, max_length=300, description="Kept sealed, never shown")
    form: RobotForm = RobotForm.MARKDOWN
    office: Key | None = Field(None, description="Unit whose group it is; none: the whole zone")


class Way(Body):
    """Of which way out; all of them where none is named."""

    way: UUID | None = None


@notices.get("/notices", url_name="notices", operation_id="notices_list", response=Page[NoticePart])
def notices_list(
    request: Request, wanted: Query[NoticeQuery], page: Query[PageQuery]
) -> Page[NoticePart]:
    """List what one was told, the newest first."""
    rows = queries.notices_of(request.user.pk).order_by("-told_at", "-pk")
    if wanted.which == NoticeFilter.UNREAD:
        rows = rows.filter(read_at__isnull=True)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind.replace("\x00", ""))
    who = request.standing
    return page_of(
        request, rows, lambda several: [_notice(one) for one in queries.shown(who, several)], page
    )


@notices.get(
    "/notices/count", url_name="notice-count", operation_id="notices_count", response=UnreadPart
)
def notices_count(request: Request) -> UnreadPart:
    """Count the notices that wait to be read."""
    return UnreadPart(unread=queries.unread_count(request.user.pk))


@notices.post(
    "/notices/read", url_name="notices-read", operation_id="notices_read", response=CountPart
)
def notices_read(request: Request, body: UpTo) -> CountPart:
    """Mark as read what was seen: the notices up to the newest of them."""
    count = services.read_all(up_to=body.up_to, actor=request.user, now=clock.now())
    return CountPart(count=count)


@notices.post(
    "/notices/{int:notice_id}/read",
    url_name="notice-read",
    operation_id="notice_read",
    response={204: None},
)
def notice_read(request: Request, notice_id: Key) -> Status[None]:
    """Mark one notice as read."""
    if services.open_notice(notice_id=notice_id, actor=request.user, now=clock.now()) is None:
        raise Http404
    return Status(204, None)


@outbox.get("/outbox", url_name="outbox", operation_id="outbox_read", response=list[OutletPart])
def outbox_read(request: Request) -> list[OutletPart]:
    """List the ways out, with what waits there and what did not arrive."""
    to_be(policies.may_run_outbox(request.standing))
    return [
        OutletPart(
            id=line.outlet.pk,
            channel=line.outlet.channel,
            name=line.outlet.name,
            office=line.outlet.office.code if line.outlet.office else "",
            is_on=line.outlet.is_on,
            waiting=line.waiting,
            undelivered=line.dead,
            oldest_at=line.oldest_at,
            paused_until=line.outlet.paused_until,
            trouble=Trouble(line.outlet.trouble) if line.outlet.trouble else None,
            trouble_words=line.outlet.get_trouble_display(),
            sent_at=line.outlet.sent_at,
        )
        for line in queries.outlet_lines()
    ]


@outbox.get(
    "/outbox/messages",
    url_name="outbox-messages",
    operation_id="messages_list",
    response=Page[MessagePart],
)
def messages_list(
    request: Request, wanted: Query[MessageQuery], page: Query[PageQuery]
) -> Page[MessagePart]:
    """List what did not arrive, the newest first."""
    to_be(policies.may_run_outbox(request.standing))
    rows = queries.dead_messages(str(wanted.way or ""))
    return page_of(request, rows, _messages, page)


@outbox.post(
    "/outbox/robots",
    url_name="outbox-robots",
    operation_id="robot_add",
    response={201: OutletPart},
)
def robot_add(request: Request, body: NewRobot) -> Status[OutletPart]:
    """Let the robot of a group write there."""
    to_be(policies.may_run_outbox(request.standing))
    is_chinese = request.LANGUAGE_CODE.startswith("zh")
    given = checked(forms.RobotNewForm(fields_of(body), is_chinese=is_chinese))
    robot = services.add_robot(
        name=given["name"],
        address=given["address"],
        office=given["office"],
        form=RobotForm(given["form"]),
        actor=request.user,
        now=clock.now(),
    )
    return Status(201, next(one for one in outbox_read(request) if one.id == robot.pk))


@outbox.post(
    "/outbox/ways/{uuid:way_id}/{step}",
    url_name="outbox-way",
    operation_id="way_step",
    response={204: None},
)
def way_step(
    request: Request, way_id: UUID, step: Literal["test", "on", "off", "remove"]
) -> Status[None]:
    """Test a way out, turn a robot on or off, or remove it."""
    now, actor = clock.now(), request.user
    if step == "test":
        services.test_outlet(outlet_id=way_id, actor=actor, now=now)
    elif step == "remove":
        services.remove_robot(outlet_id=way_id, actor=actor, now=now)
    else:
        services.switch_robot(outlet_id=way_id, is_on=step == "on", actor=actor, now=now)
    return Status(204, None)


@outbox.post(
    "/outbox/messages/all/{step}",
    url_name="outbox-all",
    operation_id="messages_step",
    response=CountPart,
)
def messages_step(request: Request, step: MessageStep, body: Way) -> CountPart:
    """Send all undelivered messages again, of one way out or of all, or give them up."""
    way = str(body.way or "")
    count = COMMANDS[step](message_id=None, outlet=way, actor=request.user, now=clock.now())
    return CountPart(count=count)


@outbox.post(
    "/outbox/messages/{uuid:message_id}/{step}",
    url_name="outbox-message",
    operation_id="message_step",
    response=CountPart,
)
def message_step(request: Request, message_id: UUID, step: MessageStep) -> CountPart:
    """Send an undelivered message again, or give it up."""
    count = COMMANDS[step](message_id=message_id, outlet="", actor=request.user, now=clock.now())
    return CountPart(count=count)


def _notice(one: ShownNotice) -> NoticePart:
    kind = queries.kind_of(one.notice.kind)
    is_open = kind is not None and one.words is not None
    return NoticePart(
        id=one.notice.pk,
        kind=one.notice.kind,
        sentence=one.words.sentence if one.words else "",
        address=queries.path_of(kind, one.notice.key) if kind and is_open else "",
        told_at=one.notice.told_at,
        read_at=one.notice.read_at,
    )


def _messages(rows: Sequence[Outgoing]) -> list[MessagePart]:
    return [
        MessagePart(
            id=row.pk,
            way=row.outlet_id,
            kind=row.kind,
            made_at=row.made_at,
            attempts=row.attempts,
            trouble=Trouble(row.trouble) if row.trouble else None,
            trouble_words=row.get_trouble_display(),
        )
        for row in rows
    ]
