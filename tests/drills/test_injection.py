"""sqlmap finds nothing to inject in any parameter, and finds the page that is planted for it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.drills.demo import DemoZone, make_demo
from tests.drills.planted import PLANTED_PAGE
from tests.drills.server import Place, Web, remove, web_server

SQLMAP = shutil.which("sqlmap")
pytestmark = [
    pytest.mark.drill,
    pytest.mark.skipif(
        SQLMAP is None, reason="sqlmap is not installed (Debian: apt-get install sqlmap)"
    ),
]
SECONDS_FOR_A_PAGE = 300
TESTED = re.compile(r"(?:GET|POST) parameter '(\w+)' does not seem to be injectable")
FOUND = re.compile(r"^Parameter: (\S+)", re.MULTILINE)
STATUS = re.compile(r"(\d{3}) \([^)]*\) - \d+ times")


def empty(names: str) -> dict[str, str]:
    """Return parameters that ask for nothing."""
    return dict.fromkeys(names.split(), "")


# Role, address, parameters. What is empty filters nothing, so that nothing hides what a parameter
# under trial does. The files are filtered as their lists are.
CASES = (
    "state light late category unit urgency opened_on closed_on replied_on withdrawn_on open_on"
    " late_on"
)
TRAIL = "last_on who kind origin result older_than newer_than part"
PAGES: tuple[tuple[str | None, str, dict[str, str]], ...] = (
    (None, "/sign-in/", {"next": "/account/", "why": "idle"}),
    ("center_clerk", "/cases/", {"turn": "all", "words": "公司", "page": "1", **empty(CASES)}),
    ("enterprise_user", "/cases/", {"words": "车", "state": ""}),
    ("center_clerk", "/registrations/", {"state": "", "words": "", "page": "1"}),
    ("center_clerk", "/members/", {"words": "公司"}),
    ("center_clerk", "/members/", {"enterprise": "1"}),
    ("enterprise_admin", "/contacts/", {"enterprise": "1"}),
    ("leader", "/briefings/", {"day": "2026-06-01"}),
    ("security_admin", "/people/", {"words": "陈", "page": "1", **empty("office role state")}),
    ("security_admin", "/people/file/", {"words": "陈"}),
    ("security_admin", "/data-protection/purges/", {"page": "1"}),
    ("audit_admin", "/audit/", {"first_on": "2020-01-01", "name": "", **empty(TRAIL)}),
    ("audit_admin", "/audit/", {"subject": "desk.case:1"}),
    ("audit_admin", "/audit/file/", {"subject": "desk.case:1", "name": ""}),
)
# Role, address, fields. A key is new for each request, as the page would give one.
FORMS: tuple[tuple[str | None, str, dict[str, str]], ...] = (
    (None, "/sign-in/", {"name": "zhongxin", "password": "wrong-lamp-post"}),
    (None, "/register/check/", {"credit_code": "91320614MA1"}),
    ("center_clerk", "/callers/", {"number": "15400001111"}),
)


@dataclass(frozen=True, slots=True)
class Tried:
    """What sqlmap did: what it tested in vain, what it got into, and all that it said."""

    tested: frozenset[str]
    found: tuple[str, ...]
    said: str


@dataclass(slots=True)
class Figures:
    """What a drill reports."""

    pages: int = 0
    parameters: int = 0
    found: int = 0
    not_let_in: int = 0
    errors: int = 0


@dataclass(frozen=True, slots=True)
class Attack:
    """A web server that is attacked."""

    web: Web
    zone: DemoZone

    def on_page(self, role: str | None, path: str, query: dict[str, str]) -> Tried:
        """Try every parameter of a page."""
        return self._try(f"{path}?{urlencode(query)}", role, "-p", ",".join(query))

    def on_form(self, role: str | None, path: str, fields: dict[str, str]) -> Tried:
        """Try the fields of a form, each request with a token and a key of its own."""
        key = "0123456789abcdef"
        sent = {**fields, "csrfmiddlewaretoken": "x", "idempotency_key": key}
        page = path.removesuffix("check/")
        return self._try(
            path,
            role,
            *("-p", ",".join(fields), "--data", urlencode(sent)),
            *("--csrf-token", "csrfmiddlewaretoken", "--csrf-url", self.web.address + page),
            *("--randomize", "idempotency_key"),
        )

    def _try(self, address: str, role: str | None, *words: str) -> Tried:
        folder = self.zone.place.home / "sqlmap"
        database = "PostgreSQL" if self.zone.place.database else "SQLite"
        kept = self.zone.cookies_of(self.web.address, role or "")
        cookies = "; ".join(f"{name}={value}" for name, value in kept.items())
        done = subprocess.run(
            [
                str(SQLMAP),
                *("-u", self.web.address + address),
                *("--batch", "--disable-coloring", "--drop-set-cookie", "--flush-session"),
                *("--level", "1", "--risk", "1", "--technique", "BEU", "--dbms", database),
                *("--threads", "1", "--timeout", "30", "--retries", "1"),
                *("--output-dir", str(folder)),
                *("--cookie", cookies),
                *words,
            ],
            env={"PATH": os.environ["PATH"], "HOME": str(self.zone.place.home)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=True,
            timeout=SECONDS_FOR_A_PAGE,
        )
        said = done.stdout
        return Tried(frozenset(TESTED.findall(said)), tuple(FOUND.findall(said)), said)


@pytest.fixture(scope="module")
def zone(pattern: Place) -> Iterator[DemoZone]:
    demo = make_demo(pattern.home.with_name("injected"), beside=pattern)
    yield demo
    remove(demo.place)


def test_sqlmap_gets_into_no_parameter(zone: DemoZone, tell: Callable[[Any], None]) -> None:
    figures = Figures()
    problems = []
    with web_server(zone.place) as web:
        attack = Attack(web, zone)
        pages = [(page, attack.on_page) for page in PAGES]
        for (role, path, values), trying in [*pages, *((form, attack.on_form) for form in FORMS)]:
            tried = trying(role, path, values)
            figures.pages += 1
            figures.parameters += len(tried.tested)
            figures.found += len(tried.found)
            statuses = STATUS.findall(tried.said)
            figures.not_let_in += sum(status in {"401", "403"} for status in statuses)
            figures.errors += sum(status.startswith("5") for status in statuses)
            if tried.found or tried.tested != set(values):
                problems.append(
                    f"{role} {path}: {tried.found}, tested {tried.tested}\n{tried.said}"
                )
    tell(figures)

    assert problems == []
    assert (figures.not_let_in, figures.errors) == (0, 0)


def test_sqlmap_gets_into_the_planted_page(zone: DemoZone) -> None:
    with web_server(zone.place, defect="AsksByWords") as web:
        tried = Attack(web, zone).on_page("leader", PLANTED_PAGE, {"words": "QS"})

    assert tried.found == ("words",)
