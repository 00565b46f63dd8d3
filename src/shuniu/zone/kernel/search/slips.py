"""What somebody may have meant who typed one character wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

from shuniu.zone.kernel.models import WordPair

LONGEST_RUN = 20
MOST_NEIGHBORS = 400


@dataclass(frozen=True, slots=True)
class Known:
    """Which pairs of characters stand in what can be found, around one run.

    Attributes
    ----------
    after, before
        A character to those that follow it, and to those that stand before it.
    """

    after: dict[str, frozenset[str]]
    before: dict[str, frozenset[str]]

    @classmethod
    def around(cls, run: str) -> Known:
        """Return what is known around the characters of a run."""
        characters = sorted(set(run))
        forward = WordPair.objects.filter(first__in=characters)
        backward = WordPair.objects.filter(second__in=characters)
        after: dict[str, set[str]] = {}
        before: dict[str, set[str]] = {}
        for first, second in forward.values_list("first", "second"):
            after.setdefault(first, set()).add(second)
        for first, second in backward.values_list("first", "second"):
            before.setdefault(second, set()).add(first)
        return cls(
            {key: frozenset(found) for key, found in after.items()},
            {key: frozenset(found) for key, found in before.items()},
        )

    def has(self, text: str) -> bool:
        """Return whether every pair of a text is known, as far as it touches the run."""
        return all(
            b in self.after.get(a, ()) or a in self.before.get(b, ()) for a, b in pairwise(text)
        )

    def between(self, left: str, right: str) -> frozenset[str]:
        """Return the characters that are known between two; an empty one stands for any."""
        following = self.after.get(left, frozenset())
        leading = self.before.get(right, frozenset())
        if left and right:
            return following & leading
        found = following if left else leading
        return found if len(found) <= MOST_NEIGHBORS else frozenset()


def slips_of(run: str) -> Iterator[str]:
    """Yield what a run would be without one slip of the hand, the likeliest first.

    A character with the same sound is what an input method offers by mistake: it comes first. Then
    two that changed places, one too many, one that is missing, and any other wrong one. A number
    has no slips: every other number is as good.
    """
    if not 2 <= len(run) <= LONGEST_RUN or run.isdecimal():
        return
    known = Known.around(run)
    swapped = list(_substituted(run, known))
    same = [text for text, old, new in swapped if sounds(old) & sounds(new)]
    others = [text for text, old, new in swapped if not sounds(old) & sounds(new)]
    found = chain(same, _turned(run), _shortened(run), _lengthened(run, known), others)
    for text in dict.fromkeys(found):
        if text != run and known.has(text):
            yield text


def _substituted(run: str, known: Known) -> Iterator[tuple[str, str, str]]:
    for at, old in enumerate(run):
        left, right = run[at - 1 : at] if at else "", run[at + 1 : at + 2]
        for new in sorted(known.between(left, right) - {old}):
            yield run[:at] + new + run[at + 1 :], old, new


def _turned(run: str) -> Iterator[str]:
    for at in range(len(run) - 1):
        yield run[:at] + run[at + 1] + run[at] + run[at + 2 :]


def _shortened(run: str) -> Iterator[str]:
    if len(run) > 2:
        for at in range(len(run)):
            yield run[:at] + run[at + 1 :]


def _lengthened(run: str, known: Known) -> Iterator[str]:
    for at in range(1, len(run)):
        for new in sorted(known.between(run[at - 1], run[at])):
            yield run[:at] + new + run[at:]


@lru_cache(maxsize=8192)
def sounds(character: str) -> frozenset[str]:
    """Return how a Chinese character can sound, without tones; others have no sound."""
    from pypinyin import Style, pinyin  # noqa: PLC0415  # its table is large and seldom needed

    if not character or ord(character) < 0x3400:
        return frozenset()
    return frozenset(pinyin(character, style=Style.NORMAL, heteronym=True)[0])
