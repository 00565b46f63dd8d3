"""Telling people: in the product at once, and out of it by way of the outbox."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.services import record_fact
from shuniu.zone.notices import facts, queries
from shuniu.zone.notices.choices import MAIL_OUTLET, Channel, NoticeKind
from shuniu.zone.notices.models import Notice, Outgoing, Outlet


@dataclass(frozen=True, slots=True)
class Telling:
    """Something that is said to people.

    Attributes
    ----------
    key
        Of the row that it is about.
    values
        What fills the places of the sentence: codes, numbers, names of offices and categories,
        moments as ISO text. Nothing that somebody wrote, and no person.
    to
        Keys of the accounts; whoever did it himself is left out.
    occasion
        What it follows from: told again for the same occasion, it is told once.
    has_group
        Whether a group may read it: that of ``office_id``, else that of the zone.
    only_own_group
        Not the zone's group, if the office has none.
    is_bare
        Out of the building goes the number and the link, no more.
    is_urgent
        Goes out at night, too.
    """

    kind: NoticeKind
    key: str
    values: Mapping[str, str]
    to: frozenset[int]
    occasion: str
    has_group: bool = False
    office_id: int | None = None
    only_own_group: bool = False
    is_bare: bool = False
    is_urgent: bool = False


@dataclass(slots=True)
class _Rows:
    """What is written for several tellings at once."""

    notices: list[Notice] = field(default_factory=list)
    outgoing: list[Outgoing] = field(default_factory=list)


def tell(*, tellings: Sequence[Telling], actor: User | None, now: datetime) -> None:
    """Write what people are told, in the transaction of the change that it tells of.

    It is the last step of a command; a right was asked for by the command itself. Nobody is told
    what he did himself.
    """
    if not transaction.get_connection().in_atomic_block:
        raise AssertionError("People are told together with the change.")
    rows = _Rows()
    for telling in tellings:
        to = sorted(telling.to - {actor.pk if actor else 0})
        occasion = f"{telling.occasion} {telling.kind.code}"[:100]
        values = dict(telling.values)
        rows.notices += [
            Notice(
                recipient_id=user_id,
                kind=telling.kind.code,
                key=telling.key,
                values=values,
                occasion=occasion,
                told_at=now,
            )
            for user_id in to
        ]
        rows.outgoing += _outgoing(telling, to, occasion, now)
    Notice.objects.bulk_create(rows.notices, ignore_conflicts=True, batch_size=500)
    Outgoing.objects.bulk_create(rows.outgoing, ignore_conflicts=True, batch_size=500)


@transaction.atomic
def tell_later(*, tellings: Sequence[Telling], actor: User | None, now: datetime) -> None:
    """Tell people by background work what happened on a floor below; open pages hear of it."""
    tell(tellings=tellings, actor=actor, now=now)
    for telling in tellings:
        told = facts.PeopleTold(notice_kind=telling.kind.code, people=len(telling.to))
        record_fact(told, actor=None, at=now)


def _outgoing(
    telling: Telling, to: Sequence[int], occasion: str, now: datetime
) -> Iterator[Outgoing]:
    """Yield the messages that leave the building: none while no way out is set up."""
    if to and queries.is_mail_on():
        boxes = [box for box in queries.mailboxes_of(to) if telling.kind.code not in box.unwanted]
        if boxes:
            mail_outlet(now)
        for box in boxes:
            row = message(telling, MAIL_OUTLET, occasion, now)
            row.recipient_id = box.pk
            row.may_disturb = telling.is_urgent or not box.is_quiet_at_night
            yield row
    if telling.has_group:
        for robot in queries.robots_for(telling.office_id):
            if robot.office_id is None and telling.only_own_group:
                continue
            row = message(telling, robot.pk, occasion, now)
            row.may_disturb = telling.is_urgent
            yield row


def message(telling: Telling, outlet_id: UUID, occasion: str, now: datetime) -> Outgoing:
    """Return a message for one way out that is not written yet."""
    return Outgoing(
        outlet_id=outlet_id,
        kind=telling.kind.code,
        key=telling.key,
        values=dict(telling.values),
        occasion=occasion,
        is_bare=telling.is_bare,
        made_at=now,
        waiting_since=now,
        next_try_at=now,
    )


def mail_outlet(now: datetime) -> Outlet:
    """Return the row that stands for the mail server."""
    outlet, _is_new = Outlet.objects.get_or_create(
        pk=MAIL_OUTLET, defaults={"channel": Channel.EMAIL, "name": "SMTP", "made_at": now}
    )
    return outlet
