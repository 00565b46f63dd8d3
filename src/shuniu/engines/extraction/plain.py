"""Text as the engine compares it: one form for each character, and the way back to the original."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from shuniu.engines.extraction.traditional import SIMPLER

# Whoever writes more than this has said before what it is about: category and matters are read
# from the beginning. Urgency, unit and route are read from the whole.
READ_CHARACTERS = 1600


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of the original text: characters ``[from_at, to_at)``, and what stands there."""

    from_at: int
    to_at: int
    words: str


@dataclass(frozen=True, slots=True)
class Plain:
    """A text in compatibility form, lower case and simplified letters.

    Attributes
    ----------
    original
        The text as it came.
    text
        Each character of ``original`` by itself in NFKC, lower case and
        simplified, so that full-width digits and Latin letters become narrow
        ones and traditional letters simplified ones.
    origins
        For each character of ``text`` the place in ``original`` it came from.
    """

    original: str
    text: str
    origins: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Return the piece of the original that ``text[start:end]`` came from; not empty."""
        from_at, to_at = self.origins[start], self.origins[end - 1] + 1
        return Span(from_at, to_at, self.original[from_at:to_at])


def plain(text: str) -> Plain:
    """Return ``text`` in the form that is compared."""
    if text.isascii():
        return Plain(text, text.lower(), tuple(range(len(text))))
    letters: list[str] = []
    origins: list[int] = []
    for at, character in enumerate(text):
        folded = unicodedata.normalize("NFKC", character).lower().translate(SIMPLER)
        letters.append(folded)
        origins.extend([at] * len(folded))
    return Plain(text, "".join(letters), tuple(origins))


def is_sign(character: str) -> bool:
    """Return whether ``character`` is punctuation, a space, a symbol or an emoji."""
    return not character.isalnum()
