"""What the rights are asked about in the service hall: one row of each kind."""

from __future__ import annotations

from dataclasses import dataclass

from shuniu.zone.hall.models import ServiceItem
from tests.factories import THURSDAY_10, office


@dataclass(frozen=True, slots=True)
class HallRows:
    """Rows of the hall that belong to no enterprise."""

    item: ServiceItem


def make_hall() -> HallRows:
    item: ServiceItem = ServiceItem.objects.create(
        code="SC-001", name="企业设立登记", unit=office("econ_bureau"), materials="营业执照复印件",
        limit_days=3, promise_days=1, fee="不收费", changed_at=THURSDAY_10,
    )  # fmt: skip
    return HallRows(item)
