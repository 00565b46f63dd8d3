"""What a supervisor asks a unit in writing, and what the unit answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.urls import reverse

from shuniu.zone.desk import queries, services
from shuniu.zone.desk.choices import CaseState, NoteKind, Solved, Urgency
from shuniu.zone.desk.models import Case, Urging
from shuniu.zone.desk.queries import CaseFilter
from shuniu.zone.notices.models import Notice
from shuniu.zone.registry.queries import standing_of
from tests.costs import costs
from tests.desk.browsing import KEY, page_url, queries_of, signed_in, step_url
from tests.desk.people import (
    A_MINUTE,
    People,
    last_fact,
    last_note,
    opened,
    refused,
    restricted_case,
    signed,
)
from tests.factories import THURSDAY_10, columns, office

LATER = THURSDAY_10 + 5 * A_MINUTE
THURSDAY, FRIDAY = date(2026, 11, 19), date(2026, 11, 20)
WORDS = "超过时限仍未答复，请说明原因并报完成时间。"


@pytest.fixture(autouse=True)
def _on_thursday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shuniu.zone.kernel.clock.now", lambda: LATER)


def urge(case: Case, people: People, until: date = FRIDAY) -> Urging:
    services.urge_case(case_id=case.pk, text=WORDS, until=until, actor=people.supervisor, now=LATER)
    return Urging.objects.get(case=case, answered_at=None, ended_at=None)


def answer(case: Case, people: People, days: int = 0) -> Case:
    return services.answer_urging(
        case_id=case.pk,
        text="灯具明天到货",
        actor=people.handler,
        now=LATER + timedelta(days=days),
    )


def test_an_urging_is_numbered_and_its_words_stay_with_the_case(people: People) -> None:
    case = signed(people)

    urging = urge(case, people)

    assert (urging.number, urging.unit.code) == ("〔2026〕1号", "planning_bureau")
    note_id, note = last_note(case)
    assert note == (NoteKind.URGING, WORDS, people.supervisor.pk, LATER)
    assert last_fact(case) == (
        "desk.case.urged",
        people.supervisor.pk,
        LATER,
        {
            "case_id": case.pk,
            "urging_id": urging.pk,
            "unit": "planning_bureau",
            "until": "2026-11-20",
            "note_id": note_id,
        },
    )
    assert columns(case, ["state", "urged_until"]) == {
        "state": CaseState.SIGNED,
        "urged_until": FRIDAY,
    }


def test_an_urging_moves_no_clock(people: People) -> None:
    case = signed(people)
    clocks = ["updated_at", "turn_since", "done_due_at", "light", "next_light_at"]
    before = columns(case, clocks)

    urge(case, people)

    assert columns(case, clocks) == before


def test_the_numbers_go_on_within_the_year_and_begin_anew_with_it(people: People) -> None:
    first, second, third = signed(people), signed(people), signed(people)
    urge(first, people)
    urge(second, people)
    services.urge_case(
        case_id=third.pk,
        text=WORDS,
        until=date(2027, 1, 5),
        actor=people.supervisor,
        now=LATER + timedelta(days=44),
    )

    numbers = [row.number for row in Urging.objects.order_by("pk")]

    assert numbers == ["〔2026〕1号", "〔2026〕2号", "〔2027〕1号"]


def test_a_second_urging_waits_for_the_answer_of_the_first(people: People) -> None:
    case = signed(people)
    urging = urge(case, people)

    with refused(services.UrgedAlready, case, case=case.number, number=urging.number, until=FRIDAY):
        urge(case, people)
    answer(case, people)

    assert urge(case, people).number == "〔2026〕2号"


@pytest.mark.parametrize("until", [date(2026, 11, 18), date(2026, 12, 20)])
def test_the_day_of_the_answer_is_neither_past_nor_far(people: People, until: date) -> None:
    case = signed(people)

    with refused(services.AnswerDayNotPossible, case, first=THURSDAY, last=date(2026, 12, 19)):
        urge(case, people, until=until)


@pytest.mark.parametrize(("days", "in_time"), [(0, True), (1, True), (2, False)])
def test_an_answer_is_in_time_until_its_day_is_over(
    people: People, days: int, in_time: bool
) -> None:
    case = signed(people)
    urging = urge(case, people)

    answer(case, people, days=days)

    kind, actor, at, data = last_fact(case)
    assert (kind, actor, at, data["in_time"]) == (
        "desk.case.urging_answered",
        people.handler.pk,
        LATER + timedelta(days=days),
        in_time,
    )
    urging.refresh_from_db()
    assert urging.answer is not None
    assert (urging.answer.text, urging.answered_by) == ("灯具明天到货", people.handler)
    assert columns(case, ["urged_until"]) == {"urged_until": None}


def test_an_urging_is_answered_once(people: People) -> None:
    case = signed(people)
    urge(case, people)
    answer(case, people)

    with refused(services.NothingUrged, case, case=case.number):
        answer(case, people)


@pytest.mark.parametrize("words", ["", " 。 "])
def test_an_urging_without_words_is_refused(people: People, words: str) -> None:
    case = signed(people)

    with refused(services.WordsMissing, case):
        services.urge_case(
            case_id=case.pk, text=words, until=FRIDAY, actor=people.supervisor, now=LATER
        )


def test_a_restricted_case_is_urged_by_nobody(people: People) -> None:
    case = restricted_case(people, state=CaseState.SIGNED, handler=people.inspector)

    with refused(services.NotYourCase, case, case=case.number):
        urge(case, people)


def test_the_unit_is_told_and_then_whoever_urged(people: People) -> None:
    case = signed(people)
    Notice.objects.all().delete()
    urge(case, people)
    answer(case, people)

    told = Notice.objects.order_by("pk").values_list("kind", "recipient_id")

    assert list(told) == [
        ("desk.urged", people.handler.pk),
        ("desk.urging_answered", people.supervisor.pk),
    ]


def test_the_list_of_urged_cases_is_what_its_tab_counts(people: People) -> None:
    case, quiet = signed(people), signed(people)
    urge(case, people)
    wanted = CaseFilter(turn="urged")

    for person in (people.handler, people.supervisor):
        who = standing_of(person)
        rows = list(queries.filtered_cases(who, wanted))
        assert (rows, queries.count_of(who, wanted)) == ([case], 1)
    assert quiet.urged_until is None


@pytest.mark.parametrize(("day", "late"), [(FRIDAY, []), (date(2026, 11, 21), ["〔2026〕1号"])])
def test_an_urging_is_overdue_when_its_day_is_past(
    people: People, day: date, late: list[str]
) -> None:
    urge(signed(people), people)

    found = queries.listed_urgings(standing_of(people.supervisor), "late", day)

    assert [row.number for row in found] == late


def returned(case: Case, people: People) -> None:
    services.return_case(
        case_id=case.pk,
        text="不归我们",
        suggested_unit=office("state_assets"),
        actor=people.handler,
        now=LATER,
    )


def escalated(case: Case, people: People) -> None:
    services.escalate_case(
        case_id=case.pk,
        body="区交通运输局",
        text="涉及省道",
        actor=people.supervisor,
        now=LATER,
    )


def withdrawn(case: Case, people: People) -> None:
    services.withdraw_case(case_id=case.pk, text="不用了", actor=people.member, now=LATER)


def replied(case: Case, people: People) -> None:
    services.reply_to_case(case_id=case.pk, text="已修好", actor=people.handler, now=LATER)


def confirmed(case: Case, people: People) -> None:
    replied(case, people)
    services.confirm_case(
        case_id=case.pk, solved=Solved.YES, rating=5, actor=people.member, now=LATER
    )


def refused_answer(case: Case, people: People) -> None:
    replied(case, people)
    services.refuse_answer(case_id=case.pk, text="没解决", actor=people.member, now=LATER)


@pytest.mark.parametrize("leave", [returned, escalated, withdrawn, confirmed, refused_answer])
def test_an_urging_ends_when_the_case_is_over_or_leaves_the_unit(
    people: People, leave: Callable[[Case, People], None]
) -> None:
    case = signed(people)
    urging = urge(case, people)

    leave(case, people)

    assert columns(case, ["urged_until"]) == {"urged_until": None}
    urging.refresh_from_db()
    assert (urging.ended_at, urging.answered_at, urging.answered_by) == (LATER, None, None)
    assert list(queries.listed_urgings(standing_of(people.supervisor), "waiting", FRIDAY)) == []
    assert services.differences(now=LATER) == []


def test_an_urging_ends_when_the_dispatch_is_taken_back(people: People) -> None:
    case = opened(people)
    services.accept_case(
        case_id=case.pk,
        category="municipal",
        subcategory="",
        urgency=Urgency.NORMAL,
        actor=people.clerk,
        now=LATER,
    )
    batch = services.dispatch_cases(
        case_ids=[case.pk], unit=office("planning_bureau"), actor=people.clerk, now=LATER
    )
    urging = urge(case, people)

    services.take_back_dispatches(batch_id=batch.pk, actor=people.clerk, now=LATER)

    urging.refresh_from_db()
    assert (urging.ended_at, urging.answered_at) == (LATER, None)
    assert columns(case, ["urged_until"]) == {"urged_until": None}


def test_the_next_unit_is_urged_anew(people: People) -> None:
    case = signed(people)
    urge(case, people)
    returned(case, people)
    services.dispatch_case(
        case_id=case.pk, unit=office("state_assets"), actor=people.clerk, now=LATER
    )

    urging = urge(case, people)

    assert (urging.number, urging.unit.code) == ("〔2026〕2号", "state_assets")


def test_an_urging_waits_on_while_the_enterprise_is_asked_and_is_answered_then(
    people: People,
) -> None:
    case = signed(people)
    urge(case, people)
    services.ask_enterprise(case_id=case.pk, text="哪一盏?", actor=people.handler, now=LATER)

    assert columns(case, ["urged_until"]) == {"urged_until": FRIDAY}
    answer(case, people)

    assert columns(case, ["state", "urged_until"]) == {
        "state": CaseState.WAITING,
        "urged_until": None,
    }
    with pytest.raises(services.NotPossibleNow):
        urge(case, people)


def test_an_ended_urging_says_so_on_its_sheet_and_in_the_list(people: People) -> None:
    urging = urge(signed(people), people)
    returned(urging.case, people)
    client = signed_in(people.supervisor)

    sheet = client.get(reverse("desk:urging-page", args=[urging.pk]))
    listed = client.get(f"{reverse('desk:urging-list')}?which=all")
    page = client.get(page_url(urging.case))

    assert [answer.text.count("已终止（未答复）") for answer in (sheet, listed, page)] == [1, 1, 1]


def test_an_urging_of_a_case_that_is_over_waits_for_nobody(people: People) -> None:
    case = signed(people)
    urge(case, people)
    services.withdraw_case(case_id=case.pk, text="不用了", actor=people.member, now=LATER)

    who = standing_of(people.supervisor)

    assert list(queries.listed_urgings(who, "waiting", FRIDAY)) == []
    assert queries.listed_urgings(who, "all", FRIDAY).count() == 1
    assert queries.count_of(who, CaseFilter(turn="urged")) == 0


def test_the_enterprise_reads_nothing_of_it(people: People) -> None:
    case = signed(people)
    urging = urge(case, people)
    client = signed_in(people.member)

    page = client.get(page_url(case))

    assert (WORDS in page.text, urging.number in page.text, "督办" in page.text) == (
        False,
        False,
        False,
    )
    listed = client.get(f"{reverse('desk:case-list')}?turn=all")
    asked = client.get(f"{reverse('desk:case-list')}?turn=urged")
    assert (case.number in listed.text, "督办" in listed.text) == (True, False)
    assert asked.context["page"].paginator.count == 0
    assert case.number not in asked.text
    assert client.get(reverse("desk:urging-page", args=[urging.pk])).status_code == 404
    assert client.get(reverse("desk:urging-list")).status_code == 403


def test_the_unit_answers_on_the_page_of_the_case(people: People) -> None:
    case = signed(people)
    urging = urge(case, people)
    client = signed_in(people.handler)

    assert WORDS in client.get(page_url(case)).text
    sent = client.post(step_url(case, "respond"), {"text": "已派工", "idempotency_key": KEY})

    assert sent.status_code == 302
    urging.refresh_from_db()
    assert urging.answer is not None
    assert urging.answer.text == "已派工"


def test_the_sheet_names_unit_and_day_and_carries_the_address_of_the_case(
    people: People,
) -> None:
    case = signed(people)
    urging = urge(case, people)

    page = signed_in(people.handler).get(reverse("desk:urging-page", args=[urging.pk]))

    address = f"http://testserver{page_url(case)}"
    assert (page.context["address"], address in page.text, WORDS in page.text) == (
        address,
        True,
        True,
    )
    assert page.context["picture"].startswith("data:image/svg+xml")
    assert page.text.count("规划建设局") >= 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_urging_and_for_three(people: People, rows: int) -> None:
    for _ in range(rows):
        urge(signed(people), people)
    client = signed_in(people.supervisor)
    url = reverse("desk:urging-list")

    assert client.get(url).text.count(WORDS) == 0
    assert client.get(url).context["page"].paginator.count == rows
    assert queries_of(client, url) == costs()["desk:urging-list"]


def test_the_sheet_has_its_cost(people: People) -> None:
    urging = urge(signed(people), people)
    url = reverse("desk:urging-page", args=[urging.pk])

    assert queries_of(signed_in(people.supervisor), url) == costs()["desk:urging-page"]
