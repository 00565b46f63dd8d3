"""The recipe for a freight day: a first plan and bound, search, prices, and the closing proof."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shuniu.engines.base.errors import InvalidProblem
from shuniu.engines.base.stopping import Budget
from shuniu.engines.loadmatch.answer import plan_of
from shuniu.engines.loadmatch.bound import first_bound_fen
from shuniu.engines.loadmatch.columns import no_columns
from shuniu.engines.loadmatch.compiled import Floats, Ints
from shuniu.engines.loadmatch.ground import Ground, ground_of
from shuniu.engines.loadmatch.incumbent import best_stops, column_best, load_columns
from shuniu.engines.loadmatch.insertion import insert_greedily
from shuniu.engines.loadmatch.master import Master, Prices, best_choice, reduced_savings
from shuniu.engines.loadmatch.memory import Search, new_search
from shuniu.engines.loadmatch.plan import Plan
from shuniu.engines.loadmatch.problem import Problem
from shuniu.engines.loadmatch.proof import (
    MORE_SETS,
    Proof,
    affordable_sets,
    list_within,
    new_proof,
    price_all,
)
from shuniu.engines.loadmatch.search import adopt, run_rounds

ROUNDS_AT_ONCE = 100
FIRST_HEAT, LAST_HEAT = 0.03, 0.001  # as a part of a lot's mean value
LARGE_HEAT = 0.4  # of that on large days, whose trips are opened too seldom to cool down
SEARCH_UNTIL, FIRST_PRICES_UNTIL, LAST_PRICES_UNTIL = 0.12, 0.6, 0.75  # shares of the budget
LARGE_TURNS = 12  # equal shares of the budget, after each of which large days choose
LARGE_CHOICE = 1 / 8  # of the time left that such a choice may take
MOST_PAIRS_PRICED = 60_000
CLOSE_ENOUGH = 1e-4  # of the bound: no more is asked of prices
MOST_COLUMNS = 400_000
PROVED_FEN = 1.0  # a gap below this is none
MOST_IN_A_CHOICE = 60_000  # columns that a MIP is given
MOST_IN_A_LARGE_CHOICE = 5_000  # of a large day: they suffice to gain most, in less than a second


@dataclass(slots=True, eq=False)
class _Work:
    """One day being planned."""

    ground: Ground
    search: Search
    proof: Proof
    master: Master
    stop: Budget

    @property
    def found(self) -> float:
        """The saving of the best plan, in fen."""
        return float(self.search.memory.score[1])

    @property
    def is_large(self) -> bool:
        """Whether pricing every trip would take too long."""
        return len(self.ground.graph.pair_lot) > MOST_PAIRS_PRICED

    @property
    def is_proved(self) -> bool:
        return self.proof.bound - self.found < PROVED_FEN


def solve(problem: Problem, stop: Budget, seed: int) -> Plan:
    """Return the best plan found until ``stop`` is spent, with a proven upper bound.

    The same problem, seed and number of rounds give the same plan. A spent rule gives a valid
    plan at any time, at first an empty one.
    """
    if seed < 0:
        raise InvalidProblem(f"A seed is at least 0, not {seed}.")
    ground = ground_of(problem)
    work = _begin(ground, stop, seed)
    if not stop.spent() and len(ground.graph.pair_lot):
        insert_greedily(ground.model, ground.graph, work.search.routes, work.search.offers)
        adopt(work.search)
        _plan(work)
    return plan_of(problem, ground, best_stops(work.search), work.proof.bound)


def _begin(ground: Ground, stop: Budget, seed: int) -> _Work:
    model = ground.model
    columns = no_columns(model.lots, MOST_COLUMNS)
    search = new_search(model, ground.graph, columns, seed)
    proof = new_proof(ground, columns, first_bound_fen(ground))
    master = Master(columns, model.lots, model.trips)
    return _Work(ground, search, proof, master, stop)


def _plan(work: _Work) -> None:
    """Search and prove in turn until the rule is spent or the plan is proved."""
    if work.is_large:
        _plan_large(work)
        return
    if not work.proof.is_possible:
        _improve(work, 1.0)
        return
    _improve(work, SEARCH_UNTIL)
    for until, asks_more in ((FIRST_PRICES_UNTIL, False), (LAST_PRICES_UNTIL, True)):
        prices = _converge(work, until, asks_more=asks_more)
        if prices is None or work.is_proved or work.stop.share_used() >= 1.0:
            continue
        _choose(work, prices, 1 / 3)
    _close(work)
    _improve(work, 1.0)


def _plan_large(work: _Work) -> None:
    """Search, and choose among the routes met, in turns: pricing every trip would take too long.

    The bound stays the first one.
    """
    for turn in range(LARGE_TURNS):
        _improve(work, (turn + 1) / (LARGE_TURNS + 1), LARGE_HEAT)
        if work.stop.share_used() >= 1.0:
            return
        column_best(work.search)
        work.master.take_new_columns()
        prices = work.master.prices(work.stop.seconds_left() / 2)
        if prices is not None and work.stop.share_used() < 1.0:
            _choose(work, prices, LARGE_CHOICE)
    _improve(work, 1.0, LARGE_HEAT)


def _improve(work: _Work, until: float, part_of_heat: float = 1.0) -> None:
    """Run rounds of search until this share of the rule is used up, or the plan is proved."""
    begins = work.stop.share_used()
    hottest = float(np.abs(work.ground.model.value).mean()) * FIRST_HEAT * part_of_heat
    while work.stop.share_used() < until and not work.is_proved and not work.stop.spent():
        part = (work.stop.share_used() - begins) / max(1e-9, until - begins)
        run_rounds(work.search, ROUNDS_AT_ONCE, hottest * (LAST_HEAT / FIRST_HEAT) ** part)


def _converge(work: _Work, until: float, *, asks_more: bool) -> Prices | None:
    """Generate columns until LP and bound meet; return the last prices, if there are any.

    With ``asks_more``, trips whose pricing was short of sets are given more.
    """
    column_best(work.search)
    prices = None
    while work.stop.share_used() < until:
        work.master.take_new_columns()
        now = work.master.prices(work.stop.seconds_left())
        if now is None:
            return prices
        prices = now
        lot = np.minimum(prices.lot, np.maximum(work.ground.model.value, 0.0))
        if price_all(work.proof, lot, prices.trip, work.stop) is None:
            return prices
        open_fen = work.proof.bound - prices.value
        if open_fen < PROVED_FEN:
            return prices
        if int(work.search.columns.counts[0]) == work.master.known:
            is_close = open_fen < CLOSE_ENOUGH * work.proof.bound
            short = work.proof.short > 0
            short &= work.proof.most_sets < affordable_sets(work.stop)
            if not (asks_more and short.any()) or is_close:
                return prices
            work.proof.most_sets[short] *= MORE_SETS
    return prices


def _choose(work: _Work, prices: Prices, share: float) -> float:
    """Take the best plan among the columns, if it is better; return a bound on such plans.

    ``share`` is the part of the time left that may be used. Only columns whose reduced saving
    is within the gap between the optimum of ``prices`` and the plan can be part of a better one.
    """
    start = column_best(work.search)
    columns = work.search.columns
    reduced = reduced_savings(columns, work.ground.model.lots, prices.lot)
    slack = prices.trip[columns.trip[: len(reduced)]] - reduced
    most = MOST_IN_A_LARGE_CHOICE if work.is_large else MOST_IN_A_CHOICE
    among = _within(slack, prices.value - work.found, start, most)
    choice = best_choice(
        columns,
        (work.ground.model.lots, work.ground.model.trips),
        among,
        np.searchsorted(among, np.sort(start)),
        stop=work.stop,
        share=share,
    )
    if float(columns.saving[choice.columns].sum()) > work.found + 1e-6:
        load_columns(work.search, choice.columns)
    return choice.bound


def _within(slack: Floats, gap: float, start: Ints, most: int) -> Ints:
    """Return the numbers of the columns within the gap, ``most`` or less, and those of the plan."""
    near = np.flatnonzero(slack <= gap + PROVED_FEN)
    if len(near) > most:
        near = near[np.argsort(slack[near], kind="stable")[:most]]
    return np.union1d(near, start)


def _close(work: _Work) -> None:
    """List all routes that a better plan can be made of, and choose among them."""
    while not work.is_proved and not work.stop.spent():
        gap = work.proof.bound - work.found
        if not list_within(work.proof, gap, work.stop):
            return
        before = work.found
        prices = Prices(work.proof.price, work.proof.earned, work.proof.bound)
        bound = _choose(work, prices, 0.9)
        work.proof.bound = max(min(work.proof.bound, bound), work.found)
        if work.found <= before:
            return
