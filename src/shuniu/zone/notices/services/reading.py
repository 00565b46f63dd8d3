"""Reading what one was told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shuniu.zone.accounts.models import User
from shuniu.zone.notices import queries
from shuniu.zone.notices.models import Notice


@transaction.atomic
def open_notice(*, notice_id: int, actor: User, now: datetime) -> Notice | None:
    """Mark one's own notice as read and return it; None for somebody else's."""
    notice = queries.notices_of(actor.pk).filter(pk=notice_id).first()
    if notice is not None and notice.is_unread:
        Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=now)
    return notice


@transaction.atomic
def read_all(*, up_to: int, actor: User, now: datetime) -> int:
    """Mark as read what one has seen: the notices up to the newest on the page; return how many."""
    unread = queries.notices_of(actor.pk).filter(read_at__isnull=True, pk__lte=up_to)
    return unread.update(read_at=now)


@transaction.atomic
def unread_again(*, read_at: datetime, actor: User, now: datetime) -> int:  # noqa: ARG001  # commands are told the time
    """Take back ``read_all``: what was marked at that very moment waits again."""
    return queries.notices_of(actor.pk).filter(read_at=read_at).update(read_at=None)
