"""What pages cost: the number of database queries of each, reviewed when it changes."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

COSTS = Path(__file__).with_name("costs.json")


@cache
def costs() -> dict[str, int]:
    """Return the number of queries by the name of the page."""
    numbers: dict[str, int] = json.loads(COSTS.read_text(encoding="utf-8"))
    return numbers
