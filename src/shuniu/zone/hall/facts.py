"""Facts that the service hall publishes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuniu.zone.kernel.facts import FactRecord


@dataclass(frozen=True, slots=True)
class ItemAdded(FactRecord):
    kind: ClassVar[str] = "hall.item.added"
    label: ClassVar[Promise] = _("Item of the service catalogue added")
    about: ClassVar[str] = "item_id"
    item_id: int


@dataclass(frozen=True, slots=True)
class ItemCorrected(FactRecord):
    """``fields`` are the columns that differ."""

    kind: ClassVar[str] = "hall.item.corrected"
    label: ClassVar[Promise] = _("Item of the service catalogue corrected")
    about: ClassVar[str] = "item_id"
    item_id: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemRetired(FactRecord):
    kind: ClassVar[str] = "hall.item.retired"
    label: ClassVar[Promise] = _("Item of the service catalogue retired")
    about: ClassVar[str] = "item_id"
    item_id: int


@dataclass(frozen=True, slots=True)
class ItemRestored(FactRecord):
    kind: ClassVar[str] = "hall.item.restored"
    label: ClassVar[Promise] = _("Item of the service catalogue in use again")
    about: ClassVar[str] = "item_id"
    item_id: int


@dataclass(frozen=True, slots=True)
class ItemListed(FactRecord):
    """A list wrote the item: it is new, or ``fields`` of it differ."""

    kind: ClassVar[str] = "hall.item.listed"
    label: ClassVar[Promise] = _("Item of the service catalogue written by a list")
    about: ClassVar[str] = "item_id"
    item_id: int
    fields: tuple[str, ...]
    import_id: str


@dataclass(frozen=True, slots=True)
class ItemTakenBack(FactRecord):
    """A row of a list was undone; an item that was new with it is gone."""

    kind: ClassVar[str] = "hall.item.taken_back"
    label: ClassVar[Promise] = _("Row of a list of the service catalogue undone")
    about: ClassVar[str] = "item_id"
    item_id: int
    import_id: str


@dataclass(frozen=True, slots=True)
class TicketTaken(FactRecord):
    """Somebody drew a number: at a terminal (no actor), or from a clerk."""

    kind: ClassVar[str] = "hall.ticket.taken"
    label: ClassVar[Promise] = _("Ticket of a counter taken")
    about: ClassVar[str] = "ticket_id"
    ticket_id: int


@dataclass(frozen=True, slots=True)
class TicketCalled(FactRecord):
    """A window called it, for the ``calls``-th time."""

    kind: ClassVar[str] = "hall.ticket.called"
    label: ClassVar[Promise] = _("Ticket called")
    about: ClassVar[str] = "ticket_id"
    ticket_id: int
    window: int
    calls: int


@dataclass(frozen=True, slots=True)
class TicketSkipped(FactRecord):
    kind: ClassVar[str] = "hall.ticket.skipped"
    label: ClassVar[Promise] = _("Ticket skipped: nobody came")
    about: ClassVar[str] = "ticket_id"
    ticket_id: int


@dataclass(frozen=True, slots=True)
class TicketDone(FactRecord):
    kind: ClassVar[str] = "hall.ticket.done"
    label: ClassVar[Promise] = _("Ticket served")
    about: ClassVar[str] = "ticket_id"
    ticket_id: int


@dataclass(frozen=True, slots=True)
class TicketMoved(FactRecord):
    """It waits at another counter now, with its number and its place by time."""

    kind: ClassVar[str] = "hall.ticket.moved"
    label: ClassVar[Promise] = _("Ticket moved to another counter")
    about: ClassVar[str] = "ticket_id"
    ticket_id: int
    counter: str


@dataclass(frozen=True, slots=True)
class HallKeyMade(FactRecord):
    kind: ClassVar[str] = "hall.key.made"
    label: ClassVar[Promise] = _("Key of a device in the hall made")
    about: ClassVar[str] = "key_id"
    key_id: int


@dataclass(frozen=True, slots=True)
class HallKeyEnded(FactRecord):
    kind: ClassVar[str] = "hall.key.ended"
    label: ClassVar[Promise] = _("Key of a device in the hall ended")
    about: ClassVar[str] = "key_id"
    key_id: int
