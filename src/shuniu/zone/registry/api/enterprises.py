"""Records of enterprises: found, read, written, corrected, merged."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from django.http import HttpResponse
from ninja import Query, Status
from pydantic import ConfigDict, Field, create_model

from shuniu.zone.kernel import clock
from shuniu.zone.kernel.api import (
    Body,
    Key,
    Page,
    PageQuery,
    Part,
    Request,
    Words,
    area,
    check_version,
    checked,
    fields_of,
    form_body,
    formed,
    found,
    page_of,
    to_be,
    with_version,
)
from shuniu.zone.registry import forms, policies, queries, services
from shuniu.zone.registry.models import Enterprise, Merge
from shuniu.zone.registry.queries import EnterpriseFilter

MOST_OFFERED = 8
enterprises = area("Enterprises")


class EnterprisePart(Part):
    """A record of an enterprise."""

    id: Key
    name: str
    short_name: str
    credit_code: str
    industry_code: str
    is_above_scale: bool | None = Field(description="null: nobody has said")
    employees: int | None
    address: str
    scope: str
    products: list[str]
    inputs: list[str]
    registered_at: datetime
    verified_at: datetime | None
    is_unverified: bool = Field(description="Nobody said for 180 days that it is right")
    merged_into: Key | None = Field(description="The record that stands for this one")


class OfferPart(Part):
    """An enterprise that may be meant."""

    id: Key
    name: str
    credit_code: str


class EnterpriseQuery(Part):
    """Which enterprises; the filters of the list page."""

    model_config = ConfigDict(frozen=True)

    words: Words = ""
    section: str = Field("", pattern=r"^[A-T]?$", description="Letter of an industry section")
    scale: Literal["", "yes", "no"] = ""
    place: Words = Field("", description="Code of a place; its parts are meant too")
    state: Literal["", "unverified", "no_contact", "merged"] = ""

    def filter(self) -> EnterpriseFilter:
        """Return the filter as the list page reads it."""
        given = self.model_dump()
        return EnterpriseFilter(**{n: v.replace("\x00", "").strip()[:60] for n, v in given.items()})


class MergeBody(Body):
    """Which record stays, and why the two are one firm."""

    other: Key
    stays: Key
    reason: str | None = Field(None, max_length=60)


class MergePart(Part):
    """Two records made one."""

    id: Key
    kept: Key
    gone: Key
    merged_at: datetime
    undone_at: datetime | None


class CallerBody(Body):
    """A telephone number."""

    number: str = Field(max_length=40)


RECORD_FIELDS = tuple(queries.FIELD_LABELS)
NewRecord = form_body("NewRecord", forms.NewRecordForm, leave_out={"seen"})
_record = form_body("RecordFields", forms.RecordForm, leave_out={"seen"})
_optional: dict[str, Any] = {
    name: (one.annotation | None, Field(None, description=one.description or ""))  # type: ignore[operator]  # a type
    for name, one in _record.model_fields.items()
}
CorrectedRecord: type[Body] = create_model("CorrectedRecord", __base__=Body, **_optional)


def enterprise_parts(rows: Sequence[Enterprise], now: datetime) -> list[EnterprisePart]:
    """Return records as programs read them."""
    return [
        EnterprisePart(
            id=row.pk,
            **{name: getattr(row, name) for name in RECORD_FIELDS},
            registered_at=row.registered_at,
            verified_at=row.verified_at,
            is_unverified=queries.is_unverified(row, now),
            merged_into=row.merged_into_id,
        )
        for row in rows
    ]


def changed_fields(row: Enterprise, body: Body) -> Mapping[str, Any]:
    """Return a whole form of a record: what it says, with what shall be different in it."""
    says = {name: queries.value_of(row, name) for name in RECORD_FIELDS}
    given = body.model_dump(exclude_unset=True)
    fields: dict[str, Any] = {"seen": json.dumps(says, ensure_ascii=False)}
    for name in (*RECORD_FIELDS, "note"):
        value = given.get(name, says.get(name))
        fields[name] = "\n".join(value) if isinstance(value, list) else value
    return fields


def record_version(row: Enterprise) -> tuple[object, ...]:
    """Return what makes another version of a record."""
    return row.pk, queries.seal_of(row, RECORD_FIELDS), row.verified_at, row.merged_into_id


def _record_of(request: Request, enterprise_id: int) -> Enterprise:
    to_be(policies.may_see_enterprises(request.standing))
    return found(queries.records_visible_to(request.standing), enterprise_id)


@enterprises.get(
    "/enterprises",
    url_name="enterprises",
    operation_id="enterprises_list",
    response=Page[EnterprisePart],
)
def enterprises_list(
    request: Request, wanted: Query[EnterpriseQuery], page: Query[PageQuery]
) -> Page[EnterprisePart]:
    """List enterprises by name."""
    who, now = request.standing, clock.now()
    to_be(policies.may_see_enterprises(who))
    rows = queries.filtered_enterprises(who, wanted.filter(), now)
    return page_of(request, rows, lambda several: enterprise_parts(several, now), page)


@enterprises.get(
    "/enterprises/suggest",
    url_name="enterprises-suggest",
    operation_id="enterprises_suggest",
    response=list[OfferPart],
)
def enterprises_suggest(request: Request, words: Words) -> list[OfferPart]:
    """Offer the enterprises that are meant by what was typed so far, the best first."""
    to_be(policies.may_see_enterprises(request.standing))
    text = words.replace("\x00", "").strip()[:60]
    rows = queries.enterprises_found(request.standing, text, limit=MOST_OFFERED)
    return offers_of(rows)


def offers_of(rows: Sequence[Enterprise]) -> list[OfferPart]:
    """Return enterprises that may be meant."""
    return [OfferPart(id=row.pk, name=row.name, credit_code=row.credit_code) for row in rows]


@enterprises.post(
    "/callers", url_name="callers", operation_id="callers_find", response=list[OfferPart]
)
def callers_find(request: Request, body: CallerBody) -> list[OfferPart]:
    """Say which enterprises know a number; it is sent in the body, so no address ever holds it."""
    to_be(policies.may_find_caller(request.standing))
    given = checked(forms.CallerForm(fields_of(body)))
    return offers_of(list(queries.enterprises_with_phone(given["number"])))


@enterprises.post(
    "/enterprises",
    url_name="enterprises",
    operation_id="enterprise_add",
    response={201: EnterprisePart},
)
@formed(NewRecord)
def enterprise_add(request: Request, body: Body) -> Status[EnterprisePart]:
    """Write down an enterprise that is not known yet."""
    to_be(policies.may_correct_enterprises(request.standing))
    form = forms.NewRecordForm(fields_of(body))
    checked(form)
    now = clock.now()
    row = services.add_enterprise(new=form.new(), actor=request.user, now=now)
    return Status(201, enterprise_parts([row], now)[0])


@enterprises.get(
    "/enterprises/{int:enterprise_id}",
    url_name="enterprise",
    operation_id="enterprise_read",
    response=EnterprisePart,
)
def enterprise_read(request: Request, enterprise_id: Key, response: HttpResponse) -> EnterprisePart:
    """Read one record; people of an enterprise read their own."""
    who = request.standing
    is_staff = policies.may_see_enterprises(who)
    rows = queries.records_visible_to(who) if is_staff else queries.own_enterprises(who)
    to_be(is_staff or policies.may_administer_enterprise(who))
    row = found(rows, enterprise_id)
    with_version(response, *record_version(row))
    return enterprise_parts([row], clock.now())[0]


@enterprises.post(
    "/enterprises/{int:enterprise_id}/correct",
    url_name="enterprise-correct",
    operation_id="enterprise_correct",
    response=EnterprisePart,
)
@formed(CorrectedRecord)
def enterprise_correct(
    request: Request, enterprise_id: Key, body: Body, response: HttpResponse
) -> EnterprisePart:
    """Correct a record, as a clerk; fields left out stay as they are."""
    to_be(policies.may_correct_enterprises(request.standing))
    row, now = _record_of(request, enterprise_id), clock.now()
    check_version(request, *record_version(row))
    form = forms.RecordForm(fields_of(changed_fields(row, body)), enterprise=row)
    checked(form)
    row = services.correct_enterprise(
        enterprise_id=row.pk, changes=form.changes(), actor=request.user, now=now
    )
    with_version(response, *record_version(row))
    return enterprise_parts([row], now)[0]


@enterprises.post(
    "/enterprises/{int:enterprise_id}/verify",
    url_name="enterprise-verify",
    operation_id="enterprise_verify",
    response=EnterprisePart,
)
def enterprise_verify(request: Request, enterprise_id: Key) -> EnterprisePart:
    """Say that a record is right as of today: a clerk, or its own administrator."""
    who, now = request.standing, clock.now()
    is_clerk = policies.may_correct_enterprises(who)
    to_be(is_clerk or policies.may_administer_enterprise(who))
    rows = queries.records_visible_to(who) if is_clerk else queries.own_enterprises(who)
    row = found(rows, enterprise_id)
    services.verify_enterprise(enterprise_id=row.pk, actor=request.user, now=now)
    return enterprise_parts([found(rows.all(), row.pk)], now)[0]


@enterprises.post(
    "/enterprises/{int:enterprise_id}/merge",
    url_name="enterprise-merge",
    operation_id="enterprise_merge",
    response={201: MergePart},
)
def enterprise_merge(request: Request, enterprise_id: Key, body: MergeBody) -> Status[MergePart]:
    """Make two records of one firm one."""
    to_be(policies.may_correct_enterprises(request.standing))
    row = _record_of(request, enterprise_id)
    other = found(queries.records_visible_to(request.standing), body.other)
    form = forms.MergeForm(fields_of(body), one=row, other=other)
    given = checked(form)
    kept, gone = (row, other) if given["stays"] == str(row.pk) else (other, row)
    merge = services.merge_enterprises(
        kept_id=kept.pk,
        gone_id=gone.pk,
        reason=given["reason"],
        actor=request.user,
        now=clock.now(),
    )
    return Status(201, merge_part(merge))


@enterprises.get("/merges", url_name="merges", operation_id="merges_list", response=Page[MergePart])
def merges_list(request: Request, page: Query[PageQuery]) -> Page[MergePart]:
    """List the records that were made one, the newest first."""
    to_be(policies.may_correct_enterprises(request.standing))
    rows = queries.merges_visible_to(request.standing)
    return page_of(request, rows, lambda several: [merge_part(one) for one in several], page)


@enterprises.post(
    "/merges/{int:merge_id}/undo",
    url_name="merge-undo",
    operation_id="merge_undo",
    response=MergePart,
)
def merge_undo(request: Request, merge_id: Key) -> MergePart:
    """Separate two records again."""
    to_be(policies.may_correct_enterprises(request.standing))
    rows = queries.merges_visible_to(request.standing)
    row = found(rows, merge_id)
    services.undo_merge(merge_id=row.pk, actor=request.user, now=clock.now())
    return merge_part(found(rows.all(), row.pk))


def merge_part(row: Merge) -> MergePart:
    """Return a merge as programs read it."""
    return MergePart(
        id=row.pk,
        kept=row.kept_id,
        gone=row.gone_id,
        merged_at=row.merged_at,
        undone_at=row.undone_at,
    )
