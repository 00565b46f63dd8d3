"""A table that leaves the product is text, whatever a person wrote into it."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuniu.zone.kernel.channels import csv_lines, harmless

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
