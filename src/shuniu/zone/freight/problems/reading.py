"""Freight messages as the reader takes them, and its cards as the page shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from shuniu.engines.extraction.freight.asking import questions_of
from shuniu.engines.extraction.freight.cards import Card
from shuniu.engines.extraction.freight.conversation import (
    Conversation,
    Posted,
    read_conversation,
)
from shuniu.engines.extraction.freight.gazetteer import Gazetteer, gazetteer_of
from shuniu.engines.extraction.freight.words import Word
from shuniu.zone.freight import queries
from shuniu.zone.registry.queries import profile_in_force


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a message; ``field`` names what was read from it, empty for the rest."""

    text: str
    field: str


@dataclass(frozen=True, slots=True)
class ShownCard:
    """A card with what is missing; ``act`` is what its speaker did to it later."""

    card: Card
    act: str
    missing: tuple[str, ...]
    words: dict[str, str]


@dataclass(frozen=True, slots=True)
class ShownMessage:
    """A message with its cards; ``why_none`` says why there are none, empty if there are."""

    speaker: str
    sent_at: datetime
    pieces: tuple[Piece, ...]
    cards: tuple[ShownCard, ...]
    why_none: str


def read(paste: str, *, now: datetime) -> tuple[ShownMessage, ...]:
    """Return the messages of a paste as the page shows them; nothing is stored."""
    words = tuple(Word(word, means) for word, means in queries.words_in_use())
    conversation = read_conversation(paste, now, _gazetteer(), words)
    return tuple(_messages(conversation))


def _gazetteer() -> Gazetteer:
    return gazetteer_of(profile_in_force().profile.zone.region_code)


def _messages(conversation: Conversation) -> Iterator[ShownMessage]:
    for place, said in enumerate(conversation.said):
        own = [each for each in conversation.posted if each.said == place]
        # Spans of an amended card still cut the message that it was posted with.
        first_read = conversation.readings[place].cards
        yield ShownMessage(
            speaker=said.speaker or "",
            sent_at=said.sent_at,
            pieces=tuple(_pieces(said.text, first_read)),
            cards=tuple(_shown(each, said.text) for each in own),
            why_none=conversation.readings[place].why_none or "",
        )


def _shown(posted: Posted, text: str) -> ShownCard:
    card = posted.card
    return ShownCard(
        card=card,
        act=posted.act or "",
        missing=questions_of(card),
        words={span.field: text[span.start : span.end] for span in card.spans},
    )


def _pieces(text: str, cards: tuple[Card, ...]) -> Iterator[Piece]:
    """Yield the text cut at the spans of its cards; of two that overlap the earlier counts."""
    spans = sorted({(s.start, s.end, s.field) for card in cards for s in card.spans})
    place = 0
    for start, end, field in spans:
        if start < place:
            continue
        if start > place:
            yield Piece(text[place:start], "")
        yield Piece(text[start:end], field)
        place = end
    if place < len(text):
        yield Piece(text[place:], "")
