"""Sleep without the one call that the library of faketime 0.9 gets wrong: to a fixed moment."""

from __future__ import annotations

import select
import time


def sleep(seconds: float) -> None:
    select.select([], [], [], max(0.0, seconds))


time.sleep = sleep  # type: ignore[assignment]  # whole numbers are floats here
