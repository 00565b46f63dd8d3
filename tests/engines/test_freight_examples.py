"""Messages written for the reader, each with the cards that it must give.

``freight_examples.txt`` tells one message per paragraph (``\\n`` within a message is a line break),
followed by one line per card or by ``= none``::

    = need 320614>320412 w=2.3 v=6 t=0.0930~0.2359

Kind, origin (``?`` for one that is not said), destinations and their mode; then ``t`` departure
and ``a`` latest arrival as days ahead and time, ``w`` tons and ``v`` cubic meters (``~8`` at most),
``n`` pieces, ``l`` lengths, ``y`` bodies, ``c`` trucks, ``m`` load mode, ``$`` prices, ``p`` phone,
``R`` recurrence. What a line leaves out must be empty. All messages are sent on Wednesday
2023-03-15 at 09:30.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from shuniu.engines.extraction.freight.cards import Amount, Card, Price
from shuniu.engines.extraction.freight.gazetteer import gazetteer_of
from shuniu.engines.extraction.freight.read import read_message

SENT_AT = datetime(2023, 3, 15, 9, 30, tzinfo=timezone(timedelta(hours=8)))
HOME = gazetteer_of("320614")


def _examples() -> list[tuple[str, list[str]]]:
    told = Path(__file__).with_name("freight_examples.txt").read_text(encoding="utf-8")
    found = []
    for paragraph in told.strip().split("\n\n"):
        text, *cards = paragraph.splitlines()
        found.append((text.replace("\\n", "\n"), [card.removeprefix("= ") for card in cards]))
    return found


def _moment(moment: datetime | None) -> str:
    if moment is None:
        return ""
    return f"{(moment.date() - SENT_AT.date()).days}.{moment:%H%M}"


def _amount(amount: Amount) -> str:
    low, high = ("" if end is None else f"{end:g}" for end in (amount.low, amount.high))
    return low if low == high else f"{low}~{high}"


def _price(price: Price) -> str:
    yuan = "-" if price.amount_yuan is None else f"{price.amount_yuan:g}"
    return "/".join([yuan, price.unit, price.bound, *([price.tax] if price.tax else [])])


def _line(card: Card) -> str:
    """Return a card in the words of the file, fields in the order of their letters."""
    goals = ",".join(place.code for place in card.destinations)
    mode = "" if card.destination_mode in {None, "single"} else f"/{card.destination_mode}"
    kind = "need" if card.kind == "shipment-need" else "offer"
    window = card.window
    departs = f"{_moment(window.depart_earliest_at)}~{_moment(window.depart_latest_at)}"
    fields = {
        "$": ";".join(_price(price) for price in card.prices),
        "R": card.recurrence or "",
        "a": _moment(window.arrive_latest_at),
        "c": "" if card.vehicle_count == 1 else f"{card.vehicle_count}",
        "l": ",".join(f"{length:g}" for length in card.vehicle_lengths_m),
        "m": card.load_mode or "",
        "n": f"{card.pieces.count}{card.pieces.unit}" if card.pieces else "",
        "p": (card.contact.phone or "") if card.contact else "",
        "t": "" if departs == "~" else departs,
        "v": _amount(card.volume_m3),
        "via": ",".join(place.code for place in card.via),
        "w": _amount(card.weight_t),
        "y": ",".join(card.vehicle_types),
    }
    told = [f"{name}={value}" for name, value in fields.items() if value]
    return " ".join([kind, f"{card.origin.code if card.origin else '?'}>{goals}{mode}", *told])


@pytest.mark.parametrize(("text", "cards"), _examples(), ids=lambda value: str(value)[:40])
def test_a_written_message_gives_its_cards_and_nothing_else(text: str, cards: list[str]) -> None:
    reading = read_message(text, SENT_AT, HOME)

    assert ([_line(card) for card in reading.cards] or ["none"]) == cards
    assert reading.is_posting == (cards != ["none"])
