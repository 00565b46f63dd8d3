"""The inbox in a browser: what it weighs, what it does while one looks, keys, several at once."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import FilePayload, Page, Response, expect

from tests.browser.conftest import PHONE, Visitor

MOST_BYTES, MOST_REQUESTS, MOST_TAPS = 120_000, 12, 3
SHIFTS = """
    window.moved = 0;
    new PerformanceObserver((list) => {
        const own = list.getEntries().filter((shift) => !shift.hadRecentInput);
        own.forEach((shift) => { window.moved += shift.value; });
    }).observe({ type: 'layout-shift', buffered: true });
"""


def bytes_on_the_wire(response: Response) -> int:
    """Return what a response weighs, head and packed body, as the server sent it."""
    if "event-stream" in response.headers.get("content-type", ""):
        return 0
    sizes = response.request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]


def test_the_first_visit_of_the_inbox_is_light_and_nothing_moves(visit: Visitor) -> None:
    window = visit("center_clerk")
    answers: list[Response] = []
    window.page.add_init_script(SHIFTS)

    def note(answer: Response) -> None:
        answers.append(answer)

    window.page.on("response", note)

    page = window.open("/cases/?turn=open")
    page.wait_for_timeout(1_500)

    assert sum(bytes_on_the_wire(one) for one in answers) <= MOST_BYTES
    assert len(answers) <= MOST_REQUESTS
    assert page.evaluate("window.moved") == 0


def test_from_home_to_sent_takes_three_taps(visit: Visitor) -> None:
    phone = visit("enterprise_user", size=PHONE).open("/")
    taps = 0

    def tap(thing: str) -> None:
        nonlocal taps
        phone.locator(thing).first.click()
        taps += 1

    tap("[name=text]")
    phone.keyboard.type("厂区西门积水，叉车进不来，请帮忙看看")
    tap("form.need button[type=submit]")
    phone.wait_for_url(re.compile(r"/cases/\d+/$"))

    assert taps <= MOST_TAPS
    expect(phone.locator("main")).to_contain_text("厂区西门积水")


def test_a_photo_that_is_too_big_is_said_before_anything_is_sent(visit: Visitor) -> None:
    phone = visit("enterprise_user", size=PHONE).open("/needs/")
    sent: list[Any] = []
    phone.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    small = FilePayload(name="小.pdf", mimeType="application/pdf", buffer=b"%PDF-1.4")
    phone.evaluate("document.querySelector('shuniu-photos').dataset.mostBytes = '1000'")
    big = FilePayload(name="大.pdf", mimeType="application/pdf", buffer=b"%PDF-1.4" + b"0" * 2_000)

    phone.locator("[name=uploads]").set_input_files([big, small])

    expect(phone.locator("[data-photos-said]")).to_contain_text("“大.pdf”超过")
    expect(phone.locator(".photos__name")).to_have_text(["小.pdf"])
    assert phone.evaluate("document.querySelector('[name=uploads]').files.length") == 1
    assert sent == []


def test_keys_move_mark_and_open_and_say_what_they_are(visit: Visitor) -> None:
    page = visit("center_clerk").open("/cases/?turn=open")
    second = page.locator("[data-row]").nth(1)

    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(second.locator("a")).to_be_focused()
    page.keyboard.press("x")
    expect(second.locator("[data-pick]")).to_be_checked()
    expect(page.locator("[data-together-count]")).to_have_text("已选 1 件")
    page.keyboard.press("?")
    expect(page.locator("dialog.keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("#filter-words").focus()
    page.keyboard.type("xj?")
    expect(page.locator("dialog.keys")).not_to_be_visible()
    expect(second.locator("[data-pick]")).to_be_checked()


def send(visit: Visitor, text: str) -> None:
    phone = visit("enterprise_user", size=PHONE).open("/needs/")
    phone.locator("[name=text]").fill(text)
    phone.locator("form.need button[type=submit]").click()
    phone.wait_for_url(re.compile(r"/cases/\d+/$"))


def test_a_new_case_comes_in_at_the_top_and_waits_while_something_is_marked(
    visit: Visitor,
) -> None:
    page = visit("center_clerk").open("/cases/?turn=all")
    page.wait_for_timeout(500)
    send(visit, "仓库顶棚漏雨，想请人来看")
    expect(page.locator("#case-rows")).to_contain_text("仓库顶棚漏雨", timeout=15_000)
    expect(page.locator("[data-fresh-said]")).to_have_text("1 件新诉求")

    page.locator("[data-pick]").nth(2).check()
    marked = page.locator("[data-pick]").nth(2).get_attribute("value")
    send(visit, "门口路牌被撞歪，请扶正")
    bar = page.locator("[data-fresh]")
    expect(bar).to_contain_text("1 件新诉求", timeout=15_000)
    expect(page.locator("#case-rows")).not_to_contain_text("门口路牌")
    expect(page.locator(f"[data-pick][value='{marked}']")).to_be_checked()
    bar.click()
    expect(page.locator("#case-rows")).to_contain_text("门口路牌")


def accepted_case(page: Page) -> str:
    """Return the key of a case that waits for its unit."""
    row = page.locator("[data-row][data-mark*='ACCEPTED']").first
    return str(row.get_attribute("data-case"))


def test_several_cases_go_to_a_unit_and_come_back(visit: Visitor) -> None:
    window = visit("center_clerk")
    page = window.open("/cases/?turn=center")
    key = accepted_case(page)
    page.locator(f"[data-pick][value='{key}']").check()

    page.locator("[data-together] button[type=submit]").click()
    page.locator("select[name=unit]").select_option(label="应急管理局")
    expect(page.locator("#chosen")).to_contain_text("派 1 件给应急管理局")
    page.locator("#chosen button[type=submit]").click()
    expect(page.locator("h1")).to_contain_text("已派 1 件给应急管理局")
    page.locator("form.undo button").click()

    expect(page.locator("h1")).to_contain_text("已撤回")
    window.open("/cases/?turn=center")
    expect(page.locator(f"[data-case='{key}'][data-mark*='ACCEPTED']")).to_be_visible()


def test_a_list_is_saved_by_a_name_and_brought_back_after_it_was_removed(visit: Visitor) -> None:
    page = visit("supervisor").open("/cases/?turn=open&light=purple")
    page.locator(".pop > summary").click()
    page.locator("#view-name").fill("严重超期的")
    page.locator(".pop__form button").click()

    view = page.locator(".views__link", has_text="严重超期的")
    expect(view).to_have_attribute("aria-current", "page")
    shown = page.locator(".found__count").inner_text()
    assert view.locator(".count").inner_text() in shown
    page.locator(".pop > summary").click()
    page.locator("form[action$='/remove/'] button").click()
    expect(view).to_have_count(0)
    page.locator("form.undo button").click()
    expect(view).to_have_count(1)
