"""Sentences about files and cells that cannot be used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuniu.zone.kernel.importing.kinds import Finding, ListKind, Sentence, Values
from shuniu.zone.kernel.importing.reading import MAX_COLUMNS, MAX_ROWS
from shuniu.zone.kernel.refusals import Refusal

PROBLEMS: Mapping[str, Promise] = {
    "empty": _("The file is empty."),
    "no_rows": _("The file has no row with text in it."),
    "other_type": _(
        "By its content this is neither an Excel workbook (XLSX) nor a text table (CSV), whatever"
        " its name says. Open it in Excel or WPS and save it as XLSX."
    ),
    "old_excel": _(
        "This is the old Excel format (XLS), or a protected file. Open it in Excel or WPS and save"
        " it as XLSX without a password."
    ),
    "password": _("The file is protected by a password. Save it without one and send it again."),
    "broken": _("The file cannot be opened; it may be damaged. Save it anew and send it again."),
    "bomb": _(
        "The file would become far too large when unpacked, or points outside of itself. It was"
        " not opened."
    ),
    "too_much": _(
        "Reading this file takes more memory or time than is allowed. Delete empty rows, pictures"
        " and other sheets, or send it in parts."
    ),
    "not_text": _("By its content this is no text table. Save it as XLSX and send it again."),
    "too_many_rows": _("There are more than %(rows)s rows. Send the list in parts."),
    "too_many_columns": _("There are more than %(columns)s columns. Delete those not needed."),
}
PLACES = {"rows": MAX_ROWS, "columns": MAX_COLUMNS}

FLAWS: Mapping[str, Sentence] = {
    "formula_empty": Sentence(
        _("This cell is a formula, and its result is not stored in the file."),
        _("Open the file in Excel or WPS and save it, or write the value itself."),
    ),
    "lost": Sentence(
        _("The number was cut by the spreadsheet program: its last digits are lost."),
        _("Format the column as text, and write the number again."),
    ),
    "long": Sentence(
        _("The cell holds more than 5,000 characters."),
        _("Shorten it; perhaps a quotation mark is not closed."),
    ),
    "error": Sentence(
        _("The cell shows an error of the spreadsheet program."),
        _("Write the value itself."),
    ),
    "undecoded": Sentence(
        _("A character of this cell cannot be read."),
        _("Write the cell again, or save the file as XLSX."),
    ),
}
FORMULA = "formula"
MOVED = "moved"
SAID = "said"


def said_here(values: Values) -> str:
    """Return of a text that is kept in each language that of the reader, otherwise any."""
    return str(values.get(translation.get_language() or "") or next(iter(values.values()), ""))


SENTENCES: Mapping[str, Sentence] = {
    **FLAWS,
    FORMULA: Sentence(_("The cell is a formula; the value that it shows is taken.")),
    MOVED: Sentence(
        _("The record was changed by somebody else after this list had been checked."),
    ),
    SAID: Sentence(said_here),
}
UNKNOWN = Sentence(_("This cannot be used."))


@dataclass(frozen=True, slots=True)
class Worded:
    """A finding in the language of who reads it."""

    says: str
    advice: str


def worded(kind: ListKind, finding: Finding) -> Worded:
    """Return a finding in words; one of a code that nothing knows any more says that much."""
    sentence = kind.sentences.get(finding.code) or SENTENCES.get(finding.code) or UNKNOWN
    values = dict(finding.values)
    if "of" in values:
        values["label"] = str(kind.field_of(values["of"]).label)
    says = sentence.says(values) if callable(sentence.says) else sentence.says % values
    return Worded(str(says), str(sentence.advice))


def in_each_language(words: Callable[[], object]) -> dict[str, str]:
    """Return a text in every language, where it is made in that of the moment."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found[code] = str(words())
    return found


def refused(refusal: Refusal) -> Finding:
    """Return what a refusal says, as a finding on the whole row."""
    return Finding("", SAID, in_each_language(lambda: refusal))


def problem_words(code: str) -> str:
    """Return why a file or a sheet cannot be used; a code that is none says itself."""
    return str(PROBLEMS[code]) % PLACES if code in PROBLEMS else code
