"""Commands on what enterprises say is wrong in their records, and the word of the center."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import record_fact
from shuniu.zone.registry import facts, policies, queries
from shuniu.zone.registry.choices import CorrectionState
from shuniu.zone.registry.models import Correction
from shuniu.zone.registry.queries import Change
from shuniu.zone.registry.services.asking import NotForYou
from shuniu.zone.registry.services.records import (
    apply_changes,
    locked_record,
    refuse_stale,
    refuse_stranger,
    stored_changes,
)


class CorrectionWaits(Refusal):
    code = "registry.correction_waits"
    status = 409
    sentence = _("A correction waits already. Withdraw it first, or wait for the center's word.")


class CorrectionDecided(Refusal):
    code = "registry.correction_decided"
    status = 409
    sentence = _("This correction is over already: %(state)s.")


class RecordChanged(Refusal):
    code = "registry.record_changed"
    status = 409
    sentence = _("The record was changed while you looked. It stands here as it is now.")


@transaction.atomic
def ask_for_correction(
    *,
    enterprise_id: int,
    changes: Sequence[Change],
    note: str,
    about_sites: str = "",
    replaces: Collection[uuid.UUID] = (),
    actor: User,
    now: datetime,
) -> Correction:
    """Say what is wrong in the own record; it changes when a clerk takes it over.

    ``about_sites`` says in words what is wrong with the sites. ``replaces`` are the corrections
    that wait and whose place this one takes: they are withdrawn.

    Raises
    ------
    NotForYou
        If ``actor`` does not administer the enterprise.
    RecordMerged
        If another record stands for this one.
    CorrectionWaits
        If another one waits already.
    CorrectionDecided
        If one of those to be replaced does not wait any more.
    NothingToCorrect, ChangedMeanwhile
        If nothing would be different, or a field is not as the page showed it.
    """
    refuse_stranger(enterprise_id, queries.standing_of(actor))
    row = locked_record(enterprise_id)
    waiting = {found.pk for found in queries.waiting_corrections_of(row)}
    if waiting.difference(replaces):
        raise CorrectionWaits
    if changes or not about_sites:
        refuse_stale(row, changes)
    for key in sorted(replaces):
        _withdraw(_waiting(key), actor, now)
    asked = Correction(
        enterprise=row, changes=stored_changes(changes), note=note, about_sites=about_sites,
        asked_by=actor, asked_at=now,
    )  # fmt: skip
    asked.save(force_insert=True)
    told = facts.CorrectionAsked(
        enterprise_id=row.pk,
        correction_id=str(asked.pk),
        fields=queries.fields_of(asked),
    )
    record_fact(told, actor=actor, at=now)
    return asked


@transaction.atomic
def approve_correction(
    *, correction_id: uuid.UUID, seen: str, actor: User, now: datetime
) -> Correction:
    """Take all changes over; the record counts as right as of when the enterprise said so.

    ``seen`` is the seal of the record as the clerk's page showed it.

    Raises
    ------
    NotForYou
        If ``actor`` may not.
    CorrectionDecided
        If it does not wait any more.
    RecordMerged
        If another record stands for this one.
    RecordChanged
        If one of the fields is not as the page showed it.
    EnterpriseKnown, EnterpriseNameTaken
        If the new credit code or name is that of another record.
    """
    if not policies.may_correct_enterprises(queries.standing_of(actor)):
        raise NotForYou
    # The record before the correction, as merging takes them.
    row = locked_record(Correction.objects.get(pk=correction_id).enterprise_id)
    correction = _waiting(correction_id)
    changes = queries.changes_of(correction)
    if seen != queries.seal_of(row, (change.field for change in changes)):
        raise RecordChanged
    row.verified_at = max(row.verified_at or correction.asked_at, correction.asked_at)
    apply_changes(row, changes, "verified_at")
    _decide(correction, CorrectionState.APPROVED, "", actor, now)
    told = facts.CorrectionApproved(
        enterprise_id=row.pk,
        correction_id=str(correction.pk),
        fields=queries.fields_of(correction),
    )
    record_fact(told, actor=actor, at=now)
    return correction


@transaction.atomic
def reject_correction(
    *, correction_id: uuid.UUID, reason: str, actor: User, now: datetime
) -> Correction:
    """Leave the record as it is; ``reason`` is what the enterprise reads.

    Raises
    ------
    NotForYou
        If ``actor`` may not.
    CorrectionDecided
        If it does not wait any more.
    """
    if not policies.may_correct_enterprises(queries.standing_of(actor)):
        raise NotForYou
    correction = _waiting(correction_id)
    _decide(correction, CorrectionState.REJECTED, reason, actor, now)
    told = facts.CorrectionRejected(
        enterprise_id=correction.enterprise_id, correction_id=str(correction.pk)
    )
    record_fact(told, actor=actor, at=now)
    return correction


@transaction.atomic
def withdraw_correction(*, correction_id: uuid.UUID, actor: User, now: datetime) -> Correction:
    """Take the own correction back.

    Raises
    ------
    NotForYou
        If ``actor`` does not administer the enterprise.
    CorrectionDecided
        If it does not wait any more.
    """
    enterprise_id = Correction.objects.get(pk=correction_id).enterprise_id
    refuse_stranger(enterprise_id, queries.standing_of(actor))
    return _withdraw(_waiting(correction_id), actor, now)


def _withdraw(correction: Correction, actor: User, now: datetime) -> Correction:
    _decide(correction, CorrectionState.WITHDRAWN, "", actor, now)
    told = facts.CorrectionWithdrawn(
        enterprise_id=correction.enterprise_id, correction_id=str(correction.pk)
    )
    record_fact(told, actor=actor, at=now)
    return correction


def _waiting(correction_id: uuid.UUID) -> Correction:
    correction = Correction.objects.select_for_update(no_key=True).get(pk=correction_id)
    if correction.state != CorrectionState.WAITING:
        raise CorrectionDecided(state=CorrectionState(correction.state).label)
    return correction


def _decide(
    correction: Correction, state: CorrectionState, reason: str, actor: User, now: datetime
) -> None:
    correction.state, correction.reason = state, reason
    correction.decided_by, correction.decided_at = actor, now
    correction.save(update_fields=["state", "reason", "decided_by", "decided_at"])
