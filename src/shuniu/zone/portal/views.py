from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import User
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.templatetags.samples import style_page
from shuniu.zone.kernel.web import render_page
from shuniu.zone.portal import policies, queries, services
from shuniu.zone.registry.queries import Standing

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


class Request(HttpRequest):
    """A request of somebody who has signed in (LoginRequiredMiddleware sees to that)."""

    htmx: HtmxDetails
    user: User
    standing: Standing


@require_safe
def home(request: Request) -> HttpResponse:
    """Lead each person to the page that they work with."""
    who = request.standing
    if who.enterprise_ids:
        return redirect("desk:need")
    if who.has(Role.LEADER):
        return redirect("briefings:today")
    if who.is_staff:
        return redirect("desk:case-list")
    if policies.may_run_system(who):
        return redirect("portal:system")
    return render_page(request, "portal/nothing_yet.html", {})


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
