from __future__ import annotations

from collections.abc import Iterator

import pytest

from shuniu.zone.registry import problems, queries


@pytest.fixture(autouse=True)
def _no_profile_of_another_test() -> Iterator[None]:
    """A version is read once because it never changes; a rolled back one gives its number away."""
    yield
    queries.profile_of.cache_clear()
    problems._calendar.cache_clear()
