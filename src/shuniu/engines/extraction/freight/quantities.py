"""Weight, volume, pieces, sizes and temperature."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import prod

from shuniu.engines.extraction.freight.cards import Amount, Pieces
from shuniu.engines.extraction.freight.found import Found
from shuniu.engines.extraction.freight.normal import Sheet
from shuniu.engines.extraction.freight.numerals import CHINESE, NUMBER, number, spread

_TONS = {"吨": 1.0, "t": 1.0, "公斤": 0.001, "千克": 0.001, "kg": 0.001, "kgs": 0.001, "斤": 0.0005}
_WEIGHT_UNIT = r"(?:吨|公斤|千克|kgs?|t(?![a-z])|斤)"
_VOLUME_UNIT = r"(?:立方米?|m3|m³|cbm|方(?![向便管钢式案木料形块砖法面米块通矩]))"
_TEXT = rf"""
    (?P<about>大概|大约|约|差不多|估计|左右)?\s*
    (?P<at_least>至少|最少|不低于|超过?|大于)?
    (?P<at_most>不超过?|不到|最多|最大|顶多|不足|小于|上限|限重?|限)?\s*(?:是|有|能?装|带|拉|还能装)?\s*
    (?<![\d.\-{CHINESE}*x×])
    (?P<low>{NUMBER})
    (?:\s*(?:{{unit}})?\s*(?:[\-~到至、或]|--)\s*(?P<high>{NUMBER}))?
    \s*(?P<odd>多|来|几|余|\+)?\s*(?:个)?\s*(?P<unit>{{unit}})
    (?:(?P<half>半)|(?P<tenth>\d)(?![\d.]|\s*(?:吨|方|托|箱|件|台|米|点|号|公斤|[tT]|个|车|包|卷|板)))?(?P<odd_after>多|来|出头)?
    \s*(?P<tail>左右|上下|以内|之内|内(?!蒙|容)|以下|以上|起步|起(?!运|吊|重|点)|封顶|不到)?
"""
_WEIGHT = re.compile(_TEXT.replace("{unit}", _WEIGHT_UNIT), re.VERBOSE | re.IGNORECASE)
_VOLUME = re.compile(_TEXT.replace("{unit}", _VOLUME_UNIT), re.VERBOSE | re.IGNORECASE)
_NOT_CARGO_BEFORE = re.compile(
    r"(?:载重|核载|自重|总质量|限载|可载|额定|荷载)[::]?\s*$|(?:装了|已装|已经装|已配|已拉|车上有?)\s*$"
)
_NOT_CARGO_AFTER = re.compile(
    r"\s*(?:的)?(?:位?行车|吊车?|叉车|地磅|行吊)|(?<!\s)的?(?:半挂|货车|卡车)|车(?![厢上型长辆要])"
)
_PIECE_AFTER = re.compile(r"\s*(?:/|每|一)\s*(?:托|件|箱|包|袋|桶|卷|板|盘|台)(?![\d一二两半])")
_PER_TRUCK = re.compile(r"(?:每车|每台车?|一车|单车|每辆)[约大概装]*\s*$")
_PER_PIECE = re.compile(
    r"(?:每|单|一|1)[个]?(?:托|件|箱|包|袋|桶|卷|板|盘|台|家|户|处|重)[重约大概是]*\s*$"
)
_TOTAL = re.compile(r"(?:总重?|共|合计|一共|总共|毛重|总计)[重约计::大概是]*\s*$")

_PIECE_UNIT = (
    r"托盘|吨包|吨袋|托|板(?![材房厂车桥子])|箱|件(?!套)|卷|盘(?!锦)|台(?!州|儿)|包(?!场|装|车|"
    r"头|邮|括|高速|油|过路|干|来回|送|卸)|袋|桶|捆|根|柜(?!车)|套|只|扎|筐|篮|匹"
)
_PIECES = re.compile(
    rf"(?<![\d.第每{CHINESE}*x×/])(?P<count>\d{{1,5}}|[{CHINESE}]{{1,4}})\s*(?:个|大|小|"
    rf"整)?\s*(?P<unit>{_PIECE_UNIT})(?![/])"
)
_TIMES = r"\s*(?:\*|x|×|乘以?|X)\s*"
_METER = rf"(?:\d+(?:\.\d+)?|[{CHINESE}]+米[{CHINESE}]?|\d米\d?|[{CHINESE}]+)"
_SIZE_UNIT = r"(?:mm|cm|毫米|厘米|公分|米|m(?!\d))"
_BOX = re.compile(
    rf"(?P<a>{_METER})\s*{_SIZE_UNIT}?{_TIMES}(?P<b>{_METER})\s*{_SIZE_UNIT}?(?:(?:{_TIMES}|"
    rf"\s*高\s*)(?P<c>{_METER}))?(?!\d|\s*[台辆车部])\s*(?P<unit>{_SIZE_UNIT})?",
    re.IGNORECASE,
)
_SIDE = re.compile(
    r"(?<!车)(?:货物?|设备|净)?(?P<side>长|宽|高(?![栏低拦护])|直径)(?:度)?\s*(?:约|是|为|"
    r":)?\s*(?P<value>\d{1,2}米\d|\d{1,2}(?:\.\d+)?)\s*(?![\d.]|\s*(?:吨|方|公斤|托|台|"
    r"[tT]))(?P<unit>米|m(?!3))?"
)
_TEMPERATURE = re.compile(
    r"(?:温度|控温|温控)?\s*(?:[::]\s*)?(?P<low>(?:零下|负|-)?\s*\d{1,2})\s*(?:(?:度|℃|"
    r"°C?)?\s*(?:~|到|至|-(?=\s*-?\d))\s*(?P<high>(?:零下|负|-)?\s*\d{1,2}))?\s*(?:度(?!电)|"
    r"℃|°C?)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount with how sure the text is; ``per`` tells what it counts for."""

    amount: Amount
    is_range: bool
    is_about: bool
    per: str | None


@dataclass(frozen=True, slots=True)
class Size:
    """Edges of one package in meters as typed, two or three of them."""

    edges_m: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Sides:
    """Length, width and height of the cargo in meters."""

    length_m: float | None = None
    width_m: float | None = None
    height_m: float | None = None


def find_sizes(sheet: Sheet) -> list[Found[Size]]:
    """Take sizes like 1.2*1*1.5 away and return those that make sense."""
    found: list[Found[Size]] = []
    for match in sheet.take_all(_BOX):
        edges = [_edge(match[name]) for name in ("a", "b", "c") if match[name]]
        if any(edge is None for edge in edges):
            continue
        meters = _in_meters([edge for edge in edges if edge is not None], match["unit"])
        found.append(Found(Size(tuple(meters)), *match.span()))
    return found


def find_sides(sheet: Sheet) -> Sides:
    """Take 长16米宽3.2 away; a side said alone counts only for a long, wide or high load."""
    sides: dict[str, float] = {}
    for match in list(_SIDE.finditer(sheet.left)):
        value = float(match["value"].replace("米", "."))
        is_exact = match["unit"] or "." in match["value"] or "米" in match["value"]
        if not is_exact and not sides:
            continue
        sides.setdefault(match["side"], value)
        sheet.take(*match.span())
    return Sides(sides.get("长"), sides.get("宽"), sides.get("高"))


def find_temperature(sheet: Sheet) -> Found[tuple[float, float]] | None:
    """Take temperatures away and return the first as lowest and highest, in Celsius."""
    matches = sheet.take_all(_TEMPERATURE)
    if not matches:
        return None
    low = _degrees(matches[0]["low"])
    high = _degrees(matches[0]["high"]) if matches[0]["high"] else low
    return Found((min(low, high), max(low, high)), *matches[0].span())


def find_weights(sheet: Sheet) -> list[Found[Quantity]]:
    """Take weights away and return those of cargo, in tons."""
    return _amounts(sheet, _WEIGHT)


def find_volumes(sheet: Sheet) -> list[Found[Quantity]]:
    """Take volumes away and return them, in cubic meters."""
    return _amounts(sheet, _VOLUME)


def find_pieces(sheet: Sheet) -> list[Found[Pieces]]:
    """Take counts of packages away and return them, a total (共2托) before its parts."""
    found: list[Found[Pieces]] = []
    for match in list(_PIECES.finditer(sheet.left)):
        count = number(match["count"])
        if count is None or not count.is_integer() or count < 1:
            continue
        weighs_each = count == 1 and sheet.text[max(0, match.start() - 1)] in "吨斤克gt"
        if weighs_each:
            sheet.take(*match.span())
            continue
        unit = match["unit"].removesuffix("盘") if match["unit"] == "托盘" else match["unit"]
        sheet.take(*match.span())
        found.append(Found(Pieces(int(count), unit), *match.span()))
    found.sort(key=lambda each: not _TOTAL.search(sheet.text[max(0, each.start - 4) : each.start]))
    return found


def _amounts(sheet: Sheet, pattern: re.Pattern[str]) -> list[Found[Quantity]]:
    found: list[Found[Quantity]] = []
    for match in list(pattern.finditer(sheet.left)):
        before = sheet.left[max(0, match.start("low") - 8) : match.start("low")]
        scale = _TONS.get(match["unit"].lower(), 1.0) if pattern is _WEIGHT else 1.0
        if _NOT_CARGO_BEFORE.search(before) or (
            pattern is _WEIGHT and _NOT_CARGO_AFTER.match(sheet.left, match.end())
        ):
            sheet.take(*match.span())
            continue
        quantity = _quantity(match, scale, before, sheet.left[match.end() : match.end() + 6])
        if quantity is not None:
            found.append(Found(quantity, match.start("low"), match.end()))
            sheet.take(match.start("low"), match.end())
    return found


def _quantity(match: re.Match[str], scale: float, before: str, after: str) -> Quantity | None:
    ends = _ends(match)
    if ends is None:
        return None
    low, high = ends
    odd = match["odd"] or match["odd_after"]
    if odd in {"多", "几", "余", "+", "出头"}:
        high = low + 1
    elif odd == "来":
        high = low + (5 if low % 10 == 0 else 1)
    if match["tenth"] and match["unit"] == "吨" and not match["high"] and float(low).is_integer():
        low = high = float(f"{low:.0f}.{match['tenth']}")
    if match["half"]:
        low, high = low + 0.5, high + 0.5
    tail = match["tail"] or ""
    at_most = bool(match["at_most"]) or tail in {"以内", "之内", "内", "以下", "封顶", "不到"}
    at_least = bool(match["at_least"]) or tail in {"以上", "起步", "起"}
    amount = Amount(
        None if at_most and not match["high"] else _tidy(low * scale),
        None if at_least else _tidy(high * scale),
    )
    is_about = bool(match["about"] or odd) or tail in {"左右", "上下"}
    return Quantity(amount, bool(match["high"]) or low != high, is_about, _per(before, after))


def _ends(match: re.Match[str]) -> tuple[float, float] | None:
    both = spread(match["low"])
    if both and not match["high"]:
        return both
    low = number(match["low"])
    high = number(match["high"]) if match["high"] else low
    if low is None or high is None or high <= 0:
        return None
    return (low, high) if low <= high else None


def _per(before: str, after: str) -> str | None:
    if _PER_TRUCK.search(before):
        return "truck"
    if _PER_PIECE.search(before) or _PIECE_AFTER.match(after):
        return "piece"
    return "total" if _TOTAL.search(before) else None


def _tidy(value: float) -> float:
    return round(value, 4)


def _edge(words: str) -> float | None:
    if "米" in words:
        whole, _, part = words.partition("米")
        head, tail = number(whole), number(part) if part else 0.0
        return None if head is None or tail is None else head + tail / 10
    return number(words)


def _in_meters(edges: list[float], unit: str | None) -> list[float]:
    name = (unit or "").lower()
    if name in {"mm", "毫米"} or (not name and max(edges) >= 500):
        return [edge / 1000 for edge in edges]
    if name in {"cm", "厘米", "公分"} or (not name and max(edges) >= 15):
        return [edge / 100 for edge in edges]
    return edges


def volume_of(size: Size, count: int) -> float:
    """Return the cubic meters of ``count`` packages of a size."""
    return round(prod(size.edges_m) * count, 3)


def _degrees(words: str) -> float:
    sign = -1 if re.search(r"零下|负|-", words) else 1
    return float(sign * int(re.sub(r"\D", "", words)))
