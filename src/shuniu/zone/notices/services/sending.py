"""Sending what waits: at least once, later and later, and never two workers the same."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db.models import F, Q

from shuniu.zone.notices import queries
from shuniu.zone.notices.channels import CannotSend, Post, digest_of, mail_of
from shuniu.zone.notices.choices import (
    FINAL,
    FIRST_PAUSE,
    LEASE,
    LONGEST_PAUSE,
    MOST_ATTEMPTS,
    OF_OUTLET,
    ROBOT_MESSAGES,
    ROBOT_MINUTE,
    TOO_OLD,
    Channel,
    OutgoingState,
    Trouble,
)
from shuniu.zone.notices.models import Mailbox, Outgoing, Outlet
from shuniu.zone.notices.services.mailboxes import code_of
from shuniu.zone.registry.queries import standing_of, zone_language

log = structlog.get_logger("shuniu.outbox")


def send_next(*, post: Post, now: datetime) -> bool:
    """Send what is due next, and return whether anything was tried.

    A message is taken for the length of a lease and sent outside of any transaction. A worker that
    dies between sending and writing that down leaves it to the next one, which sends it once more
    with the same Message-ID.
    """
    for outlet in queries.outlets_with_work(now)[:10]:
        is_mail = outlet.channel == Channel.EMAIL
        tried = _send_mail(outlet, post, now) if is_mail else _write_to_group(outlet, post, now)
        if tried:
            return True
    return False


def _send_mail(outlet: Outlet, post: Post, now: datetime) -> bool:
    row = queries.due_of(outlet, now).first()
    if row is None:
        return False
    if not _take([row], now):
        return True  # another worker was faster: there may be more
    try:
        box = _mailbox_of(row)
        if box is None:
            _drop(row)
            return True
        code = code_of(box) if row.kind == queries.CODE else ""
        mail = mail_of(row, address=box.address, language=box.language, code=code)
        post.send_mail(mail)
    except CannotSend as error:
        _failed([row], outlet, error.trouble, now)
    except Exception:
        log.exception("message_broken", message=str(row.pk))
        _failed([row], outlet, Trouble.BROKEN, now)
    else:
        _sent([row], outlet, now)
    return True


def _mailbox_of(row: Outgoing) -> Mailbox | None:
    """Return where an e-mail goes; None if it must not go (any more).

    A code goes to the address that it shall prove, everything else to one that is proven, and only
    to somebody who may still see what it is about.
    """
    user = row.recipient
    if user is None or not user.is_active:
        return None
    box = queries.mailbox_of(user.pk)
    if box is None or not box.address:
        return None
    if row.kind == queries.CODE:
        return box if row.key == str(box.nonce) else None
    if box.confirmed_at is None or not queries.is_visible(standing_of(user), row):
        return None
    return box


def _write_to_group(outlet: Outlet, post: Post, now: datetime) -> bool:
    """Let a robot write what is due; more than its minute has room for goes into one message."""
    if not _take_outlet(outlet, now):
        return False
    outlet.refresh_from_db()
    recent = queries.recent_sends(outlet, now)
    if len(recent) >= ROBOT_MESSAGES:
        ends_at = datetime.fromisoformat(recent[0]) + ROBOT_MINUTE
        _release(outlet, paused_until=ends_at)
        return False
    due = list(queries.due_of(outlet, now)[: queries.MOST_IN_DIGEST])
    rows = due if len(due) > ROBOT_MESSAGES - len(recent) else due[:1]
    try:
        digest = digest_of(rows, outlet, zone_language()) if rows else None
        rows = rows[: digest.count] if digest else []
        if digest is None or not _take(rows, now):
            return bool(rows)
        Outlet.objects.filter(pk=outlet.pk).update(recent=[*recent, now.isoformat()])
        post.send_to_group(outlet.secret, digest.body)
    except CannotSend as error:
        _failed(rows, outlet, error.trouble, now)
    except Exception:
        log.exception("message_broken", message=str(rows[0].pk))
        _take(rows[:1], now)
        _failed(rows[:1], outlet, Trouble.BROKEN, now)
    else:
        _sent(rows, outlet, now)
    finally:
        _release(outlet)
    return True


def _take(rows: Sequence[Outgoing], now: datetime) -> bool:
    """Take messages for the length of a lease; false if another worker was faster."""
    keys = [row.pk for row in rows]
    free = Outgoing.objects.filter(pk__in=keys, state=OutgoingState.WAITING, next_try_at__lte=now)
    taken = free.update(
        next_try_at=now + LEASE, attempts=F("attempts") + 1, batch=keys[0] if keys else None
    )
    return taken > 0 and taken == len(keys)


def _take_outlet(outlet: Outlet, now: datetime) -> bool:
    """Take a robot for the length of a lease: it serves one worker at a time."""
    free = Q(busy_until__isnull=True) | Q(busy_until__lte=now)
    taken = Outlet.objects.filter(free, pk=outlet.pk).update(busy_until=now + LEASE)
    return taken == 1


def _release(outlet: Outlet, *, paused_until: datetime | None = None) -> None:
    changes: dict[str, datetime | None] = {"busy_until": None}
    if paused_until is not None:
        changes["paused_until"] = paused_until
    Outlet.objects.filter(pk=outlet.pk).update(**changes)


def _sent(rows: Sequence[Outgoing], outlet: Outlet, now: datetime) -> None:
    Outgoing.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=OutgoingState.SENT, sent_at=now, trouble=""
    )
    Outlet.objects.filter(pk=outlet.pk).update(
        sent_at=now, failures=0, paused_until=None, trouble="", troubled_at=None
    )


def _drop(row: Outgoing) -> None:
    Outgoing.objects.filter(pk=row.pk).update(state=OutgoingState.DROPPED)


def _failed(rows: Sequence[Outgoing], outlet: Outlet, trouble: Trouble, now: datetime) -> None:
    """Let messages be tried later, unless another worker has taken them over.

    What lies with the way out is no fault of the message: it waits with all the others, and its
    tries are not counted.
    """
    log.warning("message_not_sent", outlet=str(outlet.pk), trouble=str(trouble), count=len(rows))
    if trouble in OF_OUTLET:
        failures = outlet.failures + 1
        pause = ROBOT_MINUTE if trouble == Trouble.TOO_OFTEN else pause_of(outlet.pk, failures)
        Outlet.objects.filter(pk=outlet.pk).update(
            failures=min(failures, 1000), paused_until=now + pause, trouble=trouble, troubled_at=now
        )
        for row in rows:
            mine = Outgoing.objects.filter(pk=row.pk, attempts=row.attempts + 1)
            mine.update(attempts=row.attempts, next_try_at=now, trouble=trouble)
        return
    for row in rows:
        attempts = row.attempts + 1
        is_dead = trouble in FINAL or attempts >= MOST_ATTEMPTS
        Outgoing.objects.filter(pk=row.pk, attempts=attempts).update(
            state=OutgoingState.DEAD if is_dead else OutgoingState.WAITING,
            next_try_at=now + pause_of(row.pk, attempts),
            trouble=trouble,
        )


def pause_of(key: UUID, attempts: int) -> timedelta:
    """Return how long to wait after so many tries: twice as long each time, up to an hour.

    Between half and the whole of it, by the key: so that what failed together comes back apart.
    """
    longest = min(FIRST_PAUSE * (1 << min(attempts - 1, 20)), LONGEST_PAUSE)
    share: float = hashlib.sha256(f"{key} {attempts}".encode()).digest()[0] / 255
    return longest * (0.5 + share / 2)


def bury(*, now: datetime) -> None:
    """Give to a person what waited for too long, or ended its worker again and again."""
    waiting = Outgoing.objects.filter(state=OutgoingState.WAITING, next_try_at__lte=now)
    waiting.filter(attempts__gte=MOST_ATTEMPTS).update(
        state=OutgoingState.DEAD, trouble=Trouble.DIED
    )
    old = Outgoing.objects.filter(
        state=OutgoingState.WAITING, waiting_since__lt=now - TOO_OLD, next_try_at__lte=now
    )
    old.filter(trouble="").update(state=OutgoingState.DEAD, trouble=Trouble.STALE)
    old.update(state=OutgoingState.DEAD)
