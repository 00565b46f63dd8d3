"""The day on one page: every number opens the rows that it counts."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.urls import reverse

from shuniu.zone.accounts.models import User
from shuniu.zone.portal.views.day import ISSUES
from tests.briefings.issues import drafted, handed_up
from tests.clients import Client
from tests.costs import costs
from tests.desk.browsing import queries_of
from tests.desk.people import People, people_of_the_desk, replied, signed
from tests.factories import THURSDAY_10


@pytest.fixture
def people(zone: object) -> People:  # noqa: ARG001  # the zone is there
    return people_of_the_desk()


@pytest.fixture(autouse=True)
def _on_thursday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shuniu.zone.kernel.clock.now", lambda: THURSDAY_10)


def test_every_figure_opens_a_list_of_as_many_cases(people: People) -> None:
    signed(people)
    replied(people)
    client = Client()
    client.force_login(people.leader)

    page = client.get(reverse("portal:day"))

    figures = page.context["figures"]
    assert [f["value"] for f in figures] == [2, 1, 0, 2, 0]
    for figure in figures:
        listed = client.get(figure["url"]).context["page"].paginator.count
        assert listed == figure["value"], figure


def test_a_leader_comes_home_to_the_day(people: People) -> None:
    client = Client()
    client.force_login(people.leader)

    assert client.get("/").headers["Location"] == reverse("portal:day")


def test_a_briefing_waits_for_whoever_takes_the_next_step(people: People) -> None:
    issue = drafted()
    assert _waiting(people.clerk) == ["DRAFT"]

    handed_up(issue, people.clerk)
    assert _waiting(people.leader) == ["EDITED"]


def _waiting(user: User) -> list[str]:
    client = Client()
    client.force_login(user)
    waiting = client.get(reverse("portal:day")).context["waiting"]
    return [state for line in waiting for state, words in ISSUES.items() if line["words"] == words]


@pytest.mark.parametrize("cases", [1, 3])
def test_the_day_costs_the_same_for_one_case_and_for_three(people: People, cases: int) -> None:
    for _turn in range(cases):
        signed(people)
    client = Client()
    client.force_login(people.leader)

    page = client.get(reverse("portal:day"))

    links = re.findall(r'href="(/cases/\d+/)"', unescape(page.text))
    assert len(links) == cases
    assert queries_of(client, reverse("portal:day")) == costs()["portal:day"]
