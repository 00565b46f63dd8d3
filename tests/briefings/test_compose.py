"""The briefing of a day: every number is the count of a list."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta

import pytest

from shuniu.zone.briefings.channels import Briefing, Number
from shuniu.zone.briefings.services import compose
from shuniu.zone.desk.models import Case
from tests.clients import Client
from tests.factories import THURSDAY_10, leader

DAY = THURSDAY_10.date()


def composed(day: date = DAY, language: str = "zh-hans") -> Briefing:
    return compose(day, language=language, now=THURSDAY_10)


def numbers_of(briefing: Briefing) -> list[Number]:
    return [line.value for line in briefing.figures] + [
        number
        for row in briefing.categories
        for number in (row.opened, row.closed, row.open, row.late)
    ]


@pytest.mark.usefixtures("thursday")
def test_the_figures_of_the_day_of_the_day_before_and_of_seven_days() -> None:
    briefing = composed(language="en")

    assert [(f.label, f.value.value, f.day_before, f.change, f.week) for f in briefing.figures] == [
        ("New needs", 4, 1, 3, 7),
        ("Answered", 2, 1, 1, 3),
        ("Confirmed and closed", 1, 1, 0, 2),
        ("Open at the end of the day", 7, 4, 3, 29),
        ("Overdue at the end of the day", 2, 3, -1, 13),
    ]


@pytest.mark.usefixtures("thursday")
def test_the_figures_of_each_category_with_the_busiest_first() -> None:
    briefing = composed()

    assert [
        (c.label, c.opened.value, c.closed.value, c.open.value, c.late.value)
        for c in briefing.categories
    ] == [
        ("市政", 2, 1, 4, 1),
        ("欠款", 1, 0, 2, 1),
        ("未分类", 1, 0, 1, 0),
        ("合计", 4, 1, 7, 2),
    ]


@pytest.mark.usefixtures("thursday")
@pytest.mark.parametrize("days_back", [0, 1, 2, 9])
def test_every_number_is_the_count_of_the_list_that_it_leads_to(
    client: Client, days_back: int
) -> None:
    client.force_login(leader())
    numbers = numbers_of(composed(DAY - timedelta(days=days_back)))

    pages = [client.get(number.url).context["page"] for number in numbers]

    assert len(numbers) >= 5
    assert [page.paginator.count for page in pages] == [number.value for number in numbers]


@pytest.mark.usefixtures("zone")
def test_a_day_without_anything_is_a_report_of_zeros() -> None:
    briefing = composed(language="en")

    assert briefing.summary == "No new needs, nothing open: a report of zeros."
    assert [number.value for number in numbers_of(briefing)] == [0, 0, 0, 0, 0]
    assert (briefing.categories, briefing.late, briefing.notable) == ((), (), ())
    assert [count for _day, count in briefing.week] == [0] * 7


@pytest.mark.usefixtures("thursday")
def test_the_day_is_told_in_one_sentence() -> None:
    assert composed(language="en").summary == (
        "4 new, 2 answered, 1 confirmed and closed; 7 open at the end of the day, of which 2"
        " overdue. Most were about Municipal works (2 cases)."
    )


def test_a_restricted_case_is_neither_counted_nor_told(thursday: dict[str, Case]) -> None:
    briefing = composed()

    told = str(asdict(briefing))
    restricted = thursday["restricted"]
    assert [
        word
        for word in (restricted.number, restricted.text, restricted.enterprise.name, "作风")
        if word in told
    ] == []


def test_a_confidential_case_is_told_without_the_name_of_the_enterprise(
    thursday: dict[str, Case],
) -> None:
    briefing = composed(language="en")

    by_number = {item.number: item for item in briefing.notable}
    item = by_number[thursday["new and confidential"].number]
    assert (item.enterprise, item.text) == (
        "an enterprise",
        "The words are kept confidential.",
    )
    assert "不可点名" not in str(asdict(briefing))


def test_the_notable_needs_are_the_urgent_ones_the_most_urgent_first(
    thursday: dict[str, Case],
) -> None:
    notable = composed().notable

    urgent, confidential = thursday["new and urgent"], thursday["new and confidential"]
    assert [item.case_id for item in notable] == [urgent.pk, confidential.pk]
    assert (len(notable[0].text), notable[0].text[-1]) == (91, "…")
    assert (notable[0].enterprise, notable[0].unit) == (urgent.enterprise.name, "经济发展局")
    assert notable[0].url == f"/cases/{urgent.pk}/"


def test_the_overdue_cases_are_told_the_longest_overdue_first(thursday: dict[str, Case]) -> None:
    late = composed().late

    assert [item.case_id for item in late] == [thursday["later"].pk, thursday["late"].pk]


@pytest.mark.usefixtures("thursday")
def test_the_week_ends_with_the_day() -> None:
    week = composed().week

    assert [(f"{day:%m-%d}", count) for day, count in week] == [
        ("11-13", 0), ("11-14", 0), ("11-15", 0), ("11-16", 1), ("11-17", 1), ("11-18", 1),
        ("11-19", 4),
    ]  # fmt: skip


@pytest.mark.usefixtures("thursday")
@pytest.mark.parametrize(
    ("day", "values"),
    [(date(2000, 1, 1), [0, 0, 0, 0, 0]), (date(2099, 12, 31), [0, 0, 0, 7, 6])],
)
def test_a_day_long_ago_or_far_ahead_has_its_figures_too(day: date, values: list[int]) -> None:
    assert [figure.value.value for figure in composed(day).figures] == values
