"""Tables that leave the product as CSV, for the programs that people open them with."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

BYTE_ORDER_MARK = "\ufeff"
"""Goes before the first line: without it Excel reads Chinese as something else."""

# A cell that begins so is taken for a formula and run by whoever opens the file. The wide forms of
# the signs count as the narrow ones in Chinese editions.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠\t\r\n]")


def csv_lines(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV (RFC 4180), no cell of which is run as a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([[harmless(str(cell)) for cell in row] for row in rows])
    return text.getvalue()


def harmless(cell: str) -> str:
    """Return the text of a cell so that it stays text: an apostrophe before what would not."""
    return f"'{cell}" if _FORMULA.match(cell) else cell
