"""Several people at the same moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from shuniu.zone.kernel.refusals import Refusal
from tests import sharing

Got = TypeVar("Got")


def at_once(tasks: Sequence[Callable[[], Got]]) -> list[Got | Refusal]:
    """Start all tasks together, each with a connection of its own; return what each one got."""

    def run(number: int) -> Got | Refusal:
        try:
            return tasks[number]()
        except Refusal as refusal:
            return refusal

    return sharing.at_once(len(tasks), run)
