"""Which time phrase says when to leave and which says when to be there."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shuniu.engines.extraction.freight.cards import Window
from shuniu.engines.extraction.freight.found import Found, Part
from shuniu.engines.extraction.freight.gazetteer import Gazetteer
from shuniu.engines.extraction.freight.moments import Spell, spell_of
from shuniu.engines.extraction.freight.times import Phrase

_MUST = (
    r"(?:必须|务必|一定|要求?|需要?|得|能|可以?|之?前|内|保证|准时|左右|必|就|全部|都|给|确保|"
    r"之内|,|\s)*"
)
_ARRIVES = re.compile(
    rf"\s*{_MUST}(?:到货|送到|送达|到达|抵达|到厂(?:卸|交|(?=[\s,.;!]|$))|到(?:卸|交)|进港|卸(?!完|好|空)|交货|收到|要货|截港|截关|截单|"
    rf"签收|送货|进仓|入仓|(?P<there>到(?!我|厂|场|公司|装|这|仓库装|你|哪|时|位|付)))"
)
_ARRIVAL_BEFORE = re.compile(
    r"(?:到货|送达|送到|卸货|交货|抵达|到达|要求到|收货|截港|截关|截单)(?:时间|期)?(?:不晚于|最晚|最迟|"
    r"要求|要|在|为|是|[::\s])*$|(?:最晚|最迟)到?\s*$"
)
_LOADS = re.compile(r"\s*[一-鿿]{0,4}?(?:装|提货|拉货|上货)")
_ON_DONE = re.compile(
    r"[^.;!?\n]{0,14}?(?:卸完|卸好|下完|装完)货?了?(?:以后|之后|后)?就?(?:走|出发|回(?!单)|"
    r"返)|[^,.;!?\n]{0,10}?(?:卸完|卸好|下完|装完|卸空)货?了?(?:以后|之后|"
    r"后)?[^,.;!?\n]{0,4}?(?:走|出发|回|返|去|发车|可以|就能|空车|到|往|找|,|\s|$)"
)
_DEPARTURE = re.compile(r"\s*(?:发车|发(?!货)|出发|走|开)")
_URGENT = re.compile(r"(?<!不)(?<!不着)(?<!不太)(?<!应)急(?!性|救|诊|剧|刹|转|聘|招)")
_NOW_SPAN = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Schedule:
    """The windows of a message: one, or one for each departure of a line."""

    windows: tuple[Window, ...]
    recurrence: str | None
    flags: tuple[str, ...]
    depart: Phrase | None
    arrive: Phrase | None


@dataclass(frozen=True, slots=True)
class _Timed:
    phrase: Phrase
    spell: Spell
    arrives: bool


def schedule_of(
    phrases: list[Phrase], text: str, sent_at: datetime, gazetteer: Gazetteer, part: Part
) -> Schedule:
    """Return when a card leaves and arrives; a phrase of its own counts before a shared one."""
    timed = _timed(phrases, text, sent_at, gazetteer)
    flags = tuple(dict.fromkeys(each.spell.flag for each in timed if each.spell.flag))
    recurrence = next((each.spell.recurrence for each in timed if each.spell.recurrence), None)
    departs = _own([each for each in timed if not each.arrives and each.spell.is_known], part)
    arrives = _own([each for each in timed if each.arrives and each.spell.is_known], part)
    arrive = arrives[-1] if arrives else None
    arrive_at = arrive.spell.latest if arrive else None
    arrive_phrase = arrive.phrase if arrive else None
    if departs:
        best = max(departs, key=lambda each: (_fineness(each), -each.phrase.start))
        lines = [
            each
            for each in departs
            if each.phrase.clock and _DEPARTURE.match(text, each.phrase.end)
        ]
        chosen = lines if len(lines) > 1 else [best]
        windows = tuple(Window(e.spell.earliest, e.spell.latest, arrive_at) for e in chosen)
        return Schedule(windows, recurrence, flags, chosen[0].phrase, arrive_phrase)
    if arrive_at:
        return Schedule((Window(sent_at, None, arrive_at),), recurrence, flags, None, arrive_phrase)
    if _URGENT.search(text) and not recurrence and not flags:
        window = Window(sent_at, sent_at + _NOW_SPAN, None)
        return Schedule((window,), recurrence, flags, None, None)
    return Schedule((Window(),), recurrence, flags, None, None)


def _timed(
    phrases: list[Phrase], text: str, sent_at: datetime, gazetteer: Gazetteer
) -> list[_Timed]:
    timed: list[_Timed] = []
    leaving = [phrase for phrase in phrases if not _is_arrival(phrase, text, gazetteer)]
    known = _first_day(leaving, sent_at)
    repeats = any(day.kind == "daily" for phrase in phrases for day in phrase.days)
    for phrase in phrases:
        spell = spell_of(phrase, sent_at, known)
        if repeats and phrase.clock and spell.flag == "time_past":
            spell = spell_of(phrase, sent_at, Spell(None, None, sent_at.date() + timedelta(days=1)))
        arrives = phrase not in leaving
        leaves_then = phrase.bound != "before" and _ON_DONE.match(text, phrase.end)
        if leaves_then and (phrase.clock or phrase.part) and not arrives:
            spell = replace(spell, latest=None)
        timed.append(_Timed(phrase, spell, arrives))
        if spell.day and (phrase.days or known is None or known.day == spell.day):
            known = spell
    return timed


def _first_day(phrases: list[Phrase], sent_at: datetime) -> Spell | None:
    """Return the only day that is named, for clock times said before it."""
    if not phrases or phrases[0].days:
        return None
    named = [phrase for phrase in phrases if phrase.days and phrase.clock is None]
    if len(named) != 1 or any(
        day.kind in {"daily", "weekdays", "relative"} for day in named[0].days
    ):
        return None
    spell = spell_of(named[0], sent_at, None)
    return Spell(None, None, spell.day) if spell.day else None


def _is_arrival(phrase: Phrase, text: str, gazetteer: Gazetteer) -> bool:
    if _ARRIVAL_BEFORE.search(text[max(0, phrase.start - 10) : phrase.start]):
        return True
    match = _ARRIVES.match(text, phrase.end)
    if not match:
        return False
    if not match["there"]:
        return True
    word = gazetteer.longest_at(text, match.end())
    if word is None:
        return True
    if _LOADS.match(text, match.end() + len(word)) or "能" in match[0]:
        return False
    return (
        phrase.clock is not None or phrase.bound == "before" or "必" in match[0] or "要" in match[0]
    )


def _own(timed: list[_Timed], part: Part) -> list[_Timed]:
    found = [Found(each, each.phrase.start, each.phrase.end) for each in timed]
    return [each.value for each in part.own_first(found)]


def _fineness(timed: _Timed) -> int:
    phrase = timed.phrase
    if phrase.clock or phrase.minutes is not None:
        return 3
    if phrase.part:
        return 2
    return 1 if phrase.days and phrase.days[0].kind not in {"now", "anytime"} else 0
