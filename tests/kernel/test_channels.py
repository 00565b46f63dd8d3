"""A table that leaves the product is text, whatever a person wrote into it."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from shuniu.zone.kernel.channels import Table, csv_lines, harmless, xlsx_file

SIGNS = "=+-@＝＋－＠\t\r\n"


@pytest.mark.parametrize("sign", SIGNS)
def test_a_cell_that_begins_like_a_formula_gets_an_apostrophe(sign: str) -> None:
    assert harmless(f"{sign}1+1") == f"'{sign}1+1"
    assert harmless(f" {sign}1+1") == f"' {sign}1+1"


@pytest.mark.parametrize("text", ["", "路灯坏了", "1-2", "a=b", "accounts.user:7", "{}"])
def test_an_ordinary_cell_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_commas_quotes_and_lines_stay_inside_their_cell() -> None:
    assert csv_lines([("a,b", '说"好"', "第一行\n第二行", 7)]) == (
        '"a,b","说""好""","第一行\n第二行",7\r\n'
    )


@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])), min_size=1
        ),
        max_size=4,
    )
)
def test_no_cell_begins_with_a_sign_and_none_is_lost(rows: list[list[str]]) -> None:
    read = list(csv.reader(io.StringIO(csv_lines(rows), newline="")))

    cells = [cell for row in read for cell in row]
    assert [cell.removeprefix("'") for cell in cells if cell] == [
        cell.removeprefix("'") for row in rows for cell in row if cell
    ]
    assert [cell for cell in cells if cell.lstrip()[:1] in tuple(SIGNS)] == []


def sheet_of(table: Table) -> Any:
    """Return the sheet of a workbook as another program reads it."""
    return load_workbook(io.BytesIO(xlsx_file(table))).active


@given(st.text(max_size=40), st.text(max_size=40), st.integers(0, 10**9))
def test_no_cell_of_a_workbook_is_a_formula(one: str, other: str, number: int) -> None:
    sheet = sheet_of(Table("企业", ("甲", "乙", "数"), ((f"={one}", other, number),)))

    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    assert (cells[3].number_format, cells[5].value) == ("@", number)


@pytest.mark.parametrize(
    "text", ["=1+1", "+8613", "-5", "@a", "0513", "9132061400000000012", "é\n二"]
)
def test_a_text_is_read_back_from_a_workbook_as_it_was(text: str) -> None:
    sheet = sheet_of(Table("企业", ("甲",), ((text,),)))

    assert (sheet["A2"].value, sheet["A1"].value) == (text, "甲")


def test_the_head_of_a_workbook_stays_in_sight_and_columns_are_wide_enough() -> None:
    rows = (("海门样例造船有限公司", "a"), ("b" * 200, "c"))

    sheet = sheet_of(Table("企业", ("名称", "甲"), rows))

    widths = [sheet.column_dimensions[letter].width for letter in "AB"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, widths) == ("A2", "A1:B3", [48, 8])


def test_what_no_workbook_takes_is_left_out() -> None:
    sheet = sheet_of(Table("a/b:c?*[x]\\", ("甲",), (("a\x00b\x07",), ("长" * 40_000,))))

    assert (sheet.title, sheet["A2"].value, len(sheet["A3"].value)) == ("a b c   x  ", "ab", 32_767)


def test_a_workbook_without_rows_has_its_head() -> None:
    sheet = sheet_of(Table("企业", ("甲", "乙"), ()))

    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [["甲", "乙"]]
