"""The list as it was sent, as a workbook in which every faulty cell is red and says why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from shuniu.zone.kernel.importing.checking import CheckedRow
from shuniu.zone.kernel.importing.kinds import Becomes, Finding
from shuniu.zone.kernel.importing.layout import Layout
from shuniu.zone.kernel.importing.reading import read, run_child

CHILD = Path(__file__).with_name("marking_child.py")


def marked_file(
    file_type: str, content: bytes, layout: Layout, rows: Sequence[CheckedRow], delimiter: str
) -> bytes:
    """Return the workbook; made in a child process, as the list was read in one.

    Raises
    ------
    Unreadable
        If the workbook cannot be written again.
    """
    words = {
        Becomes.NEW: _("new"), Becomes.CHANGED: _("changed"), Becomes.SAME: _("unchanged"),
        Becomes.FAULTY: _("faulty, left out"),
    }  # fmt: skip
    asked: dict[str, Any] = {
        "sheet": layout.sheet,
        "head": layout.head + layout.depth - 1 if layout.head >= 0 else -1,
        "heading": _("Result of the check"),
        "rows": [_marked(one, layout.columns, words[one.verdict.becomes]) for one in rows],
    }
    if file_type != "xlsx":
        book = read(content, delimiter=delimiter)
        asked["table"] = [list(row) for row in book.sheets[0].rows]
        content = b""
    return run_child(CHILD, asked, content)


def _marked(one: CheckedRow, columns: tuple[str, ...], word: str) -> dict[str, Any]:
    """Return the number of a row, its result in words, and the words for single cells."""
    cells: dict[int, str] = {}
    general = []
    for finding in one.verdict.faults:
        text = _words(finding)
        if finding.field in columns:
            place = columns.index(finding.field)
            cells[place] = f"{cells[place]}\n{text}" if place in cells else text
        general.append(text)
    result = f"{word}：{' '.join(general)}" if general else word
    return {"row": one.row.number, "result": result[:1_000], "cells": cells}


def _words(finding: Finding) -> str:
    return f"{finding.says} {finding.advice}".strip()
