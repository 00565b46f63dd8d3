"""Age in working days, lights, lists and the figures that count them."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from shuniu.zone.accounts.models import User
from shuniu.zone.hangs import problems, queries, services
from shuniu.zone.hangs.choices import AgeClass, Light, Solved
from shuniu.zone.hangs.models import Hang
from shuniu.zone.hangs.queries import HangFilter
from shuniu.zone.kernel.clock import ZONE
from shuniu.zone.registry.queries import standing_of
from tests.hangs.people import People, asked, called_back, opened, struck

TODAY = date(2026, 11, 23)  # a Monday


def hung_on(people: People, day: date) -> Hang:
    hang = opened(people)
    Hang.objects.filter(pk=hang.pk).update(opened_at=datetime.combine(day, time(12), ZONE))
    hang.refresh_from_db()
    return hang


def listed(user: User, wanted: HangFilter) -> list[str]:
    days = problems.days_of(TODAY)
    rows = queries.filtered_hangs(standing_of(user), wanted, days)
    return [hang.number for hang in rows]


@pytest.mark.parametrize(
    ("opened_on", "days", "age"),
    [
        (date(2026, 11, 23), 0, AgeClass.WEEK),
        (date(2026, 11, 22), 1, AgeClass.WEEK),  # a Sunday
        (date(2026, 11, 20), 1, AgeClass.WEEK),
        (date(2026, 11, 12), 7, AgeClass.WEEK),
        (date(2026, 11, 11), 8, AgeClass.FORTNIGHT),
        (date(2026, 11, 2), 15, AgeClass.FORTNIGHT),
        (date(2026, 10, 30), 16, AgeClass.MONTH),
        (date(2026, 10, 12), 30, AgeClass.MONTH),
        # 10 October was worked in exchange for the holidays of the national day.
        (date(2026, 10, 10), 31, AgeClass.LONGER),
        (date(2026, 3, 2), 182, AgeClass.LONGER),
    ],
)
def test_the_age_counts_working_days_and_falls_into_its_class(
    people: People, opened_on: date, days: int, age: AgeClass
) -> None:
    hang = hung_on(people, opened_on)

    assert problems.standings_of([hang], TODAY)[hang.pk].age_days == days
    for one in AgeClass:
        found = listed(people.leader, HangFilter(turn="open", age=one))
        assert found == ([hang.number] if one == age else [])


@pytest.mark.parametrize(
    ("promised_on", "left", "light"),
    [
        (date(2026, 11, 27), 4, Light.GREEN),
        (date(2026, 11, 26), 3, Light.YELLOW),
        (date(2026, 11, 23), 0, Light.YELLOW),
        (date(2026, 11, 22), -1, Light.RED),
        (date(2026, 11, 9), -10, Light.RED),
        (date(2026, 11, 6), -11, Light.PURPLE),
    ],
)
def test_the_light_follows_the_promised_day(
    people: People, promised_on: date, left: int, light: Light
) -> None:
    hang = opened(people)
    hang.promised_on = promised_on

    standing = problems.standings_of([hang], TODAY)[hang.pk]

    assert (standing.left_days, standing.light) == (left, light)


def test_what_is_struck_off_has_no_light_and_ages_no_more(people: People) -> None:
    hang = struck(people)

    standing = problems.standings_of([hang], date(2027, 3, 1))[hang.pk]

    assert (standing.age_days, standing.light) == (0, Light.NONE)


def test_nothing_stands_in_no_way() -> None:
    assert problems.standings_of([], TODAY) == {}


def test_a_unit_sees_its_own_and_the_center_all(people: People) -> None:
    hang = opened(people)

    for user, seen in (
        (people.handler, [hang.number]),
        (people.other, []),
        (people.clerk, [hang.number]),
        (people.leader, [hang.number]),
    ):
        assert listed(user, HangFilter()) == seen
    assert queries.keys_visible_to(standing_of(people.other), [str(hang.pk)]) == set()
    assert queries.keys_visible_to(standing_of(people.handler), [str(hang.pk)]) == {str(hang.pk)}


def test_my_turn_is_where_i_take_the_next_step(people: People) -> None:
    open_one, waiting, heard = opened(people), asked(people), called_back(people)
    mine = HangFilter(turn="mine")

    assert listed(people.handler, mine) == [open_one.number]
    assert listed(people.clerk, mine) == [waiting.number]
    assert listed(people.supervisor, mine) == [heard.number]
    assert listed(people.both, mine) == [open_one.number]
    assert listed(people.leader, mine) == []


def test_every_figure_of_the_report_is_the_length_of_its_list(people: People) -> None:
    opened(people)
    struck(people)
    late = hung_on(people, date(2026, 6, 1))
    Hang.objects.filter(pk=late.pk).update(promised_on=date(2026, 11, 2))
    days = problems.days_of(TODAY)

    report = queries.ageing(standing_of(people.leader), days)

    unit = report.units[0]
    assert (len(report.units), unit.code) == (1, "econ_bureau")
    assert (unit.open.count, unit.late.count) == (2, 1)
    assert [figure.count for figure in unit.ages.values()] == [1, 0, 0, 1]
    assert (report.opened.count, report.struck.count, report.in_time.count) == (2, 1, 1)
    assert report.longest == late
    figures = [*unit.ages.values(), unit.open, unit.late, *report.total.ages.values(),
               report.opened, report.struck, report.in_time]  # fmt: skip
    for figure in figures:
        assert len(listed(people.leader, figure.wanted)) == figure.count


def test_the_summary_of_a_day_counts_as_its_lists_do(people: People) -> None:
    opened(people)
    struck(people)
    day = date(2026, 11, 19)

    summary = queries.day_summary(problems.days_of(day))

    counts = (summary.opened.count, summary.struck.count, summary.open.count, summary.late.count)
    assert counts == (2, 1, 1, 0)
    assert (summary.opened_in_week.count, summary.struck_in_week.count) == (2, 1)
    assert [figure.count for figure in summary.ages.values()] == [1, 0, 0, 0]
    later = queries.day_summary(problems.days_of(TODAY), first=day)
    assert (later.opened.count, later.struck.count) == (2, 1)
    assert queries.day_summary(problems.days_of(TODAY)).opened.count == 0


def test_a_past_day_is_counted_as_it_was_whatever_became_of_it_since(people: People) -> None:
    gone, late = hung_on(people, date(2026, 11, 2)), hung_on(people, date(2026, 11, 16))
    noon = datetime.combine(date(2026, 11, 20), time(12), ZONE)
    Hang.objects.filter(pk=gone.pk).update(promised_on=date(2026, 11, 10))
    services.ask_to_strike(hang_id=gone.pk, text="通了。", actor=people.handler, now=noon)
    services.record_call_back(
        hang_id=gone.pk, solved=Solved.YES, text="属实。", actor=people.clerk, now=noon
    )
    services.strike_off(hang_id=gone.pk, actor=people.supervisor, now=noon)
    days = problems.days_of(date(2026, 11, 18))

    then, now = queries.day_summary(days), queries.day_summary(problems.days_of(TODAY))

    assert (then.open.count, then.late.count, [hang.pk for hang in then.red]) == (
        2, 1, [gone.pk, late.pk],
    )  # fmt: skip
    assert (now.open.count, now.late.count, [hang.pk for hang in now.red]) == (1, 0, [late.pk])
    who = standing_of(people.leader)
    for figure in (then.open, then.late, *then.ages.values()):
        assert queries.filtered_hangs(who, figure.wanted, days).count() == figure.count
    gone.refresh_from_db()
    assert problems.light_of(gone, date(2026, 11, 18)) == Light.RED


@pytest.mark.parametrize(
    "given",
    [
        {"opened_on": "2026-02-30"},
        {"opened_on": "0001-01-01"},
        {"since_on": "not a day"},
    ],
)
def test_a_day_that_is_none_is_left_out(given: dict[str, str]) -> None:
    assert HangFilter.read(given) == HangFilter()


def test_an_age_that_is_none_finds_nothing(people: People) -> None:
    opened(people)

    assert listed(people.leader, HangFilter(age="old")) == []


def test_a_filter_reads_back_what_it_wrote() -> None:
    wanted = HangFilter(turn="open", unit="econ_bureau", age="8-15", opened_on=TODAY)

    assert wanted.query == "turn=open&unit=econ_bureau&age=8-15&opened_on=2026-11-23"
