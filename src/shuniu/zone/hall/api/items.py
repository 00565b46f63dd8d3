"""The service catalogue for programs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from ninja import Query, Status
from pydantic import ConfigDict, Field

from shuniu.zone.hall import forms, policies, queries, services
from shuniu.zone.hall.models import ServiceItem
from shuniu.zone.hall.queries import ItemFilter
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
    checked,
    fields_of,
    form_body,
    formed,
    found,
    page_of,
    to_be,
)

catalogue = area("Service hall")


class ServiceItemPart(Part):
    """An item of the service catalogue."""

    id: Key
    code: str
    name: str
    unit: str = Field(description="Code of the unit")
    materials: list[str] = Field(description="What has to be brought")
    legal_basis: str
    limit_days: int | None = Field(description="Working days that the law allows")
    promise_days: int | None = Field(description="Working days that the unit promises; 0: at once")
    fee: str
    channel: str
    owner: str = Field(description="Section or window in charge")
    phone: str
    is_active: bool
    version: int
    changed_at: datetime


class ServiceItemQuery(Part):
    """Which items; the filters of the page."""

    model_config = ConfigDict(frozen=True)

    words: Words = ""
    unit: Words = ""
    retired: Literal["", "yes"] = ""


def _parts(rows: Sequence[ServiceItem]) -> list[ServiceItemPart]:
    return [
        ServiceItemPart(
            id=row.pk,
            code=row.code,
            name=row.name,
            unit=row.unit.code,
            materials=row.things_to_bring,
            legal_basis=row.legal_basis,
            limit_days=row.limit_days,
            promise_days=row.promise_days,
            fee=row.fee,
            channel=row.channel,
            owner=row.owner,
            phone=row.phone,
            is_active=row.is_active,
            version=row.version,
            changed_at=row.changed_at,
        )
        for row in rows
    ]


@catalogue.get(
    "/services", url_name="services", operation_id="items_list", response=Page[ServiceItemPart]
)
def items_list(
    request: Request, wanted: Query[ServiceItemQuery], page: Query[PageQuery]
) -> Page[ServiceItemPart]:
    """List the service catalogue by code."""
    to_be(policies.may_read_items(request.standing))
    rows = queries.filtered_items(request.standing, ItemFilter.read(wanted.model_dump()))
    return page_of(request, rows, _parts, page)


@catalogue.post(
    "/services", url_name="services", operation_id="item_add", response={201: ServiceItemPart}
)
@formed(form_body("NewServiceItem", forms.ItemForm, leave_out={"seen"}))
def item_add(request: Request, body: Body) -> Status[ServiceItemPart]:
    """Add an item to the service catalogue."""
    to_be(policies.may_keep_items(request.standing))
    form = forms.ItemForm(fields_of(body), language=request.LANGUAGE_CODE)
    code = checked(form)["code"]
    item = services.add_item(code=code, new=form.new(), actor=request.user, now=clock.now())
    return Status(201, _parts([item])[0])


@catalogue.get(
    "/services/{int:item_id}",
    url_name="service",
    operation_id="item_read",
    response=ServiceItemPart,
)
def item_read(request: Request, item_id: Key) -> ServiceItemPart:
    """Read one item of the service catalogue."""
    return _parts([_item(request, item_id)])[0]


@catalogue.post(
    "/services/{int:item_id}/correct",
    url_name="service-correct",
    operation_id="item_correct",
    response=ServiceItemPart,
)
@formed(form_body("CorrectedServiceItem", forms.ItemForm, leave_out={"code"}))
def item_correct(request: Request, item_id: Key, body: Body) -> ServiceItemPart:
    """Correct an item: it is sent whole, with the version that was seen."""
    to_be(policies.may_keep_items(request.standing))
    item = _item(request, item_id)
    form = forms.ItemForm(fields_of(body), language=request.LANGUAGE_CODE, item=item)
    seen = checked(form)["seen"] or 0
    services.correct_item(
        item_id=item.pk, new=form.new(), seen=seen, actor=request.user, now=clock.now()
    )
    return _parts([_item(request, item_id)])[0]


@catalogue.post(
    "/services/{int:item_id}/{step}",
    url_name="service-step",
    operation_id="item_step",
    response=ServiceItemPart,
)
def item_step(
    request: Request, item_id: Key, step: Literal["retire", "restore"]
) -> ServiceItemPart:
    """Take an item out of the service catalogue, or up again."""
    to_be(policies.may_keep_items(request.standing))
    item = _item(request, item_id)
    command = services.retire_item if step == "retire" else services.restore_item
    command(item_id=item.pk, actor=request.user, now=clock.now())
    return _parts([_item(request, item_id)])[0]


def _item(request: Request, item_id: int) -> ServiceItem:
    to_be(policies.may_read_items(request.standing))
    return found(queries.items_visible_to(request.standing), item_id)
