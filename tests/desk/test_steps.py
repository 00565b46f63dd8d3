"""Every step in every state, by somebody who may take it: on the way, or refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from shuniu.zone.accounts.choices import ADMIN_ROLES, Role
from shuniu.zone.accounts.models import User
from shuniu.zone.desk import policies, services
from shuniu.zone.desk.choices import CaseState, Pressed, RequestKind, Solved, Step, Urgency
from shuniu.zone.desk.models import Case, CaseRequest
from shuniu.zone.registry.queries import standing_of
from tests.desk.machine import STEPS, WAY
from tests.desk.people import (
    A_MINUTE,
    People,
    case_in,
    facts_told,
    known_of,
    let_be_urged,
    refused,
)
from tests.factories import THURSDAY_10, columns, handler, office, person

MISSING = 999_999_999
LATER = THURSDAY_10 + A_MINUTE
COMMANDS: dict[str, Callable[..., Case]] = {
    "accept": services.accept_case,
    "reject": services.reject_case,
    "object": services.object_to_rejection,
    "dispatch": services.dispatch_case,
    "sign": services.sign_case,
    "contact": services.note_contact,
    "plan": services.plan_case,
    "note": services.note_progress,
    "reply": services.reply_to_case,
    "return": services.return_case,
    "ask": services.ask_enterprise,
    "answer": services.answer_question,
    "resume": services.resume_case,
    "ask-extension": services.ask_for_extension,
    "grant-extension": services.grant_extension,
    "ask-suspension": services.ask_for_suspension,
    "suspend": services.suspend_case,
    "deny": services.deny_request,
    "review": services.review_suspended,
    "escalate": services.escalate_case,
    "take-back": services.take_back_case,
    "confirm": services.confirm_case,
    "refuse": services.refuse_answer,
    "withdraw": services.withdraw_case,
    "add": services.add_to_case,
    "urge": services.urge_case,
    "respond": services.answer_urging,
    "call-back": services.call_back,
    "check-withdrawal": services.check_withdrawal,
    "merge": services.merge_case,
    "unmerge": services.part_case,
    "split": services.split_case,
}
HANDLED = frozenset({"contact", "plan", "note", "reply", "ask", "resume", "review"}) | {
    "respond",
    "ask-extension",
    "ask-suspension",
}
# What a supervisor says to what the unit asked for.
DECIDES = {
    "grant-extension": RequestKind.EXTENSION,
    "suspend": RequestKind.SUSPENSION,
    "deny": RequestKind.EXTENSION,
}
PAIRS = [(state, step) for state in WAY for step in STEPS]


def arguments(step: str) -> dict[str, Any]:
    """Return what a step needs besides the case, the person and the moment."""
    given: dict[str, dict[str, Any]] = {
        "accept": {"category": "municipal", "subcategory": "", "urgency": Urgency.NORMAL},
        "reject": {"text": "不归园区管", "instead": "区人社局,电话 0513-12333"},
        "dispatch": {"unit": office("econ_bureau")},
        "escalate": {"body": "区交通运输局", "text": "涉及省道"},
        "sign": {},
        "plan": {"text": "计划", "planned_on": date(2026, 11, 20)},
        "return": {"text": "不归我们", "suggested_unit": office("state_assets")},
        "ask-extension": {"text": "等配件", "until": date(2026, 12, 3)},
        "ask-suspension": {"text": "等规划", "until": date(2026, 12, 3)},
        "review": {"text": "还在等", "until": date(2026, 12, 3)},
        "urge": {"text": "请尽快办理", "until": date(2026, 11, 20)},
        "merge": {"into": MISSING},
        "split": {"texts": ("路灯坏了", "井盖松了")},
        "confirm": {"solved": Solved.YES, "rating": 4},
        "check-withdrawal": {"pressed": Pressed.NO, "text": "自己撤的"},
        "call-back": {"solved": Solved.YES, "text": "企业说好了"},
    }
    return given.get(step, {"text": "说明"})


def whoever_may(step: str, state: str, people: People) -> User:
    """Return somebody who could take the step if it were possible."""
    if step in {"confirm", "refuse", "withdraw", "add", "answer", "object"}:
        return people.member
    if step in {"escalate", "take-back", "urge", "call-back", "check-withdrawal", *DECIDES}:
        return people.supervisor
    if step in {"accept", "reject", "dispatch", "merge", "unmerge", "split"}:
        is_above = state == "REOPENED" and step not in {"merge", "unmerge", "split"}
        return people.supervisor if is_above else people.clerk
    return people.handler


def wait_for_supervisor(case: Case, kind: RequestKind) -> None:
    """Let the unit have asked for something."""
    Case.objects.filter(pk=case.pk).update(asked_for=kind)
    CaseRequest.objects.create(
        case=case,
        kind=kind,
        until=date(2026, 12, 3),
        asked_by=handler("planning_bureau"),
        asked_at=THURSDAY_10,
    )


@pytest.mark.parametrize(("state", "step"), [p for p in PAIRS if p[1] in WAY[p[0]]])
def test_a_step_on_the_way_is_taken_with_one_fact(people: People, state: str, step: str) -> None:
    case = case_in(CaseState(state), people)
    if state in {"SIGNED", "IN_PROGRESS"}:
        Case.objects.filter(pk=case.pk).update(dispatched_at=THURSDAY_10)
    if state == "REOPENED" and step in {"accept", "reject"}:
        Case.objects.filter(pk=case.pk).update(category="")
    if step in DECIDES:
        wait_for_supervisor(case, DECIDES[step])
    if step == "respond":
        let_be_urged(case, people)
    if step == "check-withdrawal":
        Case.objects.filter(pk=case.pk).update(sampled_at=THURSDAY_10)
    given = arguments(step)
    if step == "merge":
        given = {"into": case_in(CaseState.ACCEPTED, people).pk}

    COMMANDS[step](case_id=case.pk, actor=whoever_may(step, state, people), now=LATER, **given)

    assert columns(case, ["state"]) == {"state": WAY[state][step]}
    assert len(facts_told(case)) == 1


@pytest.mark.parametrize(("state", "step"), [p for p in PAIRS if p[1] not in WAY[p[0]]])
def test_a_step_beside_the_way_is_refused(people: People, state: str, step: str) -> None:
    handled = step in HANDLED
    given: dict[str, Any] = {"handler": people.handler} if handled else {}
    if step == "check-withdrawal":
        given["sampled_at"] = THURSDAY_10
    case = case_in(CaseState(state), people, **given)

    with refused(
        services.NotPossibleNow,
        case,
        case=case.number,
        state=CaseState(state).label,
        who="系统",
    ):
        COMMANDS[step](
            case_id=case.pk, actor=whoever_may(step, state, people), now=LATER, **arguments(step)
        )


@pytest.mark.parametrize(("state", "step"), PAIRS)
def test_somebody_without_any_role_takes_no_step(people: People, state: str, step: str) -> None:
    case = case_in(CaseState(state), people)

    with refused(services.NotYourCase, case, case=case.number):
        COMMANDS[step](case_id=case.pk, actor=person(), now=LATER, **arguments(step))


@pytest.mark.parametrize("state", sorted(WAY))
def test_whoever_has_every_role_is_offered_what_the_way_allows(people: People, state: str) -> None:
    case = case_in(CaseState(state), people)
    roles = set(Role) - ADMIN_ROLES  # no two of which are ever in one hand
    somebody = person(*roles, office="planning_bureau", enterprise=people.enterprise)
    Case.objects.filter(pk=case.pk).exclude(handler=None).update(handler=somebody)
    case.refresh_from_db()

    offered = policies.steps_open_to(standing_of(somebody), case)

    # What was sorted once is not sorted again: only an objection to a rejection leads back to that.
    done = {*DECIDES, *({"accept", "reject"} if state == "REOPENED" else ())}
    done |= {
        "respond",
        "call-back",
        "check-withdrawal",
    }  # nothing is urged, and nobody calls back about own work
    assert [str(step) for step in offered] == [
        step for step in STEPS if step in WAY[state] and step not in done
    ]


def test_while_a_request_waits_it_is_decided_and_none_is_made(people: People) -> None:
    case = case_in(CaseState.IN_PROGRESS, people, asked_for=RequestKind.EXTENSION)

    assert policies.steps_open_to(standing_of(people.supervisor), case) == (
        Step.GRANT_EXTENSION,
        Step.DENY,
        Step.ESCALATE,
        Step.URGE,
    )
    assert policies.steps_open_to(standing_of(people.handler), case) == (
        Step.CONTACT,
        Step.PLAN,
        Step.NOTE,
        Step.REPLY,
        Step.ASK,
    )


def test_while_an_urging_waits_it_is_answered_and_none_is_made(people: People) -> None:
    case = case_in(CaseState.REPLIED, people)
    let_be_urged(case, people)
    case.refresh_from_db()

    assert policies.steps_open_to(standing_of(people.supervisor), case) == ()
    assert policies.steps_open_to(standing_of(people.handler), case) == (Step.RESPOND,)


def test_what_was_done_once_is_not_offered_again(people: People) -> None:
    case = case_in(CaseState.SIGNED, people, returns=1, contacted_at=THURSDAY_10)

    offered = policies.steps_open_to(standing_of(people.handler), case)

    assert offered == (
        Step.PLAN,
        Step.NOTE,
        Step.REPLY,
        Step.ASK,
        Step.ASK_EXTENSION,
        Step.ASK_SUSPENSION,
    )


def test_a_refused_command_leaves_every_other_case_alone(people: People) -> None:
    other = case_in(CaseState.SIGNED, people)
    before = known_of(other)
    case = case_in(CaseState.CLOSED, people)

    with pytest.raises(services.NotPossibleNow):
        services.refuse_answer(case_id=case.pk, text="说明", actor=people.member, now=LATER)

    assert known_of(other) == before
