"""The briefing and the forms it goes out in."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from shuniu.zone.desk.queries import CaseFilter
from shuniu.zone.kernel.clock import local

RED = RGBColor(0xC0, 0x00, 0x00)
BODY, HEAVY, TITLE = "FangSong", "SimHei", "SimSun"


@dataclass(frozen=True, slots=True)
class Number:
    """A number and the list that it counts."""

    value: int
    rows: CaseFilter

    @property
    def url(self) -> str:
        """Return the address of the list, without the host."""
        return f"{reverse('desk:case-list')}?{self.rows.query}"


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure of the day and of the day before."""

    label: str
    value: Number
    day_before: int

    @property
    def change(self) -> int:
        return self.value.value - self.day_before


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """One row of the table by category."""

    label: str
    opened: Number
    closed: Number
    open: Number
    late: Number


@dataclass(frozen=True, slots=True)
class Item:
    """A case that the briefing tells of."""

    case_id: int
    number: str
    enterprise: str
    text: str
    category: str
    unit: str
    urgency: str
    due_at: datetime
    light: str

    @property
    def url(self) -> str:
        return reverse("desk:case-page", args=[self.case_id])


@dataclass(frozen=True, slots=True)
class Briefing:
    """The day in one document. ``week`` holds the new cases of the seven days up to it."""

    day: date
    masthead: str
    issuer: str
    distribution: tuple[str, ...]
    summary: str
    figures: tuple[FigureLine, ...]
    categories: tuple[CategoryLine, ...]
    late: tuple[Item, ...]
    notable: tuple[Item, ...]
    week: tuple[tuple[date, int], ...]


def word_file(briefing: Briefing, *, base_url: str) -> bytes:
    """Return the briefing as a Word file laid out as an office briefing (GB/T 9704 margins)."""
    document = Document()
    _set_page(document)
    _set_styles(document)
    _write_head(document, briefing)
    document.add_paragraph(briefing.summary, style="Shuniu Body")
    document.add_paragraph(_("1. Figures of the day"), style="Shuniu Section")
    _write_figures(document, briefing, base_url)
    document.add_paragraph(_("2. By category"), style="Shuniu Section")
    _write_categories(document, briefing, base_url)
    document.add_paragraph(_("3. Overdue"), style="Shuniu Section")
    _write_items(document, briefing.late, base_url, _("Nothing is overdue."))
    document.add_paragraph(_("4. Notable needs"), style="Shuniu Section")
    _write_items(document, briefing.notable, base_url, _("None today."))
    _write_foot(document, briefing)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _set_page(document: WordDocument) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin = Mm(37), Mm(35)
    page.left_margin, page.right_margin = Mm(28), Mm(26)


def _set_styles(document: WordDocument) -> None:
    """Declare the styles; nothing is formatted by hand, so that an office can restyle it."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    center = WD_ALIGN_PARAGRAPH.CENTER
    masthead = _style(document, "Shuniu Masthead", TITLE, 34, is_bold=True, align=center)
    masthead.font.color.rgb = RED
    _style(document, "Shuniu Issuer", BODY, 14)
    _style(document, "Shuniu Section", HEAVY, 15, space_before=10)
    body = _style(document, "Shuniu Body", BODY, 15)
    body.paragraph_format.first_line_indent = Pt(30)
    _style(document, "Shuniu Item", BODY, 14, space_before=4)
    _style(document, "Shuniu Cell", BODY, 12)
    _style(document, "Shuniu Number", BODY, 12, align=WD_ALIGN_PARAGRAPH.RIGHT)


def _style(
    document: WordDocument,
    name: str,
    font: str,
    size_pt: int,
    *,
    is_bold: bool = False,
    align: WD_ALIGN_PARAGRAPH | None = None,
    space_before: int = 0,
) -> ParagraphStyle:
    style: ParagraphStyle = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.font.name, style.font.size, style.font.bold = font, Pt(size_pt), is_bold
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    style.paragraph_format.space_before = Pt(space_before)
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.alignment = align
    return style


def _write_head(document: WordDocument, briefing: Briefing) -> None:
    document.add_paragraph(briefing.masthead, style="Shuniu Masthead")
    line = document.add_paragraph(style="Shuniu Issuer")
    line.paragraph_format.tab_stops.add_tab_stop(Mm(156), WD_ALIGN_PARAGRAPH.RIGHT)
    line.add_run(f"{briefing.issuer}\t{date_format(briefing.day, 'DATE_FORMAT')}")
    _rule_below(line, "C00000")


def _write_foot(document: WordDocument, briefing: Briefing) -> None:
    foot = document.add_paragraph(style="Shuniu Issuer")
    foot.paragraph_format.space_before = Pt(18)
    foot.add_run(_("Distribution: %(names)s") % {"names": "，".join(briefing.distribution)})
    _rule_below(foot, "000000")


def _rule_below(paragraph: Paragraph, color: str) -> None:
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "4"), ("color", color)):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph.paragraph_format.element.get_or_add_pPr().append(borders)


def _write_figures(document: WordDocument, briefing: Briefing, base_url: str) -> None:
    rows = [
        (line.label, line.value, str(line.day_before), f"{line.change:+d}" if line.change else "0")
        for line in briefing.figures
    ]
    heads = (_("Figure"), _("This day"), _("Day before"), _("Change"))
    _write_table(document, heads, rows, base_url)


def _write_categories(document: WordDocument, briefing: Briefing, base_url: str) -> None:
    if not briefing.categories:
        document.add_paragraph(_("None today."), style="Shuniu Body")
        return
    rows = [
        (line.label, line.opened, line.closed, line.open, line.late) for line in briefing.categories
    ]
    heads = (_("Category"), _("New needs"), _("Closed"), _("Open"), _("Overdue"))
    _write_table(document, heads, rows, base_url)


def _write_table(
    document: WordDocument,
    heads: tuple[str, ...],
    rows: Sequence[tuple[str | Number, ...]],
    base_url: str,
) -> None:
    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].text = head
        cell.paragraphs[0].style = "Shuniu Cell"
    for row in rows:
        cells = table.add_row().cells
        for at, (cell, value) in enumerate(zip(cells, row, strict=True)):
            paragraph = cell.paragraphs[0]
            paragraph.style = "Shuniu Number" if at else "Shuniu Cell"
            if isinstance(value, Number):
                _add_link(paragraph, str(value.value), base_url + value.url)
            else:
                paragraph.add_run(value)


def _write_items(
    document: WordDocument, items: tuple[Item, ...], base_url: str, nothing: str
) -> None:
    if not items:
        document.add_paragraph(nothing, style="Shuniu Body")
    for at, item in enumerate(items, start=1):
        paragraph = document.add_paragraph(style="Shuniu Item")
        paragraph.add_run(f"{at}. ")
        _add_link(paragraph, item.number, base_url + item.url)
        due = date_format(local(item.due_at), "SHORT_DATETIME_FORMAT")
        paragraph.add_run(
            _(" %(enterprise)s (%(category)s, %(unit)s, due %(due)s): %(text)s")
            % {
                "enterprise": item.enterprise,
                "category": item.category or _("not sorted yet"),
                "unit": item.unit,
                "due": due,
                "text": item.text,
            }
        )


def _add_link(paragraph: Paragraph, text: str, address: str) -> None:
    """Add words that lead to an address."""
    link = OxmlElement("w:hyperlink")
    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link.set(qn("r:id"), relation)
    run = OxmlElement("w:r")
    link.append(run)
    paragraph.paragraph_format.element.append(link)
    Run(run, paragraph).text = text
