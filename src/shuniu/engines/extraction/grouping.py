"""Putting needs together that tell of one event: the same outage, the same road, the same policy.

Two texts are likened by their character pairs (tf-idf, cosine), by the words of the lexicon they
share, by category, and by the places they name: a shared street or bus line speaks for one
event, two different streets against it. Groups grow by average linkage: the two groups that are
most alike are joined while the mean likeness between their members is high enough.

References
----------
Sokal, R. R., and C. D. Michener (1958). A Statistical Method for Evaluating Systematic
Relationships. *University of Kansas Science Bulletin* 38, 1409-1438.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from math import log, sqrt

from shuniu.engines.extraction.needs import NeedModel, NeedReading, read_need
from shuniu.engines.extraction.plain import plain
from shuniu.engines.extraction.similarity import shingles

# Weights of likeness, found on events written for the purpose; one is a text and itself.
TEXT = 0.7
SHARED_WORDS = 0.3
OTHER_WORDS = -0.1
SAME_PLACE = 0.45
OTHER_PLACE = -1.5
SAME_CATEGORY = 0.15
OTHER_CATEGORY = -0.25
OTHER_CATEGORY_SAME_PLACE = -0.1
# Two that press and tell of the same network or the same air probably tell of one event.
BOTH_PRESS = 0.2
# What an enterprise wishes for itself is no event, however alike two wishes sound.
OWN_WISH = -0.4
# Mean likeness of two groups from which they are one.
ONE_EVENT = 0.27
# Texts that share nothing but what more than this many have are not compared.
COMMON = 400

_PRESSING = frozenset({"critical", "high"})
_WISHES = frozenset({"match", "self_service", "no_action"})
_NETWORKS = frozenset({"utility_power", "utility_heat", "utility_gas", "utility_water"})
_AREAWIDE = frozenset({"ict", "environment", "policy", "epidemic", "municipal"})
_PLACES = re.compile(
    r"[a-z]?[0-9]{1,9}(?:路(?!由)|号楼|号门|号厂房|号线|幢|号桥)|《[^》]{2,20}》"
    r"|[一-鿿]{2}(?:大道|公路|路|街|桥|河|港|小区|产业园|科技园|码头|收费站|大厦|泵站|变电站|变电所|开闭所|污水厂)"
)
# 道路, 一条路, 大门路口: a street without a name.
_NO_NAME = re.compile(
    r"(?:.[条前这那修道马线公网电思水气有的上此该园个段过乘走铺整]|[厂大东南西北出]门|门口|口这)"
    r"(?:大道|公路|路|街|桥|河|港|小区|码头)"
)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What of a text is compared: weights of its pairs (length one), words, places, the reading."""

    pairs: Mapping[str, float]
    words: frozenset[str]
    places: frozenset[str]
    reading: NeedReading


def group_events(texts: Sequence[str], model: NeedModel) -> tuple[int, ...]:
    """Return for each text the number of its group: 1 for that of the first text, then upwards.

    Raises
    ------
    InvalidProblem
        If a text is empty.
    """
    seen = _seen(texts, model)
    parent = _joined(len(seen), _likenesses(seen))
    numbers: dict[int, int] = {}
    return tuple(numbers.setdefault(root, len(numbers) + 1) for root in parent)


def places_of(text: str) -> frozenset[str]:
    """Return the streets, bus lines, buildings and documents that a text names."""
    found = (hit[0] for hit in _PLACES.finditer(plain(text).text))
    return frozenset(place for place in found if not _NO_NAME.fullmatch(place))


def _seen(texts: Sequence[str], model: NeedModel) -> list[_Seen]:
    pieces = [shingles(_PLACES.sub("", plain(text).text)) for text in texts]
    counts = Counter(piece for row in pieces for piece in row)
    seen = []
    for text, row in zip(texts, pieces, strict=True):
        weights = {piece: log((len(texts) + 1) / counts[piece]) + 0.2 for piece in sorted(row)}
        length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        reading = read_need(text, model)
        hits = (hit.word for hit in model.topics.hits(plain(text).text))
        seen.append(
            _Seen(
                pairs={piece: weight / length for piece, weight in weights.items()},
                words=frozenset(
                    word for word in hits if model.topics.weight_for(word, reading.category) > 0
                ),
                places=places_of(text),
                reading=reading,
            )
        )
    return seen


def _likenesses(seen: Sequence[_Seen]) -> dict[tuple[int, int], float]:
    """Return the likeness of the texts that share a pair, a word or a place that is not common."""
    found: dict[tuple[int, int], float] = {}
    for one, other in sorted(set(_candidates(seen))):
        found[one, other] = _likeness(seen[one], seen[other])
    return found


def _candidates(seen: Sequence[_Seen]) -> Iterator[tuple[int, int]]:
    lists: dict[str, list[int]] = {}
    for number, row in enumerate(seen):
        for key in {*row.pairs, *row.words, *row.places}:
            lists.setdefault(key, []).append(number)
    for numbers in lists.values():
        if len(numbers) <= COMMON:
            yield from (
                (one, other) for at, one in enumerate(numbers) for other in numbers[at + 1 :]
            )


def _likeness(one: _Seen, other: _Seen) -> float:
    total = TEXT * sum(weight * other.pairs.get(piece, 0.0) for piece, weight in one.pairs.items())
    if one.words and other.words:
        shared = len(one.words & other.words) / min(len(one.words), len(other.words))
        total += SHARED_WORDS * shared if shared else OTHER_WORDS
    if one.places & other.places:
        total += SAME_PLACE
    elif one.places and other.places:
        total += OTHER_PLACE
    if one.reading.route in _WISHES or other.reading.route in _WISHES:
        total += OWN_WISH
    if one.reading.category != other.reading.category:
        same_place = bool(one.places & other.places)
        return total + (OTHER_CATEGORY_SAME_PLACE if same_place else OTHER_CATEGORY)
    return total + SAME_CATEGORY + (BOTH_PRESS if _press(one.reading, other.reading) else 0.0)


def _press(one: NeedReading, other: NeedReading) -> bool:
    """Return whether both tell of trouble that reaches more than one enterprise."""
    if one.category in _NETWORKS:
        return "low" not in (one.urgency, other.urgency)
    pressing = one.urgency in _PRESSING and other.urgency in _PRESSING
    return pressing and one.category in _AREAWIDE


def _joined(count: int, likeness: dict[tuple[int, int], float]) -> list[int]:
    """Return for each text the smallest number in its group, after all joins that are allowed."""
    members = {number: [number] for number in range(count)}
    sums: dict[int, dict[int, float]] = {number: {} for number in range(count)}
    for (one, other), value in likeness.items():
        sums[one][other] = sums[other][one] = value
    heap = [(-value, one, other) for (one, other), value in likeness.items() if value >= ONE_EVENT]
    heapify(heap)
    while heap:
        value, one, other = heappop(heap)
        if one not in members or other not in members or -value != _mean(sums, members, one, other):
            continue
        _join(sums, members, one, other)
        for third in sums[one]:
            mean = _mean(sums, members, one, third)
            if mean >= ONE_EVENT:
                heappush(heap, (-mean, min(one, third), max(one, third)))
    return [root for _, root in sorted((m, root) for root, row in members.items() for m in row)]


def _mean(
    sums: dict[int, dict[int, float]], members: dict[int, list[int]], one: int, other: int
) -> float:
    return sums[one].get(other, 0.0) / (len(members[one]) * len(members[other]))


def _join(
    sums: dict[int, dict[int, float]], members: dict[int, list[int]], one: int, other: int
) -> None:
    """Take the group ``other`` into ``one``; the likeness to a third group is the sum of both."""
    members[one] += members.pop(other)
    sums[one].pop(other, None)
    for third, value in sums.pop(other).items():
        if third != one:
            sums[third].pop(other)
            sums[one][third] = sums[third][one] = sums[one].get(third, 0.0) + value
