"""Pages of the service hall."""

from __future__ import annotations

from shuniu.zone.hall.views.items import (
    item_correct,
    item_list,
    item_new,
    item_page,
    item_step,
    item_xlsx,
)

__all__ = [
    "item_correct",
    "item_list",
    "item_new",
    "item_page",
    "item_step",
    "item_xlsx",
]
