"""Two records of one firm, with a row of every table that points at an enterprise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import models

from shuniu.zone.desk.models import Case
from shuniu.zone.hall.models import Ticket
from shuniu.zone.registry import services
from shuniu.zone.registry.models import (
    Contact,
    Correction,
    Enterprise,
    Membership,
    Merge,
    Registration,
    Site,
)
from shuniu.zone.registry.services import NewEnterprise
from tests.factories import (
    THURSDAY_10,
    CaseFactory,
    ContactFactory,
    EnterpriseFactory,
    clerk,
    member_of,
)

LATER = THURSDAY_10 + timedelta(hours=1)
Made = tuple[Enterprise, Enterprise]


def _registration(firm: Enterprise) -> None:
    Registration.objects.create(
        reference=uuid4().hex[:9],
        credit_code=firm.credit_code,
        enterprise_name=firm.name,
        name="顾样例",
        phone="15400010001",
        form_key=uuid4().hex,
        received_at=THURSDAY_10,
        due_at=THURSDAY_10,
        enterprise=firm,
    )


# How to make a row of each table that points at an enterprise.
MAKERS: dict[tuple[type[models.Model], str], Callable[[Enterprise], object]] = {
    (Case, "enterprise_id"): lambda firm: CaseFactory.create(enterprise=firm),
    (Contact, "enterprise_id"): lambda firm: ContactFactory.create(enterprise=firm),
    (Correction, "enterprise_id"): lambda firm: Correction.objects.create(
        enterprise=firm, changes={}, asked_by=member_of(firm), asked_at=THURSDAY_10
    ),
    (Enterprise, "merged_into_id"): lambda firm: EnterpriseFactory.create(merged_into=firm),
    (Membership, "enterprise_id"): member_of,
    (Registration, "enterprise_id"): _registration,
    (Site, "enterprise_id"): lambda firm: Site.objects.create(
        enterprise=firm, is_main=True, lon=121.2, lat=31.9
    ),
    (Ticket, "enterprise_id"): lambda firm: Ticket.objects.create(
        key=uuid4(),
        day=THURSDAY_10.date(),
        series="general",
        serial=Ticket.objects.count() + 1,
        number=f"A{Ticket.objects.count() + 1:03}",
        counter="general",
        enterprise=firm,
        taken_at=THURSDAY_10,
    ),
}
TELL_OF_MERGES = {(Merge, "kept_id"), (Merge, "gone_id")}


def links() -> set[tuple[type[models.Model], str]]:
    """Return table and column of everything that points at an enterprise."""
    return {
        (model, field.attname)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.remote_field.model is Enterprise
    }


def is_once(model: type[models.Model], column: str) -> bool:
    """Return whether a column may hold an enterprise only once."""
    field = model._meta.get_field(column)
    return isinstance(field, models.Field) and field.unique


def keys_at(firm: Enterprise) -> dict[str, set[Any]]:
    """Return the rows that point at an enterprise, by table and column."""
    return {
        f"{model.__name__}.{column}": set(
            model._base_manager.filter(**{column: firm.pk}).values_list("pk", flat=True)
        )
        for model, column in MAKERS
    }


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows of enterprises and of what points at them."""
    tables: set[type[models.Model]] = {Enterprise, *(model for model, _column in MAKERS)}
    return {model.__name__: sorted(model._base_manager.values_list(), key=str) for model in tables}


def two_firms(**changes: Any) -> Made:
    """Return two records with a row of every kind each."""
    kept = EnterpriseFactory.create(name="海门甲鸢造船有限公司", short_name="甲鸢")
    gone = EnterpriseFactory.create(name="海门甲鸢造船公司", short_name="甲鸢造船", **changes)
    for firm in (kept, gone):
        for make in MAKERS.values():
            make(firm)
    return kept, gone


def merged(kept: Enterprise, gone: Enterprise, actor: Any = None, reason: str = "") -> Merge:
    return services.merge_enterprises(
        kept_id=kept.pk, gone_id=gone.pk, reason=reason, actor=actor or clerk(), now=THURSDAY_10
    )


def undone(merge: Merge, actor: Any = None) -> Merge:
    return services.undo_merge(merge_id=merge.pk, actor=actor or clerk(), now=LATER)


pytestmark = pytest.mark.usefixtures("zone")


def new(name: str, code: str) -> NewEnterprise:
    return NewEnterprise(
        name=name, short_name="", credit_code=code, industry_code="", is_above_scale=False,
        employees=None, scope="", products=(), inputs=(), address="", lon=None, lat=None,
    )  # fmt: skip
