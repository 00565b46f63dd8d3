from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.worktime.calendar import ROUND_THE_CLOCK, Calendar, Span
from shuniu.engines.worktime.deadlines import (
    Pauses,
    due_at,
    paused_time,
    working_time_between,
)
from shuniu.engines.worktime.lights import (
    Clock,
    Light,
    LightReading,
    LightRules,
    Progress,
    Reason,
    light,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = Calendar(spans=(Span(9 * 60, 12 * 60), Span(13 * 60 + 30, 17 * 60 + 30)))
DAY = timedelta(hours=7)
RULES = LightRules(
    near_share=0.25, near_allowance=DAY, silent_allowance=3 * DAY, long_overdue_allowance=3 * DAY
)
INSTANT = timedelta(microseconds=1)


def march(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment of March 2026; the 2nd is a Monday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


RECEIVED = march(2, 10)
DUE = march(11, 10)
OPEN = Progress(done=Clock(RECEIVED, DUE), updated_at=march(9, 10))


def test_a_demand_with_time_left_is_green_until_the_deadline_is_near() -> None:
    assert light(OPEN, RULES, OFFICE, now=march(9, 11)) == LightReading(
        Light.GREEN, Reason.ON_TIME, march(9, 11, 45)
    )


def test_a_quarter_of_seven_days_before_the_deadline_it_is_blue() -> None:
    assert light(OPEN, RULES, OFFICE, now=march(9, 11, 45)) == LightReading(
        Light.BLUE, Reason.NEAR, DUE
    )


def test_a_day_before_the_deadline_of_two_days_it_is_blue() -> None:
    two_days = Progress(done=Clock(RECEIVED, march(4, 10)), updated_at=RECEIVED)

    assert light(two_days, RULES, OFFICE, now=RECEIVED) == LightReading(
        Light.GREEN, Reason.ON_TIME, march(3, 10)
    )


def test_of_one_day_only_the_last_quarter_is_blue() -> None:
    one_day = Progress(done=Clock(RECEIVED, march(3, 10)), updated_at=RECEIVED)

    assert light(one_day, RULES, OFFICE, now=RECEIVED) == LightReading(
        Light.GREEN, Reason.ON_TIME, march(2, 16, 45)
    )


def test_it_is_red_at_the_deadline_and_purple_three_working_days_later() -> None:
    late = replace(OPEN, updated_at=DUE)

    assert light(late, RULES, OFFICE, now=DUE) == LightReading(
        Light.RED, Reason.OVERDUE, march(16, 10)
    )
    assert light(late, RULES, OFFICE, now=march(16, 10)) == LightReading(
        Light.PURPLE, Reason.LONG_OVERDUE, None
    )


def test_an_instant_before_the_deadline_it_is_not_red() -> None:
    assert light(OPEN, RULES, OFFICE, now=DUE - INSTANT).light == Light.BLUE


def test_a_missed_first_contact_is_yellow_until_it_is_made() -> None:
    clock = Clock(RECEIVED, march(3, 10))
    missed = replace(OPEN, first_contact=clock, updated_at=RECEIVED)
    made_late = replace(missed, first_contact=replace(clock, met_at=march(3, 11)))

    assert light(missed, RULES, OFFICE, now=march(3, 10)).reason == Reason.FIRST_CONTACT_MISSED
    assert light(missed, RULES, OFFICE, now=march(3, 10)).light == Light.YELLOW
    assert light(made_late, RULES, OFFICE, now=march(3, 10, 59)).light == Light.YELLOW
    assert light(made_late, RULES, OFFICE, now=march(3, 11)).light == Light.GREEN


def test_a_missed_plan_is_yellow_and_told_after_a_missed_first_contact() -> None:
    plan = Clock(RECEIVED, march(5, 10))
    without_plan = replace(OPEN, plan=plan, updated_at=march(4, 10))
    without_both = replace(without_plan, first_contact=Clock(RECEIVED, march(3, 10)))

    assert light(without_plan, RULES, OFFICE, now=march(5, 10)) == LightReading(
        Light.YELLOW, Reason.PLAN_MISSED, DUE
    )
    assert light(without_both, RULES, OFFICE, now=march(5, 10)) == LightReading(
        Light.YELLOW, Reason.FIRST_CONTACT_MISSED, DUE
    )


def test_three_working_days_without_news_are_yellow() -> None:
    silent = replace(OPEN, updated_at=march(3, 11))

    assert light(silent, RULES, OFFICE, now=march(6, 10)) == LightReading(
        Light.GREEN, Reason.ON_TIME, march(6, 11)
    )
    assert light(silent, RULES, OFFICE, now=march(6, 11)) == LightReading(
        Light.YELLOW, Reason.SILENT, DUE
    )


def test_a_demand_that_is_done_is_green_although_it_was_late() -> None:
    done = replace(OPEN, done=Clock(RECEIVED, DUE, met_at=march(12, 10)))

    assert light(done, RULES, OFFICE, now=march(30, 10)) == LightReading(
        Light.GREEN, Reason.DONE, None
    )
    assert light(done, RULES, OFFICE, now=march(12, 9, 59)).light == Light.RED


def test_a_closed_demand_has_no_light_from_its_closing_on() -> None:
    closed = replace(OPEN, closed_at=march(12, 10))

    assert light(closed, RULES, OFFICE, now=march(12, 10)) == LightReading(
        Light.NONE, Reason.CLOSED, None
    )
    assert light(closed, RULES, OFFICE, now=march(12, 9, 59)).light == Light.RED


def test_while_it_is_paused_nothing_changes_by_itself() -> None:
    paused = replace(OPEN, paused=((march(9, 11), None),))

    assert light(paused, RULES, OFFICE, now=march(9, 11)) == LightReading(
        Light.GREEN, Reason.ON_TIME, None
    )
    assert light(paused, RULES, OFFICE, now=march(31, 11)) == LightReading(
        Light.GREEN, Reason.ON_TIME, None
    )


def test_after_a_pause_everything_comes_later_by_its_working_time() -> None:
    paused = replace(OPEN, paused=((march(9, 11), march(10, 11)),))

    assert light(paused, RULES, OFFICE, now=march(10, 11)) == LightReading(
        Light.GREEN, Reason.ON_TIME, march(10, 11, 45)
    )


def test_a_pause_that_ends_later_is_still_open_now() -> None:
    paused = replace(OPEN, paused=((march(9, 11), march(10, 11)),))

    assert light(paused, RULES, OFFICE, now=march(9, 17)) == LightReading(
        Light.GREEN, Reason.ON_TIME, None
    )


def test_a_pause_that_begins_later_is_not_known_now() -> None:
    paused = replace(OPEN, paused=((march(10, 11), march(10, 12)),))

    assert light(paused, RULES, OFFICE, now=march(9, 17)).next_change_at == DUE


def test_a_deadline_outside_office_hours_comes_in_a_pause_without_working_time() -> None:
    promised = march(10, 20)
    demand = Progress(
        done=Clock(RECEIVED, promised),
        updated_at=march(9, 10),
        paused=((march(10, 18), None),),
    )

    assert light(demand, RULES, OFFICE, now=march(10, 19)) == LightReading(
        Light.BLUE, Reason.NEAR, promised
    )
    assert light(demand, RULES, OFFICE, now=march(11, 12)).light == Light.RED


def test_a_first_contact_on_duty_is_missed_at_night() -> None:
    received = march(2, 23)
    demand = Progress(
        done=Clock(received, march(5, 9)),
        updated_at=received,
        first_contact=Clock(received, march(2, 23, 30), calendar=ROUND_THE_CLOCK),
    )

    assert light(demand, RULES, OFFICE, now=received).next_change_at == march(2, 23, 30)


def test_a_demand_promised_outside_office_hours_only_is_near_at_once() -> None:
    overnight = Progress(done=Clock(march(2, 20), march(2, 21)), updated_at=march(2, 20))

    assert light(overnight, RULES, OFFICE, now=march(2, 20)) == LightReading(
        Light.BLUE, Reason.NEAR, march(2, 21)
    )


def test_stored_moments_may_be_in_utc() -> None:
    stored = Progress(
        done=Clock(RECEIVED.astimezone(UTC), DUE.astimezone(UTC)),
        updated_at=march(9, 10).astimezone(UTC),
    )

    reading = light(stored, RULES, OFFICE, now=march(9, 11))

    assert reading == light(OPEN, RULES, OFFICE, now=march(9, 11))
    assert reading.next_change_at is not None
    assert reading.next_change_at.tzinfo is SHANGHAI


@pytest.mark.parametrize("near_share", [0.0, 1.0])
def test_a_share_of_nothing_or_all_is_refused(near_share: float) -> None:
    with pytest.raises(InvalidProblem):
        replace(RULES, near_share=near_share)


@pytest.mark.parametrize(
    ("near", "silent", "long_overdue"), [(0, 3, 3), (1, 0, 3), (1, 3, 0), (1, 3, -1)]
)
def test_rules_without_time_are_refused(near: int, silent: int, long_overdue: int) -> None:
    with pytest.raises(InvalidProblem):
        LightRules(0.25, near * DAY, silent * DAY, long_overdue * DAY)


def test_naive_moments_are_refused() -> None:
    naive = datetime(2026, 3, 2, 10)

    with pytest.raises(InvalidProblem):
        light(OPEN, RULES, OFFICE, now=naive)
    with pytest.raises(InvalidProblem):
        Clock(RECEIVED, DUE, met_at=naive)
    with pytest.raises(InvalidProblem):
        replace(OPEN, updated_at=naive)
    with pytest.raises(InvalidProblem):
        replace(OPEN, closed_at=naive)


def test_a_clock_that_is_due_when_it_starts_is_refused() -> None:
    with pytest.raises(InvalidProblem):
        Clock(RECEIVED, RECEIVED)


days_of_march = st.datetimes(
    datetime(2026, 3, 1), datetime(2026, 3, 31), timezones=st.just(SHANGHAI)
).map(lambda moment: moment.replace(minute=moment.minute // 30 * 30, second=0, microsecond=0))


@st.composite
def demands(draw: st.DrawFn) -> Progress:
    started_at = draw(days_of_march)

    def clock() -> Clock:
        hours = draw(st.integers(1, 70))
        due = due_at(started_at, timedelta(hours=hours), OFFICE)
        return Clock(started_at, due, draw(st.none() | days_of_march))

    edges = draw(st.lists(days_of_march, max_size=5, unique=True).map(sorted))
    paused: Pauses = tuple((edges[k], edges[k + 1]) for k in range(0, len(edges) - 1, 2))
    if len(edges) % 2:
        paused += ((edges[-1], None),)
    return Progress(
        done=clock(),
        updated_at=draw(days_of_march),
        first_contact=draw(st.none() | st.builds(clock)),
        plan=draw(st.none() | st.builds(clock)),
        closed_at=draw(st.none() | days_of_march),
        paused=paused,
    )


def known_at(now: datetime, demand: Progress) -> Progress:
    """Return the demand as it was at ``now``, so that nothing happens to it any more."""
    paused = tuple(
        (begins, None if ends is None or ends > now else ends)
        for begins, ends in demand.paused
        if begins <= now
    )

    def known(clock: Clock | None) -> Clock | None:
        return clock and (clock if clock.is_met(now) else replace(clock, met_at=None))

    done = known(demand.done)
    assert done is not None
    return Progress(
        done=done,
        updated_at=min(demand.updated_at, now),
        first_contact=known(demand.first_contact),
        plan=known(demand.plan),
        closed_at=demand.closed_at if demand.closed_at and demand.closed_at <= now else None,
        paused=paused,
    )


def color_by_what_is_left(demand: Progress, now: datetime) -> Light:
    """Return the light from the time that was worked, with no deadline moved."""

    def run(since: datetime) -> timedelta:
        return working_time_between(since, now, OFFICE) - paused_time(
            since, demand.paused, OFFICE, now=now
        )

    def left(clock: Clock) -> timedelta:
        return working_time_between(clock.started_at, clock.due_at, OFFICE) - run(clock.started_at)

    granted = working_time_between(demand.done.started_at, demand.done.due_at, OFFICE)
    left_of_done = left(demand.done)
    steps = [clock for clock in (demand.first_contact, demand.plan) if clock and not clock.met_at]
    if demand.closed_at or demand.done.met_at:
        return Light.NONE if demand.closed_at else Light.GREEN
    if left_of_done <= -3 * DAY:
        return Light.PURPLE
    if left_of_done <= timedelta(0):
        return Light.RED
    if any(left(clock) <= timedelta(0) for clock in steps) or run(demand.updated_at) >= 3 * DAY:
        return Light.YELLOW
    if left_of_done <= granted / 4 or (granted > DAY and left_of_done <= DAY):
        return Light.BLUE
    return Light.GREEN


@given(demands(), days_of_march)
def test_the_light_is_what_the_time_left_says(demand: Progress, now: datetime) -> None:
    known = known_at(now, demand)

    assert light(known, RULES, OFFICE, now=now).light == color_by_what_is_left(known, now)


@given(demands(), days_of_march)
def test_what_happened_later_does_not_change_the_light_of_now(
    demand: Progress, now: datetime
) -> None:
    assert light(
        replace(demand, updated_at=min(demand.updated_at, now)), RULES, OFFICE, now=now
    ) == (light(known_at(now, demand), RULES, OFFICE, now=now))


@given(demands(), days_of_march, st.floats(0, 1))
def test_the_next_change_is_the_first_moment_with_another_light(
    demand: Progress, now: datetime, share: float
) -> None:
    known = known_at(now, demand)

    def answer(moment: datetime) -> tuple[Light, Reason]:
        reading = light(known, RULES, OFFICE, now=moment)
        return reading.light, reading.reason

    next_change_at = light(known, RULES, OFFICE, now=now).next_change_at

    until = next_change_at or now + timedelta(days=60)
    assert answer(now + share * (until - now - INSTANT)) == answer(now)
    assert answer(until - INSTANT) == answer(now)
    assert (answer(until) != answer(now)) == (next_change_at is not None)
