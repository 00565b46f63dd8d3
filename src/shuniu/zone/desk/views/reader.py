"""How needs are read: what was learned from confirmed cases, and the way back."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shuniu.zone.desk import policies, queries, services
from shuniu.zone.desk.views.request import Request
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.web import render_page

SHOWN = 50
# In an address: what the profile says, and nothing that was learned.
PROFILE_ALONE = 0


@require_safe
def reader(request: Request) -> HttpResponse:
    """Show what was learned and when, which version holds, and how often clerks agreed."""
    if not policies.may_teach_reader(request.standing):
        raise PermissionDenied
    now = clock.now()
    found = list(queries.lessons()[:SHOWN])
    context = {
        "lessons": found,
        "is_profile_alone": not any(lesson.is_in_force for lesson in found),
        "agreement": queries.agreement(now),
        "profile_alone": PROFILE_ALONE,
    }
    return render_page(request, "desk/reader.html", context)


@require_POST
def reader_learn(request: Request) -> HttpResponse:
    """Learn from the confirmed cases now."""
    lesson = services.learn_from_cases(actor=request.user, now=clock.now())
    if lesson is not None and lesson.is_in_force:
        messages.success(request, _("Learned. The new version reads the needs from now on."))
    else:
        messages.info(request, _("The new version was not better; the one before it stays."))
    return redirect("desk:reader")


@require_POST
def reader_choose(request: Request, lesson_id: int) -> HttpResponse:
    """Go back to a version, or to what the profile says alone."""
    chosen = None if lesson_id == PROFILE_ALONE else lesson_id
    services.choose_lesson(lesson_id=chosen, actor=request.user, now=clock.now())
    messages.success(request, _("Chosen. Needs are read by this version from now on."))
    return redirect("desk:reader")
