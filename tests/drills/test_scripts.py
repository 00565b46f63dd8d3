"""Sixty texts of markup in every field that keeps words: on no page do they become more than text.

All pages are opened as each role in a real browser, which notes what runs, what the content policy
refuses, and what a text has added to the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.drills.demo import DemoZone, make_demo
from tests.drills.hostile import Hostile, Stored
from tests.drills.planted import PLANTED_PAGE
from tests.drills.server import Place, remove, web_server
from tests.payloads import SCRIPTS, TRACES, TRAP
from tools.browsers import find_chromium

CHROMIUM = find_chromium()
pytestmark = [
    pytest.mark.drill,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium"),
]
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage"]
NUMBER = re.compile(r"\d+|[0-9a-f]{8}-[0-9a-f-]{27}")
# Of addresses that differ in numbers only, so many are opened for each role.
OF_A_KIND = 3
# Those answer with a file, not with a page.
FILES = re.compile(r"/(?:file|word|files/\d+)/")
# Who reads the cases, and how many of them each opens.
READERS = {"enterprise_user": 60, "center_clerk": 60, "unit_handler": 20, "leader": 10}
# Role and address, at whose end a payload is asked for.
ASKED = (
    ("center_clerk", "/cases/?words="),
    ("center_clerk", "/cases/?category="),
    ("center_clerk", "/registrations/?words="),
    ("center_clerk", "/members/?words="),
    ("security_admin", "/people/?words="),
    ("audit_admin", "/audit/?subject="),
    (None, "/sign-in/?next="),
    (None, "/"),
)
OF_THE_ASKED = 12


@dataclass(slots=True)
class Figures:
    """What the drill reports."""

    texts: int
    taken: int = 0
    refused: int = 0
    forms: int = 0
    pages: int = 0
    kinds_of_pages: int = 0
    traces: int = 0


@dataclass(slots=True)
class Reader:
    """A person's window that notes what happens in it."""

    context: BrowserContext
    address: str
    opened: set[str] = field(default_factory=set)
    traces: list[str] = field(default_factory=list)

    def open(self, path: str) -> list[str]:
        """Open a page and return the addresses that it leads to."""
        self.opened.add(path)
        self.page.goto(self.address + path, wait_until="domcontentloaded")
        found = self.page.evaluate(TRACES)
        self.traces += [f"{path}: {trace}" for trace in found]
        links = self.page.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.href)")
        return [_path(link) for link in links if link.startswith(self.address + "/")]

    @property
    def page(self) -> Any:
        return self.context.pages[0]

    def walk(self) -> None:
        """Follow all links from the first page, a few of each kind."""
        kinds: Counter[str] = Counter()
        waiting = ["/"]
        while waiting:
            path = waiting.pop(0)
            kind = NUMBER.sub("#", path.partition("?")[0])
            if path in self.opened or kinds[kind] >= OF_A_KIND or FILES.search(path):
                continue
            kinds[kind] += 1
            waiting += self.open(path)


def _path(link: str) -> str:
    parts = urlsplit(link)
    return parts.path + (f"?{parts.query}" if parts.query else "")


class Readers:
    """Windows of everybody."""

    def __init__(self, browser: Browser, zone: DemoZone, address: str) -> None:
        self.browser, self.zone, self.address = browser, zone, address
        self.by_role: dict[str | None, Reader] = {}

    def by(self, role: str | None, *, with_policy: bool = True) -> Reader:
        """Return the window of a role; each signs in once."""
        if role not in self.by_role:
            context = self.browser.new_context(locale="zh-CN", bypass_csp=not with_policy)
            cookies = self.zone.cookies_of(self.address, role or "")
            context.add_cookies(
                [{"name": n, "value": v, "url": self.address} for n, v in cookies.items()]
            )
            context.add_init_script(TRAP)
            context.new_page()
            self.by_role[role] = Reader(context, self.address)
        return self.by_role[role]

    def traces(self) -> list[str]:
        return [f"{who}: {t}" for who, one in self.by_role.items() for t in one.traces]

    def close(self) -> None:
        for reader in self.by_role.values():
            reader.context.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@dataclass(frozen=True, slots=True)
class Filled:
    """A zone in which payloads are stored."""

    zone: DemoZone
    stored: Stored


@pytest.fixture(scope="module")
def filled(pattern: Place) -> Iterator[Filled]:
    zone = make_demo(pattern.home.with_name("typed"), beside=pattern)
    with web_server(zone.place) as web:
        stored = Hostile(zone, web.address).fill()
    yield Filled(zone, stored)
    remove(zone.place)


def read_everything(readers: Readers, stored: Stored) -> None:
    """Open all pages that have links to them, the cases, and what payloads are asked of."""
    for role in (None, *readers.zone.sign_ins):
        readers.by(role).walk()
    for reader, count in READERS.items():
        for case in stored.cases[:count]:
            readers.by(reader).open(f"/cases/{case}/")
    for asked, path in ASKED:
        for text in SCRIPTS[:: len(SCRIPTS) // OF_THE_ASKED]:
            readers.by(asked).open(path + quote(text, safe=""))


def test_no_text_becomes_more_than_text_on_any_page(
    filled: Filled, browser: Browser, tell: Callable[[Any], None]
) -> None:
    with web_server(filled.zone.place) as web:
        readers = Readers(browser, filled.zone, web.address)
        read_everything(readers, filled.stored)
        traces = readers.traces()
        opened = [path for one in readers.by_role.values() for path in one.opened]
        readers.close()
    tell(
        Figures(
            texts=len(SCRIPTS),
            taken=filled.stored.taken.total(),
            refused=filled.stored.refused.total(),
            forms=len(filled.stored.taken),
            pages=len(opened),
            kinds_of_pages=len({NUMBER.sub("#", path.partition("?")[0]) for path in opened}),
            traces=len(traces),
        )
    )

    assert traces == []
    assert len(filled.stored.cases) == len(SCRIPTS)
    assert len(filled.stored.taken) >= 20
    assert len(opened) > 300


def test_even_without_the_content_policy_nothing_runs(filled: Filled, browser: Browser) -> None:
    with web_server(filled.zone.place) as web:
        readers = Readers(browser, filled.zone, web.address)
        clerk = readers.by("center_clerk", with_policy=False)
        for case in filled.stored.cases:
            clerk.open(f"/cases/{case}/")
        for path in ("/cases/?turn=all", "/registrations/", "/needs/for-enterprise/"):
            clerk.open(path)
        traces = readers.traces()
        readers.close()

    assert traces == []


@pytest.mark.parametrize(
    ("with_policy", "trace"), [(True, "the policy refused"), (False, "a script ran")]
)
def test_the_planted_page_that_shows_texts_as_they_are_is_caught(
    filled: Filled, browser: Browser, *, with_policy: bool, trace: str
) -> None:
    with web_server(filled.zone.place, defect="ShowsAsItIs") as web:
        readers = Readers(browser, filled.zone, web.address)
        leader = readers.by("leader", with_policy=with_policy)
        leader.open(PLANTED_PAGE)
        leader.page.wait_for_timeout(500)
        later = leader.page.evaluate(TRACES)
        readers.close()

    assert any("became part of the page" in found for found in later)
    assert any(trace in found for found in later)
