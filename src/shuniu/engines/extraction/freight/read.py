"""The reader: one chat message to its cards."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.extraction.freight.card_reader import Findings, cards_of, find_all, kind_in
from shuniu.engines.extraction.freight.cards import Card, FreightReading, Kind, Window
from shuniu.engines.extraction.freight.gazetteer import Gazetteer
from shuniu.engines.extraction.freight.normal import Normal, normalise
from shuniu.engines.extraction.freight.posting import is_posting, without_closed_parts
from shuniu.engines.extraction.freight.split import views_of

ZONE_TIME = timezone(timedelta(hours=8))
_NO_POSTING = FreightReading(is_posting=False, cards=())


def read_message(text: str, sent_at: datetime, gazetteer: Gazetteer) -> FreightReading:
    """Return the loads and trucks that a chat message offers.

    Parameters
    ----------
    text
        As typed or spoken; only its first thousands of characters are read.
    sent_at
        With an offset; times of the message are computed in +08:00.
    gazetteer
        Gives the home county: nearest reading of doubtful names, and the guessed origin.

    Returns
    -------
    FreightReading
        Not a posting and without cards for chat, adverts, price questions, notices and "已走".

    Raises
    ------
    InvalidProblem
        If ``sent_at`` has no offset.
    """
    if sent_at.tzinfo is None:
        raise InvalidProblem("sent_at needs an offset")
    sent_at = sent_at.astimezone(ZONE_TIME)
    typed = normalise(text)
    normal = Normal(without_closed_parts(typed.text), typed.origin_of)
    if not normal.text.strip():
        return _NO_POSTING
    views = views_of(normal, gazetteer)
    findings = [find_all(view, gazetteer) for view in views]
    if not _tells_of_freight(normal.text, findings):
        return _NO_POSTING
    cards: list[Card] = []
    for view, found in zip(views, findings, strict=True):
        for card in cards_of(found, _kind(found, findings), sent_at, gazetteer):
            cards.append(_leaning_on(cards[0], card) if view.inherits and cards else card)
    return FreightReading(is_posting=True, cards=tuple(cards))


def _tells_of_freight(text: str, findings: list[Findings]) -> bool:
    if len(findings) == 1:
        return is_posting(text, findings[0].evidence)
    return any(is_posting(found.text, found.evidence) for found in findings)


def _kind(found: Findings, findings: list[Findings]) -> Kind:
    """Return the kind of a card; one that gives no sign follows the surest of its message."""
    kind, sure = kind_in(found)
    if sure >= 1 or len(findings) == 1:
        return kind
    return max((kind_in(each) for each in findings), key=lambda told: told[1])[0]


def _leaning_on(first: Card, card: Card) -> Card:
    """Return a card cut from a sentence, with what the sentence said before it."""
    silent = card.window == Window()
    return replace(
        card,
        origin=card.origin or first.origin,
        origin_inferred=None if card.origin or first.origin else card.origin_inferred,
        window=first.window if silent else card.window,
        recurrence=card.recurrence or first.recurrence,
        goods=card.goods or first.goods,
        vehicle_lengths_m=card.vehicle_lengths_m or first.vehicle_lengths_m,
        vehicle_types=card.vehicle_types or first.vehicle_types,
        contact=card.contact or first.contact,
        load_mode=card.load_mode or first.load_mode,
    )
