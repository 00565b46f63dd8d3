"""Keys of the devices in the hall, where nobody signs in."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from shuniu.zone.accounts.models import User
from shuniu.zone.hall import facts, policies
from shuniu.zone.hall.choices import KeyKind
from shuniu.zone.hall.models import HallKey
from shuniu.zone.hall.services.asking import NotForYou
from shuniu.zone.kernel.services import record_fact
from shuniu.zone.registry.queries import standing_of

KEY_BYTES = 24


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key as it is shown once; only its digest is kept."""

    row: HallKey
    key: str


@transaction.atomic
def make_hall_key(*, kind: KeyKind, name: str, actor: User, now: datetime) -> NewKey:
    """Make a key for a screen or a terminal.

    Raises
    ------
    NotForYou
        If ``actor`` sets up no devices.
    """
    if not policies.may_keep_keys(standing_of(actor)):
        raise NotForYou
    key = secrets.token_urlsafe(KEY_BYTES)
    row = HallKey.objects.create(
        kind=kind,
        name=name,
        digest=sha256(key.encode()).hexdigest(),
        made_by=actor,
        made_at=now,
    )
    record_fact(facts.HallKeyMade(key_id=row.pk), actor=actor, at=now)
    return NewKey(row, key)


@transaction.atomic
def end_hall_key(*, key_id: int, actor: User, now: datetime) -> HallKey:
    """End a key: its device shows and gives nothing any more. Ending it twice is told once.

    Raises
    ------
    NotForYou
        If ``actor`` sets up no devices.
    """
    if not policies.may_keep_keys(standing_of(actor)):
        raise NotForYou
    row = HallKey.objects.get(pk=key_id)
    if HallKey.objects.filter(pk=key_id, ended_at__isnull=True).update(ended_at=now):
        record_fact(facts.HallKeyEnded(key_id=key_id), actor=actor, at=now)
    return row
