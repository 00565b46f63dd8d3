"""Whether a chain of facts is whole, and if not, what was done to it. Pure: rows in, report out.

A seal that does not fit says only that something is wrong. What it was is found by trying what the
neighbours say: a changed row is still vouched for by the next one, a row that was put in is known
to nobody, rows that changed places fit at each other's, and a hole shows in the positions even
where the rows behind it were numbered anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from shuniu.zone.kernel.chain import (
    BEFORE_THE_FIRST,
    Head,
    Link,
    mark_of,
    read_data,
    read_moment,
    seal_of,
)

MOST_MISFITS_TRIED = 16
"""Rows in a row that do not fit, up to which it is tried what was done to them."""

MOST_TAKEN_OUT_TRIED = 1_000
MOST_PROBLEMS = 100
HEADS_BEHIND = 200
"""Facts that may be recorded after the last head: a head follows each hundredth one."""


class Kind(StrEnum):
    """What was found.

    The last two are about the file of heads: lines that do not follow each other, and an end that
    was cut off.
    """

    CHANGED = "changed"
    MISSING = "missing"
    INSERTED = "inserted"
    ORDER = "order"
    TAIL_CUT = "tail_cut"
    REPLACED = "replaced"
    EMPTIED = "emptied"
    HEADS_BROKEN = "heads_broken"
    HEADS_SHORT = "heads_short"


class Entry(NamedTuple):
    """A row of the ledger, its moment and its fields as they are stored, in text.

    A million of them pass in a check, so it is a tuple, the quickest there is.
    """

    position: int
    kind: str
    subject: str
    happened_at: str
    actor_id: int | None
    origin: str
    data: str
    seal: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong from ``position`` on, with ``count`` facts (or heads)."""

    position: int
    kind: Kind
    count: int = 1


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a check: how many facts and heads were looked at, and the first problems."""

    facts: int
    heads: int
    problems: tuple[Problem, ...]

    @property
    def is_whole(self) -> bool:
        return not self.problems


def verify(
    entries: Iterable[Entry], heads: Iterable[Head | None], *, key: bytes, at_least: int = 0
) -> Report:
    """Check facts, ordered by position, and the heads that were written of them, oldest first.

    ``at_least`` is a position that the ledger had reached before the heads were read.
    """
    known, problems = _known_heads(heads, key)
    last = max(known, default=0)
    if at_least - last > HEADS_BEHIND:
        problems.append(Problem(last + 1, Kind.HEADS_SHORT, at_least - last))
    walk = _Walk(key, known)
    for entry in entries:
        walk.take(entry)
    walk.end()
    found = sorted([*walk.problems, *problems], key=lambda problem: problem.position)
    return Report(walk.facts, len(known), tuple(found[:MOST_PROBLEMS]))


def _known_heads(heads: Iterable[Head | None], key: bytes) -> tuple[dict[int, str], list[Problem]]:
    """Return the seals that sound heads name by position, and what is wrong with the heads."""
    known: dict[int, str] = {}
    problems: list[Problem] = []
    before, position = BEFORE_THE_FIRST, 0
    for head in heads:
        if head is None:
            problems.append(Problem(position, Kind.HEADS_BROKEN))
            continue
        mark = mark_of(position=head.position, seal=head.seal, at=head.at, before=before, key=key)
        before, position = head.mark, head.position
        if mark == head.mark:
            known[head.position] = head.seal
        else:
            problems.append(Problem(position, Kind.HEADS_BROKEN))
    return known, problems


@dataclass(frozen=True, slots=True)
class _Misfit:
    """A row that does not fit, the place that it should have, and the seal of the row before."""

    entry: Entry
    place: int
    before: str


@dataclass(slots=True)
class _Walk:
    """The way through the ledger.

    Attributes
    ----------
    known
        Seals that heads name, by position.
    position, seal
        Those of the row before, whatever it is worth.
    shift
        By how many positions the rows now stand behind those they were sealed at: rows that were
        put in, less rows that were taken out where the rest was numbered anew.
    run
        The last rows as far as they do not fit, the first of them only; ``run_length`` counts all.
    run_denied
        Rows of the run that a head says something else of.
    doubtful
        Rows of finished runs that will be looked at once more together.
    denied
        First position of a row that fits although a head says something else, and how many.
    """

    key: bytes
    known: dict[int, str]
    facts: int = 0
    position: int = 0
    seal: str = BEFORE_THE_FIRST
    shift: int = 0
    run: list[_Misfit] = field(default_factory=list)
    run_length: int = 0
    run_denied: list[int] = field(default_factory=list)
    doubtful: list[tuple[_Misfit, Kind]] = field(default_factory=list)
    denied: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def take(self, entry: Entry) -> None:
        """Look at the next row."""
        self.facts += 1
        if entry.position != self.position + 1:
            self._jump(entry)
        elif self._fits(entry, entry.position - self.shift, self.seal):
            self._finish_run(Kind.CHANGED)
            self._accept(entry)
        elif not self._is_explained(entry):
            self._add_misfit(entry)

    def end(self) -> None:
        """Draw the conclusions when all rows were taken."""
        if self.run_length:
            vouched = any(self.known.get(m.place) == m.entry.seal for m in self.run)
            self.denied += self.run_denied
            is_known = vouched or self.run_denied or self.run_length == self.facts
            self._finish_run(Kind.CHANGED if is_known else Kind.INSERTED)
        self._look_once_more()
        if self.denied:
            self._tell(Kind.REPLACED, min(self.denied), len(self.denied))
        last, reached = max(self.known, default=0), self.position - self.shift
        if last and not self.facts:
            self._tell(Kind.EMPTIED, 1, last)
        elif last > reached:
            self._tell(Kind.TAIL_CUT, reached + 1, last - reached)

    def _fits(self, entry: Entry, position: int, before: str) -> bool:
        """Return whether the entry was sealed at ``position`` after the fact sealed ``before``."""
        try:
            link = Link(
                position, entry.kind, entry.subject, read_moment(entry.happened_at),
                entry.actor_id, entry.origin, read_data(entry.data),
            )  # fmt: skip
            return seal_of(link, before=before, key=self.key) == entry.seal
        except (ValueError, RecursionError):  # no fact was ever recorded like that
            return False

    def _accept(self, entry: Entry) -> None:
        self.position, self.seal = entry.position, entry.seal
        if self._is_denied(entry):
            self.denied.append(entry.position)

    def _is_denied(self, entry: Entry) -> bool:
        place = entry.position - self.shift
        return place in self.known and self.known[place] != entry.seal

    def _jump(self, entry: Entry) -> None:
        """Take a row whose position does not follow that of the row before."""
        if entry.position <= self.position:  # the column is no longer unique
            self._tell(Kind.INSERTED, entry.position)
            return
        self._finish_run(Kind.CHANGED)
        self._tell(Kind.MISSING, self.position + 1, entry.position - self.position - 1)
        place = entry.position - self.shift
        before = self.known.get(place - 1)
        if before is not None and not self._fits(entry, place, before):
            self._tell(Kind.CHANGED, entry.position)
        self._accept(entry)

    def _add_misfit(self, entry: Entry) -> None:
        self.run_length += 1
        if len(self.run) < MOST_MISFITS_TRIED:
            self.run.append(_Misfit(entry, entry.position - self.shift, self.seal))
        if self._is_denied(entry):
            self.run_denied.append(entry.position)
        self.position, self.seal = entry.position, entry.seal

    def _is_explained(self, entry: Entry) -> bool:
        """Return whether this row tells what was done to the rows before it that did not fit."""
        if not self.run or self.run_length > len(self.run):
            return False
        first, last = self.run[0], self.run[-1]
        place = entry.position - self.shift
        if self._fits(entry, last.place, last.before) and self._fits(last.entry, place, entry.seal):
            self._tell(Kind.ORDER, last.entry.position, 2)
            self.run.pop()
            self.run_length -= 1
            self._finish_run(Kind.CHANGED)
            self.position, self.seal = entry.position, last.entry.seal
            return True
        if self._fits(entry, first.place, first.before):
            self._tell(Kind.INSERTED, first.entry.position, self.run_length)
            self.shift += self.run_length
        elif hole := self._hole_before(entry):
            self._tell(Kind.MISSING, first.entry.position, hole)
            self.shift -= hole
        else:
            return False
        self._forget_run()
        self._accept(entry)
        return True

    def _hole_before(self, entry: Entry) -> int:
        """Return how many rows were taken out and the rest numbered anew; 0 if it does not look so.

        The first row behind the hole cannot tell, for the seal before it is gone; this one can.
        """
        place = entry.position - self.shift
        holes = range(1, MOST_TAKEN_OUT_TRIED + 1)
        return next((n for n in holes if self._fits(entry, place + n, self.seal)), 0)

    def _finish_run(self, kind: Kind) -> None:
        """Put the rows of the run aside to be looked at once more, or tell of them at once."""
        if not self.run:
            return
        if self.run_length > len(self.run) or len(self.doubtful) > MOST_MISFITS_TRIED:
            self._tell(kind, self.run[0].entry.position, self.run_length)
        else:
            self.doubtful += [(misfit, kind) for misfit in self.run]
        self._forget_run()

    def _forget_run(self) -> None:
        self.run, self.run_length, self.run_denied = [], 0, []

    def _look_once_more(self) -> None:
        """Tell what is wrong with the doubtful rows: two of them may stand at each other's place.

        Then the rows behind them did not fit either, and do with the seal that was before them.
        """
        misfits = [misfit for misfit, _kind in self.doubtful]
        befores = {seal for m in misfits for seal in (m.before, m.entry.seal)}
        places = [m.place for m in misfits]
        for misfit, kind in self.doubtful:
            if self._fits_after_any(misfit.entry, misfit.place, befores):
                continue
            is_elsewhere = any(self._fits_after_any(misfit.entry, p, befores) for p in places)
            self._tell(Kind.ORDER if is_elsewhere else kind, misfit.entry.position)

    def _fits_after_any(self, entry: Entry, position: int, befores: set[str]) -> bool:
        return any(self._fits(entry, position, before) for before in befores)

    def _tell(self, kind: Kind, position: int, count: int = 1) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(position, kind, count))
