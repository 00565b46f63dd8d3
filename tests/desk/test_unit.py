"""What a handling unit does: sign, contact, plan, report, reply, give back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from shuniu.zone.desk import services
from shuniu.zone.desk.choices import CaseState
from shuniu.zone.desk.models import Case
from shuniu.zone.kernel.clock import ZONE
from tests.desk.people import (
    A_MINUTE,
    People,
    case_in,
    dispatched,
    facts_told,
    last_fact,
    last_note,
    opened,
    refused,
    replied,
    restricted_case,
    signed,
)
from tests.factories import THURSDAY_10, columns, handler, office

LATER = THURSDAY_10 + 5 * A_MINUTE
THURSDAY = date(2026, 11, 19)


def give_back(case: Case, people: People, *, at: datetime = LATER, **given: object) -> Case:
    arguments: dict[str, object] = {
        "text": "路灯归国资平台公司管。",
        "suggested_unit": office("state_assets"),
        "actor": people.handler,
    }
    return services.return_case(case_id=case.pk, **(arguments | given), now=at)  # type: ignore[arg-type]  # tests vary one argument


def test_signing_gives_the_case_to_the_person(people: People) -> None:
    case = dispatched(people)

    services.sign_case(case_id=case.pk, actor=people.handler, now=LATER)

    assert columns(case, ["state", "handler", "turn_since"]) == {
        "state": CaseState.SIGNED,
        "handler": people.handler,
        "turn_since": LATER,
    }
    assert last_fact(case) == (
        "desk.case.signed",
        people.handler.pk,
        LATER,
        {"case_id": case.pk, "handler_id": people.handler.pk},
    )
    assert len(facts_told(case)) == 4


@pytest.mark.parametrize("who", ["member", "clerk", "supervisor", "leader", "inspector"])
def test_nobody_outside_the_unit_signs(people: People, who: str) -> None:
    case = dispatched(people)

    with refused(services.NotYourCase, case, case=case.number):
        services.sign_case(case_id=case.pk, actor=getattr(people, who), now=LATER)


def test_whoever_signs_second_learns_who_was_faster(people: People) -> None:
    case = signed(people)

    with refused(
        services.NotPossibleNow,
        case,
        case=case.number,
        state=CaseState.SIGNED.label,
        who=people.handler.name,
    ):
        services.sign_case(case_id=case.pk, actor=people.colleague, now=LATER)


def test_the_first_contact_is_noted_and_the_state_stays(people: People) -> None:
    case = signed(people)

    services.note_contact(case_id=case.pk, text="电话联系上沈样例", actor=people.handler, now=LATER)

    note_id, words = last_note(case)
    assert columns(case, ["state", "contacted_at", "updated_at", "turn_since"]) == {
        "state": CaseState.SIGNED,
        "contacted_at": LATER,
        "updated_at": LATER,
        "turn_since": THURSDAY_10,
    }
    assert words == ("CONTACT", "电话联系上沈样例", people.handler.pk, LATER)
    assert last_fact(case) == (
        "desk.case.contacted",
        people.handler.pk,
        LATER,
        {"case_id": case.pk, "note_id": note_id},
    )


def test_contact_needs_no_words(people: People) -> None:
    case = signed(people)

    services.note_contact(case_id=case.pk, text="", actor=people.handler, now=LATER)

    assert case.notes.count() == 0
    assert last_fact(case)[3] == {"case_id": case.pk, "note_id": None}


def test_the_first_contact_happens_once(people: People) -> None:
    case = signed(people)
    services.note_contact(case_id=case.pk, text="", actor=people.handler, now=LATER)

    with refused(
        services.NotPossibleNow,
        case,
        case=case.number,
        state=CaseState.SIGNED.label,
        who=people.handler.name,
    ):
        services.note_contact(case_id=case.pk, text="再次", actor=people.handler, now=LATER)


def test_a_plan_names_the_day_and_the_case_is_in_progress(people: People) -> None:
    case = signed(people)

    services.plan_case(
        case_id=case.pk,
        text="周五更换灯头",
        planned_on=date(2026, 11, 20),
        actor=people.handler,
        now=LATER,
    )

    note_id, words = last_note(case)
    assert columns(case, ["state", "planned_at", "planned_on", "turn_since"]) == {
        "state": CaseState.IN_PROGRESS,
        "planned_at": LATER,
        "planned_on": date(2026, 11, 20),
        "turn_since": THURSDAY_10,
    }
    assert words == ("PLAN", "周五更换灯头", people.handler.pk, LATER)
    assert last_fact(case) == (
        "desk.case.planned",
        people.handler.pk,
        LATER,
        {"case_id": case.pk, "planned_on": "2026-11-20", "note_id": note_id},
    )


def test_a_second_plan_moves_the_day_but_the_clock_stopped_at_the_first(people: People) -> None:
    case = signed(people)
    for day, at in ((date(2026, 11, 20), LATER), (date(2026, 11, 24), LATER + A_MINUTE)):
        services.plan_case(
            case_id=case.pk, text="更换", planned_on=day, actor=people.handler, now=at
        )

    assert columns(case, ["planned_at", "planned_on"]) == {
        "planned_at": LATER,
        "planned_on": date(2026, 11, 24),
    }


@pytest.mark.parametrize("days", [0, 1, 731])
def test_today_and_two_years_ahead_can_be_planned(people: People, days: int) -> None:
    case = signed(people)
    day = THURSDAY + timedelta(days=days)

    services.plan_case(
        case_id=case.pk, text="更换", planned_on=day, actor=people.handler, now=LATER
    )

    assert columns(case, ["planned_on"]) == {"planned_on": day}


@pytest.mark.parametrize("day", [date(2026, 11, 18), date(1, 1, 1)])
def test_a_day_that_is_past_is_refused(people: People, day: date) -> None:
    case = signed(people)

    with refused(services.PlannedInThePast, case, day=day):
        services.plan_case(
            case_id=case.pk, text="更换", planned_on=day, actor=people.handler, now=LATER
        )


@pytest.mark.parametrize("day", [THURSDAY + timedelta(days=732), date(9999, 12, 31)])
def test_a_day_too_far_away_is_refused(people: People, day: date) -> None:
    case = signed(people)

    with refused(services.PlannedTooFar, case, day=day):
        services.plan_case(
            case_id=case.pk, text="更换", planned_on=day, actor=people.handler, now=LATER
        )


def test_today_is_the_day_in_the_zone_and_not_in_greenwich(people: People) -> None:
    case = signed(people)
    early = datetime(2026, 11, 20, 7, tzinfo=ZONE)  # still the 19th in Greenwich

    with refused(services.PlannedInThePast, case, day=THURSDAY):
        services.plan_case(
            case_id=case.pk, text="更换", planned_on=THURSDAY, actor=people.handler, now=early
        )


def test_progress_is_told_and_the_case_is_in_progress(people: People) -> None:
    case = signed(people)

    services.note_progress(case_id=case.pk, text="灯头已到货", actor=people.handler, now=LATER)

    note_id, words = last_note(case)
    assert columns(case, ["state", "updated_at", "turn_since", "planned_at"]) == {
        "state": CaseState.IN_PROGRESS,
        "updated_at": LATER,
        "turn_since": THURSDAY_10,
        "planned_at": None,
    }
    assert words == ("PROGRESS", "灯头已到货", people.handler.pk, LATER)
    assert last_fact(case) == (
        "desk.case.progressed",
        people.handler.pk,
        LATER,
        {"case_id": case.pk, "note_id": note_id},
    )


def test_an_answer_gives_the_ball_to_the_enterprise(people: People) -> None:
    case = signed(people)

    services.reply_to_case(case_id=case.pk, text="已修好", actor=people.handler, now=LATER)

    note_id, words = last_note(case)
    assert columns(case, ["state", "replied_at", "contacted_at", "turn_since", "handler"]) == {
        "state": CaseState.REPLIED,
        "replied_at": LATER,
        "contacted_at": LATER,
        "turn_since": LATER,
        "handler": people.handler,
    }
    assert words == ("REPLY", "已修好", people.handler.pk, LATER)
    assert last_fact(case) == (
        "desk.case.replied",
        people.handler.pk,
        LATER,
        {"case_id": case.pk, "in_time": True, "note_id": note_id},
    )


@pytest.mark.parametrize(("late_by", "in_time"), [(timedelta(0), True), (A_MINUTE, False)])
def test_an_answer_is_in_time_until_the_very_deadline(
    people: People, late_by: timedelta, in_time: bool
) -> None:
    case = signed(people)
    due_at = datetime(2026, 11, 30, 10, tzinfo=ZONE)  # seven working days

    services.reply_to_case(
        case_id=case.pk, text="已修好", actor=people.handler, now=due_at + late_by
    )

    assert last_fact(case)[3]["in_time"] is in_time


@pytest.mark.parametrize("text", ["", " \n", "……", "!!"])
def test_words_are_needed_to_plan_to_report_to_reply_and_to_give_back(
    people: People, text: str
) -> None:
    case = signed(people)
    who, pk = people.handler, case.pk

    with refused(services.WordsMissing, case):
        services.plan_case(case_id=pk, text=text, planned_on=THURSDAY, actor=who, now=LATER)
    with refused(services.WordsMissing, case):
        services.note_progress(case_id=pk, text=text, actor=who, now=LATER)
    with refused(services.WordsMissing, case):
        services.reply_to_case(case_id=pk, text=text, actor=who, now=LATER)
    with refused(services.WordsMissing, case):
        give_back(case, people, text=text)


def test_too_many_words_are_refused_at_every_step_of_the_unit(people: People) -> None:
    case = signed(people)
    who, pk, text = people.handler, case.pk, "长" * 5_001

    with refused(services.TooManyWords, case, length=5_001, limit=5_000):
        services.note_contact(case_id=pk, text=text, actor=who, now=LATER)
    with refused(services.TooManyWords, case, length=5_001, limit=5_000):
        services.plan_case(case_id=pk, text=text, planned_on=THURSDAY, actor=who, now=LATER)
    with refused(services.TooManyWords, case, length=5_001, limit=5_000):
        services.note_progress(case_id=pk, text=text, actor=who, now=LATER)
    with refused(services.TooManyWords, case, length=5_001, limit=5_000):
        services.reply_to_case(case_id=pk, text=text, actor=who, now=LATER)
    with refused(services.TooManyWords, case, length=5_001, limit=5_000):
        give_back(case, people, text=text)


@pytest.mark.parametrize("who", ["colleague", "member", "clerk", "supervisor", "leader"])
def test_only_whoever_signed_works_on_the_case(people: People, who: str) -> None:
    case = signed(people)
    actor, pk = getattr(people, who), case.pk

    with refused(services.NotYourCase, case, case=case.number):
        services.note_contact(case_id=pk, text="", actor=actor, now=LATER)
    with refused(services.NotYourCase, case, case=case.number):
        services.plan_case(case_id=pk, text="计划", planned_on=THURSDAY, actor=actor, now=LATER)
    with refused(services.NotYourCase, case, case=case.number):
        services.note_progress(case_id=pk, text="进展", actor=actor, now=LATER)
    with refused(services.NotYourCase, case, case=case.number):
        services.reply_to_case(case_id=pk, text="答复", actor=actor, now=LATER)
    with refused(services.NotYourCase, case, case=case.number):
        give_back(case, people, actor=actor)


def test_whoever_left_the_office_works_on_its_cases_no_more(people: People) -> None:
    case = signed(people)
    people.handler.posts.all().delete()

    with refused(services.NotYourCase, case, case=case.number):
        services.note_progress(case_id=case.pk, text="进展", actor=people.handler, now=LATER)


@pytest.mark.parametrize("make", [dispatched, signed])
def test_a_case_goes_back_to_the_center_with_a_reason_and_a_better_unit(
    people: People, make: object
) -> None:
    case = make(people)  # type: ignore[operator]  # one of the two above

    give_back(case, people)

    note_id, words = last_note(case)
    names = ["state", "lead_unit", "handler", "returns", "suggestion", "turn_since"]
    assert columns(case, names) == {
        "state": CaseState.RETURNED,
        "lead_unit": None,
        "handler": None,
        "returns": 1,
        "suggestion": {"returned_for": "state_assets"},
        "turn_since": LATER,
    }
    assert words == ("RETURN", "路灯归国资平台公司管。", people.handler.pk, LATER)
    assert last_fact(case) == (
        "desk.case.returned",
        people.handler.pk,
        LATER,
        {
            "case_id": case.pk,
            "unit": "planning_bureau",
            "suggested_unit": "state_assets",
            "note_id": note_id,
        },
    )


def test_a_case_goes_back_once_only(people: People) -> None:
    case = dispatched(people)
    give_back(case, people)
    services.dispatch_case(
        case_id=case.pk, unit=office("state_assets"), actor=people.clerk, now=LATER
    )

    with refused(services.ReturnedBefore, case, case=case.number):
        give_back(case, people, actor=handler("state_assets"), suggested_unit=office("econ_bureau"))


def test_a_case_goes_back_within_one_working_day(people: People) -> None:
    friday_10 = datetime(2026, 11, 20, 10, tzinfo=ZONE)
    in_time, late = dispatched(people), dispatched(people)

    give_back(in_time, people, at=friday_10)
    with refused(services.TooLateToReturn, late):
        give_back(late, people, at=friday_10 + timedelta(microseconds=1))

    assert columns(in_time, ["state"]) == {"state": CaseState.RETURNED}


def test_a_unit_does_not_suggest_itself(people: People) -> None:
    case = dispatched(people)

    with refused(services.SameUnit, case):
        give_back(case, people, suggested_unit=office("planning_bureau"))


def test_a_restricted_case_never_goes_back_to_the_center(people: People) -> None:
    case = restricted_case(people, state=CaseState.DISPATCHED, dispatched_at=THURSDAY_10)

    with refused(services.NotYourCase, case, case=case.number):
        give_back(case, people, actor=people.inspector)


def test_a_case_can_go_to_another_unit_after_it_came_back(people: People) -> None:
    case = dispatched(people)
    give_back(case, people)

    services.dispatch_case(
        case_id=case.pk, unit=office("state_assets"), actor=people.clerk, now=LATER + A_MINUTE
    )

    assert columns(case, ["state", "lead_unit", "round"]) == {
        "state": CaseState.DISPATCHED,
        "lead_unit": office("state_assets"),
        "round": 1,
    }


def test_nothing_more_is_done_after_the_answer(people: People) -> None:
    case = replied(people)

    with refused(
        services.NotPossibleNow,
        case,
        case=case.number,
        state=CaseState.REPLIED.label,
        who=people.handler.name,
    ):
        services.reply_to_case(case_id=case.pk, text="补充", actor=people.handler, now=LATER)


def test_nobody_signs_for_what_was_not_given_out(people: People) -> None:
    case = opened(people)

    with refused(services.NotYourCase, case, case=case.number):
        services.sign_case(case_id=case.pk, actor=people.handler, now=LATER)


def test_signing_what_has_a_handler_already_is_refused(people: People) -> None:
    case = case_in(CaseState.DISPATCHED, people, handler=people.colleague)

    with pytest.raises(services.NotPossibleNow):
        services.sign_case(case_id=case.pk, actor=people.handler, now=LATER)

    assert columns(case, ["state", "handler"]) == {
        "state": CaseState.DISPATCHED,
        "handler": people.colleague,
    }
