"""What a drill counts, and how the rows of the database are compared with what was answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tests.drills.ledger import check
from tests.drills.person import Sent
from tests.drills.server import Place


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of acknowledged needs.

    Attributes
    ----------
    acknowledged
        Needs that were answered with the address of their case.
    cut
        How often a need was sent and no answer came.
    lost
        Acknowledged needs without a case.
    doubled
        Needs with more than one case, and cases with more than one fact of their opening.
    wrong
        Needs that were answered with the address of another case.
    unknown
        Cases that nobody was told of.
    gaps
        Numbers of the day that no case has.
    untold
        Cases without the fact of their opening, and such facts without a case.
    unsound
        Problems of the chain of facts.
    """

    acknowledged: int
    cut: int
    lost: int
    doubled: int
    wrong: int
    unknown: int
    gaps: int
    untold: int
    unsound: int

    @property
    def is_exact(self) -> bool:
        wrong = self.lost or self.doubled or self.wrong or self.unknown or self.gaps
        return not (wrong or self.untold or self.unsound)


def kept_of(place: Place, sent: Sequence[Sent]) -> Kept:
    """Compare the cases of a place with the needs that were acknowledged."""
    rows = place.rows("SELECT id, number, text FROM desk_case")
    cases: dict[str, list[int]] = {}
    for case_id, _number, text in rows:
        cases.setdefault(text[-32:], []).append(case_id)
    told = {one.key: one.case_id for one in sent}
    opened = Counter(
        subject
        for (subject,) in place.rows(
            "SELECT subject FROM kernel_fact WHERE kind = %s", "desk.case.opened"
        )
    )
    return Kept(
        acknowledged=len(told),
        cut=sum(one.cuts for one in sent),
        lost=sum(key not in cases for key in told),
        doubled=sum(len(ids) > 1 for ids in cases.values())
        + sum(times > 1 for times in opened.values()),
        wrong=sum(case_id not in cases.get(key, [case_id]) for key, case_id in told.items()),
        unknown=sum(key not in told for key in cases),
        gaps=_gaps([number for _id, number, _text in rows]),
        untold=len({f"desk.case:{case_id}" for case_id, _number, _text in rows} ^ set(opened)),
        unsound=len(check(place).problems),
    )


def _gaps(numbers: Sequence[str]) -> int:
    """Return how many of the numbers of each day are missing."""
    days: dict[str, list[int]] = {}
    for number in numbers:
        day, serial = number.rsplit("-", 1)
        days.setdefault(day, []).append(int(serial))
    return sum(max(serials) - len(set(serials)) for serials in days.values())
