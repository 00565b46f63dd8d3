"""JSON lines in, JSON lines out: one answer for each line, in the same order."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from shuniu.profiles.load import InvalidProfile, load_profile
from shuniu.profiles.schema import Profile

Row = dict[str, Any]
MOST_CHARACTERS = 100_000


class BadLine(ValueError):
    """A line of the input that cannot be answered, with the reason."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what every line command takes."""
    parser.add_argument("files", nargs="*", type=Path, help="JSON lines (default: standard input)")
    parser.add_argument("--out", type=Path, help="write there instead of standard output")
    parser.add_argument("--profile", default="haimen", help="zone profile (default: haimen)")


def profile_of(arguments: argparse.Namespace) -> Profile:
    """Return the profile that was named; leave with what is wrong in it and status 2."""
    try:
        return load_profile(arguments.profile)
    except InvalidProfile as invalid:
        print(invalid, file=sys.stderr)
        sys.exit(2)


def answer_lines(arguments: argparse.Namespace, answer: Callable[[Row], Row]) -> int:
    """Answer each line with ``answer(row)``; return 1 if a line was bad, else 0.

    A bad line gives ``{"id": …, "error": "…"}`` and the rest goes on.
    """
    with _output(arguments) as out:
        return _each(arguments.files, answer, lambda result: _write(out, result))


def answer_together(
    arguments: argparse.Namespace, answer: Callable[[tuple[str, ...]], tuple[Row, ...]]
) -> int:
    """Answer all texts at once where an answer depends on the other lines; else like answer_lines.

    ``answer`` takes the texts of the good lines and gives for each what is written beside its id.
    """
    texts: list[str] = []
    rows: list[Row] = []

    def remember(row: Row) -> Row:
        texts.append(filled_text_of(row))
        rows.append({"id": row.get("id")})
        return rows[-1]

    good_and_bad: list[Row] = []
    status = _each(arguments.files, remember, good_and_bad.append)
    for row, beside in zip(rows, answer(tuple(texts)), strict=True):
        row.update(beside)
    with _output(arguments) as out:
        for row in good_and_bad:
            _write(out, row)
    return status


def filled_text_of(row: Row) -> str:
    """Return the text of ``row``; raise BadLine if there is none or it is empty."""
    text = text_of(row)
    if not text.strip():
        raise BadLine("text: empty")
    if len(text) > MOST_CHARACTERS:
        raise BadLine(f"text: {len(text)} characters; at most {MOST_CHARACTERS}")
    return text


def text_of(row: Row, key: str = "text") -> str:
    """Return the text under ``key``; raise BadLine if there is none."""
    value = row.get(key)
    if not isinstance(value, str):
        raise BadLine(f"{key}: a text is needed")
    return value


def _each(files: list[Path], answer: Callable[[Row], Row], give: Callable[[Row], None]) -> int:
    """Give the answer to each line, or what was wrong with it; return 1 if a line was bad."""
    status = 0
    for line in _lines(files):
        row_id: Any = None
        try:
            row = _row(line)
            row_id = _id_of(row)
            result = answer(row)
        except BadLine as bad:
            result = {"id": row_id, "error": str(bad)}
            status = 1
        give(result)
    return status


def _id_of(row: Row) -> str | int:
    """Return the id of a line; raise BadLine if there is none that an answer could carry."""
    row_id = row.get("id")
    if isinstance(row_id, bool) or not isinstance(row_id, str | int):
        raise BadLine("id: a text or a whole number is needed")
    return row_id


@contextmanager
def _output(arguments: argparse.Namespace) -> Iterator[TextIO]:
    if arguments.out is None:
        yield sys.stdout
        return
    with arguments.out.open("w", encoding="utf-8") as out:
        yield out


def _write(out: TextIO, row: Row) -> None:
    out.write(json.dumps(row, ensure_ascii=False) + "\n")


def _row(line: str) -> Row:
    try:
        row = json.loads(line.removeprefix("\ufeff"), parse_constant=_refuse_constant)
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadLine(f"not JSON: {error}") from None
    if not isinstance(row, dict):
        raise BadLine("not a JSON object")
    return row


def _refuse_constant(name: str) -> None:
    raise BadLine(f"not JSON: {name} is no value")


def _lines(files: list[Path]) -> Iterator[str]:
    """Yield the lines that are not blank; bytes that are not UTF-8 stay in their own line."""
    if not files:
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
        yield from (line for line in sys.stdin if line.strip())
    for path in files:
        try:
            with path.open(encoding="utf-8-sig", errors="replace") as file:
                yield from (line for line in file if line.strip())
        except OSError as error:
            print(f"{path}: {error.strerror}", file=sys.stderr)
            sys.exit(2)
