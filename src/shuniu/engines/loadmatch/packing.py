"""What lots that must be on board together can bring at most: a knapsack for each such pack.

Lots that must overlap two by two are all on board at one moment, because spans of time that meet
two by two have a moment in common (Helly). So their weights together must find room, and the
fractional knapsack (Dantzig 1957) bounds what they bring.

References
----------
Dantzig, G. B. (1957). Discrete-Variable Extremum Problems. *Operations Research* 5 (2), 266-288.
https://doi.org/10.1287/opre.5.2.266
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shuniu.engines.loadmatch.compiled import Floats, Ints, compiled, order_of

SMALLEST_SIZE = 1e-9  # what weighs nothing comes first


class Packs(NamedTuple):
    """Space to pack up to ``most`` lots.

    For each lot offered: its ``size``, what it ``brings``, its ``pack``. For each pack: the
    ``room`` left in it, the size of its ``least`` lot, and how many ``members`` it has. ``blocked``
    marks packs; ``left``, ``density`` and ``order`` are for filling them. ``overlap[i, j]``:
    candidates that must be on board together.
    """

    size: Floats
    brings: Floats
    pack: Ints
    room: Floats
    least: Floats
    members: Ints
    blocked: Ints
    left: Floats
    density: Floats
    order: Ints
    overlap: NDArray[np.bool_]


def new_packs(most: int) -> Packs:
    """Return space for trips with up to ``most`` candidates."""
    return Packs(
        size=np.zeros(most),
        brings=np.zeros(most),
        pack=np.zeros(most, dtype=np.int64),
        room=np.zeros(most + 1),
        least=np.zeros(most + 1),
        members=np.zeros(most + 1, dtype=np.int64),
        blocked=np.zeros(most + 1, dtype=np.int64),
        left=np.zeros(most + 1),
        density=np.zeros(most),
        order=np.zeros(most, dtype=np.int64),
        overlap=np.zeros((most, most), dtype=np.bool_),
    )


@compiled
def pack_up(packs: Packs, offered: Ints, chosen: Ints, sizes: Floats, room: float) -> int:
    """Put the candidates ``offered`` into packs, and ``chosen`` ones where they belong.

    ``sizes`` are those of the chosen ones; ``packs.size`` has those of the others. ``room`` is
    that of the trip. Return how many packs there are.
    """
    count = 0
    for row in range(len(offered)):
        packs.blocked[:count] = 0
        one = offered[row]
        for before in range(row):
            if not packs.overlap[one, offered[before]]:
                packs.blocked[packs.pack[before]] = 1
        mine = 0
        while mine < count and packs.blocked[mine]:
            mine += 1
        if mine == count:
            packs.room[count], packs.least[count], packs.members[count] = room, math.inf, 0
            count += 1
        packs.pack[row] = mine
        packs.least[mine] = min(packs.least[mine], packs.size[row])
        packs.members[mine] += 1
    for at in range(len(chosen)):
        _take_room(packs, offered, chosen, at, sizes[at], count)
    return count


@compiled
def _take_room(  # noqa: PLR0917  # kernels take no keywords
    packs: Packs, offered: Ints, chosen: Ints, at: int, size: float, count: int
) -> None:
    """Let a chosen lot take room in the first pack all of which it must overlap.

    Only a lot that overlaps all those chosen before it is asked: whoever takes room in one pack
    must overlap the others that do.
    """
    for before in range(at):
        if not packs.overlap[chosen[at], chosen[before]]:
            return
    packs.blocked[:count] = 0
    for row in range(len(offered)):
        if not packs.overlap[chosen[at], offered[row]]:
            packs.blocked[packs.pack[row]] = 1
    for pack in range(count):
        if not packs.blocked[pack]:
            packs.room[pack] -= size


@compiled
def most_more(packs: Packs, count: int) -> float:
    """Return how many of the lots offered find room at most."""
    more = 0.0
    for pack in range(count):
        fits = float(packs.members[pack])
        if packs.least[pack] > 0:
            fits = min(fits, max(0.0, math.floor(packs.room[pack] / packs.least[pack])))
        more += fits
    return more


@compiled
def most_brought(packs: Packs, offered: int, count: int) -> float:
    """Return a bound on what the lots offered bring together, with fractions of lots."""
    brought, room = 0.0, packs.left
    for pack in range(count):
        room[pack] = packs.room[pack]
    for row in range(offered):
        packs.density[row] = -packs.brings[row] / max(packs.size[row], SMALLEST_SIZE)
    order_of(packs.density[:offered], packs.order)
    for row in packs.order[:offered]:
        if packs.brings[row] <= 0:
            break
        pack, size = packs.pack[row], packs.size[row]
        if size <= room[pack]:
            room[pack] -= size
            brought += packs.brings[row]
        elif room[pack] > 0:
            brought += packs.brings[row] * room[pack] / size
            room[pack] = 0.0
    return brought
