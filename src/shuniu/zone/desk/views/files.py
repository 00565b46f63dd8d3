"""Files of a case: always behind the rights of the case."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from shuniu.zone.desk import forms, queries, services
from shuniu.zone.desk.views.request import Request
from shuniu.zone.kernel import clock, files


@require_safe
def attachment(request: Request, attachment_id: int) -> HttpResponseBase:
    """Send a file: pictures to be shown (they were re-encoded), everything else as a download."""
    who = request.standing
    visible = queries.attachments_visible_to(who).select_related("case")
    found = get_object_or_404(visible, pk=attachment_id)
    if found.case.is_restricted:
        services.note_file_opened(attachment_id=found.pk, actor=request.user, now=clock.now())
    return files.sent_file(
        found.path,
        name=found.name,
        content_type=found.content_type,
        as_attachment=not found.is_picture or "download" in request.GET,
    )


@require_POST
def attachments_add(request: Request, case_id: int) -> HttpResponse:
    """Attach files to a case that one works on."""
    who = request.standing
    case = get_object_or_404(queries.cases_visible_to(who), pk=case_id)
    form = forms.AttachForm(request.POST, request.FILES)
    if form.is_valid() and form.cleaned_data["uploads"]:
        services.attach_files(
            case_id=case.pk,
            uploads=form.cleaned_data["uploads"],
            actor=request.user,
            now=clock.now(),
        )
    return redirect("desk:case-page", case.pk)
