"""What a text is about: nearness to the phrases of each category, and words that speak for it.

The learned part is the sum of two linear models over character n-grams (1 to 3). One is a
nearest-centroid classifier: each phrase is a vector of its pieces, weighted by rarity and brought
to length one; a category is the mean of its phrases. The other is naive Bayes over the counts of
pieces, weighted by the root of their rarity; it takes counts from confirmed cases too. They err
on different texts. The known part adds a weight for each word of the lexicon that is in the text.
All are sums over pieces of the text, so the pieces that decided can be shown.

References
----------
Han, E.-H., and G. Karypis (2000). Centroid-Based Document Classification: Analysis and
Experimental Results. *PKDD 2000*, 424-431. https://doi.org/10.1007/3-540-45372-5_46

Rennie, J. D. M., L. Shih, J. Teevan, and D. R. Karger (2003). Tackling the Poor Assumptions of
Naive Bayes Text Classifiers. *ICML 2003*, 616-623.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from types import MappingProxyType

from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.extraction.lexicon import Category
from shuniu.engines.extraction.plain import READ_CHARACTERS, plain

# Weights of evidence, chosen by cross-validation (benchmarks/needs.py): about one unit is one word.
SIGNAL = 2.5
WORD = 1.0
LEARNED = 3.0
COUNTED = 0.35
# What a piece that a category has never shown counts there: keeps one stray piece from deciding.
UNSEEN = 0.3
# Characters of the longest n-gram.
LONGEST_PIECE = 3
# A longer word says more than a short one: a quarter more for each character from the third on.
LENGTH_GAIN = 0.25
LONGEST_GAIN = 4

_RUN = re.compile(r"[㐀-鿿]+|[a-z]+|[0-9]+")


@dataclass(frozen=True, slots=True)
class WordHit:
    """A word of the lexicon at ``[start, end)`` of a plain text."""

    start: int
    end: int
    word: str


@dataclass(frozen=True, slots=True)
class PieceCounts:
    """How often each n-gram was met in confirmed cases: at most once a case."""

    cases: int
    pieces: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class TopicModel:
    """What was learned: ``codes`` of the categories, and for each piece of text what it says.

    Attributes
    ----------
    codes
        Category codes in the order of the lexicon.
    grams
        For an n-gram its commonness weight, and the pairs (category index,
        weight) that are not zero.
    bases
        For each category what a known piece it has not shown speaks for it,
        times the commonness weight; the mean is zero.
    words
        For a word of the lexicon the pairs (category index, weight).
    longest
        Characters of the longest word.
    """

    codes: tuple[str, ...]
    grams: Mapping[str, tuple[float, tuple[tuple[int, float], ...]]]
    bases: tuple[float, ...]
    words: Mapping[str, tuple[tuple[int, float], ...]]
    longest: int

    def scores(self, text: str) -> list[float]:
        """Return for each category how much speaks for it in a plain ``text``; any size."""
        read = text[:READ_CHARACTERS]
        sums = [0.0] * len(self.codes)
        known = 0
        common = 0.0
        for gram in sorted(ngrams(read)):  # sorted: float sums must not depend on set order
            found = self.grams.get(gram)
            if found is None:
                continue
            known += 1
            common += found[0]
            for index, weight in found[1]:
                sums[index] += weight
        scale = 1 / sqrt(known) if known else 0.0
        scores = [
            (total + base * common) * scale for total, base in zip(sums, self.bases, strict=True)
        ]
        for word in dict.fromkeys(hit.word for hit in self.hits(read)):
            for index, weight in self.words[word]:
                scores[index] += weight
        return scores

    def hits(self, text: str) -> list[WordHit]:
        """Return the words of the lexicon in a plain ``text`` that lie in no longer one."""
        found: list[WordHit] = []
        covered = 0
        for start in range(len(text)):
            for size in range(min(self.longest, len(text) - start), 0, -1):
                end = start + size
                if end <= covered:
                    break
                word = text[start:end]
                if word in self.words and _stands_alone(text, start, end):
                    found.append(WordHit(start, end, word))
                    covered = end
                    break
        return found

    def weight_for(self, word: str, code: str) -> float:
        """Return what ``word`` adds to the category ``code``."""
        index = self.codes.index(code)
        return next((weight for at, weight in self.words[word] if at == index), 0.0)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Return whether a Latin word is not a part of a longer one; Chinese words always stand."""
    if not text[start:end].isascii():
        return True
    before = start > 0 and text[start - 1].isascii() and text[start - 1].isalnum()
    after = end < len(text) and text[end].isascii() and text[end].isalnum()
    return not (before or after)


def ngrams(text: str) -> set[str]:
    """Return the pieces a plain ``text`` is compared by.

    Chinese runs give every one to three characters in a row, Latin words
    themselves, all numbers the same piece: how many is not what it is about.
    """
    pieces: set[str] = set()
    for run in _RUN.findall(text):
        if run[0].isdigit():
            pieces.add("0")
        elif run[0].isascii():
            pieces.add(run)
        else:
            pieces.update(
                run[at : at + size] for size in (1, 2, 3) for at in range(len(run) - size + 1)
            )
    return pieces


def train_topics(
    categories: Sequence[Category], counted: Mapping[str, PieceCounts] | None = None
) -> TopicModel:
    """Return the model that knows ``categories``, and what was ``counted`` in confirmed cases.

    Raises
    ------
    InvalidProblem
        If there is no category, a code is there twice, or a counted one is unknown.
    """
    codes = tuple(category.code for category in categories)
    if not codes or len(set(codes)) != len(codes):
        raise InvalidProblem("categories are needed, each code once")
    counts = counted or {}
    if not set(codes).issuperset(counts):
        raise InvalidProblem("cases were counted for a category that is not there")
    examples = [(index, pieces) for index, pieces in _examples(categories) if pieces]
    seen = [Counter(counts[code].pieces) if code in counts else Counter() for code in codes]
    for index, pieces in examples:
        seen[index].update(pieces)
    number = len(examples) + sum(count.cases for count in counts.values())
    rarity = _rarity(seen, number)
    near = _centroids(examples, rarity, len(codes))
    words = _word_weights(categories)
    return TopicModel(
        codes=codes,
        grams=MappingProxyType(_gram_weights(near, seen, rarity)),
        bases=_bases(seen, len(rarity)),
        words=MappingProxyType(words),
        longest=max(map(len, words), default=0),
    )


def _rarity(seen: Sequence[Counter[str]], number: int) -> dict[str, float]:
    """Return for each piece the logarithm of how many examples there are for one that has it.

    A longest piece that was met once is left out: its shorter ones say nearly the same.
    """
    total: Counter[str] = Counter()
    for row in seen:
        total.update(row)
    return {
        piece: log((1 + number) / count)
        for piece, count in total.items()
        if count > 1 or len(piece) < LONGEST_PIECE
    }


def _centroids(
    examples: Sequence[tuple[int, set[str]]], rarity: Mapping[str, float], categories: int
) -> dict[str, dict[int, float]]:
    """Return for each piece its weight in the mean of each category that shows it."""
    sums: dict[str, dict[int, float]] = {}
    for index, pieces in examples:
        known = sorted(piece for piece in pieces if piece in rarity)
        if not known:
            continue
        length = sqrt(sum(rarity[piece] ** 2 for piece in known))
        for piece in known:
            row = sums.setdefault(piece, {})
            row[index] = row.get(index, 0.0) + rarity[piece] / length
    norms = [0.0] * categories
    for row in sums.values():
        for index, weight in row.items():
            norms[index] += weight * weight
    for piece, row in sums.items():
        for index, weight in row.items():
            row[index] = LEARNED * weight / sqrt(norms[index]) * rarity[piece]
    return sums


def _gram_weights(
    near: Mapping[str, dict[int, float]], seen: Sequence[Counter[str]], rarity: Mapping[str, float]
) -> dict[str, tuple[float, tuple[tuple[int, float], ...]]]:
    """Return for each piece the sum of both models, as ``TopicModel.grams`` holds it."""
    common = {piece: COUNTED * sqrt(max(rare, 0.0)) for piece, rare in rarity.items()}
    rows = {piece: dict(near.get(piece, {})) for piece in rarity}
    for index, counts in enumerate(seen):
        for piece, count in counts.items():
            row = rows.get(piece)
            if row is None:
                continue
            row[index] = row.get(index, 0.0) + common[piece] * log((count + UNSEEN) / UNSEEN)
    return {piece: (common[piece], tuple(row.items())) for piece, row in rows.items()}


def _bases(seen: Sequence[Counter[str]], pieces: int) -> tuple[float, ...]:
    """Return for each category what its size takes from a piece, less the mean of all."""
    sizes = [log(counts.total() + UNSEEN * max(pieces, 1)) for counts in seen]
    mean = sum(sizes) / len(sizes)
    return tuple(mean - size for size in sizes)


def _examples(categories: Sequence[Category]) -> Iterator[tuple[int, set[str]]]:
    for index, category in enumerate(categories):
        for text in (*category.phrases, *category.names):
            yield index, ngrams(plain(text).text)


def _word_weights(categories: Sequence[Category]) -> dict[str, tuple[tuple[int, float], ...]]:
    found: dict[str, dict[int, float]] = {}
    for index, category in enumerate(categories):
        for words, weight in ((category.words, WORD), (category.signals, SIGNAL)):
            for word in words:
                row = found.setdefault(plain(word).text, {})
                row[index] = max(row.get(index, 0.0), weight)
    return {
        word: tuple((index, _weight(word, weight, len(row))) for index, weight in row.items())
        for word, row in found.items()
    }


def _weight(word: str, weight: float, sharers: int) -> float:
    """Return the weight of a word: more if it is long, less if categories share it."""
    return weight * (1 + LENGTH_GAIN * (min(len(word), LONGEST_GAIN) - 2)) / sqrt(sharers)
