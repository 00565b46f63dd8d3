"""The briefing as a Word file: styles, real headings, tables whose head is repeated."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime, time

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as PackagePart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from shuniu.zone.briefings.channels.chart import Chart
from shuniu.zone.briefings.channels.paper import Cell, Paper, Part, Table, Told
from shuniu.zone.briefings.channels.pdf import picture_of

RED = RGBColor(0xC0, 0x00, 0x00)
BODY, HEAVY, TITLE, LATIN = "仿宋", "黑体", "方正小标宋简体", "Times New Roman"
BLOCK_MM = 156
LINE = Pt(28.95)
FIRST_COLUMN = 0.4
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SVG_NAMES = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
NO_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


def word_file(paper: Paper, *, day: date, base_url: str) -> bytes:
    """Return the paper as a Word file; the same paper gives the same bytes.

    Numbers lead to ``base_url``; without one they lead nowhere.
    """
    document = Document()
    _set_page(document)
    _set_styles(document)
    _set_properties(document, paper, day)
    _write_head(document, paper)
    for words in (paper.correction, *paper.lead):
        _write(document, words, "Shuniu Body")
    for part in paper.parts:
        _write_part(document, part, base_url)
    _write_foot(document, paper)
    stream = io.BytesIO()
    document.save(stream)
    return _without_clock(stream.getvalue())


def _write(document: WordDocument, words: str, style: str) -> None:
    """Write a paragraph; XML cannot hold control characters, so they go."""
    if words:
        document.add_paragraph(_clean(words), style=style)


def _clean(words: str) -> str:
    return words.translate(NO_XML)


def _write_part(document: WordDocument, part: Part, base_url: str) -> None:
    document.add_paragraph(_clean(part.title), style="Heading 1")
    for words in part.sentences:
        _write(document, words, "Shuniu Body")
    if part.chart is not None:
        _write_chart(document, part.chart)
    if part.table is not None:
        _write_table(document, part.table, base_url)
    for at, told in enumerate(part.told, start=1):
        _write_told(document, at, told, base_url)
    for words in part.note:
        _write(document, words, "Shuniu Body")


def _write_chart(document: WordDocument, chart: Chart) -> None:
    """Put a chart in: SVG for programs that draw it, PNG for the others, words for those who hear.

    Microsoft keeps the SVG in an extension of the picture, whose own bytes are the PNG.
    """
    picture = picture_of(chart)
    if not picture:
        return
    paragraph = document.add_paragraph(style="Shuniu Picture")
    run = paragraph.add_run()
    shape = run.add_picture(io.BytesIO(picture), width=Mm(BLOCK_MM * 0.94))
    about = shape._inline.docPr  # noqa: SLF001  # python-docx has no words for pictures
    about.set("descr", _clean(chart.alt))
    about.set("title", _clean(chart.title))
    package = document.part.package
    name = PackURI(f"/word/media/chart{len(document.inline_shapes)}.svg")
    part = PackagePart(name, "image/svg+xml", chart.svg.encode(), package)
    relation = document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    extension = parse_xml(
        f'<a:extLst xmlns:a="{DRAWING}"><a:ext uri="{SVG_EXTENSION}"><asvg:svgBlip'
        f' xmlns:asvg="{SVG_NAMES}" xmlns:r="{RELATIONS}" r:embed="{relation}"/></a:ext></a:extLst>'
    )
    (blip,) = shape._inline.iter(qn("a:blip"))  # noqa: SLF001  # the same
    blip.append(extension)


def _set_properties(document: WordDocument, paper: Paper, day: date) -> None:
    about = document.core_properties
    about.title = _clean(f"{paper.masthead} {paper.number}".strip())
    about.author = about.last_modified_by = _clean(paper.issuer)[:255]
    about.comments = ""
    about.created = about.modified = datetime.combine(day, time(), UTC)
    about.language = "zh-CN" if paper.language.startswith("zh") else "en-US"


def _without_clock(content: bytes) -> bytes:
    """Return the same archive with one moment in all its entries."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as written,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as kept,
    ):
        for entry in written.infolist():
            same = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            same.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(same, written.read(entry))
    return stream.getvalue()


def _set_page(document: WordDocument) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin = Mm(37), Mm(35)
    page.left_margin, page.right_margin = Mm(28), Mm(26)
    page.footer_distance = Mm(23)
    foot = page.footer.paragraphs[0]
    foot.style = "Footer"
    foot.add_run("— ")
    for kind, words in (
        ("begin", ""),
        ("", " PAGE "),
        ("separate", ""),
        ("text", "1"),
        ("end", ""),
    ):
        _add_field_part(foot.add_run(), kind, words)
    foot.add_run(" —")


def _add_field_part(run: Run, kind: str, words: str) -> None:
    if kind == "text":
        run.text = words
        return
    part: BaseOxmlElement
    if kind:
        part = OxmlElement("w:fldChar")
        part.set(qn("w:fldCharType"), kind)
    else:
        part = OxmlElement("w:instrText")
        part.set(qn("xml:space"), "preserve")
        part.text = words
    run._r.append(part)  # noqa: SLF001  # python-docx has no fields


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
    center, right = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
    _font(document.styles["Normal"], BODY, 16)
    masthead = _style(document, "Shuniu Masthead", TITLE, 40, is_bold=True, align=center)
    masthead.font.color.rgb = RED
    _style(document, "Shuniu Mark", HEAVY, 16)
    _style(document, "Shuniu Issue", BODY, 16, align=center)
    issuer = _style(document, "Shuniu Issuer", BODY, 16, space_before=8, space_after=14)
    issuer.paragraph_format.tab_stops.add_tab_stop(Mm(BLOCK_MM), right)
    _rule(issuer, "bottom", "C00000", 18)
    _style(document, "Shuniu Title", TITLE, 22, is_bold=True, align=center, space_after=12)
    body = _style(document, "Shuniu Body", BODY, 16, is_spaced=True)
    body.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    body.paragraph_format.first_line_indent = Pt(32)
    body.paragraph_format.widow_control = True
    _set_heading(document)
    item = _style(document, "Shuniu Item", BODY, 16, is_spaced=True)
    item.base_style = body
    named = document.styles.add_style("Shuniu Strong", WD_STYLE_TYPE.CHARACTER)
    named.font.bold = True
    cells = [
        _style(document, "Shuniu Head", HEAVY, 12, align=center, is_bold=True),
        _style(document, "Shuniu Cell", BODY, 12),
        _style(document, "Shuniu Number", BODY, 12, align=right),
        _style(document, "Shuniu Total", BODY, 12, is_bold=True),
        _style(document, "Shuniu Total Number", BODY, 12, align=right, is_bold=True),
    ]
    for cell in cells:
        cell.paragraph_format.space_before = cell.paragraph_format.space_after = Pt(2)
    _style(document, "Shuniu Gap", BODY, 6)
    picture = _style(document, "Shuniu Picture", BODY, 12, align=center, space_before=4)
    picture.paragraph_format.keep_with_next = True
    _style(document, "Shuniu Signer", BODY, 16, align=right, space_before=16)
    foot = _style(document, "Shuniu Distribution", BODY, 14, space_before=10)
    _rule(foot, "top", "000000", 6)
    _rule(foot, "bottom", "000000", 6)
    page = document.styles["Footer"]
    _font(page, BODY, 14)
    page.paragraph_format.alignment = center


def _set_heading(document: WordDocument) -> None:
    heading = document.styles["Heading 1"]
    _font(heading, HEAVY, 16)
    heading.font.bold = True
    heading.font.color.rgb = RGBColor(0, 0, 0)
    shape = heading.paragraph_format
    shape.first_line_indent, shape.keep_with_next = Pt(32), True
    shape.space_before, shape.space_after = Pt(0), Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, LINE


def _font(style: ParagraphStyle, font: str, size_pt: int) -> None:
    style.font.name, style.font.size = LATIN, Pt(size_pt)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    fonts.set(qn("w:eastAsia"), font)


def _style(
    document: WordDocument,
    name: str,
    font: str,
    size_pt: int,
    *,
    is_bold: bool = False,
    align: WD_ALIGN_PARAGRAPH | None = None,
    space_before: int = 0,
    space_after: int = 0,
    is_spaced: bool = False,
) -> ParagraphStyle:
    style: ParagraphStyle = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    _font(style, font, size_pt)
    style.font.bold = is_bold
    shape = style.paragraph_format
    shape.space_before, shape.space_after, shape.alignment = (
        Pt(space_before),
        Pt(space_after),
        align,
    )
    if is_spaced:
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    else:
        shape.line_spacing = 1.0
    return style


def _rule(style: ParagraphStyle, side: str, color: str, eighths_pt: int) -> None:
    """Draw a line above or below the paragraphs of a style."""
    properties = style.element.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.insert_element_before(
            borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc"
        )
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(eighths_pt)), ("space", "4"),
                        ("color", color)):  # fmt: skip
        line.set(qn(f"w:{name}"), value)
    borders.append(line)


def _write_head(document: WordDocument, paper: Paper) -> None:
    _write(document, paper.mark, "Shuniu Mark")
    _write(document, paper.masthead, "Shuniu Masthead")
    _write(document, paper.number, "Shuniu Issue")
    _write(document, f"{paper.issuer}\t{paper.day}", "Shuniu Issuer")
    _write(document, paper.title, "Shuniu Title")


def _write_foot(document: WordDocument, paper: Paper) -> None:
    _write(document, paper.signer, "Shuniu Signer")
    _write(document, paper.distribution, "Shuniu Distribution")


def _write_table(document: WordDocument, given: Table, base_url: str) -> None:
    columns = len(given.heads)
    table = document.add_table(rows=1, cols=columns, style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    first = BLOCK_MM * FIRST_COLUMN
    widths = [Mm(first), *[Mm((BLOCK_MM - first) / (columns - 1))] * (columns - 1)]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    head = table.rows[0]
    repeated = OxmlElement("w:tblHeader")
    head._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001  # python-docx cannot repeat a head
    for cell, words, width in zip(head.cells, given.heads, widths, strict=True):
        cell.width, cell.vertical_alignment = width, WD_ALIGN_VERTICAL.CENTER
        cell.paragraphs[0].text, cell.paragraphs[0].style = _clean(words), "Shuniu Head"
    last = len(given.rows) - 1
    for at, row in enumerate(given.rows):
        drawn = table.add_row()
        drawn._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001  # the same
        kind = "Total" if given.has_total and at == last else ""
        for place, (cell, content) in enumerate(zip(drawn.cells, row, strict=True)):
            cell.width, cell.vertical_alignment = widths[place], WD_ALIGN_VERTICAL.CENTER
            number = "Total Number" if kind else "Number"
            paragraph = cell.paragraphs[0]
            paragraph.style = f"Shuniu {number if place else kind or 'Cell'}"
            _write_cell(paragraph, content, base_url)
    document.add_paragraph(style="Shuniu Gap")


def _write_cell(paragraph: Paragraph, content: Cell, base_url: str) -> None:
    if content.url and base_url:
        _add_link(paragraph, content.text, base_url + content.url)
    else:
        paragraph.add_run(_clean(content.text))


def _write_told(document: WordDocument, at: int, told: Told, base_url: str) -> None:
    paragraph = document.add_paragraph(style="Shuniu Item")
    paragraph.add_run(f"{at}. ")
    _write_cell(paragraph, Cell(told.number, told.url), base_url)
    paragraph.add_run(" ")
    paragraph.add_run(_clean(told.enterprise), style="Shuniu Strong")
    paragraph.add_run(_clean(told.about + told.text))


def _add_link(paragraph: Paragraph, text: str, address: str) -> None:
    """Add words that lead to an address."""
    link = OxmlElement("w:hyperlink")
    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link.set(qn("r:id"), relation)
    run = OxmlElement("w:r")
    link.append(run)
    paragraph.paragraph_format.element.append(link)
    Run(run, paragraph).text = _clean(text)
