"""Kernels are compiled once, kept on disk, and loaded from there; chance inside them is their own.

A kernel is a plain function over numpy arrays. Where numba's cache folder (``NUMBA_CACHE_DIR``,
else beside the module) can be written, a second process loads it in milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

Function = TypeVar("Function", bound=Callable[..., object])
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Words = NDArray[np.uint64]

UNIT = 1.0 / 9007199254740992.0  # 2 to the power of -53


def compiled(function: Function) -> Function:
    """Return ``function`` compiled at its first call, with the type that it was written with.

    Only other kernels may call it: without a door from Python it compiles in half the time. It
    makes no arrays of its own: counting who holds the many arrays of a day would take most of the
    time that a small kernel needs.
    """
    return _made(function, {"no_cpython_wrapper": True, "no_cfunc_wrapper": True, "_nrt": False})


def small(function: Function) -> Function:
    """Return ``function`` compiled into its callers, no arrays made; Python may call it, too."""
    return _made(function, {"no_cfunc_wrapper": True, "_nrt": False, "forceinline": True})


def building(function: Function) -> Function:
    """Return ``function`` compiled as ``compiled`` does, for kernels that make arrays or lists."""
    options = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True, "_nrt": True}
    return _made(function, options)


def entry(function: Function) -> Function:
    """Return ``function`` compiled, for kernels and Python alike."""
    return _made(function, {"no_cfunc_wrapper": True, "_nrt": True})


def _made(function: Function, options: dict[str, Any]) -> Function:
    try:
        made = njit(cache=True, error_model="numpy", **options)
        return cast("Function", made(function))
    except RuntimeError:  # there is no place to keep it: each process compiles for itself
        return cast("Function", njit(error_model="numpy", **options)(function))


def chance_state(seed: int) -> Words:
    """Return the state of a kernel's chance, shape ``(1,)``; ``seed`` is at least 0."""
    return np.array([seed * 2 + 1], dtype=np.uint64)


@compiled
def drawn(state: Words) -> float:
    """Return a number in [0, 1), and move ``state`` on (SplitMix64).

    References
    ----------
    Steele, G. L., D. Lea, and C. H. Flood (2014). Fast Splittable Pseudorandom Number Generators.
    *OOPSLA 2014*, 453-472. https://doi.org/10.1145/2660193.2660195
    """
    state[0] += np.uint64(0x9E3779B97F4A7C15)
    mixed = state[0]
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return float(mixed >> np.uint64(11)) * UNIT


@compiled
def drawn_below(state: Words, count: int) -> int:
    """Return a whole number from 0 to ``count - 1``."""
    return int(drawn(state) * count)


@building
def order_of(keys: Floats, order: Ints) -> None:
    """Write the positions of ``keys``, least first, into ``order``."""
    order[: len(keys)] = np.argsort(keys)


@small
def copy_into(target: Ints, source: Ints) -> None:
    """Write ``source`` into the first places of ``target``; assigning slices could make arrays."""
    for at in range(len(source)):
        target[at] = source[at]
