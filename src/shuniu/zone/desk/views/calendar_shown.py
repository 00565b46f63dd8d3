"""A year of the working calendar, and what a change does, in the words of the page."""

from __future__ import annotations

import calendar as months
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from shuniu.zone.registry import queries as registry
from shuniu.zone.registry.choices import HolidayKind
from shuniu.zone.registry.queries import DayChange, DayRule
from shuniu.zone.registry.services import office_calendar

MARKS: dict[str, Promise] = {
    "off": pgettext_lazy("mark in the calendar", "off"),
    "work": pgettext_lazy("mark in the calendar", "work"),
    "half": pgettext_lazy("mark in the calendar", "half"),
}
LONG_MARKS: dict[str, Promise] = {
    "off": gettext_lazy("day off"),
    "work": gettext_lazy("make-up working day"),
    "half": gettext_lazy("worked half the day"),
}
WEEKDAYS: tuple[Promise, ...] = (
    pgettext_lazy("head of a calendar", "Mo"),
    pgettext_lazy("head of a calendar", "Tu"),
    pgettext_lazy("head of a calendar", "We"),
    pgettext_lazy("head of a calendar", "Th"),
    pgettext_lazy("head of a calendar", "Fr"),
    pgettext_lazy("head of a calendar", "Sa"),
    pgettext_lazy("head of a calendar", "Su"),
)


# The published calendar names its days in English; a name that a person wrote stays as it is.
NAMES: dict[str, Promise] = {
    "New Year's Day": gettext_lazy("New Year's Day"),
    "Spring Festival": gettext_lazy("Spring Festival"),
    "Tomb-sweeping Day": gettext_lazy("Tomb-sweeping Day"),
    "Labour Day": gettext_lazy("Labour Day"),
    "Dragon Boat Festival": gettext_lazy("Dragon Boat Festival"),
    "National Day": gettext_lazy("National Day"),
    "Mid-autumn Festival": gettext_lazy("Mid-autumn Festival"),
}


@dataclass(frozen=True, slots=True)
class ShownDay:
    """A day of the grid; ``mark`` is off, work, half or empty where the weekday decides."""

    day: date
    mark: str
    short: str
    words: str
    is_rest: bool
    is_today: bool


@dataclass(frozen=True, slots=True)
class ShownMonth:
    """A month: its weeks begin on Monday, None stands for days of its neighbors."""

    first: date
    working_days: int
    weeks: tuple[tuple[ShownDay | None, ...], ...]


@dataclass(frozen=True, slots=True)
class ShownYear:
    """A year, and how many working days it and its quarters have."""

    year: int
    months: tuple[ShownMonth, ...]
    working_days: int
    quarters: tuple[int, ...]
    is_loaded: bool


@dataclass(frozen=True, slots=True)
class ShownSpan:
    """Days in a row of which the same is said."""

    first: date
    last: date
    words: str
    name: str
    source: str

    @property
    def is_one_day(self) -> bool:
        return self.first == self.last


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A day, what held on it and what would hold."""

    day: date
    before: str
    after: str


def shown_year(year: int, today: date) -> ShownYear:
    """Return a year as the offices work it: the profile and everything that is stored."""
    worked = office_calendar(registry.profile_in_force().version_id)
    rules = registry.rules_of_year(year)
    halves = {half.day for half in worked.half_days}
    counts: Counter[int] = Counter()

    def shown(day: date) -> ShownDay:
        mark = "off" if day in worked.holidays else "work" if day in worked.makeup_days else ""
        mark = "half" if day in halves else mark
        is_worked = worked.is_working_day(day)
        counts[day.month] += is_worked
        return ShownDay(
            day=day,
            mark=mark,
            short=str(MARKS[mark]) if mark else "",
            words=_words(rules.get(day), mark),
            is_rest=not is_worked,
            is_today=day == today,
        )

    grid = months.Calendar()
    found = []
    for month in range(1, 13):
        weeks = tuple(
            tuple(shown(date(year, month, number)) if number else None for number in week)
            for week in grid.monthdayscalendar(year, month)
        )
        found.append(ShownMonth(date(year, month, 1), counts[month], weeks))
    quarters = tuple(sum(counts[first + n] for n in range(3)) for first in (1, 4, 7, 10))
    is_loaded = not worked.is_assumed(date(year, 1, 1))
    return ShownYear(year, tuple(found), sum(quarters), quarters, is_loaded)


def _words(rule: DayRule | None, mark: str) -> str:
    """Return what is special about a day; a day of the profile has no row of its own."""
    if not mark:
        return ""
    if rule is None:
        return str(LONG_MARKS[mark])
    return pgettext("day in the calendar", "%(name)s: %(what)s") % {
        "name": _named(rule) or _("no name"),
        "what": str(rule.kind.label),
    }


def _named(rule: DayRule) -> str:
    return str(NAMES.get(rule.name, rule.name))


def shown_spans(rules: dict[date, DayRule]) -> list[ShownSpan]:
    """Return the stored days of a year, those in a row together."""
    found: list[ShownSpan] = []
    for day, rule in rules.items():
        said = (str(rule.kind.label), _named(rule), str(rule.source.label))
        last = found[-1] if found else None
        if last and last.last + timedelta(days=1) == day and said == _said(last):
            found[-1] = ShownSpan(last.first, day, *said)
        else:
            found.append(ShownSpan(day, day, *said))
    return found


def _said(span: ShownSpan) -> tuple[str, str, str]:
    return span.words, span.name, span.source


def shown_changes(changes: Iterable[DayChange]) -> Iterator[ShownChange]:
    """Yield what each day was and would be."""
    for change in changes:
        yield ShownChange(change.day, rule_words(change.before), rule_words(change.after))


def rule_words(rule: DayRule | None) -> str:
    """Return a rule as people say it."""
    if rule is None:
        return _("as its weekday says")
    words = str(HolidayKind(rule.kind).label)
    return f"{words} · {_named(rule)}" if rule.name else words


def span_words(changes: Sequence[DayChange]) -> str:
    """Return from when to when changes reach."""
    first, last = (date_format(day, "Y-m-d") for day in (changes[0].day, changes[-1].day))
    return first if first == last else f"{first} – {last}"


def by_words(by: timedelta) -> str:
    """Return by how much a deadline moves, as ``+1 day 2 h``."""
    minutes = abs(int(by.total_seconds())) // 60
    days, hours, left = minutes // 1440, minutes % 1440 // 60, minutes % 60
    parts = [
        _("%(days)d d") % {"days": days} if days else "",
        _("%(hours)d h") % {"hours": hours} if hours else "",
        _("%(minutes)d min") % {"minutes": left} if left else "",
    ]
    sign = "+" if by > timedelta(0) else "−"  # the minus sign
    return sign + " ".join(part for part in parts if part)
