"""Chinese business texts: cleaned, cut into clauses, and compared by character n-grams."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

GRAM_LENGTHS = (2, 3)
# Clauses and words that nearly every registered scope has, and that tell nothing of the goods.
EMPTY_CLAUSE = re.compile("进出口|依法须经|经批准|许可项目|一般项目|凭营业执照|法律、行政法规")
EMPTY_WORDS = re.compile(
    "有限公司|股份|有限责任|集团|江苏|南通|海门|上海|科技|生产|销售|制造|加工|研发|服务|技术|"
    "开发|产品|制品|材料|设备|用品|采购|积压|库存|本地|用户|求购|寻找|我司|公司|需要|供应|包装|机械|工业"
)
MAKES = re.compile("生产|制造|加工|制作|制售")
SELLS = re.compile("销售|批发|零售|经营|贸易|经销|购销")


def clean(text: str) -> str:
    """Return ``text`` in one form of letters and digits, lower case, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def clauses(scope: str) -> tuple[str, ...]:
    """Return the clauses of a cleaned scope that tell something of the goods."""
    parts = re.split("[;。:]", clean(scope).replace("；", ";").replace("：", ":"))
    return tuple(part for part in parts if part and not EMPTY_CLAUSE.search(part))


def shared_word(product: str, text: str) -> str:
    """Return the longest stretch of at least two characters that both have and that says something.

    Both are cleaned. Empty if there is none; the first one in ``product`` among equals.
    """
    told = EMPTY_WORDS.sub(" ", product)
    for length in range(len(told), 1, -1):
        for start in range(len(told) - length + 1):
            word = told[start : start + length]
            if word.isalnum() and not word.isdigit() and word in text:
                return word
    return ""


class Similarity:
    """Character n-gram TF-IDF of a fixed set of cleaned texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = [Counter(_grams(text)) for text in texts]
        spread = Counter(gram for count in counts for gram in count)
        self._rarity = {
            gram: math.log((1 + len(texts)) / (1 + number)) + 1 for gram, number in spread.items()
        }
        self._size = len(texts)
        self._postings: dict[str, list[tuple[int, float]]] = {}
        for number, count in enumerate(counts):
            weights = {
                gram: (1 + math.log(times)) * self._rarity[gram] for gram, times in count.items()
            }
            norm = math.sqrt(sum(weight * weight for weight in weights.values()))
            for gram, weight in weights.items():
                self._postings.setdefault(gram, []).append((number, weight / norm))

    def of(self, query: str) -> tuple[float, ...]:
        """Return for each text its cosine with the cleaned ``query``, from 0 to 1."""
        weights = {
            gram: self._rarity[gram] for gram in sorted(set(_grams(query))) if gram in self._rarity
        }
        norm = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        scores = [0.0] * self._size
        for gram, weight in weights.items():
            for number, share in self._postings[gram]:
                scores[number] += share * weight / norm
        return tuple(scores)


def _grams(text: str) -> Iterable[str]:
    told = EMPTY_WORDS.sub(" ", text)
    for length in GRAM_LENGTHS:
        for start in range(len(told) - length + 1):
            gram = told[start : start + length]
            if gram.isalnum():
                yield gram
