"""The list as it was sent, as a workbook in which every faulty cell is red and says why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from shuniu.zone.kernel.importing.checking import CheckedRow
from shuniu.zone.kernel.importing.kinds import Becomes, ListKind
from shuniu.zone.kernel.importing.layout import Layout
from shuniu.zone.kernel.importing.reading import read, run_child
from shuniu.zone.kernel.importing.wording import worded

CHILD = Path(__file__).with_name("marking_child.py")


CPU_S = 90
WALL_S = 180
"""Longer than the CPU time: the limit that says why comes first. The worker's lease is longer."""


def marked_file(
    content: bytes,
    *,
    file_type: str,
    delimiter: str,
    kind: ListKind,
    layout: Layout,
    rows: Sequence[CheckedRow],
    aside: Sequence[int],
) -> bytes:
    """Return the workbook; made in a child process, as the list was read in one.

    ``aside`` are the numbers of rows that are no entries.

    Raises
    ------
    Unreadable
        If the workbook cannot be written again.
    """
    asked: dict[str, Any] = {
        "cpu_s": CPU_S,
        "sheet": layout.sheet,
        "head": layout.head + layout.depth - 1 if layout.head >= 0 else -1,
        "heading": _("Result of the check"),
        "rows": [
            *(_marked(one, kind, layout.columns) for one in rows),
            *({"row": row, "result": _("no entry, left aside"), "cells": {}} for row in aside),
        ],
    }
    if file_type != "xlsx":
        book = read(content, delimiter=delimiter)
        asked["table"] = [list(row) for row in book.sheets[0].rows]
        content = b""
    return run_child(CHILD, asked, content, wall_s=WALL_S)


def _marked(one: CheckedRow, kind: ListKind, columns: tuple[str, ...]) -> dict[str, Any]:
    """Return the number of a row, its result in words, and the words for single cells."""
    words = {
        Becomes.NEW: _("new"), Becomes.CHANGED: _("changed"), Becomes.SAME: _("unchanged"),
        Becomes.FAULTY: _("faulty, left out"),
    }  # fmt: skip
    word = words[one.verdict.becomes]
    cells: dict[int, str] = {}
    general = []
    for finding in one.verdict.faults:
        said = worded(kind, finding)
        text = f"{said.says} {said.advice}".strip()
        if finding.field in columns:
            place = columns.index(finding.field)
            cells[place] = f"{cells[place]}\n{text}" if place in cells else text
        general.append(text)
    result = f"{word}：{' '.join(general)}" if general else word
    return {
        "row": one.row.number, "result": result[:1_000], "cells": cells, "is_faulty": bool(general),
    }  # fmt: skip
