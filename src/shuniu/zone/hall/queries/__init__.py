"""Questions about the service hall."""

from __future__ import annotations

from shuniu.zone.hall.queries.items import (
    ItemFilter,
    facts_of_item,
    filtered_items,
    has_item,
    items_of_codes,
    items_visible_to,
    units_to_choose,
    units_with_items,
)
from shuniu.zone.hall.queries.tickets import (
    CounterQueue,
    DaySummary,
    Pace,
    ahead_of,
    at_window,
    called_now,
    day_summary,
    hall_keys,
    key_of_device,
    next_waiting,
    queue_of,
    ticket_with_key,
    tickets_of,
    tickets_visible_to,
)

__all__ = [
    "CounterQueue",
    "DaySummary",
    "ItemFilter",
    "Pace",
    "ahead_of",
    "at_window",
    "called_now",
    "day_summary",
    "facts_of_item",
    "filtered_items",
    "hall_keys",
    "has_item",
    "items_of_codes",
    "items_visible_to",
    "key_of_device",
    "next_waiting",
    "queue_of",
    "ticket_with_key",
    "tickets_of",
    "tickets_visible_to",
    "units_to_choose",
    "units_with_items",
]
