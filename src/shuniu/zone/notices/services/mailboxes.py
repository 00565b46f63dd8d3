"""How a person is told by e-mail: an address that was proven, and what is wanted there."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.clock import day_of
from shuniu.zone.kernel.data_map import Removed
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import delete_some, record_fact
from shuniu.zone.notices import facts, queries
from shuniu.zone.notices.choices import MAIL_OUTLET
from shuniu.zone.notices.models import Mailbox, Notice, Outgoing
from shuniu.zone.notices.services.telling import Telling, mail_outlet, message

CODE_HOLDS = timedelta(minutes=30)
BETWEEN_CODES = timedelta(minutes=1)
MOST_CODES_A_DAY = 5
MOST_GUESSES = 5
LONGEST_ADDRESS = 120


class NoMailServer(Refusal):
    code = "notices.no_mail_server"
    status = 409
    sentence = _("This zone sends no e-mail yet: the administrator has to set up a mail server.")


class NoAddress(Refusal):
    code = "notices.no_address"
    status = 422
    sentence = _("“%(address)s” is no e-mail address. Please check it.")


class TooManyCodes(Refusal):
    code = "notices.too_many_codes"
    status = 429
    sentence = _(
        "A code was just sent. Please wait a minute and look into the folder for junk mail;"
        " at most %(limit)s codes are sent a day."
    )


class WrongCode(Refusal):
    code = "notices.wrong_code"
    status = 422
    sentence = _("This is not the code of the last e-mail, or its half hour is over.")


@transaction.atomic
def give_address(*, address: str, language: str, actor: User, now: datetime) -> Mailbox:
    """Keep an address that is not proven yet, and send a code to it.

    Raises
    ------
    NoMailServer
        If the zone sends no e-mail.
    NoAddress
        If it is none.
    TooManyCodes
        If one was sent within a minute, or several on this day.
    """
    if not queries.is_mail_on():
        raise NoMailServer
    wanted = address.strip()
    try:
        validate_email(wanted)
    except ValidationError:
        raise NoAddress(address=wanted[:LONGEST_ADDRESS]) from None
    if len(wanted) > LONGEST_ADDRESS or not wanted.isascii():
        raise NoAddress(address=wanted[:LONGEST_ADDRESS])
    Mailbox.objects.get_or_create(pk=actor.pk, defaults={"language": language})
    box = Mailbox.objects.select_for_update(no_key=True).get(pk=actor.pk)
    _count_code(box, now)
    box.address, box.language = wanted, language
    box.confirmed_at, box.nonce, box.guesses, box.code_sent_at = None, uuid.uuid4(), 0, now
    box.save()
    mail_outlet(now)
    kind = queries.kind_of(queries.CODE)
    if kind is None:
        raise LookupError(queries.CODE)
    said = Telling(kind, str(box.nonce), {}, frozenset(), f"code {box.nonce}")
    row = message(said, MAIL_OUTLET, said.occasion, now)
    row.recipient, row.may_disturb = actor, True
    row.save(force_insert=True)
    record_fact(facts.AddressGiven(user_id=actor.pk), actor=actor, at=now)
    return box


def _count_code(box: Mailbox, now: datetime) -> None:
    today = day_of(now)
    if box.sent_on != today:
        box.sent_on, box.sent_count = today, 0
    is_too_soon = box.code_sent_at is not None and now - box.code_sent_at < BETWEEN_CODES
    if is_too_soon or box.sent_count >= MOST_CODES_A_DAY:
        raise TooManyCodes(limit=MOST_CODES_A_DAY)
    box.sent_count += 1


def code_of(box: Mailbox) -> str:
    """Return the six digits that prove an address: made from the row, kept nowhere."""
    digest = salted_hmac("notices.code", f"{box.pk} {box.nonce} {box.address}", algorithm="sha256")
    return f"{int(digest.hexdigest(), 16) % 1_000_000:06d}"


def confirm_address(*, code: str, actor: User, now: datetime) -> None:
    """Prove the address by the code that was sent to it.

    A wrong code counts, so this is two transactions: what a refusal undoes is not the count.

    Raises
    ------
    WrongCode
        If it is another one, too old, or was guessed at too often.
    """
    if not _is_confirmed(code=code, actor=actor, now=now):
        raise WrongCode


@transaction.atomic
def _is_confirmed(*, code: str, actor: User, now: datetime) -> bool:
    box = Mailbox.objects.select_for_update(no_key=True).filter(pk=actor.pk).first()
    if box is None or box.code_sent_at is None or box.confirmed_at is not None:
        return False
    if now - box.code_sent_at > CODE_HOLDS or box.guesses >= MOST_GUESSES:
        return False
    digits = "".join(c for c in code if c.isdecimal())
    if not constant_time_compare(digits, code_of(box)):
        box.guesses += 1
        box.save(update_fields=["guesses"])
        return False
    box.confirmed_at = now
    box.save(update_fields=["confirmed_at"])
    record_fact(facts.AddressConfirmed(user_id=actor.pk), actor=actor, at=now)
    return True


@transaction.atomic
def remove_address(*, actor: User, now: datetime) -> None:
    """Write to this person no more; doing it twice changes nothing."""
    if Mailbox.objects.filter(pk=actor.pk).exclude(address="").exists():
        box = Mailbox.objects.select_for_update(no_key=True).get(pk=actor.pk)
        box.address, box.confirmed_at, box.code_sent_at = "", None, None
        box.save(update_fields=["address", "confirmed_at", "code_sent_at"])
        record_fact(facts.AddressRemoved(user_id=actor.pk), actor=actor, at=now)


@transaction.atomic
def set_wishes(
    *,
    unwanted: Sequence[str],
    is_quiet_at_night: bool,
    language: str,
    actor: User,
    now: datetime,
) -> None:
    """Choose what is sent by e-mail, and whether at night. In the product everything is told."""
    known = sorted(set(unwanted) & set(queries.kinds()))
    Mailbox.objects.update_or_create(
        pk=actor.pk,
        defaults={
            "unwanted": known,
            "is_quiet_at_night": is_quiet_at_night,
            "language": language,
        },
    )
    changed = facts.WishesChanged(
        user_id=actor.pk, unwanted=len(known), is_quiet_at_night=is_quiet_at_night
    )
    record_fact(changed, actor=actor, at=now)


def forget_mailbox(*, user_id: int, now: datetime) -> None:  # noqa: ARG001  # the shape of a command
    """Delete where a person was written to, when that person is forgotten."""
    Mailbox.objects.filter(pk=user_id).delete()


def purge_mailboxes(*, before: datetime, limit: int, now: datetime) -> Removed:  # noqa: ARG001  # the shape of a batch
    """Delete the addresses of accounts that were closed long ago."""
    return delete_some(queries.mailboxes_due(before), limit)


def purge_notices(*, before: datetime, limit: int, now: datetime) -> Removed:  # noqa: ARG001  # the shape of a batch
    """Delete what people were told long ago, in the product and out of it."""
    told = delete_some(Notice.objects.filter(told_at__lt=before), limit)
    return told or delete_some(Outgoing.objects.filter(made_at__lt=before), limit)
