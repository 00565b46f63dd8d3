from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuniu.zone.registry.choices import RevealReason
from shuniu.zone.registry.policies import is_reason_in_words


class RevealForm(forms.Form):
    """Why somebody needs a whole name and phone number."""

    reason = forms.TypedChoiceField(
        label=_("Why do you need it?"),
        choices=RevealReason,
        coerce=RevealReason,
        initial=RevealReason.CALL,
    )
    note = forms.CharField(
        label=_("Another reason, in words"), required=False, min_length=4, max_length=60
    )

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        if words.get("reason") == RevealReason.OTHER and "note" in words:
            if not words["note"]:
                self.add_error("note", _("Please write the reason here."))
            elif not is_reason_in_words(words["note"]):
                self.add_error("note", _("Please give the reason without phone numbers."))
        return words
