"""What belongs to others changes nothing that a person sees: no list, number, search or event."""

from __future__ import annotations

import asyncio
import re

import pytest
import time_machine
from asgiref.sync import sync_to_async
from django.db import connections, transaction
from django.urls import reverse

from shuniu.zone.desk import facts
from shuniu.zone.desk.choices import CaseState
from shuniu.zone.desk.models import Case
from shuniu.zone.kernel import clock, live
from shuniu.zone.kernel.services import record_fact
from tests.factories import THURSDAY_10, CaseFactory, office
from tests.rights.expectations import READS, ROLES, Cell, cells_of
from tests.rights.matrix import Matrix, read
from tests.rights.world import World, make_world

# Who must not notice a new case of a row: everybody who may not read it.
BLIND = [
    (role, whose)
    for role in ROLES[1:]
    for whose in ("foreign", "restricted")
    if whose not in READS[role]
]
EVENT = re.compile(
    r'(retry: \d+|id: \d+\nevent: changed\ndata: \["[a-z]+"(, "[a-z]+")*\]|: .*)\n\n'
)
NONSENSE = "甲乙丙丁"
# A stream, a page of samples, and a file that says when it was made.
NEW_EACH_TIME = {"kernel:live", "portal:styles", "accounts:my-data-file", "kernel:import-file"}
# What counts all rows or all facts, for those whose work that is.
COUNTS_ALL = {"accounts:audit", "portal:data-protection"}


def pages_of(role: str) -> list[Cell]:
    """Return the pages of a role that are not about one row, or about its own."""
    return [
        cell
        for cell in cells_of(role)
        if cell.method == "GET" and cell.expected == "200" and cell.row in {"-", "own"}
        if cell.address not in NEW_EACH_TIME | COUNTS_ALL
    ]


def one_more(world: World, whose: str) -> Case:
    """Return a new case of the enterprise of a row, overdue, with a history."""
    row = world.rows[whose]
    case: Case = CaseFactory.create(
        enterprise=row.enterprise,
        text="别人家的新诉求",
        state=CaseState.DISPATCHED,
        lead_unit=row.case.lead_unit,
        sensitivity=row.case.sensitivity,
        category="municipal",
        urgency="high",
        light="red",
        done_due_at=THURSDAY_10,
    )
    told = facts.CaseDispatched(case_id=case.pk, unit=office("planning_bureau").code, round=1)
    record_fact(told, actor=None, at=THURSDAY_10)
    return case


@pytest.mark.parametrize(("role", "whose"), BLIND)
def test_a_new_case_of_somebody_else_changes_nothing_on_any_page(
    matrix: Matrix, role: str, whose: str
) -> None:
    assert changed_by_one_more(matrix, role, whose) == []


def test_a_new_case_of_ones_own_is_seen(matrix: Matrix) -> None:
    changed = changed_by_one_more(matrix, "firm", "own")

    assert {cell.address for cell in changed} == {
        "desk:case-list",
        "desk:cases-csv",
        "desk:cases-xlsx",
        "desk:need",
    }


@pytest.mark.parametrize(("role", "whose"), [pair for pair in BLIND if READS[pair[0]]])
def test_a_search_for_words_of_others_finds_as_much_as_one_for_nonsense(
    matrix: Matrix, role: str, whose: str
) -> None:
    client = matrix.client_of(role)
    words = matrix.world.rows[whose].words[0]

    def found(text: str) -> str:
        page = client.get(reverse("desk:case-list"), {"words": text, "turn": "all"})
        return read(page).body.replace(text, "").replace(_quoted(text), "")

    assert found(words) == found(NONSENSE)


def changed_by_one_more(matrix: Matrix, role: str, whose: str) -> list[Cell]:
    """Return the pages of a role that a new case of a row changes; the minute stays the same."""
    pages = pages_of(role)
    with time_machine.travel(clock.now(), tick=False):
        before = {cell: matrix.ask(cell).body for cell in pages}
        one_more(matrix.world, whose)
        return [cell for cell in pages if matrix.ask(cell).body != before[cell]]


def _quoted(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


@pytest.mark.usefixtures("shared_database", "zone")
def test_open_pages_hear_names_of_apps_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "LOOK_EVERY_S", 0.01)
    monkeypatch.setattr(live, "BREATH_EVERY_S", 0.02)
    monkeypatch.setattr(live, "hand_back", lambda: None)
    with transaction.atomic():
        world = make_world()
        one_more(world, "foreign")

    heard = asyncio.run(_heard(3, world.people["firm"].pk))

    assert [line for line in heard if not EVENT.fullmatch(line)] == []
    assert any("desk" in line for line in heard)
    words = [word for words in world.canaries().values() for word in words]
    assert [word for word in words if word in "".join(heard)] == []


async def _heard(count: int, user_id: int) -> list[str]:
    events = live._events(0, user_id)
    heard = [await anext(events) for _turn in range(count)]
    await sync_to_async(connections.close_all)()
    return heard
