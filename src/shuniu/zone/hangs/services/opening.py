"""Hanging something up, and steering its days."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.hangs import facts, policies, queries
from shuniu.zone.hangs.choices import EvidenceKind, Step
from shuniu.zone.hangs.models import Hang
from shuniu.zone.hangs.queries import Source
from shuniu.zone.hangs.services import telling
from shuniu.zone.hangs.services.keeping import (
    change,
    clean_words,
    coming_day,
    fetch,
    write_evidence,
)
from shuniu.zone.kernel.clock import day_of
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import next_number, record_fact
from shuniu.zone.notices.queries import handlers_of
from shuniu.zone.registry.models import Office
from shuniu.zone.registry.queries import standing_of

LONGEST_TITLE = 120


class NotForYou(Refusal):
    code = "hangs.not_for_you"
    status = 403
    sentence = _(
        "Supervised items are opened by supervisors, and there is no list of them for you."
    )


class AlreadyHanging(Refusal):
    code = "hangs.already_hanging"
    status = 409
    sentence = _("This is a supervised item already: %(number)s. Nothing was opened.")


class NotOfUnit(Refusal):
    code = "hangs.not_of_unit"
    sentence = _("%(person)s has no post in %(unit)s. Please choose somebody of that unit.")


class OwnUnit(Refusal):
    code = "hangs.own_unit"
    sentence = _("You belong to %(unit)s yourself, so another supervisor has to open this.")


class WrongSupervisor(Refusal):
    code = "hangs.wrong_supervisor"
    sentence = _(
        "%(person)s cannot supervise this. Please choose a supervisor who does not belong to"
        " %(unit)s."
    )


def number_of(serial: int, year: int) -> str:
    """Return the number of the ``serial``-th hang of a year, such as GD-2026-0007."""
    return f"GD-{year}-{serial:04d}"


@transaction.atomic
def open_hang(
    *,
    source: Source,
    promise: str,
    unit: Office,
    responsible: User,
    promised_on: date,
    review_on: date,
    supervisor: User | None = None,
    actor: User,
    now: datetime,
) -> Hang:
    """Hang something up: ``actor`` supervises it, ``responsible`` of ``unit`` owes it.

    A leader has somebody else, ``supervisor``, look after it.

    Raises
    ------
    NotForYou
        If ``actor`` is no supervisor, or no leader where somebody else shall supervise.
    WrongSupervisor
        If ``supervisor`` is none, or belongs to the unit.
    OwnUnit, NotOfUnit
        If ``actor`` belongs to the unit, or ``responsible`` does not.
    AlreadyHanging
        If what the source names hangs already.
    WordsMissing, TooManyWords, DayNotPossible
    """
    _insist_on_supervisor(actor, supervisor, unit)
    if not queries.serves_in(responsible.pk, unit.pk):
        raise NotOfUnit(person=responsible.name, unit=unit.zh)
    year = day_of(now).year
    hang = Hang(
        number=number_of(next_number(f"hangs.hang.{year}"), year),
        source_kind=source.kind,
        source_key=source.key,
        source_title=clean_words(source.title)[:LONGEST_TITLE],
        source_url=source.url,
        promise=clean_words(promise),
        unit=unit,
        responsible=responsible,
        supervisor=supervisor or actor,
        first_promised_on=coming_day(promised_on, now),
        promised_on=promised_on,
        review_on=coming_day(review_on, now),
        opened_by=actor,
        opened_at=now,
        state_since=now,
        updated_at=now,
    )
    _save_once(hang)
    opened = facts.HangOpened(
        hang_id=hang.pk,
        source_kind=source.kind,
        source_key=source.key,
        unit=unit.code,
        responsible_id=responsible.pk,
        supervisor_id=hang.supervisor_id,
        promised_on=promised_on,
        review_on=review_on,
    )
    told = record_fact(opened, actor=actor, at=now)
    people = handlers_of(unit.pk) | {responsible.pk}
    if supervisor is not None:
        people |= {supervisor.pk}
    telling.tell_of(telling.OPENED, hang, told, people, actor=actor, now=now)
    return hang


def _insist_on_supervisor(actor: User, supervisor: User | None, unit: Office) -> None:
    """Refuse an actor who may not open a hang of a unit, or may not give it to ``supervisor``."""
    who = standing_of(actor)
    if supervisor is not None:
        if not policies.may_order(who):
            raise NotForYou
        watches = standing_of(supervisor)
        if not policies.may_open(watches) or unit.pk in watches.office_ids:
            raise WrongSupervisor(person=supervisor.name, unit=unit.zh)
    elif not policies.may_open(who):
        raise NotForYou
    elif unit.pk in who.office_ids:
        raise OwnUnit(unit=unit.zh)


def _save_once(hang: Hang) -> None:
    """Insert the hang; the database takes one at a time for a row."""
    try:
        with transaction.atomic():
            hang.save(force_insert=True)
    except IntegrityError:
        same = queries.hanging(hang.source_kind, hang.source_key)
        if same is None:
            raise
        raise AlreadyHanging(number=same.number) from None


@transaction.atomic
def move_promise(*, hang_id: int, promised_on: date, text: str, actor: User, now: datetime) -> Hang:
    """Move the promised day, with the reason. The first day and the count of moves stay.

    Raises
    ------
    NotYourHang, NotPossibleNow, WordsMissing, TooManyWords, DayNotPossible
    """
    hang = fetch(hang_id, Step.MOVE, actor)
    words, before = clean_words(text), hang.promised_on
    coming_day(promised_on, now)
    change(hang, Step.MOVE, now=now, promised_on=promised_on, moves=hang.moves + 1)
    evidence = write_evidence(hang, EvidenceKind.MOVE, words, actor=actor, now=now)
    moved = facts.PromiseMoved(
        hang_id=hang.pk,
        promised_from=before,
        promised_on=promised_on,
        moves=hang.moves,
        evidence_id=evidence.pk,
    )
    told = record_fact(moved, actor=actor, at=now)
    telling.tell_of(telling.MOVED, hang, told, {hang.responsible_id}, actor=actor, now=now)
    return hang


@transaction.atomic
def set_review(*, hang_id: int, review_on: date, actor: User, now: datetime) -> Hang:
    """Set the day on which the supervisor looks at it next.

    Raises
    ------
    NotYourHang, NotPossibleNow, DayNotPossible
    """
    hang = fetch(hang_id, Step.REVIEW, actor)
    change(hang, Step.REVIEW, now=now, review_on=coming_day(review_on, now))
    record_fact(facts.ReviewSet(hang_id=hang.pk, review_on=review_on), actor=actor, at=now)
    return hang
