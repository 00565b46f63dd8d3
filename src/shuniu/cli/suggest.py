"""``shuniu suggest``: partners for supply and demand inside the zone.

A plain baseline: a hand-written table of goods and their users, and the likeness of texts.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shuniu.cli.lines import BadLine, Row, answer_lines, text_of
from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.tradematch.problem import Case, Enterprise, Kind
from shuniu.engines.tradematch.suggest import Zone, suggest

TRADE_HELP = """\
Rank buyers for goods on offer and sellers for goods asked for, with reasons.

This is a plain baseline: what enterprises say about themselves, a hand-written table of goods and
their users, and the likeness of texts."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the kinds of suggestions and what each takes."""
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
    trade = kinds.add_parser(
        "trade",
        help="buyers and sellers in the zone (plain baseline)",
        description=TRADE_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    trade.add_argument(
        "--enterprises", type=Path, required=True, help="JSON lines, an enterprise each"
    )
    trade.add_argument(
        "--cases", type=Path, help="JSON lines, a case each (default: standard input)"
    )
    trade.add_argument(
        "--top", type=_count, default=5, help="suggestions for each case at most (default: 5)"
    )
    trade.add_argument("--out", type=Path, help="write there instead of standard output")
    trade.add_argument("--profile", default="haimen", help="zone profile (not asked by this one)")


def run(arguments: argparse.Namespace) -> int:
    """Answer each case; return 1 if a case was bad or the enterprises cannot be read."""
    arguments.files = [arguments.cases] if arguments.cases else []
    try:
        register = _register(arguments.enterprises)
        status = answer_lines(arguments, lambda row: _answer(register, row, arguments.top))
    except (InvalidProblem, UnicodeDecodeError) as bad:
        print(f"{arguments.enterprises}: {bad}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    return max(status, register.has_bad_lines)


@dataclass(frozen=True, slots=True)
class _Register:
    """The enterprises that could be read, and their ids as they were written."""

    zone: Zone
    written_ids: Mapping[str, str | int]
    has_bad_lines: bool


def _answer(register: _Register, row: Row, top: int) -> Row:
    try:
        answer = suggest(register.zone, _case(row), top)
    except InvalidProblem as invalid:
        raise BadLine(str(invalid)) from None
    written = register.written_ids
    suggestions = [
        {"id": written[one.enterprise_id], "score": one.score, "reasons": list(one.reasons)}
        for one in answer.suggestions
    ]
    return {
        "id": row.get("id"),
        "suggestions": suggestions,
        "competitors": [written[one] for one in answer.competitors],
    }


def _case(row: Row) -> Case:
    kind = row.get("kind")
    if kind not in list(Kind):
        raise BadLine(f"kind is {kind!r}; it must be supply or demand")
    product = row.get("product")
    if product is not None and not isinstance(product, str):
        raise BadLine("product: a text is needed")
    poster = row.get("poster")
    if isinstance(poster, bool) or not isinstance(poster, str | int):
        raise BadLine("poster: the id of an enterprise is needed")
    return Case(Kind(kind), str(poster), text_of(row), product or "")


def _register(path: Path) -> _Register:
    """Read the enterprises; a line that cannot be used is told and left out."""
    enterprises: list[Enterprise] = []
    written_ids: dict[str, str | int] = {}
    has_bad_lines = False
    with path.open(encoding="utf-8-sig") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                enterprise, written = _enterprise(line, f"line {number}")
            except (BadLine, InvalidProblem) as bad:
                print(f"{path}: {bad}", file=sys.stderr)
                has_bad_lines = True
                continue
            enterprises.append(enterprise)
            written_ids[enterprise.id] = written
    return _Register(Zone(enterprises), written_ids, has_bad_lines)


def _enterprise(line: str, where: str) -> tuple[Enterprise, str | int]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise BadLine(f"{where}: not JSON: {error}") from None
    written = row.get("id") if isinstance(row, dict) else None
    if isinstance(written, bool) or not isinstance(written, str | int):
        raise BadLine(f"{where}: an object with a text or a whole number as id is needed")
    employees = row.get("employees")
    if employees is not None and type(employees) is not int:
        raise BadLine(f"{where}: employees is {employees!r}; it must be a whole number")
    enterprise = Enterprise(
        id=str(written),
        name=_text(row, "name", where) or "",
        industry_code=_text(row, "industry_code", where) or None,
        scope=_text(row, "scope", where) or "",
        products=_texts(row, "products", where),
        inputs=_texts(row, "inputs", where),
        employees=employees,
        above_scale=row.get("above_scale") is True,
    )
    return enterprise, written


def _text(row: dict[str, Any], key: str, where: str) -> str | None:
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise BadLine(f"{where}: {key} is {value!r}; it must be a text")
    return value


def _texts(row: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    values = row.get(key) or []
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise BadLine(f"{where}: {key} must be a list of texts")
    return tuple(values)


def _count(word: str) -> int:
    value = int(word)
    if value < 0:
        raise argparse.ArgumentTypeError(f"{word}: a whole number from 0 on is needed")
    return value
