"""Reads a table in a process of its own, with limits; standard input to standard output.

It is started by its path and knows nothing of the product: what a hostile file can make it do ends
with this process. The first line of the input is a JSON object with ``kind`` (``xlsx`` or ``text``)
and the limits; the rest is the file. The answer is one JSON object, see ``reading``.
"""

from __future__ import annotations

import csv
import io
import json
import re
import resource
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

LARGEST_WHOLE = 10**15
"""Excel keeps fifteen digits of a number; what is longer has lost its end."""
LONGEST_CELL = 5_000
MERGED_AT_MOST = 20_000
"""Cells filled from merged ones, of all sheets of a file together."""
ANSWER_AT_MOST = 20_000_000
"""Characters of all cells together: one long text in many cells costs little until it is told."""
DELIMITERS = "\t,;|"
CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?<!/)>(.*?)</(?:\w+:)?c>", re.DOTALL)
ERROR = re.compile(rb"\bt=[\"']e[\"']")
FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
SHOWN = re.compile(rb"<(?:\w+:)?(?:v|t)\b[^>]*>[^<]")
PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
CUT_NUMBER = re.compile(r"\d(\.\d+)?E\+\d+", re.IGNORECASE)

Flags = dict[str, str]


class CannotRead(Exception):
    """The file is not what it seems; the message is a code."""


def main() -> None:
    head = sys.stdin.buffer.readline()
    asked: dict[str, Any] = json.loads(head)
    memory = asked["memory_bytes"]
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (asked["cpu_s"], asked["cpu_s"] + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    content = sys.stdin.buffer.read()
    try:
        answer = workbook(content, asked) if asked["kind"] == "xlsx" else text(content, asked)
        refuse_long(answer)
    except CannotRead as problem:
        answer = {"problem": str(problem)}
    except MemoryError:
        answer = {"problem": "too_much"}
    json.dump(answer, sys.stdout, ensure_ascii=True, separators=(",", ":"))


def refuse_long(answer: dict[str, Any]) -> None:
    """Refuse a table whose cells would be too much to tell."""
    sheets = answer.get("sheets", [])
    told = sum(len(cell) for sheet in sheets for row in sheet.get("rows", []) for cell in row)
    if told > ANSWER_AT_MOST:
        raise CannotRead("too_much")


def workbook(content: bytes, asked: dict[str, Any]) -> dict[str, Any]:
    """Return every sheet of an XLSX file."""
    import python_calamine as calamine  # noqa: PLC0415  # after the limits are set

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    except calamine.PasswordError:
        raise CannotRead("password") from None
    except calamine.CalamineError:
        raise CannotRead("broken") from None
    parts = sheet_parts(content)
    sheets = []
    fill = Fill()
    for number, about in enumerate(book.sheets_metadata):
        if about.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        try:
            sheet = book.get_sheet_by_index(number)
        except calamine.CalamineError:
            raise CannotRead("broken") from None
        is_hidden = about.visible != calamine.SheetVisibleEnum.Visible
        told = {"name": about.name, "is_hidden": is_hidden}
        sheets.append(one_sheet(sheet, told, parts.get(about.name, b""), asked, fill))
    return {"sheets": sheets, "encoding": "", "delimiter": ""}


class Fill:
    """How many cells may still be filled from merged ones, in the whole file."""

    def __init__(self) -> None:
        self.left = MERGED_AT_MOST

    def takes(self, cells: int) -> bool:
        """Return whether there is room for so many more, and take it."""
        self.left -= min(cells, self.left + 1)
        return self.left >= 0


def one_sheet(
    sheet: Any, about: dict[str, Any], xml: bytes, asked: dict[str, Any], fill: Fill
) -> dict[str, Any]:
    """Return what stands in a sheet; ``about`` is its name and whether it is hidden."""
    flags: Flags = {}
    rows: list[list[str]] = []
    start = sheet.start or (0, 0)
    for number, cells in enumerate(sheet.iter_rows(), start[0]):
        while len(rows) < number:
            rows.append([])
        padded = [""] * start[1] + [
            shown(c, number, at, flags) for at, c in enumerate(cells, start[1])
        ]
        rows.append(padded)
        if number >= asked["rows"] and any(padded):
            return about | {"problem": "too_many_rows"}
    merged = fill_merged(rows, sheet.merged_cell_ranges or [], flags, fill)
    note_formulas(rows, xml, flags)
    return about | finished(rows, merged, flags, asked)


def finished(
    rows: list[list[str]], merged: list[list[int]], flags: Flags, asked: dict[str, Any]
) -> dict[str, Any]:
    """Return a sheet without the empty rows and columns at its end."""
    for row in rows:
        while row and not row[-1].strip():
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    if len(rows) > asked["rows"]:
        return {"problem": "too_many_rows"}
    if max(map(len, rows), default=0) > asked["columns"]:
        return {"problem": "too_many_columns"}
    return {"rows": rows, "merged": merged, "flags": flags}


def shown(cell: Any, row: int, column: int, flags: Flags) -> str:
    """Return a cell as text; what is odd about it goes into ``flags``."""
    if isinstance(cell, str):
        text = cell
    elif isinstance(cell, bool):
        text = "TRUE" if cell else "FALSE"
    elif isinstance(cell, int | float):
        text = number_text(cell)
        if abs(cell) >= LARGEST_WHOLE:
            flags[f"{row},{column}"] = "lost"
    elif isinstance(cell, datetime):
        text = cell.isoformat(" ", "minutes") if cell.time() != time() else cell.date().isoformat()
    elif isinstance(cell, date | time):
        text = cell.isoformat()
    elif isinstance(cell, timedelta):
        text = str(cell)
    else:
        text = ""
    return checked(text, row, column, flags)


def checked(text: str, row: int, column: int, flags: Flags) -> str:
    if len(text) > LONGEST_CELL:
        flags[f"{row},{column}"] = "long"
        return text[:LONGEST_CELL]
    if text.startswith("#") and text.rstrip("!?").upper() in ERRORS:
        flags[f"{row},{column}"] = "error"
    elif CUT_NUMBER.fullmatch(text.strip()):
        flags[f"{row},{column}"] = "lost"
    return text


ERRORS = {"#REF", "#N/A", "#VALUE", "#NAME", "#DIV/0", "#NUM", "#NULL"}


def number_text(number: float) -> str:
    """Return a number as a person wrote it: whole ones without a point, no exponent."""
    if isinstance(number, int) or number.is_integer():
        return str(int(number))
    short = f"{number:.15g}"
    return short if "e" not in short else f"{number:.15f}".rstrip("0")


def fill_merged(rows: list[list[str]], ranges: Any, flags: Flags, fill: Fill) -> list[list[int]]:
    """Put the text of merged cells into each of them; return the ranges, cut to what is used."""
    width = max(map(len, rows), default=0)
    kept = []
    for (top, left), (bottom, right) in ranges:
        if top >= len(rows) or left >= width:
            continue
        below, beside = min(bottom, len(rows) - 1), min(right, width - 1)
        kept.append([top, left, below, beside])
        text = rows[top][left] if left < len(rows[top]) else ""
        if not text or not fill.takes((below - top + 1) * (beside - left + 1)):
            continue
        for row in range(top, below + 1):
            rows[row].extend([""] * (beside + 1 - len(rows[row])))
            for column in range(left, beside + 1):
                if (row, column) != (top, left):
                    rows[row][column] = text
                    flags.setdefault(f"{row},{column}", "merged")
    return kept


def sheet_parts(content: bytes) -> dict[str, bytes]:
    """Return the XML of each sheet by the sheet's name, where it holds a formula."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = {name.lower(): name for name in archive.namelist()}
        book = archive.read(names["xl/workbook.xml"]) if "xl/workbook.xml" in names else b""
        links = names.get("xl/_rels/workbook.xml.rels")
        targets = _targets(archive.read(links)) if links else {}
        found = {}
        for name, link in _sheet_links(book):
            path = names.get(targets.get(link, "").lower())
            if path is None:
                continue
            xml = archive.read(path)
            if FORMULA.search(xml) or ERROR.search(xml):
                found[name] = xml
        return found


def _targets(xml: bytes) -> dict[str, str]:

    return {part.attrib.get("Id", ""): _whole(part.attrib.get("Target", "")) for part in _tree(xml)}


def _tree(content: bytes) -> Any:
    """Return the parsed XML; only here, behind limits, and expat refuses blown-up entities."""
    import xml.etree.ElementTree as ET  # noqa: PLC0415  # after the limits are set

    try:
        return ET.fromstring(content)  # noqa: S314  # see above
    except ET.ParseError:
        raise CannotRead("broken") from None


def _whole(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _sheet_links(xml: bytes) -> list[tuple[str, str]]:

    if not xml:
        return []
    return [
        (node.attrib.get("name", ""), value)
        for node in _tree(xml).iter()
        if node.tag.endswith("}sheet")
        for key, value in node.attrib.items()
        if key.endswith("}id")
    ]


def note_formulas(rows: list[list[str]], xml: bytes, flags: Flags) -> None:
    """Mark the cells that are reckoned: with what they show, as showing nothing, or an error."""
    for cell in CELL.finditer(xml):
        about, inner = cell.groups()
        place = PLACE.search(about)
        is_error = ERROR.search(about) is not None
        if place is None or not (is_error or FORMULA.search(inner)):
            continue
        row, column = int(place[2]) - 1, column_of(place[1].decode())
        is_shown = SHOWN.search(inner) is not None and not is_error
        if is_shown and row < len(rows) and column < len(rows[row]) and rows[row][column]:
            flags.setdefault(f"{row},{column}", "formula")
        elif row < 10 * len(rows) + 100:
            while len(rows) <= row:
                rows.append([])
            rows[row].extend([""] * (column + 1 - len(rows[row])))
            flags[f"{row},{column}"] = "error" if is_error else "formula_empty"


def column_of(letters: str) -> int:
    """Return the place of a column, counted from 0."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1


def text(content: bytes, asked: dict[str, Any]) -> dict[str, Any]:
    """Return the one sheet of a text file."""
    decoded, encoding, is_damaged = decoded_text(content)
    if "\x00" in decoded:
        raise CannotRead("not_text")
    delimiter = asked.get("delimiter") or likely_delimiter(decoded)
    csv.field_size_limit(2_000_000)
    flags: Flags = {}
    rows: list[list[str]] = []
    try:
        for number, cells in enumerate(
            csv.reader(io.StringIO(decoded, newline=""), delimiter=delimiter)
        ):
            rows.append([checked(cell, number, at, flags) for at, cell in enumerate(cells)])
            if len(rows) > asked["rows"] and any(map(str.strip, cells)):
                return {"sheets": [{"name": "", "is_hidden": False, "problem": "too_many_rows"}]}
    except csv.Error:
        raise CannotRead("broken") from None
    for number, cells in enumerate(rows):
        for at, cell in enumerate(cells):
            if "\ufffd" in cell:
                flags[f"{number},{at}"] = "undecoded"
    sheet = {"name": "", "is_hidden": False} | finished(rows, [], flags, asked)
    return {
        "sheets": [sheet], "encoding": encoding, "delimiter": delimiter, "is_damaged": is_damaged,
    }  # fmt: skip


def decoded_text(content: bytes) -> tuple[str, str, bool]:
    """Return text, the name of its encoding, and whether a character could not be read."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(encoding, "replace"), encoding, False
    for encoding in ("utf-8", "gb18030"):
        try:
            return content.decode(encoding), encoding, False
        except UnicodeDecodeError:
            continue
    # Damaged in some place: the encoding that reads more of it.
    tries = [(content.decode(name, "replace"), name) for name in ("utf-8", "gb18030")]
    best = min(tries, key=lambda one: one[0].count("\ufffd"))
    return best[0], best[1], True


def likely_delimiter(decoded: str) -> str:
    """Return what parts the cells: the sign that occurs equally often in the first lines."""
    lines = [line for line in decoded[:100_000].splitlines() if line.strip()][:20]
    counts = {sign: [line.count(sign) for line in lines] for sign in DELIMITERS}
    steady = {
        sign: (sum(found) > 0, -len(set(found)), sum(found)) for sign, found in counts.items()
    }
    return max(DELIMITERS, key=lambda sign: steady[sign])


if __name__ == "__main__":
    main()
