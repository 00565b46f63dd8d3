"""A real server with the demo zone, and a real browser for each role."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, sync_playwright

from tools.browsers import ADVICE, find_chromium
from tools.codes import code_of

ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--font-render-hinting=none"]
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
# What a page may not say on its console, whatever it does.
SECONDS_TO_START = 60
LOUD = {"error", "warning"}


@dataclass(frozen=True, slots=True)
class SignIn:
    """``secret`` is what the person's app makes codes from; none for a role without one."""

    name: str
    password: str
    secret: str | None


@dataclass(frozen=True, slots=True)
class Server:
    """A running zone: where it is, and how to sign in for each role."""

    address: str
    sign_ins: dict[str, SignIn]


@dataclass(slots=True)
class Visit:
    """A person's browser window, with everything that it complained about."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page


Visitor = Callable[..., Visit]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Set up the demo zone in a folder of its own and serve it, as ``./run`` does."""
    home = tmp_path_factory.mktemp("zone")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SHUNIU_")}
    environment = {**kept, "SHUNIU_HOME": str(home), "SHUNIU_PORT": "8300"}
    shuniu = [sys.executable, "-m", "shuniu"]
    for words in (["setup"], ["demo"]):
        subprocess.run([*shuniu, *words], env=environment, check=True, stdout=subprocess.DEVNULL)
    said = home / "said.txt"
    with said.open("w") as file:
        process = subprocess.Popen([*shuniu, "serve"], env=environment, stdout=file, stderr=file)
    rows = json.loads((home / "demo-sign-ins.json").read_text(encoding="utf-8"))
    try:
        sign_ins = {
            row["role"]: SignIn(row["name"], row["password"], row["second_factor_secret"])
            for row in rows
        }
        yield Server(_address(said), sign_ins)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)


def _address(said: Path) -> str:
    """Return the address that the server prints once it answers."""
    for _turn in range(SECONDS_TO_START * 10):
        if found := re.search(r"http://localhost:\d+", said.read_text()):
            return found[0]
        time.sleep(0.1)
    raise AssertionError(said.read_text())


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = find_chromium()
    if chromium is None:
        pytest.fail(ADVICE)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def signed_in(server: Server, browser: Browser) -> Callable[[str], StorageState]:
    """Return the cookies of a role; each role signs in once, at the page itself."""
    known: dict[str, StorageState] = {}

    def cookies(role: str) -> StorageState:
        if role not in known:
            context = browser.new_context(locale="zh-CN")
            window = Visit(context.new_page(), server.address)
            sign_in(window, server.sign_ins[role])
            known[role] = context.storage_state()
            context.close()
        return known[role]

    return cookies


@pytest.fixture
def visit(
    server: Server, browser: Browser, signed_in: Callable[[str], StorageState]
) -> Iterator[Visitor]:
    """Open a window, signed in as a role; at the end no window may have complained."""
    opened: list[tuple[BrowserContext, Visit]] = []

    def start(
        role: str | None,
        *,
        size: dict[str, int] = DESKTOP,
        theme: str = "light",
        language: str = "zh-hans",
        script: bool = True,
    ) -> Visit:
        context = browser.new_context(
            viewport=size,  # type: ignore[arg-type]  # width and height
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
            java_script_enabled=script,
            storage_state=signed_in(role) if role else None,
        )
        context.set_default_timeout(15_000)
        for name, value in (("theme", theme), ("language", language)):
            context.add_cookies([{"name": name, "value": value, "url": server.address}])
        window = Visit(context.new_page(), server.address)
        window.page.on(
            "console",
            lambda said: window.complaints.append(said.text) if said.type in LOUD else None,
        )
        window.page.on("pageerror", lambda error: window.complaints.append(str(error)))
        opened.append((context, window))
        return window

    yield start
    complaints = [complaint for _context, window in opened for complaint in window.complaints]
    for context, _window in opened:
        context.close()
    assert complaints == []


def sign_in(window: Visit, person: SignIn) -> None:
    """Sign in at the page itself, with the code of the app where one is asked for."""
    page = window.open("/sign-in/")
    page.locator("[name=name]").fill(person.name)
    page.locator("[name=password]").fill(person.password)
    page.locator("main button[type=submit]").click()
    if person.secret:
        page.wait_for_url("**/sign-in/code/**")
        page.locator("[name=code]").fill(code_of(person.secret))
        page.locator("main button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)
