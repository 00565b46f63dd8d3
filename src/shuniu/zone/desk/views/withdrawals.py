"""The withdrawn cases that were drawn by lot, and what enterprises said about them."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from shuniu.zone.desk import policies, queries
from shuniu.zone.desk.views.request import Request
from shuniu.zone.kernel.web import render_page

PAGE_SIZE = 50
LISTS: dict[str, Promise] = {
    "waiting": _("To be asked"),
    "pressed": _("Pressed to withdraw"),
    "asked": pgettext_lazy("withdrawal", "Asked"),
    "all": _("All"),
}


@require_safe
def withdrawal_list(request: Request) -> HttpResponse:
    """Show which enterprises are to be asked why they withdrew, and what others said."""
    who = request.standing
    if not policies.may_see_withdrawals(who):
        raise PermissionDenied
    which = request.GET.get("which", "waiting")
    which = which if which in LISTS else "waiting"
    figures = queries.withdrawal_figures(who)
    paginator = Paginator(queries.listed_withdrawals(who, which), PAGE_SIZE)
    paginator.count = getattr(figures, which)
    page = paginator.get_page(request.GET.get("page"))
    url = reverse("desk:withdrawal-list")
    context = {
        "page": page,
        "which": which,
        "figures": figures,
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
        "is_zh": request.LANGUAGE_CODE.startswith("zh"),
    }
    return render_page(request, "desk/withdrawal_list.html", context, part="rows")
