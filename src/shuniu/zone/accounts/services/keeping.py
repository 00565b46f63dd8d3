"""Deleting what the accounts need no longer: batches of the nightly purge."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db.models import Q, QuerySet

from shuniu.zone.accounts import queries
from shuniu.zone.accounts.models import (
    AccessToken,
    DataRequest,
    Device,
    Grant,
    GuessCount,
    OneTimeCode,
    Phone,
    RecoveryCode,
    SecondFactor,
    SignInSession,
    User,
)
from shuniu.zone.kernel.data_map import Removed
from shuniu.zone.kernel.services import delete_some

HANGS_ON_A_NAME = (
    Grant, Phone, SecondFactor, RecoveryCode, OneTimeCode, Device, SignInSession, AccessToken,
)  # fmt: skip


def purge_sessions(*, before: datetime, limit: int, now: datetime) -> Removed:  # noqa: ARG001  # the shape of a batch
    """Delete stays that nobody used any more, devices not used since, and keys long over."""
    stays = SignInSession.objects.filter(seen_at__lt=before)
    tokens = AccessToken.objects.filter(Q(ended_at__lt=before) | Q(expires_at__lt=before))
    return _first_of([stays, Device.objects.filter(used_at__lt=before), tokens], limit)


def purge_codes(*, before: datetime, limit: int, now: datetime) -> Removed:  # noqa: ARG001  # the shape of a batch
    """Delete codes that were used or can be used no more."""
    one_time = OneTimeCode.objects.filter(Q(used_at__lt=before) | Q(expires_at__lt=before))
    return _first_of([one_time, RecoveryCode.objects.filter(used_at__lt=before)], limit)


def purge_guesses(*, before: datetime, limit: int, now: datetime) -> Removed:  # noqa: ARG001  # the shape of a batch
    """Delete counts of wrong guesses that block nobody any more."""
    return delete_some(GuessCount.objects.filter(last_at__lt=before), limit)


def purge_requests(*, before: datetime, limit: int, now: datetime) -> Removed:  # noqa: ARG001  # the shape of a batch
    """Delete answered requests with their reasons."""
    return delete_some(DataRequest.objects.filter(decided_at__lt=before), limit)


def purge_accounts(*, before: datetime, limit: int, now: datetime) -> Removed:  # noqa: ARG001  # the shape of a batch
    """Take name, phone number and means of signing in from accounts closed long ago."""
    closed = queries.named_accounts().filter(is_active=False, closed_at__lt=before)
    return erase(closed.order_by("pk").values_list("pk", flat=True)[:limit])


def erase(user_ids: Iterable[int]) -> Removed:
    """Take from accounts what names or reaches a person; the rows stay, for others point at them.

    The name becomes the number of the row, so that a history still tells two people apart. Roles
    go too: whoever opens the account again opens an empty one.
    """
    users = list(
        queries.named_accounts().select_for_update(no_key=True).filter(pk__in=list(user_ids))
    )
    if not users:
        return Removed()
    for user in users:
        user.name = user.sign_in_name = queries.name_without_person(user.pk)
        user.password, user.last_login = make_password(None), None
    User.objects.bulk_update(users, ["name", "sign_in_name", "password", "last_login"])
    counts = {"accounts_user": len(users)}
    for model in HANGS_ON_A_NAME:
        rows: QuerySet[Any] = model.objects.filter(user__in=users)
        _count, by_model = rows.delete()
        counts |= {name.lower().replace(".", "_"): count for name, count in by_model.items()}
    return Removed(tuple(counts.items()))


def _first_of(several: Iterable[QuerySet[Any]], limit: int) -> Removed:
    """Delete some of the first rows that are due; the next batch goes on."""
    for rows in several:
        if removed := delete_some(rows, limit):
            return removed
    return Removed()
