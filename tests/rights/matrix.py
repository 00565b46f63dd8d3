"""Asking every question of the matrix and comparing the answers with the table."""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

from shuniu.zone.kernel.models import Fact
from tests.clients import Client
from tests.rights.expectations import READS, REVEALS, Cell
from tests.rights.questions import STEPS, Fields, question_of
from tests.rights.world import World

PROGRAMS = ("api:", "open311:")
CSRF = "a" * 32
SIGN_OUT = "accounts:sign-out"
# A "no" that somebody who is signed in is told leaves one entry; a form with errors does not.
TOLD_AS_REFUSAL = frozenset({"403", "404", "409"})
REFUSED = "kernel.request.refused"
# What is new in every answer: the token of a form, the keys that keep it from counting twice, and
# the number that was asked for.
FRESH = re.compile(
    r'(csrfmiddlewaretoken" value="|X-CSRFToken": "|idempotency_key" value="|name="slip" value=")'
    r'[^"]*'
    r"|/\d+/|/[0-9a-f]{8}-[0-9a-f-]{27}/|enterprise=\d+"
)
# What every page tells the browser; a file may bring a stricter policy of its own.
PROTECTIONS = (
    "Content-Security-Policy: ",
    "X-Frame-Options: DENY",
    "X-Content-Type-Options: nosniff",
)
JSON_LINES = logging.getLogger("django").handlers[0].formatter
TAGS = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and what it cost and left behind.

    ``said`` is what was logged meanwhile, ``facts`` the kinds of the facts that were written.
    """

    status: int
    location: str
    body: str
    headers: str
    queries: int = 0
    said: str = ""
    facts: tuple[str, ...] = ()


def declared_addresses() -> set[str]:
    """Return the name of every address of the pages; each step of a case is one.

    Those of the API are asked by programs, see ``tests.rights.programs``.
    """
    names = {name for name, _pattern in addresses() if not name.startswith(PROGRAMS)}
    steps = {f"{name}/{step}" for name, several in STEPS.items() for step in several}
    return (names - STEPS.keys()) | steps


def addresses() -> Iterator[tuple[str, URLPattern]]:
    """Yield every address of the resolver with its name."""

    def walk(
        patterns: list[URLPattern | URLResolver], spaces: tuple[str, ...]
    ) -> Iterator[tuple[str, URLPattern]]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                inner = (pattern.namespace,) if pattern.namespace else ()
                yield from walk(pattern.url_patterns, (*spaces, *inner))
            else:
                yield ":".join((*spaces, pattern.name or str(pattern.pattern))), pattern

    yield from walk(get_resolver().url_patterns, ())


class Listener(logging.Handler):
    """Keeps what the process says in its log, as lines of JSON."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.setFormatter(JSON_LINES)

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@contextmanager
def listening() -> Iterator[list[str]]:
    """Collect what is logged instead of printing it."""
    listener = Listener()
    loggers = [logging.getLogger(), logging.getLogger("django")]
    before = [logger.handlers for logger in loggers]
    for logger in loggers:
        logger.handlers = [listener]
    try:
        yield listener.lines
    finally:
        for logger, handlers in zip(loggers, before, strict=True):
            logger.handlers = handlers


class Matrix:
    """A world, and clients for its people."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.sessions = {role: session_of(person) for role, person in world.people.items()}
        self._canaries = world.canaries()
        self._missing: dict[tuple[str, str, str, bool], Answer] = {}

    def problems_of(self, cell: Cell) -> list[str]:
        """Return what is wrong with the answer to one cell."""
        answer = self.ask(cell)
        found = []
        if said(answer) != cell.expected:
            found.append(f"{cell}: {said(answer)}")
        found += [f"{cell}: shows {word}" for word in self.leaks(cell, answer)]
        found += [f"{cell}: logs {word}" for word in self._logged(answer)]
        found += [f"{cell}: without {line}" for line in _unprotected(cell, answer)]
        told = [kind for kind in answer.facts if kind != REFUSED]
        if len(told) != cell.facts and answer.status < 400:
            found.append(f"{cell}: leaves {told}")
        if answer.status >= 400 and any(not kind.startswith("accounts.") for kind in told):
            found.append(f"{cell}: leaves {told}, though it was refused")
        refused = len(answer.facts) - len(told)
        if refused != (cell.role != "out" and cell.expected in TOLD_AS_REFUSAL):
            found.append(f"{cell}: leaves {refused} entries of a refusal")
        if cell.expected == "404" and not self._is_like_missing(cell, answer):
            found.append(f"{cell}: not the same as for a row that does not exist")
        return found

    def ask(
        self,
        cell: Cell,
        *,
        is_missing: bool = False,
        token: bool = True,
        extra: Fields | None = None,
        after: Callable[[], None] = lambda: None,
    ) -> Answer:
        """Send the request of a cell and undo what it did.

        ``extra`` fields are sent unless the form has them; ``after`` is called before the undoing.
        """
        with undone():
            client = self.client_of(cell.role)
            headers = {"Idempotency-Key": uuid4().hex}
            if cell.by_part:
                headers["HX-Request"] = "true"
            if token:
                client.cookies[settings.CSRF_COOKIE_NAME] = CSRF
                headers["X-CSRFToken"] = CSRF
            question = question_of(self.world, cell, is_missing=is_missing)
            newest = Fact.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            with counted() as count, listening() as heard:
                if cell.method == "POST":
                    fields = {**(extra or {}), **question.fields}
                    response = client.post(question.url, fields, headers=headers)
                else:
                    response = client.generic(cell.method, question.url, headers=headers)
            after()
            facts = Fact.objects.filter(pk__gt=newest).order_by("pk")
            kinds = tuple(facts.values_list("kind", flat=True))
            return read(response, count[0], "\n".join(heard), kinds)

    def forget(self) -> None:
        """Forget the answers about rows that do not exist: they are asked for anew."""
        self._missing.clear()

    def client_of(self, role: str) -> Client:
        """Return a fresh browser with the session of a role."""
        client = Client(enforce_csrf_checks=True)
        if role in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        return client

    def _is_like_missing(self, cell: Cell, answer: Answer) -> bool:
        """Return whether an answer and its cost are those for a row that does not exist."""
        name, _, step = cell.address.partition("/")
        # Whatever the step of a case, the case is looked for first.
        place = name if name == "desk:case-step" else f"{name}/{step}"
        key = (cell.role, place, cell.method, cell.by_part)
        if key not in self._missing:
            self._missing[key] = self.ask(cell, is_missing=True)
        nothing = self._missing[key]
        return (answer.status, answer.location, answer.body, answer.headers, answer.queries) == (
            nothing.status,
            nothing.location,
            nothing.body,
            nothing.headers,
            nothing.queries,
        )

    def leaks(self, cell: Cell, answer: Answer) -> list[str]:
        """Return the words in an answer that its reader must not see."""
        may_read = READS[cell.role]
        if cell.method == "POST" and answer.status == 200:
            may_read |= {name.format(row=cell.row) for name in REVEALS.get(cell.address, ())}
        return [
            word
            for whose, words in self._canaries.items()
            if whose not in may_read
            for word in words
            if word in answer.body or word in answer.headers
        ]

    def _logged(self, answer: Answer) -> list[str]:
        """Return the words of anybody that the log repeats: it may hold none."""
        return [w for words in self._canaries.values() for w in words if w in answer.said]


def _unprotected(cell: Cell, answer: Answer) -> list[str]:
    """Return the headers that are missing in an answer."""
    needed: tuple[str, ...] = PROTECTIONS
    if cell.role != "out" and cell.address != SIGN_OUT:
        needed += ("no-store",)
    return [line for line in needed if line not in answer.headers]


def session_of(person: Any, *, second_factor: bool = True) -> str:
    """Return the key of a new session of somebody."""
    client = Client()
    client.force_login(person, second_factor=second_factor)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def token_missing(_request: HttpRequest, reason: str = "") -> HttpResponse:
    return HttpResponse(reason, status=403)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def counted() -> Iterator[list[int]]:
    """Count the queries of the block."""
    count = [0]

    def execute(run: Any, *given: Any) -> Any:
        count[0] += 1
        return run(*given)

    with connection.execute_wrapper(execute):
        yield count


def read(response: Any, queries: int = 0, log: str = "", facts: tuple[str, ...] = ()) -> Answer:
    """Return what stands in an answer, without what is new in every answer."""
    body = b""
    if not response.streaming:
        body = response.content
    elif not getattr(response, "is_async", False):
        body = b"".join(response)
    headers = sorted(f"{name}: {value}" for name, value in response.headers.items())
    headers += sorted(f"{name}={c.value}" for name, c in response.cookies.items() if name != CSRF)
    return Answer(
        status=response.status_code,
        location=FRESH.sub("", _way(response)),
        body=FRESH.sub("", words_of(body)),
        headers=FRESH.sub("", "\n".join(headers)),
        queries=queries,
        said=log,
        facts=facts,
    )


def _way(response: Any) -> str:
    """Return where an answer leads, a page or the page around a part."""
    headers = response.headers
    return str(headers.get("Location") or headers.get("HX-Redirect", ""))


def words_of(body: bytes) -> str:
    """Return the words of an answer: of an office file those of all its parts."""
    if not body.startswith(b"PK"):
        return body.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        parts = [archive.read(name).decode(errors="replace") for name in archive.namelist()]
    return "\n".join(part + "\n" + TAGS.sub("", part) for part in parts)


def said(answer: Answer) -> str:
    """Return the status as the table writes it."""
    if answer.status in {204, 302} and answer.location.startswith("/sign-in/?"):
        return "in"
    return str(answer.status)
