"""One message, several cards: numbered lists, a line each, or a clause each, with shared words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shuniu.engines.extraction.freight.found import Part
from shuniu.engines.extraction.freight.gazetteer import Gazetteer
from shuniu.engines.extraction.freight.normal import Normal, Sheet, join
from shuniu.engines.extraction.freight.places import find_mentions
from shuniu.engines.extraction.freight.routes import route_of

MOST_CARDS = 60
_MARK = re.compile(
    r"(?:^|(?<=[\s;.,:!?)、]))(?:第?(?P<number>\d{1,2}|[一二三四五六七八九十])(?:[、):]|"
    r"[.,](?!\d)|\.(?=\d{1,2}(?:\.\d|米))|票[::]?|单[::]))\s*"
)
_LETTER_MARK = re.compile(r"(?:^|(?<=[\s;.,:!?)、\d]))(?P<letter>[A-Ea-e])(?:[、):.]|\s)\s*(?=\S)")
_QUANTITY = re.compile(
    r"[\d一二两三四五六七八九十半]\s*(?:个)?(?:吨|公斤|千克|kg|斤|方(?![向便])|立方|托|箱|"
    r"件|卷|盘|包|桶|车(?![间门])|台|米|t(?![a-z])|m3)|\d\.\d",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[^,;!?\n、.]*(?:\.(?=\d)[^,;!?\n、.]*)*(?:[,;!?\n、.]|$)")
_SENT_TO = re.compile(r"(?:发往?|去|到|往|回|→|-)\s*$")
_DAY = re.compile(r"[今明后]天|[今明][早晚]|周[一二三四五六日天]|\d号")
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class View:
    """The text of one card: its own part among the shared words.

    ``inherits`` is True where the card was cut from a sentence and may lean on the card before.
    """

    normal: Normal
    part: Part
    inherits: bool = False


def views_of(normal: Normal, gazetteer: Gazetteer) -> list[View]:
    """Return one view for each card; a message that tells of one thing gives one view."""
    whole = [View(normal, Part(0, len(normal.text)))]
    numbered = _numbered(normal)
    if numbered:
        return numbered
    lines = _by_lines(normal, gazetteer)
    if lines:
        return lines
    return _by_clauses(normal, gazetteer) or whole


def _numbered(normal: Normal) -> list[View]:
    marks = _marks(normal.text)
    if len(marks) < 2:
        return []
    ends = [mark.start() for mark in marks[1:]]
    last = marks[-1].end()
    newline = normal.text.find("\n", last)
    ends.append(newline if newline >= 0 else _end_of_last(normal.text, last))
    header = normal.cut(0, marks[0].start())
    tail = normal.cut(ends[-1], len(normal.text))
    return [
        _view(header, normal.cut(mark.end(), end), tail)
        for mark, end in list(zip(marks, ends, strict=True))[:MOST_CARDS]
    ]


def _marks(text: str) -> list[re.Match[str]]:
    """Return the marks 1, 2, 3 of a list, or A, B, C where it has no numbers."""
    numbered: list[re.Match[str]] = []
    for match in _MARK.finditer(text):
        words = match["number"]
        value = int(words) if words.isdigit() else _NUMERALS.index(words) + 1
        if value == len(numbered) + 1:
            numbered.append(match)
    if len(numbered) > 1:
        return numbered
    lettered: list[re.Match[str]] = []
    for match in _LETTER_MARK.finditer(text):
        if ord(match["letter"].upper()) - ord("A") == len(lettered):
            lettered.append(match)
    return lettered


def _end_of_last(text: str, start: int) -> int:
    """Return where the last item of a list in one line ends: before the words on all items."""
    shared = re.search(
        r"[,;.!\s](?:以上|都是?|均|全部|联系|电话|有车的|☎|1[3-9]\d{9})", text[start:]
    )
    return start + shared.start() if shared else len(text)


def _view(header: Normal, own: Normal, tail: Normal, *, inherits: bool = False) -> View:
    start = len(header.text) + 1 if header.text else 0
    return View(join([header, own, tail]), Part(start, start + len(own.text)), inherits)


def _by_lines(normal: Normal, gazetteer: Gazetteer) -> list[View]:
    lines = [match.span() for match in re.finditer(r"[^\n]+", normal.text)]
    if len(lines) < 2:
        return []
    cards = [span for span in lines if _tells_a_card(normal.text[slice(*span)], gazetteer)]
    if len(cards) < 2:
        return []
    return _views_around(normal, lines, cards[:MOST_CARDS], inherits=False)


def _tells_a_card(line: str, gazetteer: Gazetteer) -> bool:
    mentions = find_mentions(Sheet(Normal(line, tuple(range(len(line))))), gazetteer)
    if not mentions:
        return False
    if len(mentions) > 1 and route_of(mentions, line, "shipment-need", gazetteer).is_complete:
        return True
    return bool(_QUANTITY.search(line)) and not re.match(r"\s*(?:装|提|卸|送|收)货", line)


def _by_clauses(normal: Normal, gazetteer: Gazetteer) -> list[View]:
    text = normal.text
    spans = [match.span() for match in _CLAUSE.finditer(text) if match[0].strip()]
    if len(spans) < 2:
        return []
    complete: list[tuple[int, int]] = []
    sent: list[tuple[int, int]] = []
    dated: list[tuple[int, int]] = []
    for start, end in spans:
        clause = text[start:end]
        mentions = find_mentions(Sheet(normal.cut(start, end)), gazetteer)
        if not mentions:
            continue
        explicit = any(_SENT_TO.search(clause[: each.start]) for each in mentions)
        if len(mentions) > 1 and explicit:
            complete.append((start, end))
        if explicit and _QUANTITY.search(clause):
            sent.append((start, end))
        if explicit and _DAY.search(clause) and not re.search(r"[装卸提]", clause):
            dated.append((start, end))
    cards = next((found for found in (complete, sent, dated) if len(found) > 1), [])
    if len(cards) < 2:
        return []
    return _views_around(normal, spans, cards[:MOST_CARDS], inherits=True)


def _core_of(text: str, clause: tuple[int, int]) -> int:
    """Return where a clause begins to speak of its own load: 我司明天有2车膜发常州 at 2车."""
    start, end = clause
    trucks = re.search(r"[\d一二两三四五六七八九]\s*车(?![间门])", text[start:end])
    return start + trucks.start() if trucks else start


def _views_around(
    normal: Normal, spans: list[tuple[int, int]], cards: list[tuple[int, int]], *, inherits: bool
) -> list[View]:
    """Return a view for each card: what stands before the first and after the last is shared.

    Words between two cards belong to the card before them.
    """
    starts = [start for start, _ in cards]
    if inherits:
        starts[0] = _core_of(normal.text, cards[0])
    ends = [*starts[1:], cards[-1][1]]
    header = normal.cut(0, starts[0])
    tail = normal.cut(ends[-1], max(end for _, end in spans))
    return [
        _view(header, normal.cut(start, end), tail, inherits=inherits)
        for start, end in zip(starts, ends, strict=True)
    ]
