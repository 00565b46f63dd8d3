"""What every smaller group on a shared route could save, and how much of a saving each may keep.

A group needs the truck: lots alone save nothing. So a split of the saving cannot be bettered by a
smaller group (it is in the core of the game) where no set of lots keeps more than the route would
lose without it. What is below such a split in every part is one, too; the truck takes the rest.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from shuniu.engines.loadmatch.compiled import Floats, Ints, entry
from shuniu.engines.loadmatch.model import ROUNDING, Model
from shuniu.engines.loadmatch.sequence import (
    MOST_LOTS,
    Desk,
    Slips,
    lay_out,
    shortest_order,
)

SWEEPS = 50  # over the limits that bind, for the nearest split
MOST_LIMITS = 100  # that are taken into account one after the other
CLOSE_FEN = 0.01


@entry
def saved_by_groups(model: Model, desk: Desk, slips: Slips, direct: float, groups: Ints) -> Floats:
    """Return what the first trip saves with each set of groups of lots, shape ``(2 ** n,)``.

    ``groups`` has a row for each of ``n`` groups: its lots, then ``-1``. Bit i of a position stands
    for group i. A set saves at least as much as any part of it: lots may be left. ``direct`` is the
    length of the trip without stops. Where the shortest order cannot be found, no order that could
    save more is left out.
    """
    trip, count, saved = 0, len(groups), np.zeros(1 << len(groups))
    length = np.full(1 << count, direct)
    lots = np.zeros(groups.size, dtype=np.int64)
    for mask in range(1, 1 << count):
        taken, value = 0, 0.0
        for group in range(count):
            if mask >> group & 1:
                saved[mask] = max(saved[mask], saved[mask ^ (1 << group)])
                length[mask] = max(length[mask], length[mask ^ (1 << group)])
                for lot in groups[group]:
                    if lot >= 0:
                        lots[taken] = lot
                        value += model.value[lot]
                        taken += 1
        if length[mask] == math.inf:
            continue
        if taken <= MOST_LOTS:
            lay_out(model, desk, trip, lots, taken)
            limit = model.longest[trip] + ROUNDING
            least = shortest_order(model, desk, slips, trip, taken, limit)
            if not math.isnan(least):  # else what its parts take at least is all that is known
                length[mask] = least
        added = length[mask] - direct
        saved[mask] = max(saved[mask], value - added * model.fen_per_length[trip])
    return saved


def shapley_fen(saved: Floats) -> Floats:
    """Return what each group adds to those before it and the truck, over all orders, on average.

    References
    ----------
    Shapley, L. S. (1953). A Value for n-Person Games. *Contributions to the Theory of Games* 2,
    307-317. https://doi.org/10.1515/9781400881970-018
    """
    count = (len(saved) - 1).bit_length()
    members = _members(count)
    size = members.sum(axis=1)
    # With the truck, the groups before are one player more: the order of the others is free.
    orders = np.array(
        [math.factorial(before + 1) * math.factorial(count - before - 1) for before in range(count)]
    ) / math.factorial(count + 1)
    parts = np.zeros(count)
    for group in range(count):
        without = np.flatnonzero(~members[:, group])
        adds = saved[without | (1 << group)] - saved[without]
        parts[group] = float((orders[size[without]] * adds).sum())
    return parts


def limits_fen(saved: Floats, whole_fen: float) -> Floats:
    """Return how much each set of groups may keep of ``whole_fen``, at least 0."""
    limits: Floats = np.maximum(whole_fen - saved[::-1], 0.0)
    return limits


def nearest_allowed(target: Floats, limits: Floats) -> Ints:
    """Return whole fen for each group within all limits, near the split nearest to ``target``.

    The truck counts as one who gets the rest. The nearest split is found by projecting on one
    limit after the other and taking back what that was too much (Hildreth 1957); rounding down
    keeps all limits.

    References
    ----------
    Hildreth, C. (1957). A Quadratic Programming Procedure. *Naval Research Logistics* 4, 79-85.
    https://doi.org/10.1002/nav.3800040113
    """
    members = _members(len(target))
    split, bound = (
        target.copy(),
        [_Limit(np.eye(len(target))[at], 0.0) for at in range(len(target))],
    )
    for _ in range(MOST_LIMITS):
        over = members @ split - limits
        worst = int(np.argmax(over))
        if over[worst] <= CLOSE_FEN and split.min() >= -CLOSE_FEN:
            break
        if over[worst] > CLOSE_FEN:
            bound.append(_Limit(-members[worst].astype(float), -float(limits[worst])))
        for _ in range(SWEEPS):
            moved = sum(limit.pull(split) for limit in bound)
            if moved <= CLOSE_FEN / 10:
                break
    return _whole(np.maximum(split, 0.0), members, limits)


class _Limit:
    """One half-space ``normal @ split >= least``, and how far it has pulled so far."""

    __slots__ = ("_least", "_normal", "_pulled", "_way", "_weight")

    def __init__(self, normal: Floats, least: float) -> None:
        self._normal, self._least, self._pulled = normal, least, 0.0
        # What one gets the truck loses: distance counts both.
        self._way = normal - normal.sum() / (len(normal) + 1)
        self._weight = float(normal @ self._way)

    def pull(self, split: Floats) -> float:
        """Move ``split`` to the half-space, or back as far as it was pulled; return how far."""
        lacks = (self._least - float(self._normal @ split)) / self._weight
        step = max(lacks, -self._pulled)
        self._pulled += step
        split += step * self._way
        return abs(step)


def _whole(split: Floats, members: NDArray[np.bool_], limits: Floats) -> Ints:
    """Return ``split`` in whole fen, less where that is needed to keep the limits."""
    parts: Ints = np.floor(split + CLOSE_FEN).astype(np.int64)
    whole_limits = np.floor(limits + 1e-6).astype(np.int64)
    for row in range(len(limits)):
        inside = np.flatnonzero(members[row])
        over = int(parts[inside].sum() - whole_limits[row])
        while over > 0:
            dearest = inside[int(np.argmax(parts[inside]))]
            less = min(over, int(parts[dearest]))
            parts[dearest] -= less
            over -= less
    return parts


def _members(count: int) -> NDArray[np.bool_]:
    """Return which groups each set has, shape ``(2 ** count, count)``."""
    has: NDArray[np.bool_] = (np.arange(1 << count)[:, None] >> np.arange(count) & 1) == 1
    return has
