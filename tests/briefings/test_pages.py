"""The briefing in the browser."""

from __future__ import annotations

import io
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document

from shuniu.zone.accounts.models import User
from shuniu.zone.briefings import services
from shuniu.zone.briefings.channels import stored
from shuniu.zone.briefings.choices import IssueState
from shuniu.zone.briefings.models import Issue
from shuniu.zone.kernel import clock
from tests.briefings.issues import FIVE, drafted, handed_up, published
from tests.clients import Client
from tests.costs import costs
from tests.factories import THURSDAY_10, clerk, handler, leader


@pytest.fixture
def reader(client: Client, thursday: object) -> Client:  # noqa: ARG001  # the cases are there first
    client.force_login(leader())
    return client


def test_today_leads_to_the_page_of_the_day(reader: Client) -> None:
    assert reader.get("/briefings/today/")["Location"] == f"/briefings/{clock.today()}/"


def test_the_page_links_every_number_to_its_list(reader: Client) -> None:
    page = reader.get("/briefings/2026-11-19/")

    assert page.status_code == 200
    missing = [
        figure.value.url
        for figure in page.context["briefing"].figures
        if figure.value.url.replace("&", "&amp;") not in page.text
    ]
    assert missing == []
    assert [word for word in ("举报", "不可点名") if word in page.text] == []


def test_the_page_leads_to_the_days_around_it_but_not_past_today(reader: Client) -> None:
    today = clock.today()

    page, last = reader.get("/briefings/2026-11-18/"), reader.get(f"/briefings/{today}/")

    assert (f"{page.context['day_before']}", f"{page.context['day_after']}") == (
        "2026-11-17",
        "2026-11-19",
    )
    assert (last.context["day_after"], last.context["is_today"]) == (None, True)


def test_the_list_shows_the_last_thirty_days_with_their_counts(reader: Client) -> None:
    page = reader.get("/briefings/")

    days = page.context["days"]
    assert (len(days), days[0].day, days[-1].day) == (
        30, clock.today(), clock.today() - timedelta(days=29),
    )  # fmt: skip
    known = {f"{line.day:%m-%d}": (line.opened, line.closed) for line in days}
    assert {day: known[day] for day in known if day in {"11-18", "11-19"}} == {
        day: counts for day, counts in {"11-18": (1, 1), "11-19": (4, 1)}.items() if day in known
    }


def test_a_day_can_be_asked_for(reader: Client) -> None:
    answer = reader.get("/briefings/", {"day": "2026-11-19"})

    assert answer["Location"] == "/briefings/2026-11-19/"


@pytest.mark.parametrize("day", ["", "soon", "2026-02-30", "0001-01-01", "9999-12-31"])
def test_a_day_that_makes_no_sense_is_left_out(reader: Client, day: str) -> None:
    assert reader.get("/briefings/", {"day": day}).status_code == 200


@pytest.mark.parametrize(
    "day",
    [
        "2026-02-30",
        "2026-13-01",
        "0000-00-00",
        "0001-01-01",
        "9999-12-31",
        "2100-01-01",
        "２０２６-11-19",
    ],
)
@pytest.mark.parametrize("page", ["", "word/", "pdf/"])
def test_a_day_that_does_not_exist_is_not_found(reader: Client, day: str, page: str) -> None:
    assert reader.get(f"/briefings/{day}/{page}").status_code == 404


@pytest.mark.parametrize("day", ["2000-01-01", "2099-12-31"])
def test_the_first_and_the_last_day_have_a_page(reader: Client, day: str) -> None:
    assert reader.get(f"/briefings/{day}/").status_code == 200


def test_the_word_file_is_sent_under_the_name_of_its_day(reader: Client) -> None:
    answer = reader.get("/briefings/2026-11-19/word/")

    assert answer["Content-Disposition"] == 'attachment; filename="briefing-2026-11-19.docx"'
    document = Document(io.BytesIO(answer.content))
    addresses = {r.target_ref for r in document.part.rels.values() if r.is_external}
    assert "http://testserver/cases/?opened_on=2026-11-19" in addresses


@pytest.mark.usefixtures("zone")
def test_clerks_read_it_and_units_do_not(client: Client) -> None:
    client.force_login(clerk())
    by_clerk = client.get("/briefings/2026-11-19/").status_code
    client.force_login(handler())

    assert (by_clerk, client.get("/briefings/2026-11-19/").status_code) == (200, 403)


@pytest.fixture
def both(thursday: object) -> tuple[User, User]:  # noqa: ARG001  # the cases are there first
    return clerk(), leader()


def key() -> dict[str, str]:
    return {"idempotency_key": uuid4().hex}


def test_a_leader_signs_on_the_way_from_home_in_two_taps(
    client: Client, both: tuple[User, User]
) -> None:
    today = clock.today()
    issue = handed_up(Issue.objects.create(**plain_issue(today)), both[0])
    client.force_login(both[1])

    home = client.get("/", follow=True)
    step = f"/briefings/issues/{issue.pk}/sign/"
    page = client.get(f"/briefings/issues/{issue.pk}/")
    client.post(step, {"seen": issue.version, **key()})

    issue.refresh_from_db()
    assert (f"/briefings/issues/{issue.pk}/" in home.text, step in page.text) == (True, True)
    assert (issue.state, issue.signed_by) == (IssueState.SIGNED, both[1])


def plain_issue(day: date) -> dict[str, object]:
    """Return the fields of a draft for any day, worked or not."""
    plain = stored(services.compose(day, language="zh-hans", now=clock.now()))
    return {
        "day": day,
        "first_day": day,
        "content": plain,
        "composed": plain,
        "drafted_at": clock.now(),
    }


def test_words_that_came_too_late_stay_on_the_page(client: Client, both: tuple[User, User]) -> None:
    issue = drafted()
    client.force_login(both[0])
    words = {"seen": 1, "summary": "先写的一句。", **key()}
    client.post(f"/briefings/issues/{issue.pk}/save/", words)

    late = client.post(
        f"/briefings/issues/{issue.pk}/save/", {"seen": 1, "summary": "后写的一句。", **key()}
    )

    assert (late.status_code, "后写的一句。" in late.text) == (409, True)
    issue.refresh_from_db()
    assert (issue.content["summary"], issue.version) == ("先写的一句。", 2)


def test_the_page_of_an_issue_says_what_its_files_say(
    client: Client, both: tuple[User, User]
) -> None:
    issue = published(drafted(), *both)
    client.force_login(both[1])

    page = client.get(f"/briefings/issues/{issue.pk}/")
    word = client.get(f"/briefings/issues/{issue.pk}/word/")
    pdf = client.get(f"/briefings/issues/{issue.pk}/pdf/")

    told = [p.text for p in Document(io.BytesIO(word.content)).paragraphs]
    paper = page.context["paper"]
    assert [words for words in (paper.masthead, "第1期", *paper.lead) if words not in told] == []
    assert pdf.content[:5] == b"%PDF-"
    assert pdf["Content-Disposition"] == ('attachment; filename="briefing-2026-11-19-2026-1.pdf"')


def test_issues_are_listed_by_year(client: Client, both: tuple[User, User]) -> None:
    issue = published(drafted(), *both)
    client.force_login(both[1])

    this, other = client.get("/briefings/?year=2026"), client.get("/briefings/?year=2025")

    assert [row.pk for row in this.context["page"]] == [issue.pk]
    assert list(other.context["page"]) == []
    assert "第1期" in this.text


@pytest.mark.parametrize("issues", [1, 3])
def test_the_list_costs_the_same_for_one_issue_and_for_three(
    client: Client, both: tuple[User, User], issues: int
) -> None:
    for back in range(issues):
        drafted(THURSDAY_10.date() - timedelta(days=back), FIVE)
    client.force_login(both[0])

    assert queries_of(client, "/briefings/") == costs()["briefings:list"]


def test_the_pages_of_a_day_and_of_an_issue_cost_what_is_written_down(
    client: Client, both: tuple[User, User]
) -> None:
    issue = published(drafted(), *both)
    client.force_login(both[1])

    assert queries_of(client, "/briefings/2026-11-19/") == costs()["briefings:day"]
    assert queries_of(client, f"/briefings/issues/{issue.pk}/") == costs()["briefings:issue"]


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)
