"""What people do in the service hall; each writes a fact, and says no with a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from shuniu.zone.hall.choices import TicketStep
from shuniu.zone.hall.models import Ticket
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
from shuniu.zone.hall.services.keys import NewKey, end_hall_key, make_hall_key
from shuniu.zone.hall.services.tickets import (
    NobodyWaits,
    NoSuchCounter,
    NoSuchWindow,
    TicketMovedOn,
    WindowBusy,
    call_again,
    call_next,
    finish_ticket,
    move_ticket,
    skip_ticket,
    take_ticket,
)

COMMANDS: Mapping[TicketStep, Callable[..., Ticket]] = {
    TicketStep.AGAIN: call_again,
    TicketStep.DONE: finish_ticket,
    TicketStep.SKIP: skip_ticket,
    TicketStep.MOVE: move_ticket,
}

__all__ = [
    "COMMANDS",
    "ITEM_LIST",
    "CodeTaken",
    "ItemChanged",
    "NewItem",
    "NewKey",
    "NoSuchCounter",
    "NoSuchWindow",
    "NobodyWaits",
    "NotForYou",
    "PromiseTooLong",
    "TicketMovedOn",
    "WindowBusy",
    "add_item",
    "call_again",
    "call_next",
    "correct_item",
    "end_hall_key",
    "finish_ticket",
    "make_hall_key",
    "move_ticket",
    "restore_item",
    "retire_item",
    "skip_ticket",
    "take_ticket",
]
