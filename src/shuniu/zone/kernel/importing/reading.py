"""From an uploaded file to rows of text, with a note on each odd cell."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import filetype

from shuniu.zone.kernel import files

CHILD = Path(__file__).with_name("child.py")
MEMORY_BYTES = 1_000_000_000
CPU_S = 20
WALL_S = 40
MAX_BYTES = 20_000_000
MAX_ROWS = 20_000
"""Rows of a sheet, headings included."""
MAX_COLUMNS = 200
XLSX_MARKS = ("[Content_Types].xml", "xl/workbook.xml")
TEXT_PROBE = 4_096
# Bytes that no text file holds, in whatever encoding of Chinese.
NOT_IN_TEXT = frozenset(range(32)) - {9, 10, 12, 13, 26, 27}


class Unreadable(Exception):
    """A file cannot be taken; ``code`` says why, see ``wording``."""

    def __init__(self, code: str, **places: object) -> None:
        super().__init__(code)
        self.code = code
        self.places = places


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet.

    Attributes
    ----------
    rows
        Text of each cell; row and column count from 0, rows may differ in length.
    merged
        Merged ranges: top, left, bottom, right, all inclusive.
    flags
        What is odd about a cell, by row and column: ``formula`` (its shown value is taken),
        ``formula_empty``, ``lost`` (a number cut by the program), ``long``, ``error``, ``merged``,
        ``undecoded``.
    problem
        Why the sheet cannot be used; empty if it can.
    """

    name: str
    is_hidden: bool
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...]
    flags: dict[tuple[int, int], str]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """A file that was read. ``encoding`` and ``delimiter`` are empty for XLSX."""

    sheets: tuple[Sheet, ...]
    encoding: str
    delimiter: str


def kind_of(content: bytes) -> str:
    """Return ``xlsx`` or ``text`` by the content alone; raise Unreadable for all else."""
    if not content.strip():
        raise Unreadable("empty")
    if content.startswith(b"PK\x03\x04"):
        refuse_bomb(content)
        return "xlsx"
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("old_excel")
    known = filetype.guess_mime(content)
    if known is not None:
        raise Unreadable("other_type")
    probe = content[:TEXT_PROBE]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "text"
    if not NOT_IN_TEXT.isdisjoint(probe):
        raise Unreadable("other_type")
    opened = probe.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if opened.startswith((b"{", b"[", b"<!doctype", b"<html", b"<?xml", b"<table", b"%pdf")):
        raise Unreadable("other_type")
    return "text"


def refuse_bomb(content: bytes) -> None:
    """Refuse an archive by its directory alone: too large, too many, reaching outside, no book."""
    try:
        names = files.names_in_archive(content)
    except files.BrokenArchive:
        raise Unreadable("broken") from None
    except files.HostileArchive:
        raise Unreadable("bomb") from None
    if not names.issuperset(XLSX_MARKS):
        raise Unreadable("other_type")


def read(content: bytes, *, delimiter: str = "") -> Book:
    """Read a file in a child process with limits; raise Unreadable if it cannot be used."""
    kind = kind_of(content)
    asked = {
        "kind": kind, "rows": MAX_ROWS, "columns": MAX_COLUMNS, "delimiter": delimiter,
        "memory_bytes": MEMORY_BYTES, "cpu_s": CPU_S,
    }  # fmt: skip
    answer: dict[str, Any] = json.loads(run_child(CHILD, asked, content))
    if "problem" in answer:
        raise Unreadable(answer["problem"])
    sheets = tuple(_sheet(given) for given in answer["sheets"])
    if not any(sheet.rows or sheet.problem for sheet in sheets):
        raise Unreadable("no_rows")
    return Book(sheets, answer.get("encoding", ""), answer.get("delimiter", ""))


def run_child(
    script: Path, asked: dict[str, Any], content: bytes, *, wall_s: int = WALL_S
) -> bytes:
    """Run one of the scripts beside this file on a content and return what it wrote."""
    try:
        done = subprocess.run(  # noqa: S603  # our own script, by our own interpreter
            [sys.executable, "-I", "-B", str(script)],
            input=json.dumps(asked).encode() + b"\n" + content,
            capture_output=True,
            timeout=wall_s,
            check=False,
            env={"PYTHONIOENCODING": "utf-8", "OPENBLAS_NUM_THREADS": "1"},
        )
    except subprocess.TimeoutExpired:
        raise Unreadable("too_much") from None
    if done.returncode < 0:
        raise Unreadable("too_much")
    if done.returncode:
        raise Unreadable("broken")
    return done.stdout


def _sheet(given: dict[str, Any]) -> Sheet:
    flags = {}
    for place, flag in given.get("flags", {}).items():
        row, _, column = place.partition(",")
        flags[int(row), int(column)] = flag
    return Sheet(
        name=given["name"],
        is_hidden=given["is_hidden"],
        rows=tuple(tuple(row) for row in given.get("rows", ())),
        merged=tuple((a, b, c, d) for a, b, c, d in given.get("merged", ())),
        flags=flags,
        problem=given.get("problem", ""),
    )


def column_letters(column: int) -> str:
    """Return the letters of a column that counts from 0: A, B, … Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
