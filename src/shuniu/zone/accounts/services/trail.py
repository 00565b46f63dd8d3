"""What the audit administrator may do beside reading: let the trail be checked, take it out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shuniu.zone.accounts import facts, policies, queries
from shuniu.zone.accounts.models import User
from shuniu.zone.accounts.queries import trail
from shuniu.zone.accounts.queries.trail import TrailFilter
from shuniu.zone.accounts.services.refusals import NotForYou
from shuniu.zone.kernel import services as kernel
from shuniu.zone.kernel.models import ChainCheck
from shuniu.zone.kernel.services import record_fact


@transaction.atomic
def ask_for_check(*, actor: User, now: datetime) -> ChainCheck:
    """Let the worker check the chain of facts; one that still waits is not asked for again.

    Raises
    ------
    NotForYou
        If ``actor`` is not the audit administrator.
    """
    if not policies.may_read_trail(queries.roles_of(actor)):
        raise NotForYou
    return kernel.ask_for_check(actor=actor, now=now)


@transaction.atomic
def export_trail(*, wanted: TrailFilter, actor: User, now: datetime) -> int:
    """Record that the facts of a filter go out as a file; return the last position that is in it.

    The record itself comes after that position.

    Raises
    ------
    NotForYou
        If ``actor`` is not the audit administrator.
    """
    if not policies.may_read_trail(queries.roles_of(actor)):
        raise NotForYou
    exported = facts.TrailExported(
        user_id=actor.pk,
        rows=trail.count_up_to(wanted, trail.MOST_EXPORTED),
        first_on=wanted.first_on,
        last_on=wanted.last_on,
        only=wanted.kind,
        thing=wanted.subject if trail.SUBJECT.fullmatch(wanted.subject) else "",
        result=wanted.result,
        people=trail.people_meant(wanted.name) if wanted.name else (),
    )
    return record_fact(exported, actor=actor, at=now).position - 1
