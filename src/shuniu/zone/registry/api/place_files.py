"""Places from a GeoJSON file: what would change is told first, then written, and undone."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from uuid import UUID

from django.utils.datastructures import MultiValueDict
from ninja import File, Form, Status, UploadedFile
from pydantic import Field

from shuniu.zone.kernel import clock
from shuniu.zone.kernel.api import Body, Part, Request, Words, area, checked, found, to_be
from shuniu.zone.registry import forms, policies, queries, services
from shuniu.zone.registry.choices import PlaceFileState
from shuniu.zone.registry.models import PlaceFile
from shuniu.zone.registry.services import Judged, RowState

MOST_ROWS = 300
place_files = area("Places")


class PlaceRowPart(Part):
    """A place of a file, and what would become of it."""

    number: int = Field(description="Its place in the file, from 1")
    code: str
    name: str
    state: RowState
    problem: str


class PlaceFilePart(Part):
    """A file of places, as it stands."""

    id: UUID
    name: str
    state: PlaceFileState
    sent_at: datetime
    written_at: datetime | None
    counts: dict[str, int] = Field(description="How many places are new, changed, same, faulty")
    rows: list[PlaceRowPart] = Field(description="While it waits: the first 300, faults first")
    seal: str = Field(description="Sent along to write what was read here; empty once it is over")


class SealBody(Body):
    """What was read is what shall be written."""

    seal: str = Field(min_length=1, max_length=64)


class UndonePart(Part):
    """What undoing did; ``left`` are codes of places that somebody changed or used since."""

    removed: int
    restored: int
    left: list[str]


class DatumPart(Part):
    """In which system the positions are."""

    datum: Words = Field("WGS84", description="WGS84, GCJ02 or BD09")


@place_files.post(
    "/places/files",
    url_name="place-files",
    operation_id="place_file_send",
    response={201: PlaceFilePart},
)
def place_file_send(
    request: Request, file: File[UploadedFile], given: Form[DatumPart]
) -> Status[PlaceFilePart]:
    """Send a GeoJSON file (multipart); answers with what it would change."""
    to_be(policies.may_keep_places(request.standing))
    form = forms.PlaceFileForm({"datum": given.datum}, MultiValueDict({"file": [file]}))
    content = checked(form)
    kept = services.keep_place_file(
        name=content.get("name", ""),
        content=content["content"],
        datum=content["datum"],
        actor=request.user,
        now=clock.now(),
    )
    return Status(201, _part(kept))


@place_files.get(
    "/places/files/{uuid:file_id}",
    url_name="place-file",
    operation_id="place_file_read",
    response=PlaceFilePart,
)
def place_file_read(request: Request, file_id: UUID) -> PlaceFilePart:
    """Read what a file of places would change, or what became of it."""
    return _part(_file(request, file_id))


@place_files.post(
    "/places/files/{uuid:file_id}/confirm",
    url_name="place-file-confirm",
    operation_id="place_file_confirm",
    response=PlaceFilePart,
)
def place_file_confirm(request: Request, file_id: UUID, body: SealBody) -> PlaceFilePart:
    """Write the places of a file that have no fault, as they were read."""
    file = _file(request, file_id)
    services.write_place_file(file_id=file.pk, seal=body.seal, actor=request.user, now=clock.now())
    return _part(_file(request, file_id))


@place_files.post(
    "/places/files/{uuid:file_id}/undo",
    url_name="place-file-undo",
    operation_id="place_file_undo",
    response=UndonePart,
)
def place_file_undo(request: Request, file_id: UUID) -> UndonePart:
    """Let the places of a file be what they were before."""
    file = _file(request, file_id)
    back = services.undo_place_file(file_id=file.pk, actor=request.user, now=clock.now())
    return UndonePart(removed=back.removed, restored=back.restored, left=list(back.left))


def _file(request: Request, file_id: UUID) -> PlaceFile:
    to_be(policies.may_keep_places(request.standing))
    return found(queries.place_files_visible_to(request.standing), file_id)


def _part(file: PlaceFile) -> PlaceFilePart:
    waits = file.state == PlaceFileState.WAITING
    judged = services.rows_of_file(file) if waits else ()
    faults_first = sorted(judged, key=lambda row: (not row.problem, row.new.number))
    return PlaceFilePart(
        id=file.pk,
        name=file.name,
        state=PlaceFileState(file.state),
        sent_at=file.sent_at,
        written_at=file.written_at,
        counts=dict(Counter(row.state.value for row in judged)),
        rows=[_row(row) for row in faults_first[:MOST_ROWS]],
        seal=services.seal_of_rows(services.without_faults(judged)) if waits else "",
    )


def _row(row: Judged) -> PlaceRowPart:
    return PlaceRowPart(
        number=row.new.number,
        code=row.new.code,
        name=row.new.name,
        state=row.state,
        problem=row.problem,
    )
