"""Take the pictures of the guide: ``python -m tools.pictures ADDRESS SIGN_INS [FOLDER]``.

ADDRESS is a running demo zone, SIGN_INS its ``demo-sign-ins.json``. On the way one need is sent and
led to its end, and one enterprise registers and is approved, so take a fresh demo zone.
"""

from __future__ import annotations

import io
import json
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tools.browsers import ADVICE, find_chromium
from tools.codes import code_of

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "guide" / "images"
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
NEED = "我们仓库压了一千多吨缠绕膜，原来走上海港出口，现在船期一推再推"
PLAN = "今天列出区内打包用膜的企业，明天上午陪同对接。"
ANSWER = "已联系江苏世泰实验器材、赐宝新型薄板两家，均有打包用膜需求，明天上午到贵司看样。"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
APPLICANT = {
    "credit_code": "91320684945807305R",
    "enterprise_name": "南通海星包装有限公司",
    "name": "周敏",
    "position": "行政经理",
    "phone": "13862990017",
}
COLLEAGUE = {"name": "王力", "phone": "13862990018"}
PHONE_AGENT = (
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/130.0.0.0 Mobile Safari/537.36"
)


def main(arguments: list[str]) -> int:
    """Take every picture and say where they are."""
    address, sign_ins = arguments[0], Path(arguments[1])
    folder = Path(arguments[2]) if len(arguments) > 2 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    people = {row["role"]: row for row in json.loads(sign_ins.read_text(encoding="utf-8"))}
    chromium = find_chromium()
    if chromium is None:
        print(ADVICE, file=sys.stderr)
        return 1
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--font-render-hinting=none"],
        )

        studio = Studio(browser, address, people, folder)
        _take_a_need(studio)
        _take_a_day(studio)
        applicant = _take_a_registration(studio)
        _take_a_sign_in(studio, applicant)
        _take_people(studio)
        _take_the_trail(studio)
        _take_the_registry(studio)
        browser.close()
    print(folder)
    return 0


@dataclass(frozen=True, slots=True)
class Studio:
    """Where pictures are taken: a browser, a zone, who can sign in, and the folder to keep them."""

    browser: Browser
    address: str
    people: dict[str, dict[str, str]]
    folder: Path

    def window(self, size: dict[str, int], path: str = "/sign-in/") -> Page:
        """Open a window in which nobody is signed in."""
        is_phone = size is PHONE
        context = self.browser.new_context(
            viewport=size,  # type: ignore[arg-type]  # width and height
            device_scale_factor=2 if is_phone else 1,
            user_agent=PHONE_AGENT if is_phone else None,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
        )
        context.add_cookies([{"name": "theme", "value": "light", "url": self.address}])
        page = context.new_page()
        page.goto(self.address + path)
        return page

    def signed_in(self, role: str, size: dict[str, int]) -> Page:
        """Open a window for a person of the demo zone."""
        person = self.people[role]
        page = self.window(size)
        _give_password(page, person["name"], person["password"])
        if person["second_factor_secret"]:
            page.wait_for_url("**/sign-in/code/**")
            _give_code(page, person["second_factor_secret"])
        page.wait_for_url(lambda url: "/sign-in/" not in url)
        return page

    def shoot(self, page: Page, name: str) -> None:
        """Keep what a window shows now."""
        page.wait_for_timeout(300)
        page.screenshot(path=str(self.folder / f"{name}.png"))


def _give_password(page: Page, name: str, password: str) -> None:
    page.locator("[name=name]").fill(name)
    page.locator("[name=password]").fill(password)
    page.locator("main button[type=submit]").click()


def _give_code(page: Page, secret: str) -> None:
    """Give the code of the app; the next one where this one was used a moment ago."""
    for steps_away in (0, 1):
        page.locator("[name=code]").fill(code_of(secret, steps_away=steps_away))
        page.locator("main button[type=submit]").first.click()
        page.wait_for_load_state()
        if "/sign-in/" not in page.url:
            return


def _take_a_need(studio: Studio) -> None:
    """Lead one need from the phone to its answer, with a picture at every step."""
    address = studio.address
    phone = studio.signed_in("enterprise_user", PHONE)
    phone.goto(f"{address}/needs/")
    phone.locator("[name=text]").fill(NEED)
    studio.shoot(phone, "need-phone")
    phone.locator("form.need button[type=submit]").click()
    phone.wait_for_url("**/cases/*/")
    case = phone.url
    studio.shoot(phone, "sent-phone")
    phone.wait_for_timeout(4000)  # the worker reads the text meanwhile

    desk = studio.signed_in("center_clerk", DESKTOP)
    desk.goto(f"{address}/cases/?turn=open")
    studio.shoot(desk, "inbox")
    for box in desk.locator("[data-mark*='ACCEPTED'] [data-pick]").all()[:3]:
        box.check()
    desk.locator("[data-pick]").first.check()
    desk.locator("[data-together] button[type=submit]").click()
    desk.wait_for_url("**/cases/dispatch/**")
    studio.shoot(desk, "together")
    desk.goto(case)
    studio.shoot(desk, "accept")
    _send(desk, "accept")
    studio.shoot(desk, "dispatch")
    desk.locator("form[action$='/dispatch/'] select").first.select_option(label="经济发展局")
    _send(desk, "dispatch")

    unit = studio.signed_in("unit_handler", DESKTOP)
    unit.goto(case)
    _send(unit, "sign")
    _send(unit, "contact")
    studio.shoot(unit, "handler")
    plan = _unfolded(unit, "plan")
    plan.locator("[name=text]").fill(PLAN)
    plan.locator("[name=planned_on]").fill("2027-01-04")
    _send(unit, "plan")
    reply = _unfolded(unit, "reply")
    reply.locator("[name=text]").fill(ANSWER)
    studio.shoot(unit, "reply")
    _send(unit, "reply")

    phone.goto(case)
    _unfolded(phone, "confirm")
    studio.shoot(phone, "confirm-phone")
    administrator = studio.signed_in("system_admin", DESKTOP)
    administrator.goto(f"{address}/profile/")
    studio.shoot(administrator, "profile")


def _take_a_day(studio: Studio) -> None:
    """Show the day as a leader sees it, and the issue that waits to be signed."""
    address = studio.address
    leader = studio.signed_in("leader", DESKTOP)
    leader.goto(f"{address}/day/")
    studio.shoot(leader, "day")
    leader.goto(f"{address}/briefings/")
    leader.locator(".issues tbody th a").first.click()
    leader.wait_for_url("**/briefings/issues/*/")
    studio.shoot(leader, "briefing")
    _take_the_file(studio, leader)


def _take_the_file(studio: Studio, leader: Page) -> None:
    """Sign and publish the issue that is open, and show its Word file as an office prints it."""
    for step in ("sign", "publish"):
        _send(leader, step)
    found = leader.context.request.get(f"{leader.url}word/")
    if shutil.which("soffice") is None or shutil.which("pdftoppm") is None:
        print("briefing-word.png is left as it was: soffice and pdftoppm are not here.")
        return
    with tempfile.TemporaryDirectory() as folder:
        word = Path(folder) / "briefing.docx"
        word.write_bytes(found.body())
        print_it = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, str(word)]
        subprocess.run(print_it, check=True, stdout=subprocess.DEVNULL)
        first_page = ["pdftoppm", "-png", "-singlefile", "-r", "96"]
        target = studio.folder / "briefing-word"
        subprocess.run([*first_page, str(word.with_suffix(".pdf")), str(target)], check=True)


def _take_the_registry(studio: Studio) -> None:
    """Show enterprises, places and search, and import a list in which three cells are wrong."""
    desk = studio.signed_in("center_clerk", DESKTOP)
    for name, path in (
        ("enterprises", "/enterprises/"),
        ("places", "/places/"),
        ("search", "/search/?words=停电"),
    ):
        desk.goto(studio.address + path)
        studio.shoot(desk, name)
    desk.goto(f"{studio.address}/enterprises/")
    desk.locator("main table a").first.click()
    desk.wait_for_url("**/enterprises/*/")
    studio.shoot(desk, "enterprise")

    desk.goto(f"{studio.address}/imports/new/enterprises/")
    desk.locator("[name=file]").set_input_files(
        {"name": "企业信息汇总表.xlsx", "mimeType": XLSX, "buffer": _list_with_faults()}
    )
    desk.locator("main .form button[type=submit]").click()
    desk.locator("[name=option-datum][value=WGS84]").check()
    desk.evaluate("scrollTo(0, 0)")
    studio.shoot(desk, "import-columns")
    desk.locator("form[action$='/columns/'] .btn-primary").click()
    desk.locator("form[action$='/confirm/'] .btn-primary").wait_for()
    studio.shoot(desk, "import-preview")


def _list_with_faults() -> bytes:
    """Return a list as offices keep it: a title, two rows of headings, and some wrong cells."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["企业信息汇总表"],
        ["企业基本情况", "", "", "位置", "", "联系人", ""],
        ["统一社会信用代码", "企业名称", "主要产品", "经度", "纬度", "姓名", "手机"],
        [
            "91320684MA1WQ3X953",
            "海门样张机械有限公司",
            "减速机",
            121.2,
            31.87,
            "王建国",
            "15400000001",
        ],
        [
            "9132068400000001",
            "海门样张纺织有限公司",
            "家纺面料",
            121.2,
            31.87,
            "李红",
            "15400000002",
        ],
        [
            "91320684000000002O",
            "海门样张电子有限公司",
            "连接器",
            121.2,
            31.87,
            "张卫东",
            "15400000003",
        ],
        ["91320684000000003X", "海门样张包装有限公司", "纸箱", 123.4, 31.87, "陈梅", "1540000"],
    ):
        sheet.append(row)
    for cells in ("A1:G1", "A2:C2", "D2:E2", "F2:G2"):
        sheet.merge_cells(cells)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _take_a_registration(studio: Studio) -> dict[str, str]:
    """Register an enterprise on a phone and approve it at the desk; return the applicant."""
    applicant = {**APPLICANT, "password": secrets.token_urlsafe(12)}
    phone = studio.window(PHONE)
    studio.shoot(phone, "sign-in-phone")
    phone.goto(f"{studio.address}/register/")
    code = phone.locator("[name=credit_code]")
    code.press_sequentially(applicant["credit_code"])
    phone.locator("#credit-code-word").filter(has_text=re.compile(r"\S")).wait_for()
    for name, text in applicant.items():
        phone.locator(f"[name={name}]").fill(text)
    phone.locator("[name=agreed]").check()
    phone.evaluate("scrollTo(0, 0)")
    studio.shoot(phone, "register-phone")
    phone.locator("main button[type=submit]").click()
    phone.wait_for_url("**/register/sent/")

    desk = studio.signed_in("center_clerk", DESKTOP)
    desk.goto(f"{studio.address}/registrations/")
    desk.get_by_role("link", name=applicant["enterprise_name"]).click()
    desk.wait_for_url("**/registrations/*-*/")
    studio.shoot(desk, "registration")
    _send(desk, "approve")
    return applicant


def _take_a_sign_in(studio: Studio, applicant: dict[str, str]) -> None:
    """Set up the second factor at a desk, sign in with it on a phone, look at both sessions."""
    office = studio.window(DESKTOP)
    studio.shoot(office, "sign-in")
    _give_password(office, applicant["phone"], applicant["password"])
    office.wait_for_url("**/account/second-factor/**")
    office.locator("main button[type=submit]").click()
    secret = re.sub(r"\s", "", office.locator("#secret").inner_text())
    studio.shoot(office, "second-factor")
    office.locator("[name=code]").fill(code_of(secret))
    office.locator("main button[type=submit]").click()
    office.locator("#codes").wait_for()
    studio.shoot(office, "recovery-codes")

    phone = studio.window(PHONE)
    _give_password(phone, applicant["phone"], applicant["password"])
    phone.wait_for_url("**/sign-in/code/**")
    studio.shoot(phone, "second-factor-phone")
    _give_code(phone, secret)
    phone.wait_for_url(lambda url: "/sign-in/" not in url)
    office.goto(f"{studio.address}/account/sessions/")
    studio.shoot(office, "sessions")

    office.goto(f"{studio.address}/members/new/")
    for name, text in COLLEAGUE.items():
        office.locator(f"[name={name}]").fill(text)
    office.locator("main button[type=submit]").click()
    office.locator(".spoken__code").wait_for()
    studio.shoot(office, "colleague")
    helped = studio.window(DESKTOP, "/sign-in/help/")
    studio.shoot(helped, "sign-in-help")


def _take_people(studio: Studio) -> None:
    """Look through the list of people, and help one who cannot get in."""
    guard = studio.signed_in("security_admin", DESKTOP)
    guard.goto(f"{studio.address}/people/")
    studio.shoot(guard, "people")
    handler = studio.people["unit_handler"]["name"]
    guard.goto(f"{studio.address}/people/?words={handler}")
    guard.locator("tbody th a").first.click()
    guard.wait_for_url("**/people/*/")
    _send(guard, "code")
    studio.shoot(guard, "one-time-code")


def _take_the_trail(studio: Studio) -> None:
    """Read the audit trail, and search it for one person."""
    auditor = studio.signed_in("audit_admin", DESKTOP)
    auditor.goto(f"{studio.address}/audit/")
    studio.shoot(auditor, "audit")
    auditor.goto(f"{studio.address}/audit/?name={APPLICANT['name']}")
    auditor.locator("form[role=search]").evaluate("form => form.scrollIntoView()")
    studio.shoot(auditor, "audit-search")


def _unfolded(page: Page, step: str) -> Locator:
    """Return the form of a step, unfolded if it lies in a fold."""
    form = page.locator(f"form[action$='/{step}/']")
    form.wait_for(state="attached")
    if not form.is_visible():
        form.locator("xpath=ancestor::details[1]/summary").click()
    return form


def _send(page: Page, step: str) -> None:
    form = _unfolded(page, step)
    form.locator("button[type=submit]").click()
    page.wait_for_timeout(1200)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
