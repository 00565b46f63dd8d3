"""A clerk imports a list, sees what is wrong with it, writes it and takes it back."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, Visitor
from tests.sheets import credit_code, firm, xlsx

MOST_MS = 30_000


def test_a_list_is_sent_checked_written_and_undone(visit: Visitor) -> None:
    wrong = firm(903)
    wrong[0] = credit_code(903)[:-1]
    content = xlsx([firm(901), firm(902), wrong])
    for size in (DESKTOP, PHONE):
        page = visit("center_clerk", size=size).open("/imports/new/enterprises/")
        page.locator("[name=file]").set_input_files(
            {"name": "名单.xlsx", "mimeType": "application/octet-stream", "buffer": content}
        )
        page.locator("main .form button[type=submit]").click()
        page.locator("[name=option-datum][value=WGS84]").check(timeout=MOST_MS)
        page.locator("form[action$='/columns/'] .btn-primary").click()

        write = page.locator("form[action$='/confirm/'] .btn-primary")
        write.wait_for(timeout=MOST_MS)
        expect(page.locator(".import-wrong").first).to_contain_text("18")
        write.click()

        page.locator("details.more summary").click(timeout=MOST_MS)
        page.locator("form[action$='/undo/'] button").click()
        expect(page.locator(".import-outcome")).to_have_text(re.compile("2"), timeout=MOST_MS)
