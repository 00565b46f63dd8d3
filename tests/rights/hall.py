"""What is asked of the service hall: the places in its addresses, and what is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shuniu.zone.hall.models import ServiceItem
from shuniu.zone.hall.services import NewItem
from shuniu.zone.hall.views import items
from shuniu.zone.registry.models import Office
from tests.factories import office
from tests.rights.asking import Asked

STEPS = {"hall:item-step": items.STEPS}
PLACES: dict[str, Callable[[Asked], list[object]]] = dict.fromkeys(
    ("hall:item", "hall:item-correct", "hall:item-step"),
    lambda asked: [asked.world.hall.item.pk],
)


def _item(_asked: Asked) -> dict[str, Any]:
    return {"name": "企业变更登记", "unit": office("econ_bureau").pk, "promise_days": 1}


def is_retired(asked: Asked) -> None:
    ServiceItem.objects.filter(pk=asked.world.hall.item.pk).update(is_active=False)


FORMS: dict[str, Callable[[Asked], dict[str, Any]]] = {
    "hall:item-new": lambda asked: _item(asked) | {"code": "SC-002"},
    "hall:item-correct": lambda asked: _item(asked) | {"seen": 1},
}
BEFORE: dict[str, Callable[[Asked], None]] = {"hall:item-step/restore": is_retired}
# The unit of this key is the first of the zone.
NEW_ITEM = NewItem("企业变更登记", Office(pk=1))
GIVEN_TO: dict[str, object] = {
    "hall.add_item.code": "SC-002",
    "hall.add_item.new": NEW_ITEM,
    "hall.correct_item.new": NEW_ITEM,
    "hall.correct_item.seen": 0,
}
