"""Every address, asked by every role, for every kind of row, with every method."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.queries import roles_of
from shuniu.zone.desk import queries
from shuniu.zone.desk.models import Case
from shuniu.zone.desk.queries import rows
from shuniu.zone.registry.queries import Standing
from tests.rights.expectations import ADDRESSES, METHODS, READS, ROLES, cells_of
from tests.rights.matrix import Matrix, declared_addresses


def test_every_address_is_in_the_table_and_nothing_else() -> None:
    assert declared_addresses() == ADDRESSES


def test_every_role_has_a_column_and_a_right_to_read() -> None:
    assert tuple(READS) == ROLES


def test_every_role_of_the_product_is_asked(matrix: Matrix) -> None:
    asked = {role for person in matrix.world.people.values() for role in roles_of(person)}

    assert asked == set(Role)


def test_the_matrix_is_as_large_as_it_was() -> None:
    asked = [cell for role in ROLES for cell in cells_of(role)]

    assert len(asked) == len(set(asked))
    assert {cell.method for cell in asked} == set(METHODS)
    assert len(asked) >= 4_000


@pytest.mark.parametrize("role", ROLES)
def test_everybody_gets_what_the_table_says_and_reads_nothing_else(
    matrix: Matrix, role: str
) -> None:
    problems = [problem for cell in cells_of(role) for problem in matrix.problems_of(cell)]

    assert problems == []


def test_a_row_that_is_shown_to_the_wrong_people_is_found(
    matrix: Matrix, monkeypatch: pytest.MonkeyPatch
) -> None:
    true_rule = rows.cases_visible_to

    def leaky(who: Standing) -> Any:
        return Case.objects.all() if who.enterprise_ids else true_rule(who)

    monkeypatch.setattr(rows, "cases_visible_to", leaky)
    monkeypatch.setattr(queries, "cases_visible_to", leaky)
    lines = [
        cell
        for cell in cells_of("firm")
        if cell.method == "GET" and cell.address in {"desk:case-page", "desk:case-list"}
        if not cell.by_part
    ]

    problems = [problem for cell in lines for problem in matrix.problems_of(cell)]

    foreign = next(cell for cell in lines if cell.row == "foreign")
    restricted = replace(foreign, row="restricted")
    listed = next(cell for cell in lines if cell.address == "desk:case-list")
    assert f"{foreign}: 200" in problems
    assert f"{restricted}: 200" in problems
    assert f"{foreign}: shows 乙鹭诉求" in problems
    assert f"{listed}: shows 乙鹭诉求" in problems


def test_a_foreign_row_that_does_not_look_like_a_missing_one_is_found(
    matrix: Matrix, monkeypatch: pytest.MonkeyPatch
) -> None:
    cell = next(c for c in cells_of("firm") if (c.address, c.row) == ("desk:case-page", "foreign"))
    true_ask = matrix.ask
    monkeypatch.setattr(
        matrix, "ask",
        lambda cell, **how: replace(true_ask(cell, **how), queries=int(not how)),
    )  # fmt: skip

    assert matrix.problems_of(cell) == [f"{cell}: not the same as for a row that does not exist"]
