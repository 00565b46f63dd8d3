"""Deleting a person everywhere at once, when their request is granted."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shuniu.zone.accounts import queries as accounts
from shuniu.zone.accounts import services as account_services
from shuniu.zone.accounts.models import User
from shuniu.zone.notices import services as notice_services
from shuniu.zone.registry import services as registry_services


@transaction.atomic
def grant_deletion(*, request_id: int, actor: User, now: datetime) -> None:
    """Delete a person who asked: contacts and applications, name and number, posts.

    In this order, because contacts are found by the number.

    Raises
    ------
    NotForYou, NotWaiting
        Of the accounts: if ``actor`` may not, or the request was decided meanwhile.
    """
    asked = accounts.deletion_requests().get(pk=request_id)
    if asked.is_waiting:
        registry_services.forget_person(user_id=asked.user_id, actor=actor, now=now)
        notice_services.forget_mailbox(user_id=asked.user_id, now=now)
    account_services.grant_deletion(request_id=request_id, actor=actor, now=now)
    registry_services.end_standing(actor=actor, now=now)
