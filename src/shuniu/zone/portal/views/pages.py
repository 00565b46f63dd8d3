"""Home, the parts of pages, and what runs in the background."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shuniu.zone.accounts.choices import OUTSIDE_ROLES, Role
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.templatetags.samples import style_page
from shuniu.zone.kernel.web import render_page
from shuniu.zone.portal import policies, queries, services
from shuniu.zone.portal.views.request import Request
from shuniu.zone.registry.queries import Standing


@require_safe
def home(request: Request) -> HttpResponse:
    """Lead each person to the page that they work with."""
    for is_theirs, name in _homes(request.standing):
        if is_theirs:
            return redirect(name)
    return render_page(request, "portal/nothing_yet.html", {})


def _homes(who: Standing) -> tuple[tuple[bool, str], ...]:
    """Return the pages that may be somebody's home, the first that is theirs counts."""
    return (
        (bool(who.enterprise_ids), "desk:need"),
        (who.has(Role.LEADER), "portal:day"),
        (who.is_staff, "desk:case-list"),
        (policies.may_run_system(who), "portal:system"),
        (policies.may_protect_data(who), "portal:data-protection"),
        (who.has(Role.AUDIT_ADMIN), "accounts:audit"),
        (not who.roles.isdisjoint(OUTSIDE_ROLES), "accounts:account"),
    )


@require_safe
def styles(request: Request) -> HttpResponse:
    """Show every part in every state, for those who make and check pages."""
    if not policies.may_see_styles(request.standing):
        raise PermissionDenied
    return render_page(request, "kernel/styles.html", {"style": style_page(clock.now())})


@require_safe
def system(request: Request) -> HttpResponse:
    """Show what runs in the background, and what was given up."""
    if not policies.may_run_system(request.standing):
        raise PermissionDenied
    context = {"background": queries.background(clock.now())}
    return render_page(request, "portal/system.html", context)


@require_POST
def delivery_again(request: Request, delivery_id: int) -> HttpResponse:
    """Give work that was given up another round."""
    services.send_again(delivery_id=delivery_id, actor=request.user, now=clock.now())
    messages.success(request, _("It will be tried again now."))
    return redirect("portal:system")
