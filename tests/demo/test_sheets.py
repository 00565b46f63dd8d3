"""The need sheets are read as written and every category is rich enough."""

from __future__ import annotations

from random import Random

import pytest

from shuniu.demo.needs import ALL_SHEETS
from shuniu.demo.needs.sheet import Answer, Sheet, Slot, drawn_slots, read_sheets
from shuniu.demo.people import OFFICES
from shuniu.demo.plan import CATEGORY_SHARES

SMALL = """
# municipal 规划建设局
plan 今天到现场看
note 材料在备
* 路灯 @交警中队 !high ^confidential
$ n=2-6/2 side=东|西
? {road}{side}边{n}盏路灯
  不亮
=1 已修好{n}盏
- 已说明
"""


def test_a_sheet_is_read_as_it_is_written() -> None:
    (sheet,) = read_sheets(SMALL)
    (situation,) = sheet.situations

    assert (sheet.category, sheet.office) == ("municipal", "规划建设局")
    assert (sheet.plans, sheet.notes) == (("今天到现场看",), ("材料在备",))
    assert (situation.office, situation.urgency) == ("交警中队", "high")
    assert situation.sensitivity == "confidential"
    assert situation.slots == (Slot("n", ("2", "4", "6")), Slot("side", ("东", "西")))
    assert situation.asks == ("{road}{side}边{n}盏路灯不亮",)
    assert situation.answers == (
        Answer("yes", "已修好{n}盏", (0,)),
        Answer("explained", "已说明", ()),
    )


def test_an_answer_is_given_only_to_the_wordings_that_it_fits() -> None:
    (sheet,) = read_sheets(SMALL)

    assert [it.text for it in sheet.situations[0].answers_to(1)] == ["已说明"]


@pytest.mark.parametrize("text", ["plan 没有表头", "# land 自然资源分局\n? 没有情形"])
def test_a_line_outside_its_place_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is open for"):
        read_sheets(text)


def test_an_unknown_mark_is_refused() -> None:
    with pytest.raises(ValueError, match="Unknown mark"):
        read_sheets("# land 自然资源分局\n* 边界\n! 什么")


def test_all_27_categories_have_a_sheet() -> None:
    assert sorted(sheet.category for sheet in ALL_SHEETS) == sorted(CATEGORY_SHARES)
    assert len(ALL_SHEETS) == 27


@pytest.mark.parametrize("sheet", ALL_SHEETS, ids=lambda sheet: sheet.category)
def test_a_category_has_twelve_situations_each_with_wordings_and_answers(sheet: Sheet) -> None:
    assert len(sheet.situations) >= 12
    for situation in sheet.situations:
        assert 2 <= len(situation.asks) <= 4
        assert len(situation.answers) >= 2
        assert all(situation.answers_to(number) for number in range(len(situation.asks)))


def test_every_owner_is_an_office_of_the_zone() -> None:
    offices = {office.name for office in OFFICES}

    assert {it.office for sheet in ALL_SHEETS for it in sheet.situations} <= offices


def test_no_wording_is_written_twice() -> None:
    asks = [ask for sheet in ALL_SHEETS for it in sheet.situations for ask in it.asks]

    assert len(set(asks)) == len(asks)


def test_slots_draw_each_of_their_values() -> None:
    rng = Random(1)  # noqa: S311  # a fixed draw
    slots = (Slot("n", ("2", "4")),)

    assert {drawn_slots(rng, slots)["n"] for _ in range(50)} == {"2", "4"}


def test_no_slot_hides_a_date_or_a_name_that_every_answer_knows() -> None:
    everywhere = {"office", "handler", "subcategory", "day", "visit", "next", "later_on", "who"}
    slots = {slot.name for sheet in ALL_SHEETS for it in sheet.situations for slot in it.slots}

    assert slots & everywhere == set()
