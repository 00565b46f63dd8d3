"""Unified social credit codes: what is wrong with one, and how their check symbols are made.

Source: GB 32100-2015 (the code), GB 11714-1997 (the organization body inside it).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

SYMBOLS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I, O, S, V and Z, which look like digits
LENGTH = 18
WEIGHTS = tuple(pow(3, place, 31) for place in range(LENGTH - 1))
BODY = slice(8, 17)
BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
LOOKS_LIKE = {"O": "0", "I": "1", "Z": "2", "S": "5"}
LEFT_OUT = {" ", "-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "."}


@dataclass(frozen=True, slots=True)
class WrongLength:
    """A code that has not 18 characters."""

    length: int


@dataclass(frozen=True, slots=True)
class WrongSymbol:
    """A character that no code has: ``place`` counts from 1; ``meant`` is its digit, or empty."""

    place: int
    symbol: str
    meant: str


@dataclass(frozen=True, slots=True)
class WrongCheck:
    """A last character that does not follow from the 17 before it."""

    symbol: str
    expected: str


Fault = WrongLength | WrongSymbol | WrongCheck


def normal_code(text: str) -> str:
    """Return a code as it is stored: narrow capitals and digits, without blanks and hyphens."""
    narrow = unicodedata.normalize("NFKC", text).upper()
    return "".join(symbol for symbol in narrow if symbol not in LEFT_OUT and not symbol.isspace())


def fault_of(code: str) -> Fault | None:
    """Return the first thing that is wrong with a normal code; None for a right one.

    A character that no code has is told before the length, because an O typed for a 0 is the
    likelier mistake and easier to mend.
    """
    for place, symbol in enumerate(code[:LENGTH], 1):
        if symbol not in SYMBOLS:
            return WrongSymbol(place, symbol, LOOKS_LIKE.get(symbol, ""))
    if len(code) != LENGTH:
        return WrongLength(len(code))
    expected = check_symbol(code[:-1])
    return None if code[-1] == expected else WrongCheck(code[-1], expected)


def credit_code_problem(code: str) -> Any:
    """Return what is wrong with a normal credit code, as a sentence; nothing for a right one."""
    match fault_of(code):
        case WrongSymbol(place, symbol, ""):
            shown = symbol if symbol.isprintable() else f"U+{ord(symbol):04X}"
            return _("Character %(place)d, “%(symbol)s”, occurs in no credit code.") % {
                "place": place,
                "symbol": shown,
            }
        case WrongSymbol(place, symbol, meant):
            return _(
                "Character %(place)d is the letter %(symbol)s, which occurs in no credit code:"
                " is it the digit %(meant)s?"
            ) % {"place": place, "symbol": symbol, "meant": meant}
        case WrongLength(length):
            return ngettext_lazy(
                "A credit code has 18 characters; here is %(count)d.",
                "A credit code has 18 characters; here are %(count)d.",
                "count",
            ) % {"count": length}
        case WrongCheck(symbol, expected):
            return _(
                "The last character, %(symbol)s, does not fit the 17 before it, which call for"
                " %(expected)s. Please compare each with the business license."
            ) % {"symbol": symbol, "expected": expected}
    return ""


def check_symbol(code: str) -> str:
    """Return the eighteenth symbol of a credit code of seventeen symbols."""
    total = sum(SYMBOLS.index(s) * weight for s, weight in zip(code, WEIGHTS, strict=True))
    return SYMBOLS[(31 - total % 31) % 31]


def has_usual_body(code: str) -> bool:
    """Return whether the organization body checks by itself; old records may break this rule."""
    body = code[BODY]
    return body[-1] == body_check_symbol(body[:-1])


def body_check_symbol(body: str) -> str:
    """Return the ninth symbol of an organization body of eight symbols: ``0``-``9`` or ``X``."""
    total = sum(int(symbol, 36) * weight for symbol, weight in zip(body, BODY_WEIGHTS, strict=True))
    return "0123456789X"[(11 - total % 11) % 11]
