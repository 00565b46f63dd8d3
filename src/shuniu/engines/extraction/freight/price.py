"""What the transport costs: never what the goods are worth."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shuniu.engines.extraction.freight.cards import Bound, Price, PriceUnit, Tax
from shuniu.engines.extraction.freight.found import Found
from shuniu.engines.extraction.freight.normal import Sheet
from shuniu.engines.extraction.freight.numerals import number
from shuniu.engines.extraction.freight.vehicles import STANDARD_LENGTHS_M

_MONEY = (
    r"(?:\d{1,7}(?:\.\d{1,3})?\s*[万千wWkK]?|"
    r"[一二两三四五六七八九][一二三四五六七八九十百千万零]{1,7})"
)
_YUAN = r"(?:块钱|元钱|元|块|rmb|¥|￥)"
_UNIT = r"(?:吨|t(?![a-z])|立方米?|方|m3|cbm|托盘?|板|件|箱|个|卷|袋|包|台|只|车|趟|票|单)"
_UNITS: dict[str, PriceUnit] = {
    **dict.fromkeys(("吨", "t"), "ton"),
    **dict.fromkeys(("立方米", "立方", "方", "m3", "cbm"), "m3"),
    **dict.fromkeys(("托盘", "托", "板"), "pallet"),
    **dict.fromkeys(("件", "箱", "个", "卷", "袋", "包", "台", "只"), "piece"),
    **dict.fromkeys(("车", "趟", "票", "单"), "trip"),
}
_TAIL = r"\s*(?P<tail>左右|上下|起步|起(?!运|点|吊|重)|以上|以内|封顶|以下|最低|多)?"
_UNIT_PRICE = ("单价", "吨价", "吨位价")
_HEAD = r"(?P<head>最低|至少|不低于|最高|最多|不超过?)?"
_WORTH = re.compile(
    rf"(?:货值|价值|货物价值|总价值|声明价值|货款|代收|保价|保额|投保|保值|定金|订金|押金|"
    rf"保证金|油卡|信息费|月租|租金|装卸费|卸货费|装车费)(?:款|费|货款)?(?:约|大概|是|为|:|"
    rf"在)*\s*{_MONEY}(?:多|来)?\s*[万千]?\s*{_YUAN}?(?:左右)?(?:的货)?|{_MONEY}\s*(?:万元?|"
    rf"{_YUAN})\s*的?(?:货值|货|设备)(?=[\s,.]|$)"
)
_PER_AFTER = re.compile(
    rf"{_HEAD}(?<![\d.\-])(?P<money>\d+(?:\.\d+)?[千k]?)\s*{_YUAN}?\s*(?:/|每|一|\\|"
    rf"(?<=[元块钱])1?)\s*(?P<unit>{_UNIT}){_TAIL}",
    re.IGNORECASE,
)
_PER_BEFORE = re.compile(
    rf"(?:每|一|按)(?P<unit>{_UNIT})\s*(?:运费|价格?|算|收|"
    rf":)*\s*{_HEAD}(?P<money>\d+(?:\.\d+)?)(?!\d|\.\d|\s*[多来几余]?个?\s*(?:[*x×/~]|-\d|尺|英尺|gp|hq|吨|公斤|kg|斤|方|"
    rf"立方|托|件|米|个|箱|袋|包|卷|桶|捆|台|只|套|匹|板|t(?![a-z])|点|号|-\d))\s*{_YUAN}?{_TAIL}",
    re.IGNORECASE,
)
_CUE = (
    r"(?:吨位?价|运费|运价|车费|费用|(?:不?含|带|开)[税票]价?|现结|现付|现金|到付|含装?卸货?|包装?卸货?|回付|月结|给到|价格?|一口价|总价|单价|整车价?|"
    r"包车|全程|回程|一趟|一车|一票|来回|往返|只要|只收|油钱|开价|报价|给(?!力)|出(?=\s*\d{3})|"
    r"付|收(?=\s*\d{3,4}\s*(?:块|元))|￥|¥)"
)
_CUED = re.compile(
    rf"(?P<cue>{_CUE})\s*(?:价|就|是|为|要|约|大概|:|在|给|一共|总共|运费|"
    rf"{_YUAN})*\s*{_HEAD}(?P<money>{_MONEY})(?:\s*[\-~到至]\s*(?P<high>\d+))?(?!\d|\.\d|"
    rf"\s*[多来几余]?个?\s*(?:[*x×]|吨|公斤|kg|斤|方|立方|托|件|米|个|箱|点|号|%|t(?![a-z])|点半|小时|天|台|"
    rf"辆|:|度|/))\s*{_YUAN}?{_TAIL}",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"{_HEAD}(?<![\d.\-])(?P<money>{_MONEY})(?:\s*[\-~到至]\s*(?P<high>\d+))?\s*{_YUAN}(?!\s"
    rf"*(?:布|钢|砖|板|木))\s*(?:油钱|运费)?{_TAIL}|"
    rf"(?<![\d.\-])(?P<taxed>\d{{3,5}})\s*(?=(?:含|不含|带|不带|开)(?:税|票|专票))|"
    rf"捎货?\s*(?P<carried>\d{{2,4}}){_TAIL.replace('tail', 'tail2')}|"
    rf"(?<![\d.\-年月:])(?P<minimum>\d{{2,4}})\s*起步|(?:最低|至少)(?P<least>\d{{3,5}})(?![\d.])\s*起?|"
    rf"(?<![\d.\-])(?P<paid>\d{{3,5}})\s*(?=(?:现结|现付|到付|回单付|一口价|含装卸|包装卸|包卸|包车|包干|全包|包高速|包油|包过路|包来回|含油|含高速|现金|运费))"
)
_ALONE = re.compile(
    r"(?:^|(?<=[\s,;.!\n\x00]))(?P<alone>[1-9]\d{2,3}0|[3-9]\d0|"
    r"[一二两三四五六七八九][千万](?:[一二三四五六七八九]千?百?)?)(?=[\s,;.!]|$)"
)
"""A round figure that fills a clause by itself: nothing but a price is written so."""
_ASK = re.compile(
    r"(?:报来|报价|报个?价|运?价格?报|出价)(?!\d)|多少(?:钱|运费|价|米)?(?:报|能?[走拉运跑]|"
    r"一[车吨趟方]|报来)?(?=[\s,.?!吗呢]|$|报|能|钱|可)|(?:运费|价格|价钱|费用|"
    r"运价)\s*(?:你|您|师傅|司机|自己|各位)?(?:们)?(?:来)?(?:报|说|开|多少|怎么算|几[多何])|"
    r"什么价|要多少钱|几钱|求报价|你报"
)
_NEGOTIABLE = re.compile(
    r"(?:运?价格?|运费|费用|价钱|钱)(?:都?好说|好谈|好商量|可?面议|可?私聊?|可谈|可议|"
    r"可?商量?|电话聊|电聊|电议|电联|详谈|另议|再谈|私信|待定|谈)|面议|议价|价格?(?:可)?(?:私聊|私信|"
    r"私)|电议|好商量"
)
_EXCLUSIVE = re.compile(
    r"(?:不|未|没)(?:含|带|开|要)(?:税|票|发票|专票)|不需?要?(?:开?票|发票)|无票|裸价"
)
_INCLUSIVE = re.compile(
    r"含(?:税|票|开票)|带票|(?:要|可|能|需|得|提供|包)?开(?:专?票|发票|增值税)|(?:\d{1,2}|"
    r"[一三六九十])个?点(?:专?票|的?票)|专票|增值税票|要发?票|有票"
)


@dataclass(frozen=True, slots=True)
class Prices:
    """The prices of a message and what it says of tax."""

    prices: tuple[Found[Price], ...]
    tax: Found[Tax] | None
    is_about: bool


def find_prices(sheet: Sheet) -> Prices:
    """Take prices, values of goods and words on tax away and return the prices."""
    sheet.take_all(_WORTH)
    tax = _tax(sheet)
    found: list[Found[Price]] = []
    is_about = False
    for pattern in (_PER_AFTER, _PER_BEFORE, _CUED, _BARE):
        for match in list(pattern.finditer(sheet.left)):
            prices = _prices(match, sheet, tax.value if tax else None)
            if not prices:
                continue
            tail = match.groupdict().get("tail")
            is_about = is_about or tail in {"左右", "上下", "多"}
            found += [Found(price, *match.span()) for price in prices]
            sheet.take(*match.span())
    if not found and (alone := _ALONE.search(sheet.left)):
        amount = _yuan(alone["alone"])
        found.append(
            Found(Price(amount, "trip", "exact", tax.value if tax else None), *alone.span())
        )
        sheet.take(*alone.span())
    talk = _NEGOTIABLE.search(sheet.left)
    asked = _ASK.search(sheet.left)
    if talk:
        sheet.take(*talk.span())
    if asked:
        sheet.take(*asked.span())
    if not found and (talk or asked):
        said, bound = (asked, "ask") if asked else (talk, "negotiable")
        if said:
            open_price = Price(None, "trip", bound, tax.value if tax else None)  # type: ignore[arg-type]
            found.append(Found(open_price, *said.span()))
    return Prices(tuple(sorted(found, key=lambda price: price.start)), tax, is_about)


def _tax(sheet: Sheet) -> Found[Tax] | None:
    for pattern, tax in ((_EXCLUSIVE, "excl"), (_INCLUSIVE, "incl")):
        match = pattern.search(sheet.left)
        if match:
            return Found(tax, *match.span())  # type: ignore[arg-type]
    return None


def _prices(match: re.Match[str], sheet: Sheet, tax: Tax | None) -> list[Price]:
    groups = match.groupdict()
    words = next(
        (
            groups[name]
            for name in ("money", "taxed", "carried", "minimum", "least", "paid")
            if groups.get(name)
        ),
        "",
    )
    names_unit = (groups.get("cue") or "").startswith(_UNIT_PRICE)
    is_each = names_unit or groups.get("unit")
    amount = _yuan(words)
    if amount in STANDARD_LENGTHS_M and not names_unit and not re.search(r"[元块/每]", match[0]):
        return []
    least = 5 if is_each or re.search(r"[元块]", match[0]) else 50
    if amount is None or not least <= amount <= 100_000:
        return []
    unit = _unit(groups, sheet, match)
    high = _yuan(groups["high"]) if groups.get("high") else None
    if high is not None and high > amount:
        return [Price(amount, unit, "min", tax), Price(high, unit, "max", tax)]
    tail = groups.get("tail") or groups.get("tail2") or groups.get("head")
    bound = "min" if groups.get("minimum") or groups.get("least") else _bound(tail)
    return [Price(amount, unit, bound, tax)]


def _unit(groups: dict[str, str | None], sheet: Sheet, match: re.Match[str]) -> PriceUnit:
    if groups.get("unit"):
        return _UNITS[str(groups["unit"]).lower()]
    cue = groups.get("cue") or ""
    if cue.startswith(_UNIT_PRICE) and (cue.startswith("吨") or "吨" in sheet.text):
        return "ton"
    around = sheet.text[max(0, match.start() - 4) : match.end() + 3]
    if re.search(r"来回|往返|双程", around):
        return "round_trip"
    return "trip"


def _bound(words: str | None) -> Bound:
    if words in {"起步", "起", "以上", "最低", "至少", "不低于"}:
        return "min"
    if words in {"以内", "封顶", "以下", "最高", "最多", "不超", "不超过"}:
        return "max"
    return "exact"


def _yuan(words: str) -> float | None:
    words = words.strip().lower()
    scale = {"万": 10_000, "w": 10_000, "千": 1000, "k": 1000}.get(words[-1:], 1)
    if scale > 1 and re.match(r"\d", words):
        amount = number(words[:-1])
        return None if amount is None else round(amount * scale, 2)
    return number(words)
