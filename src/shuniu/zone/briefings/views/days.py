"""The figures of a day, of every day, and the list of the issues."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from shuniu.zone.briefings import policies, queries, services
from shuniu.zone.briefings.channels import Briefing, span_words
from shuniu.zone.briefings.choices import FileForm
from shuniu.zone.briefings.views.request import (
    CENTURY,
    DayConverter,
    Request,
    file_answer,
    insist_on_reader,
    site_of,
)
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.templatetags.part_data import Tab, TrendPoint, TrendProps
from shuniu.zone.kernel.web import render_page

DAYS_LISTED = 30
PAGE_SIZE = 30


@require_safe
def today(request: Request) -> HttpResponse:
    """Lead to the briefing of today."""
    insist_on_reader(request)
    return redirect("briefings:day", clock.today())


@require_safe
def day_list(request: Request) -> HttpResponse:
    """Show the issues and the last days, or go to the day that was asked for."""
    insist_on_reader(request)
    try:
        return redirect("briefings:day", DayConverter().to_python(request.GET.get("day", "")))
    except ValueError:
        days = queries.days_up_to(clock.today(), DAYS_LISTED)
    who = request.standing
    year = _year(request.GET.get("year", ""))
    found = queries.issues_of_year(who, year)
    context = {
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "years": _tabs(queries.years_with_issues(who), year),
        "days": days,
        "today": clock.today(),
        "may_draft": policies.may_edit(who),
    }
    return render_page(request, "briefings/day_list.html", context)


def _tabs(years: list[int], chosen: int | None) -> list[Tab]:
    """Return the years to choose from, all first; nothing while there is no issue."""
    base = reverse("briefings:list")
    tabs = [Tab(str(year), f"{base}?year={year}", year == chosen) for year in years]
    return [Tab(pgettext("issues", "All"), base, chosen is None), *tabs] if tabs else []


def _year(words: str) -> int | None:
    is_year = words.isascii() and words.isdecimal() and len(words) == len("2026")
    return int(words) if is_year and int(words) in CENTURY else None


@require_safe
def day_page(request: Request, day: date) -> HttpResponse:
    """Show the figures of a day, and lead to its issue."""
    insist_on_reader(request)
    who = request.standing
    briefing = services.compose(day, language=request.LANGUAGE_CODE, now=clock.now())
    issue = queries.issue_of_day(who, day)
    parts = services.day_parts(briefing)
    context = {
        "briefing": briefing,
        "span": span_words(briefing),
        "trend": _trend(briefing),
        "hangs": [part for part in parts if part.name == "hangs"],
        "more": [
            part for part in parts if part.name in {"operations", "practices", "instructions"}
        ],
        "day_before": day - timedelta(days=1),
        "day_after": day + timedelta(days=1) if day < clock.today() else None,
        "is_today": day == clock.today(),
        "issue": issue,
        "to_do": queries.issues_to_do(who),
        "may_draft": issue is None
        and policies.may_edit(who)
        and services.may_be_drafted(day, now=clock.now()),
    }
    return render_page(request, "briefings/day_page.html", context, part="briefing")


def _trend(briefing: Briefing) -> TrendProps:
    """Return the new cases of the week, as the chart and its table show them."""
    return TrendProps(
        question=_("How many needs came in on each of these seven days?"),
        unit=_("cases"),
        kind="bar",
        points=tuple(TrendPoint(f"{day:%m-%d}", count) for day, count in briefing.week),
    )


@require_safe
def day_file(request: Request, day: date, form: FileForm) -> HttpResponse:
    """Send the briefing of a day as a file."""
    insist_on_reader(request)
    content = services.export_day(
        day=day,
        form=form,
        language=request.LANGUAGE_CODE,
        base_url=site_of(request),
        actor=request.user,
        now=clock.now(),
    )
    return file_answer(content, form, f"briefing-{day}")
