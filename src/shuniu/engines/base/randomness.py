"""Chance that can be repeated: every search draws from a generator made from its seed."""

from __future__ import annotations

import numpy as np

from shuniu.engines.base.errors import InvalidProblem


def seeded(seed: int) -> np.random.Generator:
    """Return a generator that gives the same draws for the same ``seed``, at least 0."""
    if seed < 0:
        raise InvalidProblem(f"A seed is at least 0, not {seed}.")
    return np.random.Generator(np.random.PCG64(seed))
