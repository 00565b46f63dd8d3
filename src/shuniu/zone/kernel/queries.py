"""Questions about lists that people send."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise

from shuniu.zone.kernel.data_map import Held, held_of
from shuniu.zone.kernel.importing.checking import CheckedRow, unpacked
from shuniu.zone.kernel.importing.kinds import Finding, ListKind
from shuniu.zone.kernel.importing.layout import Layout
from shuniu.zone.kernel.importing.reading import Sheet
from shuniu.zone.kernel.models import (
    ImportHeading,
    ImportOutcome,
    ImportRow,
    ImportRun,
    ImportState,
    ImportTrace,
    ImportVerdict,
)


@dataclass(frozen=True, slots=True)
class DayNumbers:
    """What an app counted on some days, as the briefing tells it: its name, and each number."""

    label: Promise
    numbers: tuple[tuple[Promise, int], ...]


def imports_of(kinds: Iterable[ListKind]) -> QuerySet[ImportRun]:
    """Return the imports of these lists, whoever made them."""
    codes = [kind.code for kind in kinds]
    return ImportRun.objects.filter(kind__in=codes).select_related(
        "made_by", "confirmed_by", "undone_by"
    )


def remembered(kind: ListKind) -> dict[str, str]:
    """Return what each heading meant when it was last used, by its plain form."""
    rows = ImportHeading.objects.filter(kind=kind.code).order_by("-used_at")[:2_000]
    return {row.heading: row.field for row in rows}


def sheets_of(run: ImportRun) -> tuple[Sheet, ...]:
    """Return the first rows of each sheet, as far as they were kept for the page of columns."""
    found = json.loads(run.glimpse or "[]")
    return tuple(
        Sheet(
            name=one["name"],
            is_hidden=one["is_hidden"],
            rows=tuple(tuple(row) for row in one["rows"]),
            merged=tuple((a, b, c, d) for a, b, c, d in one["merged"]),
            flags={},
            problem=one["problem"],
        )
        for one in found
    )


def heights_of(run: ImportRun) -> tuple[int, ...]:
    """Return how many rows each sheet has, headings included."""
    return tuple(one["height"] for one in json.loads(run.glimpse or "[]"))


def layout_of(run: ImportRun) -> Layout:
    """Return how the sheet is read."""
    given = run.layout
    return Layout(given["sheet"], given["head"], given["depth"], tuple(given["columns"]))


def same_file_before(run: ImportRun) -> ImportRun | None:
    """Return the last import that wrote the very same file, as long as its rows are kept."""
    if not run.sha256:
        return None
    return (
        ImportRun.objects.filter(kind=run.kind, sha256=run.sha256, state=ImportState.DONE)
        .exclude(pk=run.pk)
        .select_related("confirmed_by")
        .order_by("-confirmed_at")
        .first()
    )


STAYS = (ImportOutcome.WRITTEN, ImportOutcome.KEPT)


def rows_of(run: ImportRun, which: str) -> QuerySet[ImportRow]:
    """Return the rows of a verdict or of an outcome, ``NOTES`` for those worth a look, or all.

    Once an import is over, what was to be new or changed are the rows of which that is true.
    """
    rows = run.rows.order_by("number")
    if which == "NOTES":
        return rows.filter(has_notes=True)
    if which in ImportOutcome.values:
        return rows.filter(number__in=run.traces.filter(outcome=which).values("number"))
    if run.is_over and which in {ImportVerdict.NEW, ImportVerdict.CHANGED}:
        stays = run.traces.filter(outcome__in=STAYS).values("number")
        return rows.filter(verdict=which, number__in=stays)
    return rows.filter(verdict=which) if which else rows


def checked_of(rows: Iterable[ImportRow]) -> list[CheckedRow]:
    """Return what rows say and what would become of them."""
    return [unpacked(row.number, row.verdict, row.body) for row in rows]


@dataclass(frozen=True, slots=True)
class TracedRow:
    """What was done with a row: its outcome, the key of its record, why it was left or stays."""

    outcome: str
    subject: str
    why: tuple[Finding, ...]

    @property
    def stands(self) -> bool:
        """Return whether the record that the row made or changed is in the register."""
        return bool(self.subject) and self.outcome in STAYS


def traced(run: ImportRun, numbers: Iterable[int] | None = None) -> dict[int, TracedRow]:
    """Return what was done with these rows, or with all, by their number."""
    traces = run.traces.all() if numbers is None else run.traces.filter(number__in=list(numbers))
    return {
        t.number: TracedRow(
            t.outcome,
            t.subject,
            tuple(Finding(**one) for one in json.loads(t.body).get("why", ())),
        )
        for t in traces
    }


def outcomes_by_verdict(run: ImportRun) -> dict[tuple[str, str], int]:
    """Return how many rows there are of each verdict and outcome."""
    trace = run.traces.filter(number=OuterRef("number")).values("outcome")[:1]
    found = (
        run.rows.annotate(outcome=Subquery(trace))
        .exclude(outcome=None)
        .values_list("verdict", "outcome")
        .annotate(n=Count("pk"))
        .order_by()
    )
    return {(verdict, outcome): n for verdict, outcome, n in found}


def outcomes_of(run: ImportRun) -> dict[str, int]:
    """Return how many rows have which outcome so far."""
    found = run.traces.values_list("outcome").annotate(n=Count("pk")).order_by()
    return Counter(dict(found))


def import_in_work(run: ImportRun) -> bool:
    """Return whether the worker has something to do with it."""
    return run.state in {
        ImportState.RECEIVED, ImportState.CHECKING, ImportState.WRITING, ImportState.UNDOING,
    }  # fmt: skip


def imports_with_rows() -> QuerySet[Any]:
    """Return the imports whose file and rows are kept, with when each was over or began."""
    return ImportRun.objects.exclude(path="").annotate(over_at=Coalesce("ended_at", "made_at"))


def imports_due(before: datetime) -> QuerySet[Any]:
    """Return the imports whose file and rows have had their time; none that is half written."""
    half_way = (ImportState.WRITING, ImportState.UNDOING)
    return imports_with_rows().filter(over_at__lt=before).exclude(state__in=half_way)


def imports_held() -> Held:
    """Return the imports whose rows are kept; the time runs from when one was over."""
    return held_of(imports_with_rows(), "over_at")


def import_files() -> set[str]:
    """Return the paths of stored files that an import names."""
    pairs = ImportRun.objects.exclude(path="").values_list("path", "marked_path")
    return {path for pair in pairs for path in pair if path}


def headings_due(before: datetime) -> QuerySet[ImportHeading]:
    """Return the headings that no list has had since ``before``."""
    return ImportHeading.objects.filter(used_at__lt=before)


def headings_held() -> Held:
    """Return what headings meant; the time runs from the last list that had them."""
    return held_of(ImportHeading.objects.all(), "used_at")


def traces_to_undo(run: ImportRun, limit: int) -> list[ImportTrace]:
    """Return rows that were written and not undone yet, the last first."""
    written = run.traces.filter(outcome=ImportOutcome.WRITTEN)
    return list(written.order_by("-number")[:limit])
