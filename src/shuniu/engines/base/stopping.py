"""When a search has to stop: the rule is handed in, so that no engine asks a clock."""

from __future__ import annotations

from typing import Protocol

from shuniu.engines.base.errors import InvalidProblem


class StopRule(Protocol):
    """What a search asks once in each of its rounds."""

    def spent(self) -> bool:
        """Return whether the search has to stop now. Once true, always true."""


class Rounds:
    """A stop rule that allows a number of rounds, the same on every machine.

    Each question that is answered with "go on" is one round.
    """

    __slots__ = ("_left",)

    def __init__(self, count: int) -> None:
        if count < 0:
            raise InvalidProblem(f"A search has at least 0 rounds, not {count}.")
        self._left = count

    def spent(self) -> bool:
        """Return whether the rounds are used up; otherwise use one."""
        if self._left == 0:
            return True
        self._left -= 1
        return False
