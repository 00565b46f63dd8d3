"""What the worker does with lists: read, check, delete in the end. Each may be tried again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import translation

from shuniu.zone.kernel import files
from shuniu.zone.kernel.data_map import Removed
from shuniu.zone.kernel.importing import reading
from shuniu.zone.kernel.importing.checking import (
    CheckedRow,
    checked_rows,
    packed,
)
from shuniu.zone.kernel.importing.kinds import Errand, list_kind
from shuniu.zone.kernel.importing.layout import likely_layout
from shuniu.zone.kernel.importing.reading import Book, Sheet, Unreadable
from shuniu.zone.kernel.importing.wording import problem_words
from shuniu.zone.kernel.models import (
    ImportRow,
    ImportRun,
    ImportState,
    ImportTrace,
)
from shuniu.zone.kernel.queries import (
    imports_due,
    layout_of,
    remembered,
)
from shuniu.zone.kernel.services.importing import glimpse_text

ROWS_OF_A_RUN = 250
"""How many rows a list is taken to have where a purge may delete so many."""
GLIMPSE_ROWS = 40
GLIMPSE_CHARACTERS = 120


def read_import(*, import_id: UUID, now: datetime) -> None:
    """Read a list that came in, and propose sheet, headings and columns."""
    run = ImportRun.objects.get(pk=import_id)
    if run.state != ImportState.RECEIVED:
        return
    with translation.override(run.language):
        try:
            book = _book(run)
        except Unreadable as problem:
            _fail(run, problem_words(problem.code), now)
            return
        usable = [sheet for sheet in book.sheets if sheet.rows and not sheet.problem]
        if not usable:
            code = next((s.problem for s in book.sheets if s.problem), "no_rows")
            _fail(run, problem_words(code), now)
            return
        _propose(run, book)


@transaction.atomic
def _propose(run: ImportRun, book: Book) -> None:
    held = ImportRun.objects.select_for_update(no_key=True).get(pk=run.pk)
    if held.state != ImportState.RECEIVED:
        return
    kind = list_kind(held.kind)
    layout = likely_layout(book.sheets, kind, remembered(kind))
    held.glimpse = glimpse_text([_glimpse(sheet) for sheet in book.sheets])
    held.layout = {
        "sheet": layout.sheet, "head": layout.head, "depth": layout.depth,
        "columns": list(layout.columns),
    }  # fmt: skip
    held.state = ImportState.COLUMNS
    held.save(update_fields=["glimpse", "layout", "state"])


def _glimpse(sheet: Sheet) -> dict[str, object]:
    return {
        "name": sheet.name,
        "is_hidden": sheet.is_hidden,
        "height": len(sheet.rows),
        "problem": sheet.problem,
        "rows": [[c[:GLIMPSE_CHARACTERS] for c in row] for row in sheet.rows[:GLIMPSE_ROWS]],
        "merged": [one for one in sheet.merged if one[0] < GLIMPSE_ROWS],
    }


def _book(run: ImportRun) -> Book:
    with files.open_stored(run.path) as file:
        return reading.read(file.read(), delimiter=run.delimiter)


@transaction.atomic
def _fail(run: ImportRun, problem: str, now: datetime) -> None:
    ImportRun.objects.filter(pk=run.pk, state=run.state, version=run.version).update(
        state=ImportState.FAILED, problem=problem[:400], ended_at=now
    )


def check_import(*, import_id: UUID, version: int, now: datetime) -> None:
    """Say of each row what would become of it; nothing of the list itself is written."""
    run = ImportRun.objects.select_related("made_by").get(pk=import_id)
    if run.state != ImportState.CHECKING or run.version != version:
        return
    with translation.override(run.language):
        try:
            book = _book(run)
        except Unreadable as problem:
            _fail(run, problem_words(problem.code), now)
            return
        layout = layout_of(run)
        errand = Errand(run.made_by, now, str(run.pk), run.options)
        rows = checked_rows(book.sheets[layout.sheet], layout, list_kind(run.kind), errand)
    _keep_verdicts(run, rows)


@transaction.atomic
def _keep_verdicts(run: ImportRun, rows: Sequence[CheckedRow]) -> None:
    held = ImportRun.objects.select_for_update(no_key=True).get(pk=run.pk)
    if held.state != ImportState.CHECKING or held.version != run.version:
        return
    ImportRow.objects.filter(run=held).delete()
    ImportRow.objects.bulk_create(
        (
            ImportRow(
                run=held,
                number=one.row.number,
                verdict=one.verdict.becomes.value,
                has_notes=bool(one.verdict.notes),
                body=packed(one),
            )
            for one in rows
        ),
        batch_size=500,
    )
    counts = Counter(one.verdict.becomes.value for one in rows)
    counts["NOTES"] = sum(1 for one in rows if one.verdict.notes)
    held.counts = dict(counts) | {"rows": len(rows)}
    held.state = ImportState.READY
    held.save(update_fields=["counts", "state"])


def purge_imports(*, before: datetime, limit: int, now: datetime) -> Removed:
    """Delete files and rows of lists that are over; who imported how many rows stays."""
    runs = list(imports_due(before).order_by("made_at")[: max(1, limit // ROWS_OF_A_RUN + 1)])
    if not runs:
        return Removed()
    keys = [run.pk for run in runs]
    rows = ImportRow.objects.filter(run__in=keys).delete()[0]
    traces = ImportTrace.objects.filter(run__in=keys).delete()[0]
    paths = tuple(run.path for run in runs)
    for run in runs:
        run.path, run.name, run.glimpse, run.problem = "", "", "", ""
        if run.ended_at is None:
            run.state, run.ended_at = ImportState.DROPPED, now
        run.save(update_fields=["path", "name", "glimpse", "problem", "state", "ended_at"])
    counted = (
        ("kernel_importrow", rows), ("kernel_importtrace", traces), ("kernel_importrun", len(runs)),
    )  # fmt: skip
    return Removed(tuple((table, count) for table, count in counted if count), paths)
