"""Fields for numbers, names and codes, which say what is wrong with them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from shuniu.zone.accounts.queries import mobile_number
from shuniu.zone.registry.credit_code import (
    LENGTH,
    WrongCheck,
    WrongLength,
    WrongSymbol,
    fault_of,
    normal_code,
)

if TYPE_CHECKING:
    _ModelChoiceField = forms.ModelChoiceField[Any]
else:
    _ModelChoiceField = forms.ModelChoiceField

MOBILE_DIGITS = 11
LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}", re.ASCII)
# Control and format characters, unassigned ones, emoji and their modifiers.
NOT_IN_NAMES = {"Cc", "Cf", "Cn", "Co", "Cs", "So", "Sk"}


class OfficeField(_ModelChoiceField):
    """An office, named in the language of the person."""

    language = "zh-hans"

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.zh if self.language.startswith("zh") else obj.en)


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


class MobileField(forms.CharField):
    """A mobile number of the mainland, however it is written; gives its eleven digits."""

    def __init__(self, **options: Any) -> None:
        attrs = {"inputmode": "tel", "autocomplete": "tel"} | options.pop("attrs", {})
        widget = forms.TextInput(attrs={"type": "tel", **attrs})
        super().__init__(max_length=40, widget=widget, **options)

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if not text:
            return ""
        if number := mobile_number(text):
            return number
        raise forms.ValidationError(mobile_problem(text))


class PhoneField(MobileField):
    """A number that can be called: of a mobile, or of a landline with its area code."""

    def clean(self, value: Any) -> str:
        text: str = forms.CharField.clean(self, value)
        narrow = unicodedata.normalize("NFKC", text)
        narrow = "".join(symbol for symbol in narrow if not symbol.isspace())
        if not narrow or LANDLINE.fullmatch(narrow):
            return narrow
        return super().clean(value)


class NameField(forms.CharField):
    """A name of a person or an enterprise: no signs that no register knows, no control characters.

    Blanks around it and doubled ones inside are taken out.
    """

    def to_python(self, value: Any) -> str:
        return " ".join(unicodedata.normalize("NFC", str(value or "")).split())

    def validate(self, value: str) -> None:
        super().validate(value)
        for symbol in value:
            if unicodedata.category(symbol) in NOT_IN_NAMES:
                shown = symbol if symbol.isprintable() else f"U+{ord(symbol):04X}"
                raise forms.ValidationError(
                    _("A name does not contain “%(symbol)s”."), params={"symbol": shown}
                )


class CreditCodeField(forms.CharField):
    """A unified social credit code; says which character is wrong."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=60, **options)

    def clean(self, value: Any) -> str:
        code = normal_code(super().clean(value))
        if sentence := credit_code_problem(code):
            raise forms.ValidationError(sentence)
        return code


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


def problem_while_typing(code: str) -> Any:
    """Return what is wrong with a code that may not be whole yet: only what cannot become right."""
    if len(code) < LENGTH and not isinstance(fault_of(code), WrongSymbol):
        return ""
    return credit_code_problem(code)
