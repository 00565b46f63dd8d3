"""Words of time: lexemes, and the phrases they join to (明天下午3点前)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shuniu.engines.extraction.freight.normal import Sheet
from shuniu.engines.extraction.freight.numerals import number

_H = r"(?:\d{1,2}|十[一二]?|二十[一二三四]?|[零〇一二两三四五六七八九])"
_MINUTES = r"(?:半|一刻|三刻|[0-5]\d分?|\d{1,2}分|[二三四五]?十[五]?分?)"
_WEEK = "一二三四五六日天末"
_LEXEMES: tuple[tuple[str, str], ...] = (
    ("daily", r"每天|天天|每日|日日|每晚|每早"),
    (
        "weekdays",
        (
            r"(?:每|逢)(?:个)?(?:周|星期|礼拜)[一二三四五六日天](?:(?:[、,/和 ]|周|星期|"
            r"礼拜)*[一二三四五六日天](?![点十吨车托箱方板]))*|(?:(?:周|星期|"
            r"礼拜)[一二三四五六日天][、,/和 ]*){2,}|(?:周|星期|"
            r"礼拜)[一二三四五六日天](?:[、,/]?[一二三四五六日天](?![点十吨车托箱方板台个])){1,"
            r"}"
        ),
    ),
    ("weekend", r"(?P<week_of_end>下|这|本)?个?(?:周末|双休日?)"),
    (
        "weekday",
        rf"(?P<week>下下|下|这|本)?(?:一)?个?(?:周|星期|礼拜)(?P<weekday>[{_WEEK[:-1]}])(?!到)",
    ),
    (
        "two_days",
        (
            r"这两天|近两天|这一两天|今明两?天|今明(?=[两都装走发,\s]|$)|(?P<next_two>明后两?天)|(?:这|本)?(?P<end_of>周|星期|月|年)(?:内|底|末(?=前|之前))|"
            r"(?:这|本)(?P<this>周)(?=到|装|走|发|要|能|里|之?内)|"
            r"(?:这)?(?P<in_days>[两三四五]|[2-5])天(?:之)?内"
        ),
    ),
    (
        "date",
        (
            r"(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]?|(?<![\d.])(?P<day_only>\d{1,2}|"
            r"[一二三]?十[一二三四五六七八九]?|"
            r"[一二三四五六七八九])(?:号(?![车门仓库楼线厂码泊桥口机台棚道院地路公井钢馆店柜料产"
            r"位窗区])|日(?![本用常化式产间元照夜]))"
        ),
    ),
    (
        "dotted",
        (
            r"(?<![\d.*x×/:米\-])(?P<dot_month>1[0-2]|0?[1-9])[./](?P<dot_day>3[01]|[12]\d|"
            r"0?[1-9])(?![\d.*x×/:%°℃米]|\s*(?:吨|方|立方|公斤|kg|托|t(?![a-z])|m|元|块|万|斤|"
            r"箱|厢|高|平|飞|冷|度))"
        ),
    ),
    ("relative", r"次日|第二天|隔天|隔日"),
    (
        "day",
        (
            r"大后[天日]|后[天日儿]|明(?:天|日|儿|晨)|明(?=[早晚上下中夜])|今(?:天|日|儿|晨)|"
            r"今(?=[早晚上下中夜])|当[天日晚](?=.)"
        ),
    ),
    (
        "after",
        (
            r"(?P<hours>半个?|\d{1,2}(?:\.5)?个?|[一二两三四五六]个?|一个半|"
            r"两个半)(?:多)?(?:小时|钟头)(?P<within>之?内|以内)?(?:之?后|以后)?|"
            r"(?P<minutes>\d{1,2}|[一二三四五]?十五?)分钟(?P<within2>之?内|以内)?(?:之?后|"
            r"以后)?"
        ),
    ),
    (
        "part",
        (
            r"凌晨|清晨|清早|一大?早|大早|下班(?=之?前|以前)|早班(?=\d|\s*\d)?|(?:早[上晨]?|[上下中]午|晚上?)好(?!货)|早[上晨间]|上午|中午|午后|下午|傍晚|"
            r"晚[上间]?(?!点|班|到)|夜里|夜间|半夜|深夜|(?<=[今明后天日])早|"
            r"(?<=[一二三四五六日天号晨])早(?![点日])|午前|夜班|晚班"
        ),
    ),
    (
        "clock",
        (
            rf"(?P<h3>[一二两三四五六七八九])(?P<h4>[二三四五六七八九十])点(?!半)|"
            rf"(?P<h1>{_H})(?:点钟?|:|时(?![间候效]))(?P<m1>(?<=:)[0-5]\d|"
            rf"{_MINUTES})?(?!钟?头)(?:整)?|"
            rf"(?<=[早午上晚晨\-~到至])(?P<h2>\d{{1,2}})(?=[\-~到至]\d{{1,2}}[点:])"
        ),
    ),
    (
        "now",
        (
            r"现在|马上|立刻|立即|即刻|随到随[装走]|随装随走|现装|此刻|立马|这会儿?|目前(?=可|"
            r"能|就)|刚刚?(?=卸完|下完)"
        ),
    ),
    ("anytime", r"随时|随叫随到|全天候?"),
)
_LEXEME = re.compile("|".join(f"(?P<is_{name}>{words})" for name, words in _LEXEMES))
_DASH = re.compile(r"\s*(?:-|~|到|至|--)\s*")
_GLUE = re.compile(r"[\s,、()/的是就那::]*(?:左右|钟)?[\s,、()/的]*")
_MODIFIER = re.compile(
    r"\s*(?P<before>(?:之|以)?前(?!面|台|四)|截止|为止)|\s*(?P<about>左右|上下|前后)|"
    r"\s*(?P<since>(?:以|之)后|过后|后(?![天面日四八])|开始|起(?!运|步|点|吊|重)|往后)"
)
_NOT_CLOCK_AFTER = re.compile(r"\s*(?:票|专票|的票|吨|税|几|多吨|\d*[吨方])")
_A_LITTLE = re.compile(
    r"(?:[大小快慢长短宽高低重轻多少便好近稍有]|(?<![今明后当每])[早晚]|便宜|一)$"
)
"""What stands before 一点 where it means a little (车子大一点), not one o'clock."""
_DATED_AFTER = re.compile(
    r"\s*(?:号|日|上午|下午|早|晚|中午|凌晨|装(?!卸)|走|发|出发|提货|到货|交货|前|之前|的?货)"
)
_PART_WORDS = (
    ("night", "凌晨 半夜 深夜"),
    ("dawn", "清晨 清早 一早 一大早 大早"),
    ("morning", "早上 早晨 早间 早 早班"),
    ("forenoon", "上午 午前"),
    ("noon", "中午"),
    ("afternoon", "下午 午后"),
    ("dusk", "傍晚"),
    ("evening", "晚上 晚 晚间 夜里 夜间 晚班 夜班"),
    ("closing", "下班"),
)
_PART_OF = {word: part for part, words in _PART_WORDS for word in words.split()}


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as said; whether it is a.m. or p.m. is decided later."""

    hour: int
    minute: int
    is_digital: bool = False


@dataclass(frozen=True, slots=True)
class DayWord:
    """One word for a day: its kind and the words, with numbers where the word has some."""

    kind: str
    words: str
    month: int | None = None
    day: int | None = None
    week: str | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """One time phrase and its place in the text.

    ``part`` is a part of the day, ``until`` the second clock of a span, ``bound`` one of before,
    about, since; ``minutes`` and ``is_within`` are for 两小时后 and 半小时内.
    """

    start: int
    end: int
    days: tuple[DayWord, ...] = ()
    part: str | None = None
    clock: Clock | None = None
    until: Clock | None = None
    until_part: str | None = None
    bound: str | None = None
    minutes: int | None = None
    is_within: bool = False


@dataclass(frozen=True, slots=True)
class _Lexeme:
    kind: str
    match: re.Match[str]


def find_times(sheet: Sheet, *, is_length: re.Pattern[str]) -> list[Phrase]:
    """Take time phrases away and return them; 4.2 and 6.8 matching ``is_length`` stay."""
    lexemes = [
        _Lexeme(str(_kind_of(match)), match)
        for match in _LEXEME.finditer(sheet.left)
        if not _is_something_else(match, sheet, is_length)
    ]
    phrases: list[Phrase] = []
    place = 0
    while place < len(lexemes):
        phrase, place = _phrase(lexemes, place, sheet)
        phrases.append(phrase)
    for phrase in phrases:
        sheet.take(phrase.start, phrase.end)
    return phrases


def _kind_of(match: re.Match[str]) -> str:
    return next(name for name, _ in _LEXEMES if match[f"is_{name}"] is not None)


def _is_something_else(match: re.Match[str], sheet: Sheet, is_length: re.Pattern[str]) -> bool:
    kind = _kind_of(match)
    after = sheet.left[match.end() : match.end() + 8]
    if kind == "dotted":
        return bool(is_length.fullmatch(match[0])) and not _DATED_AFTER.match(after)
    if kind == "clock":
        before = sheet.left[max(0, match.start() - 2) : match.start()]
        is_little = match[0] == "一点" and _A_LITTLE.search(before)
        return bool(is_little or _NOT_CLOCK_AFTER.match(after)) or _hour(match) is None
    if kind == "part" and match[0].endswith("好"):
        return True
    if kind == "after":
        return not re.search(r"[后内]", match[0])
    if kind == "date" and match["day_only"]:
        numbered = re.search(r"[A-Za-z第]\s*$", sheet.left[: match.start()][-2:])
        return number(match["day_only"]) is None or bool(numbered)
    return False


def _phrase(lexemes: list[_Lexeme], place: int, sheet: Sheet) -> tuple[Phrase, int]:
    """Return the phrase that begins at a lexeme, and the next lexeme after it."""
    taken = [lexemes[place]]
    place += 1
    is_span = False
    while place < len(lexemes):
        between = sheet.left[taken[-1].match.end() : lexemes[place].match.start()]
        kinds = {lexeme.kind for lexeme in taken}
        dash = _DASH.fullmatch(between)
        if dash and "clock" in kinds and lexemes[place].kind in {"clock", "part"} and not is_span:
            is_span = True
        elif not _joins(kinds, lexemes[place].kind, between, is_span=is_span):
            break
        taken.append(lexemes[place])
        place += 1
    return _phrase_of(taken, sheet, is_span=is_span), place


def _joins(kinds: set[str], kind: str, between: str, *, is_span: bool) -> bool:
    calendar = {"day", "date", "dotted", "weekday"}
    if kind in calendar and kinds <= calendar and len(kinds) == 1 and _DASH.fullmatch(between):
        return True
    if not _GLUE.fullmatch(between) or "\n" in between or is_span:
        return is_span and kind == "clock" and between == ""
    if kind in {"day", "date", "dotted", "weekday", "relative"}:
        return kinds <= {"day", "date", "dotted", "weekday", "relative"} and "," not in between
    if kind == "part":
        return not kinds & {"part", "clock", "after", "now"} or kinds & {"part", "clock"} == set()
    if kind == "clock":
        return "clock" not in kinds and "after" not in kinds
    return kind in {"now", "anytime"} and not kinds & {"clock", "part", "after"}


def _phrase_of(taken: list[_Lexeme], sheet: Sheet, *, is_span: bool) -> Phrase:
    start, end = taken[0].match.start(), taken[-1].match.end()
    days = tuple(
        _day_word(lexeme) for lexeme in taken if lexeme.kind not in {"part", "clock", "after"}
    )
    parts = [_PART_OF.get(lexeme.match[0], "morning") for lexeme in taken if lexeme.kind == "part"]
    parts += [
        part
        for word, part in (
            ("每晚", "evening"),
            ("每早", "morning"),
            ("明晨", "dawn"),
            ("今晨", "dawn"),
        )
        if any(day.words == word for day in days)
    ]
    clocks = [
        clock for lexeme in taken if lexeme.kind == "clock" for clock in _clocks(lexeme.match)
    ]
    after = next((lexeme.match for lexeme in taken if lexeme.kind == "after"), None)
    modifier = _MODIFIER.match(sheet.left, end)
    bound = modifier.lastgroup if modifier else None
    if modifier:
        end = modifier.end()
    two_parts = is_span and len(parts) > 1
    return Phrase(
        start,
        end,
        days,
        part=_merged([parts[0]] if two_parts else parts),
        clock=clocks[0] if clocks else None,
        until=clocks[1] if len(clocks) > 1 else None,
        until_part=parts[-1] if two_parts else None,
        bound=bound,
        minutes=_minutes(after) if after else None,
        is_within=bool(after and (after["within"] or after["within2"])),
    )


def _merged(parts: list[str]) -> str | None:
    if not parts:
        return None
    if parts[-1] == "night" and parts[0] == "evening":
        return "late_night"
    return parts[-1]


def _day_word(lexeme: _Lexeme) -> DayWord:
    match = lexeme.match
    if lexeme.kind == "date" and match["month"]:
        return DayWord("date", match[0], int(match["month"]), int(match["day"]))
    if lexeme.kind == "date":
        return DayWord("date", match[0], None, int(number(match["day_only"]) or 0))
    if lexeme.kind == "dotted":
        return DayWord("date", match[0], int(match["dot_month"]), int(match["dot_day"]))
    return _other_day_word(lexeme)


def _other_day_word(lexeme: _Lexeme) -> DayWord:
    match = lexeme.match
    if lexeme.kind == "weekday":
        return DayWord("weekday", match["weekday"], week=match["week"])
    if lexeme.kind == "weekend":
        return DayWord("weekend", match[0], week=match["week_of_end"])
    if lexeme.kind == "two_days":
        span = number(match["in_days"]) if match["in_days"] else 2
        if match["end_of"] or match["this"]:
            return DayWord("until_end", match[0], week=match["end_of"] or match["this"])
        return DayWord("days_ahead", match[0], 1 if match["next_two"] else 0, int(span or 2))
    return DayWord(lexeme.kind, match[0])


def _hour(match: re.Match[str]) -> int | None:
    value = number(match["h1"] or match["h2"] or match["h4"])
    return int(value) if value is not None and value <= 24 else None


def _clocks(match: re.Match[str]) -> tuple[Clock, ...]:
    """Return the clock of a word, or the two of 两三点."""
    if match["h3"]:
        return tuple(Clock(int(number(match[name]) or 0), 0) for name in ("h3", "h4"))
    return (_clock(match),)


def _clock(match: re.Match[str]) -> Clock:
    words = match["m1"] or ""
    named = {"半": 30, "一刻": 15, "三刻": 45}
    minute = named.get(words, 0)
    if words and words not in named:
        minute = int(number(words.removesuffix("分")) or 0)
    return Clock(_hour(match) or 0, min(minute, 59), is_digital=":" in match[0])


def _minutes(match: re.Match[str]) -> int:
    if match["minutes"]:
        return int(number(match["minutes"]) or 0)
    words = match["hours"].replace("个", "")
    if words.endswith("半") and len(words) > 1:
        return int((number(words[:-1]) or 0) * 60 + 30)
    return int((number(words) or 0) * 60)
