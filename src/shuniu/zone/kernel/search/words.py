"""How texts are cut, so that any part of a word is found exactly, in Chinese and out of it.

A text is brought to one width and case and cut into runs of letters and digits. A run becomes its
overlapping pairs of characters and its last character alone: “停电了” becomes 停电, 电了, 了. What
is asked for is cut the same way; it stands in a run if its pairs follow one another there. The
single character at the end of each run lets no row of pairs go across two runs. Each token begins
with the mark of its part (heading, body …), so that one index serves questions about any of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

MOST_CHARACTERS = 100_000  # of one row: PostgreSQL holds at most a megabyte of tokens
MOST_RUNS = 12
MOST_ASKED = 100
LONGEST_CUT = 12
SHORTEST_PART = 2
BEGIN = "‹"  # stands before a name, so that its beginning can be asked for
NOT_IN_RUN = re.compile(r"[\W_]+")
CHINESE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")

Piece = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody looks for.

    Attributes
    ----------
    ways
        A row is found if it has all runs of one of them, anywhere and in any order.
    """

    ways: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def read(cls, text: str) -> Query:
        """Return the query of what was typed; it is empty if that has no letter and no digit."""
        runs = tuple(dict.fromkeys(runs_of(text[:MOST_ASKED])))[:MOST_RUNS]
        return cls((runs,)) if runs else cls()

    def __bool__(self) -> bool:
        return bool(self.ways)

    @property
    def runs(self) -> tuple[str, ...]:
        """Return every run that is asked for, once."""
        return tuple(dict.fromkeys(run for way in self.ways for run in way))

    @property
    def is_one_pair(self) -> bool:
        """Return whether a single pair of characters is asked for."""
        return len(self.ways) == 1 and len(self.ways[0]) == 1 and len(self.ways[0][0]) == 2

    def replacing(self, run: str, parts: Iterable[tuple[str, ...]]) -> Query:
        """Return the query with other runs in the place of one: each of ``parts`` is a way."""
        return replace(
            self,
            ways=tuple(
                tuple(new for old in way for new in (put if old == run else (old,)))
                for put in parts
                for way in self.ways
            ),
        )


def runs_of(text: str) -> list[str]:
    """Return the runs of letters and digits of a text, in one width and case."""
    return [run for run in NOT_IN_RUN.split(folded(text)) if run]


@lru_cache(maxsize=4096)
def _folded_short(text: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def folded(text: str) -> str:
    """Return a text in one width and case."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def begun(name: str) -> str:
    """Return the first run of a name with the mark of a beginning; empty if it has none."""
    runs = runs_of(name)
    return BEGIN + runs[0] if runs else ""


def tokens_of(parts: Mapping[str, Iterable[str]]) -> str:
    """Return the stored form of a row: its tokens with a blank around each.

    ``parts`` are the runs by the mark of their part, a single letter.
    """
    room = MOST_CHARACTERS
    tokens: list[str] = []
    for mark, runs in parts.items():
        for run in runs:
            kept = run[:room]
            room -= len(kept)
            tokens += [mark + kept[at : at + 2] for at in range(len(kept))]
    return f" {' '.join(tokens)} " if tokens else ""


def phrase_of(run: str, mark: str) -> tuple[str, ...]:
    """Return the tokens that must follow one another where a run stands; none for one character."""
    return tuple(mark + run[at : at + 2] for at in range(len(run) - 1))


def pairs_in(stored: str) -> set[str]:
    """Return the pairs of characters in the stored form of a row, without their marks."""
    return {token[1:] for token in set(stored.split()) if len(token) == 3 and token[1] != BEGIN}


def cuts_of(run: str) -> dict[int, list[tuple[str, ...]]]:
    """Return every way to cut a long Chinese run into parts of two or more, by number of parts."""
    found: dict[int, list[tuple[str, ...]]] = {}
    if CHINESE.fullmatch(run) and 2 * SHORTEST_PART <= len(run) <= LONGEST_CUT:
        for cut in _cuts(run):
            if len(cut) > 1:
                found.setdefault(len(cut), []).append(cut)
    return dict(sorted(found.items()))


def _cuts(run: str) -> Iterator[tuple[str, ...]]:
    yield (run,)
    for size in range(SHORTEST_PART, len(run) - SHORTEST_PART + 1):
        for rest in _cuts(run[size:]):
            yield (run[:size], *rest)


def marked(text: str, query: Query) -> list[Piece]:
    """Return a text in pieces, each with whether it is something that was asked for."""
    plain, origins = _plain(text)
    is_hit = bytearray(len(text))
    for run in query.runs:
        at = plain.find(run)
        while at >= 0:
            first, last = origins[at], origins[at + len(run) - 1]
            is_hit[first : last + 1] = b"\x01" * (last + 1 - first)
            at = plain.find(run, at + len(run))
    pieces: list[Piece] = []
    begun_at = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or is_hit[at] != is_hit[begun_at]:
            pieces.append((text[begun_at:at], bool(is_hit[begun_at])))
            begun_at = at
    return pieces


def excerpt(text: str, query: Query, *, most: int = 110) -> list[Piece]:
    """Return the part of a text around what was asked for, in pieces; all of a short text."""
    words = " ".join(text.split())
    if len(words) <= most:
        return marked(words, query)
    plain, origins = _plain(words)
    places = [at for at in map(plain.find, query.runs) if at >= 0]
    hit = origins[min(places)] if places else 0
    start = max(0, min(hit - most // 4, len(words) - most))
    pieces = marked(words[start : start + most], query)
    before = [("…", False)] if start else []
    after = [("…", False)] if start + most < len(words) else []
    return [*before, *pieces, *after]


def _plain(text: str) -> tuple[str, Sequence[int]]:
    """Return the text in one width and case, and from which character each of it came."""
    if len(whole := folded(text)) == len(text):
        return whole, range(len(text))
    plain: list[str] = []
    origins: list[int] = []
    for at, character in enumerate(text):
        for new in _folded_short(character):
            plain.append(new)
            origins.append(at)
    return "".join(plain), origins
