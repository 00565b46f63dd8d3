"""The invented enterprises are countable, valid and on dry land."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from shuniu.demo.streets import PARKS, ZONE_OUTLINE, is_inside_zone
from shuniu.zone.registry.credit_code import body_check_symbol, check_symbol
from tests.demo.conftest import Zone

REPORTED = {
    "华通联合(南通)塑胶工业有限公司": ("2921", "缠绕膜"),
    "江苏世泰实验器材有限公司": ("4014", "实验室耗材"),
    "赐宝新型薄板(江苏)有限公司": ("3130", "覆膜薄板"),
    "南通富之岛家纺有限公司": ("1771", "床上用品"),
    "南通康馨环保科技有限公司": ("2927", "可降解一次性快餐盒"),
    "南通中科基因医学检验有限公司": ("8492", "临床检验服务"),
}


def valid_by_the_standard(code: str) -> bool:
    """Check a code as GB 32100-2015 and GB 11714 say, by powers of three."""
    symbols = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    if len(code) != 18 or any(symbol not in symbols for symbol in code):
        return False
    total = sum(symbols.index(code[i]) * pow(3, i, 31) for i in range(17))
    if (total + symbols.index(code[17])) % 31:
        return False
    body, weights = code[8:17], (3, 7, 9, 10, 5, 8, 4, 2)
    sum_of_body = sum(int(body[i], 36) * weights[i] for i in range(8))
    last = 10 if body[8] == "X" else int(body[8])
    return (sum_of_body + last) % 11 == 0


@pytest.mark.parametrize(
    "code", ["91350100M000100Y43", "91320614MAXX00015A", "91320684MAXX00015N", "91320614MA00001970"]
)
def test_the_check_symbol_of_known_codes_is_found(code: str) -> None:
    assert check_symbol(code[:17]) == code[17]


@pytest.mark.parametrize(
    ("body", "symbol"), [("00000000", "0"), ("D2143569", "X"), ("00000001", "9")]
)
def test_the_body_check_symbol_is_found(body: str, symbol: str) -> None:
    assert body_check_symbol(body) == symbol


def test_the_zone_has_271_enterprises_above_scale_and_forty_others(zone: Zone) -> None:
    assert Counter(it.above_scale for it in zone.enterprises) == {True: 271, False: 40}


def test_enterprises_above_scale_are_manufacturers(zone: Zone) -> None:
    divisions = {int(it.industry_code[:2]) for it in zone.enterprises if it.above_scale}

    assert (min(divisions) >= 13, max(divisions) <= 43) == (True, True)


def test_every_credit_code_is_valid_and_unique(zone: Zone) -> None:
    codes = [it.credit_code for it in zone.enterprises]

    assert [code for code in codes if not valid_by_the_standard(code)] == []
    assert {code[:8] for code in codes} == {"91320614", "91320684"}
    assert len(set(codes)) == len(codes)


def test_names_short_names_addresses_and_phones_are_unique(zone: Zone) -> None:
    for field in ("name", "short_name", "address", "contact_phone", "contact_name"):
        values = [getattr(it, field) for it in zone.enterprises]
        assert len(set(values)) == len(values), field


def test_phones_belong_to_a_range_that_rings_nobody(zone: Zone) -> None:
    phones = [it.contact_phone for it in zone.enterprises] + [it.phone for it in zone.staff]

    assert [phone for phone in phones if not re.fullmatch(r"154\d{8}", phone)] == []
    assert len({it.phone for it in zone.staff}) == 209


def test_the_reported_enterprises_make_what_the_report_says(zone: Zone) -> None:
    traits = {it.name: (it.industry_code, it.products[0]) for it in zone.enterprises}

    assert {name: traits[name] for name in REPORTED} == REPORTED


def test_enterprises_stand_inside_the_zone_in_seven_clusters(zone: Zone) -> None:
    assert [
        it.name for it in zone.enterprises if not is_inside_zone(it.longitude, it.latitude)
    ] == []
    roads = Counter(it.road for it in zone.enterprises)
    by_park = [sum(roads[road] for road in park.roads) for park in PARKS]
    assert min(by_park) >= 10


def test_the_river_and_the_next_town_are_outside_the_zone() -> None:
    assert [is_inside_zone(121.15, 31.80), is_inside_zone(121.30, 31.87)] == [False, False]
    assert is_inside_zone(121.16, 31.88)
    assert all(121.10 <= x <= 121.22 and 31.83 <= y <= 31.92 for x, y in ZONE_OUTLINE)
