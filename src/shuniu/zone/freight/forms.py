"""The message box and the correction of a word."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_PASTE = 300_000
LONGEST_WORD = 30


class PasteForm(forms.Form):
    """One message or a whole chat."""

    text = forms.CharField(
        label=_("Message or exported chat"),
        max_length=LONGEST_PASTE,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Paste it as it was sent, names and times included. It is read and not stored."
        ),
        error_messages={
            "max_length": _("This is too long. Please paste at most 300,000 characters at once.")
        },
    )


class WordForm(forms.Form):
    """A word of a message and what it means."""

    word = forms.CharField(label=_("Word in the message"), max_length=LONGEST_WORD)
    means = forms.CharField(
        label=_("Read it as"),
        max_length=LONGEST_WORD,
        help_text=_("A place with its county, such as 海门三厂, or a usual word, such as 高栏."),
    )
