"""Vehicle lengths, bodies and counts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shuniu.engines.extraction.freight.found import Found
from shuniu.engines.extraction.freight.normal import Sheet
from shuniu.engines.extraction.freight.numerals import number

STANDARD_LENGTHS_M = frozenset(
    {
        *(2.7, 3.3, 3.8, 4.2, 4.8, 5.2, 5.4, 5.8, 6.2, 6.5, 6.8, 7.2, 7.6, 7.7, 7.8, 8.2, 8.6, 8.7),
        *(9.6, 9.8, 11.7, 12, 12.5, 13, 13.5, 13.7, 13.75, 14, 14.6, 15, 16, 16.5, 17, 17.5, 18),
    }
)
_C = "一二两三四五六七八九十"
_BODIES: tuple[tuple[str, str], ...] = (
    (
        "container",
        r"集装箱车?|集卡|骨架车?|拖柜|(?:20|40|45)\s?(?:尺|GP|HQ|HC|英尺)|[小大高平]柜车?",
    ),
    ("step_deck", r"高低板|抽拉板"),
    ("low_bed", r"超?低(?:平)?板|爬梯车?|凹板|工程板|线轴车?"),
    ("stake", r"高[栏拦兰]高?(?:平板)?车?|高护栏|仓[栏拦栅]车?|花[栏拦]|护栏车"),
    ("wing_van", r"飞[翼冀]车?|展翼车?|翼展车?|翼开启?车?"),
    ("reefer", r"冷藏车?|冷链车?|冷冻车|冷车|保温车"),
    ("tanker", r"(?:槽罐|油罐|罐)车|槽车|罐装车"),
    ("minivan", r"面包车?|金杯|依维柯|小面(?!积)|微面|中面"),
    ("dump", r"自卸车?|翻斗车?|后八轮|渣土车"),
    (
        "flatbed",
        (
            r"[大小]?平板(?!电脑|玻璃|硫化|显示|纸|灯)车?|(?<![木纸钢托铝铜夹地尾])板车|"
            r"大板(?=[车\s,.回去到从空有找或和/、]|$)"
        ),
    ),
    (
        "box",
        (
            r"(?:箱|厢)式?货?车|[箱厢]货|车厢|厢式|箱式|标厢|集装厢|封闭车|"
            r"[厢](?=[\s,./\d货或和\x00的、;]|$)"
        ),
    ),
)
_BODY = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _BODIES), re.IGNORECASE)
_TAIL_BODY = re.compile(
    r"\s*(?:(?P<box>[厢箱](?!子|码))|(?P<stake>高栏|栏板|栏(?!目))|"
    r"(?P<flatbed>平(?=[\s,板车]|$)|板(?![厂材子式房])))"
)
_REFUSED = re.compile(
    r"\s*(?:车)?(?:不要(?!\s*(?:高[栏低]|平板|厢|箱|飞翼|板))|不用(?!\s*(?:高[栏低]|平板|厢|箱|飞翼|板))|不行|装不下|太小|勿扰|除外|免谈|别来|就算了)"
)
_NOT_WANTED = re.compile(r"(?:不要|非|除了?|不用|别来|谢绝)\s*$")

_MEASURED = re.compile(
    rf"(?<![\d.{_C}宽高])(?:(?<!长)|(?<=车长)) ?(?P<whole>\d{{1,2}}|[{_C}]{{1,3}})\s*(?:米|"
    rf"m(?![m3³²]))\s*(?P<part>\d{{1,2}}(?!\d|\s*(?:吨|方|托|[tT](?![a-z])|台|辆|公斤|点|号|"
    rf"件|箱(?![货车式])|月))|[一二三四五六七八九](?!十|吨|方|托|台|辆|点|箱(?![货车式])|"
    rf"件))?"
)
_DECIMAL = re.compile(
    r"(?<![\d.*x×])(?<!\d:)(?<![^.]\d/)(?<!\d\d/)(?P<length>\d{1,2}\.\d{1,2})\s*(?:米|m(?![m3³²]))?(?![\d.%°℃]|"
    r"[*x×](?!\d\s*[台辆]))"
)
_UNIT_AFTER = re.compile(
    r"\s*(?:个)?(?:吨|方(?!便)|立方|[tT](?![a-z])|kg|公斤|千克|斤|元|块|万|托|件|卷|盘|号|"
    r"日|度|折|小时|公里|点|m3|cbm|/(?!\d))",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?<![\d.*x×/:\-])(?P<length>13|17|15|12|16|14)(?=\s?(?:高栏|高低|平板|飞翼|厢|板车|"
    r"挂车|半挂))"
)
_ROOM = re.compile(
    r"\s*(?:左右|多|来)?\s*的?\s*(?:长)?(?:位置|空位|位子|空间|空档|车位|地方|位(?!于)|空的|"
    r"没装|没满|空着)|\s*(?:没装满|空余)"
)
_ROOM_BEFORE = re.compile(
    r"(?:空|剩|余|差|还有|还能装|后面有|尾部|车尾|空着|空出)(?:了|下|的|大概|约|大约|个)*\s*$"
)
_CARGO_AFTER = re.compile(
    r"\s*(?:长(?!期|途)|宽|高(?!栏|低|拦|护)|厚|[钢铝铜铁]?管|钢筋|型材|木方|圆钢|槽钢|长的|布|线)"
)
_COUNT = re.compile(
    rf"(?<![\d.{_C}第])(?P<count>\d{{1,2}}|[{_C}]{{1,2}})\s*(?:(?:个|台|辆|部|"
    rf"张)\s*(?P<car>大?货?车(?![间门头厢牌票皮])|挂车)|(?P<bare>辆|部(?!分)|"
    rf"车(?![间门头厢牌票皮位道])))"
)
_COUNT_AFTER = re.compile(
    rf"\s*(?:\*|x|×|,|:)?\s*(?:需?要|来|共|一共)?\s*(?P<count>\d{{1,2}}|[{_C}]{{1,2}})\s*(?:台|辆|部)"
)
_COUNT_BEFORE = re.compile(
    rf"(?<![\d.{_C}])(?P<count>\d{{1,2}}|[{_C}]{{1,2}})\s*(?:台|辆|部|个)\s*$"
)


@dataclass(frozen=True, slots=True)
class Vehicles:
    """What is said of vehicles. ``free_deck_m`` is room left along a deck, not a vehicle."""

    lengths_m: tuple[Found[float], ...]
    bodies: tuple[Found[str], ...]
    counts: tuple[Found[int], ...]
    free_deck_m: float | None
    cargo_length_m: float | None


def find_vehicles(sheet: Sheet) -> Vehicles:
    """Take lengths, bodies and counts of vehicles away and return them."""
    lengths, free_deck_m, cargo_length_m = _lengths(sheet)
    bodies = [body for length in lengths if (body := _tail_body(sheet, length))]
    for match in list(_BODY.finditer(sheet.left)):
        refused = _REFUSED.match(sheet.left, match.end()) or _NOT_WANTED.search(
            sheet.left, max(0, match.start() - 4), match.start()
        )
        if not refused:
            bodies.append(Found(str(match.lastgroup), *match.span()))
        sheet.take(*match.span())
    counts = _counts(sheet, [*lengths, *bodies])
    bodies.sort(key=lambda body: body.start)
    return Vehicles(tuple(lengths), tuple(bodies), tuple(counts), free_deck_m, cargo_length_m)


def _lengths(sheet: Sheet) -> tuple[list[Found[float]], float | None, float | None]:
    lengths: list[Found[float]] = []
    free_deck_m = cargo_length_m = None
    candidates = [*_MEASURED.finditer(sheet.left), *_DECIMAL.finditer(sheet.left)]
    candidates += _BARE.finditer(sheet.left)
    for match in sorted(candidates, key=lambda found: (found.start(), -found.end())):
        if "\x00" in sheet.left[match.start() : match.end()]:
            continue
        length_m = _length_m(match)
        if length_m is None:
            continue
        before = sheet.left[max(0, match.start() - 8) : match.start()]
        if _ROOM.match(sheet.left, match.end()) or (
            length_m < 4 and _ROOM_BEFORE.search(before) and "米" in match[0]
        ):
            free_deck_m = length_m
            sheet.take(*match.span())
        elif _CARGO_AFTER.match(sheet.left, match.end()):
            cargo_length_m = cargo_length_m or length_m
            sheet.take(*match.span())
        elif length_m in STANDARD_LENGTHS_M and _is_vehicle(sheet, match):
            if not _REFUSED.match(sheet.left, match.end()):
                lengths.append(Found(length_m, *match.span()))
            sheet.take(*match.span())
    return lengths, free_deck_m, cargo_length_m


def _length_m(match: re.Match[str]) -> float | None:
    groups = match.groupdict()
    if groups.get("length"):
        return float(groups["length"])
    whole = number(groups["whole"])
    if whole is None:
        return None
    part = groups.get("part")
    if not part:
        return whole
    digits = part if part.isdigit() else f"{number(part):.0f}"
    return float(f"{whole:.0f}.{digits}")


def _is_vehicle(sheet: Sheet, match: re.Match[str]) -> bool:
    return "米" in match[0] or "m" in match[0] or not _UNIT_AFTER.match(sheet.left, match.end())


def _tail_body(sheet: Sheet, length: Found[float]) -> Found[str] | None:
    match = _TAIL_BODY.match(sheet.left, length.end)
    if match is None or _BODY.match(sheet.left, match.start(str(match.lastgroup))):
        return None
    sheet.take(*match.span())
    return Found(str(match.lastgroup), *match.span(str(match.lastgroup)))


def _counts(sheet: Sheet, vehicles: list[Found[float] | Found[str]]) -> list[Found[int]]:
    counts: list[Found[int]] = []
    for vehicle in vehicles:
        after = _COUNT_AFTER.match(sheet.left, vehicle.end)
        before = _COUNT_BEFORE.search(sheet.left, max(0, vehicle.start - 6), vehicle.start)
        match = after or before
        if match and (count := number(match["count"])):
            counts.append(Found(int(count), *match.span("count")))
            sheet.take(*match.span())
    for match in list(_COUNT.finditer(sheet.left)):
        count = number(match["count"])
        one_whole = match["count"] == "一" and match["bare"] == "车"
        if count and not one_whole and float(count).is_integer():
            counts.append(Found(int(count), *match.span("count")))
            sheet.take(*match.span())
    return sorted(counts, key=lambda count: count.start)
