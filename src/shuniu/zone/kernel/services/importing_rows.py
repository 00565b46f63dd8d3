"""What the worker does with the rows of a list: writing them, and taking them back."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from shuniu.zone.kernel.facts import ImportUndone, ImportWritten
from shuniu.zone.kernel.importing.checking import CheckedRow, still_so
from shuniu.zone.kernel.importing.kinds import Errand, Verdict, Written, list_kind
from shuniu.zone.kernel.models import (
    ImportOutcome,
    ImportRun,
    ImportState,
    ImportTrace,
    ImportVerdict,
)
from shuniu.zone.kernel.queries import checked_of, outcomes_of, traces_to_undo
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services.writing import record_fact

AT_ONCE = 250
"""Rows of one transaction: others wait no longer than for these."""
TO_WRITE = (ImportVerdict.NEW, ImportVerdict.CHANGED)


def write_import(*, import_id: UUID, now: datetime) -> None:
    """Write what was confirmed, some rows at a time; begun again, it goes on where it was."""
    with translation.override(ImportRun.objects.get(pk=import_id).language):
        while _write_some(import_id, now):
            pass
        _end_writing(import_id, now)


@transaction.atomic
def _write_some(import_id: UUID, now: datetime) -> bool:
    run = ImportRun.objects.select_for_update(no_key=True).get(pk=import_id)
    if run.state != ImportState.WRITING:
        return False
    last = run.traces.aggregate(last=Max("number"))["last"] or 0
    rows = run.rows.filter(verdict__in=TO_WRITE, number__gt=last).order_by("number")[:AT_ONCE]
    seen = checked_of(rows)
    if not seen:
        return False
    errand = Errand(run.confirmed_by or run.made_by, now, str(run.pk), run.options)
    try:
        with transaction.atomic():
            traces = _written(run, seen, errand)
    except Refusal as refusal:
        traces = [_left(run, one.row.number, str(refusal)) for one in seen]
    ImportTrace.objects.bulk_create(traces, batch_size=AT_ONCE)
    return True


def _written(run: ImportRun, seen: Sequence[CheckedRow], errand: Errand) -> list[ImportTrace]:
    """Write the rows that would still become what a person was shown; leave the others out."""
    kind = list_kind(run.kind)
    fresh = kind.check([one.row for one in seen], errand)
    is_so = still_so(seen, fresh)
    wanted = [verdict for verdict, so in zip(fresh, is_so, strict=True) if so]
    done = kind.apply(wanted, errand) if wanted else ()
    moved = [verdict for verdict, so in zip(fresh, is_so, strict=True) if not so]
    return [
        *(_trace(run, one.number, one.subject, {"before": dict(one.before)}) for one in done),
        *(_left(run, verdict.number, _why_left(verdict)) for verdict in moved),
    ]


def _why_left(verdict: Verdict) -> str:
    if verdict.faults:
        return verdict.faults[0].says
    return _("The record was changed by somebody else after this list had been checked.")


def _left(run: ImportRun, number: int, why: str) -> ImportTrace:
    return _trace(run, number, "", {"why": why}, ImportOutcome.LEFT)


def _trace(
    run: ImportRun,
    number: int,
    subject: str,
    body: dict[str, object],
    outcome: ImportOutcome = ImportOutcome.WRITTEN,
) -> ImportTrace:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return ImportTrace(
        id=uuid.uuid4(), run=run, number=number, subject=subject, outcome=outcome, body=text
    )


@transaction.atomic
def _end_writing(import_id: UUID, now: datetime) -> None:
    run = ImportRun.objects.select_for_update(no_key=True).get(pk=import_id)
    if run.state != ImportState.WRITING:
        return
    found = outcomes_of(run)
    written, left = found.get("WRITTEN", 0), found.get("LEFT", 0)
    run.counts |= {"written": written, "left": left}
    run.state, run.ended_at = ImportState.DONE, now
    run.save(update_fields=["counts", "state", "ended_at"])
    told = ImportWritten(import_id=str(run.pk), list_kind=run.kind, written=written, left=left)
    record_fact(told, actor=run.confirmed_by, at=now)


def undo_import(*, import_id: UUID, now: datetime) -> None:
    """Take back what an import wrote, the last row first, where nobody else touched it."""
    with translation.override(ImportRun.objects.get(pk=import_id).language):
        while _undo_some(import_id, now):
            pass
        _end_undoing(import_id, now)


@transaction.atomic
def _undo_some(import_id: UUID, now: datetime) -> bool:
    run = ImportRun.objects.select_for_update(no_key=True).get(pk=import_id)
    if run.state != ImportState.UNDOING:
        return False
    traces = traces_to_undo(run, AT_ONCE)
    if not traces:
        return False
    written = [Written(t.number, t.subject, json.loads(t.body)["before"]) for t in traces]
    errand = Errand(run.undone_by or run.made_by, now, str(run.pk), run.options)
    try:
        with transaction.atomic():
            taken = {one.number: one for one in list_kind(run.kind).undo(written, errand)}
        kept = {t.pk: taken[t.number].why for t in traces if not taken[t.number].is_done}
    except Refusal as refusal:
        kept = {t.pk: str(refusal) for t in traces}
    _mark(run, (t.pk for t in traces if t.pk not in kept))
    for trace in traces:
        if trace.pk in kept:
            trace.outcome = ImportOutcome.KEPT
            trace.body = json.dumps({"why": kept[trace.pk]}, ensure_ascii=False)
            trace.save(update_fields=["outcome", "body"])
    return True


def _mark(run: ImportRun, keys: Iterable[UUID]) -> None:
    ImportTrace.objects.filter(run=run, pk__in=list(keys)).update(outcome=ImportOutcome.UNDONE)


@transaction.atomic
def _end_undoing(import_id: UUID, now: datetime) -> None:
    run = ImportRun.objects.select_for_update(no_key=True).get(pk=import_id)
    if run.state != ImportState.UNDOING:
        return
    found = outcomes_of(run)
    undone, kept = found.get("UNDONE", 0), found.get("KEPT", 0)
    run.counts |= {"undone": undone, "kept": kept}
    run.state, run.undone_at = ImportState.UNDONE, now
    run.save(update_fields=["counts", "state", "undone_at"])
    told = ImportUndone(import_id=str(run.pk), list_kind=run.kind, undone=undone, kept=kept)
    record_fact(told, actor=run.undone_by, at=now)
