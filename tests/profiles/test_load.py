from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path
from typing import get_args

import pytest

from shuniu.profiles.load import (
    FOLDER,
    InvalidProfile,
    load_profile,
    parse_profile,
    shipped_profiles,
)
from shuniu.profiles.references import ProfileError
from shuniu.profiles.schema import Lights, Profile, UrgencyCode
from shuniu.profiles.values import Allowance, AllowanceUnit, OfficeSpan, YearDay

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


def test_the_profiles_that_ship_are_known_by_name() -> None:
    assert shipped_profiles() == ("generic", "haimen")


def test_the_haimen_profile_says_who_and_how_large_the_zone_is() -> None:
    haimen = load_profile("haimen")

    assert haimen.zone.label("zh-hans") == "海门经济技术开发区"
    assert haimen.zone.label("en") == "Haimen Economic and Technological Development Zone"
    assert (haimen.zone.region_code, haimen.zone.tz.key) == ("320614", "Asia/Shanghai")
    assert (haimen.demo.staff_count, haimen.demo.above_scale_count) == (209, 271)
    assert (len(haimen.offices), len(haimen.categories), len(haimen.roles)) == (24, 27, 6)


@pytest.mark.parametrize(
    ("category", "office"),
    [
        ("logistics", "企业服务中心"),
        ("labour", "人力资源服务中心"),
        ("talent", "科技人才局"),
        ("housing", "国资平台公司"),
        ("space", "招商局"),
        ("land", "自然资源分局"),
        ("finance", "财政局(金融办)"),
        ("tax", "税务分局"),
        ("policy", "经济发展局"),
        ("permit", "行政审批局"),
        ("utility_power", "供电公司"),
        ("utility_heat", "热电公司"),
        ("utility_gas", "燃气公司"),
        ("utility_water", "水务公司"),
        ("municipal", "规划建设局"),
        ("transport", "企业服务中心"),
        ("environment", "生态环境分局"),
        ("safety", "应急管理局"),
        ("green", "生态环境分局"),
        ("market", "经济发展局"),
        ("trade", "海关办事处"),
        ("epidemic", "防疫专班"),
        ("arrears", "财政局"),
        ("ict", "经济发展局"),
        ("integrity", "纪检监察组"),
        ("praise", "企业服务中心"),
        ("reopen", "企业服务中心"),
    ],
)
def test_each_category_of_haimen_has_its_office(category: str, office: str) -> None:
    haimen = load_profile("haimen")

    assert haimen.office(haimen.category(category).unit).zh == office


@pytest.mark.parametrize("name", shipped_profiles())
def test_each_category_has_four_to_eight_subcategories_and_phrases(name: str) -> None:
    categories = load_profile(name).categories

    assert [c.code for c in categories if not 4 <= len(c.subcategories) <= 8] == []
    assert [c.code for c in categories if not c.phrases] == []


def test_complaints_about_conduct_are_restricted() -> None:
    for name in shipped_profiles():
        profile = load_profile(name)
        assert profile.category("integrity").sensitivity == "restricted"
        assert profile.office(profile.category("integrity").unit).kind == "discipline"


def test_the_service_levels_of_haimen_are_allowances() -> None:
    levels = load_profile("haimen").service_levels

    assert levels.normal.receive == Allowance(2, AllowanceUnit.WORKING_HOURS)
    assert levels.normal.first_contact == Allowance(1, AllowanceUnit.WORKING_DAYS)
    assert levels.normal.plan == Allowance(3, AllowanceUnit.WORKING_DAYS)
    assert levels.normal.done == Allowance(7, AllowanceUnit.WORKING_DAYS)
    assert levels.critical.first_contact == Allowance(30, AllowanceUnit.DUTY_MINUTES)
    assert levels.critical.first_contact_off_hours == Allowance(120, AllowanceUnit.DUTY_MINUTES)
    assert levels.normal.first_contact_off_hours is None


def test_the_promises_of_an_urgency_are_those_of_its_table() -> None:
    levels = load_profile("haimen").service_levels

    assert [levels.of(code).done.amount for code in get_args(UrgencyCode)] == [2, 5, 7, 10]


def test_the_office_hours_of_haimen_change_in_summer() -> None:
    hours = load_profile("haimen").working_hours

    assert hours.spans == (OfficeSpan(540, 720), OfficeSpan(810, 1050))
    assert hours.iso_weekend == frozenset({6, 7})
    assert hours.summer is not None
    assert (hours.summer.from_day, hours.summer.to_day) == (YearDay(5, 1), YearDay(9, 30))
    assert hours.summer.spans == (OfficeSpan(540, 720), OfficeSpan(840, 1080))


def test_the_generic_zone_needs_no_country() -> None:
    generic = load_profile("generic")

    assert (generic.zone.language, generic.calendar.country) == ("en", "none")
    assert generic.working_hours.summer is None
    assert generic.briefing.compose_at == time(17)
    assert min(len(category.phrases) for category in generic.categories) >= 10


def test_an_unknown_code_of_an_office_category_or_role_is_a_key_error() -> None:
    generic = load_profile("generic")

    for ask in (generic.office, generic.category, generic.role):
        with pytest.raises(KeyError):
            ask("nobody")
    assert generic.role("leader").en == "Leader"


@pytest.mark.parametrize(
    ("written", "length"),
    [("2 working hours", 2 * timedelta(hours=1)), ("7 working days", 7 * DAY)],
)
def test_working_time_is_measured_in_days_of_the_office(written: str, length: timedelta) -> None:
    text = GENERIC.replace('silent = "3 working days"', f'silent = "{written}"')

    silent = parse_profile(text).lights.silent

    assert (silent.duration(DAY), silent.is_working_time, str(silent)) == (length, True, written)


def test_a_part_can_be_made_of_ready_values() -> None:
    three_days = Allowance(3, AllowanceUnit.WORKING_DAYS)

    lights = Lights(near_share=0.25, near=three_days, silent=three_days, long_overdue=three_days)

    assert lights.silent == three_days


def test_minutes_count_day_and_night() -> None:
    minutes = load_profile("generic").service_levels.critical.receive

    assert minutes.duration(DAY) == timedelta(minutes=30)
    assert not minutes.is_working_time


def test_one_working_day_is_written_in_the_singular() -> None:
    assert str(Allowance(1, AllowanceUnit.WORKING_DAYS)) == "1 working day"


def test_a_profile_is_loaded_from_a_file_with_a_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(GENERIC, encoding="utf-8-sig")

    assert load_profile(file) == load_profile("generic")


def test_half_days_and_extra_days_are_dates() -> None:
    change = swapped(
        "half_days = []", 'half_days = [{ day = 2026-12-24, spans = ["09:00-12:00"] }]'
    )
    extra = swapped("extra_holidays = []", "extra_holidays = [2026-12-25]")

    calendar = parse_profile(extra(change(GENERIC))).calendar

    assert calendar.extra_holidays == (date(2026, 12, 25),)
    assert calendar.half_days[0].day == date(2026, 12, 24)
    assert calendar.half_days[0].spans == (OfficeSpan(540, 720),)


def test_comments_and_order_do_not_change_the_digest() -> None:
    start = GENERIC.index("[lights]")
    end = GENERIC.index("[working_hours]")
    reordered = GENERIC[:start] + GENERIC[end:] + "\n# moved\n" + GENERIC[start:end]

    assert parse_profile(reordered).digest() == load_profile("generic").digest()


def test_what_a_profile_says_changes_its_digest() -> None:
    change = swapped("near_share = 0.25", "near_share = 0.2")

    digest = load_profile("generic").digest()

    assert parse_profile(change(GENERIC)).digest() != digest
    assert re.fullmatch("[0-9a-f]{64}", digest)


@pytest.mark.parametrize("name", shipped_profiles())
def test_a_profile_that_was_stored_as_json_is_the_same_profile(name: str) -> None:
    profile = load_profile(name)

    stored = profile.model_dump(mode="json")

    assert Profile.model_validate(stored) == profile
    assert Profile.model_validate(stored).digest() == profile.digest()
