"""From the profile and the holiday rows to the office calendar of the engine."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from shuniu.engines.worktime.calendar import Calendar, HalfDay, Season, Span, day_length
from shuniu.engines.worktime.deadlines import due_at
from shuniu.profiles.schema import Profile
from shuniu.profiles.values import OfficeSpan
from shuniu.zone.kernel.clock import local
from shuniu.zone.registry import queries
from shuniu.zone.registry.choices import HolidayKind


def office_calendar(version_id: int) -> Calendar:
    """Return the office calendar of a profile version with the holidays stored now."""
    return _calendar(version_id, queries.holiday_stamp())


@lru_cache(maxsize=16)
def _calendar(version_id: int, _stamp: tuple[int, int, int]) -> Calendar:
    profile = queries.profile_of(version_id)
    hours, own = profile.working_hours, profile.calendar
    holidays, makeup_days, years = set(own.extra_holidays), set(own.extra_makeup_days), set()
    if own.country != "none":
        for row in queries.holidays():
            years.add(row.day.year)
            if row.day not in holidays | makeup_days:
                (holidays if row.kind == HolidayKind.HOLIDAY else makeup_days).add(row.day)
    halves = tuple(HalfDay(half.day, _spans(half.spans)) for half in own.half_days)
    half_days = {half.day for half in halves}
    return Calendar(
        spans=_spans(hours.spans),
        season=_season(profile),
        weekend=hours.iso_weekend,
        holidays=frozenset(holidays - half_days),
        makeup_days=frozenset(makeup_days - half_days),
        half_days=halves,
        known_years=frozenset(years) if own.country != "none" else None,
    )


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
