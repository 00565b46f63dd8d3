"""Calling an enterprise back about a closed case: who may, what follows, and the three figures."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import User
from shuniu.zone.desk import policies, queries, services
from shuniu.zone.desk.choices import CallBackReason, CaseState, Light, Solved, Step, Urgency
from shuniu.zone.desk.models import CallBack, Case
from shuniu.zone.desk.problems import call_back_reason
from shuniu.zone.desk.queries import CaseFilter
from shuniu.zone.registry.queries import standing_of
from tests.costs import costs
from tests.desk.browsing import queries_of, signed_in
from tests.desk.people import (
    A_MINUTE,
    People,
    case_in,
    facts_told,
    last_fact,
    last_note,
    refused,
    replied,
    restricted_case,
)
from tests.factories import THURSDAY_10, columns, handler, person

LATER = THURSDAY_10 + A_MINUTE
CALLED = THURSDAY_10 + timedelta(hours=2)
THURSDAY = date(2026, 11, 19)
WORDS = "与王经理通话,灯又灭了"


def closed(people: People, rating: int = 5, solved: Solved = Solved.YES) -> Case:
    """Return a case that the enterprise has confirmed a minute after the answer."""
    return services.confirm_case(
        case_id=replied(people).pk, solved=solved, rating=rating, actor=people.member, now=LATER
    )


def call(case: Case, by: User, solved: Solved = Solved.YES, rating: int | None = None) -> Case:
    return services.call_back(
        case_id=case.pk, solved=solved, text=WORDS, rating=rating, actor=by, now=CALLED
    )


@pytest.mark.parametrize(
    ("rating", "solved", "reason"),
    [
        (5, Solved.YES, None),
        (3, Solved.YES, None),
        (3, Solved.EXPLAINED, None),
        (3, Solved.PARTLY, CallBackReason.SOLVED),
        (2, Solved.YES, CallBackReason.GRADE),
        (1, Solved.PARTLY, CallBackReason.GRADE),
    ],
)
def test_all_bad_grades_and_what_else_the_profile_says_wait_for_a_call_back(
    people: People, rating: int, solved: Solved, reason: CallBackReason | None
) -> None:
    case = closed(people, rating, solved)

    assert call_back_reason(case) == reason
    assert columns(case, ["call_back_since"]) == {"call_back_since": LATER if reason else None}
    found = queries.cases_to_call_back(standing_of(people.supervisor))
    assert list(found) == ([case] if reason else [])
    assert (
        queries.count_of(standing_of(people.supervisor), CaseFilter(turn="call-back"))
        == found.count()
    )


def test_a_critical_need_waits_for_a_call_back_and_silence_does_not(people: People) -> None:
    critical = case_in(CaseState.CLOSED, people, urgency=Urgency.CRITICAL)
    silent = case_in(CaseState.CLOSED, people, is_confirmed_by_silence=True)

    assert (call_back_reason(critical), call_back_reason(silent)) == (CallBackReason.URGENCY, None)


def test_nobody_waits_for_a_call_back_about_a_restricted_case(people: People) -> None:
    case = restricted_case(people, rating=1)

    assert call_back_reason(case) is None


def test_a_case_that_is_solved_stays_closed(people: People) -> None:
    case = call(closed(people, rating=1), people.supervisor, Solved.YES, rating=4)

    assert columns(case, ["state", "closed_at", "called_back_at", "call_back_since", "rating"]) == {
        "state": CaseState.CLOSED,
        "closed_at": LATER,
        "called_back_at": CALLED,
        "call_back_since": None,
        "rating": 1,
    }
    call_back = CallBack.objects.get()
    note_id, note = last_note(case)
    assert note == ("CALL_BACK", WORDS, people.supervisor.pk, CALLED)
    assert last_fact(case) == (
        "desk.case.called_back",
        people.supervisor.pk,
        CALLED,
        {
            "case_id": case.pk,
            "call_back_id": call_back.pk,
            "solved": "yes",
            "rating": 4,
            "note_id": note_id,
        },
    )
    assert (call_back.unit, call_back.round, call_back.words_id) == (case.lead_unit, 1, note_id)
    assert services.differences(now=CALLED) == []


def test_a_case_that_is_not_solved_is_open_again_one_level_up(people: People) -> None:
    case = closed(people, rating=2)
    due_before = columns(case, ["done_due_at"])["done_due_at"]

    call(case, people.clerk, Solved.NO, rating=1)

    assert columns(
        case, ["state", "round", "closed_at", "replied_at", "solved", "rating", "called_back_at"]
    ) == {
        "state": CaseState.REOPENED,
        "round": 2,
        "closed_at": None,
        "replied_at": None,
        "solved": "",
        "rating": None,
        "called_back_at": None,
    }
    # Two hours between answer and call-back are taken out, the clock does not begin anew.
    assert case.done_due_at - due_before == timedelta(hours=2)
    assert (case.light, case.turn_since) == (Light.GREEN, CALLED)
    assert last_fact(case)[0] == "desk.case.called_back_unsolved"
    assert queries.count_of(standing_of(people.supervisor), CaseFilter(turn="mine")) == 1
    assert services.differences(now=CALLED) == []


def test_a_case_can_be_called_back_about_again_after_it_was_closed_again(people: People) -> None:
    case = call(closed(people, rating=1), people.clerk, Solved.NO)
    unit = case.lead_unit
    assert unit is not None
    services.dispatch_case(case_id=case.pk, unit=unit, actor=people.supervisor, now=CALLED)
    services.sign_case(case_id=case.pk, actor=people.handler, now=CALLED)
    services.reply_to_case(case_id=case.pk, text="换了电缆", actor=people.handler, now=CALLED)
    services.confirm_case(
        case_id=case.pk, solved=Solved.YES, rating=2, actor=people.member, now=CALLED
    )

    call(case, people.supervisor)

    assert list(case.call_backs.order_by("pk").values_list("round", "solved")) == [
        (1, "no"),
        (2, "yes"),
    ]
    assert services.differences(now=CALLED) == []


def test_one_closing_is_called_back_about_once(people: People) -> None:
    case = call(closed(people), people.supervisor)

    with refused(services.NotYourCase, case, case=case.number):
        call(case, people.clerk)


def test_the_unit_that_handled_a_case_does_not_call_back_about_it(people: People) -> None:
    case = closed(people)
    clerk_of_unit = person(Role.CENTER_CLERK, office="planning_bureau")
    in_two_roles = person(Role.CENTER_CLERK, Role.UNIT_HANDLER, office="planning_bureau")
    supervisor_who_handles = person(Role.SUPERVISOR, Role.UNIT_HANDLER, office="planning_bureau")

    for somebody in (people.handler, people.colleague, clerk_of_unit, in_two_roles,
                     supervisor_who_handles, people.leader, people.member):  # fmt: skip
        with refused(services.NotYourCase, case, case=case.number):
            call(case, somebody)
        assert Step.CALL_BACK not in policies.steps_open_to(standing_of(somebody), case)


def test_whoever_handled_it_before_they_became_a_supervisor_does_not_either(
    people: People,
) -> None:
    case = closed(people)
    Case.objects.filter(pk=case.pk).update(handler=people.supervisor)

    with refused(services.NotYourCase, case, case=case.number):
        call(case, people.supervisor)


def test_a_supervisor_with_a_desk_in_the_unit_may(people: People) -> None:
    case = closed(people)

    call(case, person(Role.SUPERVISOR, office="planning_bureau"))

    assert CallBack.objects.count() == 1


def test_words_are_needed_and_a_grade_is_one_to_five(people: People) -> None:
    case = closed(people)

    with refused(services.WordsMissing, case):
        services.call_back(
            case_id=case.pk, solved=Solved.YES, text=" ", actor=people.clerk, now=CALLED
        )
    for rating in (0, 6):
        with refused(services.RatingOutOfRange, case):
            call(case, people.clerk, rating=rating)


def test_an_open_case_is_not_called_back_about(people: People) -> None:
    case = replied(people)

    with refused(
        services.NotPossibleNow, case, case=case.number, state="已答复", who=people.handler.name
    ):
        call(case, people.supervisor)


def test_closed_solved_and_satisfied_are_three_figures_with_their_lists(people: People) -> None:
    unsolved = closed(people, rating=1)
    for solved, rating in (
        (Solved.YES, 5),
        (Solved.PARTLY, 2),
        (Solved.EXPLAINED, None),
    ):
        call(closed(people, rating=2), people.supervisor, solved, rating)
    call(unsolved, people.supervisor, Solved.NO, 3)
    waiting = closed(people, rating=1)
    closed(people)
    who = standing_of(people.leader)

    found = queries.call_back_figures(who, THURSDAY)

    assert (found.closed, found.all, found.solved, found.unsolved) == (5, 4, 1, 1)
    assert (found.rated, found.good, found.bad, found.waiting) == (3, 2, 1, 1)
    assert (found.solved_pct, found.satisfied_pct) == (25.0, 66.7)
    assert queries.filtered_cases(who, found.closed_rows).count() == found.closed
    for kind in ("all", "solved", "unsolved", "rated", "good", "bad"):
        assert queries.listed_call_backs(who, kind, THURSDAY).count() == getattr(found, kind)
    assert list(queries.cases_to_call_back(who)) == [waiting]


def test_without_any_call_back_there_is_no_rate(people: People) -> None:
    found = queries.call_back_figures(standing_of(people.leader), THURSDAY)

    assert (found.solved_pct, found.satisfied_pct) == (None, None)


def test_what_was_said_before_the_period_does_not_count(people: People) -> None:
    call(closed(people), people.supervisor)

    found = queries.call_back_figures(standing_of(people.leader), date(2026, 11, 20))

    assert (found.closed, found.all) == (0, 0)


def test_the_enterprise_reads_that_it_is_open_again_and_not_the_words(people: People) -> None:
    solved, unsolved = closed(people), closed(people)
    call(solved, people.supervisor)
    call(unsolved, people.supervisor, Solved.NO)
    client = signed_in(people.member)

    pages = [client.get(reverse("desk:case-page", args=[case.pk])) for case in (solved, unsolved)]

    assert [WORDS in page.text for page in pages] == [False, False]
    assert ["回访" in page.text for page in pages] == [False, True]
    asked = client.get(f"{reverse('desk:case-list')}?turn=call-back")
    assert asked.context["page"].paginator.count == 0


def test_the_pages_show_whom_to_call_and_why_and_what_was_heard(people: People) -> None:
    waiting = closed(people, rating=1)
    heard = call(closed(people), people.clerk, Solved.PARTLY, 3)
    client = signed_in(people.supervisor)
    url = reverse("desk:call-back-list")

    first, second = client.get(url), client.get(f"{url}?which=all")

    assert (waiting.number in first.text, heard.number in first.text) == (True, False)
    assert ("差评" in first.text, "非常不满意" in first.text) == (True, True)
    assert (waiting.number in second.text, heard.number in second.text) == (False, True)
    assert ("部分解决" in second.text, people.clerk.name in second.text) == (True, True)
    assert [tab["count"] for tab in second.context["tabs"]] == [1, 1, 0, 0, 1, 1, 0]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(people: People, rows: int) -> None:
    for _ in range(rows):
        call(closed(people), people.supervisor)
        closed(people, rating=1)
    client = signed_in(people.supervisor)
    url = reverse("desk:call-back-list")

    assert queries_of(client, url) == costs()["desk:call-back-list"]
    assert queries_of(client, f"{url}?which=all") == costs()["desk:call-back-list"]


def test_a_call_back_is_one_fact(people: People) -> None:
    case = closed(people)
    before = len(facts_told(case))

    call(case, people.supervisor, Solved.NO)

    assert len(facts_told(case)) == before + 1


def test_a_handler_of_another_unit_calls_nobody_back(people: People) -> None:
    case = closed(people)

    with refused(services.NotYourCase, case, case=case.number):
        call(case, handler("econ_bureau"))
