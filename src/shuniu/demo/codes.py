"""Unified social credit codes of invented bodies."""

from __future__ import annotations

from random import Random

from shuniu.zone.registry.credit_code import SYMBOLS, body_check_symbol, check_symbol

COMPANY = "91"


def company_code(rng: Random, region: str) -> str:
    """Return a valid credit code of a company registered in ``region`` (six digits)."""
    body = "MA" + "".join(rng.choice(SYMBOLS) for _ in range(6))
    code = COMPANY + region + body + body_check_symbol(body)
    return code + check_symbol(code)
