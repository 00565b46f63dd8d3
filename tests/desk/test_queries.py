"""Who sees which cases, and which of them a list shows."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shuniu.zone.accounts.choices import Role
from shuniu.zone.desk import queries
from shuniu.zone.desk.choices import CaseState
from shuniu.zone.desk.models import Case
from shuniu.zone.desk.queries import CaseFilter
from shuniu.zone.desk.services import rebuild_words
from shuniu.zone.registry.queries import standing_of
from tests.desk.people import (
    A_MINUTE,
    People,
    case_in,
    opened,
    replied,
    restricted_case,
)
from tests.factories import (
    THURSDAY_10,
    CaseFactory,
    administrator,
    person,
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


def seen_by(who: Any) -> set[str]:
    return {case.number for case in queries.cases_visible_to(standing_of(who))}


def some_cases(people: People) -> dict[str, str]:
    """Return the numbers of four cases: given out, not given out, restricted, a stranger's."""
    stranger_of = people.stranger.memberships.get().enterprise
    return {
        "given out": case_in(CaseState.DISPATCHED, people).number,
        "new": case_in(CaseState.SUBMITTED, people, lead_unit=None).number,
        "restricted": restricted_case(people).number,
        "strange": case_in(
            CaseState.SUBMITTED, people, lead_unit=None, enterprise=stranger_of
        ).number,
    }


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("member", {"given out", "new", "restricted"}),
        ("stranger", {"strange"}),
        ("clerk", {"given out", "new", "strange"}),
        ("supervisor", {"given out", "new", "strange"}),
        ("leader", {"given out", "new", "strange"}),
        ("handler", {"given out"}),
        ("inspector", {"restricted"}),
    ],
)
def test_each_role_sees_its_own_cases(people: People, who: str, sees: set[str]) -> None:
    numbers = some_cases(people)

    assert seen_by(getattr(people, who)) == {numbers[name] for name in sees}


def test_who_has_no_role_or_looks_after_the_system_sees_no_case(people: People) -> None:
    some_cases(people)

    assert seen_by(person(office="planning_bureau")) == set()
    assert seen_by(administrator()) == set()
    assert seen_by(person(Role.ENTERPRISE_USER)) == set()


def test_a_membership_without_the_role_shows_nothing(people: People) -> None:
    some_cases(people)

    assert seen_by(person(enterprise=people.enterprise)) == set()


def test_who_left_the_unit_sees_its_cases_no_more(people: People) -> None:
    some_cases(people)
    people.handler.posts.all().delete()

    assert seen_by(people.handler) == set()


def test_files_are_seen_by_whoever_sees_the_case(people: People) -> None:
    case = case_in(CaseState.DISPATCHED, people)
    case.attachments.create(
        name="a.pdf",
        content_type="application/pdf",
        size_bytes=1,
        sha256="",
        path="aa/aa",
        added_at=THURSDAY_10,
    )

    sees = {
        who: queries.attachments_visible_to(standing_of(getattr(people, who))).count()
        for who in EVERYBODY
    }

    assert sees == {
        "member": 1,
        "clerk": 1,
        "handler": 1,
        "colleague": 1,
        "supervisor": 1,
        "leader": 1,
        "inspector": 0,
        "stranger": 0,
    }


@pytest.mark.parametrize(
    "given",
    [
        {"opened_on": "2026-13-45", "closed_on": "yesterday", "late_on": "0000-00-00"},
        {"open_on": "9999-12-31", "late_on": "0001-01-01"},
        {"opened_on": "0001-01-01", "closed_on": "9999-12-31", "replied_on": "9999-12-31"},
        {"withdrawn_on": "20261119", "opened_on": "2026-W47-4"},
        {"words": "\x00灯\x00", "state": "\x00", "category": "'; DROP TABLE", "unit": "%"},
        {"words": "长" * 100_000, "light": "pink", "late": "maybe", "turn": "nobody"},
        {"state": "CLOSED\n", "urgency": "😀", "words": "%_\\ \"'"},
        {"no_such_field": "1", "page": "-1"},
    ],
)
def test_a_filter_that_makes_no_sense_never_fails(people: People, given: dict[str, str]) -> None:
    case_in(CaseState.SUBMITTED, people)

    wanted = CaseFilter.read(given)

    for who in EVERYBODY:
        standing = standing_of(getattr(people, who))
        rows = list(queries.filtered_cases(standing, wanted))
        assert queries.counts_of(standing, {"rows": wanted}) == {"rows": len(rows)}


texts = st.text(st.characters(codec="utf-8"), max_size=30)


@pytest.mark.usefixtures("zone")
@given(
    given_words=st.dictionaries(
        st.sampled_from([*CaseFilter.__dataclass_fields__]),
        texts | st.dates().map(str) | st.sampled_from(["mine", "open", "yes", "RED", "CLOSED"]),
    )
)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_address_makes_the_list_fail(people: People, given_words: dict[str, str]) -> None:
    wanted = CaseFilter.read(given_words)

    assert list(queries.filtered_cases(standing_of(people.clerk), wanted)) == []
    assert CaseFilter.read(dict(_pairs(wanted))) == wanted


def _pairs(wanted: CaseFilter) -> list[tuple[str, str]]:
    return parse_qsl(wanted.query)


@pytest.mark.parametrize("day", ["2026-02-30", "9999-12-31", "0001-01-01", "3000-01-01", "19"])
def test_what_makes_no_sense_in_a_filter_is_left_out(day: str) -> None:
    wanted = CaseFilter.read({"opened_on": day, "words": " 灯\x00 ", "unknown": "1"})

    assert wanted == CaseFilter(words="灯")


@pytest.mark.parametrize("day", ["1900-01-01", "2999-12-31"])
def test_the_first_and_the_last_day_can_be_asked_for(people: People, day: str) -> None:
    wanted = CaseFilter.read({"opened_on": day, "late_on": day})

    assert wanted.opened_on == date.fromisoformat(day)
    assert list(queries.filtered_cases(standing_of(people.clerk), wanted)) == []


def test_words_must_all_be_found_in_text_number_or_name(people: People) -> None:
    lamp = CaseFactory.create(
        text="路灯坏了", number="QS-20261118-0007", enterprise__name="海门通钢绳有限公司"
    )
    CaseFactory.create(text="路面坑洼")
    rebuild_words()
    clerk = standing_of(people.clerk)

    def found(words: str) -> list[Case]:
        return list(queries.filtered_cases(clerk, CaseFilter(words=words)))

    assert found("路灯") == [lamp]
    assert found("路灯 通钢绳 1118-0007") == [lamp]
    assert found("路灯 路面") == []


def test_open_cases_stand_by_deadline_and_all_of_them_the_newest_first(people: People) -> None:
    soon = CaseFactory.create(submitted_at=THURSDAY_10 + A_MINUTE)
    later = CaseFactory.create(done_due_at=soon.done_due_at + A_MINUTE)
    clerk = standing_of(people.clerk)

    assert list(queries.filtered_cases(clerk, CaseFilter(turn="open"))) == [soon, later]
    assert list(queries.filtered_cases(clerk, CaseFilter(turn="all"))) == [soon, later]
    Case.objects.filter(pk=later.pk).update(submitted_at=THURSDAY_10 + 2 * A_MINUTE)
    assert list(queries.filtered_cases(clerk, CaseFilter(turn="open"))) == [soon, later]
    assert list(queries.filtered_cases(clerk, CaseFilter(turn="all"))) == [later, soon]


@pytest.mark.parametrize(
    ("who", "states"),
    [
        ("clerk", {"SUBMITTED", "ACCEPTED", "RETURNED"}),
        ("supervisor", {"REOPENED"}),
        ("handler", {"DISPATCHED", "SIGNED", "IN_PROGRESS"}),
        ("colleague", {"DISPATCHED"}),
        ("member", {"REPLIED", "WAITING"}),
        ("stranger", set()),
        ("leader", set()),
    ],
)
def test_my_turn_is_where_i_can_take_the_next_step(
    people: People, who: str, states: set[str]
) -> None:
    made = [case_in(state, people).pk for state in CaseState]  # one of them was split in two more

    mine = queries.filtered_cases(standing_of(getattr(people, who)), CaseFilter(turn="mine"))

    assert {case.state for case in mine} == states
    assert mine.filter(pk__in=made).count() == len(states)


def test_a_restricted_case_is_its_own_offices_turn_at_every_place(people: People) -> None:
    for state in (CaseState.SUBMITTED, CaseState.ACCEPTED, CaseState.REOPENED):
        restricted_case(people, state=state)

    def turns(who: str) -> int:
        standing = standing_of(getattr(people, who))
        return queries.filtered_cases(standing, CaseFilter(turn="mine")).count()

    assert {who: turns(who) for who in ("inspector", "clerk", "supervisor")} == {
        "inspector": 3,
        "clerk": 0,
        "supervisor": 0,
    }


def test_answered_cases_and_lights_that_are_due_are_found(people: People) -> None:
    answered, waiting = replied(people), opened(people)

    assert list(queries.answered_cases()) == [answered]
    assert list(queries.lights_due(waiting.contact_due_at)) == [waiting]
    assert list(queries.lights_due(waiting.contact_due_at - A_MINUTE)) == []
