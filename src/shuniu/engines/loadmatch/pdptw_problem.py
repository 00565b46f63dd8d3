"""Pickup and delivery with time windows, as the Li and Lim benchmark states it.

Equal vehicles leave one depot, serve requests (a pickup, then its delivery, by one vehicle) and
return. Units are those of the file; travel time equals Euclidean distance. Fewest vehicles come
first, then least distance.

References
----------
Li, H., and A. Lim (2003). A Metaheuristic for the Pickup and Delivery Problem with Time Windows.
*International Journal on Artificial Intelligence Tools* 12 (2), 173-186.
https://doi.org/10.1142/S0218213003001186
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from shuniu.engines.base.errors import InvalidProblem

NODE_FIELDS = 9
MOST_NODES = 2500  # the distances between more do not fit into a small machine
LARGEST = 1e9


@dataclass(frozen=True, slots=True)
class Node:
    """A place to visit between ``opens`` and ``closes`` (both included) for ``service``.

    ``demand`` is loaded: above 0 at a pickup, below 0 at a delivery. ``pickup`` is the node of a
    delivery's pickup, ``delivery`` that of a pickup's delivery, else 0.
    """

    x: float
    y: float
    demand: float
    opens: float
    closes: float
    service: float
    pickup: int
    delivery: int


@dataclass(frozen=True, slots=True)
class FleetProblem:
    """The nodes by number (0 is the depot) and the capacity of each vehicle.

    ``vehicles`` is the number that the file gives. It is no limit: a plan may use more, and
    aims at fewer.
    """

    vehicles: int
    capacity: float
    nodes: tuple[Node, ...]

    def __post_init__(self) -> None:
        if not self.nodes:
            raise InvalidProblem("node 0: the depot is missing.")
        if len(self.nodes) > MOST_NODES:
            raise InvalidProblem(f"{len(self.nodes)} nodes; this solver takes {MOST_NODES}.")
        if not 0 <= self.capacity <= LARGEST:
            raise InvalidProblem(f"line 1: capacity is {self.capacity:g}; it must be at least 0.")
        for number, node in enumerate(self.nodes):
            _check_node(number, node)
        for number, node in enumerate(self.nodes[1:], start=1):
            self._check_pair(number, node)
        for pickup in self.pickups:
            self._check_alone(pickup)

    @property
    def pickups(self) -> tuple[int, ...]:
        """The pickup nodes, one for each request, rising."""
        return tuple(n for n, node in enumerate(self.nodes) if n and node.delivery)

    def _check_pair(self, number: int, node: Node) -> None:
        partner = node.delivery or node.pickup
        if bool(node.delivery) == bool(node.pickup) or not 0 < partner < len(self.nodes):
            raise InvalidProblem(f"node {number}: it must name its pickup or its delivery.")
        other = self.nodes[partner]
        if (other.pickup if node.delivery else other.delivery) != number:
            raise InvalidProblem(f"node {number}: node {partner} does not name it back.")
        if node.delivery and (node.demand < 0 or node.demand + other.demand != 0):
            raise InvalidProblem(
                f"node {number}: it loads {node.demand:g}, "
                f"node {partner} unloads {-other.demand:g}."
            )

    def _check_alone(self, number: int) -> None:
        """Raise InvalidProblem if not even a vehicle of its own can serve the request."""
        depot, pickup = self.nodes[0], self.nodes[number]
        delivery = self.nodes[pickup.delivery]
        where = f"request {number} to {pickup.delivery}"
        if pickup.demand > self.capacity:
            raise InvalidProblem(
                f"{where}: {pickup.demand:g} is over the capacity {self.capacity:g}."
            )
        at, now = depot, depot.opens
        for stop, name in ((pickup, "pickup"), (delivery, "delivery"), (depot, "return")):
            now = max(now + math.hypot(stop.x - at.x, stop.y - at.y), stop.opens)
            if now > stop.closes:
                raise InvalidProblem(
                    f"{where}: its {name} is {now - stop.closes:.3g} too late "
                    "even for a vehicle of its own."
                )
            now, at = now + stop.service, stop


def fleet_problem_from_text(text: str) -> FleetProblem:
    """Return the problem of a Li and Lim file; raise InvalidProblem naming the line."""
    rows = [(n, line.split()) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not rows or len(rows[0][1]) < 2:
        raise InvalidProblem("line 1: vehicles and capacity are missing.")
    first = rows[0][0]
    vehicles = _whole(rows[0][1][0], f"line {first}: vehicles")
    capacity = _number(rows[0][1][1], f"line {first}: capacity")
    nodes = []
    for expected, (line, fields) in enumerate(rows[1:]):
        if len(fields) != NODE_FIELDS:
            raise InvalidProblem(f"line {line}: {len(fields)} fields; a node has {NODE_FIELDS}.")
        if _whole(fields[0], f"line {line}: node") != expected:
            raise InvalidProblem(f"line {line}: node {fields[0]} stands where {expected} belongs.")
        nodes.append(_node(fields, f"line {line}"))
    return FleetProblem(vehicles, capacity, tuple(nodes))


def _node(fields: list[str], where: str) -> Node:
    x, y, demand, opens, closes, service = (_number(word, where) for word in fields[1:7])
    pickup, delivery = (_whole(word, f"{where}: partner") for word in fields[7:])
    return Node(x, y, demand, opens, closes, service, pickup, delivery)


def _check_node(number: int, node: Node) -> None:
    if node.closes < node.opens:
        raise InvalidProblem(
            f"node {number}: it closes at {node.closes:g}, before it opens at {node.opens:g}."
        )
    if node.service < 0:
        raise InvalidProblem(f"node {number}: service is {node.service:g}; at least 0 is needed.")
    if number == 0 and (node.demand or node.pickup or node.delivery):
        raise InvalidProblem("node 0: the depot neither loads nor unloads.")


def _number(word: str, where: str) -> float:
    try:
        value = float(word)
    except ValueError:
        value = math.nan
    if not abs(value) <= LARGEST:
        raise InvalidProblem(f"{where}: {word!r} is no number of a usable size.")
    return value


def _whole(word: str, where: str) -> int:
    value = _number(word, where)
    if value != int(value) or value < 0:
        raise InvalidProblem(f"{where}: {word!r} is no whole number from 0 on.")
    return int(value)
