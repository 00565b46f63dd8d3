"""Putting an issue together: by the schedule on each working day, or by a clerk."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max, Min
from django.utils.translation import gettext_lazy as _

from shuniu.engines.worktime.calendar import Calendar
from shuniu.zone.accounts.models import User
from shuniu.zone.briefings import facts, policies
from shuniu.zone.briefings.channels import stored
from shuniu.zone.briefings.choices import PERIODS, Edition, IssueState
from shuniu.zone.briefings.models import Issue
from shuniu.zone.briefings.services.periods import compose_issue, days_of_period
from shuniu.zone.kernel.clock import day_of, local
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import record_fact
from shuniu.zone.registry.queries import NoProfile, profile_in_force, standing_of, zone_language
from shuniu.zone.registry.services import NotForYou, office_calendar

LOOK_BACK_DAYS = 15


class NotDue(Refusal):
    code = "briefings.not_due"
    status = 422
    sentence = _("An issue is dated with a working day that has come: %(day)s is none.")


def draft_due(*, now: datetime) -> list[Issue]:
    """Draft the issues whose time has come and that nobody has drafted yet.

    A worker that was down catches up on the working days since the first issue, two weeks back at
    most; a zone without any issue begins with today.
    """
    try:
        in_force = profile_in_force()
    except NoProfile:
        return []
    today, at = day_of(now), in_force.profile.briefing.compose_at
    calendar = office_calendar(in_force.version_id)
    last_due = today if local(now).time() >= at else today - timedelta(days=1)
    return [
        draft_issue(day=day, actor=None, now=now) for day in _missing(last_due, today, calendar)
    ]


def _missing(last_due: date, today: date, calendar: Calendar) -> list[date]:
    """Return the working days up to ``last_due`` that have no issue, the oldest first."""
    daily = Issue.objects.filter(edition=Edition.DAILY)
    first = daily.aggregate(first=Min("day"))["first"] or today
    start = max(first, last_due - timedelta(days=LOOK_BACK_DAYS))
    drafted = set(daily.filter(day__gte=start).values_list("day", flat=True))
    days = (start + timedelta(days=ahead) for ahead in range((last_due - start).days + 1))
    return [day for day in days if day not in drafted and calendar.is_working_day(day)]


def draft_periods_due(*, now: datetime) -> list[Issue]:
    """Draft the weekly and the monthly issue of what has ended, once there are daily ones of it.

    They are put together at the time of the first working day after it.
    """
    try:
        in_force = profile_in_force()
    except NoProfile:
        return []
    today = day_of(now)
    is_working = office_calendar(in_force.version_id).is_working_day(today)
    if not is_working or local(now).time() < in_force.profile.briefing.compose_at:
        return []
    made = []
    for edition in PERIODS:
        ended = days_of_period(edition, days_of_period(edition, today).first - timedelta(days=1))
        told = Issue.objects.filter(day__gte=ended.first, day__lte=ended.last)
        if not told.filter(edition=Edition.DAILY).exists():
            continue
        if not told.filter(edition=edition, day=ended.last).exists():
            made.append(draft_issue(day=ended.last, edition=edition, actor=None, now=now))
    return made


def draft_issue(
    *, day: date, edition: Edition = Edition.DAILY, actor: User | None, now: datetime
) -> Issue:
    """Put the issue of ``day`` together; the one that is there already is returned as it is.

    A weekly or monthly one tells of the week or month of that day, as far as it has come. After
    a withdrawn issue of that day the new one stands for it.

    Raises
    ------
    NotForYou
        If ``actor`` may not.
    NotDue
        If the day is not worked, or has not come yet.
    """
    if actor is not None and not policies.may_edit(standing_of(actor)):
        raise NotForYou
    day = days_of_period(edition, day).last
    if not may_be_drafted(day, edition=edition, now=now):
        raise NotDue(day=day)
    there = _issue_of(day, edition)
    if there is not None:
        return there
    # Counting takes a while; it is done before anybody has to wait for us.
    content = compose_issue(edition, day, language=zone_language(), now=now)
    plain = stored(content)
    issue = Issue(
        edition=edition,
        day=day,
        first_day=content.first_day,
        content=plain,
        composed=plain,
        drafted_at=now,
    )
    try:
        with transaction.atomic():
            withdrawn = Issue.objects.filter(day=day, edition=edition, state=IssueState.WITHDRAWN)
            issue.corrects_id = withdrawn.aggregate(last=Max("pk"))["last"]
            issue.save(force_insert=True)
            told = facts.IssueDrafted(
                issue_id=issue.pk,
                day=day,
                first_day=issue.first_day,
                corrects_id=issue.corrects_id or 0,
            )
            record_fact(told, actor=actor, at=now)
    except IntegrityError:  # somebody was faster: theirs it is
        faster = _issue_of(day, edition)
        if faster is None:
            raise
        return faster
    return issue


def may_be_drafted(day: date, *, edition: Edition = Edition.DAILY, now: datetime) -> bool:
    """Return whether an issue can be dated with ``day``: a working day that has come.

    A week or a month must have begun.
    """
    if edition != Edition.DAILY:
        return days_of_period(edition, day).first <= day_of(now)
    calendar = office_calendar(profile_in_force().version_id)
    return day <= day_of(now) and calendar.is_working_day(day)


def _issue_of(day: date, edition: Edition) -> Issue | None:
    issues = Issue.objects.filter(day=day, edition=edition)
    return issues.exclude(state=IssueState.WITHDRAWN).first()
