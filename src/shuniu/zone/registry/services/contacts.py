"""Commands on the contacts of enterprises."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.services import record_fact
from shuniu.zone.registry import facts, policies, queries
from shuniu.zone.registry.models import Contact
from shuniu.zone.registry.services.asking import NotForYou


@transaction.atomic
def reveal_contact(*, contact_id: int, actor: User, now: datetime) -> Contact:
    """Return a contact to be shown in full, and record who looked.

    Raises
    ------
    NotForYou
        If ``actor`` may not.
    """
    if not policies.may_reveal_contact(queries.standing_of(actor)):
        raise NotForYou
    contact = Contact.objects.select_related("enterprise").get(pk=contact_id)
    revealed = facts.ContactRevealed(contact_id=contact.pk, enterprise_id=contact.enterprise_id)
    record_fact(revealed, actor=actor, at=now)
    return contact
