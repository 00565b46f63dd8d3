"""Lists that are imported: sent, read, confirmed, undone."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from ninja import File, Query, Status, UploadedFile
from pydantic import Field

from shuniu.zone.kernel import clock, forms, queries, services
from shuniu.zone.kernel.api.bodies import Body
from shuniu.zone.kernel.api.paging import Page, PageQuery, page_of
from shuniu.zone.kernel.api.parts import Part, Request, area, found
from shuniu.zone.kernel.importing.kinds import ListKind, kinds_of, list_kind
from shuniu.zone.kernel.models import ImportRun, ImportState

LARGEST_VERSION = 99_999_999
imports = area("Imports")


class ImportPart(Part):
    """A list that was sent, as it stands."""

    id: UUID
    kind: str
    name: str
    state: ImportState
    version: int = Field(description="Of the check; sent along when it is confirmed")
    counts: dict[str, int]
    columns: list[str] = Field(description="Field of each column, as it was understood")
    problem: str
    made_at: datetime
    confirmed_at: datetime | None
    ended_at: datetime | None


class ColumnsBody(Body):
    """Which column is what: from 0, by the key of the field."""

    sheet: int = Field(ge=0, le=500)
    head: int = Field(ge=-1, le=19, description="Row of the headings; -1 where there are none")
    depth: int = Field(1, ge=1, le=2)
    columns: dict[str, int]
    options: dict[str, str] = Field(default_factory=dict)


class ConfirmBody(Body):
    """The version of the check that was read."""

    version: int = Field(ge=0, le=LARGEST_VERSION)


@imports.get("/imports", url_name="imports", operation_id="imports_list", response=Page[ImportPart])
def imports_list(request: Request, page: Query[PageQuery]) -> Page[ImportPart]:
    """List what was imported, the newest first."""
    rows = queries.imports_of(_kinds(request)).order_by("-made_at", "pk")
    return page_of(request, rows, lambda several: [_part(one) for one in several], page)


@imports.post(
    "/imports/kinds/{slug:kind}", url_name="imports-kind", operation_id="import_send",
    response={201: ImportPart},
)  # fmt: skip
def import_send(request: Request, kind: str, file: File[UploadedFile]) -> Status[ImportPart]:
    """Send a list (multipart; XLSX or CSV); it is read in the background."""
    wanted = next((one for one in _kinds(request) if one.code == kind), None)
    if wanted is None:
        raise Http404
    run = services.receive_list(
        kind=wanted.code,
        name=file.name or "",
        content=file.read(),
        is_pasted=False,
        language=request.LANGUAGE_CODE,
        actor=request.user,
        now=clock.now(),
    )
    return Status(201, _part(run))


@imports.get(
    "/imports/{uuid:import_id}", url_name="import", operation_id="import_read", response=ImportPart
)
def import_read(request: Request, import_id: UUID) -> ImportPart:
    """Read how an import stands."""
    return _part(_run(request, import_id))


@imports.post(
    "/imports/{uuid:import_id}/columns", url_name="import-columns", operation_id="import_columns",
    response=ImportPart,
)  # fmt: skip
def import_columns(request: Request, import_id: UUID, body: ColumnsBody) -> ImportPart:
    """Say which column is what, and let the rows be checked."""
    run = _run(request, import_id)
    kind = list_kind(run.kind)
    fields = {f"field-{key}": place for key, place in body.columns.items()}
    options = {f"option-{key}": value for key, value in body.options.items()}
    run = services.set_columns(
        import_id=run.pk,
        sheet=body.sheet,
        head=body.head,
        depth=body.depth,
        columns=forms.columns_of(fields, kind),
        options=forms.options_of(options, kind),
        actor=request.user,
        now=clock.now(),
    )
    return _part(run)


@imports.post(
    "/imports/{uuid:import_id}/confirm", url_name="import-confirm", operation_id="import_confirm",
    response=ImportPart,
)  # fmt: skip
def import_confirm(request: Request, import_id: UUID, body: ConfirmBody) -> ImportPart:
    """Let what was checked be written."""
    run = _run(request, import_id)
    services.confirm_import(
        import_id=run.pk, version=body.version, actor=request.user, now=clock.now()
    )
    return _part(_run(request, import_id))


@imports.post(
    "/imports/{uuid:import_id}/{step}", url_name="import-step", operation_id="import_step",
    response=ImportPart,
)  # fmt: skip
def import_step(
    request: Request, import_id: UUID, step: Literal["again", "undo", "drop"]
) -> ImportPart:
    """Go back to the columns, undo what was written, or give the list up."""
    run = _run(request, import_id)
    command = {
        "again": services.choose_columns_again,
        "undo": services.ask_for_undo,
        "drop": services.drop_import,
    }[step]
    command(import_id=run.pk, actor=request.user, now=clock.now())
    return _part(_run(request, import_id))


def _kinds(request: Request) -> tuple[ListKind, ...]:
    kinds = kinds_of(request.user)
    if not kinds:
        raise PermissionDenied
    return kinds


def _run(request: Request, import_id: UUID) -> ImportRun:
    return found(queries.imports_of(_kinds(request)), import_id)


def _part(run: ImportRun) -> ImportPart:
    return ImportPart(
        id=run.pk,
        kind=run.kind,
        name=run.name,
        state=ImportState(run.state),
        version=run.version,
        counts=run.counts,
        columns=list(run.layout.get("columns", ())),
        problem=run.problem,
        made_at=run.made_at,
        confirmed_at=run.confirmed_at,
        ended_at=run.ended_at,
    )
