"""The list of cases and the page of one: what is on them, whose they are, what they cost."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from shuniu.zone.desk import services
from shuniu.zone.desk.choices import CaseState
from shuniu.zone.desk.models import Case
from tests.clients import Client
from tests.costs import costs
from tests.desk.browsing import (
    HTMX,
    KEY,
    PDF,
    page_url,
    queries_of,
    signed_in,
    step_url,
    text_of,
    without_keys,
)
from tests.desk.people import (
    TEXT,
    People,
    accepted,
    case_in,
    dispatched,
    known_of,
    opened,
    replied,
    restricted_case,
    signed,
)
from tests.factories import THURSDAY_10, office


@pytest.fixture(autouse=True)
def _on_thursday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shuniu.zone.kernel.clock.now", lambda: THURSDAY_10)


@pytest.mark.parametrize(
    ("role", "query", "says", "has_way"),
    [
        ("clerk", "turn=all", "还没有收到诉求。企业可以自己提交", True),
        ("leader", "turn=all", "还没有收到诉求。收到第一件后", False),
        ("clerk", "turn=open", "其他环节的诉求请看上方各栏", False),
        ("member", "turn=all", "一句话", True),
    ],
)
def test_a_list_of_a_zone_without_cases_says_what_to_do_next(
    people: People, role: str, query: str, says: str, *, has_way: bool
) -> None:
    page = signed_in(getattr(people, role)).get(f"{reverse('desk:case-list')}?{query}").text

    empty = page[page.index('class="empty') :]
    empty = empty[: empty.index("</shuniu-rows>")]
    assert (says in empty, "/needs/" in empty) == (True, has_way)


@pytest.mark.parametrize("cases", [1, 3])
@pytest.mark.parametrize("who", ["clerk", "member"])
def test_the_list_costs_the_same_for_one_case_and_for_three(
    people: People, who: str, cases: int
) -> None:
    for _ in range(cases):
        dispatched(people)
    client = signed_in(getattr(people, who))
    url = f"{reverse('desk:case-list')}?turn=all"

    assert client.get(url).text.count(TEXT) == cases
    assert queries_of(client, url) == costs()[f"desk:case-list for a {who}"]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("who", ["handler", "member"])
def test_the_page_of_a_case_costs_the_same_for_one_entry_and_for_three(
    people: People, who: str, rows: int
) -> None:
    case = signed(people)
    for number in range(rows):
        upload = SimpleUploadedFile(f"附件{number}.pdf", PDF)
        services.note_progress(
            case_id=case.pk, text="灯头已到货", actor=people.handler, now=THURSDAY_10
        )
        services.attach_files(
            case_id=case.pk, uploads=[upload], actor=people.handler, now=THURSDAY_10
        )
    client = signed_in(getattr(people, who))

    page = client.get(page_url(case))
    assert page.text.count("灯头已到货") == rows
    assert [f"附件{number}.pdf" in page.text for number in range(3)] == [
        number < rows for number in range(3)
    ]
    assert queries_of(client, page_url(case)) == costs()[f"desk:case-page for a {who}"]


@pytest.mark.parametrize("cases", [1, 3])
def test_the_enterprises_home_costs_the_same_for_one_case_and_for_three(
    people: People, cases: int
) -> None:
    for _ in range(cases):
        dispatched(people)
        replied(people)

    assert queries_of(signed_in(people.member), reverse("desk:need")) == costs()["desk:need"]


def test_the_list_opens_with_what_is_my_turn(people: People) -> None:
    mine, other = case_in(CaseState.SUBMITTED, people), case_in(CaseState.REPLIED, people)

    page = signed_in(people.clerk).get(reverse("desk:case-list"))

    assert (mine.number in page.text, other.number in page.text) == (True, False)


def test_an_enterprise_opens_the_list_with_all_its_cases(people: People) -> None:
    own = [case_in(state, people).number for state in CaseState]
    strange = case_in(
        CaseState.SUBMITTED, people, enterprise=people.stranger.memberships.get().enterprise
    )

    page = signed_in(people.member).get(reverse("desk:case-list"))

    assert [number in page.text for number in own] == [True] * len(own)
    assert strange.number not in page.text


def test_htmx_gets_the_rows_and_a_boosted_link_the_whole_page(people: People) -> None:
    case = case_in(CaseState.SUBMITTED, people)
    client, url = signed_in(people.clerk), reverse("desk:case-list")

    part = client.get(url, headers=HTMX)
    boosted = client.get(url, headers=HTMX | {"HX-Boosted": "true"})
    restored = client.get(url, headers=HTMX | {"HX-History-Restore-Request": "true"})

    assert ["<html" in page.text for page in (part, boosted, restored)] == [False, True, True]
    assert [case.number in page.text for page in (part, boosted, restored)] == [True] * 3
    assert part.text.strip().startswith('<shuniu-rows class="case-rows"')
    assert part.headers["Vary"].count("HX-Request") == 1


@pytest.mark.parametrize(
    "query",
    [
        "opened_on=2026-13-45",
        "opened_on=9999-12-31",
        "late_on=0001-01-01",
        "words=%00",
        "page=-3",
        "page=last",
        "turn=%F0%9F%98%80",
        "state=" + "x" * 3_000,
        "category='%22%3Cscript%3E",
    ],
)
def test_no_address_of_the_list_fails(people: People, query: str) -> None:
    page = signed_in(people.clerk).get(f"{reverse('desk:case-list')}?{query}")

    assert page.status_code == 200
    assert "<script>" not in page.text


def test_nobody_who_is_not_signed_in_sees_anything(people: People) -> None:
    case = opened(people)

    for url in (reverse("desk:case-list"), page_url(case), reverse("desk:need")):
        answer = Client().get(url)
        assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (
            302,
            reverse("accounts:sign-in"),
        )


@pytest.mark.parametrize("who", ["member", "clerk", "handler", "leader"])
def test_whoever_may_see_a_case_reads_its_words(people: People, who: str) -> None:
    case = signed(people)

    page = signed_in(getattr(people, who)).get(page_url(case))

    assert (page.status_code, TEXT in page.text, case.number in page.text) == (200, True, True)
    assert people.handler.name in page.text


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["stranger", "inspector"])
def test_somebody_elses_case_looks_like_one_that_does_not_exist(
    people: People, who: str, method: str
) -> None:
    case = signed(people)
    missing = Case(pk=case.pk + 1_000)
    client = signed_in(getattr(people, who))

    def ask(row: Case) -> Any:
        if method == "get":
            return client.get(page_url(row))
        return client.post(step_url(row, "note"), {"text": "x", "idempotency_key": KEY})

    strange, nothing = ask(case), ask(missing)

    assert (strange.status_code, nothing.status_code) == (404, 404)
    assert without_keys(strange.text) == without_keys(nothing.text)


def test_a_restricted_case_does_not_exist_for_the_center(people: People) -> None:
    case = restricted_case(people)

    answers = {
        who: signed_in(getattr(people, who)).get(page_url(case)).status_code
        for who in ("clerk", "supervisor", "leader", "handler", "inspector", "member")
    }

    assert answers == {
        "clerk": 404,
        "supervisor": 404,
        "leader": 404,
        "handler": 404,
        "inspector": 200,
        "member": 200,
    }


def test_a_step_from_the_page_is_taken_and_leads_back_to_it(people: People) -> None:
    case = signed(people)

    answer = signed_in(people.handler).post(
        step_url(case, "note"), {"text": "灯头已到货", "idempotency_key": KEY}
    )

    case.refresh_from_db()
    assert (answer.status_code, answer.headers["Location"]) == (302, page_url(case))
    assert (case.state, case.notes.get().text) == (CaseState.IN_PROGRESS, "灯头已到货")


def test_htmx_gets_the_case_as_it_is_after_the_step(people: People) -> None:
    case = signed(people)

    answer = signed_in(people.handler).post(
        step_url(case, "note"), {"text": "灯头已到货", "idempotency_key": KEY}, headers=HTMX
    )

    assert (answer.status_code, "<html" in answer.text) == (200, False)
    assert "灯头已到货" in answer.text
    assert 'id="case"' in answer.text


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_refusal_is_a_notice_with_its_code_and_who_was_faster(
    people: People, headers: dict[str, str]
) -> None:
    case = signed(people)
    before = known_of(case)

    answer = signed_in(people.colleague).post(
        step_url(case, "sign"), {"idempotency_key": KEY}, headers=headers
    )

    assert answer.status_code == 409
    assert ("<html" in answer.text) == (not headers)
    assert 'data-code="desk.not_possible_now"' in answer.text
    assert people.handler.name in answer.text
    assert (answer.headers["HX-Retarget"], answer.headers["HX-Reswap"]) == ("#notices", "innerHTML")
    assert known_of(case) == before


def test_a_step_of_somebody_else_is_refused(people: People) -> None:
    case = signed(people)

    answer = signed_in(people.clerk).post(
        step_url(case, "reply"), {"text": "修好了", "idempotency_key": KEY}
    )

    assert (answer.status_code, 'data-code="desk.not_your_case"' in answer.text) == (403, True)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_form_with_errors_comes_back_with_the_words_that_were_typed(
    people: People, headers: dict[str, str]
) -> None:
    case = signed(people)
    before = known_of(case)

    answer = signed_in(people.handler).post(
        step_url(case, "plan"),
        {"text": "周五更换<灯头>", "planned_on": "someday", "idempotency_key": KEY},
        headers=headers,
    )

    assert answer.status_code == 422
    assert "周五更换&lt;灯头&gt;" in answer.text
    assert known_of(case) == before


def test_words_of_others_are_shown_as_they_are_and_never_as_html(people: People) -> None:
    attack = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    case = opened(people, text=f"灯坏了 {attack}")
    services.read_case(case_id=case.pk, actor=None, now=THURSDAY_10)
    services.add_to_case(case_id=case.pk, text=attack, actor=people.member, now=THURSDAY_10)

    for who in ("clerk", "member"):
        client = signed_in(getattr(people, who))
        for url in (page_url(case), f"{reverse('desk:case-list')}?turn=all"):
            page = client.get(url)
            assert ("<script>alert" in page.text, "<img src=x" in page.text) == (False, False)
    assert text_of(client.get(page_url(case))).count("onerror=alert(2)") == 2


def test_the_clerk_sees_the_suggestion_and_the_enterprise_does_not(people: People) -> None:
    case = opened(people)
    services.read_case(case_id=case.pk, actor=None, now=THURSDAY_10)

    shown = {
        who: '<mark class="reason">' in signed_in(getattr(people, who)).get(page_url(case)).text
        for who in ("clerk", "member")
    }

    assert shown == {"clerk": True, "member": False}


def test_a_case_that_leaves_ones_sight_leads_back_to_the_list(people: People) -> None:
    case = accepted(people)
    fields = {"unit": office("discipline_group").pk, "idempotency_key": KEY}

    answer = signed_in(people.clerk).post(step_url(case, "dispatch"), fields, headers=HTMX)

    case.refresh_from_db()
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, reverse("desk:case-list"))
    assert case.is_restricted
