from __future__ import annotations

import pytest

from tests.sharing import fresh_profiles, shared_database

__all__ = ["fresh_profiles", "shared_database"]


@pytest.fixture(autouse=True)
def _fresh(fresh_profiles: None) -> None:
    """Many tests here put a profile in force and take it back."""
