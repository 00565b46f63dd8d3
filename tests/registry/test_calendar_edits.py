"""The calendar is changed by people: over the profile, told, taken back, and seen everywhere."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.clock import ZONE
from shuniu.zone.kernel.models import Fact
from shuniu.zone.registry import problems, queries, services
from shuniu.zone.registry.choices import HolidayKind, HolidaySource
from shuniu.zone.registry.models import CalendarEdit, Holiday, ProfileVersion
from shuniu.zone.registry.services import office_calendar, read_table
from tests.factories import THURSDAY_10, administrator, person

THURSDAY = date(2026, 11, 19)
NATIONAL_DAY = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def no_other_calendar() -> None:
    """Begin with no calendar in memory: a test that is rolled back gives its keys back."""
    problems._calendar.cache_clear()


def edit(
    text: str,
    *,
    source: HolidaySource = HolidaySource.DAY,
    actor: User | None = None,
    now: datetime = THURSDAY_10,
) -> CalendarEdit:
    return services.edit_calendar(
        rows=read_table(text, year=2026),
        source=source,
        seen=queries.holiday_stamp(),
        actor=actor,
        now=now,
    )


def hours(zone: ProfileVersion, day: date) -> list[str]:
    spans = office_calendar(zone.pk).spans_on(day)
    return [f"{s.opens_minute / 60:g}-{s.closes_minute / 60:g}" for s in spans]


@pytest.mark.parametrize(
    ("text", "worked"),
    [
        ("2026-11-19 停电", []),
        ("2026-11-19 上午上班", ["9-12"]),
        ("2026-11-19 下午上班", ["13.5-17.5"]),
        ("2026-11-21 上班", []),
    ],
)
def test_a_day_is_worked_as_a_person_says(
    zone: ProfileVersion, text: str, worked: list[str]
) -> None:
    edit(text)

    expected = worked if "11-21" not in text else ["9-12", "13.5-17.5"]
    assert hours(zone, THURSDAY if "11-19" in text else date(2026, 11, 21)) == expected


def test_a_half_day_in_summer_has_the_hours_of_summer(zone: ProfileVersion) -> None:
    edit("2026-08-03 下午上班")

    assert hours(zone, date(2026, 8, 3)) == ["14-18"]


def test_a_published_holiday_can_be_worked_and_given_back_to_the_weekday(
    zone: ProfileVersion,
) -> None:
    edit("2026-10-01 上班")
    worked = hours(zone, NATIONAL_DAY)
    edit("2026-10-01,,PLAIN,")

    assert (worked, hours(zone, NATIONAL_DAY)) == (["9-12", "13.5-17.5"],) * 2
    assert not Holiday.objects.filter(day=NATIONAL_DAY).exists()


def test_what_a_person_says_stands_over_the_profile_and_that_over_the_package(
    zone: ProfileVersion,
) -> None:
    content = zone.content
    content["calendar"]["extra_holidays"] = ["2026-11-19", "2026-11-20"]
    content["calendar"]["extra_makeup_days"] = ["2026-10-01"]
    other = ProfileVersion.objects.create(
        code="x", digest="x", content=content, put_in_force_at=THURSDAY_10
    )
    before = [hours(other, day) for day in (THURSDAY, date(2026, 11, 20), NATIONAL_DAY)]

    edit("2026-11-19 上班")

    after = [hours(other, day) for day in (THURSDAY, date(2026, 11, 20), NATIONAL_DAY)]
    full = ["9-12", "13.5-17.5"]
    assert (before, after) == ([[], [], full], [full, [], full])


def test_a_single_day_does_not_make_a_year_known_but_a_table_does(zone: ProfileVersion) -> None:
    edit("2027-03-01 停电")
    after_day = office_calendar(zone.pk).is_assumed(date(2027, 1, 1))
    edit("2027-02-06 至 2027-02-12 春节", source=HolidaySource.TABLE)

    assert (after_day, office_calendar(zone.pk).is_assumed(date(2027, 1, 1))) == (True, False)
    assert queries.loaded_years()[-1] == 2027


@pytest.mark.usefixtures("zone")
def test_a_change_is_told_with_its_days() -> None:
    actor = administrator()

    made = edit("2026-11-19 至 2026-11-20 停电", actor=actor)

    fact = Fact.objects.get(kind="registry.calendar.edited")
    assert (fact.actor, fact.data) == (
        actor,
        {
            "edit_id": made.pk,
            "first_on": "2026-11-19",
            "last_on": "2026-11-20",
            "days": 2,
            "undoes_id": None,
        },
    )


def test_taking_back_restores_every_day_with_its_source(zone: ProfileVersion) -> None:
    before = dict(queries.stored_rules())
    made = edit("2026-10-01 上班\n2026-11-19 停电")

    undone = services.undo_calendar_edit(edit_id=made.pk, actor=administrator(), now=THURSDAY_10)

    assert queries.stored_rules() == before
    assert undone.undoes == made
    assert hours(zone, NATIONAL_DAY) == []


@pytest.mark.usefixtures("zone")
def test_a_change_is_taken_back_once_and_not_under_a_later_one() -> None:
    first = edit("2026-11-19 停电")
    second = edit("2026-11-19 上班")
    with pytest.raises(services.DayChangedSince) as since:
        services.undo_calendar_edit(edit_id=first.pk, actor=None, now=THURSDAY_10)
    services.undo_calendar_edit(edit_id=second.pk, actor=None, now=THURSDAY_10)
    facts = Fact.objects.count()

    with pytest.raises(services.EditTakenBack):
        services.undo_calendar_edit(edit_id=second.pk, actor=None, now=THURSDAY_10)

    assert "2026-11-19" in str(since.value)
    assert Fact.objects.count() == facts
    assert Holiday.objects.get(day=THURSDAY).kind == HolidayKind.HOLIDAY


@pytest.mark.usefixtures("zone")
def test_a_change_of_a_calendar_that_is_another_one_by_now_is_refused() -> None:
    seen = queries.holiday_stamp()
    edit("2026-11-19 停电")

    with pytest.raises(services.CalendarMoved):
        services.edit_calendar(
            rows=read_table("2026-11-20 停电", year=2026),
            source=HolidaySource.DAY,
            seen=seen,
            actor=None,
            now=THURSDAY_10,
        )

    assert not Holiday.objects.filter(day=date(2026, 11, 20)).exists()


@pytest.mark.usefixtures("zone")
def test_a_table_that_says_what_is_stored_changes_nothing() -> None:
    with pytest.raises(services.CalendarUnchanged):
        edit("2026-11-19,,PLAIN,")

    assert not CalendarEdit.objects.exists()


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize("role", [role for role in Role if role != Role.SYSTEM_ADMIN])
def test_only_the_system_administrator_changes_the_calendar(role: Role) -> None:
    with pytest.raises(services.NotForYou):
        edit("2026-11-19 停电", actor=person(role))


def test_two_changes_that_swap_two_days_are_seen_by_every_process(zone: ProfileVersion) -> None:
    edit("2026-11-19 停电")
    edit("2026-11-20 上班")
    first = [office_calendar(zone.pk).is_working_day(date(2026, 11, n)) for n in (19, 20)]

    edit("2026-11-19 上班\n2026-11-20 停电")

    second = [office_calendar(zone.pk).is_working_day(date(2026, 11, n)) for n in (19, 20)]
    assert (first, second) == ([False, True], [True, False])


def test_the_calendar_of_an_earlier_moment_leaves_later_changes_out(zone: ProfileVersion) -> None:
    now = datetime(2026, 11, 19, 10, tzinfo=ZONE)
    edit("2026-11-24 停电", now=now)
    edit("2026-11-24 上班", now=now + timedelta(hours=2))

    day = date(2026, 11, 24)
    worked = [
        office_calendar(zone.pk, as_of=now + timedelta(hours=n)).is_working_day(day)
        for n in (-1, 1, 3)
    ]

    assert worked == [True, False, True]
