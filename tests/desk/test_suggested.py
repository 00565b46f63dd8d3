"""What the clerk is offered on the page of a case: why, and one key for each of the likely ones."""

from __future__ import annotations

import pytest

from shuniu.zone.desk import services
from shuniu.zone.desk.choices import CaseState, Step, Urgency
from shuniu.zone.desk.models import Case
from tests.desk.browsing import KEY, page_url, signed_in, step_url
from tests.desk.people import People, opened
from tests.factories import THURSDAY_10, office


@pytest.fixture(autouse=True)
def _on_thursday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shuniu.zone.kernel.clock.now", lambda: THURSDAY_10)


def read(people: People, text: str) -> Case:
    case = opened(people)
    Case.objects.filter(pk=case.pk).update(text=text)
    return services.read_case(case_id=case.pk, actor=None, now=THURSDAY_10)


def test_the_three_likeliest_are_one_key_each(people: People) -> None:
    case = read(people, "厂门口的路灯坏了三盏,晚班工人看不清路")

    shown = signed_in(people.clerk).get(page_url(case)).context["suggestion"]

    assert [(choice.key, choice.step, choice.given) for choice in shown.choices] == [
        (key, Step.ACCEPT, (("category", code), ("urgency", case.suggestion["urgency"])))
        for key, code in enumerate(case.suggestion["top3"], start=1)
    ]


def test_what_one_key_sends_accepts_the_case_and_the_next_key_gives_it_to_the_unit(
    people: People,
) -> None:
    case = read(people, "厂门口的路灯坏了三盏,晚班工人看不清路")
    client = signed_in(people.clerk)
    first = client.get(page_url(case)).context["suggestion"].choices[0]

    client.post(step_url(case, first.step), {**dict(first.given), "idempotency_key": KEY})
    [then] = client.get(page_url(case)).context["suggestion"].choices
    client.post(step_url(case, then.step), {**dict(then.given), "idempotency_key": f"{KEY}-2"})

    case.refresh_from_db()
    assert (case.state, case.category, case.urgency, case.lead_unit) == (
        CaseState.DISPATCHED,
        "municipal",
        Urgency.NORMAL,
        office("planning_bureau"),
    )


def test_what_the_clerk_decides_otherwise_stands_beside_what_was_suggested(people: People) -> None:
    case = read(people, "厂门口的路灯坏了三盏,晚班工人看不清路")

    accepted_as = services.accept_case(
        case_id=case.pk,
        category="safety",
        subcategory="",
        urgency=Urgency.NORMAL,
        actor=people.clerk,
        now=THURSDAY_10,
    )

    assert (accepted_as.category, accepted_as.suggestion["category"]) == ("safety", "municipal")


@pytest.mark.parametrize(
    ("text", "words"),
    [("仓库着火了,请快来人", ("着火",)), ("厂门口的路灯坏了三盏,晚班工人看不清路", ())],
)
def test_the_page_says_which_words_raised_the_urgency(
    people: People, text: str, words: tuple[str, ...]
) -> None:
    case = read(people, text)

    shown = signed_in(people.clerk).get(page_url(case)).context["suggestion"]

    assert shown.lifted_by[:1] == words


def test_who_may_not_accept_is_offered_no_key(people: People) -> None:
    case = read(people, "厂门口的路灯坏了三盏,晚班工人看不清路")

    assert signed_in(people.supervisor).get(page_url(case)).context["suggestion"] is None
