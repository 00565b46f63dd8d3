"""Where in a sheet the headings stand, and which column is which field."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation

from shuniu.zone.kernel.importing.kinds import ListField, ListKind, SourceRow
from shuniu.zone.kernel.importing.reading import Sheet

LOOKED_AT = 20
"""Rows among which the headings are sought."""
SAMPLE = 60
ENOUGH = 0.6
"""Share of the cells of a column that must look like a field."""
NOT_TOLD_APART = re.compile(r"[\s*＊:：()（）\[\]【】/\\、,，.。_\-—·必填选填]+")
BESIDE_THE_LIST = re.compile(
    r"[合总小共累]\s*计[\s\d人家户个万元.,，:：()（）]*$"
    r"|(制\s*表|填\s*表|填\s*报|审\s*核|复\s*核|单位负责)\s*(人|日期|时间|单位)?\s*([:：(（].*)?$"
    r"|单位盖章|(备\s*注|说\s*明|注)\s*[:：]"
    r"|(sub)?total\b.{0,40}$|(prepared|checked|approved) by\b|notes?:",
    re.IGNORECASE | re.DOTALL,
)
"""How rows begin that stand below a list: totals, signatures, remarks."""
BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a sheet is to be read.

    Attributes
    ----------
    sheet
        Its place in the file, from 0.
    head
        Row of the headings, from 0; -1 where there are none.
    depth
        How many rows the headings take.
    columns
        Key of the field of each column, from the left; empty where a column is left out.
    """

    sheet: int
    head: int
    depth: int
    columns: tuple[str, ...]

    @property
    def first_row(self) -> int:
        """Return the first row of values, from 0."""
        return self.head + self.depth if self.head >= 0 else 0


def plain_heading(text: str) -> str:
    """Return a heading without what does not tell it apart: blanks, brackets, stars, case."""
    narrow = unicodedata.normalize("NFKC", text).casefold()
    return NOT_TOLD_APART.sub("", narrow)


def headings(sheet: Sheet, head: int, depth: int) -> tuple[str, ...]:
    """Return the heading of each column; two rows are joined by a slash."""
    width = max(map(len, sheet.rows), default=0)
    if head < 0:
        return ("",) * width
    rows = sheet.rows[head : head + depth]
    found = []
    for column in range(width):
        parts: list[str] = []
        for row in rows:
            text = " ".join(row[column].split()) if column < len(row) else ""
            if text and text not in parts:
                parts.append(text)
        found.append(" / ".join(parts)[:200])
    return tuple(found)


def likely_layout(sheets: Sequence[Sheet], kind: ListKind, remembered: Mapping[str, str]) -> Layout:
    """Return the sheet, headings and columns that fit best."""
    tries = []
    for place, sheet in enumerate(sheets):
        if sheet.rows and not sheet.problem:
            head, depth = likely_head(sheet, kind, remembered)
            columns = likely_columns(sheet, head, depth, kind, remembered)
            known = len([key for key in columns if key])
            tries.append((not sheet.is_hidden, known, -place, Layout(place, head, depth, columns)))
    if not tries:
        return Layout(0, 0, 1, ())
    return max(tries, key=lambda one: one[:3])[3]


def likely_head(sheet: Sheet, kind: ListKind, remembered: Mapping[str, str]) -> tuple[int, int]:
    """Return the row of the headings and how many there are; -1 where nothing looks like one."""
    known = _known(kind, remembered)
    scores = [
        len({plain_heading(cell) for cell in row} & known.keys()) for row in sheet.rows[:LOOKED_AT]
    ]
    best = max(range(len(scores)), key=lambda row: (scores[row], -row)) if scores else 0
    if not scores or not scores[best]:
        return _head_by_content(sheet, kind)
    if best and _has_group(sheet, best - 1):
        return best - 1, 2
    if _has_group(sheet, best) and best + 1 < len(sheet.rows):
        return best, 2
    return best, 1


def _has_group(sheet: Sheet, row: int) -> bool:
    """Return whether a heading of this row spans some columns, and others stand beside it."""
    spans = [right - left for top, left, bottom, right in sheet.merged if top == bottom == row]
    texts = {cell for cell in sheet.rows[row] if cell.strip()}
    return any(spans) and len(texts) > 1


def _head_by_content(sheet: Sheet, kind: ListKind) -> tuple[int, int]:
    """Return the first row with two texts, unless it looks like values already."""
    for place, row in enumerate(sheet.rows[:LOOKED_AT]):
        cells = [cell for cell in row if cell.strip()]
        if len(cells) < 2 and len(sheet.rows) > place + 1:
            continue
        tests = [one.looks_like for one in kind.fields if one.looks_like]
        is_values = any(test(cell) for test in tests for cell in cells)
        return (-1, 1) if is_values else (place, 1)
    return 0, 1


def likely_columns(
    sheet: Sheet, head: int, depth: int, kind: ListKind, remembered: Mapping[str, str]
) -> tuple[str, ...]:
    """Return the field of each column, each field once: by memory, heading, then content."""
    heads = headings(sheet, head, depth)
    known = _known(kind, remembered)
    found: list[str] = [""] * len(heads)
    taken: set[str] = set()
    for place, heading in enumerate(heads):
        key = next((known[name] for name in _names(heading) if name in known), "")
        if key and key not in taken:
            found[place] = key
            taken.add(key)
    first = head + depth if head >= 0 else 0
    for place, heading in enumerate(heads):
        if found[place] or plain_heading(heading) in remembered:
            continue
        cells = [c for c in _column(sheet, place, first) if c]
        for one in kind.fields:
            if one.key not in taken and _fits(one, cells):
                found[place] = one.key
                taken.add(one.key)
                break
    return tuple(found)


def _names(heading: str) -> list[str]:
    """Return what a heading may be known by: whole, its last row, without what is in brackets."""
    last = heading.rsplit(" / ", 1)[-1]
    names = [heading, heading.replace(" / ", ""), BRACKETS.sub("", heading), last]
    return [plain for plain in map(plain_heading, [*names, BRACKETS.sub("", last)]) if plain]


def known_headings(heads: Sequence[str], kind: ListKind, remembered: Mapping[str, str]) -> int:
    """Return how many of these headings are known by their usual names, or from before."""
    known = _known(kind, remembered)
    return sum(any(name in known for name in _names(heading)) for heading in heads)


def _known(kind: ListKind, remembered: Mapping[str, str]) -> dict[str, str]:
    """Return the fields by their plain headings; what a person chose before comes first."""
    known: dict[str, str] = {}
    for one in kind.fields:
        for name in (*one.synonyms, one.key, *_labels(one)):
            known.setdefault(plain_heading(name), one.key)
    keys = {one.key for one in kind.fields} | {""}
    return known | {heading: key for heading, key in remembered.items() if key in keys}


def _labels(one: ListField) -> list[str]:
    """Return the label of a field in each language: the template is written in one of them."""
    labels = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            labels.append(str(one.label))
    return labels


def _column(sheet: Sheet, column: int, first: int) -> list[str]:
    rows = sheet.rows[first : first + SAMPLE]
    return [row[column].strip() if column < len(row) else "" for row in rows]


def _fits(one: ListField, cells: Sequence[str]) -> bool:
    if one.looks_like is None or not cells:
        return False
    return sum(map(one.looks_like, cells)) >= ENOUGH * len(cells)


def source_rows(sheet: Sheet, layout: Layout, kind: ListKind) -> tuple[SourceRow, ...]:
    """Return the rows of values; those without any text are left out, and those set aside."""
    aside = set(aside_rows(sheet, layout, kind))
    wanted = [(place, key) for place, key in enumerate(layout.columns) if key]
    found = []
    for number, row in enumerate(sheet.rows[layout.first_row :], layout.first_row + 1):
        if number in aside or not any(cell.strip() for cell in row):
            continue
        cells = {
            key: row[place] for place, key in wanted if place < len(row) and row[place].strip()
        }
        found.append(SourceRow(number, cells))
    return tuple(found)


def aside_rows(sheet: Sheet, layout: Layout, kind: ListKind) -> tuple[int, ...]:
    """Return the numbers of rows that are no entries: totals, who made the list, remarks below it.

    Such a row begins with a word for it, and holds nothing that looks like what entries are found
    by.
    """
    tests = [
        (place, one.looks_like)
        for place, key in enumerate(layout.columns)
        if key and (one := kind.field_of(key)).is_required and one.looks_like
    ]
    found = []
    for number, row in enumerate(sheet.rows[layout.first_row :], layout.first_row + 1):
        first = next((cell.strip() for cell in row if cell.strip()), "")
        if not BESIDE_THE_LIST.match(first):
            continue
        is_entry = any(
            place < len(row) and not BESIDE_THE_LIST.match(row[place].strip()) and test(row[place])
            for place, test in tests
        )
        if not is_entry:
            found.append(number)
    return tuple(found)
