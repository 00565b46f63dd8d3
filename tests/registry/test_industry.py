"""Industry codes of GB/T 4754."""

from __future__ import annotations

import pytest

from shuniu.zone.registry.industry import (
    DIVISIONS,
    SECTIONS,
    NoSuchDivision,
    WrongShape,
    division_of,
    fault_of,
    normal_industry,
    section_of,
)


def test_sections_take_all_divisions_each_once_and_in_order() -> None:
    taken = [f"{n:02}" for s in SECTIONS for n in range(s.first, s.last + 1)]

    assert taken == list(DIVISIONS) == [f"{n:02}" for n in range(1, 98)]
    assert "".join(section.letter for section in SECTIONS) == "ABCDEFGHIJKLMNOPQRST"


@pytest.mark.parametrize(
    ("code", "section", "name"),
    [
        ("0111", "A", "农业"),
        ("13", "C", "农副食品加工业"),
        ("3599", "C", "专用设备制造业"),
        ("43", "C", "金属制品、机械和设备修理业"),
        ("441", "D", "电力、热力生产和供应业"),
        ("97", "T", "国际组织"),
    ],
)
def test_a_code_is_named_by_its_division(code: str, section: str, name: str) -> None:
    division, letter = division_of(code), section_of(code)

    assert division is not None
    assert letter is not None
    assert (division.zh, letter.letter) == (name, section)
    assert fault_of(code) is None


@pytest.mark.parametrize(
    ("typed", "code"), [("C35", "35"), ("ｃ ３５ ９９", "3599"), (" 35\n", "35"), ("C", "C")]
)
def test_a_code_is_read_however_it_is_written(typed: str, code: str) -> None:
    assert normal_industry(typed) == code


@pytest.mark.parametrize("code", ["3", "35999", "3a", "制造", "３５", ""])
def test_two_to_four_digits_are_a_code(code: str) -> None:
    assert fault_of(code) == WrongShape()


@pytest.mark.parametrize(("code", "division"), [("00", "00"), ("9800", "98"), ("999", "99")])
def test_a_code_begins_with_a_division(code: str, division: str) -> None:
    assert fault_of(code) == NoSuchDivision(division)
    assert (division_of(code), section_of(code)) == (None, None)
