"""Removing one guard after the other, and asking who notices.

Each guard is removed in a child process of its own that has the same world in memory; there the
questions are asked that the guard takes part in, until one is answered otherwise than it must be.
"""

from __future__ import annotations

import os
import random
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tests.rights.expectations import ROLES, Cell, cells_of
from tests.rights.guards import Code, Guard, watch
from tests.rights.matrix import Matrix

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Probe:
    """A question with a known answer; ``problems`` returns what is wrong with the answer."""

    name: str
    problems: Callable[[], list[str]]
    address: str = ""


@dataclass(frozen=True, slots=True)
class Removal:
    """What came of removing a guard: the first probe that noticed, or nothing."""

    guard: Guard
    noticed_by: str
    asked: int


def probes_of(matrix: Matrix) -> list[Probe]:
    """Return every question of the matrix, and the writes without their token."""
    found = []
    for role in ROLES:
        for cell in cells_of(role):
            found.append(_cell_probe(matrix, cell))
            if cell.method == "POST" and cell.is_allowed and cell.row in {"-", "own"}:
                found.append(_token_probe(matrix, cell))
    return found


def _cell_probe(matrix: Matrix, cell: Cell) -> Probe:
    return Probe(str(cell), lambda: matrix.problems_of(cell), cell.address)


def _token_probe(matrix: Matrix, cell: Cell) -> Probe:
    def problems() -> list[str]:
        status = matrix.ask(cell, token=False).status
        return [] if status == 403 else [f"{cell} without token: {status}"]

    return Probe(f"{cell} without token", problems, cell.address)


class Trial:
    """The probes, and which functions each of them runs."""

    def __init__(self, probes: Sequence[Probe], guards: Sequence[Guard]) -> None:
        self.guards = guards
        self.probes = list(probes)
        random.Random(7).shuffle(self.probes)  # noqa: S311  # an order, no secret
        self.runs: dict[str, frozenset[Code]] = {}
        self.wrong: list[str] = []
        seen = watch(guards)
        for probe in self.probes:
            seen.clear()
            self.wrong += probe.problems()
            self.runs[probe.name] = frozenset(seen)

    def removals(self) -> Iterator[Removal]:
        """Remove each guard in turn."""
        for guard in self.guards:
            asked = self._about(guard)
            yield Removal(guard, noticed(guard, asked), len(asked))

    def _about(self, guard: Guard) -> list[Probe]:
        """Return the probes that a guard takes part in."""
        if guard.codes:
            return [probe for probe in self.probes if guard.codes & self.runs[probe.name]]
        if guard.address:
            return [p for p in self.probes if p.address.partition("/")[0] == guard.address]
        return self.probes


def noticed(guard: Guard, probes: Sequence[Probe]) -> str:
    """Return what notices first that the guard is gone, asked in a child process; or nothing."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        answer = b"the child broke"
        try:
            guard.remove()
            answer = _first_problem(probes).encode()[:LONGEST_NAME]
        except BaseException:  # noqa: BLE001  # whatever it is, it must not go on as the parent
            traceback.print_exc()
        finally:
            os.write(writer, answer)
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        said = pipe.read().decode(errors="replace")
    os.waitpid(child, 0)
    if said == "the child broke":
        raise RuntimeError(f"{guard.name} could not be removed")
    return said


def _first_problem(probes: Sequence[Probe]) -> str:
    for probe in probes:
        try:
            problems = probe.problems()
        except Exception as error:  # noqa: BLE001  # an answer of 500 is noticed as well
            return f"{probe.name}: {type(error).__name__}"
        if problems:
            return problems[0]
    return ""
