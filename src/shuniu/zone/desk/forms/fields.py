"""Fields that several forms of the desk have: words and files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

FILE_TYPES = "image/jpeg,image/png,image/webp,application/pdf,.docx,.xlsx,.pptx"


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Any number of files, also none."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        uploads = data if isinstance(data, list | tuple) else [data] if data else []
        clean_one = super().clean
        return [clean_one(upload, initial) for upload in uploads]


class WordsField(forms.CharField):
    """Words as they were typed; a NUL, which no text needs and no database takes, is left out."""

    def to_python(self, value: Any) -> str:
        kept = value.replace("\x00", "") if isinstance(value, str) else value
        return super().to_python(kept) or ""


def words_field(label: Any, *, rows: int = 4, required: bool = True, hint: Any = "") -> Any:
    """Return a field for words; their length is judged by the command, which says so kindly."""
    return WordsField(
        label=label,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows, "placeholder": hint}),
    )


def files_field() -> ManyFilesField:
    return ManyFilesField(
        label=_("Photos or files"),
        required=False,
        widget=ManyFilesInput(attrs={"accept": FILE_TYPES}),
    )
