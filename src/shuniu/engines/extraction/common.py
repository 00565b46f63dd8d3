"""Common problems: what three or more enterprises have asked for within a few days.

Cases are put together in three ways, the surest first: several enterprises name the same thing
and tell of the same trouble with it; the texts tell of one event; the clerk has put them into the
same part of a category and the words are alike. Each proposal says in a sentence why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from shuniu.engines.extraction.aspects import names_of, troubles_of
from shuniu.engines.extraction.grouping import group_events
from shuniu.engines.extraction.needs import NeedModel
from shuniu.engines.extraction.similarity import similarity

# Enterprises that make a problem a common one, and the days within which they speak.
FEWEST_ENTERPRISES = 3
WITHIN = timedelta(days=7)
# Mean likeness of the cases of one part of a category from which they ask for the same.
ALIKE = 0.06


@dataclass(frozen=True, slots=True)
class Told:
    """A case as far as it matters here; ``part`` is the second-level category or empty."""

    case_id: str
    enterprise_id: str
    text: str
    category: str
    part: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Proposal:
    """Cases that tell of one common problem.

    Attributes
    ----------
    case_ids
        In the order they were received; at least one for each enterprise.
    enterprises
        How many different ones.
    reason_zh
        Why they belong together, in a sentence.
    """

    case_ids: tuple[str, ...]
    enterprises: int
    reason_zh: str


def common_problems(cases: Sequence[Told], model: NeedModel) -> tuple[Proposal, ...]:
    """Return the common problems in ``cases``, the one of most enterprises first.

    A case is in one proposal at most. Cases are compared with those received
    at most ``WITHIN`` before the newest of them all.

    Raises
    ------
    InvalidProblem
        If a text is empty.
    """
    if not cases:
        return ()
    newest = max(case.received_at for case in cases)
    recent = sorted(
        (case for case in cases if newest - case.received_at <= WITHIN),
        key=lambda case: (case.received_at, case.case_id),
    )
    taken: set[str] = set()
    found: list[Proposal] = []
    for reason_zh, together in (
        *_same_name(recent),
        *_one_event(recent, model),
        *_same_part(recent),
    ):
        free = [case for case in together if case.case_id not in taken]
        enterprises = len({case.enterprise_id for case in free})
        if enterprises >= FEWEST_ENTERPRISES:
            taken.update(case.case_id for case in free)
            said = reason_zh.format(enterprises=enterprises)
            found.append(Proposal(tuple(case.case_id for case in free), enterprises, said))
    return tuple(sorted(found, key=lambda proposal: -proposal.enterprises))


def _same_name(cases: Sequence[Told]) -> Iterable[tuple[str, list[Told]]]:
    """Yield the cases that name the same thing and have a trouble in common, the most first."""
    lists: dict[tuple[str, str], list[Told]] = {}
    for case in cases:
        for named in names_of(case.text):
            for trouble in troubles_of(case.text):
                lists.setdefault((named.name, trouble), []).append(case)
    for (name, _), together in sorted(lists.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        yield f"7天内有{{enterprises}}家企业都提到“{name}”,说的是同一类情况。", together


def _one_event(cases: Sequence[Told], model: NeedModel) -> Iterable[tuple[str, list[Told]]]:
    numbers = group_events([case.text for case in cases], model)
    lists: dict[int, list[Told]] = {}
    for case, number in zip(cases, numbers, strict=True):
        lists.setdefault(number, []).append(case)
    for together in sorted(lists.values(), key=len, reverse=True):
        yield "7天内有{enterprises}家企业反映的内容相近,可能是同一件事。", together


def _same_part(cases: Sequence[Told]) -> Iterable[tuple[str, list[Told]]]:
    lists: dict[tuple[str, str], list[Told]] = {}
    for case in cases:
        if case.part:
            lists.setdefault((case.category, case.part), []).append(case)
    for _, together in sorted(lists.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        alike = [case for case in together if _likeness(case, together) >= ALIKE]
        yield "7天内有{enterprises}家企业提出同一小类的诉求,说法相近。", alike


def _likeness(case: Told, others: Sequence[Told]) -> float:
    rest = [other for other in others if other is not case]
    return sum(similarity(case.text, other.text) for other in rest) / max(len(rest), 1)
