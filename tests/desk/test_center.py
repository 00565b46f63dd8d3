"""What the center does: reading, accepting, giving out."""

from __future__ import annotations

import pytest

from shuniu.zone.desk import services
from shuniu.zone.desk.choices import CaseState, Sensitivity, Urgency
from shuniu.zone.desk.models import Case
from shuniu.zone.registry.models import Office
from tests.desk.people import (
    A_MINUTE,
    People,
    accepted,
    case_in,
    facts_told,
    last_fact,
    last_note,
    opened,
    refused,
    restricted_case,
)
from tests.factories import THURSDAY_10, columns, office

LATER = THURSDAY_10 + 5 * A_MINUTE


def accept(case: Case, people: People, **given: object) -> Case:
    arguments: dict[str, object] = {
        "category": "municipal",
        "subcategory": "lighting",
        "urgency": Urgency.HIGH,
        "actor": people.clerk,
    }
    return services.accept_case(case_id=case.pk, **(arguments | given), now=LATER)  # type: ignore[arg-type]  # one test varies one argument


def test_accepting_says_what_it_is_about_and_how_urgent(people: People) -> None:
    case = opened(people)

    accept(case, people, text="请尽快")

    names = ["state", "category", "subcategory", "urgency", "accepted_at", "updated_at"]
    assert columns(case, [*names, "turn_since"]) == {
        "state": CaseState.ACCEPTED,
        "category": "municipal",
        "subcategory": "lighting",
        "urgency": Urgency.HIGH,
        "accepted_at": LATER,
        "updated_at": LATER,
        "turn_since": LATER,
    }
    note_id, words = last_note(case)
    assert words == ("ACCEPTANCE", "请尽快", people.clerk.pk, LATER)
    assert len(facts_told(case)) == 2
    assert last_fact(case) == (
        "desk.case.accepted",
        people.clerk.pk,
        LATER,
        {"case_id": case.pk, "category": "municipal", "urgency": "high", "note_id": note_id},
    )


def test_accepting_without_words_leaves_no_note(people: People) -> None:
    case = opened(people)

    accept(case, people)

    assert case.notes.count() == 0
    assert last_fact(case)[3]["note_id"] is None


def test_a_second_level_of_another_category_is_left_out(people: People) -> None:
    case = opened(people)

    accept(case, people, category="logistics")

    assert columns(case, ["category", "subcategory"]) == {
        "category": "logistics",
        "subcategory": "",
    }


@pytest.mark.parametrize("category", ["", "no_such_thing", "lighting", "市政"])
def test_an_unknown_category_is_refused(people: People, category: str) -> None:
    case = opened(people)

    with refused(services.UnknownCategory, case, category=category):
        accept(case, people, category=category)


def test_a_note_that_is_too_long_is_refused(people: People) -> None:
    case = opened(people)

    with refused(services.TooManyWords, case, length=5_001, limit=5_000):
        accept(case, people, text="长" * 5_001)


@pytest.mark.parametrize(
    "who", ["member", "stranger", "handler", "supervisor", "leader", "inspector"]
)
def test_nobody_but_the_center_accepts(people: People, who: str) -> None:
    case = opened(people)

    with refused(services.NotYourCase, case, case=case.number):
        accept(case, people, actor=getattr(people, who))


def test_whoever_accepts_second_learns_who_was_faster(people: People) -> None:
    case = accepted(people)

    with refused(
        services.NotPossibleNow,
        case,
        case=case.number,
        state=CaseState.ACCEPTED.label,
        who=people.clerk.name,
    ):
        accept(case, people, urgency=Urgency.LOW)


def test_the_system_is_named_where_no_person_was_faster(people: People) -> None:
    case = case_in(CaseState.CLOSED, people)

    with pytest.raises(services.NotPossibleNow) as told:
        accept(case, people)

    assert str(told.value.places["who"]) == "系统"


@pytest.mark.parametrize("who", ["clerk", "handler", "supervisor"])
def test_a_restricted_case_is_accepted_by_its_own_office_only(people: People, who: str) -> None:
    case = restricted_case(people)

    with refused(services.NotYourCase, case, case=case.number):
        accept(case, people, actor=getattr(people, who))

    accept(case, people, actor=people.inspector, category="integrity", subcategory="attitude")
    assert columns(case, ["state", "category"]) == {
        "state": CaseState.ACCEPTED,
        "category": "integrity",
    }


def test_a_case_is_given_to_a_unit_and_nobody_in_particular(people: People) -> None:
    case = accepted(people)

    services.dispatch_case(
        case_id=case.pk, unit=office("planning_bureau"), actor=people.clerk, now=LATER
    )

    names = ["state", "lead_unit", "handler", "dispatched_at", "turn_since", "sensitivity"]
    assert columns(case, names) == {
        "state": CaseState.DISPATCHED,
        "lead_unit": office("planning_bureau"),
        "handler": None,
        "dispatched_at": LATER,
        "turn_since": LATER,
        "sensitivity": Sensitivity.NORMAL,
    }
    assert last_fact(case) == (
        "desk.case.dispatched",
        people.clerk.pk,
        LATER,
        {"case_id": case.pk, "unit": "planning_bureau", "round": 1},
    )


def test_a_case_given_to_the_discipline_office_is_restricted_from_then_on(people: People) -> None:
    case = accepted(people)

    services.dispatch_case(
        case_id=case.pk, unit=office("discipline_group"), actor=people.clerk, now=LATER
    )

    assert columns(case, ["sensitivity"]) == {"sensitivity": Sensitivity.RESTRICTED}


def test_a_unit_that_left_the_profile_gets_no_case(people: People) -> None:
    case = accepted(people)
    Office.objects.filter(code="heat_company").update(is_active=False)

    with refused(services.UnitNotAvailable, case, unit="热电公司"):
        services.dispatch_case(
            case_id=case.pk, unit=office("heat_company"), actor=people.clerk, now=LATER
        )


@pytest.mark.parametrize("who", ["member", "stranger", "handler", "supervisor", "leader"])
def test_nobody_but_the_center_gives_out_a_case(people: People, who: str) -> None:
    case = accepted(people)

    with refused(services.NotYourCase, case, case=case.number):
        services.dispatch_case(
            case_id=case.pk,
            unit=office("planning_bureau"),
            actor=getattr(people, who),
            now=LATER,
        )


def test_a_case_opened_again_is_given_out_by_the_supervisor_only(people: People) -> None:
    case = case_in(CaseState.REOPENED, people, round=2)
    unit = office("econ_bureau")

    with refused(services.NotYourCase, case, case=case.number):
        services.dispatch_case(case_id=case.pk, unit=unit, actor=people.clerk, now=LATER)
    services.dispatch_case(case_id=case.pk, unit=unit, actor=people.supervisor, now=LATER)

    assert columns(case, ["state", "lead_unit"]) == {
        "state": CaseState.DISPATCHED,
        "lead_unit": unit,
    }
    assert last_fact(case)[3] == {"case_id": case.pk, "unit": "econ_bureau", "round": 2}


def test_whoever_gives_out_second_learns_who_was_faster(people: People) -> None:
    case = accepted(people)
    unit = office("planning_bureau")
    services.dispatch_case(case_id=case.pk, unit=unit, actor=people.clerk, now=LATER)

    with refused(
        services.NotPossibleNow,
        case,
        case=case.number,
        state=CaseState.DISPATCHED.label,
        who=people.clerk.name,
    ):
        services.dispatch_case(case_id=case.pk, unit=unit, actor=people.clerk, now=LATER)


def test_reading_keeps_a_suggestion_with_the_words_that_it_rests_on(people: People) -> None:
    case = opened(people)

    services.read_case(case_id=case.pk, actor=None, now=LATER)

    found = columns(case, ["suggestion"])["suggestion"]
    assert (found["category"], found["unit_code"], found["urgency"], found["route"]) == (
        "municipal",
        "planning_bureau",
        "normal",
        "dispatch",
    )
    assert found["top3"][0] == "municipal"
    assert "".join(text for text, _is_marked in found["pieces"]) == case.text
    assert [text for text, is_marked in found["pieces"] if is_marked] != []
    assert last_fact(case) == (
        "desk.case.read",
        None,
        LATER,
        {
            "case_id": case.pk,
            "category": "municipal",
            "unit": "planning_bureau",
            "urgency": "normal",
            "route": "dispatch",
        },
    )


def test_reading_twice_changes_nothing_the_second_time(people: People) -> None:
    case = opened(people)

    services.read_case(case_id=case.pk, actor=None, now=LATER)
    services.read_case(case_id=case.pk, actor=None, now=LATER + A_MINUTE)

    assert [fact.kind for fact in facts_told(case)] == ["desk.case.opened", "desk.case.read"]


def test_a_case_that_was_accepted_meanwhile_is_not_read(people: People) -> None:
    case = accepted(people)

    services.read_case(case_id=case.pk, actor=None, now=LATER)

    assert columns(case, ["suggestion"]) == {"suggestion": {}}
    assert last_fact(case)[0] == "desk.case.accepted"


def test_a_restricted_case_is_given_to_no_other_unit(people: People) -> None:
    case = restricted_case(people)
    accept(case, people, actor=people.inspector, category="integrity", subcategory="attitude")

    with refused(services.StaysRestricted, case):
        services.dispatch_case(
            case_id=case.pk, unit=office("econ_bureau"), actor=people.inspector, now=LATER
        )
