"""Finding a need that was already sent, in a hundred thousand earlier ones.

Texts are compared as sets of character pairs (Jaccard's measure), so that another order of the
clauses, other punctuation or full-width digits change little. Candidates come from an inverted
index: two texts of similarity ``t`` share at least ``t`` of the pairs of each, so at least one
of the rarest ``1 - t`` of them, and only the lists of those are read, the shortest first and no
more than ``POSTINGS_READ`` rows: common pairs cost nothing.

References
----------
Chaudhuri, S., V. Ganti, and R. Kaushik (2006). A Primitive Operator for Similarity Joins in
Data Cleaning. *ICDE 2006*. https://doi.org/10.1109/ICDE.2006.9
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from dataclasses import dataclass
from heapq import nsmallest
from math import ceil

from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.extraction.plain import is_sign, plain

# Least similarity of a re-sent need; different needs of one category stay below 0.2.
SAME_NEED = 0.3
# Numbers and places that are all different: another need in the same words.
OTHER_FACTS = 0.5
# Pairs read of one text: what follows in a very long one does not make it another need.
SHINGLES_READ = 600
# Postings read for one question. The rarest pairs come first, so the bound costs no near text.
POSTINGS_READ = 6_000
CANDIDATES = 12

# Words of politeness and joints of the sentence: they change first when a need is sent again.
_JOINTS = re.compile(
    r"请问|麻烦|帮忙|您好|你好|领导好|打扰了|拜托了?|盼复|感谢(?:支持)?|再次反映|转发|辛苦了|各位|一下|能不能|能否|可不可以|可以|我们|我司|我厂|你们|公司|目前|现在|谢谢|希望|尽快|已经|[的了吗呢啊吧请再就也还都把被很]"
)
_NUMERALS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6,
             "七": 7, "八": 8, "九": 9}  # fmt: skip
_PLACES = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
_NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?[万亿]?|[零〇一二两三四五六七八九十百千万亿]{2,}")
_PLACE = re.compile(r"[一-鿿]{2}(?:大道|路|街|桥|河)")


@dataclass(frozen=True, slots=True)
class Near:
    """An earlier text that is like the one asked for.

    Attributes
    ----------
    text_id
        As it was given to ``Index.add``.
    score
        Similarity, from ``SAME_NEED`` to 1.
    """

    text_id: str
    score: float


def shingles(text: str) -> frozenset[str]:
    """Return the character pairs of ``text`` without signs; a lone character stands for itself."""
    letters = "".join(character for character in plain(text).text if not is_sign(character))
    read = (_JOINTS.sub("", letters) or letters)[: SHINGLES_READ + 1]
    if len(read) < 2:
        return frozenset([read] if read else [])
    return frozenset(read[at : at + 2] for at in range(len(read) - 1))


def facts_of(text: str) -> frozenset[str]:
    """Return the numbers (Chinese ones as digits) and the street names of ``text``."""
    flat = plain(text[: SHINGLES_READ + 1]).text
    numbers = {_digits(found) for found in _NUMBER.findall(flat)}
    return frozenset(numbers | {found[-4:] for found in _PLACE.findall(flat)})


def _digits(numeral: str) -> str:
    """Return a number in digits: "四十" as "40", "两千三百" as "2300", "1.5万" as "15000"."""
    if numeral[0].isascii():
        scale = _LARGE.get(numeral[-1], 1)
        return f"{float(numeral.rstrip('万亿')) * scale:.10g}"
    total = section = digit = 0
    for character in numeral:
        if character in _NUMERALS:
            digit = _NUMERALS[character]
        elif character in _PLACES:
            section += (digit or 1) * _PLACES[character]
            digit = 0
        else:
            total += (section + digit or 1) * _LARGE[character]
            section = digit = 0
    return str(total + section + digit)


def similarity(one: str, other: str) -> float:
    """Return how alike two texts are, from 0 to 1; the same both ways."""
    mine, yours = shingles(one), shingles(other)
    return _score(len(mine & yours), len(mine), len(yours), facts_of(one), facts_of(other))


def _score(
    shared: int, size: int, other_size: int, facts: frozenset[str], other_facts: frozenset[str]
) -> float:
    """Return Jaccard's measure, less where both texts have facts and not one in common."""
    if not shared:
        return 0.0
    jaccard = shared / (size + other_size - shared)
    return jaccard * OTHER_FACTS if _differ(facts, other_facts) else jaccard


def _differ(facts: frozenset[str], other_facts: frozenset[str]) -> bool:
    """Return whether both texts have facts and not one in common, slips of the finger aside."""
    if not facts or not other_facts or facts & other_facts:
        return False
    return not any(
        _slipped(one, other) or _slipped(other, one) for one in facts for other in other_facts
    )


def _slipped(one: str, other: str) -> bool:
    """Return whether ``other`` is ``one`` with two letters swapped, or one of them lost."""
    if len(one) == len(other):
        return len(one) > 1 and sorted(one) == sorted(other)
    lost = len(one) == len(other) + 1 and len(other) > 1
    return lost and any(one[:at] + one[at + 1 :] == other for at in range(len(one)))


class Index:
    """Earlier texts, and the nearest of them to a new one. Pairs are kept as small numbers."""

    __slots__ = ("_facts", "_ids", "_known", "_lists", "_numbers", "_pieces")

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._known: set[str] = set()
        self._facts: list[frozenset[str]] = []
        self._numbers: dict[str, int] = {}
        self._pieces: list[array[int]] = []
        self._lists: list[array[int]] = []

    def __len__(self) -> int:
        """Return how many texts there are."""
        return len(self._ids)

    def add(self, text_id: str, text: str) -> None:
        """Remember ``text``.

        Raises
        ------
        InvalidProblem
            If ``text_id`` is there already.
        """
        if text_id in self._known:
            raise InvalidProblem(f"text {text_id} is there already")
        row = len(self._ids)
        self._known.add(text_id)
        self._ids.append(text_id)
        self._facts.append(facts_of(text))
        numbers = array("I", sorted(self._number(piece) for piece in shingles(text)))
        self._pieces.append(numbers)
        for number in numbers:
            self._lists[number].append(row)

    def nearest(self, text: str) -> Near | None:
        """Return the earlier text most like ``text``; of equals the first; None if none is."""
        pieces, facts = shingles(text), facts_of(text)
        known = frozenset(
            number for piece in pieces if (number := self._numbers.get(piece)) is not None
        )
        best: Near | None = None
        for row in self._candidates(known, len(pieces)):
            other = self._pieces[row]
            score = _score(
                len(known.intersection(other)), len(pieces), len(other), facts, self._facts[row]
            )
            if score >= SAME_NEED and (best is None or score > best.score):
                best = Near(self._ids[row], score)
        return best

    def _number(self, piece: str) -> int:
        number = self._numbers.setdefault(piece, len(self._lists))
        if number == len(self._lists):
            self._lists.append(array("I"))
        return number

    def _candidates(self, known: frozenset[int], size: int) -> list[int]:
        """Return the rows that share most of the rarest pairs of a text with ``size`` pairs."""
        telling = size - ceil(SAME_NEED * size) + 1 - (size - len(known))
        rarest = sorted((len(self._lists[number]), number) for number in known)
        counts: Counter[int] = Counter()
        read = 0
        for length, number in rarest[: max(telling, 0)]:
            if read and read + length > POSTINGS_READ:
                break
            counts.update(self._lists[number][:POSTINGS_READ])
            read += length
        likeliest = nsmallest(CANDIDATES, counts.items(), key=lambda pair: (-pair[1], pair[0]))
        return sorted(row for row, _ in likeliest)
