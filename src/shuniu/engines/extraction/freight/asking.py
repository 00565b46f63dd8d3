"""What a card leaves open, so that the person who posted it can be asked."""

from __future__ import annotations

from typing import Literal

from shuniu.engines.extraction.freight.cards import Amount, Card, Window

Question = Literal["origin", "destination", "departure", "quantity", "vehicle", "phone"]
_NOTHING = Amount(None, None)


def questions_of(card: Card) -> tuple[Question, ...]:
    """Return what to ask for, the most needed first.

    A guessed origin is asked for; a load needs a quantity, a truck its length or body. A truck
    that goes anywhere needs no destination.
    """
    is_load = card.kind == "shipment-need"
    counted = card.weight_t != _NOTHING or card.volume_m3 != _NOTHING or card.pieces is not None
    asked: tuple[tuple[Question, bool], ...] = (
        ("origin", card.origin is None),
        ("destination", not card.destinations and (is_load or card.destination_mode != "any")),
        ("departure", card.window == Window() and card.recurrence is None),
        ("quantity", is_load and not counted and card.vehicle_count == 1),
        ("vehicle", not is_load and not (card.vehicle_lengths_m or card.vehicle_types)),
        ("phone", card.contact is None or not (card.contact.phone or card.contact.wechat)),
    )
    return tuple(question for question, is_open in asked if is_open)
