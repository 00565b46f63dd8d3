"""Need sheets: situations of enterprises, written by hand in a small line format.

A sheet is a text. Each line starts with a mark:

``#``  category code and the office that owns it
``plan``, ``note``  what the office plans to do, how it goes meanwhile
``*``  a situation: subcategory, then ``@`` office, ``!`` urgency, ``^`` sensitivity if not usual,
    ``+`` the first digits of the industries that know it, by commas, if not all do
``$``  its slots: ``name=low-high``, ``name=low-high/step`` or ``name=one|other``
``?``  a wording of the need
``=``, ``~``, ``-``  an answer after which the need is solved, partly solved, explained;
    digits after the mark say which wordings it fits (``=1``), none that it fits them all

A line that starts with two blanks continues the line before it. Slots stand in braces: the
situation's own, those of every need (road, product, dates …), and in answers also the day of
the visit, the day of the answer and days that the office may promise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from random import Random
from typing import Literal

Outcome = Literal["yes", "partly", "explained"]
Urgency = Literal["critical", "high", "normal", "low"]
Sensitivity = Literal["normal", "confidential", "complainant_protected", "restricted"]

URGENCIES: dict[str, Urgency] = {
    "critical": "critical",
    "high": "high",
    "normal": "normal",
    "low": "low",
}
SENSITIVITIES: dict[str, Sensitivity] = {
    "normal": "normal",
    "confidential": "confidential",
    "complainant_protected": "complainant_protected",
    "restricted": "restricted",
}
_OUTCOMES: dict[str, Outcome] = {"=": "yes", "~": "partly", "-": "explained"}
_ANSWER = re.compile(r"([=~-])(\d*)")
_RANGE = re.compile(r"(\d+)-(\d+)(?:/(\d+))?")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the wording with the values that may stand there."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the office answers, and what has become of the need.

    Attributes
    ----------
    wordings
        Indices of the wordings that it fits; empty when it fits them all.
    """

    outcome: Outcome
    text: str
    wordings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Situation:
    """A situation of an enterprise with its wordings and the answers that fit.

    Attributes
    ----------
    industries
        First digits of the industry codes that know the situation; empty when all do.
    """

    key: str
    category: str
    subcategory: str
    office: str
    urgency: Urgency
    sensitivity: Sensitivity
    industries: tuple[str, ...]
    slots: tuple[Slot, ...]
    asks: tuple[str, ...]
    answers: tuple[Answer, ...]

    def answers_to(self, wording: int) -> tuple[Answer, ...]:
        """Return the answers that fit a wording, given by its index."""
        return tuple(it for it in self.answers if not it.wordings or wording in it.wordings)


@dataclass(frozen=True, slots=True)
class Sheet:
    """All situations of one category and the words that its office uses on the way."""

    category: str
    office: str
    plans: tuple[str, ...]
    notes: tuple[str, ...]
    situations: tuple[Situation, ...]


@dataclass(slots=True)
class _SituationDraft:
    head: str
    slots: list[Slot] = field(default_factory=list)
    asks: list[str] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)


@dataclass(slots=True)
class _SheetDraft:
    category: str
    office: str
    plans: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    situations: list[_SituationDraft] = field(default_factory=list)


def read_sheets(text: str) -> tuple[Sheet, ...]:
    """Return the sheets of a text, in its order.

    Raises
    ------
    ValueError
        If a line starts with an unknown mark or stands outside a sheet.
    """
    drafts: list[_SheetDraft] = []
    for mark, words in _logical_lines(text):
        if mark == "#":
            category, office = words.split()
            drafts.append(_SheetDraft(category, office))
        elif not drafts:
            raise ValueError(f"No sheet is open for: {mark} {words}")
        else:
            _add(drafts[-1], mark, words)
    return tuple(_sheet(draft) for draft in drafts)


def drawn_slots(rng: Random, slots: tuple[Slot, ...]) -> dict[str, str]:
    """Return one value for each slot."""
    return {slot.name: rng.choice(slot.values) for slot in slots}


def _logical_lines(text: str) -> list[tuple[str, str]]:
    joined: list[str] = []
    for line in text.splitlines():
        if line.startswith("  ") and joined:
            joined[-1] += line.strip()
        elif line.strip():
            joined.append(line.strip())
    parts = [line.partition(" ") for line in joined]
    return [(mark, words) for mark, _, words in parts]


def _add(sheet: _SheetDraft, mark: str, words: str) -> None:
    if mark == "plan":
        sheet.plans.append(words)
    elif mark == "note":
        sheet.notes.append(words)
    elif mark == "*":
        sheet.situations.append(_SituationDraft(words))
    elif not sheet.situations:
        raise ValueError(f"No situation is open for: {mark} {words}")
    else:
        _add_to_situation(sheet.situations[-1], mark, words)


def _add_to_situation(situation: _SituationDraft, mark: str, words: str) -> None:
    if mark == "$":
        situation.slots.extend(_slot(word) for word in words.split())
    elif mark == "?":
        situation.asks.append(words)
    elif answer := _ANSWER.fullmatch(mark):
        wordings = tuple(int(digit) - 1 for digit in answer[2])
        situation.answers.append(Answer(_OUTCOMES[answer[1]], words, wordings))
    else:
        raise ValueError(f"Unknown mark: {mark} {words}")


def _slot(word: str) -> Slot:
    name, _, values = word.partition("=")
    if numbers := _RANGE.fullmatch(values):
        low, high, step = (int(group or 1) for group in numbers.groups())
        return Slot(name, tuple(str(number) for number in range(low, high + 1, step)))
    return Slot(name, tuple(values.split("|")))


def _sheet(draft: _SheetDraft) -> Sheet:
    return Sheet(
        draft.category,
        draft.office,
        tuple(draft.plans),
        tuple(draft.notes),
        tuple(_situation(draft, number) for number in range(len(draft.situations))),
    )


def _situation(sheet: _SheetDraft, number: int) -> Situation:
    draft = sheet.situations[number]
    subcategory, *marks = draft.head.split()
    said = {mark[0]: mark[1:] for mark in marks}
    return Situation(
        key=f"{sheet.category}-{number}",
        category=sheet.category,
        subcategory=subcategory,
        office=said.get("@", sheet.office),
        urgency=URGENCIES[said.get("!", "normal")],
        sensitivity=SENSITIVITIES[said.get("^", "normal")],
        industries=tuple(said["+"].split(",")) if "+" in said else (),
        slots=tuple(draft.slots),
        asks=tuple(draft.asks),
        answers=tuple(draft.answers),
    )
