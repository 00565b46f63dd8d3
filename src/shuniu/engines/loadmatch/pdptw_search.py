"""A fleet as small as possible, then its shortest routes: ruin and recreate on the same board.

Requests without a vehicle are allowed during the search, at a price that no distance outweighs.
To save a vehicle, the smallest route is taken apart and the others must take its requests in
(Ropke and Pisinger 2006, see ``search.py``).
"""

from __future__ import annotations

import numpy as np

from shuniu.engines.base.randomness import seeded
from shuniu.engines.base.stopping import StopRule
from shuniu.engines.loadmatch.board import NOWHERE, Board
from shuniu.engines.loadmatch.costs import Floats, Ints, Ride, Stops
from shuniu.engines.loadmatch.pdptw_plan import FleetPlan
from shuniu.engines.loadmatch.pdptw_problem import FleetProblem

FEWEST_OUT, MOST_OUT = 1, 40  # requests taken out in one round
LARGEST_PART_OUT, ALWAYS_ALLOWED_OUT = 0.4, 4
ROUNDS_TO_SAVE_A_VEHICLE = 400
ROUNDS_TO_SHORTEN = 800
FIRST_LOSS = 0.3  # accepted at the start of a phase, as a part of the mean length per request
COOLING = 0.993  # of that loss, in each round
ANYWHERE_SHARE = 0.2  # of the rounds, that take out unrelated requests
REGRET_SHARE = 0.7  # of the rounds, that insert by regret and not in any order
NO_SECOND_CHOICE = 1e6  # the cost of the second best way in, where there is only one
SHARPNESS = 2.0  # how much nearer requests are preferred when related ones are drawn

Routes = tuple[tuple[int, ...], ...]


def solve_fleet(problem: FleetProblem, stop: StopRule, seed: int) -> FleetPlan:
    """Return the best plan found until ``stop`` is spent; it always serves every request.

    The same problem, seed and number of rounds give the same plan.
    """
    search = _FleetSearch(problem, seeded(seed))
    search.run(stop)
    nodes = (*problem.pickups, *(problem.nodes[n].delivery for n in problem.pickups))
    routes = tuple(tuple(nodes[code] for code in route) for route in search.best)
    return FleetPlan(routes, search.length_of(search.best))


class _FleetSearch:
    """``best`` holds full routes only, and serves every request from ``run`` on."""

    def __init__(self, problem: FleetProblem, chance: np.random.Generator) -> None:
        self._stops = _stops_of(problem)
        depot = problem.nodes[0]
        self._ride = Ride(0, 0, depot.opens, depot.closes, problem.capacity, 1.0, float("inf"), 1.0)
        self._chance = chance
        self._lots = np.arange(self._stops.lots)
        self._apart = _apartness(self._stops) if self._stops.lots else np.zeros((0, 0))
        self.best: Routes = ()

    def length_of(self, routes: Routes) -> float:
        """Return the total length of ``routes``."""
        length = self._stops.length
        total = 0.0
        for route in routes:
            places = [0, *self._stops.place[list(route)].tolist(), 0]
            total += float(length[places[:-1], places[1:]].sum())
        return total

    def run(self, stop: StopRule) -> None:
        """Build routes, then save vehicles and shorten in turn until ``stop`` is spent."""
        if not self._stops.lots:
            return
        self._construct(stop)
        while not stop.spent():
            while self._save_a_vehicle(stop):
                pass
            self._improve(self._board_with(self.best), ROUNDS_TO_SHORTEN, stop)

    def _construct(self, stop: StopRule) -> None:
        """Fill vehicle after vehicle: the hardest request first, then the cheapest that fits.

        When ``stop`` is spent, each request that is left gets a vehicle of its own.
        """
        routes: list[tuple[int, ...]] = []
        reach = self._stops.length[0, self._stops.place[: self._stops.lots]]
        waiting = self._lots
        while len(waiting):
            if stop.spent():
                routes.extend((int(lot), int(lot) + self._stops.lots) for lot in waiting)
                break
            board = Board(self._stops, [self._ride], [self._lots])
            entry = int(waiting[reach[waiting].argmax()])
            while np.isfinite(board.cost[entry]):
                board.insert(entry)
                waiting = waiting[waiting != entry]
                if not len(waiting):
                    break
                entry = int(waiting[board.cost[waiting].argmin()])
            routes.append(board.routes[0])
        self.best = tuple(routes)

    def _board_with(self, routes: Routes) -> Board:
        board = Board(self._stops, [self._ride] * len(routes), [self._lots] * len(routes))
        for ride, route in enumerate(routes):
            board.put(ride, route)
        return board

    def _save_a_vehicle(self, stop: StopRule) -> bool:
        """Try to serve all with a vehicle less; return whether that worked."""
        if len(self.best) < 2:
            return False
        fewest = min(range(len(self.best)), key=lambda ride: len(self.best[ride]))
        board = self._board_with(self.best[:fewest] + self.best[fewest + 1 :])
        vehicles = len(self.best)
        self._improve(board, ROUNDS_TO_SAVE_A_VEHICLE, stop)
        return len(self.best) < vehicles

    def _improve(self, board: Board, rounds: int, stop: StopRule) -> None:
        """Ruin and recreate; return early when a vehicle has become free."""
        vehicles = len(self.best)
        price = 10 * float(self._stops.length.max()) + 1.0
        loss = FIRST_LOSS * self.length_of(self.best) / self._stops.lots
        now = self._price_of(board, price)
        for _ in range(rounds):
            if stop.spent() or len(self.best) < vehicles:
                return
            board.mark()
            self._round(board)
            tried = self._price_of(board, price)
            if tried <= now + loss * self._chance.exponential():
                now = tried
                self._keep_best(board)
            else:
                board.take_back()
            loss *= COOLING

    def _price_of(self, board: Board, price: float) -> float:
        unserved = int((board.ride_of == NOWHERE).sum())
        return float(board.route_cost.sum()) + price * unserved

    def _keep_best(self, board: Board) -> None:
        if (board.ride_of == NOWHERE).any():
            return
        routes = tuple(route for route in board.routes if route)
        rank = (len(routes), self.length_of(routes))
        if rank < (len(self.best), self.length_of(self.best)):
            self.best = routes

    def _round(self, board: Board) -> None:
        """Take some requests out, and put them and the unserved ones in again."""
        part = int(LARGEST_PART_OUT * self._stops.lots)
        most = min(MOST_OUT, max(ALWAYS_ALLOWED_OUT, part))
        count = int(self._chance.integers(FEWEST_OUT, most + 1))
        absent = np.flatnonzero(board.ride_of == NOWHERE)
        board.remove(self._drawn(count, absent).tolist())
        self._recreate(board, np.flatnonzero(board.ride_of == NOWHERE))

    def _drawn(self, count: int, absent: Ints) -> Ints:
        """Draw requests at random, or such as are related to one that needs a place."""
        if self._chance.random() < ANYWHERE_SHARE:
            return self._chance.permutation(self._lots)[:count]
        seed = int(self._chance.choice(absent if len(absent) else self._lots))
        near = np.argsort(self._apart[seed], kind="stable")
        rank = np.arange(len(near)) * self._chance.random(len(near)) ** (1 / SHARPNESS)
        return near[np.argsort(rank, kind="stable")[:count]]

    def _recreate(self, board: Board, pool: Ints) -> None:
        """Insert what can be: the request that would regret waiting most, or in any order."""
        rides, lots = len(board.rides), self._stops.lots
        by_regret = rides > 1 and bool(self._chance.random() < REGRET_SHARE)
        while len(pool):
            cost = board.cost.reshape(rides, lots)[:, pool]
            best = cost.min(axis=0)
            possible = np.isfinite(best)
            if not possible.any():
                return
            rank = best * self._chance.random(len(pool))
            if by_regret:
                second = np.partition(cost, 1, axis=0)[1]
                second[~np.isfinite(second)] = NO_SECOND_CHOICE
                rank = best - second + 1e-3 * rank
            chosen = int(np.where(possible, rank, np.inf).argmin())
            board.insert(int(cost[:, chosen].argmin()) * lots + int(pool[chosen]))
            pool = np.delete(pool, chosen)


def _stops_of(problem: FleetProblem) -> Stops:
    """Return the stops, with the nodes as places."""
    nodes = problem.nodes
    order = [*problem.pickups, *(nodes[n].delivery for n in problem.pickups)]
    at = np.array([(node.x, node.y) for node in nodes], dtype=np.float64)
    length = np.hypot(at[:, None, 0] - at[None, :, 0], at[:, None, 1] - at[None, :, 1])
    return Stops(
        lots=len(problem.pickups),
        place=np.array(order, dtype=np.int64),
        opens=np.array([nodes[n].opens for n in order]),
        closes=np.array([nodes[n].closes for n in order]),
        service=np.array([nodes[n].service for n in order]),
        kg=np.array([nodes[n].demand for n in order]),
        dm3=np.zeros(len(order)),
        length=length,
        duration=length,
    )


def _apartness(stops: Stops) -> Floats:
    """Return how little two requests have to do with each other; shape ``(lots, lots)``."""
    pick, drop = stops.place[: stops.lots], stops.place[stops.lots :]
    middle = (stops.opens + stops.closes) / 2
    early, late = middle[: stops.lots], middle[stops.lots :]
    way = stops.length[np.ix_(pick, pick)] + stops.length[np.ix_(drop, drop)]
    wait = np.abs(early[:, None] - early) + np.abs(late[:, None] - late)
    return way / max(float(way.mean()), 1e-9) + wait / max(float(wait.mean()), 1e-9)
