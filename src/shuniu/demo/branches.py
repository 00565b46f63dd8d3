"""Cases of the demo zone that left the main line: asked, set aside, handed up, not taken on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from shuniu.zone.accounts.models import User
from shuniu.zone.desk.choices import Sensitivity, Step
from shuniu.zone.desk.services import PastCase, PastStep

IN_HAND = frozenset({Step.CONTACT, Step.PLAN, Step.NOTE})
SOON = timedelta(minutes=40)
# How many of each there are, at most, and how old a case is that was not accepted.
FEW = 2
SETTLED = timedelta(days=10)
REVIEW_AFTER = timedelta(days=20)
MORE_TIME = timedelta(days=16)
QUESTION = "请补充：问题发生的具体位置和时间，方便的话附上现场照片。我们据此安排处理。"
LACKS = "涉及明年的建设计划，方案和资金确定后才能实施，目前先采取临时措施。"
AGREED = "同意挂账，请按复核日期报告进展。"
NEEDS_TIME = "所需材料由厂家发货，预计下周到货，到货后即可完成。"
GOES_UP = "该事项须由区级部门审批，园区已收集材料并上报。"
BODY, NUMBER = "海门区交通运输局", "区转〔2026〕118号"
NOT_OURS = "该事项由区税务局办税服务厅直接办理，园区没有办理权限。"
INSTEAD = "请到海门区税务局办税服务厅，或拨打 12366。"
REJECTED_CATEGORY = "tax"


def with_branches(
    cases: Sequence[PastCase], supervisor: User, now: datetime
) -> tuple[PastCase, ...]:
    """Return the cases, a few of which took another way than the main line."""
    found = list(cases)
    hands = [
        number
        for number, case in enumerate(found)
        if case.steps
        and case.steps[-1].step in IN_HAND
        and case.steps[-1].at + 3 * SOON < now
        and case.sensitivity == Sensitivity.NORMAL
    ]
    for number in hands[:FEW]:
        found[number] = _suspended(found[number], supervisor, now)
    for number in hands[FEW : 2 * FEW]:
        found[number] = _escalated(found[number], supervisor)
    late = hands[2 * FEW :]
    for number in late[-FEW:]:
        found[number] = _asked(found[number])
    for number in late[-2 * FEW : -FEW]:
        found[number] = _asks_for_time(found[number])
    old = [
        number
        for number, case in enumerate(found)
        if case.category == REJECTED_CATEGORY and case.submitted_at + SETTLED < now and case.steps
    ]
    for number in old[:FEW]:
        found[number] = _rejected(found[number])
    return tuple(found)


def _more(case: PastCase, *steps: PastStep) -> PastCase:
    return replace(case, steps=(*case.steps, *steps))


def _suspended(case: PastCase, supervisor: User, now: datetime) -> PastCase:
    last = case.steps[-1]
    until = (now + REVIEW_AFTER).date()
    asked = PastStep(Step.ASK_SUSPENSION, last.at + SOON, last.actor, LACKS, until=until)
    granted = PastStep(Step.SUSPEND, last.at + 2 * SOON, supervisor, AGREED, until=until)
    return _more(case, asked, granted)


def _escalated(case: PastCase, supervisor: User) -> PastCase:
    at = case.steps[-1].at + SOON
    return _more(case, PastStep(Step.ESCALATE, at, supervisor, GOES_UP, body=BODY, number=NUMBER))


def _asked(case: PastCase) -> PastCase:
    last = case.steps[-1]
    return _more(case, PastStep(Step.ASK, last.at + SOON, last.actor, QUESTION))


def _asks_for_time(case: PastCase) -> PastCase:
    last = case.steps[-1]
    until = (case.submitted_at + MORE_TIME).date()
    return _more(
        case, PastStep(Step.ASK_EXTENSION, last.at + SOON, last.actor, NEEDS_TIME, until=until)
    )


def _rejected(case: PastCase) -> PastCase:
    first = case.steps[0]
    words = f"{NOT_OURS}\n\n→ {INSTEAD}"
    return replace(case, steps=(PastStep(Step.REJECT, first.at, first.actor, words),))
