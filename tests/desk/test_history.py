"""What the history of a case tells, and who has the ball."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation

from shuniu.zone.desk import queries, services
from shuniu.zone.desk.choices import CaseState, Urgency
from shuniu.zone.desk.models import Case
from tests.desk.people import (
    People,
    case_in,
    opened,
    restricted_case,
    signed,
)
from tests.factories import (
    THURSDAY_10,
    office,
)

THURSDAY = date(2026, 11, 19)


def test_the_enterprise_reads_a_history_without_what_is_for_staff_only(people: People) -> None:
    case = replied_after_reading(people)

    def kinds(*, for_staff: bool) -> list[str]:
        entries = queries.history_of(case, language="zh-hans", for_staff=for_staff)
        return [entry.kind for entry in entries]

    assert kinds(for_staff=True) == [
        "opened",
        "read",
        "accepted",
        "dispatched",
        "light_changed",
        "signed",
        "replied",
    ]
    assert kinds(for_staff=False) == ["opened", "accepted", "dispatched", "signed", "replied"]


def replied_after_reading(people: People) -> Case:
    case = opened(people)
    services.read_case(case_id=case.pk, actor=None, now=THURSDAY_10)
    services.accept_case(
        case_id=case.pk,
        category="municipal",
        subcategory="",
        urgency=Urgency.NORMAL,
        text="请核实",
        actor=people.clerk,
        now=THURSDAY_10,
    )
    services.dispatch_case(
        case_id=case.pk, unit=office("planning_bureau"), actor=people.clerk, now=THURSDAY_10
    )
    friday_10 = THURSDAY_10 + timedelta(days=1)
    services.change_lights(actor=None, now=friday_10)
    services.sign_case(case_id=case.pk, actor=people.handler, now=friday_10)
    return services.reply_to_case(
        case_id=case.pk, text="已修好", actor=people.handler, now=friday_10
    )


def test_an_entry_tells_who_when_and_in_which_words(people: People) -> None:
    case = replied_after_reading(people)

    with translation.override("en"):
        entries = queries.history_of(case, language="en", for_staff=True)

    assert [(e.at, e.who, e.text, e.rating) for e in entries[1:4]] == [
        (THURSDAY_10, "", "", None),
        (THURSDAY_10, people.clerk.name, "请核实", None),
        (THURSDAY_10, people.clerk.name, "", None),
    ]
    assert (entries[3].title, entries[4].title) == (
        "Given to Planning and Construction Bureau",
        "Light changed: slipping",
    )


@pytest.mark.parametrize(
    ("state", "unit", "person_named"),
    [
        (CaseState.SUBMITTED, "企业服务中心", ""),
        (CaseState.ACCEPTED, "企业服务中心", ""),
        (CaseState.RETURNED, "企业服务中心", ""),
        (CaseState.DISPATCHED, "规划建设局", ""),
        (CaseState.SIGNED, "规划建设局", "handler"),
        (CaseState.IN_PROGRESS, "规划建设局", "handler"),
        (CaseState.REOPENED, "企业服务中心", "Supervisor"),
    ],
)
def test_the_ball_is_with_one_unit_or_person(
    people: People, state: CaseState, unit: str, person_named: str
) -> None:
    case = case_in(state, people)

    with translation.override("en"):
        holder = queries.holder_of(case, center="企业服务中心", language="zh-hans")

    named = people.handler.name if person_named == "handler" else person_named
    assert holder is not None
    assert (holder.unit, holder.person, holder.is_enterprise) == (unit, named, False)
    assert (holder.since, holder.next_due_at) == (THURSDAY_10, case.contact_due_at)


def test_the_ball_is_with_the_enterprise_after_an_answer(people: People) -> None:
    holder = queries.holder_of(
        case_in(CaseState.REPLIED, people), center="企业服务中心", language="zh-hans"
    )

    assert holder is not None
    assert (holder.unit, holder.person, holder.next_due_at, holder.is_enterprise) == (
        people.enterprise.name,
        "",
        None,
        True,
    )


@pytest.mark.parametrize("state", [CaseState.CLOSED, CaseState.WITHDRAWN])
def test_nobody_has_the_ball_when_it_is_over(people: People, state: CaseState) -> None:
    assert queries.holder_of(case_in(state, people), center="", language="zh-hans") is None


@pytest.mark.parametrize("state", [CaseState.SUBMITTED, CaseState.REOPENED])
def test_the_ball_of_a_restricted_case_is_never_with_the_center(
    people: People, state: CaseState
) -> None:
    case = restricted_case(people, state=state)

    holder = queries.holder_of(case, center="企业服务中心", language="zh-hans")

    assert holder is not None
    assert (holder.unit, holder.person) == ("纪检监察组", "")


def test_what_is_due_next_follows_what_was_done(people: People) -> None:
    case = signed(people)

    def due() -> Any:
        case.refresh_from_db()
        holder = queries.holder_of(case, center="", language="zh-hans")
        assert holder is not None
        return holder.next_due_at

    assert due() == case.contact_due_at
    services.note_contact(case_id=case.pk, text="", actor=people.handler, now=THURSDAY_10)
    assert due() == case.plan_due_at
    services.plan_case(
        case_id=case.pk,
        text="更换",
        planned_on=THURSDAY,
        actor=people.handler,
        now=THURSDAY_10,
    )
    assert due() == case.done_due_at
