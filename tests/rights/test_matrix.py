"""Every address, asked by every role, for every kind of row, with every method."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from pytest_django import Settings

from shuniu.zone.desk import queries
from shuniu.zone.desk.models import Case
from shuniu.zone.desk.queries import rows
from shuniu.zone.kernel import live
from shuniu.zone.registry.models import ProfileVersion
from shuniu.zone.registry.queries import Standing
from tests.rights.expectations import ADDRESSES, METHODS, READS, ROLES, WRITES, cells_of
from tests.rights.matrix import Matrix, declared_addresses
from tests.rights.world import make_world


@pytest.fixture
def matrix(zone: ProfileVersion, monkeypatch: pytest.MonkeyPatch) -> Matrix:  # noqa: ARG001  # the zone is there first
    monkeypatch.setattr(live, "close_old_connections", lambda: None)  # the test needs its own
    return Matrix(make_world())


def test_every_address_is_in_the_table_and_nothing_else() -> None:
    assert declared_addresses() == ADDRESSES


def test_every_role_has_a_column_and_a_right_to_read() -> None:
    assert tuple(READS) == ROLES


def test_the_matrix_is_as_large_as_it_was() -> None:
    asked = [cell for role in ROLES for cell in cells_of(role)]

    assert len(asked) == len(set(asked))
    assert {cell.method for cell in asked} == set(METHODS)
    assert len(asked) >= 3_800


@pytest.mark.parametrize("role", ROLES)
def test_everybody_gets_what_the_table_says_and_reads_nothing_else(
    matrix: Matrix, role: str
) -> None:
    problems = [problem for cell in cells_of(role) for problem in matrix.problems_of(cell)]

    assert problems == []


@pytest.mark.parametrize("role", ROLES)
def test_no_write_is_taken_without_the_token_of_its_form(
    matrix: Matrix, role: str, settings: Settings
) -> None:
    settings.CSRF_FAILURE_VIEW = "tests.rights.matrix.token_missing"  # without its page: quicker
    writes = [cell for cell in cells_of(role) if cell.method in WRITES]

    answers = {(matrix.ask(cell, token=False).status, cell.method) for cell in writes}

    assert answers == {(403, method) for method in WRITES}


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
        lambda cell, **how: replace(true_ask(cell, **how), headers=str(how.get("is_missing"))),
    )  # fmt: skip

    assert matrix.problems_of(cell) == [f"{cell}: not the same as for a row that does not exist"]
