"""How many needs there are, when they come, how they go and how long everything takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Literal

from shuniu.demo.needs.sheet import Urgency
from shuniu.demo.office_hours import CHINA

Channel = Literal[
    "wechat_account", "hall", "phone", "visit", "wechat_group", "hotline_12345", "meeting"
]
StepKind = Literal[
    "accepted",
    "dispatched",
    "returned",
    "signed",
    "contacted",
    "planned",
    "progress",
    "replied",
    "confirmed",
    "auto_confirmed",
    "reopened",
    "withdrawn",
]
Fate = Literal[
    "plain",
    "slow",
    "returned",
    "reopened",
    "withdrawn",
    "stalled",
    "awaits_dispatch",
    "awaits_other_office",
    "awaits_rework",
]

TOTAL_BEFORE_TODAY = 1415
TODAY = 31
OFF_DAY_SHARE = 0.03
AUTO_CONFIRM_MIN = 5 * 420
SERVICE_LEVEL_MIN = 7 * 420

# Share of each category in all needs, in tenths of a per cent.
CATEGORY_SHARES = {
    "logistics": 100,
    "policy": 95,
    "labour": 85,
    "permit": 85,
    "municipal": 80,
    "utility_power": 70,
    "finance": 62,
    "tax": 42,
    "housing": 40,
    "market": 38,
    "transport": 38,
    "environment": 38,
    "talent": 36,
    "safety": 34,
    "trade": 32,
    "space": 32,
    "utility_water": 26,
    "land": 22,
    "arrears": 22,
    "ict": 22,
    "utility_gas": 18,
    "utility_heat": 18,
    "green": 16,
    "praise": 16,
    "reopen": 12,
    "epidemic": 12,
    "integrity": 6,
}

_CHANNEL_SHARES: dict[Channel, int] = {
    "wechat_account": 44,
    "phone": 19,
    "hall": 13,
    "visit": 10,
    "wechat_group": 7,
    "hotline_12345": 4,
    "meeting": 3,
}
_HOUR_SHARES = {8: 12, 9: 18, 10: 17, 11: 11, 12: 3, 13: 7, 14: 11, 15: 9, 16: 7, 17: 4}
_LATE_HOURS = (18, 19, 20, 21, 22, 6, 7)


@dataclass(frozen=True, slots=True)
class Quota:
    """So many cases of an age in working days meet this fate."""

    fate: Fate
    count: int
    youngest: int
    oldest: int


QUOTAS = (
    Quota("stalled", 6, 8, 12),
    Quota("stalled", 3, 15, 27),
    Quota("awaits_dispatch", 3, 0, 0),
    Quota("awaits_other_office", 3, 0, 1),
    Quota("awaits_rework", 5, 4, 8),
    Quota("returned", 130, 2, 59),
    Quota("reopened", 52, 9, 59),
    Quota("withdrawn", 45, 1, 59),
    Quota("slow", 42, 12, 59),
)


@dataclass(frozen=True, slots=True)
class Beat:
    """A step and how long after the step before it comes.

    Attributes
    ----------
    minutes
        At least 1.
    around_the_clock
        Whether the minutes run at night and on days off too, as in an emergency.
    second_round
        Whether the step belongs to the work after the case was reopened.
    """

    kind: StepKind
    minutes: int
    around_the_clock: bool = False
    second_round: bool = False


def arrivals(rng: Random, working_days: tuple[date, ...], now: datetime) -> list[datetime]:
    """Return when the needs come in, in order, none after ``now``."""
    past = working_days[:-1]
    weights = [_day_weight(working_days, number) for number in range(len(past))]
    moments = [_moment(rng, day) for day in rng.choices(past, weights, k=TOTAL_BEFORE_TODAY)]
    off_days = _off_days(working_days)
    if off_days:
        count = round(TOTAL_BEFORE_TODAY * OFF_DAY_SHARE)
        moments += [_moment(rng, day) for day in rng.choices(off_days, k=count)]
    moments += _today(rng, working_days[-1], now)
    return sorted(moment for moment in moments if moment < now)


def _today(rng: Random, day: date, now: datetime) -> list[datetime]:
    opened = datetime.combine(day, time(7), CHINA)
    hours_open = max((now - opened).total_seconds() / 3600, 0)
    # On an early morning there are only few; from half past nine on it is a usual day's heap.
    wanted = TODAY if hours_open >= 2.5 else round(4 * hours_open)
    moments: list[datetime] = []
    while len(moments) < wanted:
        moment = _moment(rng, day)
        if moment < now:
            moments.append(moment)
    return moments


def _day_weight(days: tuple[date, ...], number: int) -> float:
    gap = (days[number] - days[number - 1]).days if number else 1
    if gap > 3:
        return 1.45
    return 1.25 if gap > 1 else 1.0


def _off_days(working_days: tuple[date, ...]) -> list[date]:
    working = set(working_days)
    span = (working_days[-1] - working_days[0]).days
    days = [working_days[0] + timedelta(days=number) for number in range(span)]
    return [day for day in days if day not in working]


def _moment(rng: Random, day: date) -> datetime:
    late = rng.random() < 0.05
    hours, shares = list(_HOUR_SHARES), list(_HOUR_SHARES.values())
    hour = rng.choice(_LATE_HOURS) if late else rng.choices(hours, shares)[0]
    at = time(hour, rng.randrange(60), rng.randrange(60))
    return datetime.combine(day, at, CHINA)


def categories(rng: Random, count: int) -> list[str]:
    """Return the categories of so many needs in random order, each with its share."""
    total = sum(CATEGORY_SHARES.values())
    drawn = [
        name for name, share in CATEGORY_SHARES.items() for _ in range(round(share * count / total))
    ]
    rng.shuffle(drawn)
    drawn += rng.choices(list(CATEGORY_SHARES), k=max(0, count - len(drawn)))
    return drawn[:count]


def fates(rng: Random, ages: list[int]) -> list[Fate]:
    """Return a fate for each case, given the ages in working days."""
    drawn: list[Fate] = ["plain"] * len(ages)
    for quota in QUOTAS:
        free = [
            number
            for number, age in enumerate(ages)
            if drawn[number] == "plain" and quota.youngest <= age <= quota.oldest
        ]
        for number in rng.sample(free, min(quota.count, len(free))):
            drawn[number] = quota.fate
    return drawn


def channel(rng: Random, submitted_at: datetime, urgency: Urgency) -> Channel:
    """Return how the need came in; out of hours nobody stands at a counter."""
    open_now = 8 <= submitted_at.hour < 18 and submitted_at.isoweekday() < 6
    if urgency == "critical":
        return rng.choice(("phone", "phone", "wechat_account", "wechat_group"))
    if not open_now:
        return rng.choice(("wechat_account", "wechat_account", "wechat_group", "hotline_12345"))
    names = list(_CHANNEL_SHARES)
    return rng.choices(names, list(_CHANNEL_SHARES.values()))[0]


def beats(rng: Random, urgency: Urgency, fate: Fate) -> Iterator[Beat]:
    """Yield the steps of a case to their end, as if there were time without end."""
    urgent = urgency == "critical"
    yield Beat("accepted", rng.randint(2, 12) if urgent else rng.randint(3, 95), urgent)
    if fate == "awaits_dispatch":
        return
    yield Beat("dispatched", rng.randint(1, 5) if urgent else rng.randint(2, 45), urgent)
    if fate in ("returned", "awaits_other_office"):
        yield Beat("returned", rng.randint(20, 160))
        if fate == "awaits_other_office":
            return
        yield Beat("dispatched", rng.randint(5, 60))
    if fate == "withdrawn" and rng.random() < 0.5:
        yield Beat("withdrawn", rng.randint(30, 300))
        return
    yield Beat("signed", rng.randint(2, 10) if urgent else rng.randint(5, 120), urgent)
    yield Beat("contacted", rng.randint(3, 18) if urgent else rng.randint(10, 190), urgent)
    if fate == "withdrawn":
        yield Beat("withdrawn", rng.randint(30, 600))
        return
    yield from _work(rng, urgency, fate)
    if fate != "stalled":
        yield from _verdict(rng, fate)


_USUAL_MIN: dict[Urgency, int] = {"critical": 210, "high": 620, "normal": 1000, "low": 400}


def _work(rng: Random, urgency: Urgency, fate: Fate) -> Iterator[Beat]:
    urgent = urgency == "critical"
    minutes = min(_USUAL_MIN[urgency] * rng.lognormvariate(0, 0.5), SERVICE_LEVEL_MIN - 520)
    if fate == "slow":
        minutes = rng.uniform(SERVICE_LEVEL_MIN + 60, SERVICE_LEVEL_MIN + 1400)
    if fate in ("awaits_rework", "stalled"):
        minutes = min(minutes, 700)
    notes = rng.choice((1, 2, 3) if fate in ("slow", "stalled") else (0, 0, 1, 1, 2))
    cuts = sorted(rng.uniform(0.35, 0.9) for _ in range(notes))
    marks = [rng.uniform(0.1, 0.3), *cuts, 1.0]
    spans = [max(2, round((b - a) * minutes)) for a, b in zip([0.0, *marks], marks, strict=False)]
    yield Beat("planned", min(spans[0], 800), urgent)
    for span in spans[1:-1]:
        yield Beat("progress", span, urgent)
    if fate != "stalled":
        yield Beat("replied", spans[-1], urgent)


def _verdict(rng: Random, fate: Fate) -> Iterator[Beat]:
    if fate in ("reopened", "awaits_rework"):
        yield Beat("confirmed", rng.randint(5, 300))
        yield Beat("reopened", 1)
        if fate == "awaits_rework":
            return
        for kind, low, high in _SECOND_ROUND:
            yield Beat(kind, rng.randint(low, high), second_round=True)
    if rng.random() < 0.78:
        yield Beat("confirmed", round(rng.triangular(5, 1700, 150)), second_round=True)
    else:
        yield Beat("auto_confirmed", AUTO_CONFIRM_MIN + rng.randint(1, 9), second_round=True)


_SECOND_ROUND: tuple[tuple[StepKind, int, int], ...] = (
    ("dispatched", 20, 150),
    ("signed", 10, 90),
    ("contacted", 20, 200),
    ("planned", 30, 200),
    ("progress", 200, 600),
    ("replied", 200, 900),
)


def told_to_the_end(rng: Random) -> tuple[Beat, ...]:
    """Return the steps of a case that goes well, with time for three notes on the way."""
    kinds: tuple[tuple[StepKind, int], ...] = (
        ("accepted", 18),
        ("dispatched", 9),
        ("signed", 40),
        ("contacted", 65),
        ("planned", 260),
        ("progress", 640),
        ("progress", 520),
        ("replied", 900),
        ("confirmed", 130),
    )
    return tuple(
        Beat(kind, minutes + rng.randint(0, 9), second_round=kind == "confirmed")
        for kind, minutes in kinds
    )


def minutes_after(rng: Random, moment: datetime) -> datetime:
    """Return a moment shortly after another, as when neighbors report the same thing."""
    return moment + timedelta(minutes=rng.randint(2, 25), seconds=rng.randrange(60))
