"""Files of cases, up and down."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from ninja import File, Status, UploadedFile

from shuniu.zone.desk import queries, services
from shuniu.zone.desk.api.shown import FilePart, file_part
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.api import Key, Request, area, found
from shuniu.zone.kernel.files import sent_file

files = area("Cases")


@files.post(
    "/cases/{int:case_id}/files",
    url_name="case-files",
    operation_id="case_attach",
    response={201: list[FilePart]},
)
def case_attach(
    request: Request, case_id: Key, uploads: File[list[UploadedFile]]
) -> Status[list[FilePart]]:
    """Attach files to a case (multipart); answers with all files of the case."""
    case = found(queries.cases_visible_to(request.standing), case_id)
    services.attach_files(case_id=case.pk, uploads=uploads, actor=request.user, now=clock.now())
    kept = case.attachments.exclude(path="").order_by("pk")
    return Status(201, [file_part(one) for one in kept])


@files.get("/files/{int:file_id}", url_name="file", operation_id="file_read")
def file_read(request: Request, file_id: Key) -> HttpResponseBase:
    """Read the bytes of a file; of a restricted case this is recorded."""
    visible = queries.attachments_visible_to(request.standing).select_related("case")
    one = found(visible, file_id)
    if one.case.is_restricted:
        services.note_file_opened(attachment_id=one.pk, actor=request.user, now=clock.now())
    return sent_file(one.path, name=one.name, content_type=one.content_type, as_attachment=True)
