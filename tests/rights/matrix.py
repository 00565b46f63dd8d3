"""Asking every question of the matrix and comparing the answers with the table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from shuniu.zone.desk.choices import Step
from tests.kernel.uploads import pdf
from tests.rights.expectations import READS, Cell
from tests.rights.world import DAY, MISSING, World, fields_of, prepare

CSRF = "a" * 32
# What is new in every answer: the token of a form, and the key that keeps it from counting twice.
FRESH = re.compile(
    r'(csrfmiddlewaretoken" value="|X-CSRFToken": "|idempotency_key" value=")[^"]*|/\d{6,}/'
)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    location: str
    body: str
    headers: str


def declared_addresses() -> set[str]:
    """Return the name of every address of the product; each step of a case is one."""

    def walk(patterns: list[URLPattern | URLResolver], spaces: tuple[str, ...]) -> Iterator[str]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                inner = (pattern.namespace,) if pattern.namespace else ()
                yield from walk(pattern.url_patterns, (*spaces, *inner))
            else:
                yield ":".join((*spaces, pattern.name or str(pattern.pattern)))

    names = set(walk(get_resolver().url_patterns, ()))
    steps = {f"desk:case-step/{step}" for step in Step}
    return (names - {"desk:case-step"}) | steps


class Matrix:
    """A world, and clients for its people."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.sessions: dict[str, str] = {}
        for role, person in world.people.items():
            client = Client()
            client.force_login(person)
            self.sessions[role] = client.cookies["sessionid"].value

    def problems_of(self, cell: Cell) -> list[str]:
        """Return what is wrong with the answer to one cell."""
        answer = self.ask(cell)
        found = []
        if _said(answer) != cell.expected:
            found.append(f"{cell}: {_said(answer)}")
        found += [f"{cell}: shows {word}" for word in self._leaks(cell, answer)]
        if cell.expected == "404":
            nothing = self.ask(cell, is_missing=True)
            if nothing != answer:
                found.append(f"{cell}: not the same as for a row that does not exist")
        return found

    def ask(self, cell: Cell, *, is_missing: bool = False, token: bool = True) -> Answer:
        """Send the request of a cell and undo what it did."""
        with undone():
            client = self._client(cell.role)
            headers = {"Idempotency-Key": uuid4().hex}
            if token:
                client.cookies["csrftoken"] = CSRF
                headers["X-CSRFToken"] = CSRF
            url, fields = self._request(cell, is_missing=is_missing)
            if cell.method == "POST":
                return _read(client.post(url, fields, headers=headers))
            return _read(client.generic(cell.method, url, headers=headers))

    def _client(self, role: str) -> Client:
        client = Client(enforce_csrf_checks=True)
        if role in self.sessions:
            client.cookies["sessionid"] = self.sessions[role]
        return client

    def _request(self, cell: Cell, *, is_missing: bool) -> tuple[str, dict[str, object]]:
        """Return the address of a cell and the fields of its form."""
        name, _, step_name = cell.address.partition("/")
        row = self.world.rows["own" if cell.row in {"-", "missing", "reopened"} else cell.row]
        if step_name:
            step = Step(step_name)
            prepare(row, cell.row, step)
            case_id = MISSING if is_missing else row.case.pk
            return reverse(name, args=[case_id, step]), fields_of(step, cell.row)
        delivery_id = MISSING if cell.row == "missing" else self.world.delivery.pk
        places: dict[str, list[object]] = {
            "desk:case-page": [row.case.pk],
            "desk:attachments-add": [row.case.pk],
            "desk:attachment": [row.attachment.pk],
            "registry:contact-reveal": [row.contact.pk],
            "portal:delivery-again": [delivery_id],
            "briefings:day": [DAY],
            "briefings:word": [DAY],
        }
        fields: dict[str, dict[str, object]] = {
            "desk:need": {"text": "路灯坏了", "enterprise": row.enterprise.pk},
            "desk:need-for-enterprise": {
                "text": "路灯坏了",
                "enterprise": row.enterprise.name,
                "channel": "phone",
            },
            "desk:attachments-add": {"uploads": SimpleUploadedFile("a.pdf", pdf())},
            "accounts:sign-in": {"name": "nobody", "password": "wrong"},
            "kernel:language": {"language": "en"},
            "kernel:theme": {"theme": "dark"},
        }
        place = places.get(name, [])
        if is_missing:
            place = [MISSING]
        url = reverse(name, args=place)
        if name == "desk:case-list":
            url += "?turn=all"
        return url, fields.get(name, {})

    def _leaks(self, cell: Cell, answer: Answer) -> list[str]:
        """Return the words in an answer that its reader must not see."""
        may_read = READS[cell.role]
        if cell.address == "registry:contact-reveal" and answer.status == 200:
            may_read = may_read | {f"{cell.row} phone"}
        return [
            word
            for whose, words in self.world.canaries().items()
            if whose not in may_read
            for word in words
            if word in answer.body or word in answer.headers
        ]


def token_missing(_request: HttpRequest, reason: str = "") -> HttpResponse:
    return HttpResponse(reason, status=403)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _read(response: Any) -> Answer:
    """Return what stands in an answer, without what is new in every answer."""
    body = b""
    if not response.streaming:
        body = response.content
    elif not getattr(response, "is_async", False):
        body = b"".join(response)
    headers = sorted(f"{name}: {value}" for name, value in response.headers.items())
    return Answer(
        status=response.status_code,
        location=response.headers.get("Location", ""),
        body=FRESH.sub("", body.decode(errors="replace")),
        headers=FRESH.sub("", "\n".join(headers)),
    )


def _said(answer: Answer) -> str:
    if answer.status == 302 and answer.location.startswith("/sign-in/?"):
        return "in"
    return str(answer.status)
