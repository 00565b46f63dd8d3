"""Opening a case from a sentence, and adding to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.desk import facts, policies
from shuniu.zone.desk.choices import Channel, Sensitivity, Step, Urgency
from shuniu.zone.desk.models import Attachment, Case
from shuniu.zone.desk.services import moves
from shuniu.zone.desk.services.keeping import NotYourCase, clean_words, fetch, keep, set_clocks
from shuniu.zone.desk.services.telling import tell_of
from shuniu.zone.kernel import files
from shuniu.zone.kernel.clock import day_of
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import next_number, record_fact
from shuniu.zone.registry.models import Enterprise, Office
from shuniu.zone.registry.queries import (
    profile_in_force,
    profile_of,
    standing_of,
    standing_record,
)


class NotYourEnterprise(Refusal):
    code = "desk.not_your_enterprise"
    status = 403
    sentence = _("You cannot write for %(enterprise)s.")


class TooManyFiles(Refusal):
    code = "desk.too_many_files"
    status = 422
    sentence = _("At most %(limit)s files can be attached to a case.")


def number_of(serial: int, now: datetime) -> str:
    """Return the number of the ``serial``-th case of the day, such as QS-20261120-0007."""
    return f"QS-{day_of(now):%Y%m%d}-{serial:04d}"


def counter_of(now: datetime) -> str:
    """Return the name of the series that the cases of this day are numbered in."""
    return f"desk.case.{day_of(now):%Y%m%d}"


@transaction.atomic
def open_case(
    *,
    enterprise: Enterprise,
    text: str,
    channel: Channel,
    is_restricted: bool,
    uploads: Sequence[UploadedFile[bytes]] = (),
    location_note: str = "",
    outside_number: str = "",
    actor: User,
    now: datetime,
) -> Case:
    """Open a case for a need, as it was written, and set its clocks.

    A restricted one goes to the discipline office at once and is seen by nobody else.

    Raises
    ------
    NotYourEnterprise
        If ``actor`` cannot speak for the enterprise.
    WordsMissing, TooManyWords
        If the text is empty or too long.
    TooManyFiles
        If there are more files than the zone takes, or one of them cannot be taken.
    """
    enterprise = _held(enterprise.pk)
    if not policies.may_open_for(standing_of(actor), enterprise.pk):
        raise NotYourEnterprise(enterprise=enterprise.name)
    words = clean_words(text)
    in_force = profile_in_force()
    case = Case(
        number=number_of(next_number(counter_of(now)), now),
        enterprise=enterprise,
        opened_by=actor,
        profile_id=in_force.version_id,
        channel=channel,
        text=words,
        location_note=clean_words(location_note, required=False)[:120],
        outside_number=clean_words(outside_number, required=False)[:40],
        urgency=Urgency.NORMAL,
        submitted_at=now,
        updated_at=now,
        turn_since=now,
    )
    if is_restricted:
        case.sensitivity = Sensitivity.RESTRICTED
        case.lead_unit = Office.objects.get(code=in_force.profile.handling.conflict_unit)
    set_clocks(case, now=now)
    case.save()
    opened = facts.CaseOpened(
        case_id=case.pk,
        enterprise_id=enterprise.pk,
        channel=channel,
        urgency=case.urgency,
        profile_id=case.profile_id,
    )
    told = record_fact(opened, actor=actor, at=now)
    attach(case, uploads, actor=actor, now=now)
    tell_of([(case, told)], actor=actor, now=now)
    return case


def _held(enterprise_id: int) -> Enterprise:
    """Return the record that stands for an enterprise; it is merged by nobody until the case is in.

    A record that turns out to be merged is let go before the other is taken, as whoever merges
    takes both at once.
    """
    while True:
        known = Enterprise.objects.select_related("merged_into").get(pk=enterprise_id)
        with transaction.atomic():
            held = Enterprise.objects.select_for_update(no_key=True)
            row = held.get(pk=standing_record(known).pk)
            if row.merged_into_id is None:
                return row
            transaction.set_rollback(True)


@transaction.atomic
def add_to_case(
    *,
    case_id: int,
    text: str,
    uploads: Sequence[UploadedFile[bytes]] = (),
    actor: User,
    now: datetime,
) -> Case:
    """Let the enterprise add words or files to its case.

    Raises
    ------
    NotYourCase, NotPossibleNow, WordsMissing, TooManyWords, TooManyFiles
    """
    case = fetch(case_id, Step.ADD, actor)
    words = clean_words(text, required=not uploads)
    if words:
        keep(case, moves.add(case, text=words), actor=actor, now=now)
    attach(case, uploads, actor=actor, now=now)
    return case


@transaction.atomic
def attach_files(
    *, case_id: int, uploads: Sequence[UploadedFile[bytes]], actor: User, now: datetime
) -> Case:
    """Attach files to a case that one works on.

    Raises
    ------
    NotYourCase
        If ``actor`` neither speaks for the enterprise nor works on the case.
    TooManyFiles
        If there are too many, or one of them cannot be taken.
    """
    case = Case.objects.select_for_update(no_key=True).get(pk=case_id)
    if not policies.may_attach(standing_of(actor), case):
        raise NotYourCase(case=case.number)
    attach(case, uploads, actor=actor, now=now)
    return case


def attach(
    case: Case, uploads: Sequence[UploadedFile[bytes]], *, actor: User, now: datetime
) -> None:
    """Write the files that came with words to a case.

    Raises
    ------
    TooManyFiles
        If there are too many, or one of them cannot be taken.
    """
    if not uploads:
        return
    limits = profile_of(case.profile_id).attachments
    if case.attachments.count() + len(uploads) > limits.max_count:
        raise TooManyFiles(limit=limits.max_count)
    for upload in uploads:
        stored = files.store(upload, max_bytes=limits.max_bytes, types=limits.types)
        row = Attachment.objects.create(
            case=case,
            name=stored.name,
            content_type=stored.content_type,
            size_bytes=stored.size_bytes,
            sha256=stored.sha256,
            path=stored.path,
            added_by=actor,
            added_at=now,
        )
        attached = facts.FileAttached(case_id=case.pk, attachment_id=row.pk)
        record_fact(attached, actor=actor, at=now)
