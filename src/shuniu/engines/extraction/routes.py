"""Who handles a need, and which way it goes: rules, each with the words it fired on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from shuniu.engines.extraction.lexicon import Lexicon
from shuniu.engines.extraction.plain import READ_CHARACTERS, Plain, Span

Route = Literal[
    "dispatch", "self_service", "match", "split", "merge", "restricted", "escalate", "reopen",
    "no_action",
]  # fmt: skip

# Others report the same event.
_SAME_EVENT = re.compile(
    r"(?:好几家|几家(?:企业|厂|公司|单位)?|多家|各家|附近(?:的)?(?:企业|厂|公司|几家)?"
    r"|周边(?:的)?(?:企业|厂|公司|几家)?"
    r"|隔壁(?:厂|公司|几家|企业)?|邻居|旁边(?:厂|公司|几家)?|整条路(?:上)?(?:的企业)?"
    r"|整(?:个)?片区?|一片(?:企业|厂)?|其他(?:厂|企业|公司)|大家)"
    r"(?:好像|应该|说|反映)?(?:们)?(?:[一二两三四五几]家)?(?:也|都|全)[^,，。]{0,4}"
    r"(?:停|断|没|受|遇|这样|一样|堵|淹|臭|闻|进水|积水|漏|有(?:这|同)|反映|报|不|是|被|跳)"
    r"|一(?:排|条街|条路|片)(?:的|上)?(?:厂子?|企业|公司|店)?(?:全|都)[^,，。]{0,3}(?:停|断|没|受|堵|淹|臭|跳)"
    r"|(?:几|多|[0-9两三四五六七八九])个?(?:厂|家|企业)(?:子|家)?(?:同时|一起|都|全)[^,，。]{0,3}(?:停|断|没|跳|受|臭)|(?:都|也)在问"
    r"|不(?:光|止|只|仅)(?:是)?(?:我们|我)(?:一)?家?|(?:街|路|片|区)(?:上|里)?的?(?:几家)?(?:厂"
    r"|企业|公司)(?:全|都|也)|其中(?:的)?(?:一家|之一)|我们也(?:是|停|断|没|受|遇|被|闻|跳)"
    r"|我家也|我司也(?:停|断|没|受)"
    r"|(?:同样|一样)(?:也)?(?:停|断|没)(?:电|水|气|汽|网)"
    r"|同一(?:个|件)?(?:问题|故障|事|事件)|(?:已经|已)有(?:人|企业|邻居|同行)[^,，。]{0,6}(?:报"
    r"|反映)"
    r"|(?:好多|很多|不少|许多|好些)(?:个|家)?(?:厂|企业|公司|店|单位|商户)[^,，。]{0,4}(?:都|也)?[^,，。]{0,2}(?:说|反映|没|停|断|受|遇|投诉|在等|一样)"
    r"|我们这(?:一)?(?:排|片|条街|边|栋|楼)[^,，。]{0,8}(?:家|户)[^,，。]{0,4}都[^,，。]{0,2}(?:没|停|断|受|被|进|不)|隔壁[^,，。]{0,4}也[^,，。]{0,4}(?:投诉|反映|报|停|没|这样)"
    r"|跟(?:进|着)[^,，。]{0,4}报|same (?:outage|problem) as|we are one of"
)

# One matter ends and another begins.
_NEXT_MATTER = re.compile(
    r"另外|此外|还有(?:一|个|件|就|他|她|爱人|孩子|员工|,|，|:)|再(?:就|者|一个|有)|顺便|(?:^|[,，。;；])顺带|顺路问"
    r"|同时(?:也)?(?:想|希望"
    r"|请|要|能)|其次|其二|第二(?:个|件|,|，|是|、|:)"
    r"|二是|三是|(?:^|[。;；\n ])\s*(?:2|二|②)[、.,)）]|一并|一起(?:解决|办|处理)|两件事|三件事"
    r"|几件事|几个问题|两个(?:问题|诉求|事)|三个(?:问题|诉求)"
    r"|另一个(?:是|问题|,|，)|除此之外|以及[^,，。]{2,20}(?:怎么|问题|事)|also,|besides|secondly"
)
_STOP = re.compile(r"[。;；!！?？\n]+")

# A bare offer or wish, that another enterprise or the list of spaces can answer.
_OFFER = re.compile(
    r"需要[^,，。]{0,8}(?:床位|宿舍|厂房|仓库|场地)|想(?:再|要|在[^,，。]{1,10})?(?:求)?(?:租|买"
    r"|购|订|找|卖|转|出租|整层承租|承租|采购|出售"
    r"|定)|求(?:租|购|货|合作)|寻(?:求|找|购)?|要租|再租|需(?:要)?(?:租|一处|一间|一块|求购|采购)"
    r"|出租|转租|分租|招租|转让|出售|低价|打折|转手|处理库存|便宜处理|清仓|甩卖|有[^,，。]{0,14}(?:出租|闲置|空置|空着|空余"
    r"|富余|现货|空厂房|库存)"
    r"|可(?:以)?(?:接|对外|提供|承接|供|租)|承接|接单|愿意(?:接|分租|转|打折|提供)|能提供"
    r"|对外(?:加工|招)|长期(?:收|要|供|采购)|收购|供应(?!商|链)"
    r"|租[^,，。]{0,16}(?:厂房|仓库|床位|宿舍|公寓|车间|办公|场地|平|居室|[套间])"
    r"|(?:急)?找[^,，。]{0,16}(?:厂家|供应商|配套|加工|外协|代工|货源|厂房|场地|仓库|仓|厂|客户"
    r"|合作)"
    r"|(?<!政府)(?<!的)采购[^,，。]{0,16}|专业(?:定制|生产|加工|制造|承接)|厂家直销|来样|量大(?:从优|优惠)"
    r"|欢迎(?:来电|咨询|选购)|looking for|to rent|for sale|wish to buy"
)
_ASK_AROUND = re.compile(
    r"帮(?:忙|我们?|着|助)?[^,，。]{0,8}(?:问|打听|推介|推荐|找|联系|对接|牵|销|介绍|卖|推销|看)"
    r"|协调|牵(?:个|一下)?(?:线|头)|能不能[^,，。]{0,4}(?:帮|请|组织|推介|推荐)"
    r"|请[^,，。]{0,8}(?:推荐|介绍|组织|出面)|希望[^,，。]{0,10}(?:推荐|介绍|组织|牵|出面|推介"
    r"|对接|帮)|出面|ask around"
)
_MATCHED = frozenset({"space", "housing", "market"})
_FAULT = re.compile(
    r"坏|漏|堵|纠纷|押金|涨价|上涨|收回|投诉|报修|维修|不制冷|发霉|开裂|违约|拖|停(?:水|电|热|气)"
    r"|太(?:吵|贵|慢)|拒|退租|退房|涨"
)

# What the platform lets an enterprise do by itself.
_TRUCK_FORM = re.compile(
    r"报备|通行证|通行码|闭环|接车|登记[^,，。]{0,10}(?:车|司机)|(?:车|司机)[^。]{0,24}登记|入区手续|车辆入|register"
)
_RIDE_FORM = re.compile(
    r"顺路|顺带|空放|有货|顺风车|拼车|拼一车|拼货|拼个车|搭(?:个)?车|捎|零担|回程车?|空车|返程"
    r"|托盘|带(?:点"
    r"|些)?货|车源|物流群|找(?:个|辆|一辆)?[^,，。]{0,6}车|shared truck"
)
_TEST_FORM = re.compile(
    r"上门(?:做|检测|采样)?核酸|核酸[^,，。]{0,12}(?:上门|安排)|上门采样|流动采样|安排[^,，。]{0,6}采样|采样车|(?:预约"
    r"|登记)[^,，。]{0,6}核酸"
)
_NOT_BY_FORM = re.compile(
    r"卡在|堵在|困在|滞留|被拦|劝返|下不来|动不了|不让|进不来|退回|驳回|提交不|一直(?:显示|审核"
    r"|不|没)|打不开|过不了|失败|抛锚|急救|没人|投诉|涨价|催"
)

# Above the zone.
_ABOVE = re.compile(
    r"(?:省|市|国家|部委|上级|省里|市里|更高|区里|区政府|海关总署|税务总局)[^,，。]{0,10}"
    r"(?:层面|出面|协调|反映|呼吁|争取|提请|上报|汇报|请示)|(?:反映|呼吁|上报|汇报|提请|争取"
    r"|请示)[^,，。]{0,8}(?:省|市里|国家|上级|区委|区政府|部委)"
    r"|跨(?:省|市|区域)[^,，。]{0,10}(?:协调|互认|沟通)|(?:开发区|园区|区里"
    r"|你们)[^,，。]{0,8}(?:解决不了|定不了|没有权限|协调不了|管不了|权限不够|做不了主)"
    r"|超出[^,，。]{0,6}(?:权限|范围)|省(?:级|厅|局|里)[^,，。]{0,6}(?:卡|不批|没批|才能|定)"
    r"|higher level|provincial"
)

# A complaint about people or the office itself.
_BLAME = re.compile(
    r"态度(?:恶劣|差|不好|很差|蛮横)|吃拿卡要|索要|索贿|收(?:了)?(?:红包|钱|好处)|刁难|不作为"
    r"|慢作为|乱作为|推诿|踢皮球|故意(?:拖|卡|不)|举报"
    r"|投诉[^,，。]{0,10}(?:人员|局|公司|中心|队|所|办|科)|乱收费|强制|指定[^,，。]{0,8}(?:中介"
    r"|公司|施工|队)|包庇|偏袒|骂人|好处费|回扣|(?:张口|开口|暗示)[^,，。]{0,6}要|要(?:烟|红包|好处|赞助|回扣|请客)|不给[^,，。]{0,4}就(?:卡|罚|拖|不批|不办)|corrupt|bribe"
)
_OWES = re.compile(r"欠|拖欠|不付|没付|未付|不给钱|没有付|没给|不结|未结")
_STAFF = re.compile(
    r"(?:工作|办事|检查|执法|窗口|承办)人员|科长|局长|主任|干部|公务员|领导|检查的人|来的人"
)


@dataclass(frozen=True, slots=True)
class UnitReading:
    """Which office handles a need.

    Attributes
    ----------
    unit
        Code of the office.
    reasons
        The words that send it there; none: it is the category's own office.
    is_conflict
        Whether the text blames the office that would handle it.
    """

    unit: str
    reasons: tuple[Span, ...]
    is_conflict: bool = False


@dataclass(frozen=True, slots=True)
class RouteReading:
    """Which way a need goes, and the words for it; none: nothing spoke against dispatch."""

    route: Route
    reasons: tuple[Span, ...]


def read_unit(text: Plain, category: str, lexicon: Lexicon) -> UnitReading:
    """Return who handles ``text``, which is about ``category``."""
    reading = _natural_unit(text, category, lexicon)
    blamed = _blamed(text, category, reading.unit, lexicon)
    if blamed and lexicon.conflict_unit is not None and reading.unit != lexicon.conflict_unit:
        return UnitReading(lexicon.conflict_unit, blamed, is_conflict=True)
    return reading


def _natural_unit(text: Plain, category: str, lexicon: Lexicon) -> UnitReading:
    for rule in lexicon.routing:
        if rule.category not in (None, category):
            continue
        for word in rule.words:
            at = text.text.find(word)
            if at >= 0:
                return UnitReading(rule.unit, (text.span(at, at + len(word)),))
    own = next(known for known in lexicon.categories if known.code == category)
    return UnitReading(own.unit, ())


def _blamed(text: Plain, category: str, unit: str, lexicon: Lexicon) -> tuple[Span, ...]:
    """Return the words that blame ``unit`` itself; none if nobody does."""
    names = [name for office in lexicon.offices if office.code == unit for name in office.names]
    pattern = _OWES if category == "arrears" else _BLAME
    for name in names:
        at = text.text.find(name)
        if at < 0:
            continue
        end = at + len(name)
        blame = pattern.search(text.text, end, end + 24)
        if category != "arrears" and blame is None:
            blame = pattern.search(text.text, max(0, at - 12), at)
        if blame is not None:
            return (text.span(at, end), text.span(blame.start(), blame.end()))
    staff = _STAFF.search(text.text)
    blame = _BLAME.search(text.text)
    if staff is not None and blame is not None and category not in ("praise", "arrears"):
        return (text.span(staff.start(), staff.end()), text.span(blame.start(), blame.end()))
    return ()


def read_route(
    text: Plain, category: str, urgency: str, *, is_conflict: bool, second_matter: Span | None
) -> RouteReading:
    """Return which way ``text`` goes.

    Parameters
    ----------
    second_matter
        Where another matter begins, as ``next_matter`` and the topics of the
        parts have found it; None if there is one matter.
    """
    if category == "integrity" or is_conflict:
        return RouteReading("restricted", ())
    if category == "reopen":
        return RouteReading("reopen", ())
    if category == "praise" and urgency != "critical":
        return RouteReading("no_action", ())
    if second_matter is not None:
        return RouteReading("split", (second_matter,))
    ways: tuple[tuple[Route, tuple[Span, ...]], ...] = (
        ("merge", _first(text, _SAME_EVENT)),
        ("escalate", _first(text, _ABOVE)),
        ("self_service", _form(text, category)),
        ("match", _match(text, category, urgency)),
    )
    for route, found in ways:
        if found:
            return RouteReading(route, found)
    return RouteReading("dispatch", ())


def _form(text: Plain, category: str) -> tuple[Span, ...]:
    if _NOT_BY_FORM.search(text.text):
        return ()
    if category == "logistics":
        return _first(text, _TRUCK_FORM) or _first(text, _RIDE_FORM)
    return _first(text, _TEST_FORM) if category == "epidemic" else ()


def _match(text: Plain, category: str, urgency: str) -> tuple[Span, ...]:
    if category not in _MATCHED or urgency == "critical":
        return ()
    if _ASK_AROUND.search(text.text) or _FAULT.search(text.text):
        return ()
    return _first(text, _OFFER)


def _first(text: Plain, pattern: re.Pattern[str]) -> tuple[Span, ...]:
    found = pattern.search(text.text)
    return (text.span(found.start(), found.end()),) if found else ()


def matters(text: Plain) -> tuple[tuple[int, int], ...]:
    """Return the parts of a text that words like 另外 divide; one part: one matter is told of.

    Each part is ``[start, end)`` in ``text.text`` and holds at least six characters.
    """
    read = text.text[:READ_CHARACTERS]
    cuts = [0]
    for found in _NEXT_MATTER.finditer(read):
        stop = max((hit.end() for hit in _STOP.finditer(read, 0, found.start())), default=0)
        clause = max(read.rfind(sign, 0, found.start()) + 1 for sign in ",，、")
        cuts.append(max(stop, clause))
    cuts.append(len(read))
    parts = [(start, end) for start, end in pairwise(cuts) if end - start >= 6]
    return tuple(parts)
