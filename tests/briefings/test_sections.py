"""The sections that the hangs and the other apps fill."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.test import override_settings
from django.utils.translation import gettext_lazy

from shuniu.zone.briefings.channels import Briefing
from shuniu.zone.briefings.services import compose, day_parts, issue_paper
from shuniu.zone.desk.choices import Sensitivity
from shuniu.zone.hangs.choices import SourceKind
from shuniu.zone.hangs.models import Hang
from shuniu.zone.hangs.queries import Source
from shuniu.zone.kernel.clock import ZONE
from shuniu.zone.kernel.queries import DayNumbers
from tests.briefings.conftest import case, closed
from tests.briefings.issues import drafted
from tests.clients import Client
from tests.factories import THURSDAY_10
from tests.hangs.people import MEETING, People, opened, people_of_hangs, struck

DAY = THURSDAY_10.date()


@pytest.fixture
def people(zone: object) -> People:  # noqa: ARG001  # the zone is there first
    return people_of_hangs()


def composed(day: date = DAY, language: str = "en") -> Briefing:
    return compose(day, language=language, now=THURSDAY_10)


def hung(people: People, opened_on: date, promised_on: date, source: Source = MEETING) -> Hang:
    hang = opened(people, source)
    at = datetime.combine(opened_on, time(12), ZONE)
    Hang.objects.filter(pk=hang.pk).update(opened_at=at, promised_on=promised_on)
    return hang


def over_case(key: int) -> Source:
    return Source(SourceKind.CASE, str(key), "HM-1 市政", "/cases/1/")


def test_the_hangs_are_told_with_the_red_ones_first_and_their_ages(people: People) -> None:
    green = hung(people, date(2026, 11, 18), date(2026, 12, 18))
    red = hung(people, date(2026, 11, 2), date(2026, 11, 16))
    old = hung(people, date(2026, 9, 1), date(2026, 11, 20))
    struck(people)

    sheet = composed().hangs

    assert sheet is not None
    assert [(item.hang_id, item.light) for item in sheet.told] == [
        (red.pk, "red"), (old.pk, "yellow"), (green.pk, "green"),
    ]  # fmt: skip
    counts = (sheet.opened, sheet.struck, sheet.opened_in_week, sheet.open, sheet.late)
    assert [number.value for number in counts] == [1, 1, 2, 3, 1]
    assert [(line.label, line.hangs.value) for line in sheet.ages] == [
        ("0 to 7 days", 1), ("8 to 15 days", 1), ("16 to 30 days", 0), ("more than 30 days", 1),
    ]  # fmt: skip


def test_every_number_of_the_hangs_is_the_count_of_its_list(client: Client, people: People) -> None:
    hung(people, date(2026, 11, 2), date(2026, 11, 16))
    hung(people, date(2026, 11, 18), date(2026, 12, 18))
    struck(people)
    client.force_login(people.leader)
    sheet = composed(DAY - timedelta(days=1)).hangs
    assert sheet is not None
    numbers = [sheet.opened, sheet.struck, sheet.opened_in_week, sheet.struck_in_week,
               sheet.open, sheet.late, *(age.hangs for age in sheet.ages)]  # fmt: skip

    pages = [client.get(number.url).context["page"] for number in numbers]

    assert [page.paginator.count for page in pages] == [number.value for number in numbers]


def test_a_promise_over_a_confidential_case_is_not_told(people: People) -> None:
    told, secret = case(), case(sensitivity=Sensitivity.CONFIDENTIAL)
    hung(people, DAY, date(2026, 12, 1), over_case(told.pk))
    hung(people, DAY, date(2026, 12, 2), over_case(secret.pk))

    sheet = composed().hangs

    assert sheet is not None
    assert [item.promise for item in sheet.told] == [
        "12 月 18 日前接通二期临时用电。", "The words are kept confidential.",
    ]  # fmt: skip


def test_a_promise_is_not_told_any_more_when_its_case_becomes_confidential(
    people: People,
) -> None:
    row = case()
    hung(people, DAY, date(2026, 12, 1), over_case(row.pk))
    issue = drafted()
    row.sensitivity = Sensitivity.CONFIDENTIAL
    row.save()

    (part,) = [part for part in issue_paper(issue).parts if part.name == "hangs"]

    assert [told.text for told in part.told] == ["（内容保密）"]


@pytest.mark.usefixtures("zone")
def test_what_was_solved_best_is_told_as_good_practice() -> None:
    slow = closed(THURSDAY_10, submitted_at=THURSDAY_10 - timedelta(days=3), rating=5)
    quick = closed(THURSDAY_10, submitted_at=THURSDAY_10 - timedelta(days=2), rating=5)
    closed(THURSDAY_10, submitted_at=THURSDAY_10 - timedelta(days=2), rating=4)

    briefing = composed()

    assert [item.case_id for item in briefing.practices] == [quick.pk, slow.pk]


def numbers_of_trucks(first: date, last: date) -> DayNumbers:
    span = (last - first).days + 1
    return DayNumbers(gettext_lazy("Freight"), ((gettext_lazy("Words proposed"), span),))


SUMMARIES = (numbers_of_trucks,)


@pytest.mark.usefixtures("zone")
@override_settings(DAY_SUMMARIES=f"{__name__}.SUMMARIES")
def test_another_app_is_told_of_by_one_line_of_the_configuration() -> None:
    briefing = composed(date(2026, 11, 23))  # a Monday tells of the weekend, too

    (part,) = [part for part in day_parts(briefing) if part.name == "operations"]
    assert part.table is not None
    assert [[cell.text for cell in row] for row in part.table.rows] == [
        ["Freight: Words proposed", "3"]
    ]
