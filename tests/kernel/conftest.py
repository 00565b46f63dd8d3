from __future__ import annotations

from tests.sharing import durable_database, fresh_profiles, shared_database

__all__ = ["durable_database", "fresh_profiles", "shared_database"]
