"""Unified social credit codes of invented bodies (GB 32100-2015, GB 11714-1997)."""

from __future__ import annotations

from random import Random

CODE_SYMBOLS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
COMPANY = "91"


def body_check_symbol(body: str) -> str:
    """Return the ninth symbol of an organisation body of eight symbols: ``0``-``9`` or ``X``."""
    total = sum(int(symbol, 36) * weight for symbol, weight in zip(body, BODY_WEIGHTS, strict=True))
    return "0123456789X"[(11 - total % 11) % 11]


def check_symbol(code: str) -> str:
    """Return the eighteenth symbol of a credit code of seventeen symbols."""
    total = sum(
        CODE_SYMBOLS.index(symbol) * weight
        for symbol, weight in zip(code, CODE_WEIGHTS, strict=True)
    )
    return CODE_SYMBOLS[(31 - total % 31) % 31]


def company_code(rng: Random, region: str) -> str:
    """Return a valid credit code of a company registered in ``region`` (six digits)."""
    body = "MA" + "".join(rng.choice(CODE_SYMBOLS) for _ in range(6))
    code = COMPANY + region + body + body_check_symbol(body)
    return code + check_symbol(code)
