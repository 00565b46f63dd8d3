"""The list of urgings, and one of them as it is printed."""

from __future__ import annotations

import segno
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from shuniu.zone.desk import policies, queries
from shuniu.zone.desk.views import shown
from shuniu.zone.desk.views.request import Request
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.web import render_page
from shuniu.zone.registry import queries as registry

PAGE_SIZE = 50
LISTS = {
    "waiting": _("Waiting for an answer"),
    "late": _("Answer overdue"),
    "all": _("All"),
}


@require_safe
def urging_list(request: Request) -> HttpResponse:
    """Show the urgings that wait, those that wait too long, or all."""
    who = request.standing
    if not policies.may_list_urgings(who):
        raise PermissionDenied
    today = clock.today()
    which = request.GET.get("which", "waiting")
    which = which if which in LISTS else "waiting"
    page = Paginator(queries.listed_urgings(who, which, today), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    url = reverse("desk:urging-list")
    context = {
        "page": page,
        "today": today,
        "which": which,
        "tabs": [
            {
                "label": label,
                "count": queries.listed_urgings(who, name, today).count()
                if name != "all"
                else None,
                "url": f"{url}?which={name}",
                "is_current": name == which,
            }
            for name, label in LISTS.items()
        ],
        "url": f"{url}?which={which}",
        "is_zh": request.LANGUAGE_CODE.startswith("zh"),
    }
    return render_page(request, "desk/urging_list.html", context, part="rows")


@require_safe
def urging_page(request: Request, urging_id: int) -> HttpResponse:
    """Show an urging as the paper that goes to the unit, with a code that opens its case."""
    who = request.standing
    urging = get_object_or_404(queries.urgings_visible_to(who), pk=urging_id)
    case = urging.case
    profile = registry.profile_of(case.profile_id)
    address = request.build_absolute_uri(reverse("desk:case-page", args=[case.pk]))
    is_zh = request.LANGUAGE_CODE.startswith("zh")
    context = {
        "urging": urging,
        "unit": urging.unit.zh if is_zh else urging.unit.en,
        "urged_on": clock.day_of(urging.urged_at),
        "submitted_on": clock.day_of(case.submitted_at),
        "due_on": clock.day_of(case.done_due_at),
        "answered_on": clock.day_of(urging.answered_at) if urging.answered_at else None,
        "case": case,
        "category": shown.category_of(case, profile, request.LANGUAGE_CODE),
        "address": address,
        "picture": segno.make(address, error="m").svg_data_uri(scale=3, border=2, light="#fff"),
        "is_late": urging.answered_at is None and urging.until < clock.today(),
    }
    return render_page(request, "desk/urging_page.html", context)
