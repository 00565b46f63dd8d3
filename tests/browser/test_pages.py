"""What only a browser shows: layout, accessibility, console, in both sizes and themes."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import DESKTOP, PHONE, Visitor

NARROWEST = {"width": 360, "height": 740}
WIDEST = {"width": 1920, "height": 1080}
SPOKEN_ANYWAY = {"中文"}  # the way back to Chinese
PAGES = [
    (None, "/sign-in/"),
    (None, "/sign-in/help/"),
    (None, "/enter/"),
    ("enterprise_user", "/needs/"),
    ("enterprise_user", "/cases/"),
    ("enterprise_user", "first case"),
    ("enterprise_user", "/account/"),
    ("enterprise_user", "/account/password/"),
    ("enterprise_user", "/account/second-factor/"),
    ("enterprise_user", "/account/sessions/"),
    ("enterprise_user", "/account/keys/"),
    ("center_clerk", "/api/"),
    ("enterprise_user", "/account/confirm/"),
    ("center_clerk", "/account/second-factor/"),
    ("center_clerk", "/cases/"),
    ("center_clerk", "/cases/?turn=open"),
    ("center_clerk", "/cases/?words=查不到的字"),
    ("center_clerk", "first case"),
    ("center_clerk", "/cases/dispatch/"),
    ("center_clerk", "/exports/"),
    ("center_clerk", "all of a list"),
    ("center_clerk", "/needs/for-enterprise/"),
    ("unit_handler", "/cases/"),
    ("supervisor", "/cases/?turn=supervisor"),
    ("supervisor", "/wall/"),
    ("supervisor", "/hangs/"),
    ("supervisor", "/hangs/new/"),
    ("leader", "/hangs/ageing/"),
    ("center_clerk", "/freight/"),
    ("enterprise_user", "/services/"),
    ("enterprise_user", "/services/1/"),
    ("center_clerk", "/services/"),
    ("center_clerk", "/services/new/"),
    ("center_clerk", "/hall/queue/?window=1"),
    ("center_clerk", "/hall/devices/"),
    ("system_admin", "/freight/words/"),
    ("system_admin", "/reader/"),
    ("supervisor", "/urgings/"),
    ("supervisor", "/urgings/1/"),
    ("supervisor", "/call-backs/"),
    ("supervisor", "/withdrawn/"),
    ("supervisor", "/call-backs/?which=all"),
    ("center_clerk", "/cases/1/beside/2/"),
    ("leader", "/day/"),
    ("leader", "/briefings/today/"),
    ("leader", "/briefings/"),
    ("leader", "issue to sign"),
    ("center_clerk", "issue to write"),
    ("center_clerk", "withdrawn issue"),
    ("supervisor", "/briefings/"),
    ("supervisor", "newest issue"),
    ("leader", "instruction to write"),
    ("system_admin", "/profile/"),
    ("system_admin", "/calendar/?year=2026"),
    ("center_clerk", "/calendar/?year=2027"),
    ("system_admin", "what a day moves"),
    ("system_admin", "/system/"),
    ("system_admin", "/outbox/"),
    ("system_admin", "/outbox/robots/new/"),
    ("center_clerk", "/notices/"),
    ("enterprise_user", "/notices/"),
    ("enterprise_user", "/account/notices/"),
    ("system_admin", "/styles/"),
    ("center_clerk", "/no-such-page/"),
]


# Where an issue stands in its list: the first one, or the one with that state.
ISSUES = {
    "issue to sign": "tbody th a",
    "issue to write": "tbody th a",
    "withdrawn issue": "tbody tr:has([data-state=withdrawn]) th a",
    "newest issue": "tbody th a",
    "instruction to write": "tbody tr:has([data-state=published]) th a",
}


def named(pages: list[tuple[str | None, str]]) -> list[str]:
    return [f"{role or 'nobody'} {path}" for role, path in pages]


def open_page(visit: Visitor, role: str | None, path: str, **looks: object) -> Page:
    """Open a page as a role.

    ``first case`` is the first one of that person's list, ``all of a list`` what would become of
    its cases if they were given out together; ``ISSUES`` are found in the list of issues.
    """
    window = visit(role, **looks)
    if path == "all of a list":
        page = window.open("/cases/?turn=open")
        keys = [box.get_attribute("value") for box in page.locator("[data-pick]").all()]
        return window.open(f"/cases/dispatch/?{'&'.join(f'case={key}' for key in keys)}")
    if path in ISSUES:
        link = window.open("/briefings/").locator(f".issues {ISSUES[path]}").first
        ending = {"issue to write": "edit/", "instruction to write": "instruct/"}.get(path, "")
        return window.open(f"{link.get_attribute('href')}{ending}")
    if path == "what a day moves":
        page = window.open("/calendar/?year=2026&day=2026-12-31")
        page.locator("form[action='/calendar/look/'] button").click()
        page.wait_for_load_state()
        return page
    if path != "first case":
        page = window.open(path)
        window.complaints[:] = [c for c in window.complaints if "404" not in c]
        return page
    page = window.open("/cases/?turn=all")
    address = page.locator("main a[href^='/cases/']:not([href*='?'])").first.get_attribute("href")
    return window.open(str(address))


@pytest.mark.parametrize(("role", "path"), PAGES, ids=named(PAGES))
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_page_has_no_barrier_that_axe_finds(
    visit: Visitor, role: str | None, path: str, theme: str
) -> None:
    found = []
    page = open_page(visit, role, path, theme=theme)
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]  # width and height
        results = Axe().run(page, options={"resultTypes": ["violations"]})
        found += [
            f"{size['width']}: {rule['id']}: {rule['nodes'][0]['html'][:150]}"
            for rule in results.response["violations"]
        ]

    assert found == []


@pytest.mark.parametrize(("role", "path"), PAGES, ids=named(PAGES))
def test_nothing_sticks_out_sideways_from_360_to_1920_pixels(
    visit: Visitor, role: str | None, path: str
) -> None:
    page = open_page(visit, role, path)

    sticking_out = {}
    for size in (NARROWEST, PHONE, {"width": 768, "height": 1024}, DESKTOP, WIDEST):
        page.set_viewport_size(size)  # type: ignore[arg-type]  # width and height
        sticking_out[size["width"]] = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )

    assert sticking_out == dict.fromkeys(sticking_out, 0)


@pytest.mark.parametrize(("role", "path"), PAGES, ids=named(PAGES))
def test_the_english_page_holds_no_chinese_but_names_and_texts(
    visit: Visitor, role: str | None, path: str
) -> None:
    page = open_page(visit, role, path, language="en")

    asked = "h2, h3, label, thead th, button, .tabs a, nav a:not(.views__link)"  # named by people
    # A paper has its own language, and so have the needs that it may tell.
    words = page.locator(f":is({asked}):not(.paper *, :has([name=told]))").all_inner_texts()

    assert page.locator("html").get_attribute("lang") == "en"
    chinese = [w for w in words if any("\u4e00" <= letter <= "\u9fff" for letter in w)]
    assert [w for w in chinese if w not in SPOKEN_ANYWAY] == []
