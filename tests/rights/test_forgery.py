"""No write is taken that another page could have sent."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from pytest_django import Settings

from tests.rights.expectations import ROLES, WRITES, Cell, cells_of
from tests.rights.matrix import CSRF, Matrix, undone
from tests.rights.questions import question_of

ELSEWHERE = "https://elsewhere.example"
ENTRANCES = {"accounts:sign-in", "accounts:sign-out", "kernel:language", "kernel:theme"}


@pytest.fixture(autouse=True)
def _quick(settings: Settings) -> None:
    settings.CSRF_FAILURE_VIEW = "tests.rights.matrix.token_missing"  # without its page


def writes_of(role: str) -> Iterator[Cell]:
    """Yield one write of each address and method: the token is judged before the row."""
    seen = set()
    for cell in cells_of(role):
        if cell.method in WRITES and (cell.address, cell.method) not in seen:
            seen.add((cell.address, cell.method))
            yield cell


def status_of(matrix: Matrix, cell: Cell, *, secure: bool, **headers: str) -> int:
    """Return the status of a write with a valid token that says where it comes from."""
    with undone():
        client = matrix.client_of(cell.role)
        client.cookies[django_settings.CSRF_COOKIE_NAME] = CSRF
        question = question_of(matrix.world, cell)
        kept = {"X-CSRFToken": CSRF, "Idempotency-Key": uuid4().hex}
        answer = client.post(
            question.url, question.fields, secure=secure, headers={**kept, **headers}
        )
        return int(answer.status_code)


@pytest.mark.parametrize("role", ROLES)
def test_no_write_is_taken_without_the_token_of_its_form(matrix: Matrix, role: str) -> None:
    writes = list(writes_of(role))

    answers = {matrix.ask(cell, token=False).status for cell in writes}

    assert answers == {403}
    assert len({cell.address for cell in writes}) > 50


@pytest.mark.parametrize("role", ["out", "chief", "clerk", "admin"])
def test_no_write_is_taken_that_comes_from_another_site(matrix: Matrix, role: str) -> None:
    posts = [cell for cell in writes_of(role) if cell.method == "POST"]

    by_origin = {status_of(matrix, cell, secure=False, Origin=ELSEWHERE) for cell in posts}
    by_referer = {status_of(matrix, cell, secure=True, Referer=f"{ELSEWHERE}/") for cell in posts}
    without = {status_of(matrix, cell, secure=True) for cell in posts}

    assert (by_origin, by_referer, without) == ({403}, {403}, {403})


def test_the_same_write_is_taken_from_its_own_page(matrix: Matrix) -> None:
    cell = next(c for c in writes_of("firm") if c.address == "desk:need")

    assert status_of(matrix, cell, secure=False, Origin="http://testserver") == 302
    assert status_of(matrix, cell, secure=True, Referer="https://testserver/needs/") == 302


def test_signing_in_and_out_are_among_the_writes() -> None:
    posts = {cell.address for cell in writes_of("out") if cell.method == "POST"}

    assert posts >= ENTRANCES
