"""Reading lists: what is taken, what is refused, and what is said about single cells."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook

from shuniu.zone.kernel.importing.kinds import Errand, ListField, ListKind
from shuniu.zone.kernel.importing.layout import Layout, headings, likely_layout, source_rows
from shuniu.zone.kernel.importing.reading import Unreadable, column_letters, kind_of, read
from tests.sheets import credit_code, firm, saved, xlsx

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def unlocked(rows: Any, errand: Errand) -> Any:  # noqa: ARG001  # the shape of a lock
    raise AssertionError("Nothing is locked by these tests.")


def never(rows: Any, errand: Errand) -> Any:  # noqa: ARG001  # the shape of a check
    raise AssertionError("Nothing is checked by these tests.")


def unwritten(verdicts: Any, errand: Errand) -> Any:  # noqa: ARG001  # the shape of writing
    raise AssertionError("Nothing is written by these tests.")


def untaken(written: Any, errand: Errand) -> Any:  # noqa: ARG001  # the shape of undoing
    raise AssertionError("Nothing is undone by these tests.")


def a_kind() -> ListKind:
    fields = (
        ListField("code", "Code", ("统一社会信用代码", "代码"), "", is_required=True,
                  looks_like=lambda cell: len(cell) == 18),
        ListField("name", "Name", ("企业名称", "名称"), ""),
        ListField("contact", "Contact", ("联系人", "姓名"), ""),
        ListField("phone", "Phone", ("电话", "手机"), ""),
    )  # fmt: skip
    return ListKind(
        "test", "Test", "", fields, lambda _actor: True, unlocked, never, unwritten, untaken,
        "kernel:imports",
    )  # fmt: skip


def bomb(size: int) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * size)
    return content.getvalue()


def code_of(content: bytes) -> str:
    with pytest.raises(Unreadable) as told:
        read(content)
    return told.value.code


def test_a_workbook_is_read_as_text_cell_by_cell() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["代码", 13912345678, 3.5, True, dt.date(2026, 1, 2), "00123", None, "末"])

    [found] = read(saved(book)).sheets

    assert found.rows == (("代码", "13912345678", "3.5", "TRUE", "2026-01-02", "00123", "", "末"),)


def test_a_number_of_eighteen_digits_is_said_to_be_cut() -> None:
    [found] = read(xlsx([[913206001234567890, 139123456789]], None)).sheets

    assert found.flags == {(0, 0): "lost"}


def test_a_number_with_an_exponent_in_a_text_file_is_said_to_be_cut() -> None:
    [found] = read("电话,名称\n1.39E+10,甲".encode()).sheets

    assert found.flags == {(1, 0): "lost"}


def test_a_formula_gives_what_it_shows_and_one_without_a_shown_value_is_told() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["甲", "=1+1"])
    sheet.append(["乙", "=1+2"])
    content = saved(book)
    shown = with_value(content, "B2", "3")

    [found] = read(shown).sheets

    assert (found.rows[1], found.flags) == (
        ("乙", "3"), {(0, 1): "formula_empty", (1, 1): "formula"},
    )  # fmt: skip


def with_value(content: bytes, place: str, value: str) -> bytes:
    """Return a workbook in which a formula has a shown value, as spreadsheet programs store it."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w") as new:
        for entry in old.infolist():
            part = old.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                start = part.index(f'r="{place}"'.encode())
                empty = part.index(b"<v", start)
                end = part.index(b"</c>", empty)
                part = part[:empty] + f"<v>{value}</v>".encode() + part[end:]
            new.writestr(entry, part)
    return changed.getvalue()


def test_an_error_of_the_program_is_told() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["甲", "#REF!"])

    [found] = read(saved(book)).sheets

    assert found.flags == {(0, 1): "error"}


def test_merged_cells_are_all_filled() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["联系人", None, "代码"])
    sheet.merge_cells("A1:B1")

    [found] = read(saved(book)).sheets

    assert (found.rows, found.merged) == ((("联系人", "联系人", "代码"),), ((0, 0, 0, 1),))


def test_hidden_sheets_are_read_but_told_apart() -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["名称", "代码"])
    hidden = book.create_sheet("旧")
    hidden.append(["名称", "代码"])
    hidden.sheet_state = "hidden"

    found = read(saved(book)).sheets

    assert [(sheet.name, sheet.is_hidden) for sheet in found] == [("Sheet", False), ("旧", True)]


def test_blank_rows_at_the_end_are_no_rows() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["名称"])
    sheet.cell(900, 1).value = "   "
    sheet.cell(901, 3).number_format = "@"

    [found] = read(saved(book)).sheets

    assert found.rows == (("名称",),)


def test_two_hundred_columns_are_read_and_one_more_is_told() -> None:
    assert [sheet.problem for sheet in read(xlsx([range(200)], None)).sheets] == [""]
    assert [sheet.problem for sheet in read(xlsx([range(201)], None)).sheets] == [
        "too_many_columns"
    ]


def test_more_rows_than_allowed_are_told() -> None:
    content = "代码\n" + "1\n" * 20_000

    assert [sheet.problem for sheet in read(content.encode()).sheets] == ["too_many_rows"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_files_are_read_in_each_encoding_with_each_delimiter(
    encoding: str, delimiter: str
) -> None:
    lines = [("名称", "代码", "电话"), ("海门甲厂", "9132", "154"), ("乙，丙厂", "9133", "155")]
    text = "\r\n".join(delimiter.join(line) for line in lines)

    [found] = read(text.encode(encoding)).sheets

    assert found.rows == tuple(lines)


def test_a_half_character_is_told_at_its_cell() -> None:
    content = "名称,代码\n海门甲厂,1\n海门".encode("gbk")[:-1] + b",2\n"

    [found] = read(content).sheets

    assert list(found.flags.values()) == ["undecoded"]


def test_a_cell_with_forty_thousand_characters_is_cut_and_told() -> None:
    [found] = read(f"名称,代码\n{'长' * 40_000},1".encode()).sheets

    assert (len(found.rows[1][0]), found.flags) == (5_000, {(1, 0): "long"})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_excel"),
        (PNG, "other_type"),
        (b"MZ\x90\x00" + b"\0" * 100, "other_type"),
        (b'{"a": 1}', "other_type"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "other_type"),
        (b"%PDF-1.7", "other_type"),
        (b"PK\x03\x04 broken", "broken"),
        (b"\xef\xbb\xbf\r\n\r\n ", "no_rows"),
    ],
)
def test_what_is_no_table_is_refused_by_its_content(content: bytes, code: str) -> None:
    assert code_of(content) == code


def test_an_empty_sheet_has_no_rows() -> None:
    assert code_of(saved(Workbook())) == "no_rows"


def test_another_office_file_is_no_workbook() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")

    assert code_of(content.getvalue()) == "other_type"


def test_a_bomb_is_refused_by_its_directory_before_anything_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = bomb(60_000_000)

    def unpack(*_entry: Any, **_words: Any) -> None:
        raise AssertionError("It was unpacked.")

    monkeypatch.setattr(zipfile.ZipFile, "open", unpack)

    with pytest.raises(Unreadable) as told:
        kind_of(content)

    assert told.value.code == "bomb"


def test_a_bomb_of_many_entries_is_refused() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for number in range(2_001):
            archive.writestr(f"xl/{number}", "")

    assert code_of(content.getvalue()) == "bomb"


@pytest.mark.parametrize("name", ["../evil", "/etc/passwd", "xl/../../evil", "c:/evil", "..\\evil"])
def test_entries_that_point_outside_are_refused(name: str) -> None:
    content = io.BytesIO(xlsx([firm(1)]))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr(name, "x")

    assert code_of(content.getvalue()) == "bomb"


def test_a_link_inside_of_a_workbook_is_refused() -> None:
    content = io.BytesIO(xlsx([firm(1)]))
    link = zipfile.ZipInfo("xl/link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr(link, "/etc/passwd")

    assert code_of(content.getvalue()) == "bomb"


def test_headings_are_found_below_a_title() -> None:
    sheets = read(
        xlsx([["2026年企业台账"], ["序号", "企业名称", "代码"], [1, "甲厂", credit_code(1)]], None)
    ).sheets

    layout = likely_layout(sheets, a_kind(), {})

    assert layout == Layout(0, 1, 1, ("", "name", "code"))


def test_two_rows_of_headings_are_joined() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["企业名称", "代码", "联系人", None])
    sheet.append([None, None, "姓名", "手机"])
    sheet.append(["甲厂", credit_code(1), "王一", "15400000001"])
    sheet.merge_cells("C1:D1")
    sheet.merge_cells("A1:A2")
    sheet.merge_cells("B1:B2")
    sheets = read(saved(book)).sheets

    layout = likely_layout(sheets, a_kind(), {})

    assert headings(sheets[0], layout.head, layout.depth) == (
        "企业名称", "代码", "联系人 / 姓名", "联系人 / 手机",
    )  # fmt: skip
    assert layout == Layout(0, 0, 2, ("name", "code", "contact", "phone"))


def test_a_list_without_headings_is_recognized_by_its_content() -> None:
    sheets = read(xlsx([["甲厂", credit_code(1)], ["乙厂", credit_code(2)]], None)).sheets

    assert likely_layout(sheets, a_kind(), {}) == Layout(0, -1, 1, ("", "code"))


def test_a_column_is_recognized_by_its_content_where_the_heading_says_nothing() -> None:
    sheets = read(xlsx([["企业名称", "编号"], ["甲厂", credit_code(1)]], None)).sheets

    assert likely_layout(sheets, a_kind(), {}).columns == ("name", "code")


def test_what_a_heading_meant_before_comes_first() -> None:
    sheets = read(xlsx([["企业名称", "曾用名", "代码"], ["甲", "乙", "1"]], None)).sheets

    layout = likely_layout(sheets, a_kind(), {"企业名称": "", "曾用名": "name"})

    assert layout.columns == ("", "name", "code")


def test_a_hidden_sheet_is_not_proposed() -> None:
    book = Workbook()
    assert book.active is not None
    book.active.sheet_state = "hidden"
    book.active.append(["企业名称", "代码", "联系人", "电话"])
    shown = book.create_sheet("名单")
    shown.append(["企业名称", "代码"])

    assert likely_layout(read(saved(book)).sheets, a_kind(), {}).sheet == 1


def test_rows_keep_the_number_of_the_sheet_and_blank_ones_are_left_out() -> None:
    [sheet] = read(xlsx([["企业名称"], ["甲"], [" "], ["乙"]], None)).sheets

    rows = source_rows(sheet, Layout(0, 0, 1, ("name",)), a_kind())

    assert [(row.number, dict(row.cells)) for row in rows] == [
        (2, {"name": "甲"}),
        (4, {"name": "乙"}),
    ]


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (199, "GR")])
def test_columns_are_called_as_in_the_program(column: int, letters: str) -> None:
    assert column_letters(column) == letters
