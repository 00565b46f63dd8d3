"""Cells of lists, brought to the form in which they are stored, or refused with a reason."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django.utils.translation import gettext, ngettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.queries import mobile_number
from shuniu.zone.registry.credit_code import WrongCheck, credit_code_problem, fault_of, normal_code
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
UNIT_OF_PEOPLE = re.compile(r"(人|名|位|people|persons?)$")


class WrongCell(Exception):
    """A cell cannot be taken: what is wrong, and what to do."""

    def __init__(self, says: str, advice: str = "") -> None:
        super().__init__(says)
        self.says = says
        self.advice = advice


def mobile_problem(text: str) -> Any:
    """Return what is wrong with a mobile number, as a sentence."""
    digits = [symbol for symbol in unicodedata.normalize("NFKC", text) if symbol.isdecimal()]
    if len(digits) != MOBILE_DIGITS:
        return ngettext_lazy(
            "A mobile number has 11 digits; here is %(count)d.",
            "A mobile number has 11 digits; here are %(count)d.",
            "count",
        ) % {"count": len(digits)}
    return _("A mobile number is eleven digits and begins with 13 to 19.")


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
        raise WrongCell(
            gettext("The text has %(count)d characters; at most %(most)d can be kept.")
            % {"count": len(text), "most": longest},
            gettext("Shorten it."),
        )
    return text


def name_of(cell: str, longest: int) -> str:
    """Return a name; raise WrongCell for signs that no register knows."""
    text = text_of(cell, longest)
    if PLAIN_NAME.fullmatch(text):
        return text
    for symbol in text:
        if unicodedata.category(symbol) in NOT_IN_NAMES:
            raise WrongCell(gettext("A name does not contain “%(symbol)s”.") % {"symbol": symbol})
    return text


def code_of(cell: str) -> str:
    """Return a credit code; raise WrongCell with which character is wrong."""
    code = normal_code(cell)
    fault = fault_of(code)
    if fault is None:
        return code
    # Of the last character the sentence itself says what to do.
    compare = gettext("Compare it with the business license, character by character.")
    advice = "" if isinstance(fault, WrongCheck) else compare
    raise WrongCell(str(credit_code_problem(code)), advice)


def phone_of(cell: str) -> str:
    """Return the number of a mobile, or of a landline with its area code."""
    narrow = "".join(unicodedata.normalize("NFKC", cell).split())
    if LANDLINE.fullmatch(narrow):
        return narrow
    if number := mobile_number(narrow.removesuffix(".0")):
        return number
    raise WrongCell(
        str(mobile_problem(cell)), gettext("A landline needs its area code, such as 0513-82210000.")
    )


def mobile_of(cell: str) -> str:
    """Return the eleven digits of a mobile number."""
    if number := mobile_number(cell.removesuffix(".0")):
        return number
    raise WrongCell(str(mobile_problem(cell)))


def yes_or_no(cell: str) -> bool:
    """Return what a cell says: yes or no, in words or signs."""
    word = unicodedata.normalize("NFKC", cell).strip().casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    raise WrongCell(
        gettext("“%(cell)s” is neither yes nor no.") % {"cell": cell[:20]},
        gettext("Write 是 or 否, yes or no."),
    )


def count_of(cell: str) -> int:
    """Return a number of people."""
    plain = unicodedata.normalize("NFKC", cell).strip().replace(",", "").removesuffix(".0")
    plain = UNIT_OF_PEOPLE.sub("", plain).strip()
    if not DIGITS.fullmatch(plain) or len(plain) > 9:
        raise WrongCell(
            gettext("“%(cell)s” is not a whole number.") % {"cell": cell[:20]},
            gettext("Write digits only, such as 120."),
        )
    if int(plain) > MOST_EMPLOYEES:
        raise WrongCell(gettext("No enterprise has %(count)s employees.") % {"count": plain})
    return int(plain)


def industry_of(cell: str) -> str:
    """Return two to four digits of GB/T 4754."""
    code = normal_industry(cell.strip().removesuffix(".0"))
    leading = re.match(r"[A-T]?(\d{2,4})(?!\d)", code)
    code = leading[1] if leading else code
    fault = industry_fault(code)
    if fault is None:
        return code
    advice = gettext("Write the code of GB/T 4754, such as 35 or 3599, or leave the cell empty.")
    if isinstance(fault, WrongShape):
        raise WrongCell(
            gettext("An industry code has two to four digits, such as 35 or 3599."), advice
        )
    raise WrongCell(
        gettext("No industry begins with %(division)s: divisions go from 01 to 97.")
        % {"division": fault.division},
        advice,
    )


def goods_of(cell: str) -> list[str]:
    """Return several goods, each once, in the order written."""
    pieces = (text_of(part, 4_000) for part in BETWEEN_GOODS.split(cell))
    goods = list(dict.fromkeys(piece for piece in pieces if piece))
    if len(goods) > MOST_GOODS:
        raise WrongCell(
            ngettext(
                "At most %(most)d can be kept; here is %(count)d.",
                "At most %(most)d can be kept; here are %(count)d.",
                len(goods),
            )
            % {"most": MOST_GOODS, "count": len(goods)}
        )
    if too_long := [good for good in goods if len(good) > LONGEST_GOOD]:
        raise WrongCell(
            gettext("“%(good)s…” is too long: one has at most %(most)d characters.")
            % {"good": too_long[0][:12], "most": LONGEST_GOOD},
            gettext("Divide goods by commas."),
        )
    return goods


def degrees_of_cell(cell: str) -> float:
    """Return a number of degrees."""
    plain = unicodedata.normalize("NFKC", cell).strip().rstrip("°").lstrip("EN东经北纬").strip()
    if not DEGREES.fullmatch(plain):
        raise WrongCell(
            gettext("“%(cell)s” is no number of degrees.") % {"cell": cell[:30]},
            gettext("Write decimal degrees, such as 121.186432."),
        )
    return float(plain)
