from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, Min, Q, QuerySet
from django.urls import reverse

from shuniu.zone.briefings.choices import OUT, SEEN_BY_LEADERS, Edition, IssueState
from shuniu.zone.briefings.models import Instruction, Issue
from shuniu.zone.briefings.policies import may_edit, may_read, may_sign
from shuniu.zone.desk import queries as desk
from shuniu.zone.hangs.choices import HangState, SourceKind
from shuniu.zone.hangs.queries import Source
from shuniu.zone.kernel.clock import day_span
from shuniu.zone.kernel.data_map import Held, held_of
from shuniu.zone.kernel.models import Fact
from shuniu.zone.registry.queries import Standing

MOST_TOLD = 50
MOST_INSTRUCTIONS = 10


@dataclass(frozen=True, slots=True)
class DayLine:
    """A day in the list of briefings."""

    day: date
    opened: int
    closed: int


@dataclass(frozen=True, slots=True)
class Neighbors:
    """The issues beside one, in the order of their days; None at the ends."""

    before: Issue | None
    after: Issue | None


def days_up_to(day: date, count: int) -> list[DayLine]:
    """Return the last ``count`` days up to ``day``, the newest first."""
    days = [day - timedelta(days=back) for back in range(count)]
    opened, closed = desk.daily_counts(days[-1], day)
    return [DayLine(d, opened.get(d, 0), closed.get(d, 0)) for d in days]


def issues_visible_to(who: Standing) -> QuerySet[Issue]:
    """Return the issues that a person may see.

    The center sees all; leaders what was handed up to them; supervisors what is out.
    """
    issues = Issue.objects.select_related("signed_by", "corrects")
    if may_edit(who):
        return issues
    if may_sign(who):
        return issues.filter(state__in=SEEN_BY_LEADERS)
    return issues.filter(state__in=OUT) if may_read(who) else issues.none()


def issues_of_year(who: Standing, year: int | None) -> QuerySet[Issue]:
    """Return the visible issues of a year, or of all, the newest first."""
    found = issues_visible_to(who).defer("content", "composed")
    return found.filter(day__year=year) if year else found


def years_with_issues(who: Standing) -> list[int]:
    """Return the years that have an issue, the newest first."""
    found = issues_visible_to(who).aggregate(first=Min("day"), last=Max("day"))
    if found["first"] is None:
        return []
    return list(range(found["last"].year, found["first"].year - 1, -1))


def issues_to_do(who: Standing) -> list[Issue]:
    """Return the issues that wait for a step of this person, the oldest first."""
    wanted = []
    if may_edit(who):
        wanted += [IssueState.DRAFT, IssueState.SIGNED]
    if may_sign(who):
        wanted += [IssueState.EDITED, IssueState.SIGNED]
    waiting = issues_visible_to(who).filter(state__in=wanted).defer("content", "composed")
    return list(waiting.order_by("day", "pk")[:5])


def issue_of_day(who: Standing, day: date, edition: str = Edition.DAILY) -> Issue | None:
    """Return the issue of a day that holds, as far as the person may see it."""
    found = issues_visible_to(who).exclude(state=IssueState.WITHDRAWN)
    found = found.filter(day=day, edition=edition)
    return found.defer("content", "composed").first()


def published_issue(day: date) -> Issue | None:
    """Return the issue of a day that is out and holds."""
    issues = Issue.objects.select_related("signed_by", "corrects")
    daily = issues.filter(day=day, edition=Edition.DAILY)
    return daily.filter(state=IssueState.PUBLISHED).first()


def neighbors_of(who: Standing, issue: Issue) -> Neighbors:
    """Return the issues before and after one."""
    seen = issues_visible_to(who).filter(edition=issue.edition)
    seen = seen.defer("content", "composed").exclude(pk=issue.pk)
    earlier = seen.filter(day__lt=issue.day) | seen.filter(day=issue.day, pk__lt=issue.pk)
    later = seen.filter(day__gt=issue.day) | seen.filter(day=issue.day, pk__gt=issue.pk)
    return Neighbors(earlier.first(), later.order_by("day", "pk").first())


def correction_of(who: Standing, issue: Issue) -> Issue | None:
    """Return the issue that stands for a withdrawn one, if the person may see it."""
    found = issues_visible_to(who).defer("content", "composed")
    return found.filter(corrects_id=issue.pk).first() if issue.is_withdrawn else None


def history_of(issue: Issue) -> list[Fact]:
    """Return what happened to an issue, the newest first."""
    rows = Fact.objects.filter(subject=f"briefings.issue:{issue.pk}").select_related("actor")
    return list(rows.order_by("-pk")[:MOST_TOLD])


def issues_due(before: datetime) -> QuerySet[Issue]:
    """Return the issues that were put together before a moment and still hold their words."""
    return Issue.objects.filter(drafted_at__lt=before, purged_at__isnull=True)


def issues_held() -> Held:
    """Return how many issues hold words, and since when the oldest does."""
    return held_of(Issue.objects.filter(purged_at__isnull=True), "drafted_at")


def instructions_visible_to(who: Standing) -> QuerySet[Instruction]:
    """Return the instructions that a person may see: those on the issues that they may see."""
    told = Instruction.objects.select_related("issue", "hang__unit", "given_by")
    return told.filter(issue__in=issues_visible_to(who).order_by().values("pk"))


def instructions_on(who: Standing, issue: Issue) -> list[Instruction]:
    """Return what leaders wrote on an issue, the oldest first."""
    return list(instructions_visible_to(who).filter(issue=issue).order_by("pk"))


def own_instructions(who: Standing) -> list[Instruction]:
    """Return what a person wrote last, what is not struck off first."""
    own = instructions_visible_to(who).filter(given_by_id=who.user_id)
    open_ones = own.exclude(hang__state=HangState.STRUCK).order_by("hang__promised_on", "pk")
    found = list(open_ones[:MOST_INSTRUCTIONS])
    if len(found) < MOST_INSTRUCTIONS:
        struck = own.filter(hang__state=HangState.STRUCK).order_by("-hang__struck_at")
        found += struck[: MOST_INSTRUCTIONS - len(found)]
    return found


def instructions_told(first: date, last: date) -> list[Instruction]:
    """Return the instructions of earlier days that hung on some days, or ended on them."""
    start, end = day_span(first)[0], day_span(last)[1]
    told = Instruction.objects.select_related("issue", "hang__unit", "given_by")
    hung = Q(hang__struck_at__isnull=True) | Q(hang__struck_at__gte=start)
    found = told.filter(hung, given_at__lt=end).exclude(issue__state=IssueState.WITHDRAWN)
    return list(found.order_by("hang__promised_on", "pk")[:MOST_TOLD])


def hang_source(who: Standing, key: str) -> Source | None:
    """Return an instruction as the supervised item names it, for those who may see its issue."""
    found = instructions_visible_to(who).filter(
        hang__source_kind=SourceKind.INSTRUCTION, hang__source_key=key
    )
    row = found.first()
    if row is None:
        return None
    url = reverse("briefings:issue", args=[row.issue_id])
    return Source(SourceKind.INSTRUCTION, key, row.hang.source_title, url)
