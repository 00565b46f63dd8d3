"""The invented needs: mix, legal courses, believable delays, texts that differ."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time, timedelta
from itertools import pairwise
from random import Random

import pytest

from shuniu.demo.cases import DemoCase, cases
from shuniu.demo.office_hours import CHINA, OfficeHours, spoken_date, weekday_after
from tests.demo.conftest import DAY, NOW, Zone, invented_zone

# Which step may follow which; the empty start stands for the submission.
MAY_FOLLOW = {
    None: {"accepted"},
    "accepted": {"dispatched"},
    "dispatched": {"signed", "returned", "withdrawn"},
    "returned": {"dispatched"},
    "signed": {"contacted"},
    "contacted": {"planned", "withdrawn"},
    "planned": {"progress", "replied"},
    "progress": {"progress", "replied"},
    "replied": {"confirmed", "auto_confirmed"},
    "confirmed": {"reopened"},
    "auto_confirmed": set(),
    "reopened": {"dispatched"},
    "withdrawn": set(),
}
STATES = {
    "accepted",
    "dispatched",
    "returned",
    "signed",
    "in_progress",
    "replied",
    "closed",
    "reopened",
    "withdrawn",
}


def age(case: DemoCase, zone: Zone) -> int:
    return sum(day > case.submitted_at.date() for day in zone.working_days)


def test_about_1500_needs_come_in_sixty_working_days(zone: Zone) -> None:
    assert 1450 <= len(zone.cases) <= 1550
    assert zone.cases[0].submitted_at.date() >= zone.working_days[0]


def test_about_thirty_come_today_and_most_are_not_finished(zone: Zone) -> None:
    today = [case for case in zone.cases if case.submitted_at.date() == DAY]

    assert len(today) == 31
    assert sum(case.state == "closed" for case in today) < 8


def test_every_step_is_legal_and_later_than_the_one_before(zone: Zone) -> None:
    for case in zone.cases:
        kinds = [None, *(step.kind for step in case.steps)]
        assert all(after in MAY_FOLLOW[before] for before, after in pairwise(kinds)), kinds
        moments = [case.submitted_at, *(step.at for step in case.steps)]
        assert all(before < after for before, after in pairwise(moments)), case.text


def test_nothing_happens_at_or_after_now(zone: Zone) -> None:
    moments = [case.submitted_at for case in zone.cases]
    moments += [step.at for case in zone.cases for step in case.steps]

    assert max(moments) < NOW
    assert {moment.utcoffset() for moment in moments} == {timedelta(hours=8)}


def test_every_state_of_the_main_line_occurs(zone: Zone) -> None:
    assert {case.state for case in zone.cases} - {"submitted"} == STATES


def test_ordinary_steps_fall_into_office_hours(zone: Zone) -> None:
    usual = [case for case in zone.cases if case.urgency != "critical"]
    moments = [step.at for case in usual for step in case.steps]

    assert {moment.date() for moment in moments} <= set(zone.working_days)
    assert all(
        time(9) <= moment.time() < time(12) or time(13, 30) <= moment.time() < time(17, 30)
        for moment in moments
    )


def test_shares_of_returned_reopened_and_withdrawn_are_believable(zone: Zone) -> None:
    kinds = Counter(kind for case in zone.cases for kind in {step.kind for step in case.steps})
    share = {kind: kinds[kind] / len(zone.cases) for kind in ("returned", "reopened", "withdrawn")}

    assert 0.07 <= share["returned"] <= 0.11
    assert 0.03 <= share["reopened"] <= 0.05
    assert 0.02 <= share["withdrawn"] <= 0.04


def test_some_open_needs_are_overdue_and_a_few_long_overdue(zone: Zone) -> None:
    waiting = [case for case in zone.cases if case.state not in ("closed", "withdrawn", "replied")]
    ages = [age(case, zone) for case in waiting]

    assert 0.04 <= sum(it > 7 for it in ages) / len(waiting) <= 0.16
    assert 2 <= sum(it > 12 for it in ages) <= 6


def test_low_ratings_come_with_a_complaint_and_a_second_round(zone: Zone) -> None:
    verdicts = [
        (case, number, step)
        for case in zone.cases
        for number, step in enumerate(case.steps)
        if step.kind == "confirmed"
    ]
    low = [(case, number, step) for case, number, step in verdicts if (step.rating or 0) < 3]

    assert {step.solved for _, _, step in low} == {"no"}
    assert all(len(step.text) > 8 for _, _, step in low)
    assert all(
        case.steps[number + 1].kind == "reopened"
        for case, number, _ in low
        if number + 1 < len(case.steps)
    )
    high = sum((step.rating or 0) >= 4 for _, _, step in verdicts)
    assert high / len(verdicts) > 0.7


def test_no_two_needs_are_worded_alike(zone: Zone) -> None:
    texts = [case.text for case in zone.cases]

    assert len(set(texts)) == len(texts)
    assert (min(map(len, texts)) >= 12, max(map(len, texts)) <= 160) == (True, True)
    assert sum(len(text) > 60 for text in texts) > 50
    assert [text for text in texts if "{" in text or "}" in text] == []


def test_no_wording_is_used_more_than_twelve_times(zone: Zone) -> None:
    assert max(Counter(case.frame for case in zone.cases).values()) <= 12


def test_the_usual_concerns_of_a_zone_lead_the_list(zone: Zone) -> None:
    counts = Counter(case.category for case in zone.cases)

    assert {name for name, _ in counts.most_common(7)} == {
        "logistics",
        "policy",
        "labour",
        "permit",
        "municipal",
        "utility_power",
        "finance",
    }
    assert len(counts) == 27


def test_answers_name_the_office_and_a_date_and_no_other_enterprise(zone: Zone) -> None:
    short_names = [it.short_name for it in zone.enterprises]
    for case in zone.cases:
        own = zone.enterprises[case.enterprise].short_name
        for step in case.steps:
            if step.kind != "replied":
                continue
            assert case.office in step.text
            assert "月" in step.text
            assert "{" not in step.text
            # The story of the stretch film is about who bought it.
            if case.event != "stretch-film":
                assert [it for it in short_names if it != own and it in step.text] == []


def test_steps_are_made_by_people_of_the_right_role(zone: Zone) -> None:
    for case in zone.cases:
        for step in case.steps:
            if step.actor is None:
                assert step.role in ("enterprise", "system")
            else:
                assert step.role in zone.staff[step.actor].roles


def test_what_is_restricted_is_touched_by_the_discipline_group_only(zone: Zone) -> None:
    closed = [case for case in zone.cases if case.sensitivity == "restricted"]
    actors = {step.actor for case in closed for step in case.steps if step.actor is not None}

    assert {zone.staff[actor].office for actor in actors} == {"纪检监察组"}
    assert {case.category for case in closed} == {"integrity"}


@pytest.mark.parametrize(
    ("event", "road", "reports"), [("power-cut", "深圳路", 5), ("flooded-road", "滨江大道", 4)]
)
def test_a_common_problem_is_reported_by_neighbors(
    zone: Zone, event: str, road: str, reports: int
) -> None:
    same = [case for case in zone.cases if case.event == event]

    assert {zone.enterprises[case.enterprise].road for case in same} == {road}
    assert len({case.enterprise for case in same}) == reports
    assert same[-1].submitted_at - same[0].submitted_at < timedelta(days=2)


def test_the_stretch_film_found_its_buyers_three_weeks_ago(zone: Zone) -> None:
    (story,) = [case for case in zone.cases if case.event == "stretch-film"]

    assert zone.enterprises[story.enterprise].name == "华通联合(南通)塑胶工业有限公司"
    assert story.submitted_at.date() == zone.working_days[-16]
    assert (story.state, story.steps[-1].solved) == ("closed", "yes")


def test_the_same_seed_invents_the_same_zone() -> None:
    assert invented_zone(11) == invented_zone(11)
    assert invented_zone(11) != invented_zone(12)


def test_early_in_the_morning_only_few_needs_have_come() -> None:
    early = invented_zone(3, datetime(2026, 6, 3, 8, 0, tzinfo=CHINA))

    assert sum(case.submitted_at.date() == DAY for case in early.cases) == 4


def test_a_moment_before_the_last_day_is_refused(zone: Zone) -> None:
    with pytest.raises(ValueError, match="before its last working day"):
        cases(
            Random(1),  # noqa: S311  # never drawn from
            now=NOW - timedelta(days=1),
            working_days=zone.working_days,
            enterprises=zone.enterprises,
            staff=zone.staff,
        )


def test_working_time_skips_lunch_and_the_weekend() -> None:
    friday, monday = DAY - timedelta(days=5), DAY - timedelta(days=2)
    hours = OfficeHours((friday, monday))
    noon = datetime.combine(friday, time(11, 50), CHINA)

    assert hours.later(noon, 9) == datetime.combine(friday, time(11, 59), CHINA)
    assert hours.later(noon, 10) == datetime.combine(friday, time(13, 30), CHINA)
    assert hours.later(noon, 250) == datetime.combine(monday, time(9), CHINA)
    assert hours.later(noon, 700) is None


def test_dates_are_spoken_without_zeros() -> None:
    assert spoken_date(weekday_after(DAY, 3)) == "6月8日"
