"""The master problem: which of the routes known make the best plan, as LP and as whole numbers.

Each lot rides at most once, each trip drives at most one route. HiGHS solves both.

References
----------
Barnhart, C., et al. (1998). Branch-and-Price: Column Generation for Solving Huge Integer
Programs. *Operations Research* 46 (3), 316-329. https://doi.org/10.1287/opre.46.3.316
Huangfu, Q., and J. A. J. Hall (2018). Parallelizing the Dual Revised Simplex Method.
*Mathematical Programming Computation* 10, 119-142. https://doi.org/10.1007/s12532-017-0130-5
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from shuniu.engines.base.stopping import Budget
from shuniu.engines.loadmatch.columns import Columns
from shuniu.engines.loadmatch.compiled import Floats, Ints, entry

FEN = 100.0  # solvers work in yuan: their tolerances are made for small numbers
MOST_NODES = 2000  # of a search tree where time does not count


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """What a lot costs and a trip earns at the optimum of the LP, in fen.

    ``lot`` has shape ``(lots,)``, ``trip`` shape ``(trips,)``; all at least 0. ``value`` is the
    optimum over the columns known.
    """

    lot: Floats
    trip: Floats
    value: float


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """The best plan among some columns: their numbers, and a bound on all such plans in fen."""

    columns: Ints
    bound: float


class Master:
    """The LP over all columns, warm from one solution to the next."""

    def __init__(self, columns: Columns, lots: int, trips: int) -> None:
        self._columns = columns
        self._lots, self._trips = lots, trips
        self._known = 0
        self._lp = _quiet()
        self._lp.changeObjectiveSense(highspy.ObjSense.kMaximize)
        _add_rows(self._lp, lots + trips)

    @property
    def known(self) -> int:
        """How many columns the LP has."""
        return self._known

    def take_new_columns(self) -> int:
        """Add what the columns have more than the LP; return how many."""
        count = int(self._columns.counts[0])
        new = np.arange(self._known, count, dtype=np.int64)
        if len(new):
            _add_columns(self._lp, self._columns, self._lots, new)
        self._known = count
        return len(new)

    def prices(self, seconds: float) -> Prices | None:
        """Return the LP's optimum, or None if there was not enough time."""
        if self._known == 0:
            return Prices(np.zeros(self._lots), np.zeros(self._trips), 0.0)
        if math.isfinite(seconds):
            limit = max(0.1, seconds) + self._lp.getRunTime()
            self._lp.setOptionValue("time_limit", limit)
        self._lp.run()
        if self._lp.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        dual = np.maximum(np.array(self._lp.getSolution().row_dual) * FEN, 0.0)
        value = float(self._lp.getInfo().objective_function_value) * FEN
        return Prices(dual[: self._lots], dual[self._lots :], value)


def best_choice(
    columns: Columns,
    rows: tuple[int, int],
    among: Ints,
    start: Ints,
    *,
    stop: Budget,
    share: float,
) -> Choice:
    """Return the best plan that is made of the columns ``among``.

    Parameters
    ----------
    columns
        All columns.
    rows
        How many lots and trips there are.
    among
        Numbers of columns, without repetition.
    start
        Positions in ``among`` of a plan that is known.
    stop, share
        The search ends when this share of the time left is used; where time does not count,
        ``MOST_NODES`` limits it.
    """
    lots, trips = rows
    mip = _quiet()
    mip.changeObjectiveSense(highspy.ObjSense.kMaximize)
    _add_rows(mip, lots + trips)
    _add_columns(mip, columns, lots, among)
    count = len(among)
    numbers = np.arange(count, dtype=np.int32)
    whole = np.full(count, highspy.HighsVarType.kInteger)
    mip.changeColsIntegrality(count, numbers, whole)
    mip.setOptionValue("mip_rel_gap", 0.0)
    mip.setOptionValue("mip_abs_gap", 0.001)
    left = stop.seconds_left()
    if math.isfinite(left):
        _end_at(mip, stop, left * (1.0 - share))
    else:
        mip.setOptionValue("mip_max_nodes", MOST_NODES)
    known = highspy.HighsSolution()
    values = np.zeros(count)
    values[start] = 1.0
    known.col_value = values.tolist()
    mip.setSolution(known)
    mip.run()
    chosen = np.array(mip.getSolution().col_value)
    info = mip.getInfo()
    bound = float(info.mip_dual_bound) * FEN
    if mip.getModelStatus() == highspy.HighsModelStatus.kOptimal:
        bound = float(info.objective_function_value) * FEN + 0.1
    if len(chosen) != count or not math.isfinite(info.objective_function_value):
        return Choice(among[start], bound)
    return Choice(among[chosen > 0.5], bound)


def _end_at(mip: highspy.Highs, stop: Budget, left_s: float) -> None:
    """Let the solver give up when so many seconds are left; its own limit counts another time."""

    def end_if_over(event: highspy.highs.HighsCallbackEvent) -> None:
        if stop.seconds_left() <= left_s:
            event.interrupt()

    mip.cbMipInterrupt.subscribe(end_if_over)


def _quiet() -> highspy.Highs:
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)  # noqa: FBT003  # the library's words
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("solver", "simplex")
    return solver


def _add_rows(solver: highspy.Highs, rows: int) -> None:
    none = np.zeros(0, dtype=np.int32)
    solver.addRows(rows, np.full(rows, -np.inf), np.ones(rows), 0, none, none, np.zeros(0))


def _add_columns(solver: highspy.Highs, columns: Columns, lots: int, new: Ints) -> None:
    starts, entries = rows_of(columns, lots, new)
    cost = columns.saving[new] / FEN
    count = len(new)
    solver.addCols(
        count,
        cost,
        np.zeros(count),
        np.full(count, np.inf),
        len(entries),
        starts,
        entries,
        np.ones(len(entries)),
    )


@entry
def rows_of(columns: Columns, lots: int, new: Ints) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the rows of columns: where each begins, and its lots and (behind all) its trip."""
    starts = np.zeros(len(new), dtype=np.int32)
    room = 0
    for column in new:
        room += columns.start[column + 1] - columns.start[column] + 1
    entries, count = np.zeros(room, dtype=np.int32), 0
    for at in range(len(new)):
        column = new[at]
        starts[at] = count
        for row in range(columns.start[column], columns.start[column + 1]):
            if columns.stops[row] < lots:
                entries[count] = columns.stops[row]
                count += 1
        entries[count] = lots + columns.trip[column]
        count += 1
    return starts, entries[:count].copy()


@entry
def reduced_savings(columns: Columns, lots: int, price: Floats) -> Floats:
    """Return the saving of each column less the price of its lots, in fen."""
    count = columns.counts[0]
    reduced = columns.saving[:count].copy()
    for column in range(count):
        for row in range(columns.start[column], columns.start[column + 1]):
            if columns.stops[row] < lots:
                reduced[column] -= price[columns.stops[row]]
    return reduced
