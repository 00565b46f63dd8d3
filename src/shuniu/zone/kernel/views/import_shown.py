"""What the pages of an import show, made from what is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from shuniu.zone.kernel import clock, queries
from shuniu.zone.kernel.importing.checking import CheckedRow
from shuniu.zone.kernel.importing.kinds import Finding, ListField, ListKind, ListOption
from shuniu.zone.kernel.importing.layout import Layout, headings, likely_columns, likely_head
from shuniu.zone.kernel.importing.reading import Sheet, column_letters
from shuniu.zone.kernel.importing.wording import problem_words, worded
from shuniu.zone.kernel.models import ImportRun, ImportState
from shuniu.zone.kernel.templatetags.part_data import Tab, Tone

SAMPLES = 3
ASIDE_TOLD = 10
HEAD_ROWS = 20
TONES: dict[str, Tone] = {
    ImportState.COLUMNS: "waiting", ImportState.READY: "waiting", ImportState.DONE: "done",
    ImportState.FAILED: "refused", ImportState.RECEIVED: "active", ImportState.CHECKING: "active",
    ImportState.WRITING: "active", ImportState.UNDOING: "active",
}  # fmt: skip
TABS: dict[str, Promise] = {
    "KEPT": gettext_lazy("Not taken back"),
    "LEFT": gettext_lazy("Left out while writing"),
    "FAULTY": gettext_lazy("Faulty"),
    "CHANGED": gettext_lazy("Will change"),
    "NEW": pgettext_lazy("import", "New"),
    "SAME": gettext_lazy("Unchanged"),
    "UNDONE": gettext_lazy("Taken back"),
    "NOTES": gettext_lazy("Worth a look"),
}
# Once rows are written, what stands in the register is counted, not what was to be.
OVER_LABELS: dict[str, Promise] = {
    "CHANGED": gettext_lazy("Changed"),
    "NEW": gettext_lazy("Newly registered"),
}
COUNT_WHEN_OVER = {
    "KEPT": "kept", "LEFT": "left", "UNDONE": "undone", "NEW": "stands_NEW",
    "CHANGED": "stands_CHANGED",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry of a list to choose from."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field of the list, the columns it may be, and what stands in the chosen one."""

    field: ListField
    choices: tuple[Choice, ...]
    samples: tuple[str, ...]
    is_found: bool


@dataclass(frozen=True, slots=True)
class OptionLine:
    """Something to choose for the whole file."""

    option: ListOption
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ColumnsShown:
    """The page on which sheet, headings and columns are confirmed."""

    layout: Layout
    sheets: tuple[Choice, ...]
    heads: tuple[Choice, ...]
    depths: tuple[Choice, ...]
    lines: tuple[FieldLine, ...]
    options: tuple[OptionLine, ...]
    left_out: tuple[str, ...]
    rows: int
    hidden_sheets: tuple[str, ...]


def proposed_layout(run: ImportRun, kind: ListKind, asked: tuple[int, int, int]) -> Layout:
    """Return the stored layout, or a fresh proposal where another sheet or row is asked for."""
    stored = queries.layout_of(run)
    sheet, head, depth = asked
    sheets = queries.sheets_of(run)
    if sheet >= len(sheets) or sheets[sheet].problem:
        return stored
    remembered = queries.remembered(kind)
    if sheet != stored.sheet:
        head, depth = likely_head(sheets[sheet], kind, remembered)
    if (sheet, head, depth) == (stored.sheet, stored.head, stored.depth):
        return stored
    columns = likely_columns(sheets[sheet], head, depth, kind, remembered)
    return Layout(sheet, head, depth, columns)


def columns_shown(
    run: ImportRun, kind: ListKind, layout: Layout, chosen: dict[str, str]
) -> ColumnsShown:
    """Return the page of columns for a layout."""
    sheets, heights = queries.sheets_of(run), queries.heights_of(run)
    sheet = sheets[layout.sheet]
    heads = headings(sheet, layout.head, layout.depth)
    used = set(layout.columns)
    return ColumnsShown(
        layout=layout,
        sheets=_sheet_choices(sheets, heights, layout),
        heads=_head_choices(sheet, layout),
        depths=(
            Choice("1", _("one row"), layout.depth == 1),
            Choice("2", _("two rows, one above the other"), layout.depth == 2),
        ),
        lines=tuple(_line(one, sheet, heads, layout) for one in kind.fields),
        options=tuple(
            OptionLine(
                one,
                tuple(
                    Choice(value, str(label), chosen.get(one.key) == value)
                    for value, label in one.choices
                ),
            )
            for one in kind.options_for([key for key in used if key])
        ),
        left_out=tuple(
            _column_name(place, heading)
            for place, heading in enumerate(heads)
            if heading and not (place < len(layout.columns) and layout.columns[place])
        ),
        rows=max(0, heights[layout.sheet] - layout.first_row),
        hidden_sheets=tuple(one.name for one in sheets if one.is_hidden and one.rows),
    )


def _sheet_choices(
    sheets: Sequence[Sheet], heights: Sequence[int], layout: Layout
) -> tuple[Choice, ...]:
    found = []
    for place, (sheet, height) in enumerate(zip(sheets, heights, strict=True)):
        words = problem_words(sheet.problem) if sheet.problem else _("%(rows)d rows") % {
            "rows": height,
        }  # fmt: skip
        hidden = _(", hidden") if sheet.is_hidden else ""
        found.append(
            Choice(
                str(place),
                f"{sheet.name or _('Text table')}（{words}{hidden}）",
                place == layout.sheet,
            )
        )
    return tuple(found)


def _head_choices(sheet: Sheet, layout: Layout) -> tuple[Choice, ...]:
    found = []
    for place, row in enumerate(sheet.rows[:HEAD_ROWS]):
        texts = list(dict.fromkeys(" ".join(cell.split()) for cell in row if cell.strip()))
        start = "、".join(texts)[:36]
        label = _("row %(row)d: %(start)s") % {"row": place + 1, "start": start or "–"}
        found.append(Choice(str(place), label, place == layout.head))
    found.append(Choice("-1", _("there are no headings"), layout.head == -1))
    return tuple(found)


def _line(one: ListField, sheet: Sheet, heads: Sequence[str], layout: Layout) -> FieldLine:
    at = layout.columns.index(one.key) if one.key in layout.columns else None
    choices = [Choice("", _("not in this file"), at is None)]
    choices += [
        Choice(str(place), _column_name(place, heading), place == at)
        for place, heading in enumerate(heads)
        if heading or place == at or layout.head < 0
    ]
    samples: list[str] = []
    if at is not None:
        for row in sheet.rows[layout.first_row :]:
            text = row[at].strip() if at < len(row) else ""
            if text and text not in samples:
                samples.append(text[:40])
            if len(samples) == SAMPLES:
                break
    return FieldLine(one, tuple(choices), tuple(samples), at is not None)


def _column_name(place: int, heading: str) -> str:
    return f"{column_letters(place)} · {heading[:40]}" if heading else column_letters(place)


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding with the cell that it is about."""

    place: str
    label: str
    text: str
    says: str
    advice: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What a field is and will be."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row of the preview or of the result; ``url`` is that of the record that it made."""

    number: int
    title: str
    url: str
    faults: tuple[FindingLine, ...]
    notes: tuple[FindingLine, ...]
    changes: tuple[ChangeLine, ...]
    says: tuple[ChangeLine, ...]


def row_lines(
    run: ImportRun, kind: ListKind, checked: Sequence[CheckedRow], which: str
) -> list[RowLine]:
    """Return rows as the preview and the result show them."""
    columns = queries.layout_of(run).columns
    numbers = [one.row.number for one in checked]
    traces = queries.traced(run, numbers) if run.is_over else {}
    is_why = which in {"LEFT", "KEPT"}
    return [
        _row_line(one, kind, columns, traces.get(one.row.number), is_why=is_why) for one in checked
    ]


def _row_line(
    one: CheckedRow,
    kind: ListKind,
    columns: tuple[str, ...],
    trace: queries.TracedRow | None,
    *,
    is_why: bool,
) -> RowLine:
    verdict, cells = one.verdict, one.row.cells
    faults = trace.why if trace is not None and is_why else verdict.faults

    def line(finding: Finding) -> FindingLine:
        field = finding.field
        letters = column_letters(columns.index(field)) if field in columns else ""
        place = f"{letters}{verdict.number}" if letters else ""
        text = cells.get(field, "")
        short = text if len(text) <= 60 else f"{text[:60]}…"
        words = worded(kind, finding)
        return FindingLine(place, _label(kind, field), short, words.says, words.advice)

    def change(field: str, old: object, new: object) -> ChangeLine:
        return ChangeLine(_label(kind, field), kind.shown(field, old), kind.shown(field, new))

    url = ""
    if trace is not None and trace.stands and kind.address is not None:
        url = kind.address(trace.subject)
    return RowLine(
        number=verdict.number,
        title=verdict.title or "–",
        url=url,
        faults=tuple(map(line, faults)),
        notes=tuple(map(line, verdict.notes)),
        changes=tuple(change(c.field, c.old, c.new) for c in verdict.changes),
        says=tuple(ChangeLine(_label(kind, key), "", cell) for key, cell in cells.items()),
    )


def _label(kind: ListKind, key: str) -> str:
    return str(kind.field_of(key).label) if key else ""


def counts_of(run: ImportRun) -> dict[str, int]:
    """Return how many rows of each kind there are, by the name of its tab."""
    counts = {code: run.counts.get(code, 0) for code in TABS}
    if run.is_over:
        counts |= {code: run.counts.get(key, 0) for code, key in COUNT_WHEN_OVER.items()}
    return {code: count for code, count in counts.items() if count}


def tabs_of(run: ImportRun, which: str) -> list[Tab]:
    """Return the kinds of rows that there are, with their counts."""
    url = reverse("kernel:import", args=[run.pk])
    labels = TABS | (OVER_LABELS if run.is_over else {})
    return [
        Tab(str(labels[code]), f"{url}?which={code}", is_current=code == which, count=count)
        for code, count in counts_of(run).items()
    ]


@dataclass(frozen=True, slots=True)
class Shows:
    """What the table of rows shows beside row and name; what the row says if none of these."""

    faults: bool
    notes: bool
    changes: bool


def shows_of(which: str) -> Shows:
    """Return what is shown of this kind of rows."""
    return Shows(which in {"FAULTY", "LEFT", "KEPT"}, which == "NOTES", which == "CHANGED")


def which_of(run: ImportRun, asked: str) -> str:
    """Return which rows are shown: those asked for, otherwise the first kind that there is."""
    there = counts_of(run)
    return asked if asked in there else next(iter(there), "")


def aside_words(run: ImportRun) -> str:
    """Return the numbers of rows that were left aside as no entries; nothing if there are none."""
    rows = run.counts.get("aside", [])
    some = "、".join(map(str, rows[:ASIDE_TOLD]))
    return f"{some}…" if len(rows) > ASIDE_TOLD else some


def name_of_pasted(cells: str, now: datetime) -> str:
    """Return how pasted cells are called: by when, and how many rows there are."""
    count = sum(1 for line in cells.splitlines() if line.strip())
    return ngettext("Pasted %(at)s, %(count)d row", "Pasted %(at)s, %(count)d rows", count) % {
        "at": f"{clock.local(now):%Y-%m-%d %H:%M}",
        "count": count,
    }


def is_renamed(run: ImportRun) -> str:
    """Return what a file is called by its ending where its content is something else."""
    ending = run.name.rpartition(".")[2].lower()
    told = {"xlsx": "xlsx", "xls": "xlsx", "xlsm": "xlsx", "csv": "text", "txt": "text"}
    is_other = not run.is_pasted and told.get(ending, run.file_type) != run.file_type
    return ending if is_other else ""
