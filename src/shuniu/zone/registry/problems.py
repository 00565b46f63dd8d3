"""From the profile and the holiday rows to the office calendar of the engine."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from shuniu.engines.worktime.calendar import Calendar, HalfDay, Season, Span, day_length
from shuniu.engines.worktime.deadlines import due_at
from shuniu.profiles.schema import Profile
from shuniu.profiles.values import OfficeSpan
from shuniu.zone.kernel.clock import local
from shuniu.zone.registry import queries
from shuniu.zone.registry.choices import HolidayKind, HolidaySource
from shuniu.zone.registry.queries import DayChange, DayRule

NOON = 12 * 60
PACKAGE = HolidaySource.PACKAGE


def office_calendar(version_id: int, *, as_of: datetime | None = None) -> Calendar:
    """Return the office calendar of a profile version with the days stored now.

    ``as_of`` asks for the calendar that held at an earlier moment: edits made since are left out.
    """
    since = queries.first_edit_after(as_of) if as_of else None
    return _calendar(version_id, queries.holiday_stamp(), since)


def calendar_with(version_id: int, changes: Iterable[DayChange]) -> Calendar:
    """Return the office calendar as it would be after some changes."""
    rules = queries.stored_rules()
    for change in changes:
        _put(rules, change.day, change.after)
    return _built(queries.profile_of(version_id), rules)


@lru_cache(maxsize=32)
def _calendar(version_id: int, _stamp: tuple[int, int, int], since: int | None) -> Calendar:
    """Return a calendar that was counted before, while the stamp says that it still holds.

    On SQLite an edit that is rolled back gives its keys back, and so its stamp: nothing asks for
    the calendar between an edit and the end of its transaction.
    """
    rules = queries.stored_rules()
    for change in queries.changes_since(since) if since is not None else ():
        _put(rules, change.day, change.before)
    return _built(queries.profile_of(version_id), rules)


def _put(rules: dict[date, DayRule], day: date, rule: DayRule | None) -> None:
    if rule is None:
        rules.pop(day, None)
    else:
        rules[day] = rule


def _built(profile: Profile, rules: dict[date, DayRule]) -> Calendar:
    """Lay what was published under the profile, and what a person said over it."""
    hours, own = profile.working_hours, profile.calendar
    published = own.country != "none"
    says: dict[date, HolidayKind | tuple[Span, ...]] = {}
    says |= {day: r.kind for day, r in rules.items() if published and r.source == PACKAGE}
    says |= dict.fromkeys(own.extra_holidays, HolidayKind.HOLIDAY)
    says |= dict.fromkeys(own.extra_makeup_days, HolidayKind.MAKEUP_DAY)
    says |= {half.day: _spans(half.spans) for half in own.half_days}
    says |= {day: rule.kind for day, rule in rules.items() if rule.source != PACKAGE}
    plain = Calendar(_spans(hours.spans), season=_season(profile), weekend=hours.iso_weekend)
    halves = {
        day: _half(plain, day, said) if isinstance(said, HolidayKind) else said
        for day, said in says.items()
        if said not in {HolidayKind.HOLIDAY, HolidayKind.MAKEUP_DAY}
    }
    off = {day for day, said in says.items() if said == HolidayKind.HOLIDAY}
    years = {day.year for day, rule in rules.items() if rule.source != HolidaySource.DAY}
    return Calendar(
        spans=plain.spans,
        season=plain.season,
        weekend=plain.weekend,
        holidays=frozenset(off | {day for day, spans in halves.items() if not spans}),
        makeup_days=frozenset(d for d, said in says.items() if said == HolidayKind.MAKEUP_DAY),
        half_days=tuple(HalfDay(day, spans) for day, spans in halves.items() if spans),
        known_years=frozenset(years) if published else None,
    )


def _half(plain: Calendar, day: date, kind: HolidayKind) -> tuple[Span, ...]:
    """Return the hours of a day before or after noon; none in a zone that has none there."""
    in_season = plain.season is not None and plain.season.holds_on(day)
    spans = plain.season.spans if plain.season is not None and in_season else plain.spans
    first, last = (0, NOON) if kind == HolidayKind.MORNING else (NOON, 2 * NOON)
    cut = [(max(s.opens_minute, first), min(s.closes_minute, last)) for s in spans]
    return tuple(Span(opens, closes) for opens, closes in cut if opens < closes)


def _season(profile: Profile) -> Season | None:
    summer = profile.working_hours.summer
    if summer is None:
        return None
    first, last = summer.from_day, summer.to_day
    return Season((first.month, first.day), (last.month, last.day), _spans(summer.spans))


def _spans(spans: tuple[OfficeSpan, ...]) -> tuple[Span, ...]:
    return tuple(Span(span.opens_minute, span.closes_minute) for span in spans)


def working_days_before(day: date, count: int, calendar: Calendar) -> tuple[date, ...]:
    """Return the last ``count`` working days up to ``day``, which counts if it is worked."""
    days: list[date] = []
    while len(days) < count:
        if calendar.is_working_day(day):
            days.append(day)
        day = date.fromordinal(day.toordinal() - 1)
    return tuple(reversed(days))


def registration_due_at(now: datetime) -> datetime:
    """Return until when somebody who registers at ``now`` is answered: one working day."""
    calendar = office_calendar(queries.profile_in_force().version_id)
    return due_at(local(now), day_length(calendar), calendar)
