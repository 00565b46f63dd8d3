"""The door and the own account in a real browser: by thumb, with and without script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import PHONE, Server, SignIn, Visit, Visitor, sign_in
from tools.codes import code_of

LEAST_TARGET_PX = 44
LEAST_FONT_PX = 16  # below it a phone zooms into a field


@pytest.fixture
def phone(visit: Visitor) -> Visit:
    """A phone on which nobody is signed in."""
    return visit(None, size=PHONE)


@pytest.fixture
def firm(server: Server) -> SignIn:
    return server.sign_ins["enterprise_user"]


def typed(page: Page, person: SignIn) -> None:
    """Fill in name and password."""
    page.locator("[name=name]").fill(person.name)
    page.locator("[name=password]").fill(person.password)


def heights(found: Locator) -> list[float]:
    boxes = [item.bounding_box() for item in found.all()]
    return [box["height"] for box in boxes if box is not None]


@pytest.mark.parametrize("path", ["/sign-in/", "/enter/", "/sign-in/help/"])
def test_whatever_is_touched_at_the_door_is_big_enough_for_a_thumb(phone: Visit, path: str) -> None:
    page = phone.open(path)

    touched = heights(page.locator("main a, main input:visible, main button"))

    assert min(touched) >= LEAST_TARGET_PX
    sizes = page.locator("main input:visible").evaluate_all(
        "fields => fields.map(field => parseFloat(getComputedStyle(field).fontSize))"
    )
    assert [size for size in sizes if size < LEAST_FONT_PX] == []


def test_the_password_can_be_shown_and_is_hidden_before_it_is_sent(
    phone: Visit, firm: SignIn
) -> None:
    page = phone.open("/sign-in/")
    typed(page, firm)
    field = page.locator("[name=password]")

    page.get_by_role("button", name="显示").click()
    shown = field.get_attribute("type")
    page.get_by_role("button", name="隐藏").click()

    assert (shown, field.get_attribute("type")) == ("text", "password")
    page.get_by_role("button", name="显示").click()
    page.locator("main button[type=submit]").click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def test_without_script_one_signs_in_all_the_same(visit: Visitor, firm: SignIn) -> None:
    page = visit(None, size=PHONE, script=False).open("/sign-in/?next=/account/")

    typed(page, firm)
    page.locator("main button[type=submit]").click()

    assert page.url.endswith("/account/")
    expect(page.locator("main")).to_contain_text("两步验证")


def test_a_password_may_be_pasted(phone: Visit) -> None:
    page = phone.open("/sign-in/")
    field = page.locator("[name=password]")
    page.locator("[name=name]").fill("eingefügt aus dem Speicher")

    page.locator("[name=name]").press("Control+a")
    page.locator("[name=name]").press("Control+c")
    field.press("Control+v")

    expect(field).to_have_value("eingefügt aus dem Speicher")


def test_wrong_passwords_lead_to_a_way_out(phone: Visit) -> None:
    page = phone.open("/sign-in/")
    for _turn in range(6):
        page.locator("[name=name]").fill("nobody-of-the-zone")
        page.locator("[name=password]").fill("wrong")
        page.locator("main button[type=submit]").click()
        page.wait_for_load_state()

    expect(page.locator("[role=alert]")).to_contain_text("分钟后再试")
    expect(page.locator("[name=code]")).to_be_visible()
    page.get_by_role("link", name="请人帮忙").click()
    expect(page.locator("#locked")).to_be_in_viewport()
    phone.complaints[:] = [c for c in phone.complaints if not re.search(r"\b4(22|29)\b", c)]


@pytest.fixture
def window(server: Server, browser: Browser) -> Iterator[Callable[[], Page]]:
    """A way to open windows on phones in which nobody is signed in."""
    contexts = []

    def opened() -> Page:
        context = browser.new_context(viewport=PHONE, locale="zh-CN")  # type: ignore[arg-type]
        context.add_cookies([{"name": "language", "value": "zh-hans", "url": server.address}])
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def test_the_second_factor_from_the_first_word_to_signing_in_with_it_and_off_again(
    server: Server, firm: SignIn, window: Callable[[], Page]
) -> None:
    page = window()
    sign_in(Visit(page, server.address), firm)
    page.goto(f"{server.address}/account/second-factor/")
    page.get_by_role("button", name="现在设置").click()
    expect(page.get_by_role("img", name="二维码")).to_be_visible()
    secret = re.sub(r"\s", "", page.locator("#secret").inner_text())
    code = code_of(secret)
    page.locator("[name=code]").fill(code)
    page.get_by_role("button", name="确认并开启").click()
    kept = page.locator("#codes code").all_inner_texts()
    assert len(set(kept)) == 10
    with page.expect_download() as waiting:
        page.get_by_role("link", name="存成文件").click()
    assert kept[9] in waiting.value.path().read_text(encoding="utf-8-sig")

    other = window()
    other.goto(f"{server.address}/sign-in/")
    typed(other, firm)
    other.locator("main button[type=submit]").click()
    other.wait_for_url("**/sign-in/code/**")
    other.locator("summary", has_text="恢复码").click()
    other.locator("[name=recovery_code]").fill(kept[0])
    other.get_by_role("button", name="用恢复码登录").click()
    other.wait_for_url(lambda url: "/sign-in/" not in url)

    page.goto(f"{server.address}/account/second-factor/")
    expect(page.locator("main")).to_contain_text("还剩 9 个")
    page.get_by_role("button", name="关闭两步验证").click()
    expect(page.locator("#notices")).to_contain_text("两步验证已关闭。")


def test_a_session_ended_elsewhere_is_over_at_the_next_click(
    server: Server, firm: SignIn, window: Callable[[], Page]
) -> None:
    here, there = window(), window()
    for page in (here, there):
        sign_in(Visit(page, server.address), firm)
    here.goto(f"{server.address}/account/sessions/")
    there.goto(f"{server.address}/account/")

    here.locator("form.place__end button").first.click()  # the newest of the others
    expect(here.locator("#notices")).to_contain_text("那台设备已退出登录。")
    there.locator("a[href='/account/sessions/']").click()

    expect(there.locator("main")).to_contain_text("您在另一台设备上或由管理员退出了此处的登录。")
