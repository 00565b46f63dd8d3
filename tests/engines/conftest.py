"""Kernels are compiled once for all processes that run these tests."""

from __future__ import annotations

from shuniu.cli.kernels import keep_kernels

keep_kernels()
