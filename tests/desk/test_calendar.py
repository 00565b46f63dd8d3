"""What a change of the working calendar does to cases: shown first, then followed, closed ones not.

2026-11-19 is a Thursday; a case sent then at ten is due on Monday 11-30 at ten.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from shuniu.zone.desk import services
from shuniu.zone.desk.choices import Sensitivity, Solved
from shuniu.zone.desk.models import Case, ClockReset
from shuniu.zone.desk.services import WhatMoves
from shuniu.zone.kernel.clock import ZONE
from shuniu.zone.kernel.models import Delivery, Fact
from shuniu.zone.registry import problems
from shuniu.zone.registry import queries as registry
from shuniu.zone.registry import services as registry_services
from shuniu.zone.registry.choices import HolidaySource
from shuniu.zone.registry.models import CalendarEdit, Holiday
from shuniu.zone.registry.services import changes_asked, read_table
from tests.clients import Client
from tests.costs import costs
from tests.desk.people import People, accepted, opened, signed
from tests.factories import THURSDAY_10, administrator, columns

A_DAY = timedelta(days=1)
KEY = {"Idempotency-Key": "a-key-of-this-test"}


@pytest.fixture(autouse=True)
def no_other_calendar() -> None:
    """Begin with no calendar in memory: a test that is rolled back gives its keys back."""
    problems._calendar.cache_clear()


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=ZONE)


def edit(text: str, source: HolidaySource = HolidaySource.DAY) -> CalendarEdit:
    return registry_services.edit_calendar(
        rows=read_table(text, year=2026),
        source=source,
        seen=registry.holiday_stamp(),
        actor=None,
        now=THURSDAY_10 + A_DAY,
    )


def moves(people: People, text: str, source: HolidaySource = HolidaySource.DAY) -> WhatMoves:
    changes = changes_asked(read_table(text, year=2026), source)
    who = registry.standing_of(people.clerk)
    return services.what_moves(changes=changes, who=who, now=THURSDAY_10)


def closed(people: People) -> Case:
    case = signed(people)
    services.reply_to_case(
        case_id=case.pk, text="已修好", actor=people.handler, now=THURSDAY_10 + timedelta(hours=1)
    )
    return services.confirm_case(
        case_id=case.pk,
        solved=Solved.YES,
        rating=5,
        text="",
        actor=people.member,
        now=THURSDAY_10 + timedelta(hours=2),
    )


def test_a_day_off_moves_the_deadlines_behind_it_by_one_working_day(people: People) -> None:
    case = accepted(people)

    found = moves(people, "2026-11-27 停电")

    assert (found.count, found.looked_at, found.certain, found.assumed) == (1, 1, 0, 0)
    assert found.shown[0].case == case
    assert [(c.clock, c.new_at.astimezone(ZONE), c.by) for c in found.shown[0].clocks] == [
        ("done", at("2026-12-01 10:00"), A_DAY)
    ]
    assert columns(case, ["done_due_at"]) == {"done_due_at": at("2026-11-30 10:00")}


def test_a_working_saturday_brings_deadlines_nearer(people: People) -> None:
    accepted(people)

    found = moves(people, "2026-11-28 上班")

    assert [(c.clock, c.by) for c in found.shown[0].clocks] == [("done", -2 * A_DAY)]


def test_a_half_day_moves_by_what_is_not_worked(people: People) -> None:
    accepted(people)

    found = moves(people, "2026-11-27 上午上班")

    # Four hours of the afternoon of Friday are done on Monday after ten.
    assert [c.new_at.astimezone(ZONE) for c in found.shown[0].clocks] == [at("2026-11-30 15:30")]


def test_a_day_behind_every_deadline_moves_nothing(people: People) -> None:
    accepted(people)

    found = moves(people, "2026-12-10 停电")

    assert (found.count, found.looked_at, found.shown) == (0, 0, ())


def test_a_table_of_a_year_that_was_not_known_makes_deadlines_certain(people: People) -> None:
    opened(people, at("2026-12-28 10:00"))

    found = moves(people, "2027-10-01 至 2027-10-07 国庆节", HolidaySource.TABLE)

    assert (found.count, found.certain) == (0, 1)


def test_restricted_and_closed_cases_are_not_shown(people: People) -> None:
    restricted = accepted(people)
    Case.objects.filter(pk=restricted.pk).update(sensitivity=Sensitivity.RESTRICTED)
    closed(people)

    assert moves(people, "2026-11-20 停电").count == 0


@pytest.mark.usefixtures("zone")
def test_somebody_who_neither_keeps_the_calendar_nor_works_at_the_center_is_not_told(
    people: People,
) -> None:
    changes = changes_asked(read_table("2026-11-27 停电", year=2026), HolidaySource.DAY)

    with pytest.raises(registry_services.NotForYou):
        services.what_moves(
            changes=changes, who=registry.standing_of(people.handler), now=THURSDAY_10
        )


def test_open_cases_follow_a_change_and_closed_ones_stay(people: People) -> None:
    case, done = accepted(people), closed(people)
    made = edit("2026-11-20 停电")

    moved = services.follow_calendar(edit_id=made.pk, actor=None, now=THURSDAY_10 + A_DAY)

    assert moved == 1
    assert columns(case, ["contact_due_at", "done_due_at"]) == {
        "contact_due_at": at("2026-11-23 10:00"),
        "done_due_at": at("2026-12-01 10:00"),
    }
    assert columns(done, ["done_due_at"]) == {"done_due_at": at("2026-11-30 10:00")}
    assert services.differences(now=THURSDAY_10 + A_DAY) == []
    services.rebuild(actor=None, now=THURSDAY_10 + A_DAY)
    assert columns(done, ["done_due_at"]) == {"done_due_at": at("2026-11-30 10:00")}


def test_what_was_shown_is_what_happens(people: People) -> None:
    cases = [accepted(people, THURSDAY_10 + timedelta(hours=n)) for n in range(4)]
    text = "2026-11-25 下午放假\n2026-11-28 上班\n2026-11-30 停电"
    shown = {
        one.case.pk: {c.clock: c.new_at for c in one.clocks} for one in moves(people, text).shown
    }

    services.follow_calendar(edit_id=edit(text).pk, actor=None, now=THURSDAY_10 + A_DAY)

    for case in cases:
        case.refresh_from_db()
        assert case.done_due_at == shown[case.pk]["done"]


def test_following_goes_on_in_batches_and_is_told_once(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shuniu.zone.desk.services.calendar.BATCH", 2)
    for _ in range(5):
        accepted(people)
    made = edit("2026-11-27 停电")

    moved = [
        services.follow_calendar(edit_id=made.pk, actor=None, now=THURSDAY_10 + A_DAY)
        for _ in range(2)
    ]

    assert moved == [5, 5]
    reset = ClockReset.objects.get(edit=made)
    assert (reset.cases, reset.done, reset.moved) == (5, 5, 5)
    told = Fact.objects.get(kind="desk.clocks.reset")
    assert told.data == {"edit_id": made.pk, "cases": 5, "moved": 5}


def test_a_light_that_a_change_turns_is_told(people: People) -> None:
    case = accepted(people)
    now = at("2026-11-30 10:30")
    services.change_lights(actor=None, now=now)
    assert columns(case, ["light"]) == {"light": "red"}
    made = edit("2026-11-27 停电")

    services.follow_calendar(edit_id=made.pk, actor=None, now=now)

    assert columns(case, ["light"]) == {"light": "yellow"}
    newest = Fact.objects.filter(kind="desk.case.light_changed").order_by("pk").last()
    assert newest is not None
    assert newest.data["light"] == "yellow"


@pytest.mark.usefixtures("people")
def test_a_change_starts_the_work_of_following() -> None:
    Delivery.objects.all().delete()

    edit("2026-11-27 停电")

    assert [row.reaction.rpartition(".")[2] for row in Delivery.objects.all()] == [
        "follow_calendar"
    ]


def test_the_page_shows_a_year_with_its_marks_and_working_days(
    client: Client, people: People
) -> None:
    client.force_login(people.clerk)

    page = client.get(reverse("desk:calendar"), {"year": "2026"}).content.decode()

    assert "248 个工作日" in page
    assert "59 / 61 / 66 / 62" in page
    assert page.count('day-mark day-mark--off">休</span></td>') == 33
    assert page.count('day-mark day-mark--work">班</span></td>') == 6


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_after_one_change_and_after_three(
    client: Client, people: People, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        edit(f"2026-12-{number + 1:02} 停电")
    client.force_login(people.clerk)
    problems.office_calendar(registry.profile_in_force().version_id)

    with django_assert_num_queries(costs()["desk:calendar"]):
        page = client.get(reverse("desk:calendar"), {"year": "2026"})

    assert len(page.context["edits"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_a_look_costs_the_same_for_one_case_and_for_three(
    client: Client, people: People, count: int, django_assert_num_queries: Any
) -> None:
    for _ in range(count):
        accepted(people)
    client.force_login(people.clerk)
    problems.office_calendar(registry.profile_in_force().version_id)

    with django_assert_num_queries(costs()["desk:calendar-look"]):
        page = client.post(
            reverse("desk:calendar-look"), {"text": "2026-11-27 停电", "year": "2026"}
        )

    assert page.context["moves"].count == count


def test_a_change_is_looked_at_and_then_saved(client: Client, people: People) -> None:
    case = accepted(people)
    client.force_login(administrator())

    look = client.post(reverse("desk:calendar-look"), {"text": "2026-11-27 停电", "year": "2026"})
    asked = look.context["asked"]
    untouched = Holiday.objects.filter(day="2026-11-27").exists()
    saved = client.post(
        asked["url"], {k: asked[k] for k in ("rows", "source", "seen")}, headers=KEY
    )

    page = look.content.decode()
    assert (case.number in page, "+1 天" in page, untouched) == (True, True, False)
    assert f'href="{reverse("desk:case-page", args=[case.pk])}"' not in page
    assert saved["Location"] == "/calendar/?year=2026"
    assert Holiday.objects.get(day="2026-11-27").source == HolidaySource.TABLE


def test_a_clerk_is_led_to_each_case_but_saves_nothing(client: Client, people: People) -> None:
    case = accepted(people)
    client.force_login(people.clerk)

    look = client.post(
        reverse("desk:calendar-look"),
        {"first_on": "2026-11-27", "kind": "HOLIDAY", "name": "停电", "year": "2026"},
    )

    page = look.content.decode()
    assert f'href="{reverse("desk:case-page", args=[case.pk])}"' in page
    assert "保存这次调整" not in page


@pytest.mark.usefixtures("people")
def test_an_overlap_is_said_on_the_page_with_both_lines(client: Client) -> None:
    client.force_login(administrator())

    page = client.post(
        reverse("desk:calendar-look"),
        {"text": "2027-02-06 至 2027-02-12 春节\n2027-02-12 上班", "year": "2027"},
    )

    assert page.status_code == 422
    both = "第 1 行（2027-02-06 至 2027-02-12 春节）和第 2 行（2027-02-12）"
    assert both in page.content.decode()
