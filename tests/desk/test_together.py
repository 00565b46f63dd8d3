"""Several cases at once: given to one unit, taken back, and taken out as a file."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from shuniu.zone.desk import services
from shuniu.zone.desk.choices import CaseState
from shuniu.zone.desk.queries import CaseFilter
from shuniu.zone.kernel.models import Fact
from tests.desk.browsing import KEY, signed_in
from tests.desk.people import People, accepted, opened, replied
from tests.factories import THURSDAY_10, office

IN_TIME = THURSDAY_10 + timedelta(seconds=59)


@pytest.fixture(autouse=True)
def _on_thursday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shuniu.zone.kernel.clock.now", lambda: THURSDAY_10)


def given(people: People, *keys: int) -> Fact:
    return services.dispatch_cases(
        case_ids=keys, unit=office("planning_bureau"), actor=people.clerk, now=THURSDAY_10
    )


def test_cases_that_can_go_do_and_the_fact_says_why_the_others_stay(people: People) -> None:
    ready, raw = accepted(people), opened(people)

    batch = given(people, ready.pk, raw.pk)

    ready.refresh_from_db()
    raw.refresh_from_db()
    assert (ready.state, ready.lead_unit, raw.state) == (
        CaseState.DISPATCHED, office("planning_bureau"), CaseState.SUBMITTED,
    )  # fmt: skip
    assert batch.data == {
        "unit": "planning_bureau",
        "case_ids": [ready.pk],
        "refused_ids": [raw.pk],
        "refused_codes": ["desk.not_possible_now"],
    }


def test_within_a_minute_all_of_it_can_be_taken_back(people: People) -> None:
    case = accepted(people)
    before = (case.state, case.lead_unit, case.dispatched_at, case.done_due_at)
    batch = given(people, case.pk)

    services.take_back_dispatches(batch_id=batch.pk, actor=people.clerk, now=IN_TIME)

    case.refresh_from_db()
    assert (case.state, case.lead_unit, case.dispatched_at, case.done_due_at) == before
    assert services.differences(now=IN_TIME) == []


def test_a_case_that_was_signed_for_meanwhile_stays_with_the_unit(people: People) -> None:
    taken, left = accepted(people), accepted(people)
    batch = services.dispatch_cases(
        case_ids=[taken.pk, left.pk],
        unit=office("planning_bureau"),
        actor=people.clerk,
        now=THURSDAY_10,
    )
    services.sign_case(case_id=taken.pk, actor=people.handler, now=THURSDAY_10)

    services.take_back_dispatches(batch_id=batch.pk, actor=people.clerk, now=IN_TIME)

    taken.refresh_from_db()
    left.refresh_from_db()
    assert (taken.state, left.state) == (CaseState.SIGNED, CaseState.ACCEPTED)


def test_after_a_minute_or_twice_it_cannot_be_taken_back(people: People) -> None:
    case = accepted(people)
    batch = given(people, case.pk)

    with pytest.raises(services.TooLateToTakeBack):
        services.take_back_dispatches(
            batch_id=batch.pk, actor=people.clerk, now=THURSDAY_10 + timedelta(seconds=61)
        )
    services.take_back_dispatches(batch_id=batch.pk, actor=people.clerk, now=IN_TIME)
    with pytest.raises(services.TooLateToTakeBack):
        services.take_back_dispatches(batch_id=batch.pk, actor=people.clerk, now=IN_TIME)


def test_somebody_elses_dispatch_is_not_taken_back(people: People) -> None:
    case = accepted(people)
    batch = given(people, case.pk)

    with pytest.raises(services.NotForYou):
        services.take_back_dispatches(batch_id=batch.pk, actor=people.supervisor, now=IN_TIME)

    case.refresh_from_db()
    assert case.state == CaseState.DISPATCHED


def test_nothing_goes_to_the_discipline_office_together(people: People) -> None:
    case = accepted(people)

    with pytest.raises(services.StaysRestricted):
        services.dispatch_cases(
            case_ids=[case.pk],
            unit=office("discipline_group"),
            actor=people.clerk,
            now=THURSDAY_10,
        )


def test_the_preview_names_who_would_get_what_and_changes_nothing(people: People) -> None:
    ready, raw = accepted(people), opened(people)
    client = signed_in(people.clerk)

    page = client.get(f"{reverse('desk:dispatch')}?case={ready.pk}&case={raw.pk}")

    ready.refresh_from_db()
    assert ready.state == CaseState.ACCEPTED
    assert page.text.count(ready.number) == 1
    assert "还没有受理" in page.text
    assert "派 1 件给" in page.text


def test_the_page_gives_them_out_and_leads_to_the_way_back(people: People) -> None:
    case = accepted(people)
    client = signed_in(people.clerk)
    fields = {"case": [case.pk], "unit": office("planning_bureau").pk, "idempotency_key": KEY}

    answer = client.post(reverse("desk:dispatch"), fields, follow=True)

    assert "已派 1 件给规划建设局" in answer.text
    assert "全部撤回" in answer.text


def test_the_files_hold_exactly_the_list(people: People) -> None:
    listed, other = replied(people), accepted(people)
    client = signed_in(people.clerk)
    query = CaseFilter(turn="enterprise").query

    xlsx = client.get(f"{reverse('desk:cases-xlsx')}?{query}")
    csv = client.get(f"{reverse('desk:cases-csv')}?{query}")

    sheet = load_workbook(io.BytesIO(xlsx.content)).active
    assert sheet is not None
    numbers = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert (numbers, sheet.freeze_panes) == ([listed.number], "A2")
    assert csv.content.startswith(b"\xef\xbb\xbf")
    assert (listed.number in csv.content.decode(), other.number in csv.content.decode()) == (
        True, False,
    )  # fmt: skip
    told = Fact.objects.filter(kind="desk.cases.exported", actor=people.clerk)
    assert [fact.data for fact in told] == [{"rows": 1}, {"rows": 1}]
