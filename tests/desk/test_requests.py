"""What a unit does that cannot answer in time: ask the enterprise, ask for time, set aside."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from shuniu.zone.desk import queries, services
from shuniu.zone.desk.choices import CaseState, Decision, Light, RequestKind
from shuniu.zone.desk.models import Case, CaseRequest
from shuniu.zone.desk.queries import CaseFilter
from shuniu.zone.kernel.clock import ZONE
from shuniu.zone.registry.queries import standing_of
from tests.desk.people import A_MINUTE, People, facts_told, refused, restricted_case, signed
from tests.factories import THURSDAY_10, columns

LATER = THURSDAY_10 + 5 * A_MINUTE
# An ordinary case of Thursday 19 November at ten is due on Monday the 30th at ten.
DUE = "2026-11-30 10:00"


def at(words: str) -> datetime:
    """Return the moment that is written like ``2026-11-19 10:00``, in the zone."""
    return datetime.fromisoformat(words).replace(tzinfo=ZONE)


def ask(case: Case, people: People, now: datetime = LATER) -> Case:
    return services.ask_enterprise(
        case_id=case.pk, text="是哪几盏灯?", actor=people.handler, now=now
    )


def ask_for_more_time(
    case: Case, people: People, until: date = date(2026, 12, 3), now: datetime = LATER
) -> Case:
    return services.ask_for_extension(
        case_id=case.pk, text="灯具要等厂家发货", until=until, actor=people.handler, now=now
    )


def ask_to_suspend(case: Case, people: People, until: date = date(2026, 12, 8)) -> Case:
    return services.ask_for_suspension(
        case_id=case.pk, text="道路明年改建", until=until, actor=people.handler, now=LATER
    )


def suspended(people: People) -> Case:
    case = ask_to_suspend(signed(people), people)
    return services.suspend_case(case_id=case.pk, actor=people.supervisor, now=LATER)


def test_while_the_enterprise_is_asked_the_clocks_stand_still(people: People) -> None:
    case = ask(signed(people), people, now=at("2026-11-19 11:00"))

    answered = services.answer_question(
        case_id=case.pk, text="门口三盏", actor=people.member, now=at("2026-11-23 11:00")
    )

    # Friday's and Thursday's hours were waited: two working days more.
    assert answered.done_due_at == at("2026-12-02 10:00")
    assert columns(case, ["state", "paused_at", "handler"]) == {
        "state": CaseState.IN_PROGRESS,
        "paused_at": None,
        "handler": people.handler,
    }
    assert case.pk in [c.pk for c in queries.cases_visible_to(standing_of(people.member))]


def test_what_waits_for_the_enterprise_is_its_turn_and_not_overdue(people: People) -> None:
    case = ask(signed(people), people)

    services.change_lights(actor=None, now=at("2027-01-20 10:00"))
    mine = queries.filtered_cases(standing_of(people.member), CaseFilter(turn="mine"))
    late = queries.filtered_cases(
        standing_of(people.supervisor), CaseFilter(late_on=date(2027, 1, 20))
    )

    assert ([c.pk for c in mine], list(late)) == ([case.pk], [])
    assert columns(case, ["light"]) == {"light": Light.GREEN}


def test_what_was_overdue_before_the_question_stays_overdue(people: People) -> None:
    case = ask(signed(people), people, now=at("2026-11-30 10:01"))

    late = queries.filtered_cases(
        standing_of(people.supervisor), CaseFilter(late_on=date(2026, 12, 1))
    )

    assert [c.pk for c in late] == [case.pk]


def test_an_answer_by_phone_lets_the_handler_go_on(people: People) -> None:
    case = ask(signed(people), people, now=at("2026-11-19 11:00"))

    resumed = services.resume_case(
        case_id=case.pk, text="电话里答了", actor=people.handler, now=at("2026-11-20 11:00")
    )

    assert (resumed.state, resumed.done_due_at) == (CaseState.IN_PROGRESS, at("2026-12-01 10:00"))
    assert facts_told(case)[-1].kind == "desk.case.resumed"


def test_a_question_without_words_is_not_asked(people: People) -> None:
    case = signed(people)

    with refused(services.WordsMissing, case):
        services.ask_enterprise(case_id=case.pk, text=" 。 ", actor=people.handler, now=LATER)


def test_more_time_moves_the_deadline_to_the_end_of_the_day(people: People) -> None:
    case = ask_for_more_time(signed(people), people)

    granted = services.grant_extension(case_id=case.pk, actor=people.supervisor, now=LATER)

    assert granted.done_due_at == at("2026-12-03 17:30")
    assert columns(case, ["asked_for", "extended_at", "state"]) == {
        "asked_for": "",
        "extended_at": LATER,
        "state": CaseState.SIGNED,
    }
    (request,) = CaseRequest.objects.filter(case=case)
    assert (request.decision, request.decided_by) == (Decision.GRANTED, people.supervisor)


def test_a_question_after_the_extension_moves_the_new_deadline(people: People) -> None:
    case = ask_for_more_time(signed(people), people)
    services.grant_extension(case_id=case.pk, actor=people.supervisor, now=LATER)
    ask(case, people, now=at("2026-11-20 10:00"))

    answered = services.answer_question(
        case_id=case.pk, text="门口三盏", actor=people.member, now=at("2026-11-23 10:00")
    )

    assert answered.done_due_at == at("2026-12-04 17:30")


@pytest.mark.parametrize("until", [date(2026, 11, 30), date(2026, 12, 10), date(2025, 12, 3)])
def test_more_time_is_neither_no_time_nor_any_time(people: People, until: date) -> None:
    case = signed(people)

    with refused(services.DayNotPossible, case, first=date(2026, 11, 30), last=date(2026, 12, 9)):
        ask_for_more_time(case, people, until=until)


def test_more_time_is_not_asked_for_after_the_deadline(people: People) -> None:
    case = signed(people)

    with refused(services.AskedTooLate, case, day=date(2026, 11, 30)):
        ask_for_more_time(case, people, now=at("2026-11-30 10:01"))


def test_more_time_is_given_once(people: People) -> None:
    case = ask_for_more_time(signed(people), people)
    services.grant_extension(case_id=case.pk, actor=people.supervisor, now=LATER)

    with refused(services.ExtendedBefore, case, case=case.number, count=1):
        ask_for_more_time(case, people, until=date(2026, 12, 8))


def test_a_refused_request_may_be_made_again(people: People) -> None:
    case = ask_for_more_time(signed(people), people)
    services.deny_request(case_id=case.pk, text="先装临时灯", actor=people.supervisor, now=LATER)

    again = ask_for_more_time(case, people)

    assert (again.asked_for, again.done_due_at) == (RequestKind.EXTENSION, at(DUE))
    assert list(
        CaseRequest.objects.filter(case=case).order_by("pk").values_list("decision", flat=True)
    ) == [Decision.REFUSED, Decision.PENDING]


def test_one_request_waits_at_a_time(people: People) -> None:
    case = ask_for_more_time(signed(people), people)

    with refused(services.RequestWaits, case, case=case.number):
        ask_to_suspend(case, people)


def test_a_supervisor_decides_what_was_asked_and_nothing_else(people: People) -> None:
    case = ask_for_more_time(signed(people), people)

    with refused(services.NothingAsked, case, case=case.number):
        services.suspend_case(case_id=case.pk, actor=people.supervisor, now=LATER)


def test_what_was_asked_until_a_day_that_is_past_is_not_granted(people: People) -> None:
    case = ask_for_more_time(signed(people), people)

    with refused(services.RequestIsOver, case, day=date(2026, 12, 3)):
        services.grant_extension(
            case_id=case.pk, actor=people.supervisor, now=at("2026-12-03 17:30")
        )


def test_the_unit_does_not_grant_its_own_request(people: People) -> None:
    case = ask_for_more_time(signed(people), people)

    with refused(services.NotYourCase, case, case=case.number):
        services.grant_extension(case_id=case.pk, actor=people.handler, now=LATER)


def test_an_answer_ends_what_was_asked_for(people: People) -> None:
    case = ask_for_more_time(signed(people), people)

    services.reply_to_case(case_id=case.pk, text="修好了", actor=people.handler, now=LATER)

    assert columns(case, ["asked_for"]) == {"asked_for": ""}
    (request,) = CaseRequest.objects.filter(case=case)
    assert request.decision == Decision.DROPPED


def test_a_suspended_case_rests_until_its_review(people: People) -> None:
    case = suspended(people)

    assert columns(case, ["state", "light", "light_reason", "next_light_at"]) == {
        "state": CaseState.SUSPENDED,
        "light": Light.GREEN,
        "light_reason": "suspended",
        "next_light_at": at("2026-12-08 00:00"),
    }


def test_a_withdrawn_case_is_not_looked_at_again(people: People) -> None:
    case = suspended(people)

    services.withdraw_case(case_id=case.pk, text="不需要了", actor=people.member, now=LATER)

    assert columns(case, ["review_on", "state"]) == {"review_on": None, "state": "WITHDRAWN"}
    assert services.differences(now=LATER) == []


@pytest.mark.parametrize(
    ("now", "light"),
    [
        ("2026-12-07 23:59", Light.GREEN),
        ("2026-12-08 00:00", Light.YELLOW),
        ("2026-12-09 00:00", Light.RED),
    ],
)
def test_a_review_that_is_due_is_seen(people: People, now: str, light: Light) -> None:
    case = suspended(people)

    services.change_lights(actor=None, now=at(now))
    mine = queries.filtered_cases(standing_of(people.handler), CaseFilter(turn="mine"))

    assert columns(case, ["light"]) == {"light": light}
    assert [c.pk for c in mine] == ([] if light == Light.GREEN else [case.pk])


def test_a_review_says_when_the_next_one_is(people: People) -> None:
    case = suspended(people)

    services.review_suspended(
        case_id=case.pk,
        text="仍在等改建方案",
        until=date(2026, 12, 22),
        actor=people.handler,
        now=at("2026-12-08 09:00"),
    )

    assert columns(case, ["review_on", "light", "state"]) == {
        "review_on": date(2026, 12, 22),
        "light": Light.GREEN,
        "state": CaseState.SUSPENDED,
    }


@pytest.mark.parametrize("until", [date(2026, 11, 19), date(2027, 6, 1)])
def test_a_case_is_not_suspended_for_ever(people: People, until: date) -> None:
    case = signed(people)

    with pytest.raises(services.DayNotPossible):
        ask_to_suspend(case, people, until=until)


@pytest.mark.parametrize("who", ["handler", "supervisor"])
def test_a_suspended_case_is_taken_up_again_with_its_time(people: People, who: str) -> None:
    case = suspended(people)

    resumed = services.resume_case(
        case_id=case.pk, text="方案定了", actor=getattr(people, who), now=at("2026-11-26 10:05")
    )

    assert (resumed.state, resumed.review_on, resumed.done_due_at) == (
        CaseState.IN_PROGRESS,
        None,
        at("2026-12-07 10:00"),
    )


def test_a_supervisor_has_no_say_in_a_restricted_case(people: People) -> None:
    case = restricted_case(
        people,
        state=CaseState.SIGNED,
        handler=people.inspector,
        asked_for=RequestKind.SUSPENSION,
    )

    with pytest.raises(services.NotYourCase):
        services.suspend_case(case_id=case.pk, actor=people.supervisor, now=LATER)
