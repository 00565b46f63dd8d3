from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from shuniu.profiles.load import (
    FOLDER,
    InvalidProfile,
    load_profile,
    parse_profile,
)
from shuniu.profiles.references import ProfileError
from shuniu.profiles.values import YearDay

GENERIC = (FOLDER / "generic.toml").read_text(encoding="utf-8")
DAY = timedelta(hours=7)

Change = Callable[[str], str]


def swapped(old: str, new: str) -> Change:
    """Return a change of the first ``old`` into ``new`` that fails if there is none."""

    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


def errors_after(*changes: Change) -> tuple[ProfileError, ...]:
    text = GENERIC
    for change in changes:
        text = change(text)
    with pytest.raises(InvalidProfile) as refused:
        parse_profile(text)
    return refused.value.errors


def test_an_unknown_office_is_named_with_the_one_that_was_meant() -> None:
    change = swapped('unit = "property_company"', 'unit = "Park Property Company"')

    (error,) = errors_after(change)

    assert error.path == "categories[3].unit"
    assert error.message.startswith(
        "no office is called Park Property Company; did you mean property_company? "
        "offices: service_center, economy_office, "
    )


@pytest.mark.parametrize(
    ("change", "path", "message"),
    [
        (
            swapped('unit = "traffic_squad"', 'unit = "trafic_squad"'),
            "routing[0].unit",
            "no office is called trafic_squad; did you mean traffic_squad? offices: ",
        ),
        (
            swapped('fallback_unit = "service_center"', 'fallback_unit = "经济局"'),
            "handling.fallback_unit",
            "no office is called 经济局; offices: service_center, ",
        ),
        (
            swapped("weekend = [", "week_end = ["),
            "working_hours.week_end",
            "there is no such key; did you mean weekend? keys: spans, weekend, summer",
        ),
        (
            swapped('currency = "GBP"', 'currency = "pound"'),
            "zone.currency",
            """write a currency in three capitals, like "CNY"; found 'pound'""",
        ),
        (
            swapped('timezone = "Europe/London"', 'timezone = "Europe/Haimen"'),
            "zone.timezone",
            'no time zone is called Europe/Haimen; write a name like "Asia/Shanghai"',
        ),
        (
            swapped("lon = 0.452", "lon = 1.452"),
            "zone.center",
            "the center must lie inside zone.bounds",
        ),
        (
            swapped('receive = "30 minutes"', 'receive = "half an hour"'),
            "service_levels.critical.receive",
            "write a whole number above 0 and a unit: ",
        ),
        (
            swapped('receive = "30 minutes"', "receive = 30"),
            "service_levels.critical.receive",
            "write a whole number above 0 and a unit: ",
        ),
        (
            swapped('plan = "1 working day"', 'plan = "6 working days"'),
            "service_levels.high",
            "plan (6 working days) must not be longer than done (5 working days)",
        ),
        (
            swapped('"09:00-12:00", "13:00-17:00"', '"09:00-12:00", "11:00-17:00"'),
            "working_hours.spans",
            "write the office hours of a day in order and without overlap",
        ),
        (
            swapped("09:00-12:00", "12:00-09:00"),
            "working_hours.spans[0]",
            "the office must open before it closes, ",
        ),
        (
            swapped("09:00-12:00", "9 to 12"),
            "working_hours.spans[0]",
            'write office hours as "09:00-12:00"',
        ),
        (
            swapped("13:00-17:00", "13:00-24:30"),
            "working_hours.spans[1]",
            "the office must open before it closes, ",
        ),
        (
            swapped("extra_holidays = []", 'extra_holidays = ["Christmas"]'),
            "calendar.extra_holidays[0]",
            "write a day like 2026-05-01, without quotes; found 'Christmas'",
        ),
        (
            swapped(
                "extra_holidays = []\nextra_makeup_days = []",
                "extra_holidays = [2026-01-01]\nextra_makeup_days = [2026-01-01]",
            ),
            "calendar",
            "a day is a holiday, a make-up day or a half day, and written once; written twice: ",
        ),
        (
            swapped("No. {number}/{year}", "No."),
            "briefing.number_format",
            "write {number}, and {year} if wanted, and no other place",
        ),
        (
            swapped("No. {number}/{year}", "No. {number"),
            "briefing.number_format",
            "expected '}' before end of string; write it like 第{number}期",
        ),
        (
            swapped('compose_at = "17:00"', 'compose_at = "25:00"'),
            "briefing.compose_at",
            """write a time of day like "17:00"; found '25:00'""",
        ),
        (
            swapped("[attachments]\n", "[attachments]\nmax_size = 1\n"),
            "attachments.max_size",
            "there is no such key; keys: max_bytes, max_count, types",
        ),
        (
            swapped("max_count = 9\n", ""),
            "attachments.max_count",
            "this key is needed",
        ),
        (
            swapped("extension_count = 1", "extension_count = -1"),
            "handling.extension_count",
            "this should be greater than or equal to 0; found -1",
        ),
        (
            swapped("near_share = 0.25", "near_share = nan"),
            "lights.near_share",
            "this should be ",
        ),
        (
            swapped('code = "tax_office"', 'code = "finance_office"'),
            "categories[7].unit",
            "no office is called tax_office; did you mean ",
        ),
        (
            swapped('code = "leader"', 'code = "chief"'),
            "roles",
            "each code is needed; add leader",
        ),
        (
            swapped('{ code = "part_load",', '{ code = "find_truck",'),
            "categories[0].subcategories",
            "the code find_truck is there 2 times; keep one",
        ),
    ],
)
def test_an_error_is_told_with_its_path_and_what_would_be_right(
    change: Change, path: str, message: str
) -> None:
    told = [error for error in errors_after(change) if error.path == path]

    assert [error.message[: len(message)] for error in told] == [message]


def test_all_errors_are_told_at_once_in_the_order_of_their_paths() -> None:
    errors = errors_after(
        swapped('code = "praise"', 'code = "prayse"'),
        swapped('unit = "property_company"', 'unit = "landlord"'),
        swapped("weekend = [", "week_end = ["),
        swapped("[calendar]\n", "[calendar]\nregion = 1\n"),
    )

    assert [error.path for error in errors] == [
        "calendar.region",
        "categories",
        "categories[3].unit",
        "categories[25].code",
        "working_hours.week_end",
        "working_hours.weekend",
    ]


def test_parts_of_the_wrong_shape_are_told_and_stepped_over() -> None:
    with pytest.raises(InvalidProfile) as refused:
        parse_profile('offices = "none"\ncategories = [1, { code = 3 }]\nhandling = []\n')

    told = {error.path: error.message for error in refused.value.errors}
    assert told["offices"] == "write a list here, in [ and ]; found 'none'"
    assert told["categories[0]"] == "write a table here; found 1"
    assert told["handling"] == "write a table here"
    assert told["zone"] == "this key is needed"


def test_an_office_without_a_name_does_not_hide_other_errors() -> None:
    with pytest.raises(InvalidProfile) as refused:
        parse_profile(
            '[[offices]]\ncode = "one"\naliases = 3\n[[offices]]\nzh = "二"\n'
            '[[routing]]\nwords = ["x"]\nunit = "二"\n'
        )

    told = {error.path: error.message for error in refused.value.errors}
    assert told["routing[0].unit"] == "no office is called 二; offices: one"
    assert told["offices[1].code"] == "this key is needed"


@pytest.mark.parametrize(
    ("text", "line"),
    [("a = 1\nb = = 2\n", "line 2"), ("a = 1\nb = 'x", "line 2"), ("[a]\n[b]\n[a]\n", "line 3")],
)
def test_what_is_not_toml_is_told_with_its_line(text: str, line: str) -> None:
    with pytest.raises(InvalidProfile) as refused:
        parse_profile(text)

    assert [error.path for error in refused.value.errors] == [line]
    assert str(refused.value).startswith(f"{line}: not TOML: ")


def test_a_profile_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(InvalidProfile) as refused:
        load_profile("atlantis")

    assert str(refused.value) == (
        "no profile and no readable file is called atlantis; profiles: generic, haimen"
    )


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "gbk.toml"
    file.write_bytes('zh = "海门"'.encode("gbk"))

    with pytest.raises(InvalidProfile) as refused:
        load_profile(file)

    assert str(refused.value) == f"{file} is not UTF-8 text; save it as UTF-8"


@pytest.mark.parametrize("day", ["2026-05-01", "13-01", "02-30", "00-10"])
def test_a_season_that_begins_on_no_day_is_refused(day: str) -> None:
    change = swapped(
        "[calendar]\n",
        f'[working_hours.summer]\nfrom_day = "{day}"\nto_day = "09-30"\n'
        'spans = ["09:00-12:00"]\n\n[calendar]\n',
    )

    assert [error.path for error in errors_after(change)] == ["working_hours.summer.from_day"]


def test_the_29th_of_february_is_a_day_of_the_year() -> None:
    change = swapped(
        "[calendar]\n",
        '[working_hours.summer]\nfrom_day = "02-29"\nto_day = "09-30"\n'
        'spans = ["09:00-12:00"]\n\n[calendar]\n',
    )

    summer = parse_profile(change(GENERIC)).working_hours.summer

    assert summer is not None
    assert summer.from_day == YearDay(2, 29)
