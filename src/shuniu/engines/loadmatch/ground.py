"""What a day looks like to search and proof: its model, its shortest ways, and its pairs."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from shuniu.engines.loadmatch.compiled import Floats, entry
from shuniu.engines.loadmatch.graph import Boarding, Graph, boarding_of, graph_of
from shuniu.engines.loadmatch.model import Model, matrix_ways, model_of
from shuniu.engines.loadmatch.problem import Problem
from shuniu.engines.loadmatch.sequence import Slips
from shuniu.engines.loadmatch.sets import slack_of

MOST_PLACES = 1200  # the shortest ways between more places take too long to find here
NO_SLIPS = Slips(0.0, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """A day as the kernels see it.

    Attributes
    ----------
    model
        The trips and lots as they are.
    least
        The same with the shortest ways over any number of legs, where ``model`` does not obey the
        triangle inequality; else ``model`` itself.
    boarding, graph
        Who has what, and who could carry what alone, by the ways of ``least``.
    is_metric
        Whether ``least`` is ``model``.
    slips
        By how much ``least`` misses the triangle inequality, because it is rounded.
    is_provable
        Whether ``least`` is known. If not, ``least`` is ``model``, and nothing may be concluded
        from a part of a route about the whole.
    """

    model: Model
    least: Model
    boarding: Boarding
    graph: Graph
    slips: Slips
    is_metric: bool
    is_provable: bool


def ground_of(problem: Problem) -> Ground:
    """Return the day as the kernels see it."""
    model, boarding = model_of(problem), boarding_of(problem)
    if problem.is_rounded:
        # A way of three metres at most is lost by rounding three legs; leaving out a stop never
        # makes later ones late when it saves more service than the rounding of its legs.
        slips = Slips(1.5, 1.5 + 1.5 * problem.seconds_per_metre)
        if problem.service_s >= slips.time:
            slips = Slips(1.5, 0.0)
            graph = graph_of(model, boarding, slips.length, slack_of(slips))
            return Ground(model, model, boarding, graph, slips, is_metric=True, is_provable=True)
    if problem.places > MOST_PLACES or problem.sphere is not None:
        graph = graph_of(model, boarding, math.inf)
        return Ground(model, model, boarding, graph, NO_SLIPS, is_metric=False, is_provable=False)
    least = _shortened(model)
    graph = graph_of(least, boarding, 0.0)
    if np.array_equal(least.ways.length, model.ways.length) and np.array_equal(
        least.ways.time, model.ways.time
    ):
        return Ground(model, model, boarding, graph, NO_SLIPS, is_metric=True, is_provable=True)
    return Ground(model, least, boarding, graph, NO_SLIPS, is_metric=False, is_provable=True)


def _shortened(model: Model) -> Model:
    length, time = model.ways.length.copy(), model.ways.time.copy()
    shorten_ways(length)
    shorten_ways(time)
    ways, first = matrix_ways(length, time), 2 * model.lots
    begins, ends = np.split(model.place[first:], 2)
    return model._replace(ways=ways, direct=length[begins, ends])


@entry
def shorten_ways(ways: Floats) -> None:
    """Replace ways by the least sums over any number of legs (Floyd and Warshall)."""
    places = len(ways)
    for place in range(places):
        ways[place, place] = 0.0
    for over in range(places):
        for start in range(places):
            first = ways[start, over]
            for end in range(places):
                ways[start, end] = min(ways[start, end], first + ways[over, end])
