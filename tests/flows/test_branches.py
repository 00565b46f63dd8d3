"""The ways of a need that cannot be answered at once, through the pages of all who take part."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from django.urls import reverse

from shuniu.zone.desk.choices import CaseState
from shuniu.zone.desk.models import Case
from shuniu.zone.kernel.clock import ZONE
from shuniu.zone.kernel.services import deliver_due
from tests.desk.people import People, people_of_the_desk
from tests.factories import EnterpriseFactory, columns, member_of, office
from tests.flows.test_main_line import (
    Watch,
    given_out,
    kinds,
    my_turn,
    page,
    send,
    sent_by,
    take,
)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    watch = Watch()
    monkeypatch.setattr("shuniu.zone.kernel.clock.now", watch)
    return watch


@pytest.fixture
def people(zone: object) -> People:  # noqa: ARG001  # the offices come with the zone
    return people_of_the_desk()


def seen(text: str) -> str:
    """Return the words of a page without its tags, one blank between them."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def in_hand(people: People, watch: Watch) -> Case:
    """Return a case of Thursday at nine that the handler has signed for at ten."""
    case = sent_by(people)
    given_out(people, case)
    watch.shows("19 10:00")
    take(people.handler, case, "sign")
    return case


def test_two_enterprises_with_the_same_need_get_one_answer_and_confirm_it_each(
    people: People, watch: Watch
) -> None:
    leading = in_hand(people, watch)
    firm = EnterpriseFactory.create()
    neighbor = member_of(firm)
    watch.shows("19 10:30")
    send(neighbor, reverse("desk:need"), enterprise=firm.pk, text=leading.text)
    other = Case.objects.get(enterprise=firm)

    offered = seen(page(people.clerk, reverse("desk:case-page", args=[other.pk])))
    beside = reverse("desk:beside", args=[other.pk, leading.pk])
    both = seen(page(people.clerk, beside))

    assert "内容基本相同" in offered
    assert f"以 {leading.number} 为主案，{other.number} 并入" in both
    merge = reverse("desk:case-step", args=[other.pk, "merge"])
    assert f'action="{merge}"' in page(people.clerk, beside)
    send(people.clerk, merge, into=leading.pk, text="同一处路灯")
    assert "其他企业也反映了同一问题" in seen(
        page(neighbor, reverse("desk:case-page", args=[other.pk]))
    )

    watch.shows("19 15:00")
    take(people.handler, leading, "reply", text="路灯已经全部修好。")

    mine = seen(page(neighbor, reverse("desk:case-page", args=[other.pk])))
    assert "路灯已经全部修好。" in mine
    assert "同一处路灯" not in mine
    take(neighbor, other, "refuse", text="我们门口的还没有亮")
    assert columns(other, ["state", "parent_id"]) == {"state": "REOPENED", "parent_id": None}
    assert columns(leading, ["state"]) == {"state": "REPLIED"}


def test_a_question_pauses_the_clocks_and_the_answer_leads_on_to_the_end(
    people: People, watch: Watch
) -> None:
    case = in_hand(people, watch)
    url = reverse("desk:case-page", args=[case.pk])
    due_before = columns(case, ["done_due_at"])["done_due_at"]

    # The unit asks; the enterprise finds the question on its page, and it is its turn.
    take(people.handler, case, "ask", text="是门口的哪几盏灯?")
    assert (my_turn(people.handler), my_turn(people.member)) == ([], [case.number])
    assert "是门口的哪几盏灯?" in page(people.member, url)

    # It answers a working day later; the deadline moved by that day, and both see how long it was.
    watch.shows("20 10:00")
    take(people.member, case, "answer", text="东门三盏")
    assert (my_turn(people.handler), my_turn(people.member)) == ([case.number], [])
    due_after = columns(case, ["done_due_at"])["done_due_at"]
    assert (due_before.isoformat(), due_after.isoformat()) == (
        "2026-11-27T09:30:00+00:00",
        "2026-11-30T09:30:00+00:00",
    )
    for reader in (people.handler, people.member):
        assert "1 个工作日" in seen(page(reader, url))

    take(people.handler, case, "reply", text="三盏都换好了")
    take(people.member, case, "confirm", solved="yes", rating="5")
    assert kinds(case)[-4:] == ["asked", "answered", "replied", "closed"]


def test_more_time_is_asked_for_once_and_decided_by_a_supervisor(
    people: People, watch: Watch
) -> None:
    case = in_hand(people, watch)
    url = reverse("desk:case-page", args=[case.pk])

    take(people.handler, case, "ask-extension", text="灯杆要等厂家发货", until="2026-12-03")
    assert my_turn(people.supervisor) == [case.number]
    assert "灯杆要等厂家发货" in page(people.supervisor, url)
    assert "灯杆要等厂家发货" not in page(people.member, url)
    take(people.supervisor, case, "grant-extension")

    assert my_turn(people.supervisor) == []
    assert columns(case, ["state", "done_due_at"]) == {
        "state": CaseState.SIGNED,
        "done_due_at": datetime(2026, 12, 3, 17, 30, tzinfo=ZONE),
    }
    # The enterprise reads the new date.
    assert "2026-12-03" in page(people.member, url)


def test_what_cannot_be_done_now_is_suspended_reviewed_and_taken_up_again(
    people: People, watch: Watch
) -> None:
    case = in_hand(people, watch)

    take(people.handler, case, "ask-suspension", text="道路明年改建", until="2026-12-08")
    take(people.supervisor, case, "suspend", text="同意,每月报告")
    assert my_turn(people.handler) == []
    assert columns(case, ["state", "review_on", "light"]) == {
        "state": CaseState.SUSPENDED,
        "review_on": date(2026, 12, 8),
        "light": "green",
    }

    # On the day of review it is the unit's turn; it reports, and goes on when it can.
    watch.shows("30 09:00")
    take(people.handler, case, "review", text="设计已完成", until="2026-12-15")
    take(people.handler, case, "resume", text="提前开工")
    take(people.handler, case, "reply", text="已随道路改建完成")
    take(people.member, case, "confirm", solved="yes", rating="4")
    assert kinds(case)[-6:] == [
        "suspension_asked",
        "suspended",
        "reviewed",
        "resumed",
        "replied",
        "closed",
    ]


def test_what_is_not_accepted_says_where_to_go_and_an_objection_goes_one_level_up(
    people: People, watch: Watch
) -> None:
    case = sent_by(people)
    url = reverse("desk:case-page", args=[case.pk])

    # The center does not take it on; the enterprise reads why and where to go.
    watch.shows("19 10:00")
    take(people.clerk, case, "reject", text="属省道路灯", instead="区交通运输局,0513-8221")
    read = page(people.member, url)
    assert ("属省道路灯" in read, "区交通运输局,0513-8221" in read) == (True, True)
    assert my_turn(people.clerk) == []

    # It objects; a supervisor accepts it, and the days until the objection do not count.
    watch.shows("20 10:00")
    take(people.member, case, "object", text="灯在园区路上")
    assert (my_turn(people.clerk), my_turn(people.supervisor)) == ([], [case.number])
    take(
        people.supervisor,
        case,
        "accept",
        category="municipal",
        subcategory="lighting",
        urgency="normal",
    )
    take(people.clerk, case, "dispatch", unit=office("planning_bureau").pk)
    due_at = columns(case, ["done_due_at"])["done_due_at"]
    assert due_at == datetime(2026, 11, 30, 17, 30, tzinfo=ZONE)
    take(people.handler, case, "sign")
    take(people.handler, case, "reply", text="已修好")
    take(people.member, case, "confirm", solved="yes", rating="4")
    assert kinds(case)[:5] == ["opened", "rejected", "objected", "accepted", "dispatched"]


def test_a_rejection_stands_when_the_supervisor_does_not_accept_it_either(
    people: People, watch: Watch
) -> None:
    case = sent_by(people)
    watch.shows("19 10:00")
    take(people.clerk, case, "reject", text="属省道路灯", instead="区交通运输局")
    take(people.member, case, "object", text="灯在园区路上")
    take(people.supervisor, case, "reject", text="已核实在省道上", instead="区交通运输局")

    read = page(people.member, reverse("desk:case-page", args=[case.pk]))

    assert "已核实在省道上" in read
    assert reverse("desk:case-step", args=[case.pk, "object"]) not in read


def test_a_case_goes_up_to_the_district_and_comes_back(people: People, watch: Watch) -> None:
    case = in_hand(people, watch)
    url = reverse("desk:case-page", args=[case.pk])
    due_before = columns(case, ["done_due_at"])["done_due_at"]

    take(
        people.supervisor,
        case,
        "escalate",
        body="区交通运输局",
        number="区转 2026-118",
        text="灯杆在省道红线内",
    )
    assert (my_turn(people.handler), my_turn(people.clerk)) == ([], [])
    for reader in (people.member, people.clerk):
        read = page(reader, url)
        assert ("区交通运输局" in read, "区转 2026-118" in read) == (True, True)

    # It comes back with what was said there; the clock went on all the time.
    watch.shows("23 10:00")
    take(people.supervisor, case, "take-back", text="区里同意由园区更换")
    assert my_turn(people.clerk) == [case.number]
    take(people.clerk, case, "dispatch", unit=office("planning_bureau").pk)
    take(people.handler, case, "sign")
    take(people.handler, case, "reply", text="已更换")
    assert columns(case, ["done_due_at"])["done_due_at"] == due_before
    assert kinds(case)[-5:] == ["escalated", "taken_back", "dispatched", "signed", "replied"]


def test_a_need_from_the_hotline_keeps_the_number_that_it_has_there(
    people: People, watch: Watch
) -> None:
    send(
        people.clerk,
        reverse("desk:need-for-enterprise"),
        enterprise=people.enterprise.name,
        channel="hotline_12345",
        outside_number="12345-20261119-0042",
        text="门口路灯不亮",
    )
    deliver_due(now=watch.now)
    case = Case.objects.get()

    assert "12345-20261119-0042" in page(people.clerk, reverse("desk:case-page", args=[case.pk]))
    found = page(people.clerk, f"{reverse('desk:case-list')}?turn=all&words=20261119-0042")
    assert case.number in found
