"""The ways out: robots of groups, tests, and what did not arrive."""

from __future__ import annotations

import re
import uuid
from datetime import datetime
from urllib.parse import SplitResult, parse_qs, urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import record_fact
from shuniu.zone.notices import facts, policies, queries
from shuniu.zone.notices.choices import MAIL_OUTLET, Channel, OutgoingState, RobotForm
from shuniu.zone.notices.models import Outgoing, Outlet
from shuniu.zone.notices.services.mailboxes import NoMailServer
from shuniu.zone.notices.services.telling import Telling, mail_outlet, message
from shuniu.zone.registry.models import Office
from shuniu.zone.registry.queries import standing_of

HOOK = "/cgi-bin/webhook/send"
SECRET = re.compile(r"[0-9A-Za-z_-]{16,100}")


class NotForYou(Refusal):
    code = "notices.not_for_you"
    status = 403
    sentence = _("Only the system administrator can do this.")


class NoRobotAddress(Refusal):
    code = "notices.no_robot_address"
    status = 422
    sentence = _(
        "This is not the address of a group robot. It begins with %(beginning)s; copy it whole"
        " from the robot's page in WeCom."
    )


class OutletUnknown(Refusal):
    code = "notices.outlet_unknown"
    status = 404
    sentence = _("This way out is not there (any more).")


class NoOwnAddress(Refusal):
    code = "notices.no_own_address"
    status = 409
    sentence = _(
        "The test goes to your own address. Please give and confirm it first under My account,"
        " How I am told."
    )


class NotUndelivered(Refusal):
    code = "notices.not_undelivered"
    status = 409
    sentence = _("Nothing of this waits for a decision (any more); nothing was changed.")


def secret_of(address: str) -> str:
    """Return the key in a robot's address.

    Only the key is kept: messages go to the configured server and to no other.

    Raises
    ------
    NoRobotAddress
        If it is another server's address, or has no key.
    """
    base = urlsplit(settings.WECOM_ADDRESS)
    beginning = f"{settings.WECOM_ADDRESS}{HOOK}?key="
    try:
        given = urlsplit(address.strip())
        is_ours = _place(given) == _place(base._replace(path=base.path.rstrip("/") + HOOK))
    except ValueError:
        raise NoRobotAddress(beginning=beginning) from None
    keys = parse_qs(given.query).get("key", [])
    if not is_ours or len(keys) != 1 or not SECRET.fullmatch(keys[0]):
        raise NoRobotAddress(beginning=beginning)
    return keys[0]


def _place(parts: SplitResult) -> tuple[str, str | None, int | None, str, str | None]:
    return parts.scheme, parts.hostname, parts.port, parts.path, parts.username


@transaction.atomic
def add_robot(
    *, name: str, address: str, office: Office | None, form: RobotForm, actor: User, now: datetime
) -> Outlet:
    """Let the robot of a group write there.

    Raises
    ------
    NotForYou
        If ``actor`` does not look after the system.
    NoRobotAddress
        If the address is none of a robot.
    """
    _only_administrator(actor)
    robot = Outlet(
        channel=Channel.ROBOT,
        name=name,
        office=office,
        secret=secret_of(address),
        form=form,
        made_at=now,
    )
    robot.save(force_insert=True)
    added = facts.RobotAdded(outlet_id=str(robot.pk), office=office.code if office else "")
    record_fact(added, actor=actor, at=now)
    return robot


@transaction.atomic
def switch_robot(*, outlet_id: uuid.UUID, is_on: bool, actor: User, now: datetime) -> None:
    """Turn a robot on or off. What waits for it goes on waiting, for two days at most.

    Raises
    ------
    NotForYou, OutletUnknown
    """
    _only_administrator(actor)
    robot = _robot(outlet_id)
    robot.is_on, robot.paused_until, robot.failures = is_on, None, 0
    robot.save(update_fields=["is_on", "paused_until", "failures"])
    switched = facts.RobotSwitched(outlet_id=str(robot.pk), is_on=is_on)
    record_fact(switched, actor=actor, at=now)


@transaction.atomic
def remove_robot(*, outlet_id: uuid.UUID, actor: User, now: datetime) -> None:
    """Forget a robot, its key and what it was to write.

    Raises
    ------
    NotForYou, OutletUnknown
    """
    _only_administrator(actor)
    robot = _robot(outlet_id)
    removed = facts.RobotRemoved(outlet_id=str(robot.pk))
    robot.delete()
    record_fact(removed, actor=actor, at=now)


@transaction.atomic
def test_outlet(*, outlet_id: uuid.UUID, actor: User, now: datetime) -> Outgoing:
    """Send a test at once: by e-mail to one's own address, by a robot to its group.

    Raises
    ------
    NotForYou, OutletUnknown
    NoMailServer, NoOwnAddress
        If an e-mail cannot be sent, or nobody knows where to.
    """
    _only_administrator(actor)
    is_mail = outlet_id == MAIL_OUTLET
    if is_mail:
        _mail_can_be_tested(actor)
    outlet = mail_outlet(now) if is_mail else _robot(outlet_id)
    kind = queries.kind_of(queries.TEST)
    if kind is None:
        raise LookupError(queries.TEST)
    said = Telling(kind, "", {}, frozenset(), f"test {now.isoformat()}")
    row = message(said, outlet.pk, said.occasion, now)
    row.recipient, row.may_disturb = (actor if is_mail else None), True
    row.save(force_insert=True)
    Outlet.objects.filter(pk=outlet.pk).update(paused_until=None)
    record_fact(facts.TestAsked(outlet_id=str(outlet.pk)), actor=actor, at=now)
    return row


def _mail_can_be_tested(actor: User) -> None:
    if not queries.is_mail_on():
        raise NoMailServer
    box = queries.mailbox_of(actor.pk)
    if box is None or box.confirmed_at is None:
        raise NoOwnAddress


@transaction.atomic
def send_again(*, message_id: uuid.UUID | None, outlet: str, actor: User, now: datetime) -> int:
    """Try undelivered messages again: one, or all of a way out, or all; return how many.

    Raises
    ------
    NotForYou
    NotUndelivered
        If none of them is undelivered (any more).
    """
    _only_administrator(actor)
    again = _undelivered(message_id, outlet)
    outlets = set(again.order_by().values_list("outlet_id", flat=True))
    count = again.order_by().update(
        state=OutgoingState.WAITING, attempts=0, next_try_at=now, waiting_since=now
    )
    if not count:
        raise NotUndelivered
    Outlet.objects.filter(pk__in=outlets).update(paused_until=None, failures=0)
    record_fact(facts.MessagesSentAgain(messages=count), actor=actor, at=now)
    return count


@transaction.atomic
def give_up(*, message_id: uuid.UUID | None, outlet: str, actor: User, now: datetime) -> int:
    """Decide that undelivered messages stay so: one, or all of a way out, or all.

    Raises
    ------
    NotForYou, NotUndelivered
    """
    _only_administrator(actor)
    count = _undelivered(message_id, outlet).order_by().update(state=OutgoingState.DROPPED)
    if not count:
        raise NotUndelivered
    record_fact(facts.MessagesGivenUp(messages=count), actor=actor, at=now)
    return count


def _undelivered(message_id: uuid.UUID | None, outlet: str) -> QuerySet[Outgoing]:
    dead = queries.dead_messages(outlet)
    return dead.filter(pk=message_id) if message_id else dead


def _robot(outlet_id: uuid.UUID) -> Outlet:
    robots = Outlet.objects.select_for_update(no_key=True, of=("self",))
    robot = robots.filter(pk=outlet_id, channel=Channel.ROBOT).first()
    if robot is None:
        raise OutletUnknown
    return robot


def _only_administrator(actor: User) -> None:
    if not policies.may_run_outbox(standing_of(actor)):
        raise NotForYou
