"""What leaves the building: ways out, tests, and what did not arrive."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shuniu.zone.kernel import clock
from shuniu.zone.kernel.web import render_page
from shuniu.zone.notices import policies, queries, services
from shuniu.zone.notices.choices import MAIL_OUTLET, OutgoingState, RobotForm
from shuniu.zone.notices.forms import RobotNewForm
from shuniu.zone.notices.models import Outgoing
from shuniu.zone.notices.views.request import Request

MESSAGES_PER_PAGE = 50
OUTLET_STEPS = ("test", "on", "off", "remove")
MESSAGE_STEPS = ("again", "drop")


@require_safe
def outbox(request: Request) -> HttpResponse:
    """Show the ways out and what did not arrive."""
    if not policies.may_run_outbox(request.standing):
        raise PermissionDenied
    lines = queries.outlet_lines()
    mail = next((line for line in lines if not line.outlet.is_robot), None)
    robots = [line for line in lines if line.outlet.is_robot]
    chosen = request.GET.get("way", "")
    chosen = chosen if chosen in {str(line.outlet.pk) for line in lines} else ""
    page = Paginator(queries.dead_messages(chosen), MESSAGES_PER_PAGE).get_page(
        request.GET.get("page")
    )
    tests = [line.test for line in lines if line.test is not None]
    context = {
        "is_mail_on": queries.is_mail_on(),
        "mail": mail,
        "mail_outlet": MAIL_OUTLET,
        "robots": robots,
        "lines": lines,
        "is_chinese": request.LANGUAGE_CODE.startswith("zh"),
        "chosen": chosen,
        "page": page,
        "dead": [_dead_line(row) for row in page.object_list],
        "is_testing": any(test.state == OutgoingState.WAITING for test in tests),
    }
    return render_page(request, "notices/outbox.html", context, part="ways")


def _dead_line(row: Outgoing) -> dict[str, object]:
    kind = queries.kind_of(row.kind)
    return {"row": row, "label": kind.label if kind else row.kind, "why": row.get_trouble_display()}


@require_http_methods(["GET", "HEAD", "POST"])
def robot_new(request: Request) -> HttpResponse:
    """Take in the robot of a group."""
    if not policies.may_run_outbox(request.standing):
        raise PermissionDenied
    is_chinese = request.LANGUAGE_CODE.startswith("zh")
    form = RobotNewForm(request.POST or None, is_chinese=is_chinese)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            services.add_robot(
                name=given["name"],
                address=given["address"],
                office=given["office"],
                form=RobotForm(given["form"]),
                actor=request.user,
                now=clock.now(),
            )
        except services.NoRobotAddress as refusal:
            form.add_error("address", str(refusal))
        else:
            messages.success(request, _("The robot is taken in. Send a test to see it write."))
            return redirect("notices:outbox")
    status = 422 if form.errors else 200
    return render_page(request, "notices/robot_new.html", {"form": form}, status=status)


@require_POST
def outlet_step(request: Request, outlet_id: UUID, step: str) -> HttpResponse:
    """Test a way out, turn a robot on or off, or remove it."""
    if step not in OUTLET_STEPS:
        raise Http404
    now, actor = clock.now(), request.user
    if step == "test":
        services.test_outlet(outlet_id=outlet_id, actor=actor, now=now)
        messages.success(request, _("The test is on its way; its result appears here."))
    elif step == "remove":
        services.remove_robot(outlet_id=outlet_id, actor=actor, now=now)
        messages.success(request, _("The robot is removed, and its address forgotten."))
    else:
        services.switch_robot(outlet_id=outlet_id, is_on=step == "on", actor=actor, now=now)
    return redirect("notices:outbox")


@require_POST
def messages_step(request: Request, step: str) -> HttpResponse:
    """Send all undelivered messages again, or give them all up: those of one way out, or all."""
    return _decided(request, step, None)


@require_POST
def message_step(request: Request, message_id: UUID, step: str) -> HttpResponse:
    """Send an undelivered message again, or give it up."""
    return _decided(request, step, message_id)


def _decided(request: Request, step: str, message_id: UUID | None) -> HttpResponse:
    if step not in MESSAGE_STEPS:
        raise Http404
    way = request.POST.get("way", "")
    outlet = way if way in {str(line.outlet.pk) for line in queries.outlet_lines()} else ""
    command = services.send_again if step == "again" else services.give_up
    count = command(message_id=message_id, outlet=outlet, actor=request.user, now=clock.now())
    if step == "again":
        told = ngettext(
            "%(count)s message is sent again.", "%(count)s messages are sent again.", count
        )
    else:
        told = ngettext("%(count)s message is given up.", "%(count)s messages are given up.", count)
    messages.success(request, told % {"count": count})
    return redirect("notices:outbox")
