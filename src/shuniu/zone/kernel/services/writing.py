"""Writing what happened, passing it on, counting up, and remembering answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from shuniu.zone.kernel import (
    chain,
    heads,
    ledger,
    memory,
)
from shuniu.zone.kernel.facts import (
    FactRecord,
    KeysRotated,
    LedgerCheckAsked,
    LedgerChecked,
    RequestRefused,
)
from shuniu.zone.kernel.keyring import Resealing
from shuniu.zone.kernel.models import (
    ChainCheck,
    Counter,
    Delivery,
    DeliveryState,
    Fact,
    FactWords,
    KeptAnswer,
    Tick,
)
from shuniu.zone.kernel.origin import origin
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.verification import Report

Reaction = Callable[[Fact, datetime], None]

LEASE = timedelta(minutes=5)
FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=1)
MOST_ATTEMPTS = 8
CHAIN_LOCK = 5_238_001  # any number, as long as nobody else in this database locks with it
FACTS_PER_HEAD = 100

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
    """Write facts in bulk; ``deliver`` is false for history that was already acted upon.

    From here to the end of its transaction nobody else can record a fact. So a command takes every
    row that others may want too before it records its first fact, or two could wait for each other.
    """
    if not transaction.get_connection().in_atomic_block:
        raise AssertionError("A fact is written together with its change.")
    if not records:
        return []
    memory.forget()
    rows = Fact.objects.bulk_create(_sealed(records), batch_size=500)
    _export_head_after(rows)
    if deliver:
        table = reactions()
        Delivery.objects.bulk_create(
            Delivery(fact=row, reaction=reaction_name(reaction), next_try_at=row.happened_at)
            for row in rows
            for reaction in table.get(row.kind, ())
        )
    return rows


def _sealed(
    records: Sequence[tuple[FactRecord, AbstractBaseUser | None, datetime]],
) -> list[Fact]:
    """Return rows that follow the last one of the chain, which waits for nobody else meanwhile."""
    _take_chain()
    last = Fact.objects.order_by("-position").values_list("position", "seal").first()
    position, before = last or (0, chain.BEFORE_THE_FIRST)
    rows: list[Fact] = []
    for fact, actor, at in records:
        row = Fact(
            kind=fact.kind,
            subject=fact.subject,
            happened_at=at,
            actor_id=None if actor is None else actor.pk,
            data=chain.plain(asdict(fact)),
            origin=origin(),
            position=position + 1,
        )
        link = chain.Link(
            row.position, row.kind, row.subject, chain.moment(at), row.actor_id, row.origin,
            row.data,
        )  # fmt: skip
        row.seal = chain.seal_of(link, before=before, key=settings.CHAIN_KEY)
        position, before = row.position, row.seal
        rows.append(row)
    return rows


def _take_chain() -> None:
    """Wait until nobody else adds to the chain; ours until the transaction ends.

    On SQLite each transaction begins IMMEDIATE: whoever writes is alone already.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])


def _export_head_after(rows: Sequence[Fact]) -> None:
    """Write down the head outside the database when a hundredth fact is among the rows."""
    last = rows[-1]
    if (rows[0].position - 1) // FACTS_PER_HEAD == last.position // FACTS_PER_HEAD:
        return

    def export() -> None:
        heads.export_head(position=last.position, seal=last.seal, at=last.happened_at)

    transaction.on_commit(export, robust=True)


def write_words(*, fact: Fact, text: str, now: datetime) -> None:
    """Keep what a person wrote to say why, beside the fact: it is deleted when its time is over."""
    FactWords(fact=fact, text=text, written_at=now).save(force_insert=True)


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
    is_due = Q(next_try_at__lte=now) | Q(attempts=0)  # new work is due even by a clock set back
    due = Delivery.objects.filter(is_due, state=DeliveryState.WAITING)
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


def start_tick(*, name: str, slot: datetime, every: timedelta) -> bool:
    """Take the turn ``slot`` of a schedule entry; false if it was taken already.

    A turn that lies more than one turn ahead was taken before the clock was set back: the schedule
    goes on from here instead of waiting until that time comes again.
    """
    tick, is_new = Tick.objects.get_or_create(pk=name, defaults={"started_for": slot})
    if is_new:
        return True
    if slot <= tick.started_for <= slot + every:
        return False
    taken = Tick.objects.filter(pk=name, started_for=tick.started_for).update(started_for=slot)
    return taken == 1


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


@transaction.atomic
def reseal_texts(*, changes: Sequence[Resealing]) -> int:
    """Write texts that were sealed anew where they are still what was read; return how many."""
    written = 0
    for change in changes:
        rows = change.model._base_manager.filter(pk=change.row, **{change.column: change.was})  # noqa: SLF001  # Django's documented door
        written += rows.update(**{change.column: change.becomes})
    return written


@transaction.atomic
def end_rotation(*, key_id: int, now: datetime) -> Fact | None:
    """Record that all personal data are under one key; None if that was recorded before."""
    rotated = KeysRotated(key_id=key_id)
    if Fact.objects.filter(kind=rotated.kind, subject=rotated.subject).exists():
        return None
    return record_fact(rotated, actor=None, at=now)


@transaction.atomic
def note_refusal(*, refused: RequestRefused, actor: AbstractBaseUser, now: datetime) -> None:
    """Record that a page said no to somebody."""
    record_fact(refused, actor=actor, at=now)


@transaction.atomic
def ask_for_check(*, actor: AbstractBaseUser | None, now: datetime) -> ChainCheck:
    """Let the worker check the chain of facts; one that still waits is not asked for again."""
    waiting = ChainCheck.objects.filter(finished_at=None).order_by("-pk").first()
    if waiting is not None:
        return waiting
    asked_by = None if actor is None else actor.pk
    check = ChainCheck.objects.create(asked_at=now, asked_by_id=asked_by)
    record_fact(LedgerCheckAsked(check_id=check.pk), actor=actor, at=now)
    return check


def check_ledger(*, check_id: int, now: datetime) -> None:
    """Check the chain of facts and keep the result; one that is finished stays as it is.

    The chain is read outside of the transaction that writes the result: nobody waits meanwhile.
    """
    if ChainCheck.objects.filter(pk=check_id, finished_at=None).exists():
        _keep_result(check_id, ledger.check(), now)


@transaction.atomic
def _keep_result(check_id: int, report: Report, now: datetime) -> None:
    problems = [asdict(problem) for problem in report.problems]
    kept = ChainCheck.objects.filter(pk=check_id, finished_at=None).update(
        finished_at=now, facts=report.facts, heads=report.heads, problems=problems
    )
    if kept:
        checked = LedgerChecked(check_id=check_id, facts=report.facts, problems=len(problems))
        record_fact(checked, actor=None, at=now)
