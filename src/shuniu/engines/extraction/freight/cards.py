"""What a reading holds: cards with places, windows, quantities, price and contact."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Kind = Literal["truck-offer", "shipment-need"]
NoCard = Literal["empty", "done", "advert", "market", "notice", "chat", "no_place", "too_little"]
"""Why a message gives no card."""
DestinationMode = Literal["single", "any", "route"]
LoadMode = Literal["LTL", "FTL"]
PriceUnit = Literal["trip", "ton", "m3", "pallet", "round_trip", "piece"]
Bound = Literal["exact", "min", "max", "ask", "negotiable"]
Tax = Literal["incl", "excl"]


@dataclass(frozen=True, slots=True)
class Place:
    """A region of GB/T 2260 and, where the text is finer, the words that tell the spot."""

    code: str
    name: str
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity; ``low`` or ``high`` is None where the text leaves that side open."""

    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Pieces:
    """A count of packages and the word it is counted in."""

    count: int
    unit: str


@dataclass(frozen=True, slots=True)
class Price:
    """A transport price in yuan; ``amount_yuan`` is None when it is asked for or to be agreed."""

    amount_yuan: float | None
    unit: PriceUnit
    bound: Bound
    tax: Tax | None


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call. ``wechat_same_as_phone`` is True or unknown, never False."""

    phone: str | None
    name: str | None
    wechat_same_as_phone: bool | None
    wechat: str | None


@dataclass(frozen=True, slots=True)
class Window:
    """Moments of departure and arrival, zone time; None where nothing is said."""

    depart_earliest_at: datetime | None = None
    depart_latest_at: datetime | None = None
    arrive_latest_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FieldSpan:
    """Where a field was read: characters ``[start, end)`` of the original text."""

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Extra:
    """What is said but has no field of its own; lengths in meters, temperature in Celsius."""

    temperature_c: tuple[float, float] | None = None
    free_deck_m: float | None = None
    cargo_length_m: float | None = None
    cargo_width_m: float | None = None
    cargo_height_m: float | None = None
    plate: str | None = None
    contact2: Contact | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One load or one truck. Empty and None mean that the message does not say."""

    kind: Kind
    origin: Place | None
    origin_inferred: str | None
    destinations: tuple[Place, ...]
    destination_mode: DestinationMode | None
    via: tuple[Place, ...]
    window: Window
    pieces: Pieces | None
    goods: str | None
    vehicle_lengths_m: tuple[float, ...]
    vehicle_types: tuple[str, ...]
    vehicle_count: int
    load_mode: LoadMode | None
    prices: tuple[Price, ...]
    contact: Contact | None
    recurrence: str | None
    requirements: tuple[str, ...]
    derived: tuple[str, ...]
    ambiguous: tuple[str, ...]
    weight_t: Amount
    volume_m3: Amount
    extra: Extra
    spans: tuple[FieldSpan, ...]


@dataclass(frozen=True, slots=True)
class FreightReading:
    """The cards of one message; none for chat, adverts, questions and notices.

    ``why_none`` says which of these it is; None where there are cards.
    """

    is_posting: bool
    cards: tuple[Card, ...]
    why_none: NoCard | None = field(default=None, compare=False)
