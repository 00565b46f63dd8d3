"""Numbers as people type and say them: 12, 3.5, 十二, 两千五, 一米二."""

from __future__ import annotations

import re

DIGITS = {letter: value for value, letter in enumerate("零一二三四五六七八九")} | {
    "〇": 0, "幺": 1, "两": 2, "俩": 2, "壹": 1, "贰": 2, "叁": 3, "仨": 3,
}  # fmt: skip
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
CHINESE = "零〇一二两三四五六七八九十百千万半"
NUMBER = rf"(?:\d+(?:\.\d+)?|[{CHINESE}]+(?:点[{CHINESE}]+)?)"
"""A pattern without groups for one number."""


def number(words: str) -> float | None:
    """Return the number that ``words`` writes, or None when it writes none.

    A last digit after a unit counts the next lower unit: 两千五 is 2500, 一百二 is 120.
    """
    words = words.strip()
    if re.fullmatch(r"\d+(?:\.\d+)?", words):
        return float(words) if len(words) <= 12 else None  # no quantity is longer
    if words == "半":
        return 0.5
    if "点" in words:
        whole, _, part = words.partition("点")
        head = number(whole)
        tail = "".join(str(DIGITS[letter]) for letter in part if letter in DIGITS)
        return None if head is None or not tail else float(f"{int(head)}.{tail}")
    return _chinese(words)


def _chinese(words: str) -> float | None:
    total, current, last_unit = 0, 0, 0
    if not words or any(letter not in DIGITS and letter not in _UNITS for letter in words):
        return None
    if len(words) > 1 and not any(letter in _UNITS for letter in words):
        return float("".join(str(DIGITS[letter]) for letter in words))
    for letter in words:
        if letter in DIGITS:
            current = DIGITS[letter]
            if current == 0:
                last_unit = 0
            continue
        unit = _UNITS[letter]
        if unit == 10_000:
            total = (total + current) * unit
        else:
            total += (current or 1) * unit
        current, last_unit = 0, unit
    if current and last_unit > 10:
        return float(total + current * last_unit // 10)
    return float(total + current)


def spread(words: str) -> tuple[float, float] | None:
    """Return the range of two neighbouring digits: 三五 is 3 to 5, 七八百 is 700 to 800."""
    match = re.fullmatch(r"(十)?([一两二三四五六七八九])([二三四五六七八九])([十百千]?)", words)
    if not match:
        return None
    base = 10 if match[1] else 0
    unit = _UNITS.get(match[4], 1)
    low, high = DIGITS[match[2]], DIGITS[match[3]]
    return (base + low * unit, base + high * unit) if low < high else None
