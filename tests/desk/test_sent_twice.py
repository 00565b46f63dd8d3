"""A form that is sent twice opens one case, however it is sent."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from shuniu.zone.accounts.models import User
from shuniu.zone.desk.models import Case
from shuniu.zone.kernel.models import Fact, KeptAnswer
from shuniu.zone.kernel.services import KeyUsedForSomethingElse
from shuniu.zone.kernel.web import KeyMissing
from tests.clients import Client
from tests.desk.at_once import at_once
from tests.desk.people import TEXT, People
from tests.factories import THURSDAY_10

KEY = "need-0001"


@pytest.fixture(autouse=True)
def _on_thursday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shuniu.zone.kernel.clock.now", lambda: THURSDAY_10)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def send(client: Client, people: People, **given: Any) -> HttpResponse:
    fields = {"text": TEXT, "enterprise": people.enterprise.pk, "idempotency_key": KEY}
    response: HttpResponse = client.post(reverse("desk:need"), fields | given)  # type: ignore[assignment]  # the client's answer is one
    return response


def answer_of(response: HttpResponse) -> tuple[int, str | None]:
    return response.status_code, response.headers.get("Location")


def test_the_second_sending_gets_the_answer_of_the_first(people: People) -> None:
    client = signed_in(people.member)

    answers = [answer_of(send(client, people)) for _ in range(3)]

    case = Case.objects.get()
    assert answers == [(302, reverse("desk:case-page", args=[case.pk]))] * 3
    assert (case.number, Fact.objects.filter(kind="desk.case.opened").count()) == (
        "QS-20261119-0001",
        1,
    )


def test_the_key_may_come_in_the_header(people: People) -> None:
    client = signed_in(people.member)
    fields = {"text": TEXT, "enterprise": people.enterprise.pk}

    for _ in range(2):
        client.post(reverse("desk:need"), fields, headers={"Idempotency-Key": KEY})

    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    "other",
    [
        {"text": "另一件事"},
        {"is_restricted": "on"},
        {"uploads": SimpleUploadedFile("a.pdf", b"%PDF-1.4\n")},
    ],
    ids=["words", "restricted", "file"],
)
def test_the_same_key_with_other_content_is_refused(people: People, other: Any) -> None:
    client = signed_in(people.member)
    send(client, people)

    response = send(client, people, **other)

    assert response.status_code == 422
    assert 'data-code="kernel.key_used_for_something_else"' in response.text
    assert str(KeyUsedForSomethingElse()) in response.text
    assert Case.objects.count() == 1


@pytest.mark.parametrize("key", ["", "short", "x" * 65])
def test_a_form_without_a_key_is_refused_with_a_sentence(people: People, key: str) -> None:
    response = send(signed_in(people.member), people, idempotency_key=key)

    assert response.status_code == 422
    assert 'data-code="kernel.key_missing"' in response.text
    assert str(KeyMissing()) in response.text
    assert (Case.objects.count(), KeptAnswer.objects.count()) == (0, 0)


def test_a_key_is_only_its_own_persons(people: People) -> None:
    other = people.stranger
    enterprise = other.memberships.get().enterprise_id

    send(signed_in(people.member), people)
    response = send(signed_in(other), people, enterprise=enterprise)

    assert response.status_code == 302
    assert Case.objects.count() == 2


def test_a_refused_sending_leaves_the_key_for_the_corrected_one(people: People) -> None:
    client = signed_in(people.member)

    first = send(client, people, text="路" * 5_001)
    second = send(client, people, text="路" * 5_000)

    assert (first.status_code, second.status_code) == (422, 302)
    assert Case.objects.get().text == "路" * 5_000


@pytest.mark.django_db(transaction=True)
def test_eight_sendings_at_once_open_one_case_and_get_one_answer(together: People) -> None:
    clients = [signed_in(together.member) for _ in range(8)]

    def sent_by(client: Client) -> tuple[int, str | None]:
        return answer_of(send(client, together))

    got = at_once([partial(sent_by, one) for one in clients])

    case = Case.objects.get()
    assert got == [(302, reverse("desk:case-page", args=[case.pk]))] * 8
    assert Fact.objects.filter(kind="desk.case.opened").count() == 1
