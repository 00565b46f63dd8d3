"""An empty list to be filled in: headings, an example, and what each column means."""

from __future__ import annotations

import io
from typing import cast

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from shuniu.zone.kernel.importing.kinds import ListKind

HEAD_FILL = PatternFill("solid", fgColor="DCE6F2")
NEEDED_FILL = PatternFill("solid", fgColor="FBE5D6")
ROWS_FORMATTED = 500
AS_TEXT = "@"


def template_file(kind: ListKind) -> bytes:
    """Return a workbook: the list with one row of example, and a sheet that explains it."""
    book = Workbook()
    sheet = cast("Worksheet", book.active)
    sheet.title = str(kind.label)[:31]
    fields = [one for one in kind.fields if one.example]
    for column, one in enumerate(fields, 1):
        head = sheet.cell(1, column, str(one.label))
        head.font = Font(bold=True)
        head.fill = NEEDED_FILL if one.is_required else HEAD_FILL
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = max(12, 2.2 * len(one.example))
        for row in range(2, ROWS_FORMATTED if one.is_text else 2):
            sheet.cell(row, column).number_format = AS_TEXT
        sheet.cell(2, column).value = one.example
        sheet.cell(2, column).data_type = "s"
    sheet.freeze_panes = "A2"
    _explain(book, kind)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _explain(book: Workbook, kind: ListKind) -> None:
    sheet = book.create_sheet(_("How to fill in"))
    sheet.append([_("Column"), _("Needed"), _("What to write"), _("Also recognized as")])
    for one in kind.fields:
        needed = _("yes") if one.is_required else ""
        sheet.append([str(one.label), needed, str(one.hint), "、".join(one.synonyms[:6])])
    sheet.append([])
    sheet.append([str(kind.key_words)])
    sheet.append([_("Delete the row of example before you send the list.")])
    for letter, width in (("A", 26), ("B", 8), ("C", 44), ("D", 60)):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=cell.column > 2, vertical="top")
            cell.font = Font(bold=cell.row == 1)
