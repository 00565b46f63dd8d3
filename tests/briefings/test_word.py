"""The briefing as a Word file."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from shuniu.cli import main
from shuniu.zone.briefings.choices import FileForm
from shuniu.zone.briefings.services import compose, day_file
from shuniu.zone.desk.models import Case
from tests.factories import THURSDAY_10, CaseFactory

DAY = THURSDAY_10.date()
NO_HANGS = (
    "0 opened and 0 struck off; in the seven days 0 and 0. 0 are open, of which 0 passed their"
    " promised day."
)
SITE = "https://hub.example.cn"


def written(language: str = "zh-hans", base_url: str = SITE) -> WordDocument:
    content = day_file(
        DAY, form=FileForm.WORD, language=language, base_url=base_url, now=THURSDAY_10
    )
    return Document(io.BytesIO(content))


def style_of(paragraph: Paragraph) -> str | None:
    return paragraph.style.name if paragraph.style else None


def cells(table: Table) -> list[list[str]]:
    """Return the words of a table; those of links are not among the runs of a paragraph."""
    return [
        ["".join(t.text or "" for t in cell._tc.iter(qn("w:t"))) for cell in row.cells]
        for row in table.rows
    ]


def links(document: WordDocument) -> list[tuple[str, str]]:
    """Return the words and the address of every link, in order."""
    return [
        (
            "".join(t.text or "" for t in link.iter(qn("w:t"))),
            document.part.rels[link.get(qn("r:id"))].target_ref,
        )
        for link in document.element.body.iter(qn("w:hyperlink"))
    ]


@pytest.mark.usefixtures("thursday")
def test_it_has_a_masthead_six_sections_and_a_foot() -> None:
    by_style = [(style_of(p), p.text) for p in written().paragraphs]

    assert [text for style, text in by_style if style == "Shuniu Masthead"] == [
        compose(DAY, language="zh-hans", now=THURSDAY_10).masthead
    ]
    sections = [text for style, text in by_style if style == "Heading 1"]
    assert [text[:2] for text in sections] == ["一、", "二、", "三、", "四、", "五、", "六、"]
    assert by_style[-1][0] == "Shuniu Distribution"


@pytest.mark.usefixtures("thursday")
def test_its_tables_hold_the_numbers_of_the_day() -> None:
    figures, categories, operations = written("en").tables

    assert cells(figures) == [
        ["Figure", "This day", "Working day before", "Change", "7-day mean"],
        ["New needs", "4", "1", "+3", "1.0"],
        ["Answered", "2", "1", "+1", "0.4"],
        ["Confirmed and closed", "1", "1", "0", "0.3"],
        ["Open at the end of the day", "7", "4", "+3", "4.1"],
        ["Overdue at the end of the day", "2", "3", "−1", "1.9"],
    ]
    assert cells(categories) == [
        ["Category", "New needs", "Closed", "Open", "Overdue"],
        ["Municipal works", "2", "1", "4", "1"],
        ["Unpaid bills", "1", "0", "2", "1"],
        ["not sorted yet", "1", "0", "1", "0"],
        ["Total", "4", "1", "7", "2"],
    ]
    assert cells(operations)[:2] == [
        ["Work", "Number"],
        ["Urging: Units urged in writing", "0"],
    ]


def test_its_numbers_lead_to_their_lists_and_its_cases_to_their_pages(
    thursday: dict[str, Case],
) -> None:
    found = links(written())

    briefing = compose(DAY, language="zh-hans", now=THURSDAY_10)
    numbers = [figure.value for figure in briefing.figures] + [
        n for row in briefing.categories for n in (row.opened, row.closed, row.open, row.late)
    ]
    told = [thursday[name] for name in ("later", "late", "new and urgent", "new and confidential")]
    assert found == [(str(n.value), SITE + n.url) for n in numbers] + [
        (case.number, f"{SITE}/cases/{case.pk}/") for case in told
    ]
    assert found[0] == ("4", "https://hub.example.cn/cases/?opened_on=2026-11-19")


@pytest.mark.usefixtures("thursday")
def test_it_says_that_its_east_asian_text_is_chinese() -> None:
    document = written()

    (language,) = document.styles.element.iter(qn("w:lang"))
    assert language.get(qn("w:eastAsia")) == "zh-CN"
    fonts = document.styles["Shuniu Body"].element.rPr.rFonts
    assert (fonts.get(qn("w:eastAsia")), fonts.get(qn("w:ascii"))) == ("仿宋", "Times New Roman")


@pytest.mark.usefixtures("thursday")
def test_the_head_of_a_table_is_repeated_on_each_page_and_no_row_is_torn() -> None:
    for table in written().tables:
        marks = [[mark.tag for mark in row._tr.get_or_add_trPr()] for row in table.rows]
        assert marks == [[qn("w:tblHeader")]] + [[qn("w:cantSplit")]] * (len(table.rows) - 1)


@pytest.mark.usefixtures("thursday")
def test_its_pages_are_numbered_between_dashes() -> None:
    foot = written().sections[0].footer.paragraphs[0]

    assert foot.text == "— 1 —"
    assert [field.text for field in foot._p.iter(qn("w:instrText"))] == [" PAGE "]


@pytest.mark.usefixtures("thursday")
def test_without_an_address_its_numbers_lead_nowhere() -> None:
    assert links(written(base_url="")) == []


@pytest.mark.usefixtures("thursday")
def test_the_same_day_makes_the_same_file() -> None:
    first, second = (
        day_file(DAY, form=FileForm.WORD, language="zh-hans", base_url="", now=THURSDAY_10)
        for _time in range(2)
    )

    assert first == second


@pytest.mark.usefixtures("zone")
def test_control_characters_do_not_break_the_file() -> None:
    CaseFactory.create(text="灯\x01坏\x02了", urgency="critical", submitted_at=THURSDAY_10)

    assert [p.text for p in written().paragraphs if "灯坏了" in p.text] != []


@pytest.mark.usefixtures("thursday")
def test_it_is_laid_out_as_an_office_paper() -> None:
    page = written().sections[0]

    lengths = (page.page_width, page.page_height, page.top_margin, page.bottom_margin)
    assert [round(length.mm) for length in lengths if length is not None] == [210, 297, 37, 35]


@pytest.mark.usefixtures("thursday")
def test_it_tells_nothing_of_a_restricted_case_nor_the_name_in_a_confidential_one() -> None:
    body = "".join(t.text or "" for t in written().element.body.iter(qn("w:t")))

    assert [word for word in ("举报", "不可点名") if word in body] == []


@pytest.mark.usefixtures("zone")
def test_a_quiet_day_makes_a_file_too() -> None:
    document = written("en")

    assert [p.text for p in document.paragraphs if style_of(p) == "Shuniu Body"] == [
        "No new needs, nothing open: a report of zeros. As of 10:00.", "None today.",
        "Nothing is overdue.",
        NO_HANGS, "None today.",
    ]  # fmt: skip


@pytest.mark.usefixtures("durable_database", "thursday")
def test_the_command_line_writes_it(tmp_path: Path) -> None:
    path = tmp_path / "briefing.docx"

    status = main(["briefing", "--date", "2026-11-19", "--out", str(path), "--language", "en"])

    document = Document(str(path))
    assert status == 0
    assert cells(document.tables[0])[1] == ["New needs", "4", "1", "+3", "1.0"]
    assert links(document)[0] == ("4", "http://localhost:8000/cases/?opened_on=2026-11-19")
