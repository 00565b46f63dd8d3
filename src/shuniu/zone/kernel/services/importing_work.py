"""What the worker does with lists: read, check, delete in the end. Each may be tried again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
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
from shuniu.zone.kernel.importing.kinds import Becomes, Errand, Finding, list_kind
from shuniu.zone.kernel.importing.layout import aside_rows, likely_layout
from shuniu.zone.kernel.importing.marking import marked_file
from shuniu.zone.kernel.importing.reading import Book, Sheet, Unreadable
from shuniu.zone.kernel.models import (
    ImportRow,
    ImportRun,
    ImportState,
    ImportTrace,
    Marking,
)
from shuniu.zone.kernel.queries import (
    TracedRow,
    checked_of,
    headings_due,
    imports_due,
    layout_of,
    remembered,
    rows_of,
    traced,
)
from shuniu.zone.kernel.services.importing import glimpse_text
from shuniu.zone.kernel.services.purging import delete_some

ROWS_OF_A_RUN = 250
"""How many rows a list is taken to have where a purge may delete so many."""
FORGOTTEN = ("path", "marked_path", "marking", "name", "glimpse", "problem", "sha256")
"""What is forgotten of an import with its rows: the digest too, short lists can be guessed."""
GLIMPSE_ROWS = 40
GLIMPSE_CHARACTERS = 120


def read_import(*, import_id: UUID, now: datetime) -> None:
    """Read a list that came in, and propose sheet, headings and columns."""
    run = ImportRun.objects.get(pk=import_id)
    if run.state != ImportState.RECEIVED:
        return
    try:
        book = _book(run)
    except Unreadable as problem:
        _fail(run, problem.code, now)
        return
    usable = [sheet for sheet in book.sheets if sheet.rows and not sheet.problem]
    if not usable:
        _fail(run, next((s.problem for s in book.sheets if s.problem), "no_rows"), now)
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
        state=ImportState.FAILED, problem=problem, ended_at=now
    )


def check_import(*, import_id: UUID, version: int, now: datetime) -> None:
    """Say of each row what would become of it; nothing of the list itself is written."""
    run = ImportRun.objects.select_related("made_by").get(pk=import_id)
    if run.state != ImportState.CHECKING or run.version != version:
        return
    try:
        book = _book(run)
    except Unreadable as problem:
        _fail(run, problem.code, now)
        return
    layout = layout_of(run)
    errand = Errand(run.made_by, now, str(run.pk), run.options)
    kind, sheet = list_kind(run.kind), book.sheets[layout.sheet]
    rows = checked_rows(sheet, layout, kind, errand)
    _keep_verdicts(run, rows, aside_rows(sheet, layout, kind))


@transaction.atomic
def _keep_verdicts(run: ImportRun, rows: Sequence[CheckedRow], aside: Sequence[int]) -> None:
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
    held.counts = dict(counts) | {"rows": len(rows)} | ({"aside": list(aside)} if aside else {})
    held.state = ImportState.READY
    held.save(update_fields=["counts", "state"])


def mark_import(*, import_id: UUID, language: str, now: datetime) -> None:  # noqa: ARG001  # the shape of a command
    """Make the file with the marks; what became of the import meanwhile makes it worthless."""
    run = ImportRun.objects.get(pk=import_id)
    if run.marking != Marking.ASKED:
        return
    try:
        with translation.override(language), files.open_stored(run.path) as file:
            made = marked_file(
                file.read(),
                file_type=run.file_type,
                delimiter=run.delimiter,
                kind=list_kind(run.kind),
                layout=layout_of(run),
                rows=[_as_it_went(one, why) for one, why in _rows_and_why(run)],
                aside=run.counts.get("aside", ()),
            )
    except Unreadable:
        _keep_marked(run, Marking.FAILED, "")
        return
    path = files.keep(made)
    if not _keep_marked(run, Marking.READY, path):
        files.remove([path])


def _rows_and_why(run: ImportRun) -> list[tuple[CheckedRow, tuple[Finding, ...]]]:
    traces = traced(run) if run.is_over else {}
    nothing = TracedRow("", "", ())
    return [(one, traces.get(one.row.number, nothing).why) for one in checked_of(rows_of(run, ""))]


def _as_it_went(one: CheckedRow, why: tuple[Finding, ...]) -> CheckedRow:
    """Return a row with why it was left out or stays, as one that is faulty."""
    if not why:
        return one
    verdict = replace(one.verdict, becomes=Becomes.FAULTY, faults=why)
    return CheckedRow(one.row, verdict)


@transaction.atomic
def _keep_marked(run: ImportRun, marking: Marking, path: str) -> bool:
    same = ImportRun.objects.filter(
        pk=run.pk, marking=Marking.ASKED, state=run.state, version=run.version
    )
    return bool(same.update(marking=marking, marked_path=path))


def purge_imports(*, before: datetime, limit: int, now: datetime) -> Removed:
    """Delete files and rows of lists that are over; who imported how many rows stays."""
    runs = list(imports_due(before).order_by("made_at")[: max(1, limit // ROWS_OF_A_RUN + 1)])
    if not runs:
        return Removed()
    keys = [run.pk for run in runs]
    rows = ImportRow.objects.filter(run__in=keys).delete()[0]
    traces = ImportTrace.objects.filter(run__in=keys).delete()[0]
    paths = tuple(path for run in runs for path in (run.path, run.marked_path) if path)
    for run in runs:
        for name in FORGOTTEN:
            setattr(run, name, "")
        if run.ended_at is None:
            run.state, run.ended_at = ImportState.DROPPED, now
        run.save(update_fields=[*FORGOTTEN, "state", "ended_at"])
    counted = (
        ("kernel_importrow", rows), ("kernel_importtrace", traces), ("kernel_importrun", len(runs)),
    )  # fmt: skip
    return Removed(tuple((table, count) for table, count in counted if count), paths)


def purge_headings(*, before: datetime, limit: int, now: datetime) -> Removed:  # noqa: ARG001  # the shape of a purge
    """Delete what headings meant in lists that nobody has sent for long."""
    return delete_some(headings_due(before), limit)
