"""Commands of an enterprise's administrator on whom to reach in the enterprise."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.services import record_fact
from shuniu.zone.registry import facts, queries
from shuniu.zone.registry.models import Contact
from shuniu.zone.registry.services.asking import NotForYou


@transaction.atomic
def add_contact(
    *, enterprise_id: int, name: str, title: str, phone: str, actor: User, now: datetime
) -> Contact:
    """Add somebody to reach, confirmed as of now.

    Raises
    ------
    NotForYou
        If ``actor`` does not administer the enterprise.
    """
    if enterprise_id not in queries.administered_ids(queries.standing_of(actor)):
        raise NotForYou
    contact = Contact(
        enterprise_id=enterprise_id, name=name, title=title, phone=phone, verified_at=now
    )
    contact.save(force_insert=True)
    added = facts.ContactAdded(enterprise_id=enterprise_id, contact_id=str(contact.pk))
    record_fact(added, actor=actor, at=now)
    return contact


@transaction.atomic
def correct_contact(
    *, contact_id: uuid.UUID, name: str, title: str, phone: str, actor: User, now: datetime
) -> Contact:
    """Correct somebody to reach; what was just written counts as confirmed.

    Raises
    ------
    NotForYou
        If ``actor`` does not administer the enterprise.
    """
    contact = _own(contact_id, actor)
    contact.name, contact.title, contact.phone, contact.verified_at = name, title, phone, now
    contact.save()
    corrected = facts.ContactCorrected(
        enterprise_id=contact.enterprise_id, contact_id=str(contact.pk)
    )
    record_fact(corrected, actor=actor, at=now)
    return contact


@transaction.atomic
def confirm_contact(*, contact_id: uuid.UUID, actor: User, now: datetime) -> Contact:
    """Say that a contact is right as of now.

    Raises
    ------
    NotForYou
        If ``actor`` does not administer the enterprise.
    """
    contact = _own(contact_id, actor)
    Contact.objects.filter(pk=contact.pk).update(verified_at=now)
    confirmed = facts.ContactConfirmed(
        enterprise_id=contact.enterprise_id, contact_id=str(contact.pk)
    )
    record_fact(confirmed, actor=actor, at=now)
    return contact


@transaction.atomic
def remove_contact(*, contact_id: uuid.UUID, actor: User, now: datetime) -> None:
    """Take somebody off the list of those to reach.

    Raises
    ------
    NotForYou
        If ``actor`` does not administer the enterprise.
    """
    contact = _own(contact_id, actor)
    removed = facts.ContactRemoved(enterprise_id=contact.enterprise_id, contact_id=str(contact.pk))
    Contact.objects.filter(pk=contact.pk).delete()
    record_fact(removed, actor=actor, at=now)


def _own(contact_id: uuid.UUID, actor: User) -> Contact:
    contact = Contact.objects.select_for_update(no_key=True).get(pk=contact_id)
    if contact.enterprise_id not in queries.administered_ids(queries.standing_of(actor)):
        raise NotForYou
    return contact
