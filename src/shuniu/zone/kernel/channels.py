"""Tables that leave the product as CSV or XLSX, for the programs that people open them with."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"
LONG_LIST = 2_000
"""Rows above which background work makes the file: a page would keep people waiting."""
BYTE_ORDER_MARK = "\ufeff"
"""Goes before the first line: without it Excel reads Chinese as something else."""

# A cell that begins so is taken for a formula and run by whoever opens the file. The wide forms of
# the signs count as the narrow ones in Chinese editions.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠\t\r\n]")

# What a workbook takes: characters of a cell, of a sheet's name, and what may not be in the latter.
LONGEST_CELL = 32_767
LONGEST_TITLE = 31
_NOT_IN_TITLES = re.compile(r"[\\/*?:\[\]]")
# Widths are counted in digits; a Chinese character takes two.
NARROWEST, WIDEST = 8, 48
WIDE = {"W", "F"}
ROWS_MEASURED = 200
TEXT = "@"

Cell = str | int


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its name, its head, and as many cells in each row; whole numbers stay numbers."""

    title: str
    heads: tuple[str, ...]
    rows: Iterable[tuple[Cell, ...]]


def csv_lines(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV (RFC 4180), no cell of which is run as a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([harmless(str(cell)) for cell in row] for row in rows)
    return text.getvalue()


def csv_file(table: Table) -> bytes:
    """Return a table as CSV that every spreadsheet program reads as UTF-8."""
    return (BYTE_ORDER_MARK + csv_lines(chain((table.heads,), table.rows))).encode()


def harmless(cell: str) -> str:
    """Return the text of a cell so that it stays text: an apostrophe before what would not."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def xlsx_file(table: Table) -> bytes:
    """Return a table as a workbook of one sheet, whose head stays in sight.

    Every text is written as text in a cell for text, so that none is run as a formula, neither when
    the file is opened nor when somebody edits the cell. Rows are taken one by one: a long list is
    never held as a whole.
    """
    from openpyxl import Workbook  # noqa: PLC0415  # large, and few pages give out a workbook
    from openpyxl.styles import Font  # noqa: PLC0415  # the same
    from openpyxl.utils import get_column_letter  # noqa: PLC0415  # the same

    rows = iter(table.rows)
    first = list(islice(rows, ROWS_MEASURED))
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_NOT_IN_TITLES.sub(" ", table.title)[:LONGEST_TITLE])
    sheet.freeze_panes = "A2"
    for place, width in enumerate(_widths(table.heads, first), 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    heads = [_text(sheet, head) for head in table.heads]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    count = 0
    for count, row in enumerate(chain(first, rows), 1):  # noqa: B007  # how many there were
        sheet.append([_text(sheet, cell) if isinstance(cell, str) else cell for cell in row])
    if count:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.heads))}{count + 1}"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _text(sheet: Any, text: str) -> Any:
    """Return a cell that holds this text and nothing else, whatever it begins with."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415  # loaded by now
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415  # the same
    from openpyxl.styles import Alignment  # noqa: PLC0415  # the same

    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_CELL])
    cell.data_type = "s"
    cell.number_format = TEXT
    cell.alignment = Alignment(vertical="top", wrap_text="\n" in text)
    return cell


def _widths(heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[int]:
    """Return how wide columns are, from the head and the first rows."""
    measured = [heads, *rows]
    return [
        min(WIDEST, max(NARROWEST, 2 + max(_width(str(row[place])) for row in measured)))
        for place in range(len(heads))
    ]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(symbol) in WIDE else 1 for symbol in text)
