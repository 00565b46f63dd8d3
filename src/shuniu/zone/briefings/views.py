from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shuniu.zone.accounts.models import User
from shuniu.zone.briefings import policies, queries, services
from shuniu.zone.briefings.channels import Briefing
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.templatetags.part_data import TrendPoint, TrendProps
from shuniu.zone.kernel.web import render_page
from shuniu.zone.registry.queries import Standing

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DAYS_LISTED = 30
CENTURY = range(2000, 2100)


class Request(HttpRequest):
    """A request of somebody who has signed in (LoginRequiredMiddleware sees to that)."""

    htmx: HtmxDetails
    user: User
    standing: Standing
    LANGUAGE_CODE: str


class DayConverter:
    """A day of this century in an address, such as 2026-11-20."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        day = date.fromisoformat(value)
        if day.year not in CENTURY:
            raise ValueError(f"{value} is in another century")
        return day

    def to_url(self, value: date) -> str:
        return value.isoformat()


@require_safe
def today(request: Request) -> HttpResponse:
    """Lead to the briefing of today."""
    _may_read(request)
    return redirect("briefings:day", clock.today())


@require_safe
def day_list(request: Request) -> HttpResponse:
    """Show the last days, each with its new cases, or go to the day that was asked for."""
    _may_read(request)
    try:
        return redirect("briefings:day", DayConverter().to_python(request.GET.get("day", "")))
    except ValueError:
        days = queries.days_up_to(clock.today(), DAYS_LISTED)
    return render_page(request, "briefings/day_list.html", {"days": days, "today": clock.today()})


@require_safe
def day_page(request: Request, day: date) -> HttpResponse:
    """Show the briefing of a day."""
    _may_read(request)
    briefing = services.compose(day, language=request.LANGUAGE_CODE)
    context = {
        "briefing": briefing,
        "trend": _trend(briefing),
        "day_before": day - timedelta(days=1),
        "day_after": day + timedelta(days=1) if day < clock.today() else None,
        "is_today": day == clock.today(),
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
def word(request: Request, day: date) -> HttpResponse:
    """Send the briefing of a day as a Word file."""
    _may_read(request)
    content = services.export_word(
        day=day,
        language=request.LANGUAGE_CODE,
        base_url=request.build_absolute_uri("/").rstrip("/"),
        actor=request.user,
        now=clock.now(),
    )
    return HttpResponse(
        content,
        content_type=WORD,
        headers={"Content-Disposition": f'attachment; filename="briefing-{day}.docx"'},
    )


def _may_read(request: Request) -> None:
    if not policies.may_read(request.standing):
        raise PermissionDenied
