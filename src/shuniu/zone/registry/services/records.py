"""Commands of clerks on the records of enterprises: add, correct, confirm, hand out as a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import record_fact
from shuniu.zone.registry import facts, policies, queries
from shuniu.zone.registry.choices import CorrectionState
from shuniu.zone.registry.models import Correction, Enterprise
from shuniu.zone.registry.queries import Change, EnterpriseFilter
from shuniu.zone.registry.services.asking import NotForYou
from shuniu.zone.registry.services.enterprises import (
    EnterpriseKnown,
    NewEnterprise,
    register_enterprises,
)
from shuniu.zone.registry.services.registrations import EnterpriseNameTaken
from shuniu.zone.registry.services.words import index_enterprises


class NothingToCorrect(Refusal):
    code = "registry.nothing_to_correct"
    sentence = _("Nothing here differs from what the record says already.")


class ChangedMeanwhile(Refusal):
    code = "registry.changed_meanwhile"
    status = 409
    sentence = _(
        "Meanwhile somebody else changed “%(field)s”, which now says: %(value)s. Please look again."
    )


class RecordMerged(Refusal):
    code = "registry.record_merged"
    status = 409
    sentence = _("This record was merged into %(name)s. Please work on that one.")


@transaction.atomic
def add_enterprise(*, new: NewEnterprise, actor: User, now: datetime) -> Enterprise:
    """Register one enterprise that a clerk wrote down.

    Raises
    ------
    NotForYou
        If ``actor`` may not.
    EnterpriseKnown, EnterpriseNameTaken
        If the credit code or the name is registered already, also as that of a merged record.
    """
    if not policies.may_correct_enterprises(queries.standing_of(actor)):
        raise NotForYou
    row = Enterprise(name=new.name, credit_code=new.credit_code)
    refuse_taken(row)
    try:
        with transaction.atomic():
            [added] = register_enterprises(enterprises=(new,), actor=actor, now=now)
    except IntegrityError:
        refuse_taken(row)
        raise
    return added


@transaction.atomic
def correct_enterprise(
    *, enterprise_id: int, changes: Sequence[Change], actor: User, now: datetime
) -> Enterprise:
    """Change what a record says; each change names what the clerk saw before it.

    Raises
    ------
    NotForYou
        If ``actor`` may not.
    RecordMerged
        If another record stands for this one.
    NothingToCorrect
        If nothing would be different.
    ChangedMeanwhile
        If one of these fields is not as the clerk saw it.
    EnterpriseKnown, EnterpriseNameTaken
        If the new credit code or name is that of another record.
    """
    if not policies.may_correct_enterprises(queries.standing_of(actor)):
        raise NotForYou
    row = locked_record(enterprise_id)
    refuse_stale(row, changes)
    apply_changes(row, changes)
    written = Correction(
        enterprise=row,
        changes=stored_changes(changes),
        asked_by=actor,
        asked_at=now,
        state=CorrectionState.APPROVED,
        decided_by=actor,
        decided_at=now,
    )
    written.save(force_insert=True)
    corrected = facts.EnterpriseCorrected(
        enterprise_id=row.pk,
        fields=tuple(change.field for change in changes),
        correction_id=str(written.pk),
    )
    record_fact(corrected, actor=actor, at=now)
    return row


@transaction.atomic
def verify_enterprise(*, enterprise_id: int, actor: User, now: datetime) -> Enterprise:
    """Say that a record is right as of now.

    Raises
    ------
    NotForYou
        If ``actor`` is neither a clerk nor an administrator of the enterprise.
    RecordMerged
        If another record stands for this one.
    """
    who = queries.standing_of(actor)
    if not policies.may_correct_enterprises(who):
        refuse_stranger(enterprise_id, who)
    row = locked_record(enterprise_id)
    row.verified_at = now
    row.save(update_fields=["verified_at"])
    record_fact(facts.EnterpriseVerified(enterprise_id=row.pk), actor=actor, at=now)
    return row


@transaction.atomic
def export_enterprises(*, wanted: EnterpriseFilter, actor: User, now: datetime) -> list[Enterprise]:
    """Return the enterprises of a list for a file, and record that they went out.

    Raises
    ------
    NotForYou
        If ``actor`` may not see the list.
    """
    who = queries.standing_of(actor)
    if not policies.may_see_enterprises(who):
        raise NotForYou
    rows = list(queries.filtered_enterprises(who, wanted, now))
    record_fact(facts.EnterprisesExported(rows=len(rows)), actor=actor, at=now)
    return rows


def locked_record(enterprise_id: int) -> Enterprise:
    """Return a record that stands for itself, to be changed by nobody else meanwhile."""
    row = Enterprise.objects.select_for_update(no_key=True).get(pk=enterprise_id)
    if row.merged_into is not None:
        raise RecordMerged(name=row.merged_into.name)
    return row


def refuse_stranger(enterprise_id: int, who: queries.Standing) -> None:
    """Refuse whoever does not administer this enterprise."""
    if enterprise_id not in queries.administered_ids(who):
        raise NotForYou


def refuse_stale(row: Enterprise, changes: Sequence[Change]) -> None:
    """Refuse changes of fields that are not as they were when somebody looked."""
    if not changes:
        raise NothingToCorrect
    for change in changes:
        value = queries.value_of(row, change.field)
        if value != change.old:
            field = queries.FIELD_LABELS[change.field]
            raise ChangedMeanwhile(field=field, value=queries.words_of_value(change.field, value))


def apply_changes(row: Enterprise, changes: Sequence[Change], *more: str) -> None:
    """Write changes into a record; ``more`` are other fields of it that are saved with them."""
    for change in changes:
        setattr(row, change.field, change.new)
    refuse_taken(row)
    try:
        with transaction.atomic():
            row.save(update_fields=[*(change.field for change in changes), *more])
    except IntegrityError:
        refuse_taken(row)
        raise
    index_enterprises(enterprise_ids=[row.pk])


def refuse_taken(row: Enterprise) -> None:
    """Refuse a name or a credit code that another record has."""
    others = Enterprise.objects.exclude(pk=row.pk)
    if others.filter(credit_code=row.credit_code).exists():
        raise EnterpriseKnown(credit_code=row.credit_code)
    if other := others.filter(name=row.name).first():
        raise EnterpriseNameTaken(name=row.name, credit_code=other.credit_code)


def stored_changes(changes: Sequence[Change]) -> dict[str, list[queries.Value]]:
    """Return changes as a correction keeps them."""
    return {change.field: [change.old, change.new] for change in changes}
