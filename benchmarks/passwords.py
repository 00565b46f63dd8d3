"""What it costs to compare a password: CPU time of one, and how many a machine can do.

Usage: ``python benchmarks/passwords.py``.
"""

from __future__ import annotations

import os
import time
from statistics import median

import django

ROUNDS = 7
PASSWORD = "three pears at the fence"  # of nobody


def main() -> None:
    """Print CPU milliseconds of each way and their ratios to PBKDF2 as Django sets it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuniu.config.settings")
    django.setup()
    from django.contrib.auth import hashers  # noqa: PLC0415  # after Django is loaded

    ways = {
        "argon2id (the product)": hashers.Argon2PasswordHasher(),
        "pbkdf2": hashers.PBKDF2PasswordHasher(),
        "scrypt": hashers.ScryptPasswordHasher(),
    }
    costs = {name: cost_ms(hasher) for name, hasher in ways.items()}
    for name, cost in costs.items():
        print(f"{name:24} {cost:7.0f} ms CPU   {cost / costs['pbkdf2']:.2f} of pbkdf2")
    cores = os.cpu_count() or 1
    argon = costs["argon2id (the product)"]
    print(f"at most {cores} at once: about {cores * 1_000 / argon:.0f} sign-ins a second")


def cost_ms(hasher: object) -> float:
    """Return the median CPU time of comparing one password, in milliseconds."""
    stored = hasher.encode(PASSWORD, "salt-of-a-benchmark")  # type: ignore[attr-defined]
    times = []
    for _round in range(ROUNDS):
        started = time.process_time()
        hasher.verify(PASSWORD, stored)  # type: ignore[attr-defined]
        times.append((time.process_time() - started) * 1_000)
    return median(times)


if __name__ == "__main__":
    main()
