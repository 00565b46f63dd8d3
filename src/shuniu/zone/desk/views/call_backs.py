"""Call-backs: which enterprises are still to be asked, what others said, and what follows."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from shuniu.zone.desk import policies, problems, queries
from shuniu.zone.desk.choices import Grade
from shuniu.zone.desk.models import CallBack, Case
from shuniu.zone.desk.views import shown
from shuniu.zone.desk.views.request import Request
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.web import render_page

PAGE_SIZE = 50
COUNTED_FOR = timedelta(days=30)
LISTS: dict[str, Promise] = {
    "waiting": _("To be called back"),
    "all": _("All call-backs"),
    "solved": _("Solved"),
    "unsolved": _("Not solved"),
    "rated": _("With a grade"),
    "good": _("Satisfied"),
    "bad": _("Dissatisfied"),
}


@require_safe
def call_back_list(request: Request) -> HttpResponse:
    """Show whom to call, or what was heard since a day, under the two rates."""
    who = request.standing
    if not policies.may_see_call_backs(who):
        raise PermissionDenied
    since = clock.today() - COUNTED_FOR
    which = request.GET.get("which", "waiting")
    which = which if which in LISTS else "waiting"
    figures = queries.call_back_figures(who, since)
    rows = (
        queries.cases_to_call_back(who)
        if which == "waiting"
        else queries.listed_call_backs(who, which, since)
    )
    paginator = Paginator(rows, PAGE_SIZE)
    paginator.count = getattr(figures, which)
    page = paginator.get_page(request.GET.get("page"))
    url = reverse("desk:call-back-list")
    is_zh = request.LANGUAGE_CODE.startswith("zh")
    context = {
        "page": page,
        "waiting": [
            {
                "case": case,
                "reason": problems.call_back_reason(case),
                "unit": _unit(case, is_zh=is_zh),
            }
            for case in page.object_list
            if isinstance(case, Case)
        ],
        "heard": [
            {"call": call, "grade": Grade(call.rating).label if call.rating else ""}
            for call in page.object_list
            if isinstance(call, CallBack)
        ],
        "which": which,
        "figures": figures,
        "closed_url": shown.list_url(figures.closed_rows),
        "days": COUNTED_FOR.days,
        "tabs": [
            {
                "label": label,
                "count": getattr(figures, name),
                "url": f"{url}?which={name}",
                "is_current": name == which,
            }
            for name, label in LISTS.items()
        ],
        "url": f"{url}?which={which}",
        "is_zh": is_zh,
    }
    return render_page(request, "desk/call_back_list.html", context, part="rows")


def _unit(case: object, *, is_zh: bool) -> str:
    unit = getattr(case, "lead_unit", None)
    if unit is None:
        return ""
    return str(unit.zh if is_zh else unit.en)
