"""The words of notices: kinds, channels, what became of a message, and why it could not go out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuniu.zone.accounts.choices import Role

MAIL_OUTLET = UUID("6e6f7469-6365-4d73-8000-6d61696c0001")  # there is one mail server
QUIET_FROM, QUIET_UNTIL = 22, 7  # hours of the zone

MOST_ATTEMPTS = 12
FIRST_PAUSE = timedelta(seconds=15)
LONGEST_PAUSE = timedelta(hours=1)
LEASE = timedelta(minutes=2)
TOO_OLD = timedelta(hours=48)

# The robot of a WeCom group takes 20 messages a minute. A message arrives up to a time-out later
# than it was sent, so the minute is counted a little longer.
ROBOT_MESSAGES = 20
ROBOT_MINUTE = timedelta(seconds=66)
MARKDOWN_BYTES = 4096
TEXT_BYTES = 2048


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """Something that may be said: the app that speaks owns the words.

    Attributes
    ----------
    code
        Dotted and unique, never renamed: rows name it.
    label
        When it is said, as the page of preferences lists it.
    sentence
        What is said, with named places that the values fill.
    subject
        What it is about, such as ``desk.case``: names the rule of who may still see it. Empty: it
        tells nothing that anybody could lose the right to.
    address
        Name of the address that it opens; the key of the row is its place if ``has_key``.
    icon
        Drawn beside it.
    roles
        Whom it is said to; empty: to anybody.
    """

    code: str
    label: Promise
    sentence: Promise
    subject: str
    address: str
    icon: str = "bell"
    has_key: bool = True
    roles: frozenset[Role] = frozenset()


Kinds = Mapping[str, NoticeKind]


class Channel(TextChoices):
    EMAIL = "EMAIL", _("e-mail")
    ROBOT = "ROBOT", _("WeCom group")


class RobotForm(TextChoices):
    MARKDOWN = "MARKDOWN", _("with layout, for WeCom only")
    TEXT = "TEXT", _("plain, also readable in WeChat")


class OutgoingState(TextChoices):
    WAITING = "WAITING", pgettext_lazy("message", "waiting")
    SENT = "SENT", pgettext_lazy("message", "sent")
    DEAD = "DEAD", pgettext_lazy("message", "not delivered")
    DROPPED = "DROPPED", pgettext_lazy("message", "given up")


class Trouble(TextChoices):
    """Why a message could not go out, as the administrator reads it."""

    NO_ANSWER = "NO_ANSWER", _("The server did not answer in time.")
    NOT_REACHED = "NOT_REACHED", _("The server could not be reached: check address and network.")
    NO_TLS = "NO_TLS", _("The connection is not safe: the server's certificate is not trusted.")
    SIGN_IN = "SIGN_IN", _("The mail server refused user name or password.")
    SENDER = "SENDER", _("The mail server does not accept the sender's address.")
    RECIPIENT = "RECIPIENT", _("The mail server does not know the recipient's address.")
    LATER = "LATER", _("The server asked to come again later.")
    REFUSED = "REFUSED", _("The server refused the message.")
    TOO_OFTEN = "TOO_OFTEN", _("The robot had to wait: too many messages in a minute.")
    NO_ROBOT = "NO_ROBOT", _("WeCom does not know this robot: it was removed, or its key is wrong.")
    MOVED = "MOVED", _("The server sent us elsewhere; for safety that is not followed.")
    NOT_UNDERSTOOD = "NOT_UNDERSTOOD", _("The server answered something that makes no sense.")
    NO_SERVER = "NO_SERVER", _("No mail server is set up any more.")
    STALE = "STALE", _("It waited for two days.")
    DIED = "DIED", _("The worker ended again and again while sending it.")
    BROKEN = "BROKEN", _("An error of the product; it is in the log.")


# What lies with the way out and not with the message: then the others wait, too.
OF_OUTLET = frozenset(
    {
        Trouble.NO_ANSWER, Trouble.NOT_REACHED, Trouble.NO_TLS, Trouble.SIGN_IN, Trouble.SENDER,
        Trouble.TOO_OFTEN, Trouble.NO_ROBOT, Trouble.MOVED, Trouble.NOT_UNDERSTOOD,
        Trouble.NO_SERVER,
    }
)  # fmt: skip
# What does not get better by trying again.
FINAL = frozenset({Trouble.RECIPIENT, Trouble.REFUSED})


class NoticeFilter(TextChoices):
    """Which notices a page shows."""

    ALL = "all", pgettext_lazy("notices", "All")
    UNREAD = "unread", pgettext_lazy("notices", "Unread")
