"""Every number equals the list that it opens."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shuniu.zone.desk import queries, services
from shuniu.zone.desk.choices import OVER, CaseState, Light, Sensitivity, Urgency
from shuniu.zone.desk.queries import CaseFilter
from shuniu.zone.desk.views.cases import ENTERPRISE_TABS, STAFF_TABS
from shuniu.zone.registry.queries import Standing, standing_of
from tests.desk.people import (
    A_MINUTE,
    People,
    case_in,
    replied,
    restricted_case,
)
from tests.factories import (
    THURSDAY_10,
    EnterpriseFactory,
    office,
)

THURSDAY = date(2026, 11, 19)
EVERYBODY = (
    "member",
    "clerk",
    "handler",
    "colleague",
    "supervisor",
    "leader",
    "inspector",
    "stranger",
)


moments = st.integers(-4_000, 4_000).map(lambda minutes: THURSDAY_10 + timedelta(minutes=minutes))
random_cases = st.lists(
    st.fixed_dictionaries(
        {
            "state": st.sampled_from(CaseState),
            "light": st.sampled_from(Light),
            "urgency": st.sampled_from(Urgency),
            "category": st.sampled_from(["", "municipal", "permit"]),
            "sensitivity": st.sampled_from(Sensitivity),
            "submitted_at": moments,
            "done_due_at": moments,
            "ended_at": moments,
            "is_own": st.booleans(),
            "unit": st.sampled_from(["planning_bureau", "discipline_group", ""]),
        }
    ),
    max_size=8,
)


def write(people: People, given: dict[str, Any]) -> None:
    """Write one random case: nothing ends, and nothing is due, before it came in."""
    given["ended_at"] = max(given["ended_at"], given["submitted_at"])
    given["done_due_at"] = max(given["done_due_at"], given["submitted_at"])
    state, ended_at, light = given["state"], given.pop("ended_at"), given.pop("light")
    unit, is_own = given.pop("unit"), given.pop("is_own")
    more: dict[str, Any] = {"lead_unit": office(unit) if unit else None}
    if state not in OVER:
        more["light"] = light
    if state in {CaseState.REPLIED, CaseState.CLOSED}:
        more["replied_at"] = ended_at
    if state == CaseState.CLOSED:
        more["closed_at"] = ended_at
    if state == CaseState.WITHDRAWN:
        more["withdrawn_at"] = ended_at
    if state == CaseState.REJECTED:
        more["rejected_at"] = ended_at
    if not is_own:
        more["enterprise"] = EnterpriseFactory.create()
    case_in(state, people, **{**{k: v for k, v in given.items() if k != "state"}, **more})


@given(cases=random_cases, day=st.sampled_from([date(2026, 11, d) for d in (18, 19, 20)]))
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_every_number_is_the_length_of_the_list_that_it_opens(
    people: People, cases: list[dict[str, Any]], day: date
) -> None:
    with transaction.atomic():
        for case in cases:
            write(people, dict(case))

        for who in EVERYBODY:
            standing = standing_of(getattr(people, who))
            tabs = {name: rows for name, _label, rows in (*STAFF_TABS, *ENTERPRISE_TABS)}
            assert queries.counts_of(standing, tabs) == lengths(standing, tabs)

        leader = standing_of(people.leader)
        summary = queries.day_summary(day)
        for figure in summary.figures:
            assert figure.value == length(leader, figure.rows)
        for row in summary.by_category:
            assert (row.opened, row.closed, row.open, row.late) == (
                length(leader, row.opened_rows),
                length(leader, row.closed_rows),
                length(leader, row.open_rows),
                length(leader, row.late_rows),
            )
        assert dict(summary.week) == {
            d: length(leader, CaseFilter(opened_on=d)) for d, _count in summary.week
        }

        transaction.set_rollback(True)


def length(who: Standing, wanted: CaseFilter) -> int:
    return len(list(queries.filtered_cases(who, wanted)))


def lengths(who: Standing, filters: dict[str, CaseFilter]) -> dict[str, int]:
    return {name: length(who, wanted) for name, wanted in filters.items()}


def test_the_figures_of_a_day_count_what_happened_on_it(people: People) -> None:
    case_in(CaseState.CLOSED, people, replied_at=THURSDAY_10)
    case_in(CaseState.REPLIED, people)
    case_in(CaseState.WITHDRAWN, people)
    case_in(CaseState.SUBMITTED, people, done_due_at=THURSDAY_10 + A_MINUTE)
    case_in(
        CaseState.DISPATCHED,
        people,
        submitted_at=THURSDAY_10 - timedelta(days=1),
        done_due_at=THURSDAY_10 - timedelta(hours=20),
    )
    restricted_case(people)

    figures = queries.day_summary(THURSDAY).figures

    assert [(f.name, f.value, f.day_before) for f in figures] == [
        ("opened", 4, 1),
        ("replied", 2, 0),
        ("closed", 1, 0),
        ("open", 3, 1),
        ("late", 2, 1),
    ]


def test_an_answer_that_was_refused_later_still_counts_on_its_day(people: People) -> None:
    case = replied(people)
    friday = THURSDAY_10 + timedelta(days=1)
    services.refuse_answer(case_id=case.pk, text="还是黑的", actor=people.member, now=friday)

    figures = {figure.name: figure.value for figure in queries.day_summary(THURSDAY).figures}

    assert figures == {"opened": 1, "replied": 1, "closed": 0, "open": 1, "late": 0}


def test_a_quiet_day_gives_zeros(people: People) -> None:  # noqa: ARG001  # nobody did anything
    summary = queries.day_summary(THURSDAY)

    assert [(f.value, f.day_before) for f in summary.figures] == [(0, 0)] * 5
    assert (summary.by_category, summary.late, summary.notable) == ((), (), ())
    assert [count for _day, count in summary.week] == [0] * 7
    assert [day for day, _count in summary.week] == [date(2026, 11, d) for d in range(13, 20)]


def test_the_most_urgent_of_the_day_are_told_and_the_longest_overdue_first(
    people: People,
) -> None:
    high = case_in(CaseState.SUBMITTED, people, urgency=Urgency.HIGH)
    critical = case_in(CaseState.SUBMITTED, people, urgency=Urgency.CRITICAL)
    case_in(CaseState.SUBMITTED, people)
    late = [
        case_in(CaseState.ACCEPTED, people, done_due_at=THURSDAY_10 + minutes * A_MINUTE)
        for minutes in (3, 1, 2)
    ]

    summary = queries.day_summary(THURSDAY)

    assert summary.notable == (critical, high)
    assert summary.late == (late[1], late[2], late[0])


def test_cases_opened_and_closed_are_counted_by_the_day_in_the_zone(people: People) -> None:
    almost_friday = THURSDAY_10.replace(hour=23, minute=59)
    case_in(CaseState.CLOSED, people, submitted_at=almost_friday, closed_at=almost_friday)
    case_in(
        CaseState.CLOSED,
        people,
        submitted_at=almost_friday + A_MINUTE,
        closed_at=almost_friday + A_MINUTE,
    )

    friday = date(2026, 11, 20)
    assert queries.daily_counts(THURSDAY, friday) == (
        {THURSDAY: 1, friday: 1},
        {THURSDAY: 1, friday: 1},
    )


@pytest.mark.parametrize("sensitivity", Sensitivity)
def test_a_briefing_names_only_what_may_be_named(people: People, sensitivity: str) -> None:
    case = case_in(CaseState.SUBMITTED, people, sensitivity=sensitivity)

    assert queries.may_be_named(case) == (sensitivity == Sensitivity.NORMAL)
