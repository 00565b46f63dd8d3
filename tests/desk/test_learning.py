"""The reading of needs learns from what clerks decide, keeps the better version, and goes back."""

from __future__ import annotations

import pytest
from django.urls import reverse

from shuniu.engines.extraction.learning import VERSION, is_held_back
from shuniu.zone.desk import queries, services
from shuniu.zone.desk.choices import Sensitivity
from shuniu.zone.desk.models import Case, Lesson
from shuniu.zone.desk.queries import agreement
from shuniu.zone.kernel.models import Fact
from tests.clients import Client
from tests.costs import costs
from tests.desk.browsing import KEY, queries_of, signed_in
from tests.desk.people import A_MINUTE, People, opened
from tests.factories import THURSDAY_10, CaseFactory, EnterpriseFactory, administrator, office

pytestmark = pytest.mark.usefixtures("zone")
NEW_WORDS = "青鸾号巡检平台掉线,塔架上的青鸾号不回传"
PERSON = "请联系王小明15400001234"


@pytest.fixture(autouse=True)
def _on_thursday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shuniu.zone.kernel.clock.now", lambda: THURSDAY_10)


def confirmed(count: int = 80, category: str = "ict", unit: str = "econ_bureau") -> None:
    """Sort ``count`` cases of four enterprises that tell of a thing the profile does not know."""
    enterprises = EnterpriseFactory.create_batch(4)
    for number in range(count):
        CaseFactory.create(
            number=f"QS-20261101-{number:04}",
            enterprise=enterprises[number % 4],
            text=f"{NEW_WORDS},第{number}台。{PERSON if number % 4 == 0 else ''}",
            category=category,
            lead_unit=office(unit),
            accepted_at=THURSDAY_10,
        )


def test_what_clerks_decided_changes_what_the_next_need_is_read_as(people: People) -> None:
    confirmed()

    lesson = services.learn_from_cases(actor=None, now=THURSDAY_10)
    case = opened(people)
    Case.objects.filter(pk=case.pk).update(text=NEW_WORDS)
    read = services.read_case(case_id=case.pk, actor=None, now=THURSDAY_10)

    assert lesson is not None
    assert (lesson.is_in_force, lesson.right_after, read.suggestion["category"]) == (
        True,
        lesson.compared,
        "ict",
    )
    fact = Fact.objects.get(kind="desk.reader.taught")
    assert fact.data == {
        "lesson_id": lesson.pk,
        "cases": lesson.cases,
        "compared": lesson.compared,
        "right_before": lesson.right_before,
        "right_after": lesson.right_after,
        "is_kept": True,
    }


def test_nothing_of_a_person_is_in_what_was_learned() -> None:
    confirmed()

    services.learn_from_cases(actor=None, now=THURSDAY_10)

    body = Lesson.objects.get().body
    assert ("青鸾" in body, "王小" in body, "小明" in body, "15400001234" in body) == (
        True,
        False,
        False,
        False,
    )


def test_a_version_that_is_worse_is_not_kept() -> None:
    confirmed()
    good = services.learn_from_cases(actor=None, now=THURSDAY_10)
    for number, case in enumerate(Case.objects.order_by("number")):
        if not is_held_back(case.number):
            Case.objects.filter(pk=case.pk).update(
                category=("tax", "land", "safety", "green")[number % 4]
            )

    worse = services.learn_from_cases(actor=None, now=THURSDAY_10 + A_MINUTE)

    assert worse is not None
    assert (worse.is_in_force, worse.body, queries.lesson_in_force(VERSION)) == (False, "", good)


def test_restricted_and_protected_cases_teach_nothing() -> None:
    confirmed()
    Case.objects.update(sensitivity=Sensitivity.RESTRICTED)

    lesson = services.learn_from_cases(actor=None, now=THURSDAY_10)

    assert lesson is not None
    assert (lesson.compared, lesson.is_in_force) == (0, False)


def test_by_itself_it_learns_only_from_enough_new_cases() -> None:
    confirmed(services.NEW_CASES - 1)

    assert services.learn_from_cases(at_least=services.NEW_CASES, actor=None, now=THURSDAY_10) is (
        None
    )
    assert not Lesson.objects.exists()


def test_the_administrator_goes_back_to_the_profile_and_to_a_version() -> None:
    confirmed()
    admin = administrator()
    lesson = services.learn_from_cases(actor=admin, now=THURSDAY_10)
    assert lesson is not None
    client = signed_in(admin)

    client.post(reverse("desk:reader-choose", args=[0]), {"idempotency_key": KEY})
    alone = queries.lesson_in_force(VERSION)
    client.post(
        reverse("desk:reader-choose", args=[lesson.pk]), {"idempotency_key": f"{KEY}-again"}
    )

    assert (alone, queries.lesson_in_force(VERSION)) == (None, lesson)
    assert [fact.data for fact in Fact.objects.filter(kind="desk.reader.chosen")] == [
        {"lesson_id": None},
        {"lesson_id": lesson.pk},
    ]


def test_a_version_that_was_not_kept_cannot_be_chosen() -> None:
    lesson = services.learn_from_cases(actor=None, now=THURSDAY_10)
    assert lesson is not None

    with pytest.raises(services.NoSuchLesson):
        services.choose_lesson(lesson_id=lesson.pk, actor=administrator(), now=THURSDAY_10)

    assert not Fact.objects.filter(kind="desk.reader.chosen").exists()


def test_only_the_administrator_teaches(people: People) -> None:
    with pytest.raises(services.NotYourReader):
        services.learn_from_cases(actor=people.clerk, now=THURSDAY_10)

    assert not Lesson.objects.exists()


def test_the_page_counts_how_often_clerks_took_the_suggestion() -> None:
    for category in ("municipal", "municipal", "tax"):
        CaseFactory.create(
            category=category, accepted_at=THURSDAY_10, suggestion={"category": "municipal"}
        )

    found = agreement(THURSDAY_10 + A_MINUTE)

    assert (found.cases, found.taken, found.overruled) == (3, 2, 1)


@pytest.mark.parametrize("lessons", [1, 3])
def test_the_page_costs_the_same_for_one_version_and_for_three(lessons: int) -> None:
    for number in range(lessons):
        services.learn_from_cases(actor=None, now=THURSDAY_10 + number * A_MINUTE)
    client: Client = signed_in(administrator())

    assert queries_of(client, reverse("desk:reader")) == costs()["desk:reader"]
