"""A guard of each kind is removed and noticed; one that nobody asks about is found out."""

from __future__ import annotations

import pytest

from tests.rights.expectations import Cell, cells_of
from tests.rights.guards import Guard, guards
from tests.rights.matrix import Matrix
from tests.rights.removal import Probe, Trial, cell_probes, noticed, token_probes
from tests.rights.survivors import UNNOTICED

ONE_OF_EACH_KIND = {
    "predicate": "desk.policies.may_sign says True",
    "filter": "desk.queries.rows.cases_visible_to shows all",
    "condition": "desk.queries.rows.cases_visible_to: if who.roles & READS_ALL",
    "use": "desk.views.cases.case_page: queries.cases_visible_to(who)",
    "refusal": "desk.views.needs.need: if not who.enterprise_ids",
    "entry": "desk.policies: MAY[confirm]",
    "decorator": "desk.views.cases.case_step: @require_POST",
    "sign-in": "desk:case-list wants nobody to sign in",
    "middleware": "django.middleware.csrf.CsrfViewMiddleware",
}
ASKED = {"desk:need", "desk:case-list", "desk:case-page", "desk:case-step/confirm"}
SIGNS = "desk:case-step/sign"


def cells() -> list[Cell]:
    """Return a few questions of a few roles, in which each kind of guard takes part."""
    found = [cell for role in ("out", "firm", "clerk") for cell in cells_of(role)]
    about = [cell for cell in found if cell.address in ASKED and cell.row in {"-", "own"}]
    others = [cell for cell in found if cell.address in ASKED and cell.row == "foreign"]
    # Any method of the steps is asked of the first of them.
    return [*about, *others, *(c for c in found if c.address == "desk:case-step/accept")] + [
        cell for cell in cells_of("clerk") if cell.address == SIGNS
    ]


def few_probes(matrix: Matrix) -> list[Probe]:
    return [*cell_probes(matrix, cells()), *token_probes(matrix, cells())]


@pytest.fixture(scope="module")
def known() -> dict[str, Guard]:
    return {guard.name: guard for guard in guards()}


def test_no_two_guards_have_the_same_name_and_all_kinds_are_there(known: dict[str, Guard]) -> None:
    assert len(known) == len(guards())
    assert {guard.kind for guard in known.values()} == set(ONE_OF_EACH_KIND)


def test_what_nobody_can_notice_is_still_in_the_sources(known: dict[str, Guard]) -> None:
    assert set(UNNOTICED) - set(known) == set()


def test_the_removal_of_a_guard_of_each_kind_is_noticed(
    matrix: Matrix, known: dict[str, Guard]
) -> None:
    chosen = [known[name] for name in ONE_OF_EACH_KIND.values()]

    trial = Trial(few_probes(matrix), chosen, matrix.forget)

    assert trial.wrong == []
    assert [done.guard.name for done in trial.removals() if not done.noticed_by] == []


def test_the_removal_of_a_guard_that_nobody_asks_about_is_not_noticed(
    matrix: Matrix, known: dict[str, Guard]
) -> None:
    guard = known["portal.policies.may_run_system says True"]

    trial = Trial(few_probes(matrix), [guard], matrix.forget)

    assert [(done.noticed_by, done.guard) for done in trial.removals()] == [("", guard)]


def test_a_wrong_answer_before_anything_is_removed_is_told(known: dict[str, Guard]) -> None:
    wrong = Probe("a question", lambda: ["answered wrongly"])

    assert Trial([wrong], [known[ONE_OF_EACH_KIND["predicate"]]]).wrong == ["answered wrongly"]


def test_a_question_that_breaks_has_noticed(known: dict[str, Guard]) -> None:
    broken = Probe("a question", lambda: [str(1 / 0)])
    guard = known[ONE_OF_EACH_KIND["predicate"]]

    assert noticed(guard, [broken]) == "a question: ZeroDivisionError"


def test_a_guard_that_cannot_be_removed_is_no_guard_that_was_noticed() -> None:
    stuck = Guard("predicate", "a guard that is stuck", lambda: 1 / 0)

    with pytest.raises(RuntimeError, match="a guard that is stuck could not be removed"):
        noticed(stuck, [])


def test_what_is_watched_runs_as_before_afterwards(matrix: Matrix, known: dict[str, Guard]) -> None:
    from shuniu.zone.desk import policies  # noqa: PLC0415  # its code is what this is about

    before = policies.may_sign.__code__

    Trial(few_probes(matrix)[:1], [known[ONE_OF_EACH_KIND["predicate"]]])

    assert policies.may_sign.__code__ is before
