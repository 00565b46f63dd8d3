"""Exported chats: who said what and when, for the forms of WeChat, WeCom and QQ.

Three heads are known: 张三 2023-03-15 09:30 before lines of text (WeChat, WeCom), 2023-03-15
9:30:00 张三(10001) before lines of text (QQ), and both with the text in the same line after a
colon. A line with nothing but a day tells the day of the heads below it that have only a time.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

LONGEST_PASTE = 300_000
MOST_MESSAGES = 1_000

_DAY = (
    r"(?:(?P<year>\d{4})[-/.年])?(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?|"
    r"(?P<word>今天|昨天|前天)"
)
_TIME = (
    r"(?P<part>凌晨|早上|上午|中午|下午|晚上)?\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2})?"
    r"\s*(?P<half>[AaPp][Mm])?"
)
_WEEKDAY = r"(?:\s*(?:星期|周|礼拜)[一二三四五六日天])?"
_NUMBER = r"(?:\s*[(（<][^()（）<>\s]{3,40}[)）>])?"
_NAME = r"(?P<name>[^\s:：\d][^\n:：]{0,29}?|\d{5,11})"
_NAME_FIRST = re.compile(
    rf"\s*{_NAME}{_NUMBER}[:：]?\s+(?:(?:{_DAY}){_WEEKDAY}\s+)?{_TIME}\s*(?:[:：]\s*(?P<rest>\S.*))?"
)
_TIME_FIRST = re.compile(
    rf"\s*[\[【(]?(?:(?:{_DAY}){_WEEKDAY}\s+)?{_TIME}[\])】]?\s+{_NAME}{_NUMBER}\s*"
    r"(?:[:：]\s*(?P<rest>\S.*)?)?"
)
_DAY_LINE = re.compile(rf"[\s\-—=─_*]*(?:{_DAY}){_WEEKDAY}[\s\-—=─_*]*")
_QUOTE_END = re.compile(r"^[ \t]*(?:[-—─－][ \t]*){5,}$", re.MULTILINE)
_AFTER_NOON = {"中午", "下午", "晚上"}


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a paste: characters ``[start, end)`` of it, without what it quotes.

    ``speaker`` is None where the paste is no exported chat.
    """

    speaker: str | None
    sent_at: datetime
    text: str
    start: int
    quoted: str = ""


def text_of(data: bytes) -> str:
    """Return the text of an exported file, which is UTF-8, UTF-16 with a mark, or GBK.

    Bytes that are none of these become U+FFFD.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")


def said_in(paste: str, now: datetime) -> tuple[Said, ...]:
    """Return the messages of a paste; a paste without heads is one message, sent now.

    Only the first ``LONGEST_PASTE`` characters and ``MOST_MESSAGES`` messages are read. A head
    whose day does not exist counts as sent with the message before it.
    """
    paste = paste[:LONGEST_PASTE]
    heads = list(_heads(paste, now))
    if not heads or (paste[: heads[0].start].strip() and not _only_days(paste[: heads[0].start])):
        return (_said(paste, 0, None, now),)
    found: list[Said] = []
    ends = [head.start for head in heads[1:]] + [len(paste)]
    for head, end in list(zip(heads, ends, strict=True))[:MOST_MESSAGES]:
        found.append(_said(paste[head.text_start : end], head.text_start, head.name, head.sent_at))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Head:
    name: str
    sent_at: datetime
    start: int
    text_start: int


def _heads(paste: str, now: datetime) -> Iterator[_Head]:
    day, last = now.date(), now
    for line in re.finditer(r"[^\n]*\n?", paste):
        words = line[0].rstrip()
        if not words:
            continue
        alone = _DAY_LINE.fullmatch(words)
        if alone:
            day = _day_of(alone, day, now) or day
            continue
        match = _TIME_FIRST.fullmatch(words) or _NAME_FIRST.fullmatch(words)
        if match is None:
            continue
        told = _day_of(match, day, now)
        moment = _time_of(match)
        if told is not None and moment is not None:
            day = told
            last = datetime.combine(told, moment, now.tzinfo)
        has_text = match["rest"] is not None
        text_start = line.start() + match.start("rest") if has_text else line.end()
        yield _Head(match["name"].strip(), min(last, now), line.start(), text_start)


def _only_days(words: str) -> bool:
    return all(_DAY_LINE.fullmatch(line) for line in words.splitlines() if line.strip())


def _day_of(match: re.Match[str], day: date, now: datetime) -> date | None:
    """Return the day of a head: the one above it where it has none, None for an impossible one."""
    if match["word"]:
        back = {"今天": 0, "昨天": 1, "前天": 2}[match["word"]]
        return now.date() - timedelta(days=back)
    if not match["month"]:
        return day
    year = int(match["year"] or now.year)
    try:
        told = date(year, int(match["month"]), int(match["day"]))
        if told > now.date() and not match["year"]:
            told = told.replace(year=year - 1)
    except ValueError:
        return None
    return told


def _time_of(match: re.Match[str]) -> time | None:
    hour = int(match["hour"])
    is_late = match["part"] in _AFTER_NOON or (match["half"] or "").lower() == "pm"
    if is_late and hour < 12 and not (match["part"] == "中午" and hour > 9):
        hour += 12
    try:
        return time(hour, int(match["minute"]))
    except ValueError:
        return None


def _said(text: str, start: int, speaker: str | None, sent_at: datetime) -> Said:
    """Return a message without what it quotes: quotes stand above the last line of dashes."""
    cuts = [match.end() for match in _QUOTE_END.finditer(text)]
    own = cuts[-1] if cuts and text.lstrip()[:1] in '「"“『>引' else 0
    words = text[own:]
    lead = len(words) - len(words.lstrip())
    return Said(speaker, sent_at, words.strip(), start + own + lead, text[:own])
