"""Several cases handled as one: put together, answered together, and each on its own again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from shuniu.zone.accounts.models import User
from shuniu.zone.desk import queries, services
from shuniu.zone.desk.choices import CaseState, LinkKind, Solved
from shuniu.zone.desk.models import Case, CaseLink
from shuniu.zone.notices.models import Notice
from shuniu.zone.registry.models import Enterprise, Site
from shuniu.zone.registry.queries import standing_of
from tests.desk.people import (
    A_MINUTE,
    TEXT,
    People,
    accepted,
    case_in,
    dispatched,
    facts_told,
    opened,
    refused,
    restricted_case,
    signed,
)
from tests.factories import THURSDAY_10, EnterpriseFactory, columns, member_of, office

LATER = THURSDAY_10 + A_MINUTE
LAST = LATER + A_MINUTE


@pytest.fixture
def neighbor(people: People) -> Enterprise:  # noqa: ARG001  # the zone and its people first
    return EnterpriseFactory.create()


@pytest.fixture
def neighbors_person(neighbor: Enterprise) -> User:
    return member_of(neighbor)


def opened_by(firm: Enterprise, person: User, people: People, **given: Any) -> Case:
    return opened(people, enterprise=firm, actor=person, **given)


def merged(child: Case, parent: Case, people: People) -> Case:
    return services.merge_case(
        case_id=child.pk, into=parent.pk, text="同一盏路灯", actor=people.clerk, now=LATER
    )


def kinds_told(person: User) -> list[str]:
    told = Notice.objects.filter(recipient=person).order_by("pk")
    return list(told.values_list("kind", flat=True))


def test_a_new_case_takes_over_what_the_leading_one_is_about(
    people: People, neighbor: Enterprise, neighbors_person: User
) -> None:
    parent = signed(people)
    child = opened_by(neighbor, neighbors_person, people)

    merged(child, parent, people)

    assert columns(child, ["state", "parent_id", "category", "handler_id", "accepted_at"]) == {
        "state": "MERGED",
        "parent_id": parent.pk,
        "category": "municipal",
        "handler_id": None,
        "accepted_at": LATER,
    }
    assert [fact.kind for fact in facts_told(child)][-1] == "desk.case.merged"
    assert [fact.kind for fact in facts_told(parent)][-1] == "desk.case.joined"


def test_everybody_is_told_that_two_cases_are_one(
    people: People, neighbor: Enterprise, neighbors_person: User
) -> None:
    parent = signed(people)
    child = opened_by(neighbor, neighbors_person, people)

    merged(child, parent, people)

    assert kinds_told(neighbors_person)[-1] == "desk.merged"
    assert kinds_told(people.member)[-1] == "desk.joined"
    assert kinds_told(people.handler)[-1] == "desk.joined"


def test_whoever_had_signed_for_it_is_told_that_nothing_is_left_to_do(people: People) -> None:
    parent, child = accepted(people), signed(people)

    merged(child, parent, people)

    assert kinds_told(people.handler)[-1] == "desk.handed_on"


def test_the_plan_and_the_answer_go_to_all_and_each_confirms_for_itself(
    people: People, neighbor: Enterprise, neighbors_person: User
) -> None:
    parent = signed(people)
    child = merged(opened_by(neighbor, neighbors_person, people), parent, people)
    given: dict[str, Any] = {"case_id": parent.pk, "actor": people.handler, "now": LAST}
    services.plan_case(text="先修线路", planned_on=LAST.date(), **given)

    services.reply_to_case(text="路灯全部修好。", **given)

    assert columns(child, ["state", "replied_at", "planned_on", "handler_id"]) == {
        "state": "REPLIED",
        "replied_at": LAST,
        "planned_on": LAST.date(),
        "handler_id": people.handler.pk,
    }
    assert [note.text for note in child.notes.filter(is_public=True).order_by("pk")] == [
        "先修线路",
        "路灯全部修好。",
    ]
    assert kinds_told(neighbors_person)[-1] == "desk.replied"
    services.confirm_case(
        case_id=child.pk, solved=Solved.YES, rating=5, actor=neighbors_person, now=LAST
    )
    assert columns(parent, ["state"]) == {"state": "REPLIED"}
    assert services.differences(now=LAST) == []


def test_who_refuses_the_common_answer_goes_on_alone(
    people: People, neighbor: Enterprise, neighbors_person: User
) -> None:
    parent = signed(people)
    child = merged(opened_by(neighbor, neighbors_person, people), parent, people)
    services.reply_to_case(
        case_id=parent.pk, text="路灯全部修好。", actor=people.handler, now=LATER
    )

    services.refuse_answer(
        case_id=child.pk, text="我们门口的还没有亮", actor=neighbors_person, now=LAST
    )

    assert columns(child, ["state", "parent_id", "round"]) == {
        "state": "REOPENED", "parent_id": None, "round": 2,
    }  # fmt: skip
    assert columns(parent, ["state", "round"]) == {"state": "REPLIED", "round": 1}


def test_it_is_undone_and_not_suggested_again(
    people: People, neighbor: Enterprise, neighbors_person: User
) -> None:
    parent = signed(people)
    child = merged(opened_by(neighbor, neighbors_person, people), parent, people)

    services.part_case(case_id=child.pk, text="另一条路", actor=people.clerk, now=LAST)

    assert columns(child, ["state", "parent_id", "lead_unit_id"]) == {
        "state": "ACCEPTED", "parent_id": None, "lead_unit_id": None,
    }  # fmt: skip
    child.refresh_from_db()
    assert services.cases_alike(case=child, who=standing_of(people.clerk)) == ()
    assert kinds_told(neighbors_person)[-1] == "desk.parted"
    assert services.differences(now=LAST) == []


@pytest.mark.parametrize("end", ["withdraw", "reject"])
def test_the_others_are_on_their_own_when_the_leading_one_is_over(
    people: People, neighbor: Enterprise, neighbors_person: User, end: str
) -> None:
    parent = accepted(people)
    child = merged(opened_by(neighbor, neighbors_person, people), parent, people)
    given: dict[str, Any] = {"case_id": parent.pk, "text": "算了", "now": LAST}

    if end == "withdraw":
        services.withdraw_case(actor=people.member, **given)
    else:
        Case.objects.filter(pk=parent.pk).update(state="SUBMITTED")
        services.reject_case(instead="区人社局", actor=people.clerk, **given)

    assert columns(child, ["state", "parent_id"]) == {"state": "ACCEPTED", "parent_id": None}
    assert services.differences(now=LAST) == []


def test_what_becomes_restricted_leads_no_other_case(
    people: People, neighbor: Enterprise, neighbors_person: User
) -> None:
    parent = accepted(people)
    child = merged(opened_by(neighbor, neighbors_person, people), parent, people)

    services.dispatch_case(
        case_id=parent.pk, unit=office("discipline_group"), actor=people.clerk, now=LAST
    )

    assert columns(child, ["state", "lead_unit_id"]) == {"state": "ACCEPTED", "lead_unit_id": None}


def test_the_others_go_where_the_leading_one_goes(
    people: People, neighbor: Enterprise, neighbors_person: User
) -> None:
    parent = accepted(people)
    child = merged(opened_by(neighbor, neighbors_person, people), parent, people)

    unit = office("planning_bureau")
    services.dispatch_case(case_id=parent.pk, unit=unit, actor=people.clerk, now=LAST)

    assert columns(child, ["state", "lead_unit_id"]) == {
        "state": "MERGED", "lead_unit_id": unit.pk,
    }  # fmt: skip
    assert child in queries.cases_visible_to(standing_of(people.handler))


def test_a_case_is_not_put_with_itself(people: People) -> None:
    case = accepted(people)

    with refused(services.MergedIntoItself, case):
        merged(case, case, people)


def test_there_is_no_circle(people: People) -> None:
    one, other = accepted(people), accepted(people)
    merged(one, other, people)

    with refused(services.LeadsOthers, other, case=other.number):
        merged(other, one, people)


def test_there_is_no_chain(people: People) -> None:
    one, other, third = accepted(people), accepted(people), accepted(people)
    merged(one, other, people)

    with refused(services.CannotLead, third, case=one.number, state=CaseState.MERGED.label):
        merged(third, one, people)


@pytest.mark.parametrize("state", [CaseState.REPLIED, CaseState.CLOSED, CaseState.WITHDRAWN])
def test_what_is_answered_or_over_leads_no_other_case(people: People, state: CaseState) -> None:
    case, other = accepted(people), case_in(state, people)

    with refused(services.CannotLead, case, case=other.number, state=state.label):
        merged(case, other, people)


def test_what_is_not_accepted_leads_no_other_case(people: People) -> None:
    case, other = accepted(people), opened(people)

    with refused(services.NotSorted, case, case=other.number):
        merged(case, other, people)


def test_a_restricted_case_is_put_with_no_other(people: People) -> None:
    case, other = accepted(people), restricted_case(people)

    with refused(services.UnknownCase, case):
        merged(case, other, people)


def test_the_same_words_are_suggested_with_the_rule_and_why(
    people: People, neighbor: Enterprise, neighbors_person: User
) -> None:
    first = dispatched(people)
    case = opened_by(neighbor, neighbors_person, people, at=LATER)

    (found,) = services.cases_alike(case=case, who=standing_of(people.clerk))

    assert (found.case, found.rule, found.like_pct, found.apart_m, found.apart) == (
        first, services.Rule.WORDS, 100, None, A_MINUTE,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lat", "after", "is_found"),
    [
        (31.8680, timedelta(hours=47), True),  # 900 m to the north
        (31.8700, timedelta(hours=47), False),  # 1,100 m
        (31.8680, timedelta(hours=49), False),
    ],
)
def test_the_same_trouble_nearby_within_two_days_is_suggested(
    people: People, neighbor: Enterprise, lat: float, after: timedelta, is_found: bool
) -> None:
    Site.objects.create(enterprise=people.enterprise, lon=121.2, lat=31.8600)
    Site.objects.create(enterprise=neighbor, lon=121.2, lat=lat)
    first = case_in(CaseState.IN_PROGRESS, people, text=TEXT)
    case = case_in(
        CaseState.ACCEPTED, people, enterprise=neighbor, text="雨水井盖松动，车过有响声",
        submitted_at=first.submitted_at + after,
    )  # fmt: skip

    found = services.cases_alike(case=case, who=standing_of(people.clerk))

    assert [one.rule for one in found] == ([services.Rule.NEAR] if is_found else [])


def test_what_was_told_apart_is_not_suggested_again(people: People) -> None:
    first, case = accepted(people), accepted(people)

    services.tell_apart(case_id=case.pk, other_id=first.pk, actor=people.clerk, now=LATER)

    assert services.cases_alike(case=case, who=standing_of(people.clerk)) == ()
    assert services.cases_alike(case=first, who=standing_of(people.clerk)) == ()


def test_a_relation_goes_both_ways_and_is_taken_off(people: People) -> None:
    first, case = accepted(people), accepted(people)
    who = standing_of(people.clerk)
    given: dict[str, Any] = {"case_id": case.pk, "other_id": first.pk, "actor": people.clerk}

    services.relate_cases(**given, now=LATER)

    assert list(queries.related_cases(who, first)) == [case]
    assert list(queries.related_cases(who, case)) == [first]
    with refused(services.LinkedAlready, case, case=case.number, other=first.number):
        services.relate_cases(**given, now=LAST)
    services.unrelate_cases(**given, now=LAST)
    assert CaseLink.objects.filter(kind=LinkKind.RELATED).count() == 0
    with refused(services.NotLinked, case, case=case.number, other=first.number):
        services.unrelate_cases(**given, now=LAST)
