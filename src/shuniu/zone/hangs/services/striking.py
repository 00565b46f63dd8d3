"""Evidence, and the three steps by three people that strike a hang off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import User
from shuniu.zone.hangs import facts
from shuniu.zone.hangs.choices import EvidenceKind, HangState, Solved, Step
from shuniu.zone.hangs.models import Hang
from shuniu.zone.hangs.services import telling
from shuniu.zone.hangs.services.keeping import change, clean_words, fetch, write_evidence
from shuniu.zone.kernel.clock import day_of
from shuniu.zone.kernel.services import record_fact
from shuniu.zone.notices.queries import people_with


@transaction.atomic
def add_evidence(
    *,
    hang_id: int,
    text: str,
    uploads: Sequence[UploadedFile[bytes]] = (),
    actor: User,
    now: datetime,
) -> Hang:
    """Add progress, or files that prove it.

    Raises
    ------
    NotYourHang, NotPossibleNow, WordsMissing, TooManyWords, TooManyFiles
    """
    hang = fetch(hang_id, Step.ADD, actor)
    words = clean_words(text, required=not uploads)
    change(hang, Step.ADD, now=now)
    evidence = write_evidence(
        hang, EvidenceKind.PROGRESS, words, uploads=uploads, actor=actor, now=now
    )
    added = facts.EvidenceAdded(hang_id=hang.pk, evidence_id=evidence.pk, files=len(uploads))
    record_fact(added, actor=actor, at=now)
    return hang


@transaction.atomic
def ask_to_strike(
    *,
    hang_id: int,
    text: str,
    uploads: Sequence[UploadedFile[bytes]] = (),
    actor: User,
    now: datetime,
) -> Hang:
    """Let the unit say that it is done, and why.

    Raises
    ------
    NotYourHang, NotPossibleNow, WordsMissing, TooManyWords, TooManyFiles
    """
    hang = fetch(hang_id, Step.ASK, actor)
    words = clean_words(text)
    change(
        hang,
        Step.ASK,
        now=now,
        state=HangState.STRIKE_ASKED,
        state_since=now,
        asked_by=actor,
        asked_at=now,
    )
    evidence = write_evidence(hang, EvidenceKind.ASK, words, uploads=uploads, actor=actor, now=now)
    asked = facts.StrikeAsked(hang_id=hang.pk, evidence_id=evidence.pk)
    told = record_fact(asked, actor=actor, at=now)
    people = people_with([Role.CENTER_CLERK]) | {hang.supervisor_id}
    telling.tell_of(telling.ASKED, hang, told, people, actor=actor, now=now)
    return hang


@transaction.atomic
def record_call_back(
    *, hang_id: int, solved: Solved, text: str, actor: User, now: datetime
) -> Hang:
    """Record what was heard at the call-back; unless it is solved, the hang is open again.

    Raises
    ------
    NotYourHang
        If ``actor`` belongs to the unit or asked to strike it off.
    NotPossibleNow, WordsMissing, TooManyWords
    """
    hang = fetch(hang_id, Step.CALL_BACK, actor)
    words = clean_words(text)
    if solved == Solved.YES:
        change(
            hang,
            Step.CALL_BACK,
            now=now,
            state=HangState.CALLED_BACK,
            state_since=now,
            called_back_by=actor,
            called_back_at=now,
        )
        kind, people = telling.CALLED_BACK, people_with([Role.SUPERVISOR])
    else:
        _open_again(hang, Step.CALL_BACK, now=now)
        kind, people = telling.REOPENED, frozenset({hang.responsible_id, hang.supervisor_id})
    evidence = write_evidence(hang, EvidenceKind.CALL_BACK, words, actor=actor, now=now)
    called = facts.CalledBack(hang_id=hang.pk, solved=solved, evidence_id=evidence.pk)
    told = record_fact(called, actor=actor, at=now)
    telling.tell_of(kind, hang, told, people, actor=actor, now=now)
    return hang


@transaction.atomic
def strike_off(*, hang_id: int, actor: User, now: datetime) -> Hang:
    """Strike a hang off that the unit asked for and that was called back as solved.

    Raises
    ------
    NotYourHang
        If ``actor`` is no supervisor, belongs to the unit, or took one of the steps before.
    NotPossibleNow
    """
    hang = fetch(hang_id, Step.STRIKE, actor)
    in_time = day_of(now) <= hang.promised_on
    change(
        hang,
        Step.STRIKE,
        now=now,
        state=HangState.STRUCK,
        state_since=now,
        struck_by=actor,
        struck_at=now,
        struck_in_time=in_time,
    )
    struck = facts.HangStruck(hang_id=hang.pk, in_time=in_time)
    told = record_fact(struck, actor=actor, at=now)
    people = {hang.responsible_id, hang.supervisor_id, hang.opened_by_id}
    telling.tell_of(telling.STRUCK, hang, told, people, actor=actor, now=now)
    return hang


@transaction.atomic
def refuse_strike(*, hang_id: int, text: str, actor: User, now: datetime) -> Hang:
    """Refuse to strike it off, with the reason: it is open again.

    Raises
    ------
    NotYourHang, NotPossibleNow, WordsMissing, TooManyWords
    """
    hang = fetch(hang_id, Step.REFUSE, actor)
    words = clean_words(text)
    _open_again(hang, Step.REFUSE, now=now)
    evidence = write_evidence(hang, EvidenceKind.REFUSAL, words, actor=actor, now=now)
    refused = facts.StrikeRefused(hang_id=hang.pk, evidence_id=evidence.pk)
    told = record_fact(refused, actor=actor, at=now)
    people = {hang.responsible_id}
    telling.tell_of(telling.REOPENED, hang, told, people, actor=actor, now=now)
    return hang


def _open_again(hang: Hang, step: Step, *, now: datetime) -> None:
    """Give the ball back to the unit; who took which step this time stands in the facts."""
    change(
        hang,
        step,
        now=now,
        state=HangState.OPEN,
        state_since=now,
        round=hang.round + 1,
        asked_by=None,
        asked_at=None,
        called_back_by=None,
        called_back_at=None,
    )
