"""What a case is about: the product's own words and the goods of the table that it names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shuniu.engines.tradematch.goods import GOODS, Good
from shuniu.engines.tradematch.problem import Case
from shuniu.engines.tradematch.texts import clean

MACHINE = re.compile("机$|机器|设备|机组|生产线")  # what makes or uses the good, not the good


@dataclass(frozen=True, slots=True)
class Wanted:
    """The goods a case is about.

    ``name`` is how reasons call it. ``words`` (cleaned, longest first) all mean the same goods.
    ``good`` is None where the table does not know it.
    """

    name: str
    words: tuple[str, ...]
    good: Good | None

    def word_in(self, text: str) -> str:
        """Return the first of ``words`` that the cleaned ``text`` has, or an empty text."""
        return next((word for word in self.words if word in text), "")


def wanted_by(case: Case) -> Wanted:
    """Return what ``case`` is about: by its product, or by its text if it names none."""
    product, text = clean(case.product), clean(case.text)
    good, word = _good_in(product, whole=True) if product else _good_in(text, whole=False)
    words = {product, word} - {""}
    if good is not None:
        words |= {clean(w) for w in good.words if len(w) > 1}
    name = case.product.strip() or word or case.text.strip()[:20]
    return Wanted(name, tuple(sorted(words, key=lambda w: (-len(w), w))), good)


def _good_in(text: str, *, whole: bool) -> tuple[Good | None, str]:
    """Return the good that ``text`` names, and by which word.

    The head of a Chinese compound stands last, so a word at the end counts most, then the longest
    word. ``whole``: the text is a product's name; then what follows the word must not turn it into
    a machine (缠绕膜 is no 缠绕膜机).
    """
    best: tuple[bool, int, int] = (False, 0, 0)
    found: tuple[Good | None, str] = (None, "")
    for number, good in enumerate(GOODS):
        for plain in good.words:
            word = clean(plain)
            at = text.rfind(word)
            if at < 0 or (len(word) == 1 and not (whole and text.endswith(word))):
                continue
            if whole and MACHINE.search(text[at + len(word) :]):
                continue
            rank = (whole and text.endswith(word), len(word), -number)
            if rank > best:
                best, found = rank, (good, word)
    return found
