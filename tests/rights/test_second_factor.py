"""Whoever has given the password alone, and needs more, reaches nothing but the second factor."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shuniu.zone.accounts.policies import needs_second_factor
from shuniu.zone.accounts.queries import roles_of
from tests.rights.expectations import LINES, ROLES, WITH_SECOND_FACTOR, Cell
from tests.rights.matrix import Matrix, session_of

# All that may be open: setting it up, leaving, and how pages look.
OPEN = {
    "accounts:second-factor",
    "accounts:sign-out",
    "kernel:health",
    "kernel:language",
    "kernel:theme",
}
SET_UP = "/account/second-factor/"


def questions_of(role: str) -> list[Cell]:
    """Return one question for each address and method of the table; a page also by part."""
    first = {(line.address, line.method): line for line in reversed(LINES)}
    asked = [
        Cell(line.address, line.row, line.method, role, line.answers[role])
        for line in first.values()
    ]
    return asked + [replace(cell, by_part=True) for cell in asked if cell.method == "GET"]


def by_password_alone(matrix: Matrix, role: str) -> None:
    """Let a role be signed in as after the password."""
    matrix.sessions[role] = session_of(matrix.world.people[role], second_factor=False)


def open_to(matrix: Matrix, role: str) -> set[str]:
    """Return the addresses that answer something else than the way to the second factor."""
    found = set()
    for cell in questions_of(role):
        answer = matrix.ask(cell)
        leads = answer.headers if cell.by_part else answer.location
        if answer.status not in {204, 302} or SET_UP not in leads or answer.body:
            found.add(cell.address)
    return found


@pytest.mark.parametrize("role", WITH_SECOND_FACTOR)
def test_the_password_alone_opens_and_shows_nothing(matrix: Matrix, role: str) -> None:
    by_password_alone(matrix, role)

    assert open_to(matrix, role) - OPEN == set()


def test_who_needs_it_is_asked_and_nobody_else(matrix: Matrix) -> None:
    needing = {
        role
        for role, person in matrix.world.people.items()
        if needs_second_factor(roles_of(person))
    }

    assert needing == set(WITH_SECOND_FACTOR)
    assert set(ROLES) - needing == {"out", "firm", "carrier", "escort", "provider", "investor"}


@pytest.mark.parametrize("role", ["firm", "carrier"])
def test_who_does_not_need_it_is_let_in_by_the_password(matrix: Matrix, role: str) -> None:
    by_password_alone(matrix, role)
    pages = [cell for cell in questions_of(role) if cell.method == "GET" and not cell.by_part]

    answers = {cell: str(matrix.ask(cell).status) for cell in pages}

    assert answers == {cell: cell.expected for cell in pages}
