"""The way of a case: no step but those that lead on, tried at random against a second model."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from shuniu.zone.accounts.models import User
from shuniu.zone.desk.choices import CaseState, RequestKind, Sensitivity, Solved, Step, Urgency
from shuniu.zone.desk.models import Case
from shuniu.zone.desk.services import moves
from shuniu.zone.registry.models import Office
from tests.desk.machine import BESIDE, STEPS, WAY
from tests.factories import THURSDAY_10

UNITS = (
    Office(pk=1, code="planning_bureau", kind="bureau"),
    Office(pk=2, code="state_assets", kind="company"),
    Office(pk=3, code="discipline_group", kind="discipline"),
)
ASKED_FOR = {
    "ask-extension": "EXTENSION",
    "ask-suspension": "SUSPENSION",
    "grant-extension": "",
    "deny": "",
}
A_LATER_DAY = date(2026, 12, 8)
LEADING = Case(
    pk=16, number="QS-20261118-0001", category="municipal", urgency="normal", lead_unit=UNITS[0]
)
PERSON = User(pk=7, name="Person 7")
# The line to an answer that does not satisfy, and round again: it reaches deep in few steps.
MAIN_LINE = {
    "SUBMITTED": "accept",
    "ACCEPTED": "dispatch",
    "DISPATCHED": "sign",
    "SIGNED": "reply",
    "IN_PROGRESS": "reply",
    "REPLIED": "refuse",
    "REOPENED": "dispatch",
    "RETURNED": "dispatch",
}
KINDS = {
    "accept": "accepted",
    "dispatch": "dispatched",
    "sign": "signed",
    "contact": "contacted",
    "plan": "planned",
    "note": "progressed",
    "reply": "replied",
    "return": "returned",
    "confirm": "closed",
    "refuse": "reopened",
    "withdraw": "withdrawn",
    "add": "added_to",
    "reject": "rejected",
    "object": "objected",
    "escalate": "escalated",
    "take-back": "taken_back",
    "ask": "asked",
    "answer": "answered",
    "resume": "resumed",
    "ask-extension": "extension_asked",
    "grant-extension": "extension_granted",
    "ask-suspension": "suspension_asked",
    "suspend": "suspended",
    "deny": "request_denied",
    "review": "reviewed",
    "merge": "merged",
    "unmerge": "parted",
    "split": "split",
}
TAKE: dict[str, Callable[[Case, Office, datetime], moves.Move]] = {
    "accept": lambda case, _, now: moves.accept(
        case,
        category="municipal",
        subcategory="",
        urgency=Urgency.NORMAL,
        text="",
        now=now,
    ),
    "dispatch": lambda case, unit, now: moves.dispatch(case, unit=unit, now=now),
    "sign": lambda case, _, now: moves.sign(case, handler=PERSON, now=now),
    "contact": lambda case, _, now: moves.contact(case, text="联系", now=now),
    "plan": lambda case, _, now: moves.plan(
        case, text="计划", planned_on=date(2026, 11, 30), now=now
    ),
    "note": lambda case, _, now: moves.note(case, text="进展", now=now),
    "reply": lambda case, _, now: moves.reply(case, text="答复", now=now),
    "return": lambda case, unit, now: moves.give_back(
        case, text="不归我们", suggested_unit=unit, now=now
    ),
    "confirm": lambda case, _, now: moves.confirm(
        case, solved=Solved.YES, rating=5, text="", by_silence=False, now=now
    ),
    "refuse": lambda case, _, now: moves.refuse(case, text="没解决", now=now),
    "withdraw": lambda case, _, now: moves.withdraw(case, text="算了", now=now),
    "reject": lambda case, _, now: moves.reject(case, text="不归园区管", now=now),
    "object": lambda case, _, now: moves.object_to(case, text="园区的路", now=now),
    "escalate": lambda case, _, now: moves.escalate(
        case, body="区交通运输局", number="12", text="涉及省道", now=now
    ),
    "take-back": lambda case, _, now: moves.take_back(case, text="已安排", now=now),
    "ask": lambda case, _, now: moves.ask(case, text="哪一盏?", now=now),
    "answer": lambda case, _, now: moves.answer(case, text="门口那盏", now=now),
    "resume": lambda case, _, now: moves.resume(case, text="电话里说了", now=now),
    "ask-extension": lambda case, *_: moves.ask_extension(case, text="等配件", until=A_LATER_DAY),
    "grant-extension": lambda case, _, now: moves.grant_extension(
        case, text="", until=A_LATER_DAY, ends_at=now + timedelta(days=5), now=now
    ),
    "ask-suspension": lambda case, *_: moves.ask_suspension(case, text="等规划", until=A_LATER_DAY),
    "suspend": lambda case, _, now: moves.suspend(case, text="", until=A_LATER_DAY, now=now),
    "deny": lambda case, *_: moves.deny(case, request=RequestKind.EXTENSION, text="来得及"),
    "merge": lambda case, _, now: moves.merge(case, parent=LEADING, text="同一路灯", now=now),
    "split": lambda case, _, now: moves.split(case, part_ids=(18, 19), now=now),
    "unmerge": lambda case, _, now: moves.part(case, text="不是同一件", now=now),
    "review": lambda case, _, now: moves.review(case, text="还在等", until=A_LATER_DAY, now=now),
}


def call_back(case: Case, solved: Solved, now: datetime) -> moves.Move:
    return moves.call_back(case, call_back_id=3, solved=solved, rating=None, note_id=9, now=now)


def new_case() -> Case:
    due = THURSDAY_10 + timedelta(days=11)
    return Case(
        pk=17,
        number="QS-20261119-0001",
        submitted_at=THURSDAY_10,
        updated_at=THURSDAY_10,
        turn_since=THURSDAY_10,
        done_due_at=due,
    )


def columns_of(case: Case) -> dict[str, Any]:
    return {field.attname: getattr(case, field.attname) for field in Case._meta.concrete_fields}


class WayOfACase(RuleBasedStateMachine):
    """The product's moves on one side; state, round and whose turn it is kept again here."""

    def __init__(self) -> None:
        super().__init__()
        self.case = new_case()
        self.now = THURSDAY_10
        self.state = "SUBMITTED"
        self.round = 1
        self.returns = 0
        self.turn_since = THURSDAY_10
        self.answered_at: datetime | None = None
        self.paused_at: datetime | None = None
        self.rejected_at: datetime | None = None
        self.asked_for = ""
        self.waits: list[tuple[datetime, datetime]] = []
        self.is_restricted = False

    @rule(minutes=st.integers(0, 3_000))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @precondition(lambda self: bool(set(WAY[self.state]) - BESIDE - {"withdraw"}))
    @rule(data=st.data(), unit=st.sampled_from(UNITS))
    def a_step_that_leads_on(self, data: st.DataObject, unit: Office) -> None:
        # Withdrawing ends the way; it is left to the rule below, so that ways grow long.
        known = sorted(set(WAY[self.state]) - BESIDE - {"withdraw"})
        self._take(data.draw(st.sampled_from(known)), unit)

    @precondition(lambda self: self.state in MAIN_LINE)
    @rule(unit=st.sampled_from(UNITS))
    def the_next_step_of_the_main_line(self, unit: Office) -> None:
        self._take(MAIN_LINE[self.state], unit)

    @precondition(lambda self: self.state == "CLOSED")
    @rule()
    def the_enterprise_says_at_the_call_back_that_it_is_not_solved(self) -> None:
        move = call_back(self.case, Solved.NO, self.now)
        assert (move.fact.kind, move.fact.case_id) == ("desk.case.called_back_unsolved", 17)
        assert self.answered_at is not None
        self.waits.append((self.answered_at, self.now))
        self.answered_at, self.state, self.turn_since = None, "REOPENED", self.now
        self.round += 1

    @rule(step=st.sampled_from(sorted(set(STEPS) - BESIDE)), unit=st.sampled_from(UNITS))
    def any_step(self, step: str, unit: Office) -> None:
        if step in WAY[self.state]:
            self._take(step, unit)
            return
        before = columns_of(self.case)
        with pytest.raises(ValueError, match=r"is not possible|was not answered|was not rejected"):
            TAKE[step](self.case, unit, self.now)
        assert columns_of(self.case) == before

    def _take(self, step: str, unit: Office) -> None:
        move = TAKE[step](self.case, unit, self.now)
        assert (move.fact.kind, move.fact.case_id) == (f"desk.case.{KINDS[step]}", 17)
        self._follow(step, unit)

    def _follow(self, step: str, unit: Office) -> None:
        was, self.state = self.state, WAY[self.state][step]
        if self.state != was and (was, self.state) != ("SIGNED", "IN_PROGRESS"):
            self.turn_since = self.now
        if self.paused_at is not None and self.state != was:
            self.waits.append((self.paused_at, self.now))
        if self.state != was:
            self.paused_at = self.now if self.state in {"WAITING", "SUSPENDED"} else None
        if step in ASKED_FOR:
            self.asked_for = ASKED_FOR[step]
        elif self.state not in {"SIGNED", "IN_PROGRESS", "WAITING"}:
            self.asked_for = ""
        self._answer(step)
        if step == "return":
            self.returns += 1
        elif step == "dispatch":
            self.is_restricted = self.is_restricted or unit.code == "discipline_group"

    def _answer(self, step: str) -> None:
        """Follow what is said to the enterprise, and what it says to that."""
        if step == "reply":
            self.answered_at = self.now
        elif step == "refuse":
            assert self.answered_at is not None
            self.waits.append((self.answered_at, self.now))
            self.answered_at = None
            self.round += 1
        elif step == "reject":
            self.rejected_at = self.now
        elif step == "object":
            assert self.rejected_at is not None
            self.waits.append((self.rejected_at, self.now))
            self.rejected_at = None
            self.round += 1

    @invariant()
    def the_case_is_where_the_model_says(self) -> None:
        case = self.case
        assert (case.state, case.round, case.returns) == (self.state, self.round, self.returns)
        assert (case.turn_since, case.replied_at) == (self.turn_since, self.answered_at)
        assert (case.paused_at, case.asked_for) == (self.paused_at, self.asked_for)
        assert [
            (datetime.fromisoformat(begins), datetime.fromisoformat(ends))
            for begins, ends in case.waits
        ] == self.waits
        assert (case.sensitivity == Sensitivity.RESTRICTED) == self.is_restricted

    @invariant()
    def what_can_be_done_is_what_the_model_says(self) -> None:
        possible = {step.value for step in Step if moves.is_possible(self.case, step)}
        assert possible == set(WAY[self.state])

    @invariant()
    def clocks_stand_still_in_two_states_only(self) -> None:
        assert (self.case.paused_at is not None) == (self.state in {"WAITING", "SUSPENDED"})
        assert (self.case.review_on is not None) == (self.state == "SUSPENDED")

    @invariant()
    def nobody_works_on_a_case_without_having_signed(self) -> None:
        if self.state in {"SIGNED", "IN_PROGRESS", "WAITING", "SUSPENDED", "REPLIED", "CLOSED"}:
            assert self.case.handler_id == PERSON.pk
        if self.state in {"SUBMITTED", "ACCEPTED", "DISPATCHED", "RETURNED"}:
            assert self.case.handler_id is None

    @invariant()
    def moments_stand_in_the_order_of_the_way(self) -> None:
        case = self.case
        moments = [case.submitted_at, case.accepted_at, case.dispatched_at, case.replied_at]
        told = [moment for moment in moments if moment is not None]
        assert told == sorted(told)
        assert (case.closed_at is not None) == (self.state == "CLOSED")
        assert (case.rejected_at is not None) == (self.state == "REJECTED")
        assert (case.withdrawn_at is not None) == (self.state == "WITHDRAWN")
        assert (case.split_at is not None) == (self.state == "SPLIT")


def test_the_moves_follow_the_way_and_no_other() -> None:
    run_state_machine_as_test(
        WayOfACase, settings=settings(max_examples=200, stateful_step_count=30, deadline=None)
    )


@pytest.mark.drill
def test_the_moves_follow_the_way_in_two_thousand_long_histories() -> None:
    run_state_machine_as_test(
        WayOfACase, settings=settings(max_examples=2_000, stateful_step_count=50, deadline=None)
    )


def test_the_model_knows_every_state_and_every_step() -> None:
    assert set(WAY) == {state.value for state in CaseState}
    assert set(STEPS) == {step.value for step in Step}


def test_an_addition_moves_nothing() -> None:
    case = new_case()
    before = columns_of(case)

    move = moves.add(case, text="补充")

    assert (move.fact.kind, move.text) == ("desk.case.added_to", "补充")
    assert columns_of(case) == before


def test_a_call_back_that_hears_solved_moves_nothing_but_its_own_moment() -> None:
    case = new_case()
    case.state, case.replied_at = CaseState.CLOSED, THURSDAY_10
    before = columns_of(case)

    move = call_back(case, Solved.PARTLY, THURSDAY_10)

    assert move.fact.kind == "desk.case.called_back"
    assert columns_of(case) == before | {"called_back_at": THURSDAY_10}


def test_an_answer_that_was_never_given_cannot_be_refused() -> None:
    case = new_case()
    case.state = CaseState.REPLIED

    with pytest.raises(ValueError, match="was not answered"):
        moves.refuse(case, text="没解决", now=THURSDAY_10)

    assert (case.state, case.round, case.waits) == (CaseState.REPLIED, 1, [])
