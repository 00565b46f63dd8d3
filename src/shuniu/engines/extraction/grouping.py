"""Putting needs together that tell of one event: the same outage, the same road, the same policy.

Two texts are likened by their character pairs (tf-idf, cosine), by rare runs of three characters
(names that no list knows), by the words of the lexicon they share, by category, by what they name
and by the trouble they tell of: a shared street or company speaks for one event, two different
ones or two troubles against it. Groups grow by average linkage: the two groups that are
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

from shuniu.engines.extraction.aspects import Named, differ, names_of, troubles_of, without_names
from shuniu.engines.extraction.needs import NeedModel, NeedReading, read_need
from shuniu.engines.extraction.plain import plain
from shuniu.engines.extraction.similarity import shingles

# Weights of likeness, found on events written for the purpose; one is a text and itself.
TEXT = 0.7
SHARED_WORDS = 0.23
OTHER_WORDS = -0.1
SAME_PLACE = 0.45
OTHER_PLACE = -2.15
# A company, a school, a line, a market: there is less to tell of them than of a road.
SAME_BODY = 0.15
SAME_RUN = 0.12
RUNS_COUNTED = 4
SAME_TROUBLE = 0.36
OTHER_TROUBLE = -0.3
ONE_TROUBLE = -0.16
SAME_CATEGORY = 0.06
OTHER_CATEGORY = -0.07
OTHER_CATEGORY_SAME_PLACE = -0.19
# Two that press and tell of the same network or the same air probably tell of one event.
BOTH_PRESS = 0.2
# What an enterprise wishes for itself is no event, however alike two wishes sound.
OWN_WISH = -0.31
# Mean likeness of two groups from which they are one.
ONE_EVENT = 0.51
# Texts that share nothing but what more than this many have are not compared.
COMMON = 400

_RUN = re.compile(r"[㐀-鿿a-z0-9]{3,}")
_PRESSING = frozenset({"critical", "high"})
_WISHES = frozenset({"match", "self_service", "no_action"})
_NETWORKS = frozenset({"utility_power", "utility_heat", "utility_gas", "utility_water"})
_BODIES = frozenset({"company", "school", "market", "line", "station", "document"})
_AREAWIDE = frozenset({"ict", "environment", "policy", "epidemic", "municipal"})


@dataclass(frozen=True, slots=True)
class _Seen:
    """What of a text is compared: weights of its pairs (length one), words, places, the reading."""

    pairs: Mapping[str, float]
    words: frozenset[str]
    places: frozenset[Named]
    troubles: frozenset[str]
    runs: Mapping[str, float]
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


def _seen(texts: Sequence[str], model: NeedModel) -> list[_Seen]:
    pieces = [shingles(without_names(text)) for text in texts]
    counts = Counter(piece for row in pieces for piece in row)
    runs = [_runs(text) for text in texts]
    rarity = _rarity(runs)
    seen = []
    for number, (text, row) in enumerate(zip(texts, pieces, strict=True)):
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
                places=names_of(text),
                troubles=troubles_of(text),
                runs={run: rarity[run] for run in runs[number] if rarity[run] > 0},
                reading=reading,
            )
        )
    return seen


def _runs(text: str) -> frozenset[str]:
    """Return the three characters in a row of ``text`` that have no signs between them."""
    return frozenset(
        run[at : at + 3] for run in _RUN.findall(plain(text).text) for at in range(len(run) - 2)
    )


def _rarity(runs: Sequence[frozenset[str]]) -> dict[str, float]:
    """Return for each run how much it tells: 1 if two texts have it, 0 if a tenth or more have."""
    counts = Counter(run for row in runs for run in row)
    most = log(max(len(runs) / 10, 4) / 2)
    return {run: max(0.0, 1 - log(max(count, 2) / 2) / most) for run, count in counts.items()}


def _likenesses(seen: Sequence[_Seen]) -> dict[tuple[int, int], float]:
    """Return the likeness of the texts that share a pair, a word or a place that is not common."""
    found: dict[tuple[int, int], float] = {}
    for one, other in sorted(set(_candidates(seen))):
        found[one, other] = _likeness(seen[one], seen[other])
    return found


def _candidates(seen: Sequence[_Seen]) -> Iterator[tuple[int, int]]:
    lists: dict[str, list[int]] = {}
    for number, row in enumerate(seen):
        for key in {*row.pairs, *row.words, *(named.name for named in row.places)}:
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
    same_places = one.places & other.places
    if differ(one.places, other.places):
        total += OTHER_PLACE
    elif same_places:
        total += SAME_PLACE
        if any(named.kind in _BODIES for named in same_places):
            total += SAME_BODY
    same_run = sum(weight for run, weight in one.runs.items() if run in other.runs)
    total += SAME_RUN * min(same_run, RUNS_COUNTED)
    if one.reading.route in _WISHES or other.reading.route in _WISHES:
        total += OWN_WISH
    elif one.troubles and other.troubles:
        alike = len(one.troubles & other.troubles)
        total += SAME_TROUBLE * min(alike, 2) if alike else OTHER_TROUBLE
    elif one.troubles or other.troubles:
        total += ONE_TROUBLE
    if one.reading.category != other.reading.category:
        return total + (OTHER_CATEGORY_SAME_PLACE if same_places else OTHER_CATEGORY)
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
