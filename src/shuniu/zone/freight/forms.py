"""The message box and the correction of a word."""

from __future__ import annotations

import codecs
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from shuniu.zone.freight.problems import text_of

LONGEST_PASTE = 300_000
LONGEST_WORD = 30
LARGEST_FILE_BYTES = 2_000_000
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class PasteForm(forms.Form):
    """One message or a whole chat, pasted or as the file that it was exported to.

    After cleaning, ``text`` is the text of either.
    """

    text = forms.CharField(
        label=_("Message or exported chat"),
        required=False,
        max_length=LONGEST_PASTE,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Paste it as it was sent, names and times included. It is read and not stored."
        ),
        error_messages={
            "max_length": _("This is too long. Please paste at most 300,000 characters at once.")
        },
    )
    file = forms.FileField(
        label=_("Or the file of an exported chat"),
        required=False,
        help_text=_("A text file of WeChat, WeCom or QQ, in UTF-8 or GBK, of at most 2 MB."),
        widget=forms.FileInput(attrs={"accept": ".txt,text/plain"}),
    )

    def clean_file(self) -> str:
        """Return the text of the file, empty where none was chosen."""
        upload: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if not upload:
            return ""
        if (upload.size or 0) > LARGEST_FILE_BYTES:
            raise forms.ValidationError(
                _("This file is too large. Please export fewer days, at most 2 MB.")
            )
        data = upload.read()
        if b"\0" in data and not data.startswith(_MARKS):
            raise forms.ValidationError(
                _("This is not a text file. Please export the chat as text (.txt).")
            )
        return text_of(data)[:LONGEST_PASTE]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        pasted, sent = given.get("text", ""), given.get("file", "")
        if pasted and sent:
            raise forms.ValidationError(_("Either a file or a pasted text, not both."))
        if not pasted and not sent.strip() and not self.errors:
            raise forms.ValidationError(_("Paste a message, or choose a file."))
        return {"text": pasted or sent}


class WordForm(forms.Form):
    """A word of a message and what it means."""

    word = forms.CharField(label=_("Word in the message"), max_length=LONGEST_WORD)
    means = forms.CharField(
        label=_("Read it as"),
        max_length=LONGEST_WORD,
        help_text=_("A place with its county, such as 海门三厂, or a usual word, such as 高栏."),
    )
