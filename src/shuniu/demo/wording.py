"""How a need and its answer are worded for one enterprise on one day."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from shuniu.demo import remarks
from shuniu.demo.enterprises import DemoEnterprise
from shuniu.demo.needs.sheet import Sheet, Situation, drawn_slots
from shuniu.demo.office_hours import spoken_date, weekday_after
from shuniu.demo.streets import (
    BUS_LINES,
    FEEDERS,
    GATES,
    SUBSTATIONS,
    WORKSHOPS,
    other_road,
)

SHORTEST, LONGEST = 12, 160
_OPENINGS = ("你好，", "您好，", "请问一下，", "麻烦问下，", "领导好，", "老师好，", "反映个事，")
_CLOSINGS = (
    "，谢谢",
    "，麻烦了",
    "。谢谢！",
    "，盼回复",
    "，请尽快",
    "。辛苦了",
    "，等你们消息",
    "，拜托",
)
_ANGRY = ("！", "！！", "，很急！", "，真的等不起了", "，急急急！")
_DETAILS = (
    "我们{short}就在{road}上，过来之前打个电话就行",
    "之前也问过一次，没有下文，这次麻烦给个准信",
    "厂里{employees}号人都等着消息",
    "方便的话先回个电话，白天都在厂里",
    "要我们配合什么尽管说，材料都准备好了",
    "听说{cross}那边也有企业碰到一样的情况",
    "费用该我们出的我们出，只要能早点定下来",
    "去年也碰到过一回，前前后后拖了个把月",
    "行政和车间都可以对接，电话一直开着",
    "我是新接手的，流程不熟，说得不清楚的地方请多包涵",
    "老板今天又问了，我也不知道怎么回他",
    "{short}这边联系人就是我，姓{surname}，随时可以打电话",
)
_PRESSING_DETAILS = (
    "客户{soon}要货，实在拖不起",
    "{product}的交期就在{soon}，晚一天都要赔钱",
    "再拖下去这个月的计划就全乱了",
    "{shop}的人现在都闲着，工资照发，损失一天比一天大",
    "我们已经自己想过办法了，实在没招才来找你们",
)
_SPOKEN_START = re.compile("你好|您好|请问|麻烦|反映|谢谢|感谢|领导")
_PAUSES = re.compile("[，。！？、；]+")


@dataclass(frozen=True, slots=True)
class Frame:
    """One wording of a situation."""

    situation: Situation
    number: int

    @property
    def key(self) -> str:
        """Name of the frame, for counting how often it is used."""
        return f"{self.situation.key}.{self.number}"


@dataclass(slots=True)
class Deck:
    """The frames of a sheet in shuffled order; all are used once before any is used again."""

    frames: list[Frame]
    position: int = field(default=0)

    @classmethod
    def of(cls, rng: Random, sheet: Sheet) -> Deck:
        """Return the shuffled frames of a sheet."""
        frames = [
            Frame(situation, number)
            for situation in sheet.situations
            for number in range(len(situation.asks))
        ]
        rng.shuffle(frames)
        return cls(frames)

    def draw(self) -> Frame:
        """Return the next frame."""
        frame = self.frames[self.position % len(self.frames)]
        self.position += 1
        return frame


def need_values(
    rng: Random, enterprise: DemoEnterprise, submitted_at: datetime, situation: Situation
) -> dict[str, str]:
    """Return what stands in the slots of a need and, unchanged, in those of its answer."""
    day = submitted_at.date()
    months = [f"{(day.month - 1 + shift) % 12 + 1}月" for shift in (-1, 0, 1)]
    return {
        "short": enterprise.short_name,
        "product": rng.choice(enterprise.products),
        "input": rng.choice(enterprise.inputs),
        "who": spoken_name(enterprise),
        "road": enterprise.road,
        "cross": other_road(rng, enterprise.road),
        "substation": rng.choice(SUBSTATIONS),
        "feeder": rng.choice(FEEDERS),
        "bus": rng.choice(BUS_LINES),
        "gate": rng.choice(GATES),
        "employees": str(enterprise.employees),
        "surname": enterprise.contact_name[0],
        "shop": rng.choice(WORKSHOPS),
        "ago": spoken_date(day - timedelta(days=rng.randint(2, 9))),
        "long_ago": spoken_date(day - timedelta(days=rng.randint(15, 50))),
        "soon": spoken_date(weekday_after(day, rng.randint(2, 7))),
        "later": spoken_date(weekday_after(day, rng.randint(12, 32))),
        "clock": _clock(rng, submitted_at),
        "last_month": f"{months[0]}份",
        "month": months[1],
        "next_month": months[2],
        **drawn_slots(rng, situation.slots),
    }


def promised_dates(rng: Random, day: date) -> dict[str, str]:
    """Return dates that an office may name on a day."""
    return {
        "next": spoken_date(weekday_after(day, rng.randint(1, 4))),
        "later_on": spoken_date(weekday_after(day, rng.randint(7, 18))),
    }


def need_text(rng: Random, frame: Frame, values: dict[str, str], *, urgent: bool) -> str:
    """Return a need as somebody typed it on a phone."""
    text = frame.situation.asks[frame.number].format_map(values)
    if frame.situation.category == "praise":
        return text
    if _may_say_who(frame.situation) and rng.random() < 0.26:
        text = _with_details(rng, text, values, urgent=urgent)
    if rng.random() < 0.22 and not _SPOKEN_START.match(text):
        text = rng.choice(_OPENINGS) + text
    luck = rng.random()
    if luck < 0.2:
        text = text.rstrip("。！") + rng.choice(_CLOSINGS if text[-1] not in "？！" else ("谢谢",))
    elif luck < 0.32 and urgent and text[-1] not in "？！":
        text = text.rstrip("。，") + rng.choice(_ANGRY)
    elif luck < 0.5 and text[-1] not in "？！":
        text += "。"
    if rng.random() < 0.07:
        return _PAUSES.sub(" ", text).strip()
    return text


def _may_say_who(situation: Situation) -> bool:
    """Return whether the need may add who asks and why.

    Not in a complaint that is kept secret, and in an emergency nobody has time for it.
    """
    return situation.sensitivity in ("normal", "confidential") and situation.urgency != "critical"


def _with_details(rng: Random, text: str, values: dict[str, str], *, urgent: bool) -> str:
    details = _DETAILS + _PRESSING_DETAILS if urgent else _DETAILS
    added = [line.format_map(values) for line in rng.sample(details, rng.choice((1, 1, 1, 2)))]
    joint = "" if text[-1] in "。？！" else "。"
    return text + joint + "。".join(added)


def answer_text(rng: Random, body: str, values: dict[str, str], *, closings: bool) -> str:
    """Return an answer with greeting; it always names the office and a date.

    ``closings`` adds, now and then, whom to call when the trouble comes back.
    """
    text = body.format_map(values)
    if values["office"] not in text or not re.search(r"\d月\d+日", text):
        text += f"（{values['office']}，{values['day']}）"
    greeting = rng.choice(remarks.GREETINGS).format_map(values)
    closing = rng.choice(remarks.CLOSINGS).format_map(values) if closings else ""
    return greeting + text + closing


def spoken_name(enterprise: DemoEnterprise) -> str:
    """Return how one addresses the enterprise's contact: 王总, 李经理."""
    title = enterprise.contact_title
    if title in ("总经理", "副总"):
        return enterprise.contact_name[0] + "总"
    return enterprise.contact_name[0] + title[-2:]


def _clock(rng: Random, submitted_at: datetime) -> str:
    """Return a time of day not long before the need came in: 上午9点20, 下午2点."""
    at = submitted_at - timedelta(minutes=rng.randint(8, 130))
    if at.date() != submitted_at.date():
        at = submitted_at
    for start, word, shift in ((18, "晚上", 12), (13, "下午", 12), (11, "中午", 0), (8, "上午", 0)):
        if at.hour >= start:
            return f"{word}{at.hour - shift}点{_spoken_minute(at.minute)}"
    return f"早上{at.hour}点{_spoken_minute(at.minute)}"


def _spoken_minute(minute: int) -> str:
    rounded = minute // 10 * 10
    return {0: "", 30: "半"}.get(rounded, str(rounded))
