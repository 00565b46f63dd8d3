"""Sentences about files and cells that cannot be used."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuniu.zone.kernel.importing.kinds import Finding
from shuniu.zone.kernel.importing.reading import MAX_COLUMNS, MAX_ROWS

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

FLAWS: Mapping[str, tuple[Promise, Promise]] = {
    "formula_empty": (
        _("This cell is a formula, and its result is not stored in the file."),
        _("Open the file in Excel or WPS and save it, or write the value itself."),
    ),
    "lost": (
        _("The number was cut by the spreadsheet program: its last digits are lost."),
        _("Format the column as text, and write the number again."),
    ),
    "long": (
        _("The cell holds more than 5,000 characters."),
        _("Shorten it; perhaps a quotation mark is not closed."),
    ),
    "error": (
        _("The cell shows an error of the spreadsheet program."),
        _("Write the value itself."),
    ),
    "undecoded": (
        _("A character of this cell cannot be read."),
        _("Write the cell again, or save the file as XLSX."),
    ),
}
FORMULA_NOTE = _("The cell is a formula; the value that it shows is taken.")


def problem_words(code: str) -> str:
    """Return why a file or a sheet cannot be used."""
    return str(PROBLEMS[code]) % PLACES


def flaw(field: str, flag: str) -> Finding:
    """Return the finding on a cell that was not read as it was meant."""
    says, advice = FLAWS[flag]
    return Finding(field, str(says), str(advice))
