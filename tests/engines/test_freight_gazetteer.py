"""The gazetteer knows every county of the country, and which names are more than one."""

from __future__ import annotations

import pytest

from shuniu.engines.extraction.freight.gazetteer import gazetteer_of
from shuniu.engines.extraction.freight.normal import Sheet, normalise
from shuniu.engines.extraction.freight.places import find_mentions

HOME = gazetteer_of("320614")
REGIONS = {sense.region for senses in HOME.senses.values() for sense in senses}


def codes(text: str) -> list[str]:
    return [found.region.code for found in find_mentions(Sheet(normalise(text)), HOME)]


def test_all_counties_of_all_provinces_are_known() -> None:
    counties = [region for region in REGIONS if region.is_county]
    provinces = {region.code[:2] for region in counties}

    assert len(counties) == 2845
    assert len(provinces) == 31


def test_no_code_stands_for_two_names() -> None:
    assert len({region.code for region in REGIONS}) == len(REGIONS)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("云南镇雄", "530627"),
        ("镇雄", "530627"),
        ("威宁", "520526"),
        ("准格尔", "150622"),
        ("新晃", "431227"),
        ("西藏林芝察隅县", "540425"),
        ("酉阳", "500242"),
        ("神农架", "429021"),
        ("通州", "320612"),
        ("北京通州", "110112"),
        ("河北雄县", "130638"),
        ("香港", "810000"),
    ],
)
def test_a_name_is_its_county(text: str, code: str) -> None:
    assert codes(text) == [code]


@pytest.mark.parametrize("text", ["互助", "公安", "资源", "两天等", "合作", "清水"])
def test_an_everyday_word_is_no_county_by_itself(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize("road", ["广州路", "香港路", "青岛路", "厦门路", "烟台路", "深圳路"])
def test_a_road_named_like_a_city_is_a_road_of_the_home_county(road: str) -> None:
    assert codes(road) == ["320614"]


def test_letters_of_provinces_are_provinces() -> None:
    assert codes("江浙沪皖") == ["320000", "330000", "310000", "340000"]


def test_a_town_right_behind_another_county_is_a_spot_of_that_county() -> None:
    found = find_mentions(Sheet(normalise("江阴周庄")), HOME)

    assert [(each.region.code, each.detail) for each in found] == [("320281", "周庄")]
