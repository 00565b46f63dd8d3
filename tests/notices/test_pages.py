"""The bell, the list, the page of choices, and the page of what goes out."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from shuniu.zone.desk.models import Case
from shuniu.zone.notices.models import Mailbox, Notice, Outgoing, Outlet
from tests.costs import costs
from tests.desk.browsing import HTMX, queries_of, signed_in, text_of
from tests.factories import THURSDAY_10, CaseFactory, administrator, clerk, handler, office
from tests.notices.people import KEY, robot, told, with_address

pytestmark = pytest.mark.usefixtures("zone")
KEYED = {"idempotency_key": "page-0001"}
LIST = "/notices/"


def given_case() -> Case:
    case: Case = CaseFactory.create(lead_unit=office(), state="DISPATCHED")
    return case


def test_the_bell_counts_what_is_unread_on_every_page() -> None:
    worker = handler()
    client = signed_in(worker)
    assert "没有未读通知" in client.get("/account/").text

    for n in range(3):
        told(worker, given_case(), f"{n}")

    assert "3 条未读通知" in text_of(client.get("/account/"))
    part = client.get("/notices/bell/", headers=HTMX)
    assert part.text.count("<a") == 1
    assert "<html" not in part.text


@pytest.mark.parametrize("notices", [1, 3])
def test_the_list_costs_the_same_for_one_notice_and_for_three(notices: int) -> None:
    worker = handler()
    for n in range(notices):
        told(worker, given_case(), f"{n}")

    assert queries_of(signed_in(worker), LIST) == costs()["notices:list"]


def test_the_bell_alone_is_cheap(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = signed_in(handler())
    client.get("/notices/bell/")

    with django_assert_num_queries(costs()["notices:bell"]):
        client.get("/notices/bell/")


def test_opening_a_notice_marks_it_as_read_and_leads_to_its_case() -> None:
    worker, case = handler(), given_case()
    told(worker, case)
    notice = Notice.objects.get()

    answer = signed_in(worker).post(f"/notices/{notice.pk}/open/")

    assert (answer.status_code, answer["Location"]) == (302, f"/cases/{case.pk}/")
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_somebody_elses_notice_is_not_there() -> None:
    told(handler(), given_case())
    notice = Notice.objects.get()

    assert signed_in(handler()).post(f"/notices/{notice.pk}/open/").status_code == 404

    notice.refresh_from_db()
    assert notice.read_at is None


def test_a_notice_of_what_one_may_no_longer_see_says_nothing_and_leads_nowhere() -> None:
    worker, case = handler(), given_case()
    told(worker, case)
    Case.objects.update(lead_unit=office("planning_bureau"))
    client = signed_in(worker)

    page = client.get(LIST).text
    answer = client.post(f"/notices/{Notice.objects.get().pk}/open/")

    assert case.number not in page
    assert "该通知涉及的事项您已无权查看" in page
    assert answer["Location"] == LIST


def test_all_are_marked_as_read_and_that_can_be_undone() -> None:
    worker = handler()
    for n in range(3):
        told(worker, given_case(), f"{n}")
    client = signed_in(worker)
    first, _second, newest = Notice.objects.order_by("pk")
    client.post(f"/notices/{first.pk}/open/")
    early = Notice.objects.get(pk=first.pk).read_at

    answer = client.post("/notices/read/", {"up_to": newest.pk})
    page = client.get(answer["Location"])
    assert Notice.objects.filter(read_at=None).count() == 0
    [read_at] = re.findall(r'name="read_at"\s+value="([^"]+)"', page.text)
    client.post("/notices/unread/", {"read_at": read_at})

    assert Notice.objects.filter(read_at=None).count() == 2
    assert Notice.objects.get(pk=first.pk).read_at == early


def test_what_came_after_the_page_was_drawn_stays_unread() -> None:
    worker = handler()
    told(worker, given_case(), "a")
    seen = Notice.objects.get().pk
    told(worker, given_case(), "b")

    signed_in(worker).post("/notices/read/", {"up_to": seen})

    assert [one.occasion[0] for one in Notice.objects.filter(read_at=None)] == ["b"]


def test_unread_ones_stand_first_and_can_stand_alone() -> None:
    worker = handler()
    old, new = given_case(), given_case()
    told(worker, old, "a")
    told(worker, new, "b")
    Notice.objects.filter(key=new.pk).update(read_at=THURSDAY_10)
    client = signed_in(worker)

    page = text_of(client.get(LIST))
    unread = text_of(client.get(f"{LIST}?which=unread"))

    assert page.index(old.number) < page.index(new.number)
    assert (old.number in unread, new.number in unread) == (True, False)
    assert "通知已全部读完" in client.get(f"{LIST}?which=unread&kind=desk.red").text


@pytest.mark.parametrize("given", ["?kind=%00", "?page=zz", "?undo=2026", "?which=%27"])
def test_an_address_that_makes_no_sense_shows_the_list(given: str) -> None:
    assert signed_in(handler()).get(LIST + given).status_code == 200


def test_a_person_chooses_what_is_sent_and_whether_at_night() -> None:
    worker = with_address(handler())

    signed_in(worker).post("/account/notices/", {"wanted": ["desk.dispatched"], **KEYED})

    box = Mailbox.objects.get()
    assert ("desk.dispatched" in box.unwanted, "desk.red" in box.unwanted) == (False, True)
    assert box.is_quiet_at_night is False
    assert box.address.endswith("@example.cn")


def test_an_address_is_given_and_confirmed_on_the_page(settings: Settings) -> None:
    settings.MAIL_IS_ON = True
    worker = handler()
    client = signed_in(worker)

    assert (
        client.post("/account/notices/address/", {"address": "me@example.cn", **KEYED}).status_code
        == 302
    )
    wrong = client.post("/account/notices/code/", {"code": "000 000"})
    assert Mailbox.objects.get().guesses == 1

    assert wrong.status_code == 422
    assert "验证码不正确" in wrong.text
    assert Outgoing.objects.get().values == {}


def test_the_administrator_sees_what_did_not_arrive_and_why_and_decides() -> None:
    way = robot()
    told(None, given_case(), "a", has_group=True)
    told(None, given_case(), "b", has_group=True)
    Outgoing.objects.update(state="DEAD", trouble="REFUSED")
    first, second = Outgoing.objects.order_by("occasion")
    client = signed_in(administrator())

    page = client.get(f"/outbox/?way={way.pk}")
    client.post(f"/outbox/messages/{first.pk}/again/", KEYED)
    client.post("/outbox/messages/drop/", {"idempotency_key": "page-0002"})

    assert "服务器拒收该消息" in text_of(page)
    assert KEY not in page.text
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("WAITING", "DROPPED")


def test_the_page_of_a_test_draws_itself_again_until_there_is_a_result() -> None:
    way = robot()
    client = signed_in(administrator())
    client.post(f"/outbox/ways/{way.pk}/test/", KEYED)

    assert 'hx-trigger="every 2s"' in client.get("/outbox/").text
    Outgoing.objects.update(state="SENT", sent_at=THURSDAY_10)
    assert 'hx-trigger="every 2s"' not in client.get("/outbox/").text


def test_a_robot_is_taken_in_by_its_address_that_is_never_shown(settings: Settings) -> None:
    client = signed_in(administrator())
    address = f"{settings.WECOM_ADDRESS}/cgi-bin/webhook/send?key={KEY}"
    form = {"name": "一个群", "form": "MARKDOWN", "address": address, **KEYED}

    assert client.post("/outbox/robots/new/", form).status_code == 302
    wrong = client.post(
        "/outbox/robots/new/",
        {**form, "address": "https://evil.example", "idempotency_key": "page-0003"},
    )

    assert (Outlet.objects.count(), wrong.status_code) == (1, 422)
    assert "这不是群机器人地址" in wrong.text
    assert KEY not in client.get("/outbox/").text


def test_nobody_else_opens_what_goes_out() -> None:
    assert signed_in(clerk()).get(reverse("notices:outbox")).status_code == 403
