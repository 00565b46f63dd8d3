"""Whatever is typed into a parameter or a field stays a value: in the database and on pages."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from typing import Any
from unittest.mock import patch
from urllib.parse import quote, urlencode
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.db import DatabaseError, connection
from django.db.models import QuerySet
from django.http import QueryDict

from shuniu.zone.accounts.queries.trail import TrailFilter
from shuniu.zone.desk import queries
from shuniu.zone.desk.models import Case
from shuniu.zone.desk.queries import CaseFilter
from shuniu.zone.registry.queries import Standing
from tests.kernel.uploads import pdf
from tests.payloads import MARK, NONSENSE, SQL
from tests.rights.expectations import ROLES, Cell, cells_of
from tests.rights.matrix import CSRF, Matrix, listening, read, undone
from tests.rights.questions import Fields, question_of
from tests.rights.snapshot import fields_read

# What databases and their drivers say.
SAID_BY_DATABASES = re.compile(
    r"syntax error|unrecognized token|no such (?:table|column)|unterminated|psycopg|sqlite3"
    r"|(?:Operational|Programming|Data|Database)Error|invalid input syntax|Traceback",
    re.IGNORECASE,
)
ROWS = re.compile(r"<(?:tr|li|article|option)\b")
FILES = {"uploads"}
# So many of the texts are sent in each parameter or field, another choice for each: that none
# becomes part of a statement shows with any of them. The drill sends all.
CHOICES = [3, pytest.param(len(SQL), marks=pytest.mark.drill)]


class Listening(QueryDict):
    """The query of an address; tells which names it is asked for."""

    asked: set[str] = set()

    def get(self, key: Any, default: Any = None) -> Any:
        self.asked.add(key)
        return super().get(key, default)

    def __getitem__(self, key: str) -> Any:
        self.asked.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.asked.add(str(key))
        return super().__contains__(key)

    def dict(self) -> Any:
        self.asked.update(field.name for field in fields(TrailFilter))
        return super().dict()


@contextmanager
def names_asked() -> Iterator[set[str]]:
    """Collect the names of the parameters that a view looks for meanwhile."""
    Listening.asked = set()
    query = property(lambda request: Listening(request.META.get("QUERY_STRING", "")))
    with patch.object(WSGIRequest, "GET", query):
        yield Listening.asked


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a request: its status, its body, and the SQL that held the mark."""

    status: int
    body: str
    marked_sql: tuple[str, ...]

    @property
    def rows(self) -> int:
        return len(ROWS.findall(self.body))


def open_cells(method: str, roles: Sequence[str] = ROLES) -> list[Cell]:
    """Return for each address the first of the roles that gets further than its right."""
    found: dict[str, Cell] = {}
    for role in roles:
        for cell in cells_of(role):
            is_let_in = cell.expected in {"200", "302", "422"} and not cell.by_part
            if is_let_in and cell.method == method:
                kept = found.get(cell.address)
                if kept is None or (kept.expected != "200" and cell.expected == "200"):
                    found[cell.address] = cell
    return list(found.values())


class Attacker:
    """Sends the questions of the matrix with hostile texts in them."""

    def __init__(self, matrix: Matrix) -> None:
        self.matrix = matrix

    def send(
        self,
        cell: Cell,
        *,
        query: Mapping[str, str] | None = None,
        extra: Fields | None = None,
        headers: Mapping[str, str] | None = None,
        place: str = "",
    ) -> Told:
        """Send a question with other parameters, fields, headers or places, and undo it."""
        with undone(), listening(), marked_sql() as found:
            client = self.matrix.client_of(cell.role)
            client.raise_request_exception = False
            client.cookies[settings.CSRF_COOKIE_NAME] = CSRF
            question = question_of(self.matrix.world, cell)
            url = place_in(question.url, place) if place else question.url
            if query:
                path, _, own = url.partition("?")
                url = f"{path}?{urlencode({**QueryDict(own).dict(), **query})}"
            own_headers = {"X-CSRFToken": CSRF, "Idempotency-Key": uuid4().hex}
            sent = {**own_headers, **(headers or {})}
            if cell.method == "POST":
                response = client.post(url, {**question.fields, **(extra or {})}, headers=sent)
            else:
                response = client.get(url, headers=sent)
            answer = read(response)
            return Told(answer.status, html.unescape(answer.body), tuple(found))

    def parameters_of(self, cell: Cell) -> list[str]:
        """Return the names of the parameters that a view reads from its address."""
        with names_asked() as names:
            self.send(cell)
        return sorted(names)

    def fields_of(self, cell: Cell) -> list[str]:
        """Return the names of the fields that a form reads, and of those that are sent to it."""
        with fields_read() as names:
            self.send(cell)
        with undone():
            return sorted(names | question_of(self.matrix.world, cell).fields.keys())

    def policy_of(self, cell: Cell) -> str:
        """Return the content policy of an answer, which is empty where there is none."""
        headers = self.matrix.ask(cell).headers
        found = re.search(r"^Content-Security-Policy: (.*)$", headers, re.MULTILINE)
        return found[1] if found else ""


def scripts_allowed(policy: str) -> set[str]:
    """Return from where a content policy lets scripts run, in elements and attributes."""
    rules = {words[0]: set(words[1:]) for rule in policy.split(";") if (words := rule.split())}
    default = rules.get("script-src", rules.get("default-src", {"*"}))
    more = (rules.get(name, default) for name in ("script-src-elem", "script-src-attr"))
    return default.union(*more) | (rules.get("sandbox", set()) & {"allow-scripts"})


@contextmanager
def marked_sql() -> Iterator[list[str]]:
    """Collect the statements that hold the mark of a hostile text in themselves."""
    found: list[str] = []

    def execute(run: Any, sql: str, *given: Any) -> Any:
        if MARK in sql:
            found.append(sql)
        return run(sql, *given)

    with connection.execute_wrapper(execute):
        yield found


def place_in(url: str, text: str) -> str:
    """Return an address with a text in the place of the last number, day or id in it."""
    path, mark, query = url.partition("?")
    pieces = path.split("/")
    for at in range(len(pieces) - 1, -1, -1):
        if re.fullmatch(r"\d+|\d{4}-\d\d-\d\d|[0-9a-f]{8}-[0-9a-f-]{27}", pieces[at]):
            pieces[at] = quote(text, safe="")
            return "/".join(pieces) + mark + query
    return ""


def problems(where: str, text: str, told: Told, *, most_rows: int | None = None) -> list[str]:
    """Return what is wrong with an answer to a hostile text."""
    found = []
    if told.status >= 500:
        found.append("an error")
    if said := SAID_BY_DATABASES.search(told.body.replace(text, "")):
        found.append(f"says “{said[0]}”")
    if told.marked_sql:
        found.append(f"became part of {told.marked_sql[0][:200]}")
    if most_rows is not None and told.rows > most_rows:
        found.append(f"{told.rows} rows instead of {most_rows}")
    return [f"{where} {text!r}: {what}" for what in found]


def problems_of_parameter(
    attacker: Attacker, cell: Cell, name: str, texts: Sequence[str]
) -> list[str]:
    """Return what is wrong with the answers to hostile texts in one parameter."""
    most_rows = attacker.send(cell, query={name: NONSENSE}).rows
    return [
        problem
        for text in texts
        for problem in problems(
            f"{cell.address}?{name}",
            text,
            attacker.send(cell, query={name: text}),
            most_rows=most_rows,
        )
    ]


@pytest.fixture
def attacker(matrix: Matrix) -> Attacker:
    return Attacker(matrix)


@pytest.mark.parametrize("count", CHOICES)
def test_no_parameter_of_an_address_becomes_sql(attacker: Attacker, count: int) -> None:
    rest = itertools.cycle(SQL)
    parameters = {
        (cell.address, name): cell
        for cell in [*open_cells("GET", ["clerk"]), *open_cells("GET")]
        for name in attacker.parameters_of(cell)
    }

    found = [
        problem
        for (_address, name), cell in parameters.items()
        for problem in problems_of_parameter(attacker, cell, name, [*itertools.islice(rest, count)])
    ]

    assert found == []
    assert {("desk:case-list", field.name) for field in fields(CaseFilter)} < parameters.keys()
    assert {("registry:people", "words"), ("accounts:audit", "subject")} < parameters.keys()
    assert ("registry:members", "words") in parameters


@pytest.mark.parametrize("count", CHOICES)
def test_no_field_of_a_form_becomes_sql(attacker: Attacker, count: int) -> None:
    rest = itertools.cycle(SQL)
    sent, found = set(), []
    for cell in open_cells("POST"):
        for name in attacker.fields_of(cell):
            for text in itertools.islice(rest, max(1, count // 3)):
                upload = SimpleUploadedFile(f"{text}.pdf", pdf()) if name in FILES else text
                told = attacker.send(cell, extra={name: upload})
                found += problems(f"{cell.address} {name}", text, told)
                sent.add((cell.address, name))

    assert found == []
    assert len(sent) > 90


def test_no_piece_of_an_address_becomes_sql(attacker: Attacker) -> None:
    texts = itertools.cycle(text for text in SQL if "\x00" not in text)
    found, answers = [], set()
    for cell in [*open_cells("GET"), *open_cells("POST")]:
        with undone():
            url = question_of(attacker.matrix.world, cell).url
        if place_in(url, "x"):
            for text in itertools.islice(texts, 2):
                told = attacker.send(cell, place=text)
                answers.add(told.status)
                found += problems(cell.address, text, told)

    assert (found, answers) == ([], {404})


@pytest.mark.parametrize("name", ["Idempotency-Key", "User-Agent"])
def test_no_header_becomes_sql(attacker: Attacker, name: str) -> None:
    cell = next(c for c in open_cells("POST") if c.address == "desk:need")
    texts = [text for text in SQL if text.isascii() and text.isprintable()]

    found = [
        problem
        for text in texts
        for problem in problems(name, text, attacker.send(cell, headers={name: text}))
    ]

    assert found == []


def test_no_answer_lets_a_script_run_that_is_not_a_file_of_ours(attacker: Attacker) -> None:
    refused = [cell for cell in cells_of("chief") if cell.expected in {"403", "404", "405"}]
    cells = [*open_cells("GET"), *open_cells("POST"), *refused]

    policies = {rule for cell in cells for rule in scripts_allowed(attacker.policy_of(cell))}

    assert policies == {"'self'", "'none'"}
    assert len(cells) > 200


@pytest.mark.parametrize(
    ("policy", "sources"),
    [
        ("default-src 'self'; script-src 'self' 'unsafe-inline'", {"'self'", "'unsafe-inline'"}),
        (
            "default-src 'none'; script-src-attr 'unsafe-hashes' x",
            {"'none'", "'unsafe-hashes'", "x"},
        ),
        ("default-src 'none'; sandbox allow-scripts", {"'none'", "allow-scripts"}),
        ("img-src 'self'", {"*"}),
    ],
)
def test_a_policy_that_lets_scripts_run_is_seen(policy: str, sources: set[str]) -> None:
    assert scripts_allowed(policy) == sources


def _careless_cases(who: Standing, wanted: CaseFilter) -> QuerySet[Case]:
    """Filter as no product does."""
    where = [f"desk_case.text LIKE '%%{wanted.words}%%'"]
    careless = queries.cases_visible_to(who).extra(where=where)  # noqa: S610  # the planted defect
    return careless.order_by("pk")


def test_a_list_that_builds_sql_of_words_is_found(
    attacker: Attacker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "filtered_cases", _careless_cases)
    monkeypatch.setattr(queries, "count_of", lambda *asked: _careless_cases(*asked).count())
    cell = next(c for c in open_cells("GET") if c.address == "desk:case-list")

    found = problems_of_parameter(
        attacker, cell, "words", [f"{MARK}'", f"{MARK}' OR 1=1 --", "_", f"{MARK}plain"]
    )

    text = "\n".join(found)
    assert f"{MARK}'\": an error" in text
    assert "became part of SELECT" in text
    assert "rows instead of" in text


def test_what_a_database_says_is_noticed_in_a_body() -> None:
    error = DatabaseError('near "zq7": syntax error')

    assert problems("here", "zq7'", Told(200, f"<p>{error}</p>", ())) == [
        'here "zq7\'": says “syntax error”'
    ]
