"""Where each person begins, and the pages of those who look after the system."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import User
from shuniu.zone.desk.facts import CaseOpened
from shuniu.zone.kernel.models import Delivery, Fact, Tick
from shuniu.zone.kernel.services import record_facts
from shuniu.zone.portal import services
from shuniu.zone.portal.queries import background
from tests.clients import Client
from tests.factories import (
    THURSDAY_10,
    EnterpriseFactory,
    UserFactory,
    administrator,
    clerk,
    columns,
    handler,
    leader,
    member_of,
    person,
    supervisor,
)

pytestmark = pytest.mark.usefixtures("zone")
KEY = {"idempotency_key": "0123456789"}
People = dict[str, Callable[[], User]]
PEOPLE: People = {
    "member": lambda: member_of(EnterpriseFactory.create()),
    "clerk": clerk,
    "handler": handler,
    "supervisor": supervisor,
    "leader": leader,
    "administrator": administrator,
    "leader of an enterprise": lambda: person(
        Role.LEADER, Role.ENTERPRISE_USER, enterprise=EnterpriseFactory.create()
    ),
}


def delivery(state: str = "DEAD") -> Delivery:
    opened = CaseOpened(case_id=1, enterprise_id=1, channel="", urgency="", profile_id=1)
    [fact] = record_facts([(opened, None, THURSDAY_10)], deliver=False)
    return Delivery.objects.create(
        fact=fact,
        reaction="desk.jobs.read_case",
        state=state,
        attempts=8,
        next_try_at=THURSDAY_10,
        last_error="ConnectionError",
    )


@pytest.mark.parametrize(
    ("who", "page"),
    [
        ("member", "/needs/"),
        ("clerk", "/cases/"),
        ("handler", "/cases/"),
        ("supervisor", "/cases/"),
        ("leader", "/day/"),
        ("administrator", "/system/"),
        ("leader of an enterprise", "/needs/"),
    ],
)
def test_home_leads_each_person_to_the_page_of_their_work(
    client: Client, who: str, page: str
) -> None:
    client.force_login(PEOPLE[who]())

    answer = client.get("/")

    assert (answer.status_code, answer["Location"]) == (302, page)
    assert client.get("/", follow=True).status_code == 200


@pytest.mark.parametrize("roles", [(), (Role.ENTERPRISE_USER,)])
def test_somebody_who_has_nothing_yet_is_told_so(client: Client, roles: tuple[Role, ...]) -> None:
    client.force_login(person(*roles))

    page = client.get("/")

    assert page.status_code == 200
    assert [template.name for template in page.templates][:1] == ["portal/nothing_yet.html"]


def test_the_page_of_the_background_shows_what_was_given_up_and_what_ran(client: Client) -> None:
    delivery()
    Tick.objects.create(name="desk.change_lights", started_for=THURSDAY_10)
    client.force_login(administrator())

    page = client.get("/system/").text

    assert "desk.jobs.read_case" in page
    assert "ConnectionError" in page
    assert "desk.change_lights" in page


def test_the_background_is_counted() -> None:
    Delivery.objects.all().delete()
    delivery("WAITING")
    delivery("DONE")
    given_up = delivery("DEAD")

    found = background(THURSDAY_10)

    assert (found.waiting, found.done, found.dead) == (1, 1, (given_up,))
    assert found.oldest_due_at == THURSDAY_10
    assert found.ticks == ()


def test_what_was_given_up_is_sent_again_and_told(client: Client) -> None:
    row, actor = delivery(), administrator()
    client.force_login(actor)

    answer = client.post(f"/system/deliveries/{row.pk}/again/", KEY)

    assert (answer.status_code, answer["Location"]) == (302, "/system/")
    assert columns(row, ["state", "attempts"]) == {"state": "WAITING", "attempts": 0}
    fact = Fact.objects.get(kind="portal.delivery.sent_again")
    assert (fact.actor, fact.data) == (actor, {"delivery_id": row.pk})


@pytest.mark.parametrize("state", ["WAITING", "DONE"])
def test_what_was_not_given_up_is_left_alone(state: str) -> None:
    row = delivery(state)

    with pytest.raises(services.NotGivenUp):
        services.send_again(delivery_id=row.pk, actor=administrator(), now=THURSDAY_10)

    assert columns(row, ["state", "attempts"]) == {"state": state, "attempts": 8}
    assert not Fact.objects.filter(kind="portal.delivery.sent_again").exists()


@pytest.mark.parametrize("who", ["member", "clerk", "handler", "supervisor", "leader"])
def test_nobody_else_sends_work_again(who: str) -> None:
    row = delivery()

    with pytest.raises(services.NotForYou):
        services.send_again(delivery_id=row.pk, actor=PEOPLE[who](), now=THURSDAY_10)

    assert columns(row, ["state"]) == {"state": "DEAD"}


def test_every_part_can_be_looked_at_by_staff_in_both_languages(client: Client) -> None:
    client.force_login(clerk())
    in_chinese = client.get("/styles/")
    client.cookies["language"] = "en"

    in_english = client.get("/styles/")

    assert (in_chinese.status_code, in_english.status_code) == (200, 200)
    assert 'lang="zh-hans"' in in_chinese.text
    assert 'lang="en"' in in_english.text


@pytest.mark.parametrize("who", [UserFactory.create, PEOPLE["member"]])
def test_the_page_of_parts_is_not_for_everybody(client: Client, who: Callable[[], User]) -> None:
    client.force_login(who())

    assert client.get("/styles/").status_code == 403
