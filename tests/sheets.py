"""Lists as people send them: workbooks and text files, right ones and wrong ones."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook

from shuniu.zone.registry.credit_code import SYMBOLS, check_symbol

HEADINGS = (
    "统一社会信用代码", "企业名称", "简称", "行业代码", "是否规上", "从业人数", "注册地址", "经度",
    "纬度", "主要产品", "联系人", "职务", "联系电话",
)  # fmt: skip


def credit_code(number: int) -> str:
    """Return a right credit code, another one for each number."""
    digits, rest = "", number
    for _place in range(9):
        rest, symbol = divmod(rest, len(SYMBOLS))
        digits = SYMBOLS[symbol] + digits
    body = f"91320684{digits}"
    return body + check_symbol(body)


def firm(number: int) -> list[Any]:
    """Return a row of the list of enterprises without fault."""
    return [
        credit_code(number), f"海门样张{number}号机械有限公司", f"样张{number}", "3514",
        "是" if number % 3 else "否", 20 + number % 300, f"海门港新区样张路{number}号",
        121.18 + (number % 50) / 10_000, 31.86 + (number % 40) / 10_000, "齿轮箱、减速机", "王样张",
        "办公室主任", f"154{number:08d}",
    ]  # fmt: skip


def xlsx(rows: Iterable[Sequence[Any]], headings: Sequence[str] | None = HEADINGS) -> bytes:
    """Return a workbook with one sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    if headings is not None:
        sheet.append(list(headings))
    for row in rows:
        sheet.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    """Return a workbook as a file."""
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
