"""What is asked of the service hall: the places in its addresses, and what is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from shuniu.zone.hall.choices import KeyKind, TicketStep
from shuniu.zone.hall.models import ServiceItem
from shuniu.zone.hall.services import NewItem
from shuniu.zone.hall.views import items
from shuniu.zone.registry.models import Office
from tests.factories import office
from tests.rights.asking import Asked
from tests.rights.hall_rows import SCREEN, TERMINAL

STEPS = {
    "hall:item-step": items.STEPS,
    "hall:ticket-step": [step.value for step in TicketStep],
}
PLACES: dict[str, Callable[[Asked], list[object]]] = {
    **dict.fromkeys(
        ("hall:item", "hall:item-correct", "hall:item-step"),
        lambda asked: [asked.world.hall.item.pk],
    ),
    "hall:ticket-step": lambda asked: [asked.world.hall.called.pk],
    "hall:ticket": lambda asked: [asked.world.hall.waiting.key],
    "hall:screen": lambda _asked: [SCREEN],
    "hall:terminal": lambda _asked: [TERMINAL],
    "hall:key-end": lambda asked: [asked.world.hall.device.pk],
}
NEW_SLIP = UUID(int=2**100 + 3)


def _item(_asked: Asked) -> dict[str, Any]:
    return {"name": "企业变更登记", "unit": office("econ_bureau").pk, "promise_days": 1}


def is_retired(asked: Asked) -> None:
    ServiceItem.objects.filter(pk=asked.world.hall.item.pk).update(is_active=False)


FORMS: dict[str, Callable[[Asked], dict[str, Any]]] = {
    "hall:item-new": lambda asked: _item(asked) | {"code": "SC-002"},
    "hall:item-correct": lambda asked: _item(asked) | {"seen": 1},
    "hall:ticket-new": lambda _asked: {"counter": "registration", "slip": str(NEW_SLIP)},
    "hall:terminal": lambda _asked: {"counter": "registration", "slip": str(NEW_SLIP)},
    "hall:call-next": lambda _asked: {"counter": "registration", "window": 1},
    "hall:ticket-step": lambda _asked: {},
    "hall:ticket-step/again": lambda _asked: {"window": 7},
    "hall:ticket-step/move": lambda _asked: {"counter": "general"},
    "hall:keys": lambda _asked: {"device": "SCREEN", "called": "大厅"},
}
BEFORE: dict[str, Callable[[Asked], None]] = {"hall:item-step/restore": is_retired}
# The unit of this key is the first of the zone.
NEW_ITEM = NewItem("企业变更登记", Office(pk=1))
GIVEN_TO: dict[str, object] = {
    "hall.add_item.code": "SC-002",
    "hall.add_item.new": NEW_ITEM,
    "hall.correct_item.new": NEW_ITEM,
    "hall.correct_item.seen": 0,
    "hall.take_ticket.key": NEW_SLIP,
    "hall.make_hall_key.kind": KeyKind.SCREEN,
    "hall.make_hall_key.name": "大厅",
    **dict.fromkeys(
        ("hall.take_ticket.counter", "hall.call_next.counter", "hall.move_ticket.counter"),
        "registration",
    ),
    "hall.call_next.window": 1,
    "hall.call_again.window": 7,
}
