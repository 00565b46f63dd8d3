"""Commands on the contacts of enterprises."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import record_fact, write_words
from shuniu.zone.registry import facts, policies, queries
from shuniu.zone.registry.choices import RevealReason
from shuniu.zone.registry.models import Contact
from shuniu.zone.registry.services.asking import NotForYou


class ReasonMissing(Refusal):
    code = "registry.reason_missing"
    status = 422
    sentence = _(
        "Please say in 4 to 60 characters why you need this contact, without phone numbers."
    )


@transaction.atomic
def reveal_contact(
    *, contact_id: UUID, reason: RevealReason, note: str, actor: User, now: datetime
) -> Contact:
    """Return a contact to be shown in full, and record who looked and why.

    ``note`` is kept beside the fact where the reason is another one than those offered.

    Raises
    ------
    NotForYou
        If ``actor`` may not.
    ReasonMissing
        If another reason is not said in 4 to 60 characters, or the words hold a phone number.
    """
    if not policies.may_reveal_contact(queries.standing_of(actor)):
        raise NotForYou
    words = note.strip() if reason == RevealReason.OTHER else ""
    if reason == RevealReason.OTHER and not policies.is_reason_in_words(words):
        raise ReasonMissing
    contact = Contact.objects.select_related("enterprise").get(pk=contact_id)
    revealed = facts.ContactRevealed(
        contact_id=str(contact.pk),
        enterprise_id=contact.enterprise_id,
        reason=reason,
    )
    fact = record_fact(revealed, actor=actor, at=now)
    if words:
        write_words(fact=fact, text=words, now=now)
    return contact
