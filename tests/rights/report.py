"""Run the drill of the guards and print what it asked and found: ``python -m tests.rights.report``.

The tables are those of ``docs/guide/reliability.md``.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pytest

DRILL = ("-q", "-m", "drill", "tests/drills/test_guards.py")


def lines_of(figures: Mapping[str, Any]) -> Iterator[str]:
    """Yield the figures of a drill as two tables and a list."""
    cells = figures["cells_by_role"]
    yield from _table(("asked", "number"), (
        ("addresses", figures["addresses"]),
        ("roles", figures["roles"]),
        ("cells of the matrix", sum(cells.values())),
        *((f"by {method}", number) for method, number in figures["cells_by_method"].items()),
        *((f"as {role}", number) for role, number in cells.items()),
        ("commands, by row and role", figures["commands"]),
        ("small rules", figures["rules"]),
        ("wrong answers", figures["wrong"]),
    ))  # fmt: skip
    guards, noticed = figures["guards"], figures["noticed"]
    kinds = [(kind, number, noticed.get(kind, 0)) for kind, number in guards.items()]
    total = ("all", sum(guards.values()), sum(noticed.values()))
    yield ""
    yield from _table(("guard", "removed", "noticed"), (*kinds, total))
    yield ""
    yield from (f"- not noticed: {name}" for name in figures["survivors"])


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield _row(head)
    yield _row(["---", *("---:" for _column in head[1:])])
    yield from (_row(row) for row in rows)


def _row(columns: Sequence[object]) -> str:
    return "| " + " | ".join(str(column) for column in columns) + " |"


class Reader:
    """Prints the figures of a drill as they come out of its run."""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        figures = dict(report.user_properties).get("figures")
        if report.when == "call" and isinstance(figures, dict):
            sys.stdout.write("\n" + "\n".join(lines_of(figures)) + "\n")


if __name__ == "__main__":
    sys.exit(pytest.main([*DRILL], plugins=[Reader()]))
