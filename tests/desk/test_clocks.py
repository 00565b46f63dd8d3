"""Deadlines counted by hand from the Haimen profile, and lights that change at their moment.

Seven hours a day: 09:00 to 12:00 and 13:30 to 17:30; from May to September 14:00 to 18:00 in the
afternoon. 2026-11-19 is a Thursday.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from shuniu.zone.desk import services
from shuniu.zone.desk.choices import CaseState, Light, Urgency
from shuniu.zone.desk.models import Case
from shuniu.zone.kernel.clock import ZONE
from shuniu.zone.registry.choices import HolidayKind
from shuniu.zone.registry.models import Holiday
from tests.desk.people import A_MINUTE, People, accepted, dispatched, facts_told, opened, signed
from tests.factories import THURSDAY_10, columns, office

DEADLINES = ["contact_due_at", "plan_due_at", "done_due_at"]
A_MOMENT = timedelta(microseconds=1)


def at(words: str) -> datetime:
    """Return the moment that is written like ``2026-11-19 10:00``, in the zone."""
    return datetime.fromisoformat(words).replace(tzinfo=ZONE)


def deadlines(case: Case) -> tuple[datetime, ...]:
    return tuple(columns(case, DEADLINES).values())


@pytest.mark.parametrize(
    ("urgency", "sent", "contact", "plan", "done"),
    [
        # On Thursday at ten two hours of the morning and four of the afternoon are left.
        ("critical", "11-19 10:00", "11-19 10:30", "11-19 15:30", "11-23 10:00"),
        ("high", "11-19 10:00", "11-19 12:00", "11-20 10:00", "11-26 10:00"),
        ("normal", "11-19 10:00", "11-20 10:00", "11-24 10:00", "11-30 10:00"),
        ("low", "11-19 10:00", "11-20 10:00", "11-26 10:00", "12-03 10:00"),
        # On Friday evening working time begins on Monday; the duty officer has two hours.
        ("critical", "11-20 20:00", "11-20 22:00", "11-23 14:30", "11-24 17:30"),
        ("high", "11-20 20:00", "11-23 11:00", "11-23 17:30", "11-27 17:30"),
        ("normal", "11-20 20:00", "11-23 17:30", "11-25 17:30", "12-01 17:30"),
        ("low", "11-20 20:00", "11-23 17:30", "11-27 17:30", "12-04 17:30"),
        # At noon sharp the office closes; at nine sharp it is open.
        ("critical", "11-19 12:00", "11-19 14:00", "11-19 17:30", "11-23 12:00"),
        ("critical", "11-19 09:00", "11-19 09:30", "11-19 14:30", "11-20 17:30"),
        ("critical", "11-19 17:29", "11-19 17:59", "11-20 14:29", "11-23 17:29"),
        # Two summer hours on the last day of September, then a week off, then a working Saturday.
        ("normal", "09-30 16:00", "10-08 15:30", "10-10 15:30", "10-15 15:30"),
        ("critical", "10-03 09:30", "10-03 11:30", "10-08 14:30", "10-09 17:30"),
        ("normal", "10-09 18:00", "10-10 17:30", "10-13 17:30", "10-19 17:30"),
        # The working Saturday after the holidays is a whole day.
        ("normal", "10-10 10:00", "10-12 10:00", "10-14 10:00", "10-20 10:00"),
    ],
)
def test_deadlines_are_those_that_a_clerk_counts_by_hand(  # noqa: PLR0917  # one column each
    people: People, urgency: str, sent: str, contact: str, plan: str, done: str
) -> None:
    case = accepted(people, at(f"2026-{sent}"), Urgency(urgency))

    assert deadlines(case) == (at(f"2026-{contact}"), at(f"2026-{plan}"), at(f"2026-{done}"))
    assert columns(case, ["is_due_assumed"]) == {"is_due_assumed": False}


def test_a_deadline_in_a_year_without_holidays_is_marked_as_assumed(people: People) -> None:
    case = opened(people, at("2026-12-28 10:00"))

    # 1 January 2027 counts as a working Friday as long as nobody has said otherwise.
    assert deadlines(case) == (
        at("2026-12-29 10:00"),
        at("2026-12-31 10:00"),
        at("2027-01-06 10:00"),
    )
    assert columns(case, ["is_due_assumed"]) == {"is_due_assumed": True}


def test_a_deadline_just_before_that_year_is_not_assumed(people: People) -> None:
    case = opened(people, at("2026-12-22 10:00"))

    assert columns(case, ["done_due_at", "is_due_assumed"]) == {
        "done_due_at": at("2026-12-31 10:00"),
        "is_due_assumed": False,
    }


def test_holidays_that_are_loaded_later_count_from_the_next_step_on(people: People) -> None:
    case = opened(people, at("2026-12-28 10:00"))
    Holiday.objects.create(day=at("2027-01-01 00:00").date(), kind=HolidayKind.HOLIDAY)

    services.accept_case(
        case_id=case.pk,
        category="municipal",
        subcategory="",
        urgency=Urgency.NORMAL,
        actor=people.clerk,
        now=at("2026-12-28 10:05"),
    )

    assert columns(case, ["done_due_at", "is_due_assumed"]) == {
        "done_due_at": at("2027-01-07 10:00"),
        "is_due_assumed": False,
    }


def test_an_urgency_raised_at_acceptance_counts_from_the_submission(people: People) -> None:
    case = opened(people)

    services.accept_case(
        case_id=case.pk,
        category="municipal",
        subcategory="",
        urgency=Urgency.CRITICAL,
        actor=people.clerk,
        now=at("2026-11-19 16:00"),
    )

    assert deadlines(case) == (
        at("2026-11-19 10:30"),
        at("2026-11-19 15:30"),
        at("2026-11-23 10:00"),
    )
    assert columns(case, ["light", "light_reason"]) == {
        "light": Light.YELLOW,
        "light_reason": "first_contact_missed",
    }


def test_giving_a_case_to_another_unit_never_starts_a_clock_again(people: People) -> None:
    case = dispatched(people)
    before = deadlines(case)
    services.return_case(
        case_id=case.pk,
        text="不归我们",
        suggested_unit=office("state_assets"),
        actor=people.handler,
        now=at("2026-11-19 17:00"),
    )

    services.dispatch_case(
        case_id=case.pk,
        unit=office("state_assets"),
        actor=people.clerk,
        now=at("2026-11-20 09:30"),
    )

    assert deadlines(case) == before


def test_the_time_that_the_answer_lay_with_the_enterprise_is_taken_out(people: People) -> None:
    case = signed(people)
    services.reply_to_case(
        case_id=case.pk, text="已修好", actor=people.handler, now=at("2026-11-20 10:00")
    )

    # From Friday at ten to Tuesday at ten: two working days.
    services.refuse_answer(
        case_id=case.pk, text="还是黑的", actor=people.member, now=at("2026-11-24 10:00")
    )

    assert deadlines(case) == (
        at("2026-11-20 10:00"),
        at("2026-11-26 10:00"),
        at("2026-12-02 10:00"),
    )


def test_two_waits_are_both_taken_out(people: People) -> None:
    case = signed(people)
    for answered, refused_at in (("11-20 10:00", "11-23 10:00"), ("11-24 10:00", "11-26 10:00")):
        services.reply_to_case(
            case_id=case.pk, text="已修好", actor=people.handler, now=at(f"2026-{answered}")
        )
        again = at(f"2026-{refused_at}")
        services.refuse_answer(case_id=case.pk, text="没好", actor=people.member, now=again)
        services.dispatch_case(
            case_id=case.pk,
            unit=office("planning_bureau"),
            actor=people.supervisor,
            now=again,
        )
        services.sign_case(case_id=case.pk, actor=people.handler, now=again)

    assert columns(case, ["done_due_at", "round"]) == {
        "done_due_at": at("2026-12-03 10:00"),
        "round": 3,
    }


def sweep(case: Case) -> tuple[datetime, Light, str]:
    """Let the lights change at the very moment that the case names; return what it then says."""
    case.refresh_from_db()
    moment = case.next_light_at
    assert moment is not None
    before = (case.light, len(facts_told(case)))
    assert services.change_lights(actor=None, now=moment - A_MOMENT) == 0
    case.refresh_from_db()
    assert (case.light, len(facts_told(case))) == before
    assert services.change_lights(actor=None, now=moment) == 1
    case.refresh_from_db()
    return moment.astimezone(ZONE), Light(case.light), case.light_reason


def lights_told(case: Case) -> list[tuple[datetime, str, str]]:
    """Return the changes of the light as they were told."""
    return [
        (fact.happened_at.astimezone(ZONE), fact.data["light"], fact.data["reason"])
        for fact in facts_told(case)
        if fact.kind == "desk.case.light_changed"
    ]


def test_a_case_that_nobody_touches_goes_yellow_red_and_purple(people: People) -> None:
    case = opened(people)

    changes = [sweep(case) for _ in range(3)]

    assert changes == [
        (at("2026-11-20 10:00"), Light.YELLOW, "first_contact_missed"),
        (at("2026-11-30 10:00"), Light.RED, "overdue"),
        (at("2026-12-03 10:00"), Light.PURPLE, "long_overdue"),
    ]
    assert lights_told(case) == [(m, light.value, why) for m, light, why in changes]
    assert columns(case, ["next_light_at"]) == {"next_light_at": None}


def test_a_case_well_begun_and_then_left_goes_through_all_colors(people: People) -> None:
    case = signed(people)
    services.note_contact(
        case_id=case.pk, text="", actor=people.handler, now=at("2026-11-19 10:30")
    )
    services.plan_case(
        case_id=case.pk,
        text="更换灯头",
        planned_on=at("2026-11-27 00:00").date(),
        actor=people.handler,
        now=at("2026-11-19 11:00"),
    )
    services.note_progress(
        case_id=case.pk, text="灯头到货", actor=people.handler, now=at("2026-11-24 10:30")
    )
    assert columns(case, ["light"]) == {"light": Light.GREEN}

    changes = [sweep(case) for _ in range(4)]

    # A quarter of 49 hours is left on Thursday at 11:45; silence is three working days long.
    assert changes == [
        (at("2026-11-26 11:45"), Light.BLUE, "near"),
        (at("2026-11-27 10:30"), Light.YELLOW, "silent"),
        (at("2026-11-30 10:00"), Light.RED, "overdue"),
        (at("2026-12-03 10:00"), Light.PURPLE, "long_overdue"),
    ]
    assert lights_told(case) == [(m, light.value, why) for m, light, why in changes]


def test_a_sweep_tells_nothing_twice(people: People) -> None:
    case = opened(people)
    moment = at("2026-11-20 10:00")

    looked_at = [services.change_lights(actor=None, now=moment) for _ in range(3)]

    assert looked_at == [1, 0, 0]
    assert lights_told(case) == [(moment, "yellow", "first_contact_missed")]


def test_a_sweep_that_comes_late_tells_the_light_of_its_own_moment_once(people: People) -> None:
    case = opened(people)
    christmas = at("2026-12-25 10:00")

    assert services.change_lights(actor=None, now=christmas) == 1

    assert lights_told(case) == [(christmas, "purple", "long_overdue")]


def test_a_sweep_takes_every_case_that_is_due_and_no_other(people: People) -> None:
    due = [opened(people) for _ in range(3)]
    later = opened(people, THURSDAY_10 + A_MINUTE)

    assert services.change_lights(actor=None, now=at("2026-11-20 10:00")) == 3

    assert [columns(case, ["light"])["light"] for case in [*due, later]] == [
        Light.YELLOW,
        Light.YELLOW,
        Light.YELLOW,
        Light.GREEN,
    ]


def test_more_cases_than_a_batch_are_swept_in_one_go(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shuniu.zone.desk.services.clocks.BATCH", 2)
    cases = [opened(people) for _ in range(5)]

    assert services.change_lights(actor=None, now=at("2026-11-20 10:00")) == 5

    assert {columns(case, ["light"])["light"] for case in cases} == {Light.YELLOW}


def test_an_answered_case_is_green_and_stays_so(people: People) -> None:
    case = signed(people)

    services.reply_to_case(
        case_id=case.pk, text="已修好", actor=people.handler, now=at("2026-11-20 09:30")
    )

    assert columns(case, ["state", "light", "next_light_at"]) == {
        "state": CaseState.REPLIED,
        "light": Light.GREEN,
        "next_light_at": None,
    }
    assert services.change_lights(actor=None, now=at("2027-06-01 10:00")) == 0
