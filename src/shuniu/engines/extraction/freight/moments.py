"""From time phrases to moments: what 明早, 下周三 and 12点~3点 mean for a message sent at a moment.

All moments are wall time of the zone (+08:00). The spans of the parts of a day follow the
conventions of ``docs/engines/freight-reading.md``.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from shuniu.engines.extraction.freight.times import Clock, DayWord, Phrase

_LAST_MINUTE = time(23, 59)
_PARTS: dict[str, tuple[time, time]] = {
    "night": (time(0), time(6)),
    "late_night": (time(0), time(6)),
    "dawn": (time(5), time(8)),
    "morning": (time(6), time(10)),
    "forenoon": (time(6), time(12)),
    "noon": (time(11), time(13)),
    "afternoon": (time(12), time(18)),
    "dusk": (time(17), time(19)),
    "closing": (time(18), time(18)),
    "evening": (time(18), _LAST_MINUTE),
}
_MORNING_PARTS = {"night", "late_night", "dawn", "morning", "forenoon"}
_TWELVE_HOURS = timedelta(hours=12)
_DAY = timedelta(days=1)
_NOW = timedelta(hours=4)
_ANYTIME = timedelta(hours=24)
_WEEKDAYS = "一二三四五六日"
_WEEKDAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Spell:
    """The moments a phrase covers. ``latest`` is None when it only says from when.

    ``flag`` names a doubt; ``recurrence`` is set for phrases that repeat.
    """

    earliest: datetime | None
    latest: datetime | None
    day: date | None = None
    flag: str | None = None
    recurrence: str | None = None

    @property
    def is_known(self) -> bool:
        """Tell whether the phrase gives any moment."""
        return self.earliest is not None


def spell_of(phrase: Phrase, sent_at: datetime, known: Spell | None) -> Spell:
    """Return the moments of a phrase; ``known`` is what an earlier phrase already said."""
    if phrase.minutes is not None:
        until = sent_at + timedelta(minutes=phrase.minutes)
        return Spell(sent_at if phrase.is_within else until, until, until.date())
    kinds = {word.kind for word in phrase.days}
    if kinds & {"daily", "weekdays"}:
        return _recurring(phrase, sent_at)
    dated = [word for word in phrase.days if word.kind not in {"now", "anytime"}]
    if dated:
        return _dated(phrase, dated, sent_at, known)
    if kinds and phrase.part is None:
        return Spell(sent_at, sent_at + (_NOW if "now" in kinds else _ANYTIME))
    return _undated(phrase, sent_at, known)


def _undated(phrase: Phrase, sent_at: datetime, known: Spell | None) -> Spell:
    """Return the moments of a phrase without a day: the day said before, else the next chance."""
    if known is None or known.day is None:
        return _on(phrase, sent_at.date(), sent_at, after=None, is_dated=False)
    after = known.earliest if phrase.part is None else None
    spell = _on(phrase, known.day, sent_at, after=after, is_dated=True)
    if spell.flag == "time_past" and phrase.part in _MORNING_PARTS:
        return _on(phrase, known.day + _DAY, sent_at, after=None, is_dated=True)
    if after and phrase.bound == "before" and spell.latest and after < spell.latest:
        return Spell(after, spell.latest, spell.day)
    return spell


def _dated(phrase: Phrase, dated: list[DayWord], sent_at: datetime, known: Spell | None) -> Spell:
    first = dated[0]
    if first.kind in {"weekend", "days_ahead", "until_end"}:
        return _several_days(first, sent_at)
    days = [_day_of(word, sent_at, known) for word in dated]
    if days[0] is None:
        return Spell(None, None, flag="impossible_date")
    one_kind = len({word.kind for word in dated}) == 1
    is_span = len(days) == 2 and one_kind and _follow(days[0], days[1])
    if is_span and days[1] and phrase.clock is None and phrase.part is None:
        earliest = max(sent_at, _at(days[0], time(0), sent_at))
        return Spell(earliest, _last_of(days[1], sent_at), days[0])
    flag = "date_conflict" if any(day != days[0] for day in days[1:]) else None
    day = days[0]
    if sent_at.hour < 5 and phrase.part in {"morning", "dawn"} and first.words in {"明", "明晨"}:
        day, flag = sent_at.date(), "after_midnight_mingzao"
    spell = _on(phrase, day, sent_at, after=None, is_dated=True)
    return Spell(spell.earliest, spell.latest, spell.day, flag or spell.flag)


def _several_days(word: DayWord, sent_at: datetime) -> Spell:
    today = sent_at.date()
    if word.kind == "until_end":
        return Spell(sent_at, _last_of(_end_of(word.week or "", today), sent_at), today)
    if word.kind == "weekend":
        saturday = today + timedelta(days=(5 - today.weekday()) % 7 if today.weekday() != 6 else -1)
        if word.week == "下":
            saturday = today + timedelta(days=12 - today.weekday())
        earliest = max(sent_at, datetime.combine(saturday, time(0), sent_at.tzinfo))
        return Spell(earliest, _last_of(saturday + _DAY, sent_at), saturday)
    start = max(sent_at, _at(today + timedelta(days=word.month or 0), time(0), sent_at))
    last = today + timedelta(days=(word.month or 0) + (word.day or 2) - 1)
    return Spell(start, _last_of(last, sent_at), start.date())


def _end_of(what: str, today: date) -> date:
    """Return the last day of the week, month or year of a day."""
    if what == "月":
        return today.replace(day=monthrange(today.year, today.month)[1])
    if what == "年":
        return today.replace(month=12, day=31)
    return today + timedelta(days=6 - today.weekday())


def _day_of(word: DayWord, sent_at: datetime, known: Spell | None) -> date | None:
    today = sent_at.date()
    if word.kind == "weekday":
        return _weekday(word, today)
    if word.kind == "date":
        return _calendar_day(word, today)
    base = known.day if known and known.day else today
    if word.kind == "relative":
        return base + _DAY
    if word.words.startswith("当"):
        return base
    ahead = {"明": 1, "后": 2, "大": 3}.get(word.words[0], 0)
    return today + timedelta(days=ahead)


def _weekday(word: DayWord, today: date) -> date:
    wanted = _WEEKDAYS.index("日" if word.words == "天" else word.words)
    monday = today - timedelta(days=today.weekday())
    weeks = {"下": 1, "下下": 2, "这": 0, "本": 0}.get(word.week or "")
    if weeks is not None:
        return monday + timedelta(days=7 * weeks + wanted)
    return today + timedelta(days=(wanted - today.weekday()) % 7)


def _calendar_day(word: DayWord, today: date) -> date | None:
    day = word.day or 0
    if word.month:
        year = today.year + (1 if word.month < today.month - 6 else 0)
        return _exact(year, word.month, day)
    if day >= today.day:
        return _exact(today.year, today.month, day)
    following = today.replace(day=1) + timedelta(days=32)
    return _exact(following.year, following.month, day)


def _exact(year: int, month: int, day: int) -> date | None:
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def _on(
    phrase: Phrase, day: date, sent_at: datetime, *, after: datetime | None, is_dated: bool
) -> Spell:
    """Return the moments of a phrase on a day, never before the message was sent."""
    if phrase.clock:
        start = _clock_at(phrase, day, sent_at, after=after, is_dated=is_dated)
        return _clocked(phrase, start, day, sent_at)
    if phrase.part is None:
        return _whole_day(phrase, day, sent_at)
    low, high = _PARTS[phrase.part]
    if phrase.part == "late_night":
        day += _DAY
    earliest, latest = _at(day, low, sent_at), _at(day, high, sent_at)
    if phrase.bound == "before":
        latest = _at(day, time(12), sent_at) if phrase.part == "noon" else earliest
        earliest = _at(day, time(0), sent_at)
    elif phrase.bound == "since":
        latest = _last_of(day, sent_at)
    if latest < sent_at and not is_dated:
        earliest, latest, day = earliest + _DAY, latest + _DAY, day + _DAY
    return _not_past(earliest, latest, day, sent_at)


def _whole_day(phrase: Phrase, day: date, sent_at: datetime) -> Spell:
    earliest, latest = _at(day, time(0), sent_at), _last_of(day, sent_at)
    if phrase.bound == "before":
        earliest = min(sent_at, latest)
    if phrase.bound == "since" and day > sent_at.date():
        return Spell(earliest, None, day, "open_end")
    return _not_past(earliest, latest, day, sent_at)


def _clock_at(
    phrase: Phrase, day: date, sent_at: datetime, *, after: datetime | None, is_dated: bool
) -> datetime:
    clock = phrase.clock or Clock(0, 0)
    midnight = _at(day, time(0), sent_at)
    start = midnight + timedelta(hours=clock.hour, minutes=clock.minute)
    if phrase.part:
        moment = start + _shift(phrase.part, clock.hour)
        is_over = moment < sent_at and not is_dated and phrase.until is None
        return moment + _DAY if is_over and phrase.part in _MORNING_PARTS else moment
    if clock.hour > 12:
        return start
    today = day == sent_at.date()
    if today or after:
        floor = max(sent_at, after) if after else sent_at
        for candidate in (start, start + _TWELVE_HOURS):
            if candidate >= floor:
                return candidate
        return start + (timedelta() if is_dated and today else _DAY)
    if 1 <= clock.hour <= 5 and not clock.is_digital:
        return start + _TWELVE_HOURS
    return start


def _shift(part: str, hour: int) -> timedelta:
    """Return what to add to an hour said with a part of the day."""
    if part == "late_night":
        return _DAY if hour < 12 else _TWELVE_HOURS
    if part in _MORNING_PARTS:
        return -_TWELVE_HOURS if part == "night" and hour == 12 else timedelta()
    if part == "noon":
        return _TWELVE_HOURS if hour < 10 else timedelta()
    if part == "evening":
        if hour < 5:
            return _DAY
        return _TWELVE_HOURS if hour <= 12 else timedelta()
    return _TWELVE_HOURS if hour < 12 else timedelta()


def _clocked(phrase: Phrase, start: datetime, day: date, sent_at: datetime) -> Spell:
    is_today = start.date() == sent_at.date() or day == sent_at.date()
    if phrase.until:
        return _not_past(start, _until(phrase, start, sent_at), day, sent_at)
    if phrase.bound == "before":
        low = _PARTS[phrase.part][0] if phrase.part else time(0)
        earliest = _at(day, low, sent_at)
        if is_today:
            earliest = sent_at
        elif earliest > start:
            earliest = _at(day, time(0), sent_at)
        return _not_past(earliest, start, day, sent_at)
    if phrase.bound == "about":
        hour = timedelta(hours=1)
        return _not_past(start - hour, start + hour, day, sent_at)
    if phrase.bound == "since":
        return _not_past(start, _last_of(start.date(), sent_at), day, sent_at)
    return _not_past(start, start, day, sent_at)


def _until(phrase: Phrase, start: datetime, sent_at: datetime) -> datetime:
    clock = phrase.until or Clock(0, 0)
    midnight = _at(start.date(), time(0), sent_at)
    end = midnight + timedelta(hours=clock.hour, minutes=clock.minute)
    if phrase.until_part:
        end += _shift(phrase.until_part, clock.hour)
        return end if end > start else end + _DAY
    while end <= start:
        end += _TWELVE_HOURS
    return end


def _not_past(earliest: datetime, latest: datetime, day: date, sent_at: datetime) -> Spell:
    if latest < sent_at:
        return Spell(None, None, day, "time_past")
    return Spell(max(earliest, sent_at), latest, day)


def _recurring(phrase: Phrase, sent_at: datetime) -> Spell:
    daily = any(word.kind == "daily" for word in phrase.days)
    words = "".join(word.words for word in phrase.days if word.kind == "weekdays")
    wanted = sorted({_WEEKDAYS.index("日" if w == "天" else w) for w in _weekday_letters(words)})
    if not daily and len(wanted) == 0:
        return Spell(None, None)
    span = _daily_span(phrase, sent_at)
    recurrence = "daily" if daily else "weekly:" + ",".join(_WEEKDAY_CODES[day] for day in wanted)
    if daily:
        if phrase.clock is None or span is None:
            return Spell(None, None, recurrence=recurrence)
        wanted = list(range(7))
    if span and not daily:
        recurrence += f" {span[0]:%H:%M}-{span[1]:%H:%M}"
    for ahead in range(8):
        day = sent_at.date() + timedelta(days=ahead)
        low, high = span or (time(0), _LAST_MINUTE)
        earliest = _at(day, low, sent_at)
        if day.weekday() in wanted and earliest >= sent_at:
            return Spell(earliest, _at(day, high, sent_at), day, recurrence=recurrence)
    return Spell(None, None, recurrence=recurrence)


def _weekday_letters(words: str) -> str:
    letters = words.replace("星期", "").replace("礼拜", "").replace("周", "")
    return "".join(letter for letter in letters if letter in "一二三四五六日天")


def _daily_span(phrase: Phrase, sent_at: datetime) -> tuple[time, time] | None:
    if phrase.clock:
        far = sent_at + timedelta(days=1)
        bare = Phrase(
            0, 0, part=phrase.part, clock=phrase.clock, until=phrase.until, bound=_about(phrase)
        )
        spell = _on(bare, far.date(), sent_at, after=None, is_dated=True)
        if spell.earliest and spell.latest:
            return spell.earliest.time(), spell.latest.time()
    return _PARTS[phrase.part] if phrase.part else None


def _follow(first: date, last: date | None) -> bool:
    return last is not None and timedelta() < last - first < timedelta(days=7)


def _about(phrase: Phrase) -> str | None:
    return phrase.bound if phrase.bound == "about" else None


def _at(day: date, moment: time, sent_at: datetime) -> datetime:
    return datetime.combine(day, moment, sent_at.tzinfo)


def _last_of(day: date, sent_at: datetime) -> datetime:
    return _at(day, _LAST_MINUTE, sent_at)
