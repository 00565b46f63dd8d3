"""What the notices hold, since when, and of whom."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuniu.zone.kernel.data_map import CopyTable, Held, copy_table, held_of, held_together
from shuniu.zone.notices.models import Mailbox, Notice, Outgoing
from shuniu.zone.notices.queries.wording import kind_of, words_of


def notices_held() -> Held:
    """Return notices and messages; the time runs from when each was told."""
    told = held_of(Notice.objects.all(), "told_at")
    return held_together(told, held_of(Outgoing.objects.all(), "made_at"))


def mailboxes_held() -> Held:
    """Return the e-mail addresses; the time runs from when the account was closed."""
    return held_of(Mailbox.objects.all(), "user__closed_at", Q(user__is_active=False))


def mailboxes_due(before: datetime) -> QuerySet[Mailbox]:
    """Return the addresses of accounts that were closed before ``before``."""
    return Mailbox.objects.filter(user__is_active=False, user__closed_at__lt=before)


def data_of(user: AbstractBaseUser) -> tuple[CopyTable, ...]:
    """Return a person's address, and what this person was told."""
    return (_mailbox(user), _notices(user), _messages(user))


def _mailbox(user: AbstractBaseUser) -> CopyTable:
    heads = {
        "address": _("E-mail address"),
        "confirmed_at": _("Confirmed"),
        "is_quiet_at_night": _("Quiet at night"),
        "unwanted": _("Not wanted by e-mail"),
        "language": _("Language"),
    }
    rows = (
        (row.address, row.confirmed_at, row.is_quiet_at_night, _labels(row), row.language)
        for row in Mailbox.objects.filter(pk=user.pk)
    )
    return copy_table("notices_mailbox", _("E-mail"), heads, rows)


def _notices(user: AbstractBaseUser) -> CopyTable:
    heads = {
        "told_at": _("Told"),
        "kind": _("Kind"),
        "values": _("What"),
        "read_at": _("Read"),
    }
    found = Notice.objects.filter(recipient_id=user.pk).order_by("told_at", "pk")
    rows = ((row.told_at, _label(row.kind), _sentence(row), row.read_at) for row in found)
    return copy_table("notices_notice", _("What you were told"), heads, rows)


def _messages(user: AbstractBaseUser) -> CopyTable:
    heads = {
        "made_at": pgettext_lazy("message", "Written"),
        "kind": _("Kind"),
        "values": _("What"),
        "sent_at": _("Sent"),
    }
    found = Outgoing.objects.filter(recipient_id=user.pk).order_by("made_at", "pk")
    rows = ((row.made_at, _label(row.kind), _sentence(row), row.sent_at) for row in found)
    return copy_table("notices_outgoing", _("E-mails to you"), heads, rows)


def _labels(row: Mailbox) -> str:
    return ", ".join(_label(code) for code in row.unwanted)


def _sentence(row: Notice | Outgoing) -> str:
    kind = kind_of(row.kind)
    return words_of(kind, row.values).sentence if kind else row.kind


def _label(code: str) -> str:
    kind = kind_of(code)
    return str(kind.label) if kind else code
