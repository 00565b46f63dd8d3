"""The issues of the demo zone's briefing: what went out, one correction, and what waits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from shuniu.demo.office_hours import CHINA
from shuniu.zone.accounts.models import User
from shuniu.zone.briefings import services as briefings
from shuniu.zone.briefings.channels import Section, restored
from shuniu.zone.briefings.models import Issue

ISSUES = 20
# So many working days ago an issue had to be withdrawn.
CORRECTED_DAYS_AGO = 6
DRAFTED, HANDED_UP, SIGNED, PUBLISHED = time(17, 0), time(17, 12), time(17, 24), time(17, 30)
WITHDRAWN, AGAIN_DRAFTED = time(9, 5), time(9, 20)
AGAIN_HANDED_UP, AGAIN_SIGNED, AGAIN_PUBLISHED = time(9, 40), time(9, 50), time(9, 55)
WITHDRAWN_WHY = "“突出诉求”一节遗漏了当日的紧急件，更正后重发，请以更正版为准。"
CORRECTED_NOTE = "本期为更正版：补充了当日的紧急件，其余数字不变。"
REMARKS = (
    "请各责任单位对超时事项逐件说明原因，次日上午 10 时前报企业服务中心。",
    "供电、供水类诉求较集中，请相关单位提前公布计划停电停水安排。",
    "答复请写明办理结果和时间，不要只写“已联系”“已转办”。",
    "",
    "",
)


@dataclass(frozen=True, slots=True)
class Signers:
    """Who writes the issues and who signs them."""

    clerk: User
    leader: User


@dataclass(frozen=True, slots=True)
class _Course:
    """The moments of an issue on its way."""

    day: date
    drafted_at: datetime
    handed_up_at: datetime
    signed_at: datetime
    published_at: datetime


def make_issues(
    *, working_days: tuple[date, ...], signers: Signers, now: datetime
) -> tuple[Issue, ...]:
    """Put out the issues of the last working days, as the office would have done.

    The one of the day before waits for its signature, today's is a draft; ``working_days`` are in
    rising order, and the last one is the demo's day.
    """
    days = working_days[-ISSUES:]
    waiting, today = days[-2], days[-1]
    made: list[Issue] = []
    for number, day in enumerate(days[:-2]):
        if len(days) - number == CORRECTED_DAYS_AGO:
            made.append(_corrected(made[-1], day, signers))
        made.append(_put_out(_course(day), REMARKS[number % len(REMARKS)], signers))
    made.append(_handed_up(_course(waiting), REMARKS[0], signers))
    made.append(briefings.draft_issue(day=today, actor=signers.clerk, now=now))
    return tuple(made)


def _course(day: date) -> _Course:
    moments = (DRAFTED, HANDED_UP, SIGNED, PUBLISHED)
    return _Course(day, *(datetime.combine(day, at, CHINA) for at in moments))


def _corrected(issue: Issue, morning: date, signers: Signers) -> Issue:
    """Withdraw an issue on the next working morning, and put out what stands for it."""
    briefings.withdraw_issue(
        issue_id=issue.pk,
        seen=issue.version,
        reason=WITHDRAWN_WHY,
        actor=signers.leader,
        now=datetime.combine(morning, WITHDRAWN, CHINA),
    )
    moments = (AGAIN_DRAFTED, AGAIN_HANDED_UP, AGAIN_SIGNED, AGAIN_PUBLISHED)
    course = _Course(issue.day, *(datetime.combine(morning, at, CHINA) for at in moments))
    return _put_out(course, CORRECTED_NOTE, signers)


def _handed_up(course: _Course, remark: str, signers: Signers) -> Issue:
    issue = briefings.draft_issue(day=course.day, actor=None, now=course.drafted_at)
    kept = restored(issue.content)
    edits = briefings.Edits(
        title="",
        summary=kept.summary,
        notes=dict(_notes(remark)),
        notable=frozenset(item.case_id for item in kept.notable),
    )
    return briefings.hand_up_issue(
        issue_id=issue.pk,
        seen=issue.version,
        edits=edits,
        actor=signers.clerk,
        now=course.handed_up_at,
    )


def _notes(remark: str) -> Iterator[tuple[Section, str]]:
    if remark:
        yield Section.CLOSING, remark


def _put_out(course: _Course, remark: str, signers: Signers) -> Issue:
    issue = _handed_up(course, remark, signers)
    issue = briefings.sign_issue(
        issue_id=issue.pk, seen=issue.version, actor=signers.leader, now=course.signed_at
    )
    return briefings.publish_issue(
        issue_id=issue.pk, seen=issue.version, actor=signers.clerk, now=course.published_at
    )
