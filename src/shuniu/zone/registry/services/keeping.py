"""Deleting what the registry need not keep about people: batches of the nightly purge."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from shuniu.zone.accounts.models import User
from shuniu.zone.accounts.queries import NOBODY
from shuniu.zone.kernel.data_map import Removed
from shuniu.zone.kernel.services import delete_some, run_purge
from shuniu.zone.registry import policies, queries
from shuniu.zone.registry.models import Membership, Post, Registration
from shuniu.zone.registry.services.asking import NotForYou


def purge_contacts(*, before: datetime, limit: int, now: datetime) -> Removed:  # noqa: ARG001  # the shape of a batch
    """Delete contacts that nobody verified any more."""
    return delete_some(queries.contacts_due(before), limit)


def purge_registrations(*, before: datetime, limit: int, now: datetime) -> Removed:  # noqa: ARG001  # the shape of a batch
    """Delete applications that were decided."""
    return delete_some(Registration.objects.filter(decided_at__lt=before), limit)


def purge_standing(*, before: datetime, limit: int, now: datetime) -> Removed:  # noqa: ARG001  # the shape of a batch
    """Delete posts and memberships of accounts whose name is deleted."""
    for model in (Post, Membership):
        rows: QuerySet[Any] = model.objects.filter(user__sign_in_name__startswith=NOBODY)
        if removed := delete_some(rows, limit):
            return removed
    return Removed()


@transaction.atomic
def forget_person(*, user_id: int, actor: User, now: datetime) -> None:
    """Delete what the registry holds about a person whose request for deletion is granted.

    That is contacts with the person's own number, and what they sent to be let in. Posts and
    memberships end once the name is gone.

    Raises
    ------
    NotForYou
        If ``actor`` may not decide such requests.
    """
    if not policies.may_protect_data(queries.standing_of(actor)):
        raise NotForYou
    person = User.objects.get(pk=user_id)
    for data_class, rows in (
        ("contacts", queries.contacts_of_person(person)),
        ("registrations", queries.registrations_of_person(person)),
    ):
        run_purge(
            data_class=data_class,
            batch=lambda *, before, limit, now, rows=rows: delete_some(rows, limit),  # noqa: ARG005  # the shape of a batch
            before=now,
            actor=actor,
            now=now,
        )


@transaction.atomic
def end_standing(*, actor: User, now: datetime) -> None:
    """End posts and memberships of people whose names were just deleted."""
    if not policies.may_protect_data(queries.standing_of(actor)):
        raise NotForYou
    run_purge(data_class="standing", batch=purge_standing, before=now, actor=actor, now=now)
