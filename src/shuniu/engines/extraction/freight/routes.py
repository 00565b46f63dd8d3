"""Where a card starts, where it goes and what it passes."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from typing import Literal

from shuniu.engines.extraction.freight.cards import DestinationMode, Kind, Place
from shuniu.engines.extraction.freight.gazetteer import Gazetteer
from shuniu.engines.extraction.freight.places import Mention

Role = Literal["origin", "destination", "via", "maybe-origin"]

_BLANK = r"[\s\x00()]*"
_TO = (
    r"(?:→+|⇋|-{1,3}>?|~|=+>|到达?|至|发往?|去往?|回到?|返回?|往返|往|运到?往?|送到?往?|拉到|"
    r"开往|前往|跑|直达|直发|走|飞|专线到|转到?|\.{2,}|\+)"
)
_CONNECTION = re.compile(
    rf"{_BLANK},?{_BLANK}(?:出发|出|起运|发车|装完?货?|装车|提货?|过来|这边|有货|的?货|专线|"
    rf"本地|回程|返程|空车|返空|直接|准备|要|可以?|可|"
    rf"车)*{_BLANK},?{_BLANK}{_TO}{_BLANK}:?{_BLANK}"
)
_PASSES = re.compile(
    r"(?:顺路|顺带|途经|途径|路过|经过|沿途|沿线|经由|经停|中途)(?:可?(?:到|去|带|走|配)|"
    r"还有|有|的)*[::\s]*$"
)
_GOES = re.compile(
    r"(?:(?<=[求找要叫派]车)[到去]|(?<=[求找要叫派][台辆]车)[到去]|(?<!能)(?<!已)(?<!经)(?<!刚)(?<!才)(?<!车)到(?:达|货地)?|去往?|发往?|(?<!来)回|往|"
    r"至|送到?|运到?|拉到|开往|前往|返回?|(?<!刚)走|常?跑|直达|→|卸货?地?|目的地|终点|捎到|"
    r"带到|收货地|收件|下货地?|进|飞)(?:点|址|是|为)?[:\s\x00(]*$"
)
_LISTED = frozenset({"destination", "via", "maybe-origin"})
_SENDS = re.compile(r"(?<![出装])发[:\s\x00]*$")
"""发 before a place: from there where the way goes on (发海门到常州), else to there (发常州)."""
_AT = re.compile(
    r"(?:从|由|自|在|位于|停|人在|(?:能|已经?|刚|才|(?<![求找要叫派])车子?|快)到|装货?地?|装车地?|提货?地?|"
    r"起点|始发地?|出发地|发货地|发件|上门提|地址|我厂|我们厂|我司|公司|来)(?:点|址|是|为|"
    r"了)?[:\s\x00(]*$"
)
_STARTS = re.compile(
    rf"{_BLANK},?{_BLANK}(?:出发|出(?!口|租|去|价|\d)|起运|发车|上货|这边|这里|本地|周边|"
    rf"附近|空车|空着|空的|返空|返程|回程|卸完|下完|刚卸|刚下|卸[^,]{{0,4}},[^,]{{0,4}}(?:卸完|空)|"
    rf"始发|现有|有|现货|出货|发货|发(?=\d|\x00|往)|待|等货|求货|找货|配货|等|的?车(?=找|求|"
    rf"空|有))"
)
_RUNS = re.compile(r"(?:跑|走|承接|专线)[:\s\x00]*$")
_LEADS_ON = re.compile(r"\s*(?:-|→|~|⇋|到|至|往返)")
_LOADS = re.compile(rf"{_BLANK}(?:装(?!卸)|提|上门|拉货|上货)")
_ENDS = re.compile(
    rf"{_BLANK}(?:方向|一带|卸|的?货(?!源|车|到|去|发|往|回|送|要)|的(?:空|顺|回程|便|[\x00\d.]*[^,]{{0,4}})车|"
    rf"交货|收货|那边|下货|的(?:没|吗|有|师傅|老板|喊|来)|专线)"
)
_UNLOADS = re.compile(rf"{_BLANK}(?:卸(?P<empty>[完空好了])?|下货)(?!货?地)")
_LIST_GAP = re.compile(
    r"[\s\x00]*(?:[、,/和或跟及与\\|&+]|或者|还有|或是|以及|-{1,2}|(?:也|都)(?:可|行|去|"
    r"走)(?:以)?|方向|卸|两地|省|市|苏[南北中]|浙[南北]|皖[南北]|再到|然后|[\s])*[\s\x00]*"
)
_ALTERNATIVES = re.compile(r"都[行可走去]|也[行可走去]|都可以|均可|任意|哪[里个]都|皆可|或|随便")
_IN_ORDER = re.compile(
    r"一路|沿途|沿线|依次|顺路|先[^,]{0,8}(?:后|再)|[两二三四2-4]个?(?:点|地|处)?卸|"
    r"[两二三2-3]卸|多点卸|串点|再到|然后到?"
)
_BOTH_WAYS = re.compile(r"⇋|往返|来回|对开|对发|互发")


@dataclass(frozen=True, slots=True)
class Route:
    """The places of a card in their roles, with the mentions for spans."""

    origin: Mention | None
    destinations: tuple[Mention, ...]
    mode: DestinationMode | None
    via: tuple[Mention, ...]
    flags: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Tell whether both ends are known."""
        return self.origin is not None and bool(self.destinations)


@dataclass(slots=True)
class _Cast:
    """A mention and the role it gets; filled step by step."""

    mention: Mention
    role: Role | None = None


def route_of(mentions: list[Mention], left: str, kind: Kind, gazetteer: Gazetteer) -> Route:
    """Return who is origin, destination and via, read from ``left`` (what is taken is blank)."""
    cast = [_Cast(mention) for mention in mentions]
    for place, each in enumerate(cast):
        _set_role(cast, place, left)
        before = cast[place - 1] if place else None
        if before is None or before.role not in _LISTED:
            continue
        gap = left[before.mention.end : each.mention.start]
        if before.role == "via" and not gap:
            each.role = "via"
        elif (
            each.role is None
            and _LIST_GAP.fullmatch(gap)
            and not _STARTS.match(left, each.mention.end)
        ):
            each.role = before.role
    if kind == "truck-offer":
        _start_where_it_unloads(cast, left)
    _settle(cast, kind, gazetteer)
    _start_at_home(cast, gazetteer)
    origin = _origin(cast)
    destinations = _destinations(cast, origin)
    via = [each.mention for each in cast if each.role == "via"]
    flags = ("bidirectional",) if _BOTH_WAYS.search(left) else ()
    return Route(origin, tuple(destinations), _mode(destinations, left, kind), tuple(via), flags)


def _set_role(cast: list[_Cast], place: int, left: str) -> None:
    each = cast[place]
    start, end = each.mention.start, each.mention.end
    last = cast[place - 1] if place else None
    before = _words_before(last, start, left)
    if last and _CONNECTION.fullmatch(left[last.mention.end : start][-24:]) and last.role != "via":
        if last.role in {None, "maybe-origin"}:
            last.role = "origin"
        each.role = "destination"
        return
    loads = _LOADS.match(left, end)
    if _PASSES.search(before):
        each.role = "via"
    elif _AT.search(before):
        each.role = "origin"
    elif _RUNS.search(before) and _LEADS_ON.match(left, end):
        each.role = None
    elif _SENDS.search(before):
        each.role = "maybe-origin"
    elif _GOES.search(before):
        each.role = "maybe-origin" if loads else "destination"
    elif loads or _STARTS.match(left, end):
        each.role = "origin"
    elif _ENDS.match(left, end):
        each.role = "destination"


def _words_before(last: _Cast | None, start: int, left: str) -> str:
    """Return the words between two places, without those that tell the first: 海门装 青岛卸."""
    since = last.mention.end if last else 0
    if last and last.role == "origin" and (its_own := _LOADS.match(left, since)):
        since = its_own.end()
    return left[since:start][-16:]


def _settle(cast: list[_Cast], kind: Kind, gazetteer: Gazetteer) -> None:
    """Give a role to mentions that no word beside them explains."""
    sent = next((place for place, each in enumerate(cast) if each.role == "maybe-origin"), None)
    sure = any(each.role == "destination" for each in cast) or (
        sent is not None and any(each.role is None for each in cast[sent + 1 :])
    )
    starts = any(each.role == "origin" for each in cast)
    for each in cast:
        if each.role == "maybe-origin":
            each.role = "origin" if sure and not starts else "destination"
    goals = [place for place, each in enumerate(cast) if each.role == "destination"]
    has_origin = any(each.role == "origin" for each in cast)
    if goals:
        _settle_around(cast, goals[0], has_origin=has_origin)
        return
    open_ones = [each for each in cast if each.role is None]
    if not has_origin and open_ones:
        first = open_ones.pop(0)
        at_home = first.mention.region == gazetteer.home or kind == "truck-offer"
        first.role = "origin" if open_ones or at_home else "destination"
    for each in open_ones:
        if not each.mention.is_local:
            each.role = "destination"


def _start_where_it_unloads(cast: list[_Cast], left: str) -> None:
    """Let a truck start where it unloads, when it looks for the way on from there."""
    if any(each.role in {"origin", "maybe-origin"} for each in cast):
        return
    for place, each in enumerate(cast):
        goes_on = any(later.role == "destination" for later in cast[place + 1 :])
        unloads = _UNLOADS.match(left, each.mention.end)
        if each.role == "destination" and unloads and (goes_on or unloads["empty"]):
            each.role = "origin"
            return


def _start_at_home(cast: list[_Cast], gazetteer: Gazetteer) -> None:
    """Let the home county be the start where it leads a list of goals and nothing else starts."""
    goals = [each for each in cast if each.role == "destination"]
    if len(goals) < 2 or any(each.role == "origin" for each in cast):
        return
    others = {each.mention.region for each in goals} - {gazetteer.home}
    if goals[0].mention.region == gazetteer.home and others:
        goals[0].role = "origin"


def _settle_around(cast: list[_Cast], first_goal: int, *, has_origin: bool) -> None:
    """Settle what stands around known destinations: the place before them is the origin."""
    goals = [each.mention.region for each in cast if each.role == "destination"]
    for place, each in enumerate(cast):
        if each.role is not None:
            continue
        if has_origin and place + 1 == first_goal and _beside(cast, place):
            each.role = "destination"
            continue
        if place > first_goal and any(goal.holds(each.mention.region) for goal in goals):
            each.role = "destination"
        elif not has_origin and (place < first_goal or each.mention.is_local):
            each.role, has_origin = "origin", True


def _beside(cast: list[_Cast], place: int) -> bool:
    """Tell whether the next mention follows at once, as in 海门南通方向."""
    return cast[place + 1].mention.start - cast[place].mention.end <= 1


def _origin(cast: list[_Cast]) -> Mention | None:
    """Return the first origin, finer where another mention of the same region tells the spot."""
    origin = next((each.mention for each in cast if each.role == "origin"), None)
    if origin is None:
        return None
    for each in cast:
        if each.role == "origin" and origin.region.holds(each.mention.region):
            origin = each.mention
        if (
            origin.detail is None
            and each.mention.detail
            and each.mention.region == origin.region
            and each.role != "destination"
        ):
            origin = replace(origin, detail=each.mention.detail)
    return origin


def _destinations(cast: list[_Cast], origin: Mention | None) -> list[Mention]:
    goals: dict[str, Mention] = {}
    for each in cast:
        if each.role == "destination":
            code = each.mention.region.code
            if code not in goals or (goals[code].detail is None and each.mention.detail):
                goals[code] = each.mention
    for code in list(goals):
        is_wide = code.endswith("0000")
        if is_wide and any(goals[code].region.holds(each.region) for each in goals.values()):
            del goals[code]
    if len(goals) > 1 and origin and origin.region.code in goals:
        del goals[origin.region.code]
    return list(goals.values())


def _mode(goals: list[Mention], left: str, kind: Kind) -> DestinationMode | None:
    if not goals:
        return "any" if kind == "truck-offer" else None
    if len(goals) == 1:
        return "single"
    between = "".join(left[a.end : b.start] for a, b in itertools.pairwise(goals))
    if _ALTERNATIVES.search(between + left[goals[-1].end : goals[-1].end + 6]):
        return "any"
    if _IN_ORDER.search(left) or re.search(r"→|-|~", between):
        return "route"
    return "any" if kind == "truck-offer" or "/" in between else "route"


def places_of(mentions: tuple[Mention, ...]) -> tuple[Place, ...]:
    """Return the places of mentions."""
    return tuple(mention.place for mention in mentions)
