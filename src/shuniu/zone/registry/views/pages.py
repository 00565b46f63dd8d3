from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shuniu.zone.accounts.models import User
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.web import render_page
from shuniu.zone.registry import policies, queries, services
from shuniu.zone.registry.forms import ProfileForm
from shuniu.zone.registry.queries import Standing
from shuniu.zone.registry.views.profile import shown_profile

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


class Request(HttpRequest):
    """A request of somebody who has signed in (LoginRequiredMiddleware sees to that)."""

    htmx: HtmxDetails
    user: User
    standing: Standing
    LANGUAGE_CODE: str


@require_http_methods(["GET", "HEAD", "POST"])
def profile_page(request: Request) -> HttpResponse:
    """Show the profile in force, and put a new one in force."""
    if not policies.may_put_profile_in_force(request.standing):
        raise PermissionDenied
    is_sent = request.method == "POST"
    form = ProfileForm(request.POST, request.FILES) if is_sent else ProfileForm()
    if is_sent and form.is_valid() and form.profile is not None:
        services.put_profile_in_force(profile=form.profile, actor=request.user, now=clock.now())
        messages.success(request, _("The profile is in force. Open cases keep their own terms."))
        return redirect("registry:profile")
    in_force = queries.profile_in_force()
    this_year = clock.today().year
    years = queries.loaded_years()
    context = {
        "form": form,
        "in_force": in_force,
        "shown": shown_profile(in_force.profile, request.LANGUAGE_CODE),
        "versions": queries.profile_versions(),
        "years": years,
        "missing_years": [year for year in (this_year, this_year + 1) if year not in years],
    }
    return render_page(
        request, "registry/profile.html", context, status=422 if form.errors else 200
    )
