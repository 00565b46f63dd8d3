"""Marks cells of a workbook in a process of its own, with limits; see ``child``.

The first line of the input is a JSON object (``cpu_s``, ``sheet``, ``head``, ``heading``, ``rows``,
and ``table`` where the list was no workbook), the rest the workbook. The answer is the workbook.
"""

from __future__ import annotations

import io
import json
import re
import resource
import sys
import zipfile
from typing import Any

MEMORY_BYTES = 1_500_000_000
FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
LONGEST_COMMENT = 500


def main() -> None:
    head = sys.stdin.buffer.readline()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    asked: dict[str, Any] = json.loads(head)
    resource.setrlimit(resource.RLIMIT_CPU, (asked["cpu_s"], asked["cpu_s"] + 1))
    sys.stdout.buffer.write(marked(sys.stdin.buffer.read(), asked))


def marked(content: bytes, asked: dict[str, Any]) -> bytes:
    """Return the workbook with its faulty cells marked and no formula in it."""
    import openpyxl  # noqa: PLC0415  # after the limits are set

    if "table" in asked:
        book = openpyxl.Workbook()
        sheet = book.active
        for number, cells in enumerate(asked["table"], 1):
            for column, text in enumerate(cells, 1):
                if text:
                    put(sheet, number, column, text)
    else:
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
        show_formulas(book, content)
        sheet = book.worksheets[asked["sheet"]]
    last = max(sheet.max_column, 1)
    mark(sheet, asked, last + 1)
    if asked["head"] >= 0:
        put(sheet, asked["head"] + 1, last + 1, asked["heading"])
    without_formulas(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def show_formulas(book: Any, content: bytes) -> None:
    """Write a formula as a text where the file does not say what it shows: nothing may vanish."""
    import openpyxl  # noqa: PLC0415  # after the limits are set

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [one for one in archive.namelist() if one.startswith("xl/worksheets/")]
        if not any(FORMULA.search(archive.read(name)) for name in names):
            return
    written = openpyxl.load_workbook(io.BytesIO(content), keep_links=False)
    for shown, sheet in zip(book.worksheets, written.worksheets, strict=True):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f" and shown.cell(cell.row, cell.column).value is None:
                    text = getattr(cell.value, "text", cell.value)  # of a matrix formula
                    put(shown, cell.row, cell.column, str(text or "="))


def mark(sheet: Any, asked: dict[str, Any], column: int) -> None:
    from openpyxl.cell.cell import MergedCell  # noqa: PLC0415  # after the limits are set
    from openpyxl.comments import Comment  # noqa: PLC0415  # the same
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415  # the same
    from openpyxl.utils import get_column_letter  # noqa: PLC0415  # the same

    red = PatternFill("solid", fgColor="F8B4B4")
    for row in asked["rows"]:
        cell = put(sheet, row["row"], column, row["result"])
        cell.alignment = Alignment(wrap_text=False, vertical="top")
        for place, words in row["cells"].items():
            faulty = sheet.cell(row["row"], int(place) + 1)
            if isinstance(faulty, MergedCell):
                continue
            faulty.fill = red
            note = Comment(words[:LONGEST_COMMENT], "Shuniu")
            note.width, note.height = 320, 110
            faulty.comment = note
        if row["cells"] or row.get("is_faulty"):
            cell.font = Font(color="B42318", bold=True)
    sheet.column_dimensions[get_column_letter(column)].width = 70


def put(sheet: Any, row: int, column: int, text: str) -> Any:
    """Write a text that stays one, whatever sign it begins with."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415  # after the limits are set

    cell = sheet.cell(row, column)
    cell.value = ILLEGAL_CHARACTERS_RE.sub(" ", text)[:32_000]
    if cell.data_type == "f":
        cell.data_type = "s"
    return cell


def without_formulas(book: Any) -> None:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    cell.value, cell.data_type = str(cell.value), "s"


if __name__ == "__main__":
    main()
