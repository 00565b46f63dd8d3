"""What a text is about: nearness to the phrases of each category, and words that speak for it.

The learned part is a nearest-centroid classifier: each phrase is a vector of its character
n-grams (1 to 3), weighted by rarity and brought to length one; a category is the mean of its
phrases. The known part adds a weight for each word of the lexicon that is in the text. Both are
sums over pieces of the text, so the pieces that decided can be shown.

References
----------
Han, E.-H., and G. Karypis (2000). Centroid-Based Document Classification: Analysis and
Experimental Results. *PKDD 2000*, 424-431. https://doi.org/10.1007/3-540-45372-5_46
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
LEARNED = 2.0
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
class TopicModel:
    """What was learned: ``codes`` of the categories, and for each piece of text what it says.

    Attributes
    ----------
    codes
        Category codes in the order of the lexicon.
    grams
        For an n-gram the pairs (category index, weight) that are not zero.
    words
        For a word of the lexicon the pairs (category index, weight).
    longest
        Characters of the longest word.
    """

    codes: tuple[str, ...]
    grams: Mapping[str, tuple[tuple[int, float], ...]]
    words: Mapping[str, tuple[tuple[int, float], ...]]
    longest: int

    def scores(self, text: str) -> list[float]:
        """Return for each category how much speaks for it in a plain ``text``; any size."""
        read = text[:READ_CHARACTERS]
        sums = [0.0] * len(self.codes)
        known = 0
        for gram in sorted(ngrams(read)):  # sorted: float sums must not depend on set order
            weights = self.grams.get(gram)
            if weights is None:
                continue
            known += 1
            for index, weight in weights:
                sums[index] += weight
        scale = LEARNED / sqrt(known) if known else 0.0
        scores = [total * scale for total in sums]
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


def train_topics(categories: Sequence[Category]) -> TopicModel:
    """Return the model that knows ``categories``.

    Raises
    ------
    InvalidProblem
        If there is no category, or a code is there twice.
    """
    codes = tuple(category.code for category in categories)
    if not codes or len(set(codes)) != len(codes):
        raise InvalidProblem("categories are needed, each code once")
    words = _word_weights(categories)
    return TopicModel(
        codes=codes,
        grams=MappingProxyType(_gram_weights(categories)),
        words=MappingProxyType(words),
        longest=max(map(len, words), default=0),
    )


def _gram_weights(categories: Sequence[Category]) -> dict[str, tuple[tuple[int, float], ...]]:
    examples = [(index, pieces) for index, pieces in _examples(categories) if pieces]
    seen = Counter(piece for _, pieces in examples for piece in pieces)
    rarity = {piece: log((1 + len(examples)) / count) for piece, count in seen.items()}
    sums: dict[str, dict[int, float]] = {piece: {} for piece in seen}
    for index, pieces in examples:
        length = sqrt(sum(rarity[piece] ** 2 for piece in sorted(pieces)))
        for piece in pieces:
            row = sums[piece]
            row[index] = row.get(index, 0.0) + rarity[piece] / length
    norms = [0.0] * len(categories)
    for row in sums.values():
        for index, weight in row.items():
            norms[index] += weight * weight
    return {
        piece: tuple(
            (index, weight / sqrt(norms[index]) * rarity[piece]) for index, weight in row.items()
        )
        for piece, row in sums.items()
    }


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
