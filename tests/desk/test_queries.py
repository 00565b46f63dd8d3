"""Who sees which cases, what a list counts, what a history tells, who has the ball."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.db import transaction
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shuniu.zone.accounts.choices import Role
from shuniu.zone.desk import queries, services
from shuniu.zone.desk.choices import CaseState, Light, Sensitivity, Urgency
from shuniu.zone.desk.models import Case
from shuniu.zone.desk.queries import CaseFilter
from shuniu.zone.desk.views.cases import ENTERPRISE_TABS, STAFF_TABS
from shuniu.zone.registry.queries import Standing, standing_of
from tests.desk.people import (
    A_MINUTE,
    People,
    case_in,
    opened,
    replied,
    restricted_case,
    signed,
)
from tests.factories import (
    THURSDAY_10,
    CaseFactory,
    EnterpriseFactory,
    administrator,
    office,
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
        ("member", {"REPLIED"}),
        ("stranger", set()),
        ("leader", set()),
    ],
)
def test_my_turn_is_where_i_can_take_the_next_step(
    people: People, who: str, states: set[str]
) -> None:
    for state in CaseState:
        case_in(state, people)

    mine = queries.filtered_cases(standing_of(getattr(people, who)), CaseFilter(turn="mine"))

    assert {case.state for case in mine} == states
    assert mine.count() == len(states)


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
    """Write one random case."""
    state, ended_at, light = given["state"], given.pop("ended_at"), given.pop("light")
    unit, is_own = given.pop("unit"), given.pop("is_own")
    more: dict[str, Any] = {"lead_unit": office(unit) if unit else None}
    if state not in {CaseState.CLOSED, CaseState.WITHDRAWN}:
        more["light"] = light
    if state in {CaseState.REPLIED, CaseState.CLOSED}:
        more["replied_at"] = ended_at
    if state == CaseState.CLOSED:
        more["closed_at"] = ended_at
    if state == CaseState.WITHDRAWN:
        more["withdrawn_at"] = ended_at
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


def test_the_enterprise_reads_a_history_without_what_is_for_staff_only(people: People) -> None:
    case = replied_after_reading(people)

    def kinds(*, for_staff: bool) -> list[str]:
        entries = queries.history_of(case, language="zh-hans", for_staff=for_staff)
        return [entry.kind for entry in entries]

    assert kinds(for_staff=True) == [
        "opened",
        "read",
        "accepted",
        "dispatched",
        "light_changed",
        "signed",
        "replied",
    ]
    assert kinds(for_staff=False) == ["opened", "accepted", "dispatched", "signed", "replied"]


def replied_after_reading(people: People) -> Case:
    case = opened(people)
    services.read_case(case_id=case.pk, actor=None, now=THURSDAY_10)
    services.accept_case(
        case_id=case.pk,
        category="municipal",
        subcategory="",
        urgency=Urgency.NORMAL,
        text="请核实",
        actor=people.clerk,
        now=THURSDAY_10,
    )
    services.dispatch_case(
        case_id=case.pk, unit=office("planning_bureau"), actor=people.clerk, now=THURSDAY_10
    )
    friday_10 = THURSDAY_10 + timedelta(days=1)
    services.change_lights(actor=None, now=friday_10)
    services.sign_case(case_id=case.pk, actor=people.handler, now=friday_10)
    return services.reply_to_case(
        case_id=case.pk, text="已修好", actor=people.handler, now=friday_10
    )


def test_an_entry_tells_who_when_and_in_which_words(people: People) -> None:
    case = replied_after_reading(people)

    with translation.override("en"):
        entries = queries.history_of(case, language="en", for_staff=True)

    assert [(e.at, e.who, e.text, e.rating) for e in entries[1:4]] == [
        (THURSDAY_10, "", "", None),
        (THURSDAY_10, people.clerk.name, "请核实", None),
        (THURSDAY_10, people.clerk.name, "", None),
    ]
    assert (entries[3].title, entries[4].title) == (
        "Given to Planning and Construction Bureau",
        "Light changed: slipping",
    )


@pytest.mark.parametrize(
    ("state", "unit", "person_named"),
    [
        (CaseState.SUBMITTED, "企业服务中心", ""),
        (CaseState.ACCEPTED, "企业服务中心", ""),
        (CaseState.RETURNED, "企业服务中心", ""),
        (CaseState.DISPATCHED, "规划建设局", ""),
        (CaseState.SIGNED, "规划建设局", "handler"),
        (CaseState.IN_PROGRESS, "规划建设局", "handler"),
        (CaseState.REOPENED, "企业服务中心", "Supervisor"),
    ],
)
def test_the_ball_is_with_one_unit_or_person(
    people: People, state: CaseState, unit: str, person_named: str
) -> None:
    case = case_in(state, people)

    with translation.override("en"):
        holder = queries.holder_of(case, center="企业服务中心", language="zh-hans")

    named = people.handler.name if person_named == "handler" else person_named
    assert holder is not None
    assert (holder.unit, holder.person, holder.is_enterprise) == (unit, named, False)
    assert (holder.since, holder.next_due_at) == (THURSDAY_10, case.contact_due_at)


def test_the_ball_is_with_the_enterprise_after_an_answer(people: People) -> None:
    holder = queries.holder_of(
        case_in(CaseState.REPLIED, people), center="企业服务中心", language="zh-hans"
    )

    assert holder is not None
    assert (holder.unit, holder.person, holder.next_due_at, holder.is_enterprise) == (
        people.enterprise.name,
        "",
        None,
        True,
    )


@pytest.mark.parametrize("state", [CaseState.CLOSED, CaseState.WITHDRAWN])
def test_nobody_has_the_ball_when_it_is_over(people: People, state: CaseState) -> None:
    assert queries.holder_of(case_in(state, people), center="", language="zh-hans") is None


@pytest.mark.parametrize("state", [CaseState.SUBMITTED, CaseState.REOPENED])
def test_the_ball_of_a_restricted_case_is_never_with_the_centre(
    people: People, state: CaseState
) -> None:
    case = restricted_case(people, state=state)

    holder = queries.holder_of(case, center="企业服务中心", language="zh-hans")

    assert holder is not None
    assert (holder.unit, holder.person) == ("纪检监察组", "")


def test_what_is_due_next_follows_what_was_done(people: People) -> None:
    case = signed(people)

    def due() -> Any:
        case.refresh_from_db()
        holder = queries.holder_of(case, center="", language="zh-hans")
        assert holder is not None
        return holder.next_due_at

    assert due() == case.contact_due_at
    services.note_contact(case_id=case.pk, text="", actor=people.handler, now=THURSDAY_10)
    assert due() == case.plan_due_at
    services.plan_case(
        case_id=case.pk,
        text="更换",
        planned_on=THURSDAY,
        actor=people.handler,
        now=THURSDAY_10,
    )
    assert due() == case.done_due_at


def test_answered_cases_and_lights_that_are_due_are_found(people: People) -> None:
    answered, waiting = replied(people), opened(people)

    assert list(queries.answered_cases()) == [answered]
    assert list(queries.lights_due(waiting.contact_due_at)) == [waiting]
    assert list(queries.lights_due(waiting.contact_due_at - A_MINUTE)) == []
