"""Programs have the rights of their people, no more and no less: every operation, every role."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from shuniu.config.api import described
from shuniu.zone.registry.models import ProfileVersion
from tests.rights.expectations import REVEALS, ROLES
from tests.rights.matrix import addresses
from tests.rights.programs import Programs, cells_of_programs, operations
from tests.rights.world import make_world


@pytest.fixture
def programs(zone: ProfileVersion) -> Programs:  # noqa: ARG001  # the zone is there first
    return Programs(make_world())


def test_every_operation_is_like_some_page() -> None:
    named = {f"{method} {name.partition('/')[0]}" for method, name, _page in operations()}
    by_address = {
        str(pattern.pattern): name.removeprefix("api:")
        for name, pattern in addresses()
        if name.startswith("api:")
    }
    declared = {
        f"{method.upper()} {by_address[_route(path)]}"
        for path, methods in described()["paths"].items()
        for method in methods
    }

    assert named == declared


def _route(path: str) -> str:
    """Return the route of the resolver for a path of the document."""
    known = {
        _plain(str(pattern.pattern)): str(pattern.pattern)
        for name, pattern in addresses()
        if name.startswith("api:")
    }
    return known[_plain(path.removeprefix("/api/v1/"))]


def _plain(path: str) -> str:
    pieces = path.replace("<", "{").replace(">", "}").split("/")
    return "/".join("{}" if piece.startswith("{") else piece for piece in pieces)


@pytest.mark.parametrize("role", ROLES)
def test_a_program_gets_what_the_page_gives_its_person(
    programs: Programs, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, page in (
        ("api:contact-reveal", "registry:contact-reveal"),
        ("api:registration-reveal", "registry:registration-reveal"),
    ):
        monkeypatch.setitem(REVEALS, name, REVEALS[page])

    problems = [
        problem for cell in cells_of_programs(role) for problem in programs.problems_of(cell)
    ]

    assert problems == []


@pytest.mark.parametrize("method", ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_other_methods_are_refused_with_a_problem(programs: Programs, method: str) -> None:
    cells = [cell for cell in cells_of_programs("clerk") if cell.row in {"-", "own"}]
    firsts = {cell.address: cell for cell in cells}.values()
    asked = [(cell, programs.ask(replace(cell, method=method))) for cell in firsts]

    assert [str(cell) for cell, answer in asked if answer.status != 405] == []
    assert all("application/problem+json" in answer.headers for _cell, answer in asked)


def test_a_cookie_opens_nothing(programs: Programs) -> None:
    client = programs.client_of("clerk")

    answer = client.get(reverse("api:cases"))

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="shuniu"'
