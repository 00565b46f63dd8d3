"""Words that a group uses in its own way, learned from corrections: 园区大厂 means 海门三厂."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shuniu.engines.extraction.freight.normal import Normal, normalise

MOST_LETTERS = 30


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the group and how the reader would have understood it: ``means`` in its stead."""

    word: str
    means: str


def with_words(normal: Normal, words: tuple[Word, ...]) -> Normal:
    """Return the text with every learned word replaced; spans still cut the typed word.

    The longest word wins. What is put in is not searched again, so no table can run in circles.
    """
    known = {normalise(each.word).text: normalise(each.means).text for each in words if each.word}
    if not known:
        return normal
    longest_first = sorted(known, key=len, reverse=True)
    pattern = re.compile("|".join(re.escape(word) for word in longest_first))
    letters: list[str] = []
    origins: list[int] = []
    place = 0
    for match in pattern.finditer(normal.text):
        start, end = match.span()
        means = known[match[0]]
        typed = normal.origin_of[start:end]
        letters += [normal.text[place:start], means]
        origins += normal.origin_of[place:start]
        origins += [typed[min(at, len(typed) - 1)] for at in range(len(means) - 1)]
        origins += [typed[-1]] if means else []
        place = end
    letters.append(normal.text[place:])
    origins += normal.origin_of[place:]
    return Normal("".join(letters), tuple(origins))
