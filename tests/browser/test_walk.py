"""The main walk, each person in a window of their own: phone, desk, phone, briefing."""

from __future__ import annotations

import io
import re
import struct
import zlib

from docx import Document
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visitor

NEED = "我们仓库压了一千多吨缠绕膜，原来走上海港出口，现在船期一推再推"


def png() -> bytes:
    """Return a small picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\x00" + b"\xc0\x10\x10" * 2 + b"\x00" + b"\x10\x10\xc0" * 2)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def step(page: Page, name: str) -> None:
    """Open the form of a step, if it is folded, and send it; not one of its keys beside."""
    form = page.locator(f"form.form[action$='/{name}/']")
    if not form.is_visible():
        form.locator("xpath=ancestor::details[1]/summary").click()
    form.locator("button[type=submit]").click()


def test_a_sentence_on_a_phone_becomes_a_closed_case_in_the_briefing(visit: Visitor) -> None:
    firm = visit("enterprise_user", size=PHONE)
    phone = firm.open("/needs/")
    phone.locator("[name=text]").fill(NEED)
    phone.locator("[name=uploads]").set_input_files(
        {"name": "仓库.png", "mimeType": "image/png", "buffer": png()}
    )
    phone.locator("form.need button[type=submit]").click()
    phone.wait_for_url(re.compile(r"/cases/\d+/$"))
    case = re.search(r"/cases/\d+/", phone.url)
    assert case is not None
    expect(phone.locator("main")).to_contain_text(NEED)
    expect(phone.locator("main")).to_contain_text("企业服务中心")
    assert phone.locator("img[src^='/files/']").count() == 1

    desk = visit("center_clerk").open(case[0])
    expect(desk.locator("main mark, main .suggestion mark").first).to_be_visible()
    accept = desk.locator("form[action$='/accept/']")
    expect(accept.locator("select[name=category], input[name=category]").first).to_be_attached()
    step(desk, "accept")
    dispatch = desk.locator("form.form[action$='/dispatch/']")
    expect(dispatch).to_be_visible()
    dispatch.locator("select[name=unit]").select_option(label="经济发展局")
    step(desk, "dispatch")
    expect(desk.locator("#case")).to_contain_text("经济发展局")

    unit = visit("unit_handler").open(case[0])
    step(unit, "sign")
    expect(unit.locator("form[action$='/reply/']")).to_be_attached()
    step(unit, "contact")
    expect(unit.locator("form[action$='/contact/']")).to_have_count(0)
    plan = unit.locator("form[action$='/plan/']")
    if not plan.is_visible():
        plan.locator("xpath=ancestor::details[1]/summary").click()
    plan.locator("[name=text]").fill("两天内列出区内用膜企业名单。")
    plan.locator("[name=planned_on]").fill("2027-11-30")
    plan.locator("button[type=submit]").click()
    expect(unit.locator("#case")).to_contain_text("两天内列出区内用膜企业名单。")
    reply = unit.locator("form[action$='/reply/']")
    if not reply.is_visible():
        reply.locator("xpath=ancestor::details[1]/summary").click()
    reply.locator("[name=text]").fill("已联系两家区内企业，明天上门看货。")
    reply.locator("button[type=submit]").click()
    expect(unit.locator("#case")).to_contain_text("已联系两家区内企业，明天上门看货。")

    phone.goto(firm.address + case[0])
    expect(phone.locator("main")).to_contain_text("已联系两家区内企业，明天上门看货。")
    confirm = phone.locator("form[action$='/confirm/']")
    if not confirm.is_visible():
        confirm.locator("xpath=ancestor::details[1]/summary").click()
    confirm.locator("input[name=rating][value='5']").check(force=True)
    unanswered = int(phone.locator("#count-bottom-2").inner_text() or 0)
    confirm.locator("button[type=submit]").click()
    expect(phone.locator("#case")).to_contain_text("已办结")
    expect(phone.locator("#count-bottom-2")).to_have_text(str(unanswered - 1 or ""))

    leader = visit("leader").open("/briefings/today/")
    expect(leader.locator("main")).to_contain_text("企业诉求")
    with leader.expect_download() as waiting:
        leader.locator("a[href$='/word/']").first.click()
    words = Document(io.BytesIO(waiting.value.path().read_bytes()))
    assert next(p.text for p in words.paragraphs if p.text) == "企业诉求每日简报"


def test_a_need_can_be_sent_without_script(visit: Visitor) -> None:
    phone = visit("enterprise_user", size=PHONE, script=False).open("/needs/")

    phone.locator("[name=text]").fill("没有脚本也要能提：厂门口路面塌了一块。")
    phone.locator("form.need button[type=submit]").click()

    assert re.search(r"/cases/\d+/$", phone.url)
    expect(phone.locator("main")).to_contain_text("厂门口路面塌了一块")


def test_a_new_case_comes_into_an_open_inbox_by_itself(visit: Visitor) -> None:
    inbox = visit("center_clerk").open("/cases/")
    phone = visit("enterprise_user", size=PHONE).open("/needs/")

    phone.locator("[name=text]").fill("自己出现在收件箱里的一件：食堂停水。")
    phone.locator("form.need button[type=submit]").click()

    expect(inbox.locator("main")).to_contain_text("自己出现在收件箱里的一件", timeout=15_000)


def test_the_bell_rings_on_a_page_that_shows_no_cases(visit: Visitor) -> None:
    page = visit("center_clerk").open("/account/")
    phone = visit("enterprise_user", size=PHONE).open("/needs/")
    phone.locator("[name=text]").fill("铃铛要在每一页上响：停车场道闸坏了。")

    with page.expect_response("**/notices/bell/", timeout=15_000):
        phone.locator("form.need button[type=submit]").click()

    expect(page.locator("#bell .bell__count")).to_be_visible()


def test_what_was_typed_survives_a_reload_until_it_is_sent(visit: Visitor) -> None:
    phone = visit("enterprise_user", size=PHONE).open("/needs/")

    phone.locator("[name=text]").fill("写到一半断网了")
    phone.wait_for_timeout(700)
    phone.reload()

    expect(phone.locator("[name=text]")).to_have_value("写到一半断网了")


def test_the_inbox_can_be_used_by_keyboard(visit: Visitor) -> None:
    inbox = visit("center_clerk").open("/cases/?turn=open")

    inbox.keyboard.press("j")
    inbox.keyboard.press("j")
    inbox.keyboard.press("k")
    inbox.keyboard.press("Enter")

    inbox.wait_for_url(re.compile(r"/cases/\d+/$"))


def test_two_handlers_at_once_second_is_told_who_was_faster(visit: Visitor) -> None:
    clerk = visit("center_clerk")
    phone = visit("enterprise_user", size=PHONE).open("/needs/")
    phone.locator("[name=text]").fill("同一件被两个窗口抢着签收的诉求，政策补贴怎么申请。")
    phone.locator("form.need button[type=submit]").click()
    phone.wait_for_url(re.compile(r"/cases/\d+/$"))
    path = "/cases/" + phone.url.rstrip("/").rsplit("/", 1)[-1] + "/"
    desk = clerk.open(path)
    expect(desk.locator("main mark").first).to_be_visible()
    step(desk, "accept")
    desk.locator("form[action$='/dispatch/'] select[name=unit]").select_option(label="经济发展局")
    step(desk, "dispatch")
    expect(desk.locator("form[action$='/dispatch/']")).to_have_count(0)
    first, second = visit("unit_handler"), visit("unit_handler")
    first.open(path)
    second.open(path)

    step(first.page, "sign")
    expect(first.page.locator("form[action$='/reply/']")).to_be_attached()
    button = second.page.locator("form[action$='/sign/'] button[type=submit]")
    if button.count():
        button.click()

        expect(second.page.locator("#notices")).to_contain_text("已先一步处理")
    second.complaints[:] = [c for c in second.complaints if "409" not in c]
