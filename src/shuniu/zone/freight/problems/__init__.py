"""What was read from freight messages, in the words of people."""

from __future__ import annotations

from datetime import datetime

from shuniu.engines.extraction.freight.export import text_of
from shuniu.zone.freight.problems.reading import read
from shuniu.zone.freight.problems.wording import Shown, shown

__all__ = ["Shown", "text_of", "told"]


def told(paste: str, *, now: datetime) -> list[Shown]:
    """Return the messages of a paste with their cards; nothing is stored."""
    return [shown(message) for message in read(paste, now=now)]
