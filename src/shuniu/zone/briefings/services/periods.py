"""The week and the month in one document, compared with as many days before."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from shuniu.zone.briefings.channels import Bin, Briefing, FigureLine, Period
from shuniu.zone.briefings.choices import Edition
from shuniu.zone.briefings.models import Issue
from shuniu.zone.briefings.services.composing import compose, compose_period
from shuniu.zone.desk import queries as desk
from shuniu.zone.desk.queries import Days
from shuniu.zone.kernel.clock import day_of

DAY, WEEK = timedelta(days=1), timedelta(days=7)
LABELS: dict[str, Promise] = {
    "opened": gettext_lazy("New needs"),
    "replied": gettext_lazy("Answered"),
    "closed": gettext_lazy("Confirmed and closed"),
    "open": pgettext_lazy("period", "Open at the end"),
    "late": pgettext_lazy("period", "Overdue at the end"),
}
# A zone names its daily paper; the others are named after it.
NAMED_DAILY = {
    Edition.WEEKLY: (("每日", "每周"), ("Daily", "Weekly")),
    Edition.MONTHLY: (("每日", "每月"), ("Daily", "Monthly")),
}
AT_THE_END = frozenset({"open", "late"})


def days_of_period(edition: Edition, day: date) -> Days:
    """Return the week from Monday, or the month, that a day belongs to; a day alone for itself."""
    if edition == Edition.WEEKLY:
        first = day - day.weekday() * DAY
        return Days(first, first + 6 * DAY)
    if edition == Edition.MONTHLY:
        return Days(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))
    return Days(day, day)


def compose_issue(edition: Edition, day: date, *, language: str, now: datetime) -> Briefing:
    """Return the briefing of an edition that tells of ``day``, counted up to now."""
    if edition == Edition.DAILY:
        return compose(day, language=language, now=now)
    whole = days_of_period(edition, day)
    counted = Days(whole.first, min(whole.last, day_of(now)))
    length = counted.last - counted.first + DAY
    before = Days(counted.first - length, counted.first - DAY)
    made = compose_period(counted, before, language=language, now=now)
    with translation.override(language):
        period = Period(
            edition=edition,
            first=whole.first,
            last=whole.last,
            before_first=before.first,
            before_last=before.last,
            bins=_bins(edition, counted),
        )
        figures = tuple(_figure(line, length.days) for line in made.figures)
    return replace(made, masthead=_masthead(made, edition), period=period, figures=figures)


def composed_anew(issue: Issue, *, language: str, now: datetime) -> Briefing:
    """Return what an issue would say if it were counted now."""
    return compose_issue(Edition(issue.edition), issue.day, language=language, now=now)


def _masthead(made: Briefing, edition: Edition) -> str:
    words = made.masthead
    for daily, longer in NAMED_DAILY[edition]:
        words = words.replace(daily, longer)
    return words


def _figure(line: FigureLine, days: int) -> FigureLine:
    mean = "–" if line.name in AT_THE_END else number_format(round(line.value.value / days, 1), 1)
    return replace(line, label=str(LABELS[line.name]), daily_mean=mean)


def _bins(edition: Edition, counted: Days) -> tuple[Bin, ...]:
    """Return the days of a week, or the weeks of a month, as far as they are counted."""
    opened, closed = desk.daily_counts(counted.first, counted.last)
    step = DAY if edition == Edition.WEEKLY else WEEK
    bins, first = [], counted.first
    while first <= counted.last:
        start = first - first.weekday() * DAY if step == WEEK else first
        last = min(start + step - DAY, counted.last)
        days = [first + at * DAY for at in range((last - first).days + 1)]
        bins.append(
            Bin(
                label=_label(first, last),
                opened=sum(opened.get(day, 0) for day in days),
                closed=sum(closed.get(day, 0) for day in days),
            )
        )
        first = last + DAY
    return tuple(bins)


def _label(first: date, last: date) -> str:
    words = date_format(first, "n-j")
    return words if first == last else f"{words}~{date_format(last, 'n-j')}"
