"""The briefing in the browser."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from docx import Document

from shuniu.zone.kernel import clock
from tests.clients import Client
from tests.factories import clerk, handler, leader


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
