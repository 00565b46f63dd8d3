"""Fields for numbers, names and codes, which say what is wrong with them."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.queries import mobile_number
from shuniu.zone.registry.credit_code import (
    LENGTH,
    WrongSymbol,
    credit_code_problem,
    fault_of,
    normal_code,
)
from shuniu.zone.registry.services.lists.cells import (
    LANDLINE,
    NOT_IN_NAMES,
    mobile_problem,
)

if TYPE_CHECKING:
    _ModelChoiceField = forms.ModelChoiceField[Any]
else:
    _ModelChoiceField = forms.ModelChoiceField


class OfficeField(_ModelChoiceField):
    """An office, named in the language of the person."""

    language = "zh-hans"

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.zh if self.language.startswith("zh") else obj.en)


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


def problem_while_typing(code: str) -> Any:
    """Return what is wrong with a code that may not be whole yet: only what cannot become right."""
    if len(code) < LENGTH and not isinstance(fault_of(code), WrongSymbol):
        return ""
    return credit_code_problem(code)
