"""Cards in words: what the page and the API say of a reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from shuniu.engines.extraction.freight.cards import Amount, Card, Place, Price, Window
from shuniu.zone.freight.problems.reading import Piece, ShownCard, ShownMessage
from shuniu.zone.kernel.clock import local

FIELDS: dict[str, str | Promise] = {
    "origin": _("From"),
    "destinations": _("To"),
    "via": pgettext_lazy("freight", "Passing"),
    "depart": _("Departure"),
    "arrive_latest": _("There by"),
    "goods": pgettext_lazy("freight", "Goods"),
    "weight_t": _("Weight, t"),
    "volume_m3": _("Volume, m³"),
    "pieces": pgettext_lazy("freight", "Pieces"),
    "vehicle_lengths_m": _("Vehicle length, m"),
    "vehicle_types": _("Vehicle body"),
    "vehicle_count": _("Vehicles"),
    "load_mode": _("Load"),
    "price": pgettext_lazy("freight", "Price, yuan"),
    "contact": pgettext_lazy("freight", "Contact"),
    "recurrence": _("Repeats"),
    "requirements": _("Wishes"),
}
KINDS = {"truck-offer": _("Truck with room"), "shipment-need": _("Load to carry")}
MODES = {
    "any": pgettext_lazy("destinations", "any of them"),
    "route": pgettext_lazy("destinations", "one after the other"),
}
BODIES = {
    "box": _("box truck"),
    "stake": _("stake truck"),
    "flatbed": _("flatbed"),
    "wing_van": _("wing van"),
    "step_deck": _("step deck"),
    "reefer": _("refrigerated truck"),
    "tanker": _("tanker"),
    "container": _("container truck"),
    "minivan": _("minivan"),
    "dump": _("dump truck"),
    "low_bed": _("low bed"),
    "other": pgettext_lazy("vehicle", "other"),
}
LOADS = {"LTL": _("part load"), "FTL": _("full load")}
UNITS = {
    "trip": _("a trip"),
    "ton": _("a ton"),
    "m3": _("a cubic meter"),
    "pallet": _("a pallet"),
    "round_trip": _("there and back"),
    "piece": _("a piece"),
}
BOUNDS = {
    "min": _("at least"),
    "max": _("at most"),
    "ask": _("price asked for"),
    "negotiable": _("to be agreed"),
}
ACTS = {
    "closed": _("gone or full"),
    "withdrawn": pgettext_lazy("freight card", "withdrawn"),
    "amended": _("changed later"),
}
MISSING = {
    "origin": _("where it starts"),
    "destination": _("where it goes"),
    "departure": _("when"),
    "quantity": _("how much"),
    "vehicle": _("which vehicle"),
    "phone": _("a phone number"),
}
DOUBTS = {
    "same_ends": _("Start and end are the same place."),
    "impossible_date": _("This day does not exist."),
    "time_past": _("This moment is over."),
    "date_conflict": _("Two days are named that differ."),
    "weight_implausible": _("This is more than a truck carries."),
    "several_weights": _("Several weights are named; none was taken."),
    "several_volumes": _("Several volumes are named; none was taken."),
    "after_midnight_mingzao": _("Written after midnight: the coming morning was taken."),
    "bidirectional": _("It runs both ways."),
}
WHY_NONE = {
    "empty": _("No card: there are no words."),
    "done": _("No card: it says that something is gone, full, changed or called off."),
    "advert": _("No card: this reads like an advert or a job."),
    "market": _("No card: this asks for prices or ways in general."),
    "notice": _("No card: this reads like a notice."),
    "chat": _("No card: this reads like a conversation."),
    "no_place": _("No card: no place was found in it."),
    "too_little": _("No card: a place alone is too little for a load or a truck."),
}
KIND_WHY = {
    "truck-offer": _("Read as a truck: the words tell of a vehicle that looks for a load."),
    "shipment-need": _("Read as a load: the words tell of goods or of looking for a vehicle."),
}


_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Line:
    """One field of a card: its label, what was read, and the words it was read from."""

    field: str
    label: str
    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A card in words."""

    kind: str
    why: str
    act: str
    lines: tuple[Line, ...]
    missing: tuple[str, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the message with the name of the field that was read from it."""

    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A message in words."""

    speaker: str
    sent_at: datetime
    marks: tuple[Mark, ...]
    sheets: tuple[Sheet, ...]
    why_none: str


def shown(message: ShownMessage) -> Shown:
    """Return a message as people read it, in the language of now."""
    return Shown(
        message.speaker,
        message.sent_at,
        tuple(_mark(piece) for piece in message.pieces),
        tuple(_sheet(card) for card in message.cards),
        str(WHY_NONE.get(message.why_none, "")),
    )


def _mark(piece: Piece) -> Mark:
    return Mark(piece.text, str(FIELDS.get(piece.field, "")))


def _sheet(one: ShownCard) -> Sheet:
    lines = tuple(
        Line(field, str(FIELDS[field]), value, one.words.get(field, ""))
        for field, value in _values(one.card)
        if value
    )
    return Sheet(
        str(KINDS[one.card.kind]),
        str(KIND_WHY[one.card.kind]),
        str(ACTS.get(one.act, "")),
        lines,
        tuple(str(MISSING[name]) for name in one.missing),
        tuple(str(DOUBTS[name]) for name in one.card.ambiguous if name in DOUBTS),
    )


def _values(card: Card) -> Iterator[tuple[str, str]]:
    mode = MODES.get(card.destination_mode or "") if len(card.destinations) > 1 else None
    goals = "、".join(_place(place) for place in card.destinations)
    contact = card.contact
    yield "origin", _place(card.origin) if card.origin else ""
    yield "destinations", f"{goals} ({mode})" if mode else goals
    yield "via", "、".join(_place(place) for place in card.via)
    yield "depart", _departure(card.window)
    yield "arrive_latest", _moment(card.window.arrive_latest_at)
    yield "goods", card.goods or ""
    yield "weight_t", _amount(card.weight_t)
    yield "volume_m3", _amount(card.volume_m3)
    yield "pieces", f"{card.pieces.count} {card.pieces.unit}" if card.pieces else ""
    yield "vehicle_lengths_m", "、".join(f"{length:g}" for length in card.vehicle_lengths_m)
    yield "vehicle_types", "、".join(str(BODIES[body]) for body in card.vehicle_types)
    yield "vehicle_count", str(card.vehicle_count) if card.vehicle_count > 1 else ""
    yield "load_mode", str(LOADS[card.load_mode]) if card.load_mode else ""
    yield "price", "、".join(_price(price) for price in card.prices)
    yield "contact", " ".join(filter(None, (contact.name, contact.phone))) if contact else ""
    yield "recurrence", _recurrence(card.recurrence)
    yield "requirements", "、".join(card.requirements)


def _place(place: Place) -> str:
    words = f"{place.name} {place.detail}" if place.detail else place.name
    return f"{words} ({place.code})"


def _moment(moment: datetime | None) -> str:
    return f"{local(moment):%m-%d %H:%M}" if moment else ""


def _departure(window: Window) -> str:
    first, last = _moment(window.depart_earliest_at), _moment(window.depart_latest_at)
    return first if first == last else f"{first} – {last}"


def _amount(amount: Amount) -> str:
    low, high = amount.low, amount.high
    if low is None and high is None:
        return ""
    if low is None:
        return gettext("at most %(amount)s") % {"amount": f"{high:g}"}
    if high is None:
        return gettext("at least %(amount)s") % {"amount": f"{low:g}"}
    return f"{low:g}" if low == high else f"{low:g} – {high:g}"


def _recurrence(words: str | None) -> str:
    if not words:
        return ""
    if words == "daily":
        return gettext("every day")
    days, _sep, clock = words.removeprefix("weekly:").partition(" ")
    named = "、".join(str(WEEKDAYS[_DAYS.index(day)]) for day in days.split(","))
    return f"{named} {clock}".strip()


def _price(price: Price) -> str:
    bound = str(BOUNDS.get(price.bound, ""))
    if price.amount_yuan is None:
        return bound
    told = f"{price.amount_yuan:g} {UNITS[price.unit]}"
    return f"{bound} {told}" if bound else told
