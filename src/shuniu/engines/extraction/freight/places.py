"""Mentions of places: the region that is meant, and the words of the spot behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from shuniu.engines.extraction.freight.cards import Place
from shuniu.engines.extraction.freight.gazetteer import Gazetteer, Region, Sense
from shuniu.engines.extraction.freight.normal import Sheet

_ROAD = re.compile(r"(?:[东西南北中]?(?:路(?!过|上|线|程|途|桥)|大道|街(?!道)|大街))(?:\d+号)?")
_NO_PLACE_AFTER = re.compile(
    r"(?:人(?!民)|话|菜|籍|口音|啤酒|牌照?|火腿|大闸蟹|板鸭|银行|白药|大学|卷烟|二手|小吃|麻将|疫情|早餐|石(?!家庄|狮|河|嘴)|的(?:车|师傅|老板)在)"
)
_SPOT_CHARACTER = (
    r"[^\x00\s,.;:!?、/()\-~→⇋到去发回走装卸有找求往的和车这那刚空现要能出在方吨至跑送]"
)
_SPOT = re.compile(
    rf"(?!一路){_SPOT_CHARACTER}{{0,7}}?(?:经济(?:技术)?开发区|开发区|工业园区?|产业园区?|物流园区?|"
    rf"物流中心|科技园|高新区|经开区|保税区|街道|港区|新区|新城|园区|码头|机场|大道|路(?!过|"
    rf"上|线|程|途)(?:\d+号)?|街(?!道)|镇(?!江)|乡(?!村)|仓库|市场|商贸城|家纺城|批发城|[眼灯建轻五装家服鞋][镜具材纺金饰居装][城]|"
    rf"火车站|高铁站|服务区|收费站|出口(?!货)|广场|[东西南北]门|\d+号门|工厂|厂区|厂(?!里|家|"
    rf"家)|基地|公司|小区|村)"
)
_TOWN = re.compile(r"(?![和或及与跟])[^\x00\s,.;:!?、/()\-~→⇋到去发往回]{1,4}(?:镇(?!江)|街道)")
_LOCAL = re.compile(
    rf"(?:经济(?:技术)?开发区|开发区|经开区|高新区|科技园|"
    rf"工业园区?)(?:{_SPOT_CHARACTER}{{1,6}}?(?:大道|路(?!过|上|线)))?"
)
_PROVINCES = """
    江江苏 苏江苏 浙浙江 沪上海 皖安徽 鲁山东 京北京 津天津 冀河北 豫河南 鄂湖北
    湘湖南 赣江西 闽福建 粤广东 桂广西 川四川 渝重庆 云云南 贵贵州 陕陕西 甘甘肃
    宁宁夏
"""
_LETTERS = {pair[0]: pair[1:] for pair in _PROVINCES.split()}
"""Letters of provinces, each followed by its name."""
_GROUPS = re.compile(
    r"[江苏]浙沪[皖鲁]?|苏浙皖沪?|苏皖鲁?|京津冀|川渝|云贵川?渝?|湘鄂赣?|鄂湘赣?|赣湘鄂?|鲁豫皖?|豫鲁皖?|皖赣|皖鄂|粤桂|"
    r"闽粤|浙闽粤?|陕甘宁?|苏鲁(?:豫皖)?|沪[苏浙][浙苏皖]?"
)
"""Provinces named by one letter each."""
_CITY_GROUPS = {
    "苏锡常": ("苏州", "无锡", "常州"),
    "锡常": ("无锡", "常州"),
    "苏锡": ("苏州", "无锡"),
    "宁镇扬": ("南京", "镇江", "扬州"),
    "扬泰": ("扬州", "泰州"),
    "杭嘉湖": ("杭州", "嘉兴", "湖州"),
    "嘉湖": ("嘉兴", "湖州"),
    "杭嘉": ("杭州", "嘉兴"),
    "杭绍甬": ("杭州", "绍兴", "宁波"),
    "温台": ("温州", "台州"),
    "徐宿": ("徐州", "宿迁"),
}
"""Cities that drivers name together, by one letter each."""
_CITIES = re.compile("|".join(sorted(_CITY_GROUPS, key=len, reverse=True)))
_GAP_INSIDE = re.compile(r"[省市区县]?[\s·(]{0,2}")
_SELF_NAMED = re.compile(r"(?:经济|开发|工业|高新|科技|经开|保税|滨江)")


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the text. ``is_local`` marks a spot of the home county said without its name."""

    region: Region
    detail: str | None
    start: int
    end: int
    is_local: bool = False

    @property
    def place(self) -> Place:
        """Return the place as cards hold it."""
        return Place(self.region.code, self.region.name, self.detail)


def find_mentions(sheet: Sheet, gazetteer: Gazetteer) -> list[Mention]:
    """Return the places of a text in order; nothing is taken away."""
    mentions: list[Mention] = []
    place = 0
    text = sheet.left
    while place < len(text):
        several = _GROUPS.match(text, place) or _CITIES.match(text, place)
        if several:
            mentions += _group_at(several, gazetteer)
            place = several.end()
            continue
        mention = _mention_at(text, place, gazetteer)
        if mention is None:
            place += 1
            continue
        mention = _with_spots(text, _narrowed(text, mention, gazetteer), gazetteer)
        if mentions and _is_spot_of(mentions[-1], mention):
            mentions[-1] = replace(mentions[-1], detail=mention.detail, end=mention.end)
            place = mention.end
            continue
        mentions.append(mention)
        place = mention.end
    return mentions


def _is_spot_of(before: Mention, mention: Mention) -> bool:
    """Tell whether a spot known elsewhere stands right behind another county: 江阴周庄."""
    return (
        before.end == mention.start
        and before.region.is_county
        and before.detail is None
        and mention.detail is not None
    )


def _group_at(match: re.Match[str], gazetteer: Gazetteer) -> list[Mention]:
    """Return the regions of a word like 江浙沪, one for each letter."""
    start = match.start()
    names = _CITY_GROUPS.get(match[0]) or tuple(_LETTERS[letter] for letter in match[0])
    return [
        Mention(gazetteer.senses[name][0].region, None, start + place, start + place + 1)
        for place, name in enumerate(names)
    ]


def _mention_at(text: str, start: int, gazetteer: Gazetteer) -> Mention | None:
    word = gazetteer.longest_at(text, start)
    if word is None:
        local = _LOCAL.match(text, start)
        if local is None:
            return None
        return Mention(gazetteer.home, local[0], start, local.end(), is_local=True)
    end = start + len(word)
    road = _ROAD.match(text, end)
    senses = gazetteer.senses[word]
    if (
        road
        and not any(sense.is_spot for sense in senses)
        and not word.endswith(("市", "区", "县"))
    ):
        return Mention(gazetteer.home, text[start : road.end()], start, road.end(), is_local=True)
    if _NO_PLACE_AFTER.match(text, end):
        return None
    sense = _best(tuple(each for each in senses if not each.needs_parent), gazetteer)
    if sense is None:
        return None
    return Mention(sense.region, _detail(word, sense), start, end)


def _best(senses: tuple[Sense, ...], gazetteer: Gazetteer) -> Sense | None:
    """Return the sense that is meant without a city before it: nearest, then widest, or none."""
    if len(senses) < 2:
        return senses[0] if senses else None
    wide = [sense for sense in senses if not sense.region.is_county]
    if wide:
        return wide[0]
    ranked = sorted(senses, key=lambda sense: -gazetteer.nearness(sense.region))
    nearest, second = (gazetteer.nearness(sense.region) for sense in ranked[:2])
    return ranked[0] if nearest > second else None


def _detail(word: str, sense: Sense) -> str | None:
    if not sense.is_spot:
        return None
    short = re.sub(r"[市区县]$", "", sense.region.name)
    for length in (4, 3, 2):
        own = short[-length:]
        if word.startswith(own) and _SELF_NAMED.match(word, len(own)):
            return word[len(own) :]
    return word


def _narrowed(text: str, mention: Mention, gazetteer: Gazetteer) -> Mention:
    """Return the mention together with the finer words that follow it (上海 松江 九亭)."""
    for _ in range(3):
        gap = _GAP_INSIDE.match(text, mention.end)
        start = gap.end() if gap else mention.end
        word = gazetteer.longest_at(text, start)
        if word is None and start > mention.end and not text[start - 1].isspace():
            start = mention.end
            word = gazetteer.longest_at(text, start)
        if word is None or _road_on(text, mention, start, word):
            return mention
        inner = _inside(mention, gazetteer.senses[word], detached=start > mention.end)
        if inner is None:
            return mention
        detail = _detail(word, inner) or (
            mention.detail if inner.region == mention.region else None
        )
        mention = replace(mention, region=inner.region, detail=detail, end=start + len(word))
    return mention


def _road_on(text: str, mention: Mention, start: int, word: str) -> bool:
    return start == mention.end and bool(_ROAD.match(text, start + len(word)))


def _inside(mention: Mention, senses: tuple[Sense, ...], *, detached: bool) -> Sense | None:
    for sense in senses:
        if mention.region.holds(sense.region):
            return None if detached and sense.needs_parent and not sense.is_spot else sense
        if sense.region == mention.region and sense.is_spot and mention.detail is None:
            return sense
    return None


def _with_spots(text: str, mention: Mention, gazetteer: Gazetteer) -> Mention:
    end, detail = mention.end, mention.detail or ""
    for _ in range(3):
        if _is_elsewhere(text, end, mention.region, gazetteer):
            break
        match = _SPOT.match(text, end) or (None if detail else _TOWN.match(text, end))
        if match is None:
            break
        detail += match[0]
        end = match.end()
    return replace(mention, detail=detail or None, end=end)


def _is_elsewhere(text: str, start: int, region: Region, gazetteer: Gazetteer) -> bool:
    """Tell whether a county of its own stands there (绍兴桐乡), and no spot of the region."""
    word = gazetteer.longest_at(text, start)
    if word is None or _ROAD.match(text, start + len(word)):
        return False
    senses = [sense for sense in gazetteer.senses[word] if not sense.is_spot]
    return bool(senses) and not any(
        region == sense.region or region.holds(sense.region) for sense in senses
    )
