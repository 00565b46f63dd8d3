"""Pages of the service hall."""

from __future__ import annotations

from shuniu.zone.hall.views.devices import screen, terminal, ticket
from shuniu.zone.hall.views.items import (
    item_correct,
    item_list,
    item_new,
    item_page,
    item_step,
    item_xlsx,
)
from shuniu.zone.hall.views.queue import (
    StepConverter,
    call_next,
    hall_key_end,
    hall_keys,
    queue,
    ticket_new,
    ticket_step,
)

__all__ = [
    "StepConverter",
    "call_next",
    "hall_key_end",
    "hall_keys",
    "item_correct",
    "item_list",
    "item_new",
    "item_page",
    "item_step",
    "item_xlsx",
    "queue",
    "screen",
    "terminal",
    "ticket",
    "ticket_new",
    "ticket_step",
]
