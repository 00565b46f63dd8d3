"""What an enterprise does with the answer, and what its silence does."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from shuniu.zone.desk import services
from shuniu.zone.desk.choices import CaseState, Light, Solved
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
    signed,
)
from tests.factories import THURSDAY_10, columns

LATER = THURSDAY_10 + 5 * A_MINUTE
# Five working days after Thursday, 2026-11-19, 10:00.
SILENCE_ENDS = datetime(2026, 11, 26, 10, tzinfo=ZONE)


def confirm(case: Case, people: People, **given: object) -> Case:
    arguments: dict[str, object] = {"solved": Solved.YES, "rating": 5, "actor": people.member}
    return services.confirm_case(case_id=case.pk, **(arguments | given), now=LATER)  # type: ignore[arg-type]  # tests vary one argument


def test_confirming_closes_the_case_with_its_rating(people: People) -> None:
    case = replied(people)

    confirm(case, people, solved=Solved.PARTLY, rating=3, text="谢谢")

    note_id, words = last_note(case)
    assert columns(case, ["state", "solved", "rating", "is_confirmed_by_silence"]) == {
        "state": CaseState.CLOSED,
        "solved": Solved.PARTLY,
        "rating": 3,
        "is_confirmed_by_silence": False,
    }
    assert columns(case, ["closed_at", "light", "light_reason", "next_light_at"]) == {
        "closed_at": LATER,
        "light": Light.NONE,
        "light_reason": "",
        "next_light_at": None,
    }
    assert words == ("RATING", "谢谢", people.member.pk, LATER)
    assert last_fact(case) == (
        "desk.case.closed",
        people.member.pk,
        LATER,
        {
            "case_id": case.pk,
            "solved": "partly",
            "rating": 3,
            "by_silence": False,
            "note_id": note_id,
        },
    )


@pytest.mark.parametrize("rating", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("solved", [Solved.YES, Solved.PARTLY, Solved.EXPLAINED])
def test_every_rating_and_every_kind_of_solution_closes(
    people: People, rating: int, solved: Solved
) -> None:
    case = replied(people)

    confirm(case, people, rating=rating, solved=solved)

    assert columns(case, ["rating", "solved"]) == {"rating": rating, "solved": solved}


@pytest.mark.parametrize("rating", [-1, 0, 6, 100])
def test_a_rating_outside_one_to_five_is_refused(people: People, rating: int) -> None:
    case = replied(people)

    with refused(services.RatingOutOfRange, case):
        confirm(case, people, rating=rating)


def test_not_solved_is_refused_and_not_confirmed(people: People) -> None:
    case = replied(people)

    with refused(services.RatingOutOfRange, case):
        confirm(case, people, solved=Solved.NO)


def test_a_comment_that_is_too_long_is_refused(people: People) -> None:
    case = replied(people)

    with refused(services.TooManyWords, case, length=5_001, limit=5_000):
        confirm(case, people, text="好" * 5_001)


def test_an_answer_that_does_not_satisfy_opens_the_case_again_in_the_next_round(
    people: People,
) -> None:
    case = replied(people)

    services.refuse_answer(case_id=case.pk, text="还是黑的", actor=people.member, now=LATER)

    note_id, words = last_note(case)
    assert columns(case, ["state", "round", "replied_at", "turn_since", "waits"]) == {
        "state": CaseState.REOPENED,
        "round": 2,
        "replied_at": None,
        "turn_since": LATER,
        "waits": [["2026-11-19T02:00:00+00:00", "2026-11-19T02:05:00+00:00"]],
    }
    assert words == ("REFUSAL", "还是黑的", people.member.pk, LATER)
    assert last_fact(case) == (
        "desk.case.reopened",
        people.member.pk,
        LATER,
        {"case_id": case.pk, "round": 2, "note_id": note_id},
    )


@pytest.mark.parametrize("make", [opened, dispatched, signed, replied])
def test_a_need_is_taken_back_with_a_reason(people: People, make: object) -> None:
    case = make(people)  # type: ignore[operator]  # one of the four above

    services.withdraw_case(case_id=case.pk, text="已自行解决", actor=people.member, now=LATER)

    note_id, words = last_note(case)
    assert columns(case, ["state", "withdrawn_at", "light", "next_light_at"]) == {
        "state": CaseState.WITHDRAWN,
        "withdrawn_at": LATER,
        "light": Light.NONE,
        "next_light_at": None,
    }
    assert words == ("WITHDRAWAL", "已自行解决", people.member.pk, LATER)
    assert last_fact(case) == (
        "desk.case.withdrawn",
        people.member.pk,
        LATER,
        {"case_id": case.pk, "note_id": note_id},
    )


@pytest.mark.parametrize("text", ["", "  ", "。", "😀"])
def test_refusing_and_withdrawing_need_words(people: People, text: str) -> None:
    case = replied(people)

    with refused(services.WordsMissing, case):
        services.refuse_answer(case_id=case.pk, text=text, actor=people.member, now=LATER)
    with refused(services.WordsMissing, case):
        services.withdraw_case(case_id=case.pk, text=text, actor=people.member, now=LATER)


def test_refusing_and_withdrawing_take_five_thousand_characters(people: People) -> None:
    case = replied(people)

    with refused(services.TooManyWords, case, length=5_001, limit=5_000):
        services.refuse_answer(case_id=case.pk, text="黑" * 5_001, actor=people.member, now=LATER)
    with refused(services.TooManyWords, case, length=5_001, limit=5_000):
        services.withdraw_case(case_id=case.pk, text="黑" * 5_001, actor=people.member, now=LATER)


@pytest.mark.parametrize("who", ["stranger", "handler", "clerk", "supervisor", "leader"])
def test_nobody_else_speaks_for_the_enterprise(people: People, who: str) -> None:
    case = replied(people)
    actor = getattr(people, who)

    with refused(services.NotYourCase, case, case=case.number):
        confirm(case, people, actor=actor)
    with refused(services.NotYourCase, case, case=case.number):
        services.refuse_answer(case_id=case.pk, text="还是黑的", actor=actor, now=LATER)
    with refused(services.NotYourCase, case, case=case.number):
        services.withdraw_case(case_id=case.pk, text="已自行解决", actor=actor, now=LATER)


def test_confirming_twice_is_refused_with_the_name_of_whoever_was_faster(people: People) -> None:
    case = replied(people)
    confirm(case, people)

    with refused(
        services.NotPossibleNow,
        case,
        case=case.number,
        state=CaseState.CLOSED.label,
        who=people.member.name,
    ):
        confirm(case, people, rating=1)


@pytest.mark.parametrize("over", [CaseState.CLOSED, CaseState.WITHDRAWN])
def test_what_is_over_cannot_be_withdrawn(people: People, over: CaseState) -> None:
    case = case_in(over, people)

    with pytest.raises(services.NotPossibleNow):
        services.withdraw_case(case_id=case.pk, text="算了", actor=people.member, now=LATER)

    assert columns(case, ["state"]) == {"state": over}


def test_five_working_days_of_silence_close_a_case_without_a_rating(people: People) -> None:
    case = replied(people)

    assert services.confirm_silent(actor=None, now=SILENCE_ENDS) == 1

    names = ["state", "solved", "rating", "is_confirmed_by_silence", "closed_at", "light"]
    assert columns(case, names) == {
        "state": CaseState.CLOSED,
        "solved": Solved.EXPLAINED,
        "rating": None,
        "is_confirmed_by_silence": True,
        "closed_at": SILENCE_ENDS,
        "light": Light.NONE,
    }
    assert last_fact(case) == (
        "desk.case.closed",
        None,
        SILENCE_ENDS,
        {
            "case_id": case.pk,
            "solved": "explained",
            "rating": None,
            "by_silence": True,
            "note_id": None,
        },
    )


def test_a_moment_less_of_silence_closes_nothing(people: People) -> None:
    case = replied(people)
    told = len(facts_told(case))

    closed = services.confirm_silent(actor=None, now=SILENCE_ENDS - timedelta(microseconds=1))

    assert (closed, len(facts_told(case))) == (0, told)
    assert columns(case, ["state"]) == {"state": CaseState.REPLIED}


def test_silence_closes_only_once_and_only_what_was_answered(people: People) -> None:
    replied(people)
    waiting = [opened(people), dispatched(people), signed(people)]

    assert services.confirm_silent(actor=None, now=SILENCE_ENDS) == 1
    assert services.confirm_silent(actor=None, now=SILENCE_ENDS + A_MINUTE) == 0

    assert [columns(case, ["state"])["state"] for case in waiting] == [
        CaseState.SUBMITTED,
        CaseState.DISPATCHED,
        CaseState.SIGNED,
    ]


def test_silence_counts_from_the_last_answer(people: People) -> None:
    case = replied(people)
    services.refuse_answer(case_id=case.pk, text="还是黑的", actor=people.member, now=LATER)

    assert services.confirm_silent(actor=None, now=SILENCE_ENDS) == 0
    assert columns(case, ["state"]) == {"state": CaseState.REOPENED}
