"""Cells of lists, brought to the form in which they are stored, or refused with a reason."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from shuniu.zone.accounts.queries import mobile_number
from shuniu.zone.registry.credit_code import WrongCheck, fault_of, normal_code
from shuniu.zone.registry.industry import WrongShape, normal_industry
from shuniu.zone.registry.industry import fault_of as industry_fault

MOBILE_DIGITS = 11
LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}", re.ASCII)
# Control and format characters, unassigned ones, emoji and their modifiers.
NOT_IN_NAMES = {"Cc", "Cf", "Cn", "Co", "Cs", "So", "Sk"}
PLAIN_NAME = re.compile(r"[\w ()（）·.&-]*")
YES = {"是", "有", "y", "yes", "true", "1", "√", "✓", "✔", "规上", "规模以上", "对"}
NO = {"否", "无", "n", "no", "false", "0", "×", "✗", "x", "规下", "规模以下", "-", "不是", "错"}
BETWEEN_GOODS = re.compile(r"[\r\n,;，；、|]+")
MOST_GOODS = 50
LONGEST_GOOD = 60
MOST_EMPLOYEES = 1_000_000
DIGITS = re.compile(r"\d+", re.ASCII)
DEGREES = re.compile(r"[+-]?\d{1,3}(\.\d{1,20})?", re.ASCII)
BELOW_ZERO = re.compile(r"[-−–]\s*\d+(\.\d+)?", re.ASCII)
DAY = re.compile(r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?日?(?=[T\s]|$)", re.ASCII)
UNIT_OF_PEOPLE = re.compile(r"(人|名|位|people|persons?)$")


class WrongCell(Exception):
    """A cell cannot be taken: the code of a sentence, and what stands in it."""

    def __init__(self, code: str, /, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def mobile_problem(text: str) -> Any:
    """Return what is wrong with a mobile number, as a sentence."""
    return mobile_words(_digits(text))


def mobile_words(digits: int) -> Any:
    """Return what is wrong with a mobile number of so many digits."""
    if digits != MOBILE_DIGITS:
        return ngettext_lazy(
            "A mobile number has 11 digits; here is %(count)d.",
            "A mobile number has 11 digits; here are %(count)d.",
            "count",
        ) % {"count": digits}
    return _("A mobile number is eleven digits and begins with 13 to 19.")


def _digits(text: str) -> int:
    return sum(symbol.isdecimal() for symbol in unicodedata.normalize("NFKC", text))


def text_of(cell: str, longest: int) -> str:
    """Return a text on one line, without control characters; raise WrongCell if it is too long."""
    kept = unicodedata.normalize("NFC", cell)
    if not kept.isprintable():
        kept = "".join(
            " " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c
            for c in kept
            if unicodedata.category(c) not in {"Cf", "Cs", "Co", "Cn"}
        )
    text = " ".join(kept.split())
    if len(text) > longest:
        raise WrongCell("text_long", count=len(text), most=longest)
    return text


def name_of(cell: str, longest: int) -> str:
    """Return a name; raise WrongCell for signs that no register knows."""
    text = text_of(cell, longest)
    if PLAIN_NAME.fullmatch(text):
        return text
    for symbol in text:
        if unicodedata.category(symbol) in NOT_IN_NAMES:
            raise WrongCell("symbol", symbol=symbol)
    return text


def code_of(cell: str) -> str:
    """Return a credit code; raise WrongCell with which character is wrong."""
    code = normal_code(cell)
    fault = fault_of(code)
    if fault is None:
        return code
    is_check = isinstance(fault, WrongCheck)
    raise WrongCell("credit_code_check" if is_check else "credit_code", code=code[:60])


def phone_of(cell: str) -> str:
    """Return the number of a mobile, or of a landline with its area code."""
    narrow = "".join(unicodedata.normalize("NFKC", cell).split())
    if LANDLINE.fullmatch(narrow):
        return narrow
    if number := mobile_number(narrow.removesuffix(".0")):
        return number
    raise WrongCell("phone", count=_digits(cell))


def mobile_of(cell: str) -> str:
    """Return the eleven digits of a mobile number."""
    if number := mobile_number(cell.removesuffix(".0")):
        return number
    raise WrongCell("mobile", count=_digits(cell))


def yes_or_no(cell: str) -> bool:
    """Return what a cell says: yes or no, in words or signs."""
    word = unicodedata.normalize("NFKC", cell).strip().casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    raise WrongCell("not_yes_no", cell=cell[:20])


def count_of(cell: str) -> int:
    """Return a number of people."""
    plain = unicodedata.normalize("NFKC", cell).strip().replace(",", "").removesuffix(".0")
    plain = UNIT_OF_PEOPLE.sub("", plain).strip()
    if BELOW_ZERO.fullmatch(plain):
        raise WrongCell("negative", cell=cell[:20])
    if not DIGITS.fullmatch(plain) or len(plain) > 9:
        raise WrongCell("not_whole", cell=cell[:20])
    if int(plain) > MOST_EMPLOYEES:
        raise WrongCell("too_many_people", count=plain)
    return int(plain)


def industry_of(cell: str) -> str:
    """Return two to four digits of GB/T 4754."""
    code = normal_industry(cell.strip().removesuffix(".0"))
    leading = re.match(r"[A-T]?(\d{2,4})(?!\d)", code)
    code = leading[1] if leading else code
    fault = industry_fault(code)
    if fault is None:
        return code
    if isinstance(fault, WrongShape):
        raise WrongCell("industry_shape")
    raise WrongCell("industry_unknown", division=fault.division)


def goods_of(cell: str) -> list[str]:
    """Return several goods, each once, in the order written."""
    pieces = (text_of(part, 4_000) for part in BETWEEN_GOODS.split(cell))
    goods = list(dict.fromkeys(piece for piece in pieces if piece))
    if len(goods) > MOST_GOODS:
        raise WrongCell("too_many_goods", most=MOST_GOODS, count=len(goods))
    if too_long := [good for good in goods if len(good) > LONGEST_GOOD]:
        raise WrongCell("good_long", good=too_long[0][:12], most=LONGEST_GOOD)
    return goods


def degrees_of_cell(cell: str) -> float:
    """Return a number of degrees."""
    plain = unicodedata.normalize("NFKC", cell).strip().rstrip("°").lstrip("EN东经北纬").strip()
    if not DEGREES.fullmatch(plain):
        raise WrongCell("not_degrees", cell=cell[:30])
    return float(plain)


def day_of(cell: str) -> str:
    """Return a day as ``2026-03-15``, whichever of the usual ways it is written in."""
    found = DAY.match(unicodedata.normalize("NFKC", cell).strip())
    if found is None:
        raise WrongCell("not_a_day", cell=cell[:30])
    try:
        return date(*map(int, found.groups())).isoformat()
    except ValueError:
        raise WrongCell("not_a_day", cell=cell[:30]) from None
