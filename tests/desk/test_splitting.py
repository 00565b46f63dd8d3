"""One text that tells of several needs becomes a case for each, and no clock restarts."""

from __future__ import annotations

from typing import Any

import pytest

from shuniu.zone.desk import services
from shuniu.zone.desk.choices import CaseState, Urgency
from shuniu.zone.desk.models import Case
from shuniu.zone.notices.models import Notice
from tests.desk.people import A_MINUTE, People, accepted, facts_told, opened, refused, signed
from tests.factories import THURSDAY_10, columns, office

LATER = THURSDAY_10 + A_MINUTE
TEXTS = ("厂门口的路灯坏了。", "井盖松了，车过有响声。")


def parts_of(case: Case) -> list[Case]:
    return list(Case.objects.filter(split_from=case).order_by("pk"))


def test_each_part_has_the_clock_of_the_whole(people: People) -> None:
    case = accepted(people)

    services.split_case(case_id=case.pk, texts=TEXTS, actor=people.clerk, now=LATER)

    assert columns(case, ["state", "split_at", "closed_at", "light"]) == {
        "state": "SPLIT", "split_at": LATER, "closed_at": None, "light": "none",
    }  # fmt: skip
    parts = parts_of(case)
    assert [(part.text, part.state, part.submitted_at, part.done_due_at) for part in parts] == [
        (text, "SUBMITTED", THURSDAY_10, case.done_due_at) for text in TEXTS
    ]
    assert [fact.kind for part in parts for fact in facts_told(part)] == [
        "desk.case.split_off", "desk.case.split_off",
    ]  # fmt: skip
    assert services.differences(now=LATER) == []


def test_what_the_whole_waited_for_is_taken_out_of_its_parts_too(people: People) -> None:
    case = opened(people)
    given: dict[str, Any] = {"case_id": case.pk, "text": "说明"}
    services.reject_case(**given, instead="区人社局", actor=people.clerk, now=THURSDAY_10)
    services.object_to_rejection(**given, actor=people.member, now=LATER)
    services.accept_case(
        case_id=case.pk, category="municipal", subcategory="", urgency=Urgency.NORMAL,
        actor=people.supervisor, now=LATER,
    )  # fmt: skip
    case.refresh_from_db()

    services.split_case(case_id=case.pk, texts=TEXTS, actor=people.clerk, now=LATER)

    assert [part.waits for part in parts_of(case)] == [case.waits, case.waits]
    assert services.differences(now=LATER) == []


def test_the_enterprise_is_told(people: People) -> None:
    case = opened(people)

    services.split_case(case_id=case.pk, texts=TEXTS, actor=people.clerk, now=LATER)

    told = Notice.objects.filter(recipient=people.member)
    assert list(told.values_list("kind", flat=True)) == ["desk.divided"]


def test_what_was_handled_with_it_is_on_its_own_again(people: People) -> None:
    case, other = accepted(people), accepted(people)
    services.merge_case(case_id=other.pk, into=case.pk, actor=people.clerk, now=THURSDAY_10)

    services.split_case(case_id=case.pk, texts=TEXTS, actor=people.clerk, now=LATER)

    assert columns(other, ["state", "parent_id"]) == {"state": "ACCEPTED", "parent_id": None}


@pytest.mark.parametrize("texts", [(), ("",), ("只有一件。",), ("只有一件。", " "), ("件。",) * 7])
def test_it_is_divided_into_two_to_six(people: People, texts: tuple[str, ...]) -> None:
    case = accepted(people)

    with refused(services.PartsNotPossible, case, fewest=2, most=6):
        services.split_case(case_id=case.pk, texts=texts, actor=people.clerk, now=LATER)

    assert parts_of(case) == []


def test_what_a_unit_has_in_hand_is_not_divided(people: People) -> None:
    case = signed(people)

    with refused(
        services.NotPossibleNow, case,
        case=case.number, state=CaseState.SIGNED.label, who=people.handler.name,
    ):  # fmt: skip
        services.split_case(case_id=case.pk, texts=TEXTS, actor=people.clerk, now=LATER)


def test_the_parts_go_their_own_ways(people: People) -> None:
    case = opened(people)
    services.split_case(case_id=case.pk, texts=TEXTS, actor=people.clerk, now=LATER)
    first, second = parts_of(case)

    services.accept_case(
        case_id=first.pk, category="municipal", subcategory="", urgency=Urgency.NORMAL,
        actor=people.clerk, now=LATER,
    )  # fmt: skip
    unit = office("planning_bureau")
    services.dispatch_case(case_id=first.pk, unit=unit, actor=people.clerk, now=LATER)

    assert columns(first, ["state"]) == {"state": "DISPATCHED"}
    assert columns(second, ["state"]) == {"state": "SUBMITTED"}


def test_a_text_is_divided_where_it_says_so() -> None:
    text = "厂门口的路灯坏了，晚班看不清路。另外，宿舍热水器也坏了，请帮忙联系维修。"

    assert services.suggested_parts(text) == (
        "厂门口的路灯坏了，晚班看不清路。",
        "另外，宿舍热水器也坏了，请帮忙联系维修。",
    )
