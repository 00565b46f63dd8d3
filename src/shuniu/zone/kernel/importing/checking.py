"""From the rows of a sheet to verdicts: what the file itself does wrong, and what the kind says."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from shuniu.zone.kernel.importing.kinds import (
    Becomes,
    Change,
    Errand,
    Finding,
    ListKind,
    SourceRow,
    Verdict,
)
from shuniu.zone.kernel.importing.layout import Layout, source_rows
from shuniu.zone.kernel.importing.reading import Sheet
from shuniu.zone.kernel.importing.wording import FLAWS, FORMULA


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A row as it was read, and its verdict."""

    row: SourceRow
    verdict: Verdict


def checked_rows(
    sheet: Sheet, layout: Layout, kind: ListKind, errand: Errand
) -> tuple[CheckedRow, ...]:
    """Return every row with what would become of it."""
    rows = source_rows(sheet, layout, kind)
    verdicts = kind.check(rows, errand)
    places = {key: place for place, key in enumerate(layout.columns) if key}
    return tuple(
        CheckedRow(row, _with_flags(verdict, sheet, places, row.number))
        for row, verdict in zip(rows, verdicts, strict=True)
    )


def _with_flags(verdict: Verdict, sheet: Sheet, places: dict[str, int], number: int) -> Verdict:
    """Return the verdict with what is wrong with the cells themselves, which comes first."""
    flags = {
        key: flag
        for key, place in places.items()
        if (flag := sheet.flags.get((number - 1, place))) is not None
    }
    if not flags:
        return verdict
    flaws = tuple(Finding(key, flag) for key, flag in flags.items() if flag in FLAWS)
    noted = tuple(Finding(key, FORMULA) for key, flag in flags.items() if flag == FORMULA)
    if not flaws:
        return replace(verdict, notes=verdict.notes + noted)
    told = {one.field for one in flaws}
    others = tuple(one for one in verdict.faults if one.field not in told)
    return replace(
        verdict, becomes=Becomes.FAULTY, faults=flaws + others, notes=verdict.notes + noted,
        changes=(),
    )  # fmt: skip


def packed(checked: CheckedRow) -> str:
    """Return a row and its verdict as text."""
    verdict = checked.verdict
    return json.dumps(
        {
            "cells": dict(checked.row.cells),
            "title": verdict.title,
            "values": dict(verdict.values),
            "faults": [asdict(one) for one in verdict.faults],
            "notes": [asdict(one) for one in verdict.notes],
            "changes": [asdict(one) for one in verdict.changes],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def unpacked(number: int, becomes: str, body: str) -> CheckedRow:
    """Return the row and the verdict that ``packed`` made a text of."""
    given = json.loads(body)
    verdict = Verdict(
        number=number,
        becomes=Becomes(becomes),
        title=given["title"],
        values=given["values"],
        faults=tuple(Finding(**one) for one in given["faults"]),
        notes=tuple(Finding(**one) for one in given["notes"]),
        changes=tuple(Change(**one) for one in given["changes"]),
    )
    return CheckedRow(SourceRow(number, given["cells"]), verdict)


def still_so(seen: Sequence[CheckedRow], now: Sequence[Verdict]) -> list[bool]:
    """Return for each row whether it would still become what a person was shown."""
    return [
        (one.verdict.becomes, one.verdict.changes, dict(one.verdict.values))
        == (other.becomes, other.changes, dict(other.values))
        for one, other in zip(seen, now, strict=True)
    ]
