"""Long lists as files: asked for, waited for, downloaded."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.views.decorators.http import require_POST, require_safe

from shuniu.zone.kernel import clock, files
from shuniu.zone.kernel.channels import CSV_TYPE, XLSX_TYPE
from shuniu.zone.kernel.clock import local
from shuniu.zone.kernel.templatetags.part_data import Tone
from shuniu.zone.kernel.web import render_page
from shuniu.zone.portal import policies, queries, services
from shuniu.zone.portal.choices import ExportState, FileForm
from shuniu.zone.portal.forms import ExportForm
from shuniu.zone.portal.models import ListExport
from shuniu.zone.portal.views.request import Request

EXPORTS_SHOWN = 20
TYPES = {FileForm.XLSX: XLSX_TYPE, FileForm.CSV: CSV_TYPE}
TONES: dict[str, Tone] = {
    ExportState.WAITING: "waiting",
    ExportState.MAKING: "waiting",
    ExportState.READY: "done",
    ExportState.REFUSED: "neutral",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A file that was asked for; ``url`` is that of the list with its filter."""

    export: ListExport
    label: Promise
    url: str
    tone: Tone


@require_safe
def export_list(request: Request) -> HttpResponse:
    """Show the files that this person asked for, and how far they are."""
    _only_owners_of_lists(request)
    rows = queries.exports_of(request.user.pk).defer("row_keys").order_by("-asked_at", "pk")
    page = Paginator(rows, EXPORTS_SHOWN).get_page(request.GET.get("page"))
    lines = [_line(one) for one in page]
    context = {
        "page": page,
        "lines": lines,
        "is_working": any(line.export.is_in_work for line in lines),
    }
    return render_page(request, "portal/export_list.html", context, part="files")


def _line(export: ListExport) -> Line:
    wanted = services.LISTS[export.list_kind]
    query = f"?{export.query}" if export.query else ""
    url = f"{reverse(wanted.address)}{query}"
    return Line(export, wanted.label, url, TONES[export.state])


@require_POST
def export_new(request: Request, list_kind: str) -> HttpResponse:
    """Let a file be made of a list."""
    _only_owners_of_lists(request)
    if list_kind not in services.LISTS:
        raise Http404
    form = ExportForm(request.POST)
    if not form.is_valid():
        raise Http404
    services.ask_for_export(
        list_kind=list_kind,
        form=FileForm(form.cleaned_data["form"]),
        query=form.cleaned_data["query"],
        language=request.LANGUAGE_CODE,
        actor=request.user,
        now=clock.now(),
    )
    return redirect("portal:exports")


@require_safe
def export_file(request: Request, export_id: UUID) -> HttpResponseBase:
    """Give out the file to whoever asked for it; this is recorded."""
    _only_owners_of_lists(request)
    export = get_object_or_404(queries.exports_of(request.user.pk), pk=export_id)
    form = FileForm(export.form)
    if request.method == "HEAD":
        return HttpResponse(content_type=TYPES[form])
    taken = services.take_export(export_id=export.pk, actor=request.user, now=clock.now())
    name = f"{taken.list_kind}-{local(taken.asked_at):%Y-%m-%d}.{form}"
    return files.sent_file(taken.path, name=name, content_type=TYPES[form], as_attachment=True)


def _only_owners_of_lists(request: Request) -> None:
    if not policies.may_export(request.standing):
        raise PermissionDenied
