"""What supervisor and center did beside the way: urging, call-backs, draws, cases put together."""

from __future__ import annotations

from datetime import datetime, timedelta

from shuniu.demo import remarks
from shuniu.zone.accounts.models import User
from shuniu.zone.desk.choices import CaseState, Light, Pressed, Sensitivity, Solved
from shuniu.zone.desk.models import Case
from shuniu.zone.desk.queries import month_of
from shuniu.zone.desk.services import (
    answer_urging,
    call_back,
    check_withdrawal,
    draw_withdrawals,
    merge_case,
    relate_cases,
    split_case,
    urge_case,
)
from shuniu.zone.kernel.clock import day_of

URGED, URGED_FOR = 3, timedelta(days=2)
# What was closed long ago and turned out unsolved would be as late as it is old.
CALLED_BACK_LATE = timedelta(days=10)


def look_after(
    cases: list[Case], *, supervisor: User, clerk: User, seed: int, now: datetime
) -> list[Case]:
    """Let the supervisor and a clerk have worked on some cases; return those that were made."""
    _urge(cases, supervisor, now)
    _call_back(cases, supervisor, now)
    _ask_about_withdrawals(cases, supervisor, seed, now)
    _put_together(cases, clerk, now)
    return _divide(cases, clerk, now)


def _urge(cases: list[Case], supervisor: User, now: datetime) -> None:
    """Let the supervisor urge some of the cases that are long overdue; one unit has answered."""
    late = [
        case
        for case in cases
        if case.light == Light.PURPLE
        and case.state == CaseState.IN_PROGRESS
        and case.sensitivity != Sensitivity.RESTRICTED
    ][:URGED]
    until = day_of(now) + URGED_FOR
    for case in late:
        urge_case(case_id=case.pk, text=remarks.URGING, until=until, actor=supervisor, now=now)
    for case in late[:1]:
        if case.handler is not None:
            answer_urging(case_id=case.pk, text=remarks.URGING_ANSWER, actor=case.handler, now=now)


def _call_back(cases: list[Case], supervisor: User, now: datetime) -> None:
    """Let the supervisor have asked about most of the cases that were closed unhappily."""
    unhappy = [case for case in cases if case.call_back_since and case.handler_id != supervisor.pk]
    asked = unhappy[: len(unhappy) * 2 // 3]
    for place, case in enumerate(asked):
        solved, words, rating = remarks.CALL_BACKS[place % len(remarks.CALL_BACKS)]
        if solved == Solved.NO and case.closed_at and case.closed_at < now - CALLED_BACK_LATE:
            solved, words, rating = remarks.CALL_BACKS[0]
        call_back(
            case_id=case.pk, solved=solved, text=words, rating=rating, actor=supervisor, now=now
        )


def _ask_about_withdrawals(cases: list[Case], supervisor: User, seed: int, now: datetime) -> None:
    """Draw from the last two months; the supervisor has asked about the month before the last."""
    last = month_of(now)
    before = (last - timedelta(days=1)).replace(day=1)
    draw_withdrawals(month=before, seed=f"{seed} {before}", actor=None, now=now)
    for case in Case.objects.filter(pk__in=[case.pk for case in cases], sampled_at=now):
        words = remarks.OWN_DECISION
        check_withdrawal(case_id=case.pk, pressed=Pressed.NO, text=words, actor=supervisor, now=now)
    draw_withdrawals(month=last, seed=f"{seed} {last}", actor=None, now=now)


def _put_together(cases: list[Case], clerk: User, now: datetime) -> None:
    """Let the clerk handle a case that waits for a unit with one in hand, and relate two others."""
    pairs = [
        (newer, older)
        for older in cases
        for newer in cases
        if older.state == CaseState.IN_PROGRESS
        and newer.state == CaseState.DISPATCHED
        and older.category == newer.category
        and older.enterprise_id != newer.enterprise_id
        and Sensitivity.RESTRICTED not in {older.sensitivity, newer.sensitivity}
    ]
    pairs.sort(key=lambda pair: pair[0].subcategory != pair[1].subcategory)
    for newer, older in pairs[:1]:
        words = remarks.SAME_NEED
        merge_case(case_id=newer.pk, into=older.pk, text=words, actor=clerk, now=now)
    for newer, older in [pair for pair in pairs[1:] if pair[0] != pairs[0][0]][:1]:
        relate_cases(case_id=newer.pk, other_id=older.pk, actor=clerk, now=now)


def _divide(cases: list[Case], clerk: User, now: datetime) -> list[Case]:
    """Let the clerk have divided one of the new cases in two; return the two."""
    new = [
        case
        for case in cases
        if case.state == CaseState.SUBMITTED and case.sensitivity == Sensitivity.NORMAL
    ]
    for case in new[:1]:
        split_case(case_id=case.pk, texts=(case.text, remarks.SECOND_MATTER), actor=clerk, now=now)
    return list(Case.objects.filter(split_from__in=new[:1]))
