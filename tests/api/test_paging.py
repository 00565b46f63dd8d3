"""Pages by cursor: nothing is lost and nothing comes twice, whatever happens meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shuniu.zone.desk.models import Case
from tests.api.programs import Program, program_of
from tests.costs import costs
from tests.factories import THURSDAY_10, CaseFactory, EnterpriseFactory, clerk
from tests.rights.matrix import counted, undone

pytestmark = pytest.mark.django_db


def walk(program: Program, address: str) -> list[int]:
    found: list[int] = []
    following = address
    while following:
        page = program.get(following).json()
        found += [item["id"] for item in page["items"]]
        following = page["next"]
    return found


def opened(minutes: int) -> Case:
    at = THURSDAY_10 + timedelta(minutes=minutes)
    case: Case = CaseFactory.create(submitted_at=at, updated_at=at)
    return case


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    before=st.lists(st.integers(0, 4), max_size=7),
    meanwhile=st.lists(st.integers(0, 4), max_size=4),
    limit=st.integers(1, 4),
)
def test_rows_that_come_in_meanwhile_hide_and_double_none(
    before: list[int], meanwhile: list[int], limit: int
) -> None:
    with undone():
        program = program_of(clerk())
        there = {opened(minutes).pk for minutes in before}
        seen: list[int] = []
        following = f"/cases?limit={limit}"
        coming = list(meanwhile)

        while following:
            page = program.get(following).json()
            seen += [item["id"] for item in page["items"]]
            following = page["next"]
            if coming:
                opened(coming.pop())

        assert len(seen) == len(set(seen))
        assert there <= set(seen)


def test_a_list_is_the_same_in_pages_and_whole() -> None:
    for number in range(7):
        opened(number % 3)
    program = program_of(clerk())

    whole = walk(program, "/cases?limit=200")

    assert len(whole) == 7
    assert walk(program, "/cases?limit=2") == whole
    assert walk(program, "/cases?turn=open&limit=3") == walk(program, "/cases?turn=open&limit=200")


@pytest.mark.parametrize("change", ["x", ""])
def test_a_cursor_that_was_tampered_with_is_refused(change: str) -> None:
    opened(0), opened(1)
    program = program_of(clerk())
    following = program.get("/cases?limit=1").json()["next"]

    answer = program.get(
        following[:-1] + change if change else following.replace("limit=1", "turn=open&limit=1")
    )

    assert answer.status_code == 400
    assert answer.json()["type"] == "urn:shuniu:problem:kernel.cursor_refused"


def test_a_cursor_of_somebody_else_is_refused() -> None:
    opened(0), opened(1)
    following = program_of(clerk()).get("/cases?limit=1").json()["next"]

    assert program_of(clerk()).get(following).status_code == 400


@pytest.mark.parametrize("rows", [1, 4])
@pytest.mark.parametrize(
    ("name", "address"),
    [("api:cases", "/cases"), ("api:enterprises", "/enterprises"), ("api:case", "/cases/{case}")],
)
def test_what_an_answer_costs_does_not_grow_with_its_rows(
    name: str, address: str, rows: int
) -> None:
    cases = CaseFactory.create_batch(rows, enterprise=EnterpriseFactory.create())
    EnterpriseFactory.create_batch(rows)
    program = program_of(clerk())
    program.get("/me")

    with counted() as count:
        answer = program.get(address.format(case=cases[0].pk))

    assert answer.status_code == 200
    assert count == [costs()[name]]
