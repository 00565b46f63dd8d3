"""When a search has to stop: the rule is handed in, so that no engine asks a clock."""

from __future__ import annotations

import math
from typing import Protocol

from shuniu.engines.base.errors import InvalidProblem


class StopRule(Protocol):
    """What a search asks once in each of its rounds."""

    def spent(self) -> bool:
        """Return whether the search has to stop now. Once true, always true."""


class Budget(StopRule, Protocol):
    """A stop rule that also tells how far it is, for searches with phases."""

    def share_used(self) -> float:
        """Return how much is used up, from 0 to 1; asking uses nothing up."""

    def seconds_left(self) -> float:
        """Return the seconds left for one long step, infinite if time does not count."""


class Rounds:
    """A budget of a number of rounds, the same on every machine.

    Each question that is answered with "go on" is one round.
    """

    __slots__ = ("_count", "_left")

    def __init__(self, count: int) -> None:
        if count < 0:
            raise InvalidProblem(f"A search has at least 0 rounds, not {count}.")
        self._count = count
        self._left = count

    def share_used(self) -> float:
        """Return how many of the rounds are used up, as a share."""
        return 1.0 - self._left / self._count if self._count else 1.0

    def seconds_left(self) -> float:
        """Return infinity: time does not count."""
        return math.inf

    def spent(self) -> bool:
        """Return whether the rounds are used up; otherwise use one."""
        if self._left == 0:
            return True
        self._left -= 1
        return False
