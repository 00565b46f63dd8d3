"""Goods that factories of a zone sell and use: one table from its parts."""

from __future__ import annotations

from shuniu.engines.tradematch.equipment import EQUIPMENT
from shuniu.engines.tradematch.good import Good, Use
from shuniu.engines.tradematch.supplies import SUPPLIES

__all__ = ["GOODS", "Good", "Use"]

GOODS = (*SUPPLIES, *EQUIPMENT)
