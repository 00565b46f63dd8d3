"""Routes worth remembering: one for each trip and set of lots, the cheapest known."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from shuniu.engines.loadmatch.compiled import Floats, Ints, compiled, copy_into

NO_COLUMN = -1


class Columns(NamedTuple):
    """Routes by number: column c has the stops ``stops[start[c]:start[c + 1]]`` of ``trip[c]``.

    ``saving`` is in fen. ``counts[0]`` columns are there; ``table`` finds them by a hash of trip
    and lots (open addressing, ``NO_COLUMN`` where empty). What finds no room is not kept.
    """

    lots: int
    start: Ints
    stops: Ints
    trip: Ints
    saving: Floats
    table: Ints
    counts: Ints


def no_columns(lots: int, most: int, stops_each: int = 12) -> Columns:
    """Return an empty store for up to ``most`` routes of ``stops_each`` stops on average."""
    size = 2
    while size < 2 * most:
        size *= 2
    return Columns(
        lots,
        np.zeros(most + 1, dtype=np.int64),
        np.zeros(max(1, most * stops_each), dtype=np.int64),
        np.zeros(most, dtype=np.int64),
        np.zeros(most),
        np.full(size, NO_COLUMN, dtype=np.int64),
        np.zeros(1, dtype=np.int64),
    )


@compiled
def _scattered(word: int) -> int:
    mixed = np.uint64(word + 1) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    return int((mixed ^ (mixed >> np.uint64(32))) & np.uint64(0x3FFFFFFFFFFFFFFF))


@compiled
def _same_lots(columns: Columns, column: int, stops: Ints) -> bool:
    first, last = columns.start[column], columns.start[column + 1]
    if last - first != len(stops):
        return False
    for stop in stops:
        found = False
        for at in range(first, last):
            if columns.stops[at] == stop:
                found = True
                break
        if not found:
            return False
    return True


@compiled
def add_column(columns: Columns, trip: int, stops: Ints, saving: float) -> int:
    """Keep a route unless a better one of the same trip and lots is known; return its number.

    ``NO_COLUMN`` is returned where there is no room.
    """
    mixed = _scattered(trip)
    for stop in stops:
        if stop < columns.lots:
            mixed += _scattered(stop + 1_000_003)
    mask = len(columns.table) - 1
    slot = _scattered(mixed & 0x3FFFFFFFFFFFFFFF) & mask
    while columns.table[slot] != NO_COLUMN:
        column = columns.table[slot]
        if columns.trip[column] == trip and _same_lots(columns, column, stops):
            if saving > columns.saving[column]:
                columns.saving[column] = saving
                copy_into(columns.stops[columns.start[column] :], stops)
            return int(column)
        slot = (slot + 1) & mask
    column = columns.counts[0]
    first = columns.start[column]
    if column == len(columns.trip) or first + len(stops) > len(columns.stops):
        return NO_COLUMN
    columns.table[slot] = column
    copy_into(columns.stops[first:], stops)
    columns.start[column + 1] = first + len(stops)
    columns.trip[column], columns.saving[column] = trip, saving
    columns.counts[0] = column + 1
    return int(column)
