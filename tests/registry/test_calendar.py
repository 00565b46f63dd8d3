"""The holidays of the zone, and the working days that follow from them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shuniu.zone.accounts.choices import Role
from shuniu.zone.kernel.models import Fact
from shuniu.zone.registry import queries, services
from shuniu.zone.registry.choices import HolidayKind
from shuniu.zone.registry.models import Holiday, ProfileVersion
from shuniu.zone.registry.services import office_calendar, working_days_before
from tests.factories import THURSDAY_10, administrator, person

QUARTERS_2026 = (59, 61, 66, 62)


def working_days(zone: ProfileVersion, first: date, last: date) -> list[date]:
    calendar = office_calendar(zone.pk)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [day for day in days if calendar.is_working_day(day)]


def test_2026_has_248_working_days(zone: ProfileVersion) -> None:
    starts = [date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1), date(2026, 10, 1)]
    ends = [*(day - timedelta(days=1) for day in starts[1:]), date(2026, 12, 31)]

    counts = [len(working_days(zone, start, end)) for start, end in zip(starts, ends, strict=True)]

    assert (tuple(counts), sum(counts)) == (QUARTERS_2026, 248)


def test_the_weekends_worked_in_exchange_in_2026_are_those_that_were_announced(
    zone: ProfileVersion,
) -> None:
    days = working_days(zone, date(2026, 1, 1), date(2026, 12, 31))

    assert [f"{day:%m-%d}" for day in days if day.isoweekday() > 5] == [
        "01-04", "02-14", "02-28", "05-09", "09-20", "10-10",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "count", "after"),
    [
        (date(2026, 9, 18), 1, date(2026, 9, 20)),
        (date(2026, 9, 24), 1, date(2026, 9, 28)),
        (date(2026, 9, 24), 5, date(2026, 10, 9)),
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 2, 14), 1, date(2026, 2, 24)),
        (date(2022, 4, 29), 1, date(2022, 5, 5)),
        (date(2022, 4, 29), 3, date(2022, 5, 7)),
        (date(2022, 4, 22), 1, date(2022, 4, 24)),
    ],
)
def test_working_days_are_counted_over_holidays(
    zone: ProfileVersion, day: date, count: int, after: date
) -> None:
    following = working_days(zone, day + timedelta(days=1), day + timedelta(days=30))

    assert following[count - 1] == after


def test_the_last_working_days_up_to_a_day_are_returned_in_order(zone: ProfileVersion) -> None:
    calendar = office_calendar(zone.pk)

    assert working_days_before(date(2026, 10, 8), 3, calendar) == (
        date(2026, 9, 29), date(2026, 9, 30), date(2026, 10, 8),
    )  # fmt: skip
    assert working_days_before(date(2026, 10, 7), 1, calendar) == (date(2026, 9, 30),)


def test_a_year_that_is_not_loaded_is_said_to_be_unknown(zone: ProfileVersion) -> None:
    assert queries.loaded_years() == (2020, 2021, 2022, 2023, 2024, 2025, 2026)
    assert office_calendar(zone.pk).known_years == frozenset(range(2020, 2027))


@pytest.mark.usefixtures("zone")
def test_loading_again_adds_nothing_and_tells_nothing() -> None:
    facts = Fact.objects.count()

    assert services.load_chinese_holidays(actor=None, now=THURSDAY_10) == 0
    assert Fact.objects.count() == facts


@pytest.mark.usefixtures("zone")
def test_loading_keeps_a_day_that_a_person_corrected_and_adds_what_is_missing() -> None:
    Holiday.objects.filter(day=date(2026, 10, 1)).update(
        kind=HolidayKind.MAKEUP_DAY, name="corrected"
    )
    Holiday.objects.filter(day__in=[date(2026, 10, 2), date(2026, 10, 10)]).delete()
    actor = administrator()

    assert services.load_chinese_holidays(actor=actor, now=THURSDAY_10) == 2

    first = Holiday.objects.get(day=date(2026, 10, 1))
    assert (first.kind, first.name) == ("MAKEUP_DAY", "corrected")
    assert dict(Holiday.objects.filter(day__gt=date(2026, 10, 7)).values_list("day", "kind")) == {
        date(2026, 10, 10): "MAKEUP_DAY"
    }
    fact = Fact.objects.get(kind="registry.holidays.loaded", actor=actor)
    assert fact.data == {"first_year": 2020, "last_year": 2026, "days": 2}


def test_a_day_that_is_stored_later_changes_the_calendar_at_once(zone: ProfileVersion) -> None:
    thursday = date(2026, 11, 19)
    before = office_calendar(zone.pk).is_working_day(thursday)

    Holiday.objects.create(day=thursday, kind=HolidayKind.HOLIDAY)

    assert (before, office_calendar(zone.pk).is_working_day(thursday)) == (True, False)


def test_a_day_that_is_corrected_changes_the_calendar_at_once(zone: ProfileVersion) -> None:
    day = date(2026, 10, 10)
    before = office_calendar(zone.pk).is_working_day(day)

    Holiday.objects.filter(day=day).update(kind=HolidayKind.HOLIDAY)

    assert (before, office_calendar(zone.pk).is_working_day(day)) == (True, False)


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize("role", [role for role in Role if role != Role.SYSTEM_ADMIN])
def test_only_the_system_administrator_loads_holidays(role: Role) -> None:
    with pytest.raises(services.NotForYou):
        services.load_chinese_holidays(actor=person(role), now=THURSDAY_10)
