"""What is known of one kind of goods: its words, its makers, and who uses it for what."""

from __future__ import annotations

from dataclasses import dataclass

from shuniu.engines.tradematch.activities import Doers


@dataclass(frozen=True, slots=True)
class Use:
    """Why doers need a good: their activity and the Chinese clause that ends the sentence."""

    doers: tuple[Doers, ...]
    purpose: str


@dataclass(frozen=True, slots=True)
class Good:
    """One kind of goods. ``words`` are its names, the first one the plain one."""

    words: tuple[str, ...]
    makers: tuple[str, ...]
    uses: tuple[Use, ...]


def good(words: str, makers: str, *uses: tuple[tuple[Doers, ...], str]) -> Good:
    return Good(tuple(words.split()), tuple(makers.split()), tuple(Use(*use) for use in uses))
