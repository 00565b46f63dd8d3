"""A command asks for the right itself: a page that forgot to ask would open nothing."""

from __future__ import annotations

import pytest

from tests.rights.commands import (
    Trial,
    commands_of_people,
    is_let_through,
    people,
    rows_of,
    trials,
)
from tests.rights.matrix import Matrix


def test_every_command_of_a_person_is_in_the_table_for_every_row() -> None:
    wanted = {
        (name, row) for name, command in commands_of_people().items() for row in rows_of(command)
    }

    assert {(trial.name, trial.row) for trial in trials()} == wanted


@pytest.mark.parametrize("role", people())
def test_a_command_lets_through_whom_the_table_names_and_nobody_else(
    matrix: Matrix, role: str
) -> None:
    def is_right(trial: Trial) -> bool:
        answer = is_let_through(matrix.world, trial.name, trial.row, role)
        return answer == (role in trial.allowed)

    assert [trial for trial in trials() if not is_right(trial)] == []
