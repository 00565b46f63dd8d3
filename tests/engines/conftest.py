"""Kernels are compiled once for all processes that run these tests."""

from __future__ import annotations

from hypothesis import settings

from shuniu.cli.kernels import keep_kernels

# Every run tries the same examples, however slow the machine; the drills look for new ones.
settings.register_profile("same", deadline=None, derandomize=True, database=None)
settings.register_profile("new", deadline=None, database=None)
settings.load_profile("same")

keep_kernels()
