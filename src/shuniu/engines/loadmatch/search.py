"""Which lot rides where: insertion by greatest profit, then ruin and recreate.

The first plan takes, again and again, the lot with the greatest profit. The search then takes
some related lots out and puts lots in again, by profit or by regret, and keeps what is better
or, early on, little worse (Ropke and Pisinger 2006).

References
----------
Ropke, S., and D. Pisinger (2006). An Adaptive Large Neighborhood Search Heuristic for the Pickup
and Delivery Problem with Time Windows. *Transportation Science* 40 (4), 455-472.
https://doi.org/10.1287/trsc.1050.0135
"""

from __future__ import annotations

import heapq

import numpy as np

from shuniu.engines.base.stopping import StopRule
from shuniu.engines.loadmatch.board import NOWHERE, Board
from shuniu.engines.loadmatch.costs import Floats, Ints

INSERTIONS_PER_ROUND = 32  # of the first plan, between two questions to the stop rule
FEWEST_OUT, MOST_OUT = 2, 30  # lots taken out in one round
LEFT_BEHIND_TRIED = 30  # lots left behind that are tried again in one round
WHOLE_ROUTES_SHARE = 0.3  # of the rounds, that empty whole routes
REGRET_SHARE = 0.5  # of the rounds, that insert by regret and not by profit
SHARPNESS = 6.0  # how much nearer lots are preferred when related ones are drawn
FIRST_LOSS = 0.2  # accepted at the start, as a part of a lot's mean value
COOLING = 0.997  # of that loss, in each round


class FreightSearch:
    """A search for the plan with the greatest saving on one board.

    Parameters
    ----------
    board
        With empty routes.
    value
        Shape ``(lots,)``, fen: what carrying the lot is worth before the detour's cost.
    apart
        Shape ``(features, lots)``: coordinates of each lot; lots that stand near each other are
        likely to compete for the same room.
    """

    def __init__(
        self, board: Board, value: Floats, apart: Floats, chance: np.random.Generator
    ) -> None:
        self._board = board
        self._value = value
        self._apart = apart
        self._chance = chance
        self._reachable = np.unique(board.entry_lot)
        profit = value[board.entry_lot] - board.cost
        self.worth_alone = frozenset(board.entry_lot[profit > 0].tolist())
        self.best: list[tuple[int, ...]] = list(board.routes)
        self.best_saving = 0.0

    def run(self, stop: StopRule) -> None:
        """Build the first plan, then improve it until ``stop`` is spent; ``best`` is kept."""
        self._construct(stop)
        saving = self._keep_best(self._saving())
        if not len(self._reachable):
            return
        accepted_loss = FIRST_LOSS * float(np.abs(self._value[self._reachable]).mean())
        while not stop.spent():
            self._board.mark()
            self._round()
            tried = self._saving()
            if tried >= saving - accepted_loss * self._chance.exponential():
                saving = self._keep_best(tried)
            else:
                self._board.take_back()
            accepted_loss *= COOLING

    def _saving(self) -> float:
        carried = self._board.ride_of != NOWHERE
        return float(self._value[carried].sum() - self._board.route_cost.sum())

    def _keep_best(self, saving: float) -> float:
        if saving > self.best_saving:
            self.best_saving = saving
            self.best = list(self._board.routes)
        return saving

    def _construct(self, stop: StopRule) -> None:
        """Insert the most profitable lot until none is worth its detour or ``stop`` is spent."""
        profit = self._value[self._board.entry_lot] - self._board.cost
        promised = np.full(len(self._value), -np.inf)
        np.maximum.at(promised, self._board.entry_lot, profit)
        waiting = [(-float(promised[lot]), int(lot)) for lot in np.flatnonzero(promised > 0)]
        heapq.heapify(waiting)
        inserted = 0
        while waiting:
            loss, lot = heapq.heappop(waiting)
            if self._board.ride_of[lot] != NOWHERE or -loss != promised[lot]:
                continue
            entries = self._board.entries_of(np.array([lot]))[0]
            gains = self._value[lot] - self._board.cost[entries]
            at = int(gains.argmax())
            if gains[at] < promised[lot]:
                promised[lot] = gains[at]
                if gains[at] > 0:
                    heapq.heappush(waiting, (-float(gains[at]), lot))
                continue
            if inserted % INSERTIONS_PER_ROUND == 0 and stop.spent():
                return
            inserted += 1
            self._board.insert(int(entries[at]))
            self._raise_promises(int(self._board.entry_ride[entries[at]]), promised, waiting)

    def _raise_promises(
        self, ride: int, promised: Floats, waiting: list[tuple[float, int]]
    ) -> None:
        """Call back lots for which the ride has become cheaper than what they waited with."""
        entries = self._board.entries_of_ride(ride)
        lots = self._board.entry_lot[entries]
        profit = self._value[lots] - self._board.cost[entries]
        better = (profit > np.maximum(promised[lots], 0.0)) & (self._board.ride_of[lots] == NOWHERE)
        for lot, gain in zip(lots[better].tolist(), profit[better].tolist(), strict=True):
            promised[lot] = gain
            heapq.heappush(waiting, (-gain, lot))

    def _round(self) -> None:
        """Take related lots out, and put them and some left behind in again."""
        seed = int(self._chance.choice(self._reachable))
        count = int(self._chance.integers(FEWEST_OUT, MOST_OUT + 1))
        carried = self._board.ride_of != NOWHERE
        distance = np.abs(self._apart - self._apart[:, [seed]]).sum(axis=0)
        planned = self._drawn(np.flatnonzero(carried), distance, count)
        if self._chance.random() < WHOLE_ROUTES_SHARE:
            rides = np.unique(self._board.ride_of[planned[: max(1, count // 8)]])
            planned = np.flatnonzero(np.isin(self._board.ride_of, rides))
        out = self._board.remove(planned.tolist())
        left = self._reachable[~carried[self._reachable]]
        again = self._drawn(left, distance, LEFT_BEHIND_TRIED)
        pool = np.union1d(np.array(out, dtype=np.int64), again)
        self._recreate(pool)

    def _drawn(self, lots: Ints, distance: Floats, count: int) -> Ints:
        """Draw up to ``count`` of ``lots``, nearer ones more likely."""
        if len(lots) <= count:
            return lots
        near = min(len(lots), 4 * count)
        lots = lots[np.argpartition(distance[lots], near - 1)[:near]]
        lots = lots[np.argsort(distance[lots], kind="stable")]
        rank = np.arange(near) * self._chance.random(near) ** (1 / SHARPNESS)
        return lots[np.argsort(rank, kind="stable")[:count]]

    def _recreate(self, pool: Ints) -> None:
        """Insert lots of ``pool`` while one is worth it: by profit with noise, or by regret."""
        board, value = self._board, self._value
        by_regret = bool(self._chance.random() < REGRET_SHARE)
        noise = np.ones(len(pool)) if by_regret else self._chance.uniform(0.8, 1.2, len(pool))
        entries = board.entries_of(pool)
        absent = entries < 0
        while len(pool):
            profit = value[pool][:, None] - board.cost[entries]
            profit[absent] = -np.inf
            at = profit.argmax(axis=1)
            rows = np.arange(len(pool))
            best = profit[rows, at]
            if by_regret:
                profit[rows, at] = 0.0
                rank = best - np.maximum(profit.max(axis=1), 0.0) + 1e-6 * best
            else:
                rank = best * noise
            worth = best > 0
            if not worth.any():
                return
            chosen = int(np.where(worth, rank, -np.inf).argmax())
            board.insert(int(entries[chosen, at[chosen]]))
            rest = worth.copy()
            rest[chosen] = False
            pool, entries, absent, noise = pool[rest], entries[rest], absent[rest], noise[rest]
