"""What waits to go out, by which way, and what did not arrive."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet

from shuniu.zone.kernel import memory
from shuniu.zone.kernel.clock import local
from shuniu.zone.notices.choices import (
    MAIL_OUTLET,
    MOST_ATTEMPTS,
    QUIET_FROM,
    QUIET_UNTIL,
    ROBOT_MINUTE,
    Channel,
    OutgoingState,
)
from shuniu.zone.notices.models import Mailbox, Outgoing, Outlet
from shuniu.zone.notices.queries.wording import TEST

MOST_IN_DIGEST = 60


@dataclass(frozen=True, slots=True)
class OutletLine:
    """A way out with what waits there; ``test`` is its newest test message."""

    outlet: Outlet
    waiting: int
    dead: int
    oldest_at: datetime | None
    test: Outgoing | None


def is_mail_on() -> bool:
    """Return whether a mail server is set up."""
    return bool(settings.MAIL_IS_ON)


def is_quiet(moment: datetime) -> bool:
    """Return whether it is night in the zone: nothing goes out that may not disturb."""
    hour = local(moment).hour
    return hour >= QUIET_FROM or hour < QUIET_UNTIL


def due_messages(now: datetime) -> QuerySet[Outgoing]:
    """Return the messages that may go out now."""
    due = Outgoing.objects.filter(
        state=OutgoingState.WAITING, next_try_at__lte=now, attempts__lt=MOST_ATTEMPTS
    )
    return due.filter(may_disturb=True) if is_quiet(now) else due


def outlets_with_work(now: datetime) -> QuerySet[Outlet]:
    """Return the ways out that have something to send and may; the longest unused one first."""
    waiting = due_messages(now).filter(outlet_id=OuterRef("pk"))
    free = Q(busy_until__isnull=True) | Q(busy_until__lte=now)
    rested = Q(paused_until__isnull=True) | Q(paused_until__lte=now)
    outlets = Outlet.objects.filter(free, rested, Exists(waiting), is_on=True)
    if not is_mail_on():
        outlets = outlets.exclude(channel=Channel.EMAIL)
    return outlets.order_by(F("sent_at").asc(nulls_first=True), "pk")


def due_of(outlet: Outlet, now: datetime) -> QuerySet[Outgoing]:
    """Return what is due at one way out, the oldest first."""
    due = due_messages(now).filter(outlet=outlet).select_related("recipient")
    return due.order_by("next_try_at", "pk")


def recent_sends(outlet: Outlet, now: datetime) -> list[str]:
    """Return when a robot wrote within the last minute; a clock set back forgets nothing."""
    start = now - ROBOT_MINUTE
    return [text for text in outlet.recent if start < datetime.fromisoformat(text) <= now]


def robots_for(office_id: int | None) -> list[Outlet]:
    """Return the robots of an office's group; those of the whole zone's if it has none."""
    found = memory.known(("robots for", office_id), lambda: _robots_near(office_id))
    own = [robot for robot in found if office_id is not None and robot.office_id == office_id]
    return own or [robot for robot in found if robot.office_id is None]


def _robots_near(office_id: int | None) -> list[Outlet]:
    """Return the robots of an office's group and those of the whole zone's."""
    robots = Outlet.objects.filter(channel=Channel.ROBOT, is_on=True)
    return list(robots.filter(Q(office_id=office_id) | Q(office__isnull=True)).order_by("pk"))


def mailboxes_of(user_ids: Collection[int]) -> QuerySet[Mailbox]:
    """Return the confirmed addresses of people with an open account."""
    rows = Mailbox.objects.filter(user_id__in=user_ids, user__is_active=True)
    return rows.filter(confirmed_at__isnull=False).order_by("pk")


def mailbox_of(user_id: int) -> Mailbox | None:
    """Return where a person is written to, confirmed or not."""
    return Mailbox.objects.filter(pk=user_id).first()


def dead_messages(outlet_id: str = "") -> QuerySet[Outgoing]:
    """Return what did not arrive, the newest first; of one way out, or of all."""
    dead = Outgoing.objects.filter(state=OutgoingState.DEAD).select_related("outlet", "recipient")
    if outlet_id:
        dead = dead.filter(outlet_id=outlet_id)
    return dead.order_by("-made_at", "pk")


def outlet_lines() -> list[OutletLine]:
    """Return every way out with its figures, the mail server first."""
    waiting = Q(messages__state=OutgoingState.WAITING)
    rows = Outlet.objects.select_related("office").annotate(
        n_waiting=Count("messages", filter=waiting),
        n_dead=Count("messages", filter=Q(messages__state=OutgoingState.DEAD)),
        oldest=Min("messages__made_at", filter=waiting),
    )
    tests: dict[object, Outgoing] = {}
    for row in Outgoing.objects.filter(kind=TEST).order_by("-made_at", "-pk")[:50]:
        tests.setdefault(row.outlet_id, row)
    ordered = rows.order_by("channel", "office__position", "made_at")
    return [
        OutletLine(row, row.n_waiting, row.n_dead, row.oldest, tests.get(row.pk)) for row in ordered
    ]


def mail_outlet() -> Outlet | None:
    """Return the mail server, once something was to be sent by it."""
    return Outlet.objects.filter(pk=MAIL_OUTLET).first()
