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

__all__ = [
    "ItemFilter",
    "facts_of_item",
    "filtered_items",
    "has_item",
    "items_of_codes",
    "items_visible_to",
    "units_to_choose",
    "units_with_items",
]
