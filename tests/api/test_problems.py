"""What programs are told when something is not done."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from shuniu.config import asgi
from shuniu.config.tokens import MOST_AT_ONCE, Turns
from shuniu.zone.desk import queries
from tests.api.programs import program_of
from tests.factories import CaseFactory, EnterpriseFactory, clerk, member_of

pytestmark = pytest.mark.django_db
JSON = "application/json"


def is_problem(answer: Any, status: int) -> bool:
    told = json.loads(answer.content)
    return (
        answer.status_code == told["status"] == status
        and answer.headers["Content-Type"] == "application/problem+json"
        and bool(told["title"])
    )


@pytest.mark.parametrize("address", ["/api/v1/me", "/api/v1/cases", "/api/v1/cases/1/accept"])
def test_without_a_key_the_way_to_one_is_told(address: str) -> None:
    answer = Client().get(address)

    assert is_problem(answer, 401)
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="shuniu"'


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", JSON, 400),
        (b"\xff\xfe", JSON, 400),
        (b"[" * 100_000, JSON, 400),
        (b'{"category": NaN}', JSON, 400),
        (b"[]", JSON, 422),
        (b'"words"', JSON, 422),
        (b'{"category": "municipal", "urgency": "normal", "more": 1}', JSON, 422),
        (b'{"category": "\\ud800", "urgency": "normal"}', JSON, 422),
        (b"<a/>", "application/xml", 415),
        (b"a=1", "application/x-www-form-urlencoded", 415),
        (b"x" * 3_000_000, JSON, 413),
    ],
)
def test_a_body_that_cannot_be_taken_is_refused(body: bytes, kind: str, status: int) -> None:
    case, program = CaseFactory.create(), program_of(clerk())

    answer = program.client.post(
        f"/api/v1/cases/{case.pk}/accept",
        body,
        content_type=kind,
        headers=program.headers | {"Idempotency-Key": "a-key-of-this-test"},
    )

    assert is_problem(answer, status)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "There is nothing here."),
        ("zh-CN,zh;q=0.9", "此处没有内容。"),
        ("fr", "此处没有内容。"),
    ],
)
def test_a_problem_is_told_in_the_language_of_the_request(language: str, title: str) -> None:
    answer = program_of(clerk(), language=language).get("/cases/987654321")

    assert is_problem(answer, 404)
    assert answer.json()["title"] == title
    assert answer.json()["instance"] == "/api/v1/cases/987654321"


@pytest.mark.parametrize("key", [0, 2**63, 10**40])
def test_a_number_that_no_row_can_have_is_no_fault_of_ours(key: int) -> None:
    assert program_of(clerk()).get(f"/cases/{key}").status_code in {404, 422}


def test_a_fault_of_ours_tells_nothing_of_the_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    program = program_of(clerk())
    program.client.raise_request_exception = False

    def broken(*_given: Any) -> None:
        raise ValueError("a path: /srv/secret and 13800138000")

    monkeypatch.setattr(queries, "cases_visible_to", broken)
    answer = program.get("/cases/1")

    assert is_problem(answer, 500)
    text = answer.content.decode()
    assert not [
        word for word in ("secret", "13800138000", "Traceback", "django", "ninja") if word in text
    ]


def test_an_address_that_is_none_is_a_problem_too() -> None:
    assert is_problem(program_of(clerk()).get("/no-such-thing"), 404)


def test_a_refusal_keeps_its_code() -> None:
    firm = EnterpriseFactory.create()
    case = CaseFactory.create(enterprise=firm)

    answer = program_of(member_of(firm)).post(f"/cases/{case.pk}/sign")

    assert is_problem(answer, 403)
    assert answer.json()["type"] == "urn:shuniu:problem:desk.not_your_case"


def test_one_person_has_a_part_of_the_turns_and_others_theirs() -> None:
    turns = Turns()
    held = [turns.one_more(1) for _ in range(MOST_AT_ONCE)]
    has_room = [one.__enter__() for one in held]

    with turns.one_more(1) as one_too_many, turns.one_more(2) as of_another:
        assert (one_too_many, of_another) == (False, True)

    held[0].__exit__(None, None, None)
    with turns.one_more(1) as afterwards:
        assert afterwards is True
    assert has_room == [True] * MOST_AT_ONCE


def test_the_document_is_openapi_3_1_and_open_to_all() -> None:
    answer = Client().get("/api/v1/openapi.json")

    assert answer.json()["openapi"] == "3.1.0"
    assert str(Path.cwd()) not in answer.content.decode()


def test_a_program_does_not_wait_behind_a_crowd_but_is_told_to_come_later() -> None:
    statuses: list[tuple[str, int]] = []

    async def crowd() -> None:
        opened = asyncio.Event()

        async def pages(_scope: Any, _receive: Any, send: Any) -> None:
            await opened.wait()
            await send({"type": "http.response.start", "status": 200, "headers": []})

        bounded = asgi.with_bounded_work(pages, streams="/live/")

        async def ask(path: str) -> None:
            async def send(message: Any) -> None:
                if message["type"] == "http.response.start":
                    statuses.append((path, message["status"]))

            await bounded({"type": "http", "path": path}, None, send)

        people = asgi.MOST_AT_ONCE + asgi.MOST_PROGRAMS_WAIT_BEHIND
        waiting = [asyncio.create_task(ask("/cases/")) for _ in range(people)]
        await asyncio.sleep(0)
        await ask("/api/v1/cases")
        opened.set()
        await asyncio.gather(*waiting)
        await ask("/api/v1/cases")

    asyncio.run(crowd())

    people = asgi.MOST_AT_ONCE + asgi.MOST_PROGRAMS_WAIT_BEHIND
    assert statuses[0] == ("/api/v1/cases", 503)
    assert statuses[1:-1] == [("/cases/", 200)] * people
    assert statuses[-1] == ("/api/v1/cases", 200)
