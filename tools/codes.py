"""Codes of an app for the second factor (RFC 6238), reckoned without the product."""

from __future__ import annotations

import base64
import hmac
import time

STEP_S = 30


def code_of(secret: str, *, steps_away: int = 0) -> str:
    """Return the six digits that an app shows now, or some steps of half a minute away."""
    count = int(time.time()) // STEP_S + steps_away
    digest = hmac.digest(base64.b32decode(secret), count.to_bytes(8, "big"), "sha1")
    place = digest[-1] & 15
    number = int.from_bytes(digest[place : place + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"
