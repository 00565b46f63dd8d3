"""What a leader writes on an issue."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shuniu.zone.briefings import forms, policies, queries, services
from shuniu.zone.briefings.views.request import Request, insist_on_reader
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.web import render_page


@require_http_methods(["GET", "HEAD", "POST"])
def issue_instruct(request: Request, issue_id: int) -> HttpResponse:
    """Let a leader write what shall be done, by whom and until when; it is hung up."""
    insist_on_reader(request)
    if not policies.may_instruct(request.standing):
        raise PermissionDenied
    issue = get_object_or_404(queries.issues_visible_to(request.standing), pk=issue_id)
    if not issue.is_published:
        return redirect("briefings:issue", issue.pk)
    form = forms.InstructionForm(
        services.topics_of(issue),
        request.POST if request.method == "POST" else None,
        language=request.LANGUAGE_CODE,
        initial={"about": request.GET.get("about", "")},
    )
    if request.method == "POST" and form.is_valid():
        written = services.instruct(
            issue_id=issue.pk, actor=request.user, now=clock.now(), **form.cleaned_data
        )
        messages.success(
            request,
            _("Noted as supervised item %(number)s.") % {"number": written.hang.number},
        )
        return redirect("briefings:issue", issue.pk)
    context = {"issue": issue, "form": form}
    status = 422 if form.errors else 200
    return render_page(request, "briefings/issue_instruct.html", context, status=status)
