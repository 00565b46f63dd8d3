"""What was asked once in a request is not asked again, until something happens."""

from __future__ import annotations

from itertools import count

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from shuniu.zone.accounts import facts
from shuniu.zone.kernel.memory import MemoryMiddleware, known
from shuniu.zone.kernel.services import record_fact
from tests.factories import THURSDAY_10, UserFactory


def in_a_request(*questions: str) -> list[int]:
    """Return the answers to questions in one request; each that is really asked counts up."""
    asked = count(1)
    answers: list[int] = []

    def view(_request: HttpRequest) -> HttpResponse:
        answers.extend(known(question, lambda: next(asked)) for question in questions)
        return HttpResponse()

    MemoryMiddleware(view)(RequestFactory().get("/"))
    return answers


def test_a_question_is_asked_once_in_a_request() -> None:
    assert in_a_request("a", "b", "a", "b") == [1, 2, 1, 2]


def test_outside_of_a_request_each_question_is_asked() -> None:
    asked = count(1)

    assert [known("a", lambda: next(asked)) for _ in range(3)] == [1, 2, 3]


def test_nothing_is_known_from_the_request_before() -> None:
    assert [in_a_request("a"), in_a_request("a")] == [[1], [1]]


@pytest.mark.django_db
def test_what_was_known_is_forgotten_when_something_happens() -> None:
    user = UserFactory.create()
    asked = count(1)
    answers: list[int] = []

    def view(_request: HttpRequest) -> HttpResponse:
        answers.append(known("a", lambda: next(asked)))
        with transaction.atomic():
            record_fact(facts.SignedOut(user_id=user.pk), actor=user, at=THURSDAY_10)
        answers.append(known("a", lambda: next(asked)))
        return HttpResponse()

    MemoryMiddleware(view)(RequestFactory().get("/"))

    assert answers == [1, 2]
