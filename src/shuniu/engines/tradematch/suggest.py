"""Who in the zone would buy this, who could supply that, and why.

A plain baseline: what enterprises say about themselves, a hand-written table of goods and their
users, and the likeness of texts. Every suggestion rests on evidence that its reasons name.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.tradematch import activities as do
from shuniu.engines.tradematch.activities import Doers
from shuniu.engines.tradematch.problem import Answer, Case, Enterprise, Kind, Suggestion
from shuniu.engines.tradematch.texts import (
    MAKES,
    SELLS,
    Similarity,
    clauses,
    clean,
    shared_word,
)
from shuniu.engines.tradematch.wanted import Wanted, wanted_by

FIRST_SERVICE_CLASS = "44"  # classes below dig, grow or make something
BY_INPUT, BY_KIND_OF_INPUT, BY_USE, BY_TRADE, BY_WORD = 50.0, 35.0, 40.0, 14.0, 12.0
BY_PRODUCT, BY_SCOPE, BY_CODE = 60.0, 45.0, {4: 32.0, 3: 24.0, 2: 14.0}
BY_LIKENESS, BY_SIZE = 8.0, 4.0
MANY_PEOPLE = 100
USED_BY_HEAD = (do.PROTECTED_WORK, do.FEEDING_PEOPLE, do.CLEANING, do.OFFICES)
KINDS_OF_INPUT = (
    (do.PACKING, ("包装材料", "包材", "包装物", "包装耗材")),
    (do.PROTECTED_WORK, ("劳保", "防护用品")),
    (do.FORMING_METAL, ("钢材", "金属材料", "板材")),
    (do.WELDING, ("焊材", "焊接材料")),
    (do.CLEANING, ("清洁用品", "保洁用品")),
    (do.LABORATORY, ("实验耗材", "试剂耗材")),
    (do.ASSEMBLING, ("标准件", "外购件", "配套件")),
    (do.MOLDING, ("塑料原料", "原料粒子")),
)


@dataclass(frozen=True, slots=True)
class _Evidence:
    """One thing that speaks for a partner: points, and the sentence that says it."""

    points: float
    reason: str


class _Known:
    """An enterprise with its texts cleaned once."""

    __slots__ = ("about", "clauses", "enterprise", "inputs", "products")

    def __init__(self, enterprise: Enterprise) -> None:
        self.enterprise = enterprise
        self.products = tuple(clean(word) for word in enterprise.products)
        self.inputs = tuple(clean(word) for word in enterprise.inputs)
        self.clauses = clauses(enterprise.scope)
        self.about = "|".join((clean(enterprise.name), *self.products))

    @property
    def scope(self) -> str:
        return "|".join(self.clauses)

    @property
    def code(self) -> str:
        return self.enterprise.industry_code or ""


class Zone:
    """The enterprises of a zone, ready to be asked many times.

    Raises
    ------
    InvalidProblem
        If an id occurs twice.
    """

    def __init__(self, enterprises: Sequence[Enterprise]) -> None:
        self.known = tuple(_Known(enterprise) for enterprise in enterprises)
        self.by_id = {known.enterprise.id: known for known in self.known}
        if len(self.by_id) < len(self.known):
            ids = [known.enterprise.id for known in self.known]
            twice = next(key for key in ids if ids.count(key) > 1)
            raise InvalidProblem(f"enterprise {twice}: this id occurs twice.")
        self.likeness = Similarity(["|".join((k.about, k.scope, *k.inputs)) for k in self.known])


def suggest(zone: Zone, case: Case, top: int) -> Answer:
    """Return at most ``top`` partners for ``case``, and the competitors left out.

    Raises
    ------
    InvalidProblem
        If the poster is not in the zone, or ``top`` is negative.
    """
    if top < 0:
        raise InvalidProblem(f"top is {top}; it must be at least 0.")
    poster = zone.by_id.get(case.poster)
    if poster is None:
        raise InvalidProblem(f"poster {case.poster!r} is not among the enterprises.")
    wanted = wanted_by(case)
    competitors: tuple[str, ...] = ()
    if case.kind is Kind.SUPPLY:
        competitors = tuple(
            known.enterprise.id
            for known in zone.known
            if known is not poster and _competes(known, poster, wanted)
        )
    out = {*competitors, case.poster}
    likeness = zone.likeness.of(clean(case.product) or clean(case.text))
    found = []
    for known, like in zip(zone.known, likeness, strict=True):
        if known.enterprise.id in out:
            continue
        selling = case.kind is Kind.SUPPLY
        evidence = _of_a_buyer(known, wanted) if selling else _of_a_seller(known, wanted)
        if evidence:
            found.append(_suggestion(known, evidence, like))
    found.sort(key=lambda suggestion: (-suggestion.score, suggestion.enterprise_id))
    return Answer(tuple(found[:top]), competitors)


def _suggestion(known: _Known, evidence: list[_Evidence], like: float) -> Suggestion:
    evidence = sorted(evidence, key=lambda e: -e.points)
    size = math.log10(1 + (known.enterprise.employees or 0)) / 4 + known.enterprise.above_scale / 4
    points = evidence[0].points + 0.4 * sum(e.points for e in evidence[1:])
    points += BY_LIKENESS * like + BY_SIZE * min(1.0, size)
    reasons = tuple(dict.fromkeys(e.reason for e in evidence))
    return Suggestion(known.enterprise.id, round(min(100.0, points), 2), reasons)


def _competes(known: _Known, poster: _Known, wanted: Wanted) -> bool:
    """Return whether the enterprise makes the goods that the poster sells."""
    if _product_of(known, wanted) or _made_by_scope(known, wanted):
        return True
    makers = wanted.good.makers if wanted.good else ()
    if not poster.code:
        return known.code in makers
    makes_it = bool(_product_of(poster, wanted) or _made_by_scope(poster, wanted)) or bool(
        makers and poster.code.startswith(makers)
    )
    return makes_it and poster.code < FIRST_SERVICE_CLASS and known.code == poster.code


def _product_of(known: _Known, wanted: Wanted) -> str:
    """Return the product that is the goods, or an empty text."""
    for product in known.products:
        if any(product.endswith(word) for word in wanted.words):
            return product
        if len(product) > 1 and any(word.endswith(product) for word in wanted.words[:1]):
            return product
    return ""


def _made_by_scope(known: _Known, wanted: Wanted) -> str:
    """Return the word for the goods in a clause of the scope that speaks of making."""
    return next((w for c in known.clauses if MAKES.search(c) and (w := wanted.word_in(c))), "")


def _sold_by_scope(known: _Known, wanted: Wanted) -> str:
    """Return the word for the goods in a clause of the scope that speaks of selling."""
    return next((w for c in known.clauses if SELLS.search(c) and (w := wanted.word_in(c))), "")


def _of_a_buyer(known: _Known, wanted: Wanted) -> list[_Evidence]:
    evidence = []
    for raw, word in zip(known.enterprise.inputs, known.inputs, strict=True):
        if wanted.word_in(word) or (len(word) > 1 and any(word in w for w in wanted.words[:1])):
            same = "" if word in clean(wanted.name) else f"，和“{wanted.name}”是同一类"
            evidence.append(_Evidence(BY_INPUT, f"常用物料里有“{raw}”{same}。"))
            break
    use = _best_use(known, wanted)
    if use is not None:
        evidence.append(use)
        if (known.enterprise.employees or 0) >= MANY_PEOPLE and _is_used_by_head(wanted):
            evidence.append(_Evidence(8.0, f"现有员工{known.enterprise.employees}人，用量不小。"))
    if not evidence:
        evidence.extend(_kind_of_input(known, wanted))
    if word := _sold_by_scope(known, wanted):
        evidence.append(_Evidence(BY_TRADE, f"经营范围里有“{word}”的销售，可以进货转卖。"))
    if not evidence and wanted.good is None:
        places = (("常用物料", "|".join(known.inputs)), ("经营范围", known.scope))
        for place, text in places:
            if word := shared_word(clean(wanted.name), text):
                evidence.append(_Evidence(BY_WORD, f"{place}里提到“{word}”，可能用得上。"))
                break
    return evidence


def _kind_of_input(known: _Known, wanted: Wanted) -> list[_Evidence]:
    uses = wanted.good.uses if wanted.good else ()
    for doers, words in KINDS_OF_INPUT:
        if not any(use.doers is doers for use in uses):
            continue
        for raw, word in zip(known.enterprise.inputs, known.inputs, strict=True):
            if any(kind in word for kind in words):
                reason = f"常用物料里有“{raw}”，“{wanted.name}”属于这一类。"
                return [_Evidence(BY_KIND_OF_INPUT, reason)]
    return []


def _is_used_by_head(wanted: Wanted) -> bool:
    return wanted.good is not None and any(
        use.doers is doers for use in wanted.good.uses for doers in USED_BY_HEAD
    )


def _best_use(known: _Known, wanted: Wanted) -> _Evidence | None:
    """Return the strongest reason of the table why the enterprise needs the goods."""
    best: _Evidence | None = None
    for use in wanted.good.uses if wanted.good else ():
        for doers in use.doers:
            points = BY_USE * doers.weight * _share(known, doers)
            if points > (best.points if best else 0.0):
                best = _Evidence(points, f"{doers.doing}，{use.purpose}。")
    return best


def _share(known: _Known, doers: Doers) -> float:
    """Return how surely the enterprise is one of ``doers``, from 0 to 1."""
    told = any(word in known.about for word in doers.words)
    hinted = any(MAKES.search(c) and w in c for w in doers.words for c in known.clauses)
    if known.code.startswith(doers.classes):
        return 1.0 if told or hinted else 0.92
    if told:
        return 0.85
    if hinted:
        return 0.75 if not known.code else 0.55
    mentioned = not known.code and any(word in known.scope for word in doers.words)
    return 0.6 if mentioned else 0.0


def _of_a_seller(known: _Known, wanted: Wanted) -> list[_Evidence]:
    evidence = []
    if product := _product_of(known, wanted):
        raw = known.enterprise.products[known.products.index(product)]
        same = "" if clean(wanted.name) == product else f"，和“{wanted.name}”是同一类"
        evidence.append(_Evidence(BY_PRODUCT, f"产品里有“{raw}”{same}。"))
    if word := _made_by_scope(known, wanted):
        evidence.append(_Evidence(BY_SCOPE, f"经营范围写明生产加工“{word}”。"))
    elif word := _sold_by_scope(known, wanted):
        evidence.append(_Evidence(BY_TRADE, f"经营范围里有“{word}”的销售。"))
    if word := wanted.word_in(clean(known.enterprise.name)):
        evidence.append(_Evidence(BY_CODE[3], f"企业名称里就有“{word}”。"))
    makers = wanted.good.makers if wanted.good else ()
    digits = max((len(maker) for maker in makers if known.code.startswith(maker)), default=0)
    if known.code and digits >= 2:
        reason = f"行业代码{known.code}，这个行业通常能做“{wanted.name}”。"
        evidence.append(_Evidence(BY_CODE[digits], reason))
    if not evidence and wanted.good is None:
        told = "|".join((*known.products, known.scope))
        if word := shared_word(clean(wanted.name), told):
            evidence.append(_Evidence(BY_WORD, f"产品或经营范围里提到“{word}”，可以问问。"))
    return evidence
