"""One form for all ways of typing, with the way back to the characters that were typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from re import Match, Pattern

LONGEST_MESSAGE = 5_000
_LONGEST_RUN = 12
TAKEN = "\x00"

_ARROWS = dict.fromkeys("→➔➜➡⇒➝➞⟶▶►»﹥>≫", "→") | dict.fromkeys("⇋⇄⇆↔⇌⟷⇔", "⇋")
_DASHES = dict.fromkeys("‐‑‒–—―─━﹣-−ー", "-") | dict.fromkeys("~～〜∼", "~")
_MARKS = {"。": ". ", "、": "、", "【": " ", "】": " ", "「": " ", "」": " ", "『": " ", "』": " "}
_TRADITIONAL = dict(
    zip(
        "車貨門蘇鎮廠進發嗎邊點電話號聯繫運費噸裝滿開東區倉廂欄",
        "车货门苏镇厂进发吗边点电话号联系运费吨装满开东区仓厢栏",
        strict=True,
    )
)
_SAME = _ARROWS | _DASHES | _MARKS | _TRADITIONAL
_DIGIT_DOT = re.compile(r"(?<=\d)[·•・](?=\d)")


@dataclass(frozen=True, slots=True)
class Normal:
    """A normalised text; ``origin_of[i]`` is the place of its character ``i`` in the typed text."""

    text: str
    origin_of: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the typed characters ``[from, to)`` behind ``text[start:end]``, blanks cut off."""
        words = self.text[start:end]
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        places = self.origin_of[start:end]
        return (places[0], places[-1] + 1) if places else (0, 0)

    def cut(self, start: int, end: int) -> Normal:
        """Return a part that still knows where it stood."""
        return Normal(self.text[start:end], self.origin_of[start:end])


def normalise(typed: str) -> Normal:
    """Return the text in NFKC with one kind of arrow, dash and blank; pictures become blanks.

    Only the first ``LONGEST_MESSAGE`` characters are read: nobody types more into a group.
    """
    letters: list[str] = []
    origins: list[int] = []
    run = 0
    for place, letter in enumerate(typed[:LONGEST_MESSAGE]):
        for form in _forms(letter):
            if form == " " and letters and letters[-1].isspace():
                continue
            run = run + 1 if letters and letters[-1] == form else 1
            if run > _LONGEST_RUN:
                continue
            letters.append(form)
            origins.append(place)
    return Normal("".join(letters), tuple(origins))


def join(parts: Iterable[Normal]) -> Normal:
    """Return the parts one below the other, each still knowing where it stood."""
    text = ""
    origins: tuple[int, ...] = ()
    for part in parts:
        if part.text:
            text += part.text + "\n"
            origins += (*part.origin_of, part.origin_of[-1])
    return Normal(text, origins)


def _forms(letter: str) -> str:
    if letter in _SAME:
        return _SAME[letter]
    if letter.isascii():
        return letter if letter == "\n" or letter.isprintable() else " "
    if "①" <= letter <= "⑳":
        return f"\n{ord(letter) - 0x245F}、"
    if "\u4e00" <= letter <= "\u9fff":
        return letter
    plain = unicodedata.normalize("NFKC", letter)
    kind = unicodedata.category(letter)
    if (
        kind in {"So", "Cn", "Co", "Cf", "Mn", "Me", "Cc", "Cs"}
        and not plain.isascii()
        and plain not in "℃°"
    ):
        return " "
    return "".join(_SAME.get(form, form) for form in plain)


class Sheet:
    """A text from which finders take away what they have understood.

    ``left`` keeps its length: what is taken becomes ``TAKEN``, so that places stay valid and no
    pattern reads across. Meant for one reading; not shared.
    """

    __slots__ = ("left", "normal", "text")

    def __init__(self, normal: Normal) -> None:
        self.normal = normal
        self.text = normal.text
        self.left = normal.text

    def take(self, start: int, end: int) -> None:
        """Take ``[start, end)`` away."""
        self.left = self.left[:start] + TAKEN * (end - start) + self.left[end:]

    def take_all(self, pattern: Pattern[str]) -> list[Match[str]]:
        """Take every match away and return them in order."""
        found = list(pattern.finditer(self.left))
        for match in found:
            self.take(*match.span())
        return found
