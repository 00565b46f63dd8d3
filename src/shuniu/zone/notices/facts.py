"""Facts that the notices publish. Who was told what is no fact: the rows say it, for a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuniu.zone.kernel.facts import FactRecord


@dataclass(frozen=True, slots=True)
class PeopleTold(FactRecord):
    """``people`` persons were told by background work: open pages look for it."""

    kind: ClassVar[str] = "notices.notice.told"
    label: ClassVar[Promise] = _("People told")
    about: ClassVar[str] = "notice_kind"
    notice_kind: str
    people: int


@dataclass(frozen=True, slots=True)
class MailboxFact(FactRecord):
    """Something about the way in which a person is told."""

    about: ClassVar[str] = "user_id"
    user_id: int


@dataclass(frozen=True, slots=True)
class AddressGiven(MailboxFact):
    kind: ClassVar[str] = "notices.address.given"
    label: ClassVar[Promise] = _("E-mail address given, code sent")


@dataclass(frozen=True, slots=True)
class AddressConfirmed(MailboxFact):
    kind: ClassVar[str] = "notices.address.confirmed"
    label: ClassVar[Promise] = _("E-mail address confirmed")


@dataclass(frozen=True, slots=True)
class AddressRemoved(MailboxFact):
    kind: ClassVar[str] = "notices.address.removed"
    label: ClassVar[Promise] = _("E-mail address removed")


@dataclass(frozen=True, slots=True)
class WishesChanged(MailboxFact):
    kind: ClassVar[str] = "notices.wishes.changed"
    label: ClassVar[Promise] = _("Choice of e-mails changed")
    unwanted: int
    is_quiet_at_night: bool


@dataclass(frozen=True, slots=True)
class RobotFact(FactRecord):
    """Something about the robot of a group; its address is not part of it."""

    about: ClassVar[str] = "outlet_id"
    outlet_id: str


@dataclass(frozen=True, slots=True)
class RobotAdded(RobotFact):
    kind: ClassVar[str] = "notices.robot.added"
    label: ClassVar[Promise] = _("Group robot added")
    office: str


@dataclass(frozen=True, slots=True)
class RobotSwitched(RobotFact):
    kind: ClassVar[str] = "notices.robot.switched"
    label: ClassVar[Promise] = _("Group robot turned on or off")
    is_on: bool


@dataclass(frozen=True, slots=True)
class RobotRemoved(RobotFact):
    kind: ClassVar[str] = "notices.robot.removed"
    label: ClassVar[Promise] = _("Group robot removed")


@dataclass(frozen=True, slots=True)
class TestAsked(RobotFact):
    kind: ClassVar[str] = "notices.test.asked"
    label: ClassVar[Promise] = _("Test message asked for")


@dataclass(frozen=True, slots=True)
class MessagesSentAgain(FactRecord):
    """``messages`` that had not been delivered are tried again."""

    kind: ClassVar[str] = "notices.messages.sent_again"
    label: ClassVar[Promise] = _("Undelivered messages sent again")
    about: ClassVar[str] = "messages"
    messages: int


@dataclass(frozen=True, slots=True)
class MessagesGivenUp(FactRecord):
    kind: ClassVar[str] = "notices.messages.given_up"
    label: ClassVar[Promise] = _("Undelivered messages given up")
    about: ClassVar[str] = "messages"
    messages: int
