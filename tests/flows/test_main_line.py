"""The whole way of a need through the pages, from the first sentence to the day's figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import Any

import pytest
from django.urls import reverse

from shuniu.zone.accounts.models import User
from shuniu.zone.desk.choices import CaseState
from shuniu.zone.desk.models import Case
from shuniu.zone.desk.queries import day_summary
from shuniu.zone.kernel.clock import ZONE
from shuniu.zone.kernel.models import Fact
from shuniu.zone.kernel.services import deliver_due
from tests.clients import Client
from tests.desk.people import TEXT, People, people_of_the_desk
from tests.factories import columns, office

THURSDAY = date(2026, 11, 19)
keys = count(1)


@dataclass
class Watch:
    """The time of day of the flow."""

    now: datetime = datetime(2026, 11, 19, 9, tzinfo=ZONE)

    def __call__(self) -> datetime:
        return self.now

    def shows(self, words: str) -> None:
        """Let it be this time, like ``19 10:30``, in November."""
        self.now = datetime.fromisoformat(f"2026-11-{words}").replace(tzinfo=ZONE)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    watch = Watch()
    monkeypatch.setattr("shuniu.zone.kernel.clock.now", watch)
    return watch


@pytest.fixture
def people(zone: object) -> People:  # noqa: ARG001  # the offices come with the zone
    return people_of_the_desk()


def send(user: User, url: str, **fields: Any) -> str:
    """Fill in a form as this person, and return the address that the answer leads to."""
    client = Client()
    client.force_login(user)
    answer = client.post(url, {**fields, "idempotency_key": f"flow-{next(keys):04d}"})
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def take(user: User, case: Case, step: str, **fields: Any) -> None:
    """Take a step that the person's page offers."""
    url = reverse("desk:case-step", args=[case.pk, step])
    assert f'action="{url}"' in page(user, reverse("desk:case-page", args=[case.pk]))
    send(user, url, **fields)


def page(user: User, url: str) -> str:
    client = Client()
    client.force_login(user)
    answer: Any = client.get(url)
    assert answer.status_code == 200
    text: str = answer.text
    return text


def my_turn(user: User) -> list[str]:
    """Return the numbers of the cases that wait for this person."""
    text = page(user, f"{reverse('desk:case-list')}?turn=mine")
    return sorted(set(re.findall(r"QS-\d{8}-\d{4}", text)))


def sent_by(people: People) -> Case:
    """Let the enterprise send its need, and the worker read it."""
    where = send(people.member, reverse("desk:need"), text=TEXT, enterprise=people.enterprise.pk)
    case = Case.objects.get()
    assert where == reverse("desk:case-page", args=[case.pk])
    return case


def given_out(people: People, case: Case) -> None:
    """Let the clerk accept the case and give it to the planning bureau."""
    take(
        people.clerk,
        case,
        "accept",
        category="municipal",
        subcategory="lighting",
        urgency="normal",
    )
    take(people.clerk, case, "dispatch", unit=office("planning_bureau").pk)


def answered(people: People, case: Case, words: str) -> None:
    """Let the handler sign for the case and answer it."""
    take(people.handler, case, "sign")
    take(people.handler, case, "reply", text=words)


def figures() -> dict[str, int]:
    return {figure.name: figure.value for figure in day_summary(THURSDAY).figures}


def kinds(case: Case) -> list[str]:
    told = Fact.objects.filter(subject=f"desk.case:{case.pk}").order_by("pk")
    return [fact.kind.rsplit(".", 1)[-1] for fact in told]


def test_a_need_goes_from_the_first_sentence_to_the_days_briefing(
    people: People, watch: Watch
) -> None:
    # In the morning the enterprise writes; the worker reads it and notes its words for searches.
    case = sent_by(people)
    assert deliver_due(now=watch.now) == 2
    suggestion = columns(case, ["suggestion"])["suggestion"]
    assert (suggestion["category"], suggestion["unit_code"]) == ("municipal", "planning_bureau")
    assert 'class="reason"' in page(people.clerk, reverse("desk:case-page", args=[case.pk]))
    assert my_turn(people.clerk) == [case.number]

    # The center accepts it and gives it out; now it is the bureau's turn.
    watch.shows("19 09:20")
    given_out(people, case)
    assert (my_turn(people.clerk), my_turn(people.handler)) == ([], [case.number])

    # One of the bureau signs, calls, plans and answers.
    watch.shows("19 10:00")
    take(people.handler, case, "sign")
    assert my_turn(people.colleague) == []
    take(people.handler, case, "contact", text="已电话联系")
    take(people.handler, case, "plan", text="今天更换灯头", planned_on="2026-11-19")
    watch.shows("19 15:00")
    take(people.handler, case, "reply", text="三盏路灯都已修好。")
    assert (my_turn(people.handler), my_turn(people.member)) == ([], [case.number])

    # The enterprise reads the answer and confirms.
    assert "三盏路灯都已修好。" in page(people.member, reverse("desk:case-page", args=[case.pk]))
    watch.shows("19 16:00")
    take(people.member, case, "confirm", solved="yes", rating="5", text="谢谢")

    assert columns(case, ["state", "solved", "rating", "closed_at"]) == {
        "state": CaseState.CLOSED,
        "solved": "yes",
        "rating": 5,
        "closed_at": watch.now,
    }
    assert kinds(case) == [
        "opened",
        "read",
        "accepted",
        "dispatched",
        "signed",
        "contacted",
        "planned",
        "replied",
        "closed",
    ]
    assert figures() == {"opened": 1, "replied": 1, "closed": 1, "open": 0, "late": 0}
    briefing = page(people.leader, reverse("briefings:day", args=[THURSDAY]))
    for number in ("opened_on", "replied_on", "closed_on"):
        assert f"{number}=2026-11-19" in briefing
        rows = page(people.leader, f"{reverse('desk:case-list')}?{number}=2026-11-19")
        assert set(re.findall(r"QS-\d{8}-\d{4}", rows)) == {case.number}


def test_an_answer_that_does_not_satisfy_goes_one_level_up_and_round_again(
    people: People, watch: Watch
) -> None:
    # A first answer that the enterprise does not accept.
    case = sent_by(people)
    given_out(people, case)
    watch.shows("19 10:00")
    answered(people, case, "已安排。")
    watch.shows("19 11:00")
    take(people.member, case, "refuse", text="晚上还是黑的。")

    # Not the center but the supervisor gives it out again.
    assert (my_turn(people.clerk), my_turn(people.supervisor)) == ([], [case.number])
    assert figures() == {"opened": 1, "replied": 1, "closed": 0, "open": 1, "late": 0}
    watch.shows("19 11:30")
    take(people.supervisor, case, "dispatch", unit=office("planning_bureau").pk)
    assert my_turn(people.supervisor) == []

    # The second answer satisfies; the hour of waiting was taken out of the deadline.
    watch.shows("19 15:00")
    answered(people, case, "三盏路灯都已修好。")
    watch.shows("19 16:00")
    take(people.member, case, "confirm", solved="yes", rating="4")

    assert columns(case, ["state", "round", "rating", "waits", "done_due_at"]) == {
        "state": CaseState.CLOSED,
        "round": 2,
        "rating": 4,
        "waits": [["2026-11-19T02:00:00+00:00", "2026-11-19T03:00:00+00:00"]],
        # Seven working days from Thursday at nine end on the next Friday; one hour is added.
        "done_due_at": datetime(2026, 11, 30, 10, tzinfo=ZONE),
    }
    assert kinds(case) == [
        "opened",
        "accepted",
        "dispatched",
        "signed",
        "replied",
        "reopened",
        "dispatched",
        "signed",
        "replied",
        "closed",
    ]
    assert figures() == {"opened": 1, "replied": 1, "closed": 1, "open": 0, "late": 0}
