"""Tables of days off: as the notice writes them, as a spreadsheet does, and what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.registry import services
from shuniu.zone.registry.choices import HolidayKind
from shuniu.zone.registry.services import TableRow, read_table

OFF, WORKED = HolidayKind.HOLIDAY, HolidayKind.MAKEUP_DAY


def read(text: str, year: int = 2027) -> list[tuple[str, str, HolidayKind | None, str]]:
    return [
        (f"{row.first:%m-%d}", f"{row.last:%m-%d}", row.kind, row.name)
        for row in read_table(text, year=year)
    ]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("2027-02-06 至 2027-02-12 春节", [("02-06", "02-12", OFF, "春节")]),
        ("2027年2月6日至12日 春节放假", [("02-06", "02-12", OFF, "春节")]),
        ("2027-02-20 上班", [("02-20", "02-20", WORKED, "")]),
        ("2027-02-06,2027-02-12,HOLIDAY,春节", [("02-06", "02-12", OFF, "春节")]),
        ("2027-02-20,,MAKEUP_DAY,", [("02-20", "02-20", WORKED, "")]),
        ("2027/2/20,补班", [("02-20", "02-20", WORKED, "")]),
        ("2027-02-05 下午放假", [("02-05", "02-05", HolidayKind.MORNING, "")]),
        ("2027-02-05,,AFTERNOON,停电", [("02-05", "02-05", HolidayKind.AFTERNOON, "停电")]),
        ("2027-02-05,2027-02-05,PLAIN,", [("02-05", "02-05", None, "")]),
        ("# 国办通知\n\n2027-01-01 元旦", [("01-01", "01-01", OFF, "元旦")]),
    ],
)  # fmt: skip
def test_a_line_is_read_as_it_is_usually_written(
    text: str, rows: list[tuple[str, str, HolidayKind | None, str]]
) -> None:
    assert read(text) == rows


def test_sentences_of_the_notice_are_read_with_their_working_weekends() -> None:
    notice = (
        (
            "二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。"
            "2月14日（周六）、2月28日（周六）上班。"
        )
        .replace("（农历腊月二十八、周日）", "（周日）")
        .replace("（农历正月初七、周一）", "（周一）")
    )

    assert read(notice, 2026) == [
        ("02-15", "02-23", OFF, "春节"),
        ("02-14", "02-14", WORKED, "春节"),
        ("02-28", "02-28", WORKED, "春节"),
    ]


def test_the_leap_day_is_a_day_of_leap_years_only() -> None:
    assert read("2028-02-29 停电", 2028) == [("02-29", "02-29", OFF, "停电")]
    with pytest.raises(services.UnreadableRow):
        read_table("2027-02-29 停电", year=2027)


@pytest.mark.parametrize(
    ("text", "refusal", "sentence"),
    [
        ("", services.EmptyTable, "There is no day in this table. Please write at least one line."),
        (
            "2027-02-06 至 2027-02-12 春节\n\n2027-02-12 上班",
            services.OverlappingRows,
            (
                "Line 1 (2027-02-06 至 2027-02-12 春节) and line 3 (2027-02-12) both speak about"
                " 2027-02-12. Please leave the day in one of them."
            ),
        ),
        (
            "2027-02-12 至 2027-02-06 春节",
            services.BackwardRow,
            (
                "Line 1, “2027-02-12 至 2027-02-06 春节”, runs backwards or over more than 31 days."
                " Please check its dates."
            ),
        ),
        (
            "春节放七天",
            services.UnreadableRow,
            "Line 1 cannot be read: “春节放七天”. Write it like “2027-02-06 至 2027-02-12 春节”.",
        ),
        (
            "2027-13-01 元旦",
            services.UnreadableRow,
            (
                "Line 1 cannot be read: “2027-13-01 元旦”. Write it like"
                " “2027-02-06 至 2027-02-12 春节”."
            ),
        ),
    ],
)
def test_a_table_that_cannot_be_taken_is_refused_with_its_lines(
    text: str, refusal: type[Refusal], sentence: str
) -> None:
    with pytest.raises(refusal) as refused:
        read_table(text, year=2027)

    with translation.override("en"):
        assert str(refused.value) == sentence


days = st.dates(date(2000, 1, 1), date(2099, 11, 30))


@given(days, st.integers(0, 30), st.sampled_from([*HolidayKind, None]))
def test_a_row_written_as_csv_is_read_as_the_same_row(
    first: date, more: int, kind: HolidayKind | None
) -> None:
    row = TableRow(1, first, first + timedelta(days=more), kind, "春节")

    assert read_table(row.csv, year=1999 + 1) == (row,)
