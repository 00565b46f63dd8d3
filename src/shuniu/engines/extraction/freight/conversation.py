"""A whole chat: every message with its cards, and what later messages do to earlier cards."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.extraction.freight.card_reader import Findings, cards_of, find_all
from shuniu.engines.extraction.freight.cards import Amount, Card, FreightReading, Window
from shuniu.engines.extraction.freight.export import Said, said_in
from shuniu.engines.extraction.freight.found import Part
from shuniu.engines.extraction.freight.gazetteer import Gazetteer
from shuniu.engines.extraction.freight.normal import normalise
from shuniu.engines.extraction.freight.posting import says_more
from shuniu.engines.extraction.freight.read import ZONE_TIME, read_message
from shuniu.engines.extraction.freight.split import View
from shuniu.engines.extraction.freight.words import Word

Act = Literal["closed", "withdrawn", "amended"]
_LONGEST_ACT = 40
_WITHDRAWN = re.compile(
    r"(?:上[一面]?[条个]|刚才(?:那|发)?的?[条个]?|前面(?:那|的)[条个]?|以上)[^,.;!?\n]{0,6}"
    r"(?:作废|取消|无效|不要了|撤回|发错了?|不算)|发错了|^\s*(?:作废|取消|撤回)|取消了?\s*$"
)
_GONE = re.compile(
    r"^\s*(?:谢谢[^,.!]{0,6}[,.!\s]*)?[^,.;!?\n]{0,12}?(?:已[走发满定订装]|走了|发走?了|满了|装满了?|定了|"
    r"配[好满]了?|找到[车货]?了?|[车货]找到了|不用找了|有[车货]了|出了)"
)
_AMENDS = re.compile(
    r"(?:改成|改为|改到|改在|更正为?|更改为?|变更为?|换成|调整[为到成]|推迟到|延到|提前到|改)\s*[:：]?"
)
_NOTHING = Amount(None, None)


@dataclass(frozen=True, slots=True)
class Posted:
    """A card as it stands at the end of the chat.

    ``said`` is the place of its message among all; ``act`` is what the speaker did to it later,
    ``by`` the place of the message that did it.
    """

    card: Card
    said: int
    act: Act | None = None
    by: int | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """All messages with their readings, and all cards as they stand at the end."""

    said: tuple[Said, ...]
    readings: tuple[FreightReading, ...]
    posted: tuple[Posted, ...]


def read_conversation(
    paste: str, now: datetime, gazetteer: Gazetteer, words: tuple[Word, ...] = ()
) -> Conversation:
    """Return the messages of a paste with their cards, as they stand after the last message.

    Parameters
    ----------
    paste
        One message, or an exported chat with names and times.
    now
        With an offset; a paste without times was sent then.
    gazetteer, words
        As for ``read_message``.

    Raises
    ------
    InvalidProblem
        If ``now`` has no offset.
    """
    if now.tzinfo is None:
        raise InvalidProblem("now needs an offset")
    said = said_in(paste, now.astimezone(ZONE_TIME))
    readings: list[FreightReading] = []
    posted: list[Posted] = []
    for place, message in enumerate(said):
        acted = _act(message, place, said, posted, gazetteer)
        reading = read_message(message.text, message.sent_at, gazetteer, words)
        if acted:
            reading = FreightReading(is_posting=False, cards=(), why_none="done")
        readings.append(reading)
        posted += [Posted(card, place) for card in reading.cards]
    return Conversation(said, tuple(readings), tuple(posted))


def _act(
    message: Said, place: int, said: tuple[Said, ...], posted: list[Posted], gazetteer: Gazetteer
) -> bool:
    """Do to the speaker's earlier cards what a message says; tell whether it said anything."""
    text = normalise(message.text[: 4 * _LONGEST_ACT]).text.strip()
    if message.speaker is None or not text or len(text) > _LONGEST_ACT:
        return False
    own = [
        at
        for at, each in enumerate(posted)
        if said[each.said].speaker == message.speaker and each.act not in {"closed", "withdrawn"}
    ]
    if not own:
        return False
    found = _found(text, gazetteer)
    amends = _AMENDS.search(text)
    if amends:
        at = _meant(own, posted, found)[-1]
        told = _found(text[amends.end() :], gazetteer)
        card = _amended(posted[at].card, told, message.sent_at, gazetteer)
        if card is None:
            return False
        posted[at] = replace(posted[at], card=card, act="amended", by=place)
        return True
    act: Act | None = "withdrawn" if _WITHDRAWN.search(text) else None
    if act is None and _GONE.search(text) and not says_more(text):
        act = "closed"
    if act is None:
        return False
    meant = _meant(own, posted, found)
    last_said = posted[meant[-1]].said
    for at in meant:
        if posted[at].said == last_said:
            posted[at] = replace(posted[at], act=act, by=place)
    return True


def _found(text: str, gazetteer: Gazetteer) -> Findings:
    normal = normalise(text)
    return find_all(View(normal, Part(0, len(normal.text))), gazetteer)


def _meant(own: list[int], posted: list[Posted], found: Findings) -> list[int]:
    """Return the cards that a message names by a place, else all of the speaker's."""
    named = {mention.region.code for mention in found.mentions}
    by_place = [at for at in own if named & {goal.code for goal in posted[at].card.destinations}]
    return by_place or own


def _amended(card: Card, found: Findings, sent_at: datetime, gazetteer: Gazetteer) -> Card | None:
    """Return the card with what a message changes; None where it changes nothing that is known."""
    told = cards_of(found, card.kind, sent_at, gazetteer)[0]
    changed = replace(
        card,
        window=card.window if told.window == Window() else told.window,
        weight_t=card.weight_t if told.weight_t == _NOTHING else told.weight_t,
        volume_m3=card.volume_m3 if told.volume_m3 == _NOTHING else told.volume_m3,
        pieces=told.pieces or card.pieces,
        prices=told.prices or card.prices,
        vehicle_lengths_m=told.vehicle_lengths_m or card.vehicle_lengths_m,
        vehicle_types=told.vehicle_types or card.vehicle_types,
        contact=told.contact or card.contact,
        destinations=told.destinations or card.destinations,
    )
    if changed == card:
        return None
    # What was read from the amendment cuts another message than the card's own spans do.
    anew = {span.field for span in told.spans}
    return replace(changed, spans=tuple(span for span in card.spans if span.field not in anew))
