"""The reader: one chat message to its cards."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.extraction.freight.card_reader import Findings, cards_of, find_all, kind_in
from shuniu.engines.extraction.freight.cards import Card, FreightReading, Kind, NoCard, Window
from shuniu.engines.extraction.freight.gazetteer import Gazetteer
from shuniu.engines.extraction.freight.normal import Normal, normalise
from shuniu.engines.extraction.freight.posting import why_no_card, without_closed_parts
from shuniu.engines.extraction.freight.split import views_of
from shuniu.engines.extraction.freight.words import Word, with_words

ZONE_TIME = timezone(timedelta(hours=8))


_SURE_ALONE = 4.0
"""How sure one card of a list must be to be of another kind than all the others."""


def _nothing(why: NoCard) -> FreightReading:
    return FreightReading(is_posting=False, cards=(), why_none=why)


def read_message(
    text: str, sent_at: datetime, gazetteer: Gazetteer, words: tuple[Word, ...] = ()
) -> FreightReading:
    """Return the loads and trucks that a chat message offers.

    Parameters
    ----------
    text
        As typed or spoken; only its first thousands of characters are read.
    sent_at
        With an offset; times of the message are computed in +08:00.
    gazetteer
        Gives the home county: nearest reading of doubtful names, and the guessed origin.

    words
        Words of the group and what they mean, learned from corrections.

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
    typed = with_words(normalise(text), words)
    normal = Normal(without_closed_parts(typed.text), typed.origin_of)
    if not normal.text.strip():
        return _nothing("empty")
    views = views_of(normal, gazetteer)
    findings = [find_all(view, gazetteer) for view in views]
    why = _why_no_card(normal.text, findings)
    if why:
        return _nothing(why)
    cards: list[Card] = []
    for view, found in zip(views, findings, strict=True):
        for card in cards_of(found, _kind(found, findings), sent_at, gazetteer):
            cards.append(_leaning_on(cards[0], card) if view.inherits and cards else card)
    return FreightReading(is_posting=True, cards=tuple(cards))


def _why_no_card(text: str, findings: list[Findings]) -> NoCard | None:
    if len(findings) == 1:
        return why_no_card(text, findings[0].evidence)
    whys = [why_no_card(found.text, found.evidence) for found in findings]
    return None if None in whys else whys[0]


def _kind(found: Findings, findings: list[Findings]) -> Kind:
    """Return the kind of a card; one that gives no sign follows the surest of its message.

    In a list of three and more, one that differs from all others has to be sure of it.
    """
    kind, sure = kind_in(found)
    if len(findings) == 1:
        return kind
    told = [kind_in(each) for each in findings]
    alike = sum(1 for other, _ in told if other == kind)
    stands_alone = len(told) > 2 and alike == 1 and sure < _SURE_ALONE
    if sure >= 1 and not stands_alone:
        return kind
    others = [each for each in told if not stands_alone or each[0] != kind]
    return max(others, key=lambda each: each[1])[0]


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
