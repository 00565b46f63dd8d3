"""Many rows get values of their own in one statement, as ``bulk_update`` writes them."""

from __future__ import annotations

from datetime import date

import pytest

from shuniu.zone.desk.choices import Light
from shuniu.zone.desk.models import Case
from shuniu.zone.kernel.services import columns as module
from shuniu.zone.kernel.services import write_columns
from tests.factories import THURSDAY_10, CaseFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("zone")]
WRITTEN = ("light", "light_reason", "review_on", "waits", "is_due_assumed", "round", "replied_at")


def known(case: Case) -> tuple[object, ...]:
    """Return the values that stand in the database."""
    stored = Case.objects.get(pk=case.pk)
    return tuple(getattr(stored, name) for name in WRITTEN)


def test_each_row_gets_its_own_values_of_every_kind() -> None:
    cases: list[Case] = [CaseFactory.create() for _ in range(3)]
    first, second, other = cases
    before = known(other)
    first.light, first.light_reason, first.review_on = Light.RED, "it's 100% \\ late", None
    first.waits, first.is_due_assumed, first.round = [["a", "b"]], True, 3
    second.light, second.review_on, second.replied_at = Light.BLUE, date(2026, 11, 20), THURSDAY_10

    write_columns([first, second], WRITTEN)

    assert known(first) == (
        "red", "it's 100% \\ late", None, [["a", "b"]], True, 3, None,
    )  # fmt: skip
    assert known(second) == ("blue", "", date(2026, 11, 20), [], False, 1, THURSDAY_10)
    assert known(other) == before


def test_a_column_of_which_every_value_is_missing_is_emptied() -> None:
    case: Case = CaseFactory.create(replied_at=THURSDAY_10, review_on=date(2026, 11, 20))
    case.replied_at = case.review_on = None

    write_columns([case], ["replied_at", "review_on"])

    assert (known(case)[2], known(case)[6]) == (None, None)


def test_more_rows_than_go_into_a_statement_are_all_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MOST_ROWS", 2)
    cases: list[Case] = [CaseFactory.create() for _ in range(5)]
    for number, case in enumerate(cases):
        case.round = number + 2

    write_columns(cases, ["round"])

    assert [known(case)[5] for case in cases] == [2, 3, 4, 5, 6]


def test_nothing_is_asked_for_no_rows_and_no_columns(django_assert_num_queries: object) -> None:
    case: Case = CaseFactory.create()

    with django_assert_num_queries(0):  # type: ignore[operator]  # a fixture of pytest-django
        write_columns([], ["round"])
        write_columns([case], [])
