"""Take the pictures of the guide: ``python -m tools.pictures ADDRESS SIGN_INS [FOLDER]``.

ADDRESS is a running demo zone, SIGN_INS its ``demo-sign-ins.json``. One need is sent and led to its
end on the way, so take a fresh demo zone.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tools.browsers import ADVICE, find_chromium
from tools.codes import code_of

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "guide" / "images"
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
NEED = "我们仓库压了一千多吨缠绕膜，原来走上海港出口，现在船期一推再推"
PLAN = "今天列出区内打包用膜的企业，明天上午陪同对接。"
ANSWER = "已联系江苏世泰实验器材、赐宝新型薄板两家，均有打包用膜需求，明天上午到贵司看样。"


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
            executable_path=chromium, args=["--no-sandbox", "--font-render-hinting=none"]
        )

        def window(role: str, size: dict[str, int]) -> Page:
            return _window(browser, address, people[role], size, folder)

        _walk(window, address, folder)
        browser.close()
    print(folder)
    return 0


def _window(
    browser: Browser, address: str, person: dict[str, str], size: dict[str, int], folder: Path
) -> Page:
    """Open a window for a person; the first phone shows the sign-in page."""
    scale = 2 if size is PHONE else 1
    context = browser.new_context(
        viewport=size,  # type: ignore[arg-type]  # width and height
        device_scale_factor=scale,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
    )
    context.add_cookies([{"name": "theme", "value": "light", "url": address}])
    page = context.new_page()
    page.goto(f"{address}/sign-in/")
    if size is PHONE and not (folder / "sign-in-phone.png").exists():
        _shoot(page, folder, "sign-in-phone")
    page.locator("[name=name]").fill(person["name"])
    page.locator("[name=password]").fill(person["password"])
    page.locator("main button[type=submit]").click()
    if person["second_factor_secret"]:
        page.wait_for_url("**/sign-in/code/**")
        _give_code(page, person["second_factor_secret"])
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    return page


def _give_code(page: Page, secret: str) -> None:
    """Give the code of the app; the next one where this one was used a moment ago."""
    for steps_away in (0, 1):
        page.locator("[name=code]").fill(code_of(secret, steps_away=steps_away))
        page.locator("main button[type=submit]").first.click()
        page.wait_for_load_state()
        if "/sign-in/" not in page.url:
            return


def _walk(window: Callable[[str, dict[str, int]], Page], address: str, folder: Path) -> None:
    """Lead one need from the phone to the briefing, with a picture at every step."""
    phone = window("enterprise_user", PHONE)
    phone.goto(f"{address}/needs/")
    phone.locator("[name=text]").fill(NEED)
    _shoot(phone, folder, "need-phone")
    phone.locator("form.need button[type=submit]").click()
    phone.wait_for_url("**/cases/*/")
    case = phone.url
    _shoot(phone, folder, "sent-phone")
    phone.wait_for_timeout(4000)  # the worker reads the text meanwhile

    desk = window("center_clerk", DESKTOP)
    desk.goto(f"{address}/cases/?turn=open")
    _shoot(desk, folder, "inbox")
    desk.goto(case)
    _shoot(desk, folder, "accept")
    _send(desk, "accept")
    _shoot(desk, folder, "dispatch")
    desk.locator("form[action$='/dispatch/'] select").first.select_option(label="经济发展局")
    _send(desk, "dispatch")

    unit = window("unit_handler", DESKTOP)
    unit.goto(case)
    _send(unit, "sign")
    _send(unit, "contact")
    _shoot(unit, folder, "handler")
    plan = _unfolded(unit, "plan")
    plan.locator("[name=text]").fill(PLAN)
    plan.locator("[name=planned_on]").fill("2027-01-04")
    _send(unit, "plan")
    reply = _unfolded(unit, "reply")
    reply.locator("[name=text]").fill(ANSWER)
    _shoot(unit, folder, "reply")
    _send(unit, "reply")

    phone.goto(case)
    _unfolded(phone, "confirm")
    _shoot(phone, folder, "confirm-phone")
    leader = window("leader", DESKTOP)
    leader.goto(f"{address}/briefings/today/")
    _shoot(leader, folder, "briefing")
    administrator = window("system_admin", DESKTOP)
    administrator.goto(f"{address}/profile/")
    _shoot(administrator, folder, "profile")
    auditor = window("audit_admin", DESKTOP)
    auditor.goto(f"{address}/audit/")
    _shoot(auditor, folder, "audit")


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


def _shoot(page: Page, folder: Path, name: str) -> None:
    page.wait_for_timeout(300)
    page.screenshot(path=str(folder / f"{name}.png"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
