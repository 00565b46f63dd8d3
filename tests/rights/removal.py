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
from functools import partial

from tests.rights.commands import is_let_through, people, trials
from tests.rights.expectations import ROLES, Cell, cells_of
from tests.rights.guards import Guard
from tests.rights.matrix import Matrix, listening, undone
from tests.rights.probes import RULES, Rule
from tests.rights.rewriting import Code, watched

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
    """Return every question: of the matrix, without a token, of commands, and the small ones."""
    cells = [cell for role in ROLES for cell in cells_of(role)]
    return [
        *cell_probes(matrix, cells),
        *token_probes(matrix, cells),
        *_command_probes(matrix),
        *(_rule_probe(matrix, rule) for rule in RULES),
    ]


def cell_probes(matrix: Matrix, cells: Sequence[Cell]) -> list[Probe]:
    """Return the questions of cells."""
    return [_cell_probe(matrix, cell) for cell in cells]


def token_probes(matrix: Matrix, cells: Sequence[Cell]) -> list[Probe]:
    """Return the writes among cells that are allowed, sent without the token of their form."""
    return [
        _token_probe(matrix, cell)
        for cell in cells
        if cell.method == "POST" and cell.is_allowed and cell.row in {"-", "own"}
    ]


def _command_probes(matrix: Matrix) -> list[Probe]:
    """Return the questions that are put to commands, where no page is between."""

    def problems(name: str, row: str, role: str, *, is_allowed: bool) -> list[str]:
        answer = is_let_through(matrix.world, name, row, role)
        return [] if answer == is_allowed else [f"{name}, {row}, {role}: {answer}"]

    return [
        Probe(
            f"{trial.name}, {trial.row}, {role}",
            partial(problems, trial.name, trial.row, role, is_allowed=role in trial.allowed),
        )
        for trial in trials()
        for role in people()
    ]


def _rule_probe(matrix: Matrix, rule: Rule) -> Probe:
    sentence = rule.__name__.replace("_", " ")

    def problems() -> list[str]:
        with undone(), listening():
            return [] if rule(matrix) else [f"not true: {sentence}"]

    return Probe(sentence, problems)


def _cell_probe(matrix: Matrix, cell: Cell) -> Probe:
    return Probe(str(cell), lambda: matrix.problems_of(cell), cell.address)


def _token_probe(matrix: Matrix, cell: Cell) -> Probe:
    def problems() -> list[str]:
        status = matrix.ask(cell, token=False).status
        return [] if status == 403 else [f"{cell} without token: {status}"]

    return Probe(f"{cell} without token", problems, cell.address)


class Trial:
    """The probes, and which functions each of them runs.

    ``wrong`` is what was answered otherwise than it must be before anything was removed; ``forget``
    is called after each removal, for what the probes remember of earlier answers.
    """

    def __init__(
        self,
        probes: Sequence[Probe],
        guards: Sequence[Guard],
        forget: Callable[[], None] = lambda: None,
    ) -> None:
        self.guards = guards
        self.forget = forget
        self.probes = list(probes)
        random.Random(7).shuffle(self.probes)  # noqa: S311  # an order, no secret
        self.runs: dict[str, frozenset[Code]] = {}
        self.wrong: list[str] = []
        with watched({code for guard in guards for code in guard.codes}) as seen:
            for probe in self.probes:
                seen.clear()
                self.wrong += probe.problems()
                self.runs[probe.name] = frozenset(seen)

    def removals(self) -> Iterator[Removal]:
        """Remove each guard in turn."""
        for guard in self.guards:
            asked = self._about(guard)
            yield Removal(guard, noticed(guard, asked, self.forget), len(asked))

    def _about(self, guard: Guard) -> list[Probe]:
        """Return the probes that a guard takes part in."""
        if guard.codes:
            return [probe for probe in self.probes if guard.codes & self.runs[probe.name]]
        if guard.address:
            return [p for p in self.probes if p.address.partition("/")[0] == guard.address]
        return self.probes


def noticed(
    guard: Guard, probes: Sequence[Probe], forget: Callable[[], None] = lambda: None
) -> str:
    """Return what notices first that the guard is gone, asked in a child process; or nothing."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        answer = b"the child broke"
        try:
            guard.remove()
            forget()
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
