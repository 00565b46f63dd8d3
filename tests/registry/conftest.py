from __future__ import annotations

import pytest

from tests.sharing import fresh_profiles

__all__ = ["fresh_profiles"]


@pytest.fixture(autouse=True)
def _fresh(fresh_profiles: None) -> None:
    """Many tests here put a profile in force and take it back."""
