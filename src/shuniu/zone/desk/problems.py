"""From a case and its profile to the clocks and the light of the engine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import takewhile

from shuniu.engines.worktime.calendar import ROUND_THE_CLOCK, Calendar, day_length
from shuniu.engines.worktime.deadlines import (
    Pauses,
    assumed_between,
    due_at,
    due_with_pauses,
    paused_time,
)
from shuniu.engines.worktime.lights import Clock, LightReading, LightRules, Progress, light
from shuniu.profiles.schema import ServiceLevel
from shuniu.profiles.values import Allowance
from shuniu.zone.desk.choices import CallBackReason, CaseState
from shuniu.zone.desk.models import Case
from shuniu.zone.kernel.clock import day_span, local
from shuniu.zone.registry import queries as registry
from shuniu.zone.registry.services import office_calendar


@dataclass(frozen=True, slots=True)
class Deadlines:
    """When each step of a case is due, the time that it waited for the enterprise taken out.

    ``is_assumed`` says that a year on the way has no holidays loaded.
    """

    contact_at: datetime
    plan_at: datetime
    done_at: datetime
    is_assumed: bool


@dataclass(frozen=True, slots=True)
class _Terms:
    """What was promised when the case was opened."""

    level: ServiceLevel
    rules: LightRules
    calendar: Calendar
    a_day: timedelta


@dataclass(frozen=True, slots=True)
class _Promise:
    """When each step is due as if nothing had been paused, and what paused."""

    terms: _Terms
    start: datetime
    contact: datetime
    contact_hours: Calendar
    plan: datetime
    granted_at: datetime
    done: datetime
    waits: Pauses


def deadlines(case: Case, *, now: datetime, calendar: Calendar | None = None) -> Deadlines:
    """Return the deadlines of a case under the profile that it was opened under.

    ``calendar`` asks what they would be under another one.
    """
    return _deadlines(_promise(case, _terms(case, calendar)), now)


def light_of(case: Case, *, now: datetime) -> LightReading:
    """Return the light of a case at ``now``, and when it changes next.

    What is handled with another case is owed its answer only: contact, plan and news are the
    other one's.
    """
    return _light(case, _promise(case, _terms(case)), now)


def clocks_of(case: Case, *, now: datetime) -> tuple[Deadlines, LightReading]:
    """Return the deadlines and the light of a case: what both rest on is worked out once."""
    promise = _promise(case, _terms(case))
    return _deadlines(promise, now), _light(case, promise, now)


def _promise(case: Case, terms: _Terms) -> _Promise:
    start = local(case.submitted_at)
    contact, contact_hours = _contact_due(start, terms)
    granted_at, done = _done(case, terms)
    return _Promise(
        terms=terms,
        start=start,
        contact=contact,
        contact_hours=contact_hours,
        plan=_due(start, terms.level.plan, terms),
        granted_at=granted_at,
        done=done,
        waits=_waits(case),
    )


def _deadlines(promise: _Promise, now: datetime) -> Deadlines:
    moment, waits, calendar = local(now), promise.waits, promise.terms.calendar
    start = promise.start
    done = due_with_pauses(promise.granted_at, promise.done, waits, calendar, now=moment)
    contact_at = due_with_pauses(start, promise.contact, waits, promise.contact_hours, now=moment)
    return Deadlines(
        contact_at=contact_at,
        plan_at=due_with_pauses(start, promise.plan, waits, calendar, now=moment),
        done_at=done,
        is_assumed=assumed_between(start, done, calendar),
    )


def _light(case: Case, promise: _Promise, now: datetime) -> LightReading:
    start = promise.start
    is_merged = case.state == CaseState.MERGED
    progress = Progress(
        done=Clock(promise.granted_at, promise.done, case.replied_at),
        first_contact=None
        if is_merged
        else Clock(start, promise.contact, case.contacted_at, promise.contact_hours),
        plan=None if is_merged else Clock(start, promise.plan, case.planned_at or case.replied_at),
        updated_at=_deadlines(promise, now).done_at if is_merged else case.updated_at,
        closed_at=case.ended_at,
        paused=promise.waits,
    )
    return light(progress, promise.terms.rules, promise.terms.calendar, now=local(now))


def paused(case: Case, *, now: datetime) -> tuple[int, timedelta]:
    """Return how long the clocks of a case have stood still: whole working days and the rest.

    It is working time, which is what the deadlines move by.
    """
    calendar = _terms(case).calendar
    total = paused_time(local(case.submitted_at), _waits(case), calendar, now=local(now))
    return divmod(total, day_length(calendar))


def latest_extension(case: Case) -> date:
    """Return the last day to which the deadline of a case may be moved by an extension."""
    terms = _terms(case)
    limit = registry.profile_of(case.profile_id).handling.extension_limit
    return _due(local(case.done_due_at), limit, terms).date()


def end_of_office_day(case: Case, day: date) -> datetime:
    """Return when the offices close on ``day``; at midnight if they do not open."""
    midnight = day_span(day)[0]
    closing = [
        closes
        for opens, closes in takewhile(
            lambda span: span[0].date() <= day, _terms(case).calendar.open_spans(local(midnight))
        )
        if opens.date() == day
    ]
    return closing[-1] if closing else day_span(day)[1]


def latest_review(case: Case, *, now: datetime) -> date:
    """Return the last day on which a suspended case may be looked at again."""
    profile = registry.profile_of(case.profile_id)
    within = profile.handling.suspended_update_within
    return _due_after(now, within, office_calendar(case.profile_id)).date()


def call_back_reason(case: Case) -> CallBackReason | None:
    """Return why somebody is to call back about a closed case, by the profile of the case.

    Nobody is to for a restricted case: whoever calls back does not read it.
    """
    wanted = registry.profile_of(case.profile_id).call_backs
    if case.is_restricted:
        return None
    if case.rating in wanted.grades:
        return CallBackReason.GRADE
    if case.is_confirmed_by_silence:
        return CallBackReason.SILENCE if wanted.silent else None
    if case.solved in wanted.solved:
        return CallBackReason.SOLVED
    return CallBackReason.URGENCY if case.urgency in wanted.urgencies else None


def silence_ends_at(case: Case) -> datetime | None:
    """Return when an answered case counts as confirmed by silence; None if it is not answered."""
    if case.replied_at is None:
        return None
    profile = registry.profile_of(case.profile_id)
    calendar = office_calendar(case.profile_id)
    return _due_after(case.replied_at, profile.handling.confirm_silence, calendar)


def return_ends_at(case: Case) -> datetime | None:
    """Return until when a unit may return a case; None if it was not dispatched."""
    if case.dispatched_at is None:
        return None
    profile = registry.profile_of(case.profile_id)
    calendar = office_calendar(case.profile_id)
    return _due_after(case.dispatched_at, profile.handling.return_within, calendar)


def _terms(case: Case, calendar: Calendar | None = None) -> _Terms:
    # What was promised and kept or broken stays so, whatever the calendar says afterwards.
    ended_at = case.closed_at or case.withdrawn_at
    calendar = calendar or office_calendar(case.profile_id, as_of=ended_at)
    profile = registry.profile_of(case.profile_id)
    level: ServiceLevel = getattr(profile.service_levels, case.urgency)
    a_day = day_length(calendar)
    return _Terms(level, _rules(case.profile_id, a_day), calendar, a_day)


@lru_cache(maxsize=64)
def _rules(version_id: int, a_day: timedelta) -> LightRules:
    lights = registry.profile_of(version_id).lights
    return LightRules(
        near_share=lights.near_share,
        near_allowance=lights.near.duration(a_day),
        silent_allowance=lights.silent.duration(a_day),
        long_overdue_allowance=lights.long_overdue.duration(a_day),
    )


def _contact_due(start: datetime, terms: _Terms) -> tuple[datetime, Calendar]:
    """Return when the first contact is due, and the hours in which that time counts."""
    opens, _closes = next(terms.calendar.open_spans(start))
    level = terms.level
    allowance = level.first_contact
    if opens > start and level.first_contact_off_hours is not None:
        allowance = level.first_contact_off_hours
    hours = terms.calendar if allowance.is_working_time else ROUND_THE_CLOCK
    return _due(start, allowance, terms), hours


def _done(case: Case, terms: _Terms) -> tuple[datetime, datetime]:
    """Return since when the clock of the whole case counts, and its end without any pause."""
    if case.extended_at is not None and case.extended_to is not None:
        return local(case.extended_at), local(case.extended_to)
    start = local(case.submitted_at)
    return start, _due(start, terms.level.done, terms)


def _due(start: datetime, allowance: Allowance, terms: _Terms) -> datetime:
    return _due_in(start, allowance, terms.calendar, terms.a_day)


def _due_in(
    start: datetime, allowance: Allowance, calendar: Calendar, a_day: timedelta
) -> datetime:
    granted = allowance.duration(a_day)
    return due_at(start, granted, calendar) if allowance.is_working_time else start + granted


def _due_after(start: datetime, allowance: Allowance, calendar: Calendar) -> datetime:
    return _due_in(local(start), allowance, calendar, day_length(calendar))


def _waits(case: Case) -> Pauses:
    over = tuple(
        (datetime.fromisoformat(begins), datetime.fromisoformat(ends))
        for begins, ends in case.waits
    )
    return over if case.paused_at is None else (*over, (case.paused_at, None))
