"""Learning from cases that a clerk has confirmed, on top of what the profile says.

Only counts are learned: how often each piece of text was met with a category. The unit follows
from the category by the rules of the profile, so a better category is a better unit; the
comparison counts both. A piece is kept only if ``FEWEST_SOURCES`` enterprises have it, so
that no name, number or sentence of one of them is in the model; numbers are never in it. The same
words of the same enterprise are counted once, however often it sends them. The counts are plain
JSON with a version and a digest; nothing in them can be run.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.extraction.lexicon import Lexicon
from shuniu.engines.extraction.needs import NeedModel, read_need, train
from shuniu.engines.extraction.plain import READ_CHARACTERS, plain
from shuniu.engines.extraction.topics import PieceCounts, ngrams

VERSION = 1
# Enterprises that must have a piece before it is kept.
FEWEST_SOURCES = 3
# Of all cases every fifth is held back to compare models.
HELD_BACK = 5
# Fewer held-back cases cannot tell a better model from a lucky one.
FEWEST_HELD_BACK = 10


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A case whose category and unit a clerk has confirmed.

    ``source`` says whose words they are; empty: each case stands for itself.
    """

    case_id: str
    text: str
    category: str
    unit: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Learned:
    """What was counted in confirmed cases: for each category code its pieces."""

    cases: int
    counts: Mapping[str, PieceCounts]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two models did on the same held-back cases.

    Attributes
    ----------
    cases
        How many were held back.
    before, after
        How many of them the model in force and the new one got right, of
        categories.
    units_before, units_after
        The same for units.
    """

    cases: int
    before: int
    after: int
    units_before: int
    units_after: int

    @property
    def is_better(self) -> bool:
        """Whether the new model may replace the one in force: no worse in either answer."""
        enough = self.cases >= FEWEST_HELD_BACK
        return enough and self.after >= self.before and self.units_after >= self.units_before


@dataclass(frozen=True, slots=True)
class Lesson:
    """What came of learning: ``learned`` is the model to keep, new only if ``comparison`` is."""

    learned: Learned
    comparison: Comparison


NOTHING_LEARNED = Learned(0, {})


def model_with(lexicon: Lexicon, learned: Learned) -> NeedModel:
    """Return the model of ``lexicon`` with what was learned; unknown categories are left out."""
    codes = {category.code for category in lexicon.categories}
    known = {code: counts for code, counts in learned.counts.items() if code in codes}
    return train(lexicon, known)


def learn(
    cases: Sequence[Confirmed], lexicon: Lexicon, in_force: Learned = NOTHING_LEARNED
) -> Lesson:
    """Return the better of the model in force and one that learned from ``cases``.

    Every fifth case by the digest of its id is held back, so that the same
    cases are held back in every run and no model ever learned from them.

    Raises
    ------
    InvalidProblem
        If a case has no text, or its category is not in ``lexicon``.
    """
    codes = {category.code for category in lexicon.categories}
    for case in cases:
        if not case.text.strip() or case.category not in codes:
            raise InvalidProblem(f"case {case.case_id}: no text or unknown category")
    back = [case for case in cases if is_held_back(case.case_id)]
    new = _counted([case for case in cases if not is_held_back(case.case_id)])
    before, units_before = _right(back, model_with(lexicon, in_force))
    after, units_after = _right(back, model_with(lexicon, new))
    comparison = Comparison(len(back), before, after, units_before, units_after)
    return Lesson(new if comparison.is_better else in_force, comparison)


def is_held_back(case_id: str) -> bool:
    """Return whether a case is kept for comparing models; about every fifth is."""
    return int(sha256(case_id.encode()).hexdigest(), 16) % HELD_BACK == 0


def _counted(cases: Sequence[Confirmed]) -> Learned:
    cases = list(
        {(case.source or case.case_id, plain(case.text).text): case for case in cases}.values()
    )
    pieces = [ngrams(plain(case.text).text[:READ_CHARACTERS]) for case in cases]
    met = Counter(piece for row in _by_source(cases, pieces).values() for piece in row)
    counts: dict[str, Counter[str]] = {}
    number = Counter(case.category for case in cases)
    for case, row in zip(cases, pieces, strict=True):
        kept = (piece for piece in row if met[piece] >= FEWEST_SOURCES)
        counts.setdefault(case.category, Counter()).update(kept)
    return Learned(
        len(cases),
        {
            code: PieceCounts(number[code], dict(sorted(row.items())))
            for code, row in counts.items()
        },
    )


def _by_source(
    cases: Sequence[Confirmed], pieces: Sequence[frozenset[str] | set[str]]
) -> dict[str, set[str]]:
    """Return all pieces that each enterprise has written."""
    written: dict[str, set[str]] = {}
    for case, row in zip(cases, pieces, strict=True):
        written.setdefault(case.source or case.case_id, set()).update(row)
    return written


def _right(cases: Sequence[Confirmed], model: NeedModel) -> tuple[int, int]:
    readings = [(case, read_need(case.text, model)) for case in cases]
    return (
        sum(reading.category == case.category for case, reading in readings),
        sum(reading.unit == case.unit for case, reading in readings),
    )


def to_json(learned: Learned) -> str:
    """Return what was learned as JSON: the same counts give the same text."""
    body = {
        "cases": learned.cases,
        "categories": {
            code: {"cases": row.cases, "pieces": dict(row.pieces)}
            for code, row in learned.counts.items()
        },
    }
    return _written({"version": VERSION, "digest": _digest(body), **body})


def from_json(text: str) -> Learned:
    """Return what ``to_json`` wrote.

    Raises
    ------
    InvalidProblem
        If it is no such text, of another version, or changed since.
    """
    try:
        read = json.loads(text)
        body = {"cases": read["cases"], "categories": read["categories"]}
        is_ours = read["version"] == VERSION and read["digest"] == _digest(body)
        counts = {
            str(code): PieceCounts(
                int(row["cases"]), {str(k): int(v) for k, v in row["pieces"].items()}
            )
            for code, row in read["categories"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as unreadable:
        raise InvalidProblem("not a learned model") from unreadable
    if not is_ours:
        raise InvalidProblem("a learned model of another version, or changed since it was written")
    return Learned(int(read["cases"]), counts)


def _digest(body: object) -> str:
    return sha256(_written(body).encode()).hexdigest()


def _written(body: object) -> str:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
