"""Weekly and monthly issues: what they count, compare, say of what is to come, and draw."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, timedelta
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest

from shuniu.zone.briefings import services
from shuniu.zone.briefings.channels import Briefing, Series, bar_chart
from shuniu.zone.briefings.choices import Edition, FileForm
from shuniu.zone.briefings.models import Issue
from shuniu.zone.briefings.services import day_parts, issue_file, issue_paper
from shuniu.zone.desk.models import Case
from shuniu.zone.kernel.clock import ZONE
from tests.briefings.conftest import case
from tests.briefings.issues import FIVE, drafted, published
from tests.clients import Client
from tests.factories import THURSDAY_10, clerk, leader

MONDAY = datetime(2026, 11, 23, 17, 0, tzinfo=ZONE)
SVG = "{http://www.w3.org/2000/svg}"


def weekly(now: datetime = MONDAY, language: str = "en") -> Briefing:
    return services.compose_issue(Edition.WEEKLY, date(2026, 11, 22), language=language, now=now)


def test_a_week_is_from_monday_to_sunday_and_a_month_has_its_own_length() -> None:
    week = services.days_of_period(Edition.WEEKLY, date(2026, 11, 19))
    month = services.days_of_period(Edition.MONTHLY, date(2028, 2, 3))

    assert (week.first, week.last) == (date(2026, 11, 16), date(2026, 11, 22))
    assert (month.first, month.last) == (date(2028, 2, 1), date(2028, 2, 29))


@pytest.mark.usefixtures("thursday")
def test_a_week_is_compared_with_the_seven_days_before() -> None:
    briefing = weekly()

    figures = [(f.name, f.value.value, f.day_before, f.mean) for f in briefing.figures]
    assert figures == [
        ("opened", 7, 2, "1.0"), ("replied", 3, 0, "0.4"), ("closed", 2, 0, "0.3"),
        ("open", 7, 3, "–"), ("late", 2, 1, "–"),
    ]  # fmt: skip
    period = briefing.period
    assert period is not None
    assert (period.before_first, period.before_last) == (date(2026, 11, 9), date(2026, 11, 15))
    assert [(one.label, one.opened, one.closed) for one in period.bins] == [
        ("11-16", 1, 0), ("11-17", 1, 0), ("11-18", 1, 1), ("11-19", 4, 1), ("11-20", 0, 0),
        ("11-21", 0, 0), ("11-22", 0, 0),
    ]  # fmt: skip


@pytest.mark.usefixtures("thursday")
def test_every_number_of_a_week_is_the_count_of_its_list(client: Client) -> None:
    client.force_login(leader())
    numbers = [line.value for line in weekly().figures]

    pages = [client.get(number.url).context["page"] for number in numbers]

    assert [page.paginator.count for page in pages] == [number.value for number in numbers]


@pytest.mark.usefixtures("thursday")
def test_a_week_that_has_not_ended_says_so_and_is_compared_with_as_many_days() -> None:
    issue = services.draft_issue(day=FIVE.date(), edition=Edition.WEEKLY, actor=None, now=FIVE)

    paper = issue_paper(issue)

    assert (issue.first_day, issue.day) == (date(2026, 11, 16), date(2026, 11, 22))
    assert "本周尚未结束" in paper.lead[-1]
    assert "11月12日至11月15日" in paper.lead[-1]
    assert paper.masthead == "企业诉求每周简报"
    assert paper.day == "2026年11月19日"


@pytest.mark.usefixtures("thursday")
def test_a_month_is_drawn_by_its_weeks() -> None:
    briefing = services.compose_issue(
        Edition.MONTHLY, date(2026, 11, 30), language="en", now=MONDAY
    )

    assert briefing.period is not None
    assert [one.label for one in briefing.period.bins] == [
        "11-1", "11-2~11-8", "11-9~11-15", "11-16~11-22", "11-23",
    ]  # fmt: skip
    assert briefing.period.before_last == date(2026, 10, 31)
    assert briefing.period.before_first == date(2026, 10, 9)


@pytest.mark.usefixtures("thursday")
def test_what_a_chart_shows_stands_in_a_table_beside_it() -> None:
    parts = {part.name: part for part in day_parts(weekly())}

    course, categories = parts["course"], parts["categories"]
    assert course.chart is not None
    assert categories.chart is not None
    root = ET.fromstring(course.chart.svg)  # noqa: S314  # our own drawing
    assert root.findtext(f"{SVG}title") == "From day to day"
    assert root.findtext(f"{SVG}desc") == course.chart.alt
    assert course.chart.alt == "Bars: new and closed needs. Most came in on 11-19: 4."
    drawn = [mark.text for mark in root.iter(f"{SVG}text")][2:]
    assert course.table is not None
    assert drawn == [cell.text for row in course.table.rows for cell in row]


def test_words_in_a_chart_are_no_markup() -> None:
    chart = bar_chart("a<b", "c&d", ['"<x>'], [Series("n", (0,))])

    root = ET.fromstring(chart.svg)  # noqa: S314  # our own drawing
    assert (root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")) == ("a<b", "c&d")
    assert [mark.text for mark in root.iter(f"{SVG}text")] == ['"<x>', "0"]


@pytest.mark.usefixtures("zone")
def test_each_edition_has_numbers_of_its_own() -> None:
    writer, signer = clerk(), leader()
    day = published(drafted(), writer, signer)
    week = published(
        services.draft_issue(day=FIVE.date(), edition=Edition.WEEKLY, actor=writer, now=FIVE),
        writer, signer,
    )  # fmt: skip
    month = published(
        services.draft_issue(day=FIVE.date(), edition=Edition.MONTHLY, actor=writer, now=FIVE),
        writer, signer,
    )  # fmt: skip

    assert [(one.number, one.number_words) for one in (day, week, month)] == [
        (1, "第1期"), (1, "周报第1期"), (1, "月报第1期"),
    ]  # fmt: skip


@pytest.mark.usefixtures("zone")
def test_a_week_is_drafted_once_when_it_has_ended_and_had_a_daily_issue() -> None:
    assert services.draft_periods_due(now=MONDAY) == []
    drafted()

    early = services.draft_periods_due(now=MONDAY - timedelta(minutes=1))
    made = services.draft_periods_due(now=MONDAY)
    again = services.draft_periods_due(now=MONDAY + timedelta(days=1))

    assert (early, again) == ([], [])
    assert [(one.edition, one.day) for one in made] == [("WEEKLY", date(2026, 11, 22))]


@pytest.mark.usefixtures("zone")
def test_a_weekly_issue_does_not_stand_in_the_way_of_the_daily_one() -> None:
    services.draft_issue(day=FIVE.date(), edition=Edition.WEEKLY, actor=None, now=FIVE)

    made = services.draft_due(now=FIVE)

    assert [one.day for one in made] == [FIVE.date()]
    assert Issue.objects.count() == 2


@pytest.mark.usefixtures("zone")
def test_a_week_that_has_not_begun_cannot_be_drafted() -> None:
    with pytest.raises(services.NotDue):
        services.draft_issue(day=date(2026, 11, 23), edition=Edition.WEEKLY, actor=None, now=FIVE)


def test_new_figures_are_those_of_the_whole_week(thursday: dict[str, Case]) -> None:
    assert thursday
    writer = clerk()
    issue = services.draft_issue(day=FIVE.date(), edition=Edition.WEEKLY, actor=None, now=FIVE)
    case(submitted_at=FIVE + timedelta(hours=20))
    later = FIVE + timedelta(days=1)

    moved = services.figures_moved(issue, now=later)
    services.renew_issue(issue_id=issue.pk, seen=1, actor=writer, now=later)

    assert [(line.label, line.then, line.now) for line in moved][:1] == [("新增", 7, 8)]
    issue.refresh_from_db()
    assert "11月16日至11月20日" in issue_paper(issue).lead[-1]


@pytest.mark.usefixtures("thursday")
def test_the_word_file_holds_each_chart_as_svg_with_a_picture_and_words() -> None:
    issue = services.draft_issue(
        day=date(2026, 11, 22), edition=Edition.WEEKLY, actor=None, now=MONDAY
    )

    first, second = (issue_file(issue, form=FileForm.WORD, base_url="") for _time in range(2))

    assert first == second
    with zipfile.ZipFile(BytesIO(first)) as opened:
        names = opened.namelist()
        document = opened.read("word/document.xml").decode()
    charts = [part.chart for part in issue_paper(issue).parts if part.chart]
    assert sorted(name for name in names if name.endswith(".svg")) == [
        "word/media/chart1.svg", "word/media/chart2.svg",
    ]  # fmt: skip
    assert [f'descr="{chart.alt}"' in document for chart in charts] == [True, True]


@pytest.mark.usefixtures("zone")
def test_a_clerk_drafts_the_week_and_the_month_on_the_page_of_the_issues(
    client: Client,
) -> None:
    client.force_login(clerk())
    page = client.get("/briefings/").content.decode()

    answer = client.post(
        "/briefings/weekly/2026-11-19/draft/", {"idempotency_key": "a-week-of-issues"}
    )

    assert "/draft/" in page
    assert answer.status_code == 302
    assert [(one.edition, one.day) for one in Issue.objects.all()] == [
        ("WEEKLY", date(2026, 11, 22))
    ]
    assert (THURSDAY_10.date() - timedelta(days=3)) == Issue.objects.get().first_day
