"""Commands on the people of the zone: places in offices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.facts import FactRecord
from shuniu.zone.kernel.services import record_facts
from shuniu.zone.registry import facts, policies
from shuniu.zone.registry.models import Office, Post
from shuniu.zone.registry.services.asking import NotForYou, standing_or_system


@dataclass(frozen=True, slots=True)
class Appointment:
    """A person's new place in an office."""

    user: User
    office: Office
    title: str
    is_head: bool


@transaction.atomic
def appoint_staff(
    *, appointments: Sequence[Appointment], actor: User | None, now: datetime
) -> list[Post]:
    """Give people their places in offices, in bulk."""
    if not policies.may_put_profile_in_force(standing_or_system(actor)):
        raise NotForYou
    posts = Post.objects.bulk_create(
        [Post(user=a.user, office=a.office, title=a.title, is_head=a.is_head) for a in appointments]
    )
    told: list[tuple[FactRecord, User | None, datetime]] = [
        (facts.StaffAppointed(user_id=a.user.pk, office=a.office.code), actor, now)
        for a in appointments
    ]
    record_facts([*told], deliver=True)
    return posts
