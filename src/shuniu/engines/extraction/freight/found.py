"""A thing that was read, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Found(Generic[T_co]):
    """A value read from characters ``[start, end)`` of the normalised text."""

    value: T_co
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Part:
    """The characters ``[start, end)`` that speak of one card only; the rest is shared."""

    start: int
    end: int

    def own_first(self, found: Sequence[Found[T_co]]) -> list[Found[T_co]]:
        """Return what stands in the part, or the shared ones when the part has none."""
        own = [each for each in found if self.start <= each.start < self.end]
        return own or list(found)
