"""The enterprises of the demo zone: 271 industrial ones above scale and forty others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from shuniu.demo.codes import company_code
from shuniu.demo.named import NAMED_ENTERPRISES
from shuniu.demo.people import invented_names, phones
from shuniu.demo.streets import PARKS, Park, position_in
from shuniu.demo.trades import PLANTS, SERVICES, Trade

ABOVE_SCALE_COUNT = 271
SMALLER_COUNT = 40
# Haimen is a district since 2020 and was a city before; a code keeps the region of its day.
REGION_NOW, REGION_BEFORE_2020 = "320614", "320684"
SMALL_LIMIT = 20

_BRAND_FIRST = "沐铭翊昱衡澜颂祺沣煜琅珩屹渝钧霖淳骐峻榕瑾砺"
_BRAND_SECOND = "川舟泽硕朔岑桐楷弘陌锦迈赫域铂诺悦禾骁垣"
# Brands of well-known companies that the two rows of characters would also give.
_TAKEN_BRANDS = frozenset({"铭泽", "昱弘", "澜舟", "钧泽", "衡川", "瑾禾", "煜禾", "霖泽", "弘锦"})
_TITLES = ("总经理", "副总", "厂长", "办公室主任", "行政经理", "生产经理", "财务经理", "安环经理")


@dataclass(frozen=True, slots=True)
class DemoEnterprise:
    """An enterprise of the demo zone.

    Attributes
    ----------
    industry_code
        Four digits of GB/T 4754-2017.
    scope
        Business scope (经营范围) as the licence would state it.
    longitude, latitude
        WGS-84 degrees, inside the zone's outline.
    road
        The road of the address.
    contact_phone
        Eleven digits of the 154 range, which rings nobody.
    """

    name: str
    short_name: str
    credit_code: str
    industry_code: str
    above_scale: bool
    employees: int
    scope: str
    products: tuple[str, ...]
    inputs: tuple[str, ...]
    address: str
    road: str
    longitude: float
    latitude: float
    contact_name: str
    contact_title: str
    contact_phone: str


@dataclass(frozen=True, slots=True)
class _Sketch:
    name: str
    short_name: str
    code: str
    products: tuple[str, ...]
    inputs: tuple[str, ...]
    park: int
    above_scale: bool
    under_construction: bool = False


def enterprises(rng: Random) -> tuple[DemoEnterprise, ...]:
    """Return the zone's enterprises: the reported ones first, then the invented ones."""
    named = [
        _Sketch(
            it.name,
            it.short_name,
            it.code,
            it.products,
            it.inputs,
            it.park,
            it.above_scale,
            it.under_construction,
        )
        for it in NAMED_ENTERPRISES
    ]
    named_plants = sum(it.above_scale for it in named)
    brands = _brands(rng)
    plants = _invented(rng, PLANTS, ABOVE_SCALE_COUNT - named_plants, brands, above_scale=True)
    smaller = SMALLER_COUNT - (len(named) - named_plants)
    services = _invented(rng, SERVICES, smaller, brands, above_scale=False)
    names, numbers, codes = invented_names(rng), phones(rng), _codes(rng)
    addresses: set[str] = set()
    return tuple(
        _settled(
            rng,
            sketch,
            addresses,
            code=next(codes),
            contact=next(names),
            phone=next(numbers),
        )
        for sketch in (*named, *plants, *services)
    )


def _brands(rng: Random) -> Iterator[str]:
    brands = [first + second for first in _BRAND_FIRST for second in _BRAND_SECOND]
    brands = [brand for brand in brands if brand not in _TAKEN_BRANDS]
    rng.shuffle(brands)
    return iter(brands)


def _codes(rng: Random) -> Iterator[str]:
    seen: set[str] = set()
    while True:
        code = company_code(rng, rng.choice((REGION_NOW, REGION_BEFORE_2020)))
        if code not in seen:
            seen.add(code)
            yield code


def _invented(
    rng: Random, trades: tuple[Trade, ...], count: int, brands: Iterator[str], *, above_scale: bool
) -> list[_Sketch]:
    places = list(trades)
    places += rng.choices(trades, [trade.share for trade in trades], k=count - len(places))
    return [_sketch(rng, trade, next(brands), above_scale=above_scale) for trade in places]


def _sketch(rng: Random, trade: Trade, brand: str, *, above_scale: bool) -> _Sketch:
    word = rng.choice(trade.words)
    pattern = rng.choice(
        (
            "南通{brand}{word}有限公司",
            "南通{brand}{word}有限公司",
            "江苏{brand}{word}有限公司",
            "{brand}{word}(南通)有限公司",
            "{brand}{word}(江苏)有限公司",
            "南通市海门区{brand}{word}厂",
        )
        if len(word) < 4
        else ("南通{brand}{word}有限公司", "江苏{brand}{word}有限公司")
    )
    return _Sketch(
        pattern.format(brand=brand, word=word),
        brand + trade.tag,
        trade.code,
        trade.products,
        trade.inputs,
        trade.park,
        above_scale,
    )


def _settled(
    rng: Random, sketch: _Sketch, addresses: set[str], *, code: str, contact: str, phone: str
) -> DemoEnterprise:
    # Four in five settle in the park of their trade, the others where there was room.
    park = PARKS[sketch.park] if rng.random() < 0.8 else rng.choice(PARKS)
    road = rng.choice(park.roads)
    longitude, latitude = position_in(rng, park)
    return DemoEnterprise(
        name=sketch.name,
        short_name=sketch.short_name,
        credit_code=code,
        industry_code=sketch.code,
        above_scale=sketch.above_scale,
        employees=_employees(rng, sketch),
        scope=_scope(sketch),
        products=sketch.products,
        inputs=sketch.inputs,
        address=_address(rng, park, road, addresses),
        road=road,
        longitude=longitude,
        latitude=latitude,
        contact_name=contact,
        contact_title=rng.choice(_TITLES),
        contact_phone=phone,
    )


def _employees(rng: Random, sketch: _Sketch) -> int:
    if sketch.above_scale:
        return max(SMALL_LIMIT, min(1600, round(rng.lognormvariate(4.8, 0.75))))
    return max(4, min(90, round(rng.lognormvariate(2.9, 0.6))))


def _scope(sketch: _Sketch) -> str:
    things = "、".join(sketch.products)
    # Divisions 13-43 of GB/T 4754 are manufacturing.
    if not 13 <= int(sketch.code[:2]) <= 43:
        return f"{things};信息咨询服务。(依法须经批准的项目,经相关部门批准后方可开展经营活动)"
    phase = "(项目建设期)" if sketch.under_construction else ""
    return f"{things}的研发、生产、销售{phase};货物进出口;道路普通货物运输除外的仓储服务。"


def _address(rng: Random, park: Park, road: str, taken: set[str]) -> str:
    while True:
        number = rng.randrange(8, 1990, 2) + rng.randrange(2)
        address = f"江苏省南通市海门区{park.name}{road}{number}号"
        if address not in taken:
            taken.add(address)
            return address
