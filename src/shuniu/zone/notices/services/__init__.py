"""Commands of notices: telling, reading, sending, and looking after the ways out."""

from __future__ import annotations

from shuniu.zone.notices.services.mailboxes import (
    NoAddress,
    NoMailServer,
    TooManyCodes,
    WrongCode,
    code_of,
    confirm_address,
    forget_mailbox,
    give_address,
    purge_mailboxes,
    purge_notices,
    remove_address,
    set_wishes,
)
from shuniu.zone.notices.services.outlets import (
    NoOwnAddress,
    NoRobotAddress,
    NotForYou,
    NotUndelivered,
    OutletUnknown,
    add_robot,
    give_up,
    remove_robot,
    send_again,
    switch_robot,
    test_outlet,
)
from shuniu.zone.notices.services.reading import open_notice, read_all, unread_again
from shuniu.zone.notices.services.sending import bury, pause_of, send_next
from shuniu.zone.notices.services.telling import Telling, tell, tell_later

__all__ = [
    "NoAddress",
    "NoMailServer",
    "NoOwnAddress",
    "NoRobotAddress",
    "NotForYou",
    "NotUndelivered",
    "OutletUnknown",
    "Telling",
    "TooManyCodes",
    "WrongCode",
    "add_robot",
    "bury",
    "code_of",
    "confirm_address",
    "forget_mailbox",
    "give_address",
    "give_up",
    "open_notice",
    "pause_of",
    "purge_mailboxes",
    "purge_notices",
    "read_all",
    "remove_address",
    "remove_robot",
    "send_again",
    "send_next",
    "set_wishes",
    "switch_robot",
    "tell",
    "tell_later",
    "test_outlet",
    "unread_again",
]
