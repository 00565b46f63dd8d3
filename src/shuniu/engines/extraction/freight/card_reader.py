"""Reading the one card that a view of the message tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from shuniu.engines.extraction.freight.cards import (
    Amount,
    Card,
    Contact,
    Extra,
    FieldSpan,
    Kind,
    Pieces,
)
from shuniu.engines.extraction.freight.contact import Reach, find_contacts, find_plate
from shuniu.engines.extraction.freight.found import Found, Part
from shuniu.engines.extraction.freight.gazetteer import Gazetteer
from shuniu.engines.extraction.freight.goods import find_goods
from shuniu.engines.extraction.freight.normal import Normal, Sheet
from shuniu.engines.extraction.freight.places import Mention, find_mentions
from shuniu.engines.extraction.freight.posting import Evidence, kind_of
from shuniu.engines.extraction.freight.price import Prices, find_prices
from shuniu.engines.extraction.freight.quantities import (
    Quantity,
    Sides,
    Size,
    find_pieces,
    find_sides,
    find_sizes,
    find_temperature,
    find_volumes,
    find_weights,
    volume_of,
)
from shuniu.engines.extraction.freight.routes import Route, places_of, route_of
from shuniu.engines.extraction.freight.schedule import Schedule, schedule_of
from shuniu.engines.extraction.freight.split import View
from shuniu.engines.extraction.freight.times import Phrase, find_times
from shuniu.engines.extraction.freight.vehicles import (
    STANDARD_LENGTHS_M,
    Vehicles,
    find_vehicles,
)
from shuniu.engines.extraction.freight.wishes import load_mode_of, load_mode_place, requirements_of

T = TypeVar("T")
_NOTHING = Amount(None, None)
_MOST_TONS = 60.0
_LENGTH = re.compile("|".join(re.escape(f"{length:g}") for length in sorted(STANDARD_LENGTHS_M)))
_ROOM_LEFT = re.compile(
    r"(?:还|差|剩|余|空|再|只|能|可以?|可|收|捎|带|拼|配|补|加)[^\d,.;一二两三四五六七八九十半]{0,6}$"
)
_MONEY_WISHES = frozenset({"含税", "开票", "现结", "月结", "到付", "回单结算"})
_HALF_EMPTY = re.compile(r"空(?:了|着)?(?:一半|半车|大半)|半车")


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was found in a view, before it is known whether it is a load or a truck."""

    text: str
    left: str
    normal: Normal
    part: Part
    leans: bool
    reach: Reach
    plate: Found[str] | None
    temperature: Found[tuple[float, float]] | None
    sizes: list[Found[Size]]
    sides: Sides
    phrases: list[Phrase]
    prices: Prices
    vehicles: Vehicles
    weights: list[Found[Quantity]]
    volumes: list[Found[Quantity]]
    pieces: list[Found[Pieces]]
    requirements: tuple[str, ...]
    mentions: list[Mention]
    goods: Found[str] | None

    @property
    def evidence(self) -> Evidence:
        """Return what the decision on kind and posting needs."""
        vehicles = [*self.vehicles.lengths_m, *self.vehicles.bodies]
        first = min((each.start for each in vehicles), default=len(self.text))
        opening = re.sub(r"[\s\x00,.!【】]|急|今日|今天|明天|现有|现", "", self.text[:first])
        return Evidence(
            has_place=bool(self.mentions),
            has_route=len(self.mentions) > 1,
            has_vehicle=bool(vehicles),
            has_quantity=bool(self.weights or self.volumes or self.pieces or self.vehicles.counts),
            has_goods=self.goods is not None,
            has_phone=bool(self.reach.contacts),
            has_time=bool(self.phrases),
            has_plate=self.plate is not None,
            starts_with_vehicle=bool(vehicles) and len(opening) < 3,
        )


def find_all(view: View, gazetteer: Gazetteer) -> Findings:
    """Return everything that can be found in a view; each finder takes its words away."""
    sheet = Sheet(view.normal)
    reach = find_contacts(sheet)
    plate = find_plate(sheet)
    temperature = find_temperature(sheet)
    sizes = find_sizes(sheet)
    sides = find_sides(sheet)
    phrases = find_times(sheet, is_length=_LENGTH)
    prices = find_prices(sheet)
    vehicles = find_vehicles(sheet)
    weights, volumes = find_weights(sheet), find_volumes(sheet)
    pieces = find_pieces(sheet)
    mentions = find_mentions(sheet, gazetteer)
    route_text = sheet.left
    requirements = requirements_of(sheet)
    for mention in mentions:
        sheet.take(mention.start, mention.end)
    places = [(each.start, each.end) for each in [*weights, *volumes, *pieces, *vehicles.counts]]
    return Findings(
        sheet.text,
        route_text,
        view.normal,
        view.part,
        view.inherits,
        reach,
        plate,
        temperature,
        sizes,
        sides,
        phrases,
        prices,
        vehicles,
        weights,
        volumes,
        pieces,
        requirements,
        mentions,
        find_goods(sheet.left, places, view.part),
    )


def cards_of(found: Findings, kind: Kind, sent_at: datetime, gazetteer: Gazetteer) -> list[Card]:
    """Return the card of a view, or one for each departure of a line."""
    span = Part(0, len(found.text)) if found.leans else found.part
    schedule = schedule_of(found.phrases, found.text, sent_at, gazetteer, span)
    route = route_of(found.mentions, found.left, kind, gazetteer)
    card = _card(found, kind, route, schedule, gazetteer)
    return [replace(card, window=window) for window in schedule.windows]


def kind_in(found: Findings) -> tuple[Kind, float]:
    """Return the kind of a view and how sure it is."""
    return kind_of(found.text, found.evidence)


def _card(
    found: Findings, kind: Kind, route: Route, schedule: Schedule, gazetteer: Gazetteer
) -> Card:
    part = found.part
    counts = part.own_first(found.vehicles.counts)
    pieces = part.own_first(found.pieces)
    weight, weight_flags = _amount(found.weights, found, kind, "weight", pieces)
    volume, volume_flags = _amount(found.volumes, found, kind, "volume", pieces)
    derived: tuple[str, ...] = ()
    if not found.volumes and kind == "shipment-need":
        volume, derived = _derived_volume(found.sizes, pieces)
    same_ends = route.origin is not None and any(
        (goal.region, goal.detail) == (route.origin.region, route.origin.detail)
        for goal in route.destinations
    )
    flags = [
        *route.flags,
        *(["same_ends"] if same_ends else []),
        *schedule.flags,
        *weight_flags,
        *volume_flags,
    ]
    if found.prices.is_about:
        flags.append("price_approx")
    if kind == "truck-offer" and _HALF_EMPTY.search(found.text):
        flags.append("volume_half_empty")
    counts_trucks = bool(counts) and kind == "shipment-need" and counts[0].end <= len(found.text)
    return Card(
        kind=kind,
        origin=route.origin.place if route.origin else None,
        origin_inferred=None if route.origin else gazetteer.home.code,
        destinations=places_of(route.destinations),
        destination_mode=route.mode,
        via=places_of(route.via),
        window=schedule.windows[0],
        pieces=pieces[0].value if pieces else None,
        goods=found.goods.value if found.goods and kind == "shipment-need" else None,
        vehicle_lengths_m=_unique(part.own_first(found.vehicles.lengths_m)),
        vehicle_types=_unique(part.own_first(found.vehicles.bodies)),
        vehicle_count=counts[0].value if counts else 1,
        load_mode=load_mode_of(found.text, counts_trucks=counts_trucks and _are_loads(found)),
        prices=_unique(part.own_first(found.prices.prices)),
        contact=_contact(found.reach, part),
        recurrence=schedule.recurrence,
        requirements=_requirements(found, kind),
        derived=derived,
        ambiguous=tuple(dict.fromkeys(flags)),
        weight_t=weight,
        volume_m3=volume,
        extra=_extra(found),
        spans=_spans(found, kind, route, schedule),
    )


def _unique(found: list[Found[T]]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(each.value for each in found))


def _are_loads(found: Findings) -> bool:
    return bool(re.search(r"\d\s*车|[二两三四五六七八九十]\s*车", found.text))


def _amount(
    found: list[Found[Quantity]],
    all_found: Findings,
    kind: Kind,
    what: str,
    pieces: list[Found[Pieces]],
) -> tuple[Amount, list[str]]:
    own = all_found.part.own_first(found)
    if not own:
        return _NOTHING, []
    chosen, flags = _chosen(own, all_found.text, kind, what)
    if chosen is None:
        return _NOTHING, flags
    if chosen.is_about:
        flags.append(f"{what}_approx")
    amount = chosen.amount
    if chosen.per == "piece" and pieces and pieces[0].value.count > 1:
        count = pieces[0].value.count
        amount = Amount(_times(amount.low, count), _times(amount.high, count))
    if what == "weight" and (amount.high or amount.low or 0) > _MOST_TONS:
        flags.append("weight_implausible")
    one_figure = not chosen.is_range and amount.low == amount.high
    if kind == "truck-offer" and one_figure:
        amount = Amount(None, amount.high)
    return amount, flags


def _times(value: float | None, count: int) -> float | None:
    return None if value is None else round(value * count, 4)


def _chosen(
    own: list[Found[Quantity]], text: str, kind: Kind, what: str
) -> tuple[Quantity | None, list[str]]:
    """Return the figure that counts among several: the total, or the room left of a truck."""
    totals = [each.value for each in own if each.value.per == "total"]
    if totals:
        return totals[0], []
    if kind == "truck-offer" and len(own) > 1:
        left = [
            each.value
            for each in own
            if _ROOM_LEFT.search(text[max(0, each.start - 8) : each.start])
        ]
        if left:
            return left[0], []
    values = list(dict.fromkeys(each.value for each in own if each.value.per != "piece"))
    if not values:
        values = list(dict.fromkeys(each.value for each in own))
    if len({value.amount for value in values}) > 1:
        return None, [f"several_{what}s"]
    return values[0], []


def _derived_volume(
    sizes: list[Found[Size]], pieces: list[Found[Pieces]]
) -> tuple[Amount, tuple[str, ...]]:
    solid = [size.value for size in sizes if len(size.value.edges_m) == 3]
    if len(solid) != 1 or not pieces:
        return _NOTHING, ()
    count = pieces[0].value.count
    volume = volume_of(solid[0], count)
    edges = "*".join(f"{edge:g}" for edge in solid[0].edges_m)
    return Amount(volume, volume), (f"volume_m3={edges}*{count}",)


def _requirements(found: Findings, kind: Kind) -> tuple[str, ...]:
    """Return what a shipper asks for; of a truck's own words only those on money are wishes."""
    if kind == "truck-offer":
        return tuple(each for each in found.requirements if each in _MONEY_WISHES)
    if found.temperature is None:
        return found.requirements
    low, high = found.temperature.value
    kept_at = f"{low:g}℃" if low == high else f"{low:g}~{high:g}℃"
    return (*found.requirements, kept_at)


def _contact(reach: Reach, part: Part) -> Contact | None:
    contacts = part.own_first(reach.contacts)
    return contacts[0].value if contacts else None


def _extra(found: Findings) -> Extra:
    contacts = found.part.own_first(found.reach.contacts)
    return Extra(
        temperature_c=found.temperature.value if found.temperature else None,
        free_deck_m=found.vehicles.free_deck_m,
        cargo_length_m=found.sides.length_m or found.vehicles.cargo_length_m,
        cargo_width_m=found.sides.width_m,
        cargo_height_m=found.sides.height_m,
        plate=found.plate.value if found.plate else None,
        contact2=contacts[1].value if len(contacts) > 1 else None,
    )


def _spans(found: Findings, kind: Kind, route: Route, schedule: Schedule) -> tuple[FieldSpan, ...]:
    part = found.part
    places: list[tuple[str, int, int]] = []

    for field, mentions in (
        ("origin", (route.origin,) if route.origin else ()),
        ("destinations", route.destinations),
        ("via", route.via),
    ):
        if mentions:
            places.append((field, min(m.start for m in mentions), max(m.end for m in mentions)))
    for field, phrase in (("depart", schedule.depart), ("arrive_latest", schedule.arrive)):
        if phrase:
            places.append((field, phrase.start, phrase.end))
    lists: tuple[tuple[str, Sequence[Found[object]]], ...] = (
        ("weight_t", found.weights),
        ("volume_m3", found.volumes),
        ("pieces", found.pieces),
        ("vehicle_lengths_m", found.vehicles.lengths_m),
        ("vehicle_types", found.vehicles.bodies),
        ("vehicle_count", found.vehicles.counts),
        ("price", found.prices.prices),
        ("contact", found.reach.contacts),
    )
    for field, items in lists:
        places.extend((field, first.start, first.end) for first in part.own_first(items)[:1])
    repeats = next((each for each in found.phrases if _repeats(each)), None)
    if repeats and schedule.recurrence:
        places.append(("recurrence", repeats.start, repeats.end))
    mode = load_mode_place(found.text)
    if mode:
        places.append(("load_mode", *mode))
    if found.goods and kind == "shipment-need":
        places.append(("goods", found.goods.start, found.goods.end))
    return tuple(FieldSpan(field, *found.normal.span(start, end)) for field, start, end in places)


def _repeats(phrase: Phrase) -> bool:
    return any(day.kind in {"daily", "weekdays"} for day in phrase.days)
