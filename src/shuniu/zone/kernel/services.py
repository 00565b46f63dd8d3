"""Writing what happened, passing it on, counting up, and remembering answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from shuniu.zone.kernel.facts import FactRecord
from shuniu.zone.kernel.models import Counter, Delivery, DeliveryState, Fact, KeptAnswer, Tick
from shuniu.zone.kernel.refusals import Refusal

Reaction = Callable[[Fact, datetime], None]

LEASE = timedelta(minutes=5)
FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=1)
MOST_ATTEMPTS = 8
ANSWERS_KEPT_FOR = timedelta(hours=48)

log = structlog.get_logger("shuniu.delivery")


class KeyUsedForSomethingElse(Refusal):
    code = "kernel.key_used_for_something_else"
    status = 422
    sentence = _(
        "This form was already sent with other content. Please open the page again and check."
    )


class UnknownReaction(LookupError):
    """A delivery names a reaction that this code does not have: it is older, or newer."""


def reactions() -> Mapping[str, tuple[Reaction, ...]]:
    """Return the table that says which jobs follow from a kind of fact."""
    table: Mapping[str, tuple[Reaction, ...]] = import_string(settings.REACTIONS)
    return table


def reaction_name(reaction: Reaction) -> str:
    """Return the name under which a reaction is stored: its module and function."""
    return f"{reaction.__module__.removeprefix('shuniu.zone.')}.{reaction.__name__}"


def record_fact(fact: FactRecord, *, actor: AbstractBaseUser | None, at: datetime) -> Fact:
    """Write a fact, and its way to every reaction, in the transaction of the change."""
    return record_facts([(fact, actor, at)], deliver=True)[0]


def record_facts(
    records: Sequence[tuple[FactRecord, AbstractBaseUser | None, datetime]], *, deliver: bool
) -> list[Fact]:
    """Write facts in bulk; ``deliver`` is false for history that was already acted upon."""
    if not transaction.get_connection().in_atomic_block:
        raise AssertionError("A fact is written together with its change.")
    rows = Fact.objects.bulk_create(
        [
            Fact(
                kind=fact.kind,
                subject=fact.subject,
                happened_at=at,
                actor_id=None if actor is None else actor.pk,
                data=asdict(fact),
            )
            for fact, actor, at in records
        ],
        batch_size=500,
    )
    if deliver:
        table = reactions()
        Delivery.objects.bulk_create(
            Delivery(fact=row, reaction=reaction_name(reaction), next_try_at=row.happened_at)
            for row in rows
            for reaction in table.get(row.kind, ())
        )
    return rows


def next_number(name: str) -> int:
    """Return the next number of the series ``name``, starting with 1, without gaps."""
    if not Counter.objects.filter(pk=name).update(value=F("value") + 1):
        Counter.objects.get_or_create(pk=name)
        Counter.objects.filter(pk=name).update(value=F("value") + 1)
    return Counter.objects.values_list("value", flat=True).get(pk=name)


def raise_number(name: str, value: int) -> None:
    """Make the series ``name`` go on after ``value``, when history was loaded in bulk."""
    Counter.objects.update_or_create(pk=name, defaults={"value": value})


def deliver_due(*, now: datetime, limit: int = 50) -> int:
    """Run the reactions that are due and return how many were tried.

    At least once: a worker that dies in the middle leaves its delivery waiting until the lease is
    over. A reaction that fails, or that this code does not have, is tried again later and later,
    and after the last attempt it is kept for a person to look at.
    """
    table = {reaction_name(r): r for several in reactions().values() for r in several}
    due = Delivery.objects.filter(state=DeliveryState.WAITING, next_try_at__lte=now)
    due.filter(attempts__gte=MOST_ATTEMPTS).update(  # each try ended the worker itself
        state=DeliveryState.DEAD, last_error="worker died"
    )
    tried = 0
    for delivery in due.select_related("fact").order_by("next_try_at", "pk")[:limit]:
        if not _claim(delivery, now):
            continue
        tried += 1
        try:
            _reaction_called(delivery.reaction, table)(delivery.fact, now)
        except Exception as error:
            log.exception("delivery_failed", reaction=delivery.reaction, fact=delivery.fact_id)
            _fail(delivery, error, now)
        else:
            Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.DONE, last_error="")
    return tried


def _reaction_called(name: str, table: Mapping[str, Reaction]) -> Reaction:
    if name not in table:
        raise UnknownReaction(name)
    return table[name]


def _not_here(_fact: Fact, _now: datetime) -> None:
    raise UnknownReaction


def _claim(delivery: Delivery, now: datetime) -> bool:
    """Take the delivery for the length of a lease; false if another worker was faster."""
    taken = Delivery.objects.filter(
        pk=delivery.pk, state=DeliveryState.WAITING, next_try_at=delivery.next_try_at
    ).update(next_try_at=now + LEASE, attempts=F("attempts") + 1)
    return taken == 1


def _fail(delivery: Delivery, error: Exception, now: datetime) -> None:
    """Let the delivery be tried again later, unless another worker has taken it over."""
    attempts = delivery.attempts + 1
    pause = min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE)
    Delivery.objects.filter(pk=delivery.pk, attempts=attempts).update(
        state=DeliveryState.DEAD if attempts >= MOST_ATTEMPTS else DeliveryState.WAITING,
        next_try_at=now + pause,
        last_error=type(error).__name__,
    )


def send_again(*, delivery_id: int, now: datetime) -> bool:
    """Give a delivery that was given up another round; false if it was not given up."""
    return bool(
        Delivery.objects.filter(pk=delivery_id, state=DeliveryState.DEAD).update(
            state=DeliveryState.WAITING, attempts=0, next_try_at=now
        )
    )


def start_tick(*, name: str, slot: datetime) -> bool:
    """Take the turn ``slot`` of a schedule entry; false if it was taken already."""
    _tick, is_new = Tick.objects.get_or_create(pk=name, defaults={"started_for": slot})
    if is_new:
        return True
    return bool(Tick.objects.filter(pk=name, started_for__lt=slot).update(started_for=slot))


def claim_key(
    *, actor: AbstractBaseUser, key: str, digest: str, now: datetime
) -> tuple[KeptAnswer, bool]:
    """Return the kept answer of a form's key, and whether it is new.

    Whoever comes second waits in the database until the first has finished.

    Raises
    ------
    KeyUsedForSomethingElse
        If the key came before with other content.
    """
    try:
        with transaction.atomic():
            kept = KeptAnswer.objects.create(actor_id=actor.pk, key=key, digest=digest, made_at=now)
            return kept, True
    except IntegrityError:
        kept = KeptAnswer.objects.get(actor_id=actor.pk, key=key)
    if kept.digest != digest:
        raise KeyUsedForSomethingElse
    return kept, False


def keep_answer(kept: KeptAnswer, *, status: int, headers: dict[str, str], body: str) -> None:
    """Remember what the first sender was told."""
    kept.status, kept.headers, kept.body = status, headers, body
    kept.save(update_fields=["status", "headers", "body"])


def forget_answers(*, now: datetime) -> int:
    """Delete kept answers that nobody will ask for again and return how many."""
    return KeptAnswer.objects.filter(made_at__lt=now - ANSWERS_KEPT_FOR).delete()[0]
