"""Notices to read, how one wants to be told, and what leaves the building."""

from __future__ import annotations

from shuniu.zone.notices.views.preferences import (
    confirm_address,
    give_address,
    preferences,
    remove_address,
)
from shuniu.zone.notices.views.reading import (
    bell,
    notice_list,
    open_notice,
    read_all,
    unread_again,
)
from shuniu.zone.notices.views.ways_out import (
    message_step,
    messages_step,
    outbox,
    outlet_step,
    robot_new,
)

__all__ = [
    "bell",
    "confirm_address",
    "give_address",
    "message_step",
    "messages_step",
    "notice_list",
    "open_notice",
    "outbox",
    "outlet_step",
    "preferences",
    "read_all",
    "remove_address",
    "robot_new",
    "unread_again",
]
