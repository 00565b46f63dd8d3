"""Whatever happened to the cases: their columns say what their facts say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shuniu.zone.desk import queries, services
from shuniu.zone.desk.choices import CaseState, Light, Pressed, Solved, Urgency
from shuniu.zone.desk.models import Case
from shuniu.zone.kernel.clock import day_of
from shuniu.zone.kernel.refusals import Refusal
from tests.desk.machine import WAY
from tests.desk.people import A_MINUTE, People, known_of, opened, replied, signed
from tests.factories import THURSDAY_10, columns, office

Take = Callable[[Case, People, datetime], Any]


def draw_and_ask(case: Case, people: People, now: datetime) -> None:
    """Draw from the month of a withdrawn case when it is over, and ask about what was drawn."""
    month = queries.month_of(now)
    services.draw_withdrawals(month=month, seed=str(now), actor=None, now=now)
    services.check_withdrawal(
        case_id=case.pk, pressed=Pressed.NO, text="自己撤的", actor=people.supervisor, now=now
    )


TAKE: dict[str, Take] = {
    "accept": lambda case, people, now: services.accept_case(
        case_id=case.pk,
        category="municipal",
        subcategory="",
        urgency=list(Urgency)[now.minute % 4],
        actor=people.supervisor if case.state == CaseState.REOPENED else people.clerk,
        now=now,
    ),
    "reject": lambda case, people, now: services.reject_case(
        case_id=case.pk,
        text="不归园区管",
        instead="区人社局",
        actor=people.supervisor if case.state == CaseState.REOPENED else people.clerk,
        now=now,
    ),
    "object": lambda case, people, now: services.object_to_rejection(
        case_id=case.pk, text="园区的路", actor=people.member, now=now
    ),
    "escalate": lambda case, people, now: services.escalate_case(
        case_id=case.pk, body="区交通运输局", text="涉及省道", actor=people.supervisor, now=now
    ),
    "take-back": lambda case, people, now: services.take_back_case(
        case_id=case.pk, text="已安排", actor=people.supervisor, now=now
    ),
    "dispatch": lambda case, people, now: services.dispatch_case(
        case_id=case.pk,
        unit=office("planning_bureau"),
        actor=people.supervisor if case.state == CaseState.REOPENED else people.clerk,
        now=now,
    ),
    "sign": lambda case, people, now: services.sign_case(
        case_id=case.pk, actor=people.handler, now=now
    ),
    "contact": lambda case, people, now: services.note_contact(
        case_id=case.pk, text="联系", actor=people.handler, now=now
    ),
    "plan": lambda case, people, now: services.plan_case(
        case_id=case.pk, text="计划", planned_on=day_of(now), actor=people.handler, now=now
    ),
    "note": lambda case, people, now: services.note_progress(
        case_id=case.pk, text="进展", actor=people.handler, now=now
    ),
    "reply": lambda case, people, now: services.reply_to_case(
        case_id=case.pk, text="答复", actor=people.handler, now=now
    ),
    "return": lambda case, people, now: services.return_case(
        case_id=case.pk,
        text="不归我们",
        suggested_unit=office("state_assets"),
        actor=people.handler,
        now=now,
    ),
    "ask": lambda case, people, now: services.ask_enterprise(
        case_id=case.pk, text="哪一盏?", actor=people.handler, now=now
    ),
    "answer": lambda case, people, now: services.answer_question(
        case_id=case.pk, text="门口那盏", actor=people.member, now=now
    ),
    "resume": lambda case, people, now: services.resume_case(
        case_id=case.pk, text="电话里说了", actor=people.handler, now=now
    ),
    "ask-extension": lambda case, people, now: services.ask_for_extension(
        case_id=case.pk,
        text="等配件",
        until=day_of(case.done_due_at) + timedelta(days=3),
        actor=people.handler,
        now=now,
    ),
    "grant-extension": lambda case, people, now: services.grant_extension(
        case_id=case.pk, actor=people.supervisor, now=now
    ),
    "ask-suspension": lambda case, people, now: services.ask_for_suspension(
        case_id=case.pk,
        text="等规划",
        until=day_of(now) + timedelta(days=9),
        actor=people.handler,
        now=now,
    ),
    "suspend": lambda case, people, now: services.suspend_case(
        case_id=case.pk, actor=people.supervisor, now=now
    ),
    "deny": lambda case, people, now: services.deny_request(
        case_id=case.pk, text="来得及", actor=people.supervisor, now=now
    ),
    "review": lambda case, people, now: services.review_suspended(
        case_id=case.pk,
        text="还在等",
        until=day_of(now) + timedelta(days=9),
        actor=people.handler,
        now=now,
    ),
    "confirm": lambda case, people, now: services.confirm_case(
        case_id=case.pk, solved=Solved.YES, rating=5, actor=people.member, now=now
    ),
    "refuse": lambda case, people, now: services.refuse_answer(
        case_id=case.pk, text="没解决", actor=people.member, now=now
    ),
    "withdraw": lambda case, people, now: services.withdraw_case(
        case_id=case.pk, text="算了", actor=people.member, now=now
    ),
    "urge": lambda case, people, now: services.urge_case(
        case_id=case.pk, text="催办", until=day_of(now), actor=people.supervisor, now=now
    ),
    "respond": lambda case, people, now: services.answer_urging(
        case_id=case.pk, text="正在办", actor=people.handler, now=now
    ),
    "call-back": lambda case, people, now: services.call_back(
        case_id=case.pk,
        solved=list(Solved)[now.minute % 4],
        text="电话里问过",
        actor=people.supervisor,
        now=now,
    ),
    "check-withdrawal": draw_and_ask,
    "merge": lambda case, people, now: services.merge_case(
        case_id=case.pk,
        into=max(Case.objects.exclude(pk=case.pk).values_list("pk", flat=True), default=case.pk),
        actor=people.clerk,
        now=now,
    ),
    "split": lambda case, people, now: services.split_case(
        case_id=case.pk, texts=("路灯坏了", "井盖松了"), actor=people.clerk, now=now
    ),
    "unmerge": lambda case, people, now: services.part_case(
        case_id=case.pk, actor=people.clerk, now=now
    ),
    "add": lambda case, people, now: services.add_to_case(
        case_id=case.pk, text="补充", actor=people.member, now=now
    ),
}
# Which of the possible steps is taken, and how many minutes later.
histories = st.lists(st.tuples(st.integers(0, 29), st.integers(0, 4_000)), max_size=14)


def walk(case: Case, people: People, history: list[tuple[int, int]]) -> datetime:
    """Take the steps of a history as far as they are possible; return the moment of the last."""
    now = case.submitted_at
    for choice, minutes in history:
        now += timedelta(minutes=minutes)
        services.change_lights(actor=None, now=now)
        case.refresh_from_db()
        possible = sorted(WAY[case.state])
        if not possible:
            break
        try:
            TAKE[possible[choice % len(possible)]](case, people, now)
        except Refusal:
            continue
    return now


@pytest.mark.usefixtures("zone")
@given(histories=st.lists(histories, min_size=1, max_size=3))
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_after_any_history_the_facts_say_what_the_columns_say(
    people: People, histories: list[list[tuple[int, int]]]
) -> None:
    with transaction.atomic():
        cases = [opened(people) for _ in histories]
        now = max(
            walk(case, people, history) for case, history in zip(cases, histories, strict=True)
        )

        assert services.differences(now=now) == []
        services.change_lights(actor=None, now=now)
        stored = [known_of(case) for case in cases]
        assert services.rebuild(actor=None, now=now) == Case.objects.count()
        assert [known_of(case) for case in cases] == stored
        assert services.rebuild(actor=None, now=now) == Case.objects.count()
        assert [known_of(case) for case in cases] == stored

        transaction.set_rollback(True)


def test_what_was_changed_behind_the_facts_is_found_and_set_right(people: People) -> None:
    case = replied(people)
    right = known_of(case)
    wrong = THURSDAY_10 + A_MINUTE
    Case.objects.filter(pk=case.pk).update(
        replied_at=wrong, returns=3, light=Light.RED, done_due_at=wrong
    )

    found = services.differences(now=THURSDAY_10)

    assert [(d.number, d.column, d.stored, d.from_facts) for d in found] == [
        (case.number, "replied_at", wrong, THURSDAY_10),
        (case.number, "returns", 3, 0),
        (case.number, "done_due_at", wrong, right[0]["done_due_at"]),
    ]
    services.rebuild(actor=None, now=THURSDAY_10)
    assert known_of(case) == right
    assert services.differences(now=THURSDAY_10) == []


def test_looking_for_differences_changes_nothing(people: People) -> None:
    case = signed(people)
    Case.objects.filter(pk=case.pk).update(round=4)
    before = known_of(case)

    found = services.differences(now=THURSDAY_10)

    assert [(d.column, d.stored, d.from_facts) for d in found] == [("round", 4, 1)]
    assert known_of(case) == before


def test_rebuilding_sets_the_light_of_its_moment(people: People) -> None:
    case = opened(people)
    next_day = THURSDAY_10 + timedelta(days=1)

    services.rebuild(actor=None, now=next_day)

    assert columns(case, ["light", "light_reason"]) == {
        "light": Light.YELLOW,
        "light_reason": "first_contact_missed",
    }
