"""All open cases by unit and light: each number is that of the list which it opens."""

from __future__ import annotations

import pytest
from django.urls import reverse

from shuniu.zone.desk import queries
from shuniu.zone.desk.choices import CaseState, Light
from shuniu.zone.registry.queries import standing_of
from tests.costs import costs
from tests.desk.browsing import queries_of, signed_in
from tests.desk.people import People, case_in, restricted_case
from tests.factories import THURSDAY_10, office


@pytest.fixture(autouse=True)
def _on_thursday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shuniu.zone.kernel.clock.now", lambda: THURSDAY_10)


def some_cases(people: People) -> None:
    """Let the planning bureau have three open cases, another unit one, and the center one."""
    case_in(CaseState.IN_PROGRESS, people, light=Light.RED)
    case_in(CaseState.SIGNED, people, light=Light.RED)
    case_in(CaseState.DISPATCHED, people, light=Light.GREEN)
    case_in(CaseState.CLOSED, people)
    case_in(CaseState.DISPATCHED, people, light=Light.PURPLE, lead_unit=office("econ_bureau"))
    case_in(CaseState.SUBMITTED, people, light=Light.BLUE, lead_unit=None)
    restricted_case(people, light=Light.RED)


def test_the_units_stand_by_what_is_most_overdue(people: People) -> None:
    some_cases(people)

    wall = queries.wall_of(standing_of(people.supervisor))

    assert [(row.code, [cell.count for cell in row.cells]) for row in wall.units] == [
        ("econ_bureau", [1, 0, 0, 0, 0]),
        ("planning_bureau", [0, 2, 0, 0, 1]),
        ("none", [0, 0, 0, 1, 0]),
    ]
    assert [cell.count for cell in wall.together.cells] == [1, 2, 0, 1, 1]
    assert wall.together.total.count == 5


def test_each_number_is_that_of_its_list(people: People) -> None:
    some_cases(people)
    who = standing_of(people.supervisor)

    wall = queries.wall_of(who)

    cells = [cell for row in (*wall.units, wall.together) for cell in (*row.cells, row.total)]
    assert [queries.filtered_cases(who, cell.rows).count() for cell in cells] == [
        cell.count for cell in cells
    ]


def test_an_empty_zone_has_an_empty_wall(people: People) -> None:
    page = signed_in(people.leader).get(reverse("desk:wall"))

    assert (page.status_code, page.context["units"]) == (200, [])
    assert "没有未结的诉求" in page.text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_wall_costs_the_same_for_one_case_and_for_three(people: People, rows: int) -> None:
    for _ in range(rows):
        case_in(CaseState.IN_PROGRESS, people, light=Light.RED)
    client = signed_in(people.supervisor)

    page = client.get(reverse("desk:wall"))
    assert page.context["together"].total.count == rows
    assert queries_of(client, reverse("desk:wall")) == costs()["desk:wall"]
