"""The guide to rights says what the table of rights says, and names every address."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rights.expectations import ADDRESSES, GROUPS, LINES, ROLES
from tests.rights.guide import AREAS, Area, marks_of, roles_without_column, table

GUIDE = Path(__file__).parents[2] / "docs" / "guide"
# One's own account: for everybody who is signed in, and told of in a sentence.
OWN_ACCOUNT = {
    address
    for address in ADDRESSES
    if address.startswith("accounts:") and not address.startswith("accounts:audit")
}
OWN_ACCOUNT |= {
    f"notices:{name}"
    for name in (
        "list", "bell", "open", "read-all", "unread-again", "preferences", "address", "confirm",
        "remove",
    )
}  # fmt: skip
# Samples of the parts of pages, for staff: nothing about anybody.
NOTHING_OF_ANYBODY = {"portal:styles"}
# Lists that somebody saved or has as a file, and dispatches that somebody made: theirs alone,
# whatever their role.
OWN_LISTS = {
    address
    for address in ADDRESSES
    if address.startswith(("desk:view-step", "desk:batch", "portal:export-file"))
}


def told_in_tables() -> set[str]:
    return {address for area in AREAS for task in area.tasks for address in task.addresses}


def the_same_for_all() -> frozenset[str]:
    """Return the addresses that answer everybody who is signed in alike."""
    differs = {
        line.address for line in LINES if len({line.answers[role] for role in ROLES[1:]}) > 1
    }
    return ADDRESSES - differs


@pytest.mark.parametrize(("name", "language"), [("rights.md", 0), ("rights.zh.md", 1)])
@pytest.mark.parametrize("area", AREAS)
def test_the_guide_has_the_table_of_each_area(area: Area, name: str, language: int) -> None:
    guide = (GUIDE / name).read_text(encoding="utf-8")

    assert "\n".join(table(area, language)) + "\n" in guide


@pytest.mark.parametrize("area", AREAS)
def test_who_has_no_column_may_do_nothing_there(area: Area) -> None:
    others = roles_without_column(area)

    assert {task.names[0]: marks_of(task, others) for task in area.tasks} == {
        task.names[0]: {"none"} for task in area.tasks
    }


def test_every_address_is_in_a_table_or_the_same_for_all() -> None:
    left = ADDRESSES - told_in_tables() - the_same_for_all()

    assert left - OWN_ACCOUNT - NOTHING_OF_ANYBODY - OWN_LISTS == set()


def test_people_outside_have_their_own_account_alone() -> None:
    answered = {
        line.address
        for line in LINES
        for role in GROUPS["@outside"]
        if line.answers[role] in {"200", "302"}
    }

    assert answered - OWN_ACCOUNT - the_same_for_all() == set()
