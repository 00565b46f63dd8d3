"""Markup that people type stays text, on every page that shows it."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit, Visitor
from tests.browser.test_walk import png, step
from tests.payloads import FEW_SCRIPTS, TRACES, TRAP

CASE = re.compile(r"/cases/\d+/$")
TEXT = "\n".join(["厂门口的路灯坏了三盏，政策补贴怎么申请？", *FEW_SCRIPTS])
NAME = f"{FEW_SCRIPTS[1]}.png"


def watched(window: Visit) -> Visit:
    """Let a window note from its next page on whatever a payload does."""
    window.page.add_init_script(TRAP)
    return window


def traces(window: Visit) -> list[str]:
    """Return what payloads did to the page that is open."""
    found: list[str] = window.page.evaluate(TRACES)
    return found


def test_markup_in_a_need_stays_text_for_everybody_who_reads_it(visit: Visitor) -> None:
    firm = watched(visit("enterprise_user"))
    page = firm.open("/needs/")
    page.locator("[name=text]").fill(TEXT)
    page.locator("[name=uploads]").set_input_files(
        {"name": NAME, "mimeType": "image/png", "buffer": png()}
    )
    page.locator("form.need button[type=submit]").click()
    page.wait_for_url(CASE)
    case = page.url.removeprefix(firm.address)
    found = traces(firm)
    shown = page.locator("main").inner_text()
    firm.open("/needs/")
    found += traces(firm)

    clerk = watched(visit("center_clerk"))
    expect(clerk.open(case).locator("main mark").first).to_be_visible()
    found += traces(clerk)
    step(clerk.page, "accept")
    expect(clerk.page.locator("form.form[action$='/dispatch/']")).to_be_visible()
    found += traces(clerk)
    clerk.open("/cases/?turn=open")
    found += traces(clerk)

    assert found == []
    assert all(text in shown for text in FEW_SCRIPTS)


@pytest.mark.parametrize("path", ["/cases/?words=", "/members/?words=", "/sign-in/?next=", "/"])
def test_markup_in_an_address_stays_text(visit: Visitor, path: str) -> None:
    window = watched(visit(None if "sign-in" in path else "center_clerk"))
    found = []
    for text in FEW_SCRIPTS:
        window.open(path + quote(text, safe=""))
        found += traces(window)
    window.complaints[:] = [c for c in window.complaints if "404" not in c]

    assert found == []


def test_a_page_that_takes_markup_is_caught(visit: Visitor) -> None:
    window = watched(visit("center_clerk"))
    page = window.open("/cases/")
    caught = []
    for text in FEW_SCRIPTS:
        page.reload()
        page.evaluate(
            "text => document.querySelector('h1').innerHTML = `<p title='${text}'>`", text
        )
        page.evaluate("text => document.querySelector('h1').innerHTML += text", text)
        caught.append(bool(traces(window)))
    window.complaints.clear()

    assert caught == [True] * len(FEW_SCRIPTS)
