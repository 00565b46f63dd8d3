"""``shuniu parse freight``: freight-group messages to load and truck cards, JSON lines."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any

from shuniu.cli import lines
from shuniu.engines.extraction.freight.cards import Card, Contact, Extra, Place, Price
from shuniu.engines.extraction.freight.gazetteer import Gazetteer, gazetteer_of
from shuniu.engines.extraction.freight.read import ZONE_TIME, read_message


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare what to read, and the files."""
    parser.add_argument("subject", choices=["freight"], help="what the messages tell of")
    lines.configure(parser)


def run(arguments: argparse.Namespace) -> int:
    """Read each line's message; return 1 if a line was bad, 2 for a profile that cannot be used."""
    region_code = lines.profile_of(arguments).zone.region_code
    try:
        gazetteer = gazetteer_of(region_code)
    except KeyError:
        print(
            f"zone.region_code: {region_code} is no county of GB/T 2260; freight messages are read"
            " for a zone in such a county",
            file=sys.stderr,
        )
        return 2
    return lines.answer_lines(arguments, answer_with(gazetteer))


def answer_with(gazetteer: Gazetteer) -> Callable[[lines.Row], lines.Row]:
    """Return the function that answers one row."""

    def answer(row: lines.Row) -> lines.Row:
        sent_at = _sent_at(row)
        reading = read_message(lines.text_of(row), sent_at, gazetteer)
        items = [card_row(card, sent_at) for card in reading.cards]
        return {"id": row.get("id"), "is_posting": reading.is_posting, "items": items}

    return answer


def _sent_at(row: lines.Row) -> datetime:
    value = row.get("sent_at")
    if not isinstance(value, str):
        raise lines.BadLine("sent_at: a time is needed")
    try:
        sent_at = datetime.fromisoformat(value)
    except ValueError:
        raise lines.BadLine(f"sent_at: not a time: {value}") from None
    if sent_at.tzinfo is None:
        raise lines.BadLine("sent_at: an offset is needed, such as +08:00")
    try:
        return sent_at.astimezone(ZONE_TIME)
    except OverflowError:
        raise lines.BadLine(f"sent_at: not a time: {value}") from None


def card_row(card: Card, sent_at: datetime) -> dict[str, Any]:
    """Return a card under the keys of the command line contract; hours count from ``sent_at``."""
    window = card.window
    row = {
        "kind": card.kind,
        "origin": _place(card.origin) if card.origin else None,
        "origin_inferred": card.origin_inferred,
        "destinations": [_place(place) for place in card.destinations],
        "dest_mode": card.destination_mode,
        "via": [_place(place) for place in card.via],
        "depart_earliest": _moment(window.depart_earliest_at),
        "depart_latest": _moment(window.depart_latest_at),
        "arrive_latest": _moment(window.arrive_latest_at),
        "pieces": {"count": card.pieces.count, "unit": card.pieces.unit} if card.pieces else None,
        "goods": card.goods,
        "vehicle_lengths_m": [_figure(length) for length in card.vehicle_lengths_m],
        "vehicle_types": list(card.vehicle_types),
        "vehicle_count": card.vehicle_count,
        "load_mode": card.load_mode,
        "price": [_price(price) for price in card.prices],
        "contact": _contact(card.contact),
        "recurrence": card.recurrence,
        "requirements": list(card.requirements),
        "derived": list(card.derived),
        "ambiguous": list(card.ambiguous),
    }
    extra = _extra(card.extra)
    if extra:
        row["extra"] = extra
    return row | {
        "depart_earliest_h": _hours(window.depart_earliest_at, sent_at),
        "depart_latest_h": _hours(window.depart_latest_at, sent_at),
        "arrive_latest_h": _hours(window.arrive_latest_at, sent_at),
        "weight_t_min": _figure(card.weight_t.low),
        "weight_t_max": _figure(card.weight_t.high),
        "volume_m3_min": _figure(card.volume_m3.low),
        "volume_m3_max": _figure(card.volume_m3.high),
        "spans": {span.field: [span.start, span.end] for span in card.spans},
    }


def _place(place: Place) -> dict[str, str | None]:
    return {"code": place.code, "name": place.name, "detail": place.detail}


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _hours(moment: datetime | None, sent_at: datetime) -> float | None:
    return round((moment - sent_at).total_seconds() / 3600, 2) if moment else None


def _figure(value: float | None) -> float | int | None:
    return int(value) if value is not None and float(value).is_integer() else value


def _price(price: Price) -> dict[str, Any]:
    return {
        "amount": _figure(price.amount_yuan),
        "unit": price.unit,
        "bound": price.bound,
        "tax": price.tax,
    }


def _contact(contact: Contact | None) -> dict[str, Any] | None:
    if contact is None:
        return None
    return {
        "phone": contact.phone,
        "name": contact.name,
        "wechat_same_as_phone": contact.wechat_same_as_phone,
        "wechat": contact.wechat,
    }


def _extra(extra: Extra) -> dict[str, Any]:
    low_high = extra.temperature_c
    told = {
        "temp_c": [_figure(low_high[0]), _figure(low_high[1])] if low_high else None,
        "free_deck_m": _figure(extra.free_deck_m),
        "cargo_len_m": _figure(extra.cargo_length_m),
        "cargo_width_m": _figure(extra.cargo_width_m),
        "cargo_height_m": _figure(extra.cargo_height_m),
        "plate": extra.plate,
        "contact2": _contact(extra.contact2),
    }
    return {key: value for key, value in told.items() if value is not None}
