"""What the worker does with the rows of a list: writing them, and taking them back.

Both go through the rows in the same way: some at a time, each time in a transaction of its own that
takes the import, then every record, then writes, then tells. What is refused as a whole is tried
again in halves, until the one row stands alone that is refused: only that one is left, with the
reason.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from shuniu.zone.kernel.facts import ImportUndone, ImportWritten
from shuniu.zone.kernel.importing.checking import CheckedRow, still_so
from shuniu.zone.kernel.importing.kinds import Errand, Finding, Verdict, Written, list_kind
from shuniu.zone.kernel.importing.wording import MOVED, refused
from shuniu.zone.kernel.models import (
    ImportOutcome,
    ImportRun,
    ImportState,
    ImportTrace,
    ImportVerdict,
)
from shuniu.zone.kernel.queries import checked_of, outcomes_by_verdict, traces_to_undo
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services.writing import record_fact

AT_ONCE = 250
"""Rows of one transaction: others wait no longer than for these."""
TO_WRITE = (ImportVerdict.NEW, ImportVerdict.CHANGED)


@dataclass(frozen=True, slots=True)
class Passage:
    """One way through the rows of an import.

    Attributes
    ----------
    state
        In which an import is while it lasts.
    some
        Do the next rows, at most so many: return how many there were.
    leave
        Keep why the next row is refused.
    """

    state: ImportState
    some: Callable[[ImportRun, int, datetime], int]
    leave: Callable[[ImportRun, Refusal], None]


def write_import(*, import_id: UUID, now: datetime) -> None:
    """Write what was confirmed, some rows at a time; begun again, it goes on where it was."""
    _go_through(WRITING, import_id, now)
    _end_writing(import_id, now)


def undo_import(*, import_id: UUID, now: datetime) -> None:
    """Take back what an import wrote, the last row first, where nobody else touched it."""
    _go_through(UNDOING, import_id, now)
    _end_undoing(import_id, now)


def _go_through(passage: Passage, import_id: UUID, now: datetime) -> None:
    at_once, is_second = AT_ONCE, False
    while True:
        try:
            done = _some(passage, import_id, at_once, now)
        except Refusal:
            at_once = max(1, at_once // 2)
            continue
        except IntegrityError:
            # Somebody wrote the same at this very moment: a fresh look sees it, and says so.
            if is_second:
                raise
            is_second = True
            continue
        if not done:
            return
        at_once, is_second = min(AT_ONCE, at_once * 2), False


@transaction.atomic
def _some(passage: Passage, import_id: UUID, at_once: int, now: datetime) -> int:
    """Do some rows; raise the refusal of several, keep that of one."""
    run = ImportRun.objects.select_for_update(no_key=True).get(pk=import_id)
    if run.state != passage.state:
        return 0
    try:
        with transaction.atomic():
            return passage.some(run, at_once, now)
    except Refusal as refusal:
        if at_once > 1:
            raise
        passage.leave(run, refusal)
        return 1


def _errand(run: ImportRun, now: datetime) -> Errand:
    asked = run.undone_by if run.state == ImportState.UNDOING else run.confirmed_by
    return Errand(asked or run.made_by, now, str(run.pk), run.options)


def _to_write(run: ImportRun, limit: int) -> list[CheckedRow]:
    last = run.traces.aggregate(last=Max("number"))["last"] or 0
    rows = run.rows.filter(verdict__in=TO_WRITE, number__gt=last).order_by("number")
    return checked_of(rows[:limit])


def _write_some(run: ImportRun, limit: int, now: datetime) -> int:
    """Write the rows that would still become what a person was shown; leave the others out."""
    seen = _to_write(run, limit)
    if not seen:
        return 0
    kind, errand = list_kind(run.kind), _errand(run, now)
    rows = [one.row for one in seen]
    kind.lock(rows, errand)
    fresh = kind.check(rows, errand)
    is_so = still_so(seen, fresh)
    wanted = [verdict for verdict, so in zip(fresh, is_so, strict=True) if so]
    moved = [verdict for verdict, so in zip(fresh, is_so, strict=True) if not so]
    done = kind.apply(wanted, errand) if wanted else ()
    ImportTrace.objects.bulk_create(
        [
            *(_trace(run, one.number, one.subject, {"before": dict(one.before)}) for one in done),
            *(_left(run, verdict.number, _why_left(verdict)) for verdict in moved),
        ],
        batch_size=AT_ONCE,
    )
    return len(seen)


def _why_left(verdict: Verdict) -> tuple[Finding, ...]:
    return verdict.faults or (Finding("", MOVED),)


def _leave_out(run: ImportRun, refusal: Refusal) -> None:
    [one] = _to_write(run, 1)
    _left(run, one.row.number, (refused(refusal),)).save(force_insert=True)


def _left(run: ImportRun, number: int, why: Sequence[Finding]) -> ImportTrace:
    return _trace(run, number, "", {"why": _packed(why)}, ImportOutcome.LEFT)


def _packed(why: Sequence[Finding]) -> list[dict[str, object]]:
    return [asdict(one) for one in why]


def _trace(
    run: ImportRun,
    number: int,
    subject: str,
    body: dict[str, object],
    outcome: ImportOutcome = ImportOutcome.WRITTEN,
) -> ImportTrace:
    return ImportTrace(
        id=uuid.uuid4(), run=run, number=number, subject=subject, outcome=outcome, body=_text(body)
    )


def _text(body: dict[str, object]) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def _undo_some(run: ImportRun, limit: int, now: datetime) -> int:
    """Take rows back; what has to stay keeps what it was before, to be tried again."""
    traces = traces_to_undo(run, limit)
    if not traces:
        return 0
    written = [Written(t.number, t.subject, json.loads(t.body)["before"]) for t in traces]
    taken = {one.number: one for one in list_kind(run.kind).undo(written, _errand(run, now))}
    gone = [trace.pk for trace in traces if taken[trace.number].is_done]
    ImportTrace.objects.filter(run=run, pk__in=gone).update(outcome=ImportOutcome.UNDONE)
    for trace in traces:
        if not taken[trace.number].is_done:
            _keep(trace, taken[trace.number].why)
    return len(traces)


def _let_stay(run: ImportRun, refusal: Refusal) -> None:
    [trace] = traces_to_undo(run, 1)
    _keep(trace, (refused(refusal),))


def _keep(trace: ImportTrace, why: Sequence[Finding]) -> None:
    trace.outcome = ImportOutcome.KEPT
    trace.body = _text(json.loads(trace.body) | {"why": _packed(why)})
    trace.save(update_fields=["outcome", "body"])


WRITING = Passage(ImportState.WRITING, _write_some, _leave_out)
UNDOING = Passage(ImportState.UNDOING, _undo_some, _let_stay)


@transaction.atomic
def _end_writing(import_id: UUID, now: datetime) -> None:
    run = ImportRun.objects.select_for_update(no_key=True).get(pk=import_id)
    if run.state != ImportState.WRITING:
        return
    run.counts |= _counted(run)
    written, left = run.counts["written"], run.counts["left"]
    run.state, run.ended_at = ImportState.DONE, now
    run.save(update_fields=["counts", "state", "ended_at"])
    told = ImportWritten(import_id=str(run.pk), list_kind=run.kind, written=written, left=left)
    record_fact(told, actor=run.confirmed_by, at=now)


@transaction.atomic
def _end_undoing(import_id: UUID, now: datetime) -> None:
    run = ImportRun.objects.select_for_update(no_key=True).get(pk=import_id)
    if run.state != ImportState.UNDOING:
        return
    before = run.counts.get("undone", 0)
    counted = _counted(run)
    # What was written once stays told: what of it is left stands in the other counts.
    run.counts |= counted | {"written": run.counts["written"]}
    undone, kept = counted["undone"] - before, counted["kept"]
    run.state, run.undone_at = ImportState.UNDONE, now
    run.save(update_fields=["counts", "state", "undone_at"])
    told = ImportUndone(import_id=str(run.pk), list_kind=run.kind, undone=undone, kept=kept)
    record_fact(told, actor=run.undone_by, at=now)


def _counted(run: ImportRun) -> dict[str, int]:
    """Return what became of the rows that were to be written, as it is now.

    ``stands_NEW`` and ``stands_CHANGED`` are the rows whose records are in the register.
    """
    found = outcomes_by_verdict(run)
    stays = (ImportOutcome.WRITTEN, ImportOutcome.KEPT)

    def of(*outcomes: ImportOutcome, among: Sequence[ImportVerdict] = TO_WRITE) -> int:
        return sum(found.get((verdict, what), 0) for verdict in among for what in outcomes)

    return {
        "written": of(*stays),
        "left": of(ImportOutcome.LEFT),
        "undone": of(ImportOutcome.UNDONE),
        "kept": of(ImportOutcome.KEPT),
        "stands_NEW": of(*stays, among=[ImportVerdict.NEW]),
        "stands_CHANGED": of(*stays, among=[ImportVerdict.CHANGED]),
    }
