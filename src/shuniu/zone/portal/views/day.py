"""The day on one page, for those who answer for it."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from shuniu.zone.briefings import queries as briefings
from shuniu.zone.briefings.choices import IssueState
from shuniu.zone.desk import queries as desk
from shuniu.zone.desk.queries import CaseFilter
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.web import render_page
from shuniu.zone.portal import policies
from shuniu.zone.portal.views.request import Request

RATED_FOR = timedelta(days=30)
LABELS: dict[str, Promise] = {
    "opened": _("New cases"),
    "replied": _("Answered"),
    "closed": _("Closed"),
    "open": _("Open"),
    "late": _("Overdue"),
}
WAITING: dict[str, Promise] = {
    "purple": _("long overdue: please ask the unit"),
    "again": _("opened again: the answer did not satisfy"),
    "sampled": _("withdrawn and drawn by lot: please ask the enterprise why"),
    "call_back": _("closed: please ask the enterprise whether it is solved"),
}
ISSUES: dict[str, Promise] = {
    IssueState.DRAFT: _("the briefing of this day is drafted: please read and edit it"),
    IssueState.EDITED: _("the briefing of this day: please read and sign it"),
    IssueState.SIGNED: _("the briefing of this day is signed and can be published"),
}


@require_safe
def day(request: Request) -> HttpResponse:
    """Show today's figures, the oldest cases, the units in arrears, and what waits for a word."""
    who = request.standing
    if not policies.may_see_the_day(who):
        raise PermissionDenied
    today = clock.today()
    is_zh = request.LANGUAGE_CODE.startswith("zh")
    rated = desk.satisfaction(who, today - RATED_FOR)
    context = {
        "today": today,
        "figures": [
            {
                "label": LABELS[figure.name],
                "value": figure.value,
                "before": figure.day_before,
                "url": _url(figure.rows),
            }
            for figure in desk.figures_of(who, today)
        ],
        "waiting": [
            {"count": count, "words": WAITING[name], "url": _url(rows)}
            for name, (count, rows) in desk.waiting_figures(who).items()
            if count
        ]
        + [
            {
                "count": f"{issue.day:%m-%d}",
                "words": ISSUES[issue.state],
                "url": reverse("briefings:issue", args=[issue.pk]),
            }
            for issue in briefings.issues_to_do(who)
        ],
        "oldest": [
            {"case": case, "unit": _unit(case, is_zh=is_zh)} for case in desk.oldest_cases(who)
        ],
        "units": [
            {
                "label": unit.zh if is_zh else unit.en,
                "open": unit.open,
                "open_url": _url(unit.open_rows),
                "late": unit.late,
                "late_url": _url(unit.late_rows),
                "share_pct": round(100 * unit.late / unit.open),
            }
            for unit in desk.worst_units(who)
        ],
        "instructions": briefings.own_instructions(who),
        "rated": rated,
        "rated_urls": {
            "good": _url(rated.good_rows),
            "rated": _url(rated.rated_rows),
            "bad": _url(rated.bad_rows),
            "silent": _url(rated.silent_rows),
        },
        "rated_days": RATED_FOR.days,
    }
    return render_page(request, "portal/day.html", context, part="day")


def _url(rows: CaseFilter) -> str:
    return f"{reverse('desk:case-list')}?{rows.query}"


def _unit(case: object, *, is_zh: bool) -> str:
    unit = getattr(case, "lead_unit", None)
    if unit is None:
        return ""
    return str(unit.zh if is_zh else unit.en)
