"""The monthly lot among withdrawn cases: who is drawn, who asks, and who reads the answer."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from shuniu.zone.accounts.models import User
from shuniu.zone.desk import jobs, queries, services
from shuniu.zone.desk.choices import CaseState, Pressed, Sensitivity
from shuniu.zone.desk.models import Case, WithdrawalCheck, WithdrawalDraw
from shuniu.zone.desk.queries import CaseFilter
from shuniu.zone.desk.services.withdrawals import drawn_from
from shuniu.zone.kernel.clock import ZONE
from shuniu.zone.kernel.ledger import head
from shuniu.zone.kernel.models import Fact
from shuniu.zone.registry.queries import standing_of
from tests.costs import costs
from tests.desk.browsing import page_url, queries_of, signed_in
from tests.desk.people import People, case_in, last_fact, last_note, opened, refused, signed
from tests.factories import THURSDAY_10, columns

NOVEMBER = date(2026, 11, 1)
IN_DECEMBER = datetime(2026, 12, 1, 9, tzinfo=ZONE)
WORDS = "经理说有人打电话要求撤回"


def withdrawn(people: People, at: datetime = THURSDAY_10) -> Case:
    """Return a case that the unit had in hand and that the enterprise then withdrew."""
    case = signed(people)
    return services.withdraw_case(case_id=case.pk, text="不用了", actor=people.member, now=at)


def many_withdrawn(people: People, count: int) -> list[Case]:
    """Return cases withdrawn in November, without a history."""
    return [case_in(CaseState.WITHDRAWN, people) for _ in range(count)]


def draw(month: date = NOVEMBER, seed: str = "seed") -> int:
    return services.draw_withdrawals(month=month, seed=seed, actor=None, now=IN_DECEMBER)


def ask(case: Case, by: User, pressed: Pressed = Pressed.YES) -> Case:
    return services.check_withdrawal(
        case_id=case.pk, pressed=pressed, text=WORDS, actor=by, now=IN_DECEMBER
    )


@pytest.mark.parametrize(("among", "drawn"), [(0, 0), (1, 1), (20, 1), (21, 2), (41, 3)])
def test_five_of_a_hundred_are_drawn_and_at_least_one(
    people: People, among: int, drawn: int
) -> None:
    many_withdrawn(people, among)

    assert draw() == drawn
    assert WithdrawalCheck.objects.count() == drawn
    assert WithdrawalDraw.objects.values_list("month", "seed", "among").get() == (
        NOVEMBER,
        "seed",
        among,
    )


def test_the_seed_in_the_fact_gives_the_same_cases_again(people: People) -> None:
    cases = many_withdrawn(people, 45)

    draw(seed="abc")

    told = Fact.objects.get(kind="desk.withdrawals.drawn").data
    again = drawn_from(cases[::-1], 0.05, told["seed"])
    assert [case.pk for case in again] == told["case_ids"]
    assert set(Case.objects.filter(sampled_at=IN_DECEMBER)) == set(again)
    assert (told["month"], told["seed"], told["among"]) == ("2026-11-01", "abc", 45)


def test_a_month_is_drawn_from_once(people: People) -> None:
    many_withdrawn(people, 3)

    assert (draw(seed="one"), draw(seed="two")) == (1, 0)
    assert WithdrawalDraw.objects.get().seed == "one"


def test_only_what_was_withdrawn_in_the_month_and_is_not_restricted_is_drawn(
    people: People,
) -> None:
    at = datetime(2026, 10, 31, 23, 59, tzinfo=ZONE)
    case_in(CaseState.WITHDRAWN, people, withdrawn_at=at)
    case_in(CaseState.WITHDRAWN, people, withdrawn_at=IN_DECEMBER)
    case_in(CaseState.WITHDRAWN, people, sensitivity=Sensitivity.RESTRICTED)
    case_in(CaseState.CLOSED, people)

    assert draw() == 0


def test_a_month_that_is_not_over_is_not_drawn_from(people: People) -> None:
    case = case_in(CaseState.WITHDRAWN, people)

    with refused(services.MonthNotOver, case):
        draw(month=date(2026, 12, 1))


def test_the_schedule_draws_the_last_month_by_the_seal_of_the_last_fact(people: People) -> None:
    case = withdrawn(people)
    last = head()
    assert last is not None

    jobs.draw_withdrawals(IN_DECEMBER)
    jobs.draw_withdrawals(IN_DECEMBER + timedelta(days=1))

    assert WithdrawalDraw.objects.values_list("month", "seed").get() == (NOVEMBER, last[1])
    assert columns(case, ["sampled_at", "state"]) == {
        "sampled_at": IN_DECEMBER,
        "state": CaseState.WITHDRAWN,
    }
    assert services.differences(now=IN_DECEMBER) == []


def test_a_supervisor_asks_once_and_the_answer_is_kept(people: People) -> None:
    case = withdrawn(people)
    draw()

    ask(case, people.supervisor)

    note_id, note = last_note(case)
    assert note == ("WHY_WITHDREW", WORDS, people.supervisor.pk, IN_DECEMBER)
    assert last_fact(case) == (
        "desk.case.withdrawal_checked",
        people.supervisor.pk,
        IN_DECEMBER,
        {"case_id": case.pk, "pressed": "yes", "note_id": note_id},
    )
    check = WithdrawalCheck.objects.get()
    assert (check.pressed, check.words_id, check.asked_by, check.asked_at) == (
        "yes",
        note_id,
        people.supervisor,
        IN_DECEMBER,
    )
    assert columns(case, ["sampled_at"]) == {"sampled_at": None}
    assert services.differences(now=IN_DECEMBER) == []
    case.refresh_from_db()
    with refused(services.NotYourCase, case, case=case.number):
        ask(case, people.supervisor)


def test_nobody_else_asks_and_nobody_about_a_case_that_was_not_drawn(people: People) -> None:
    case = withdrawn(people)
    draw()

    for somebody in (people.clerk, people.handler, people.leader, people.member):
        with refused(services.NotYourCase, case, case=case.number):
            ask(case, somebody)
    other = withdrawn(people)
    with refused(services.NotYourCase, other, case=other.number):
        ask(other, people.supervisor)


def test_an_open_case_cannot_be_asked_about(people: People) -> None:
    case = opened(people)
    Case.objects.filter(pk=case.pk).update(sampled_at=THURSDAY_10)

    with refused(
        services.NotPossibleNow, case, case=case.number, state="已提交", who=people.member.name
    ):
        ask(case, people.supervisor)


def test_the_figures_are_those_of_their_lists(people: People) -> None:
    first, second = many_withdrawn(people, 2)
    draw()
    case = first if WithdrawalCheck.objects.get().case_id == first.pk else second
    earlier = datetime(2026, 10, 9, 9, tzinfo=ZONE)
    pressed = case_in(CaseState.WITHDRAWN, people, withdrawn_at=earlier)
    draw(month=date(2026, 10, 1))
    ask(pressed, people.supervisor)
    who = standing_of(people.supervisor)

    found = queries.withdrawal_figures(who)

    assert (found.waiting, found.asked, found.pressed, found.all) == (1, 1, 1, 2)
    for kind in ("waiting", "asked", "pressed", "all"):
        assert queries.listed_withdrawals(who, kind).count() == getattr(found, kind)
    assert list(queries.filtered_cases(who, CaseFilter(turn="sampled"))) == [case]
    assert queries.waiting_figures(who)["sampled"][0] == 1


def test_the_unit_and_the_enterprise_read_nothing_of_it(people: People) -> None:
    case = withdrawn(people)
    draw()
    ask(case, people.supervisor)
    services.index_cases(case_ids=[case.pk])

    for reader in (people.handler, people.member, people.clerk):
        client = signed_in(reader)
        page = client.get(page_url(case))
        assert (WORDS in page.text, "抽中" in page.text, "要求撤回" in page.text) == (
            False,
            False,
            False,
        )
        assert client.get(reverse("desk:withdrawal-list")).status_code == 403
    assert queries.count_of(standing_of(people.handler), CaseFilter(words="有人打电话")) == 0


def test_the_list_shows_the_draw_whom_to_ask_and_what_was_found(people: People) -> None:
    case = withdrawn(people)
    draw(seed="0123456789abcdef")
    client = signed_in(people.supervisor)
    url = reverse("desk:withdrawal-list")

    before = client.get(url)
    assert (case.number in before.text, "0123456789ab…" in before.text) == (True, True)
    ask(case, people.supervisor)
    after = signed_in(people.leader).get(f"{url}?which=pressed")

    assert (case.number in after.text, WORDS in after.text) == (True, True)
    assert case.number not in client.get(url).text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(people: People, rows: int) -> None:
    for month in range(rows):
        at = datetime(2026, 11 - month, 9, 9, tzinfo=ZONE)
        case_in(CaseState.WITHDRAWN, people, withdrawn_at=at)
        draw(month=at.date().replace(day=1))
    client = signed_in(people.supervisor)

    url = reverse("desk:withdrawal-list")

    assert queries_of(client, url) == costs()["desk:withdrawal-list"]
