"""What people do in the service hall; each writes a fact, and says no with a sentence."""

from __future__ import annotations

from shuniu.zone.hall.services.asking import NotForYou
from shuniu.zone.hall.services.item_list import ITEM_LIST
from shuniu.zone.hall.services.items import (
    CodeTaken,
    ItemChanged,
    NewItem,
    PromiseTooLong,
    add_item,
    correct_item,
    restore_item,
    retire_item,
)

__all__ = [
    "ITEM_LIST",
    "CodeTaken",
    "ItemChanged",
    "NewItem",
    "NotForYou",
    "PromiseTooLong",
    "add_item",
    "correct_item",
    "restore_item",
    "retire_item",
]
