"""The two databases, with the settings that durability needs (and that start-up insists on)."""

from __future__ import annotations

from typing import Any

from shuniu.config.env import Environment

SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;"
    "PRAGMA foreign_keys=ON; PRAGMA cache_size=-32000; PRAGMA mmap_size=268435456;"
    "PRAGMA temp_store=MEMORY; PRAGMA secure_delete=ON;"
)
# Questions of pages are short: compiling them, or sharing one among processes, costs more than it
# saves.
POSTGRESQL_START = (
    "-c synchronous_commit=on -c statement_timeout=30000 -c jit=off"
    " -c max_parallel_workers_per_gather=0"
)
KEPT_S = 600  # seconds that a thread keeps its connection: opening one costs more than most pages


def database_settings(environment: Environment) -> dict[str, Any]:
    """Return Django's settings of the one database.

    SQLite: WAL with synchronous FULL loses nothing that was answered, even when the power goes;
    IMMEDIATE transactions wait for each other instead of failing half-way. What is deleted is
    overwritten at once.
    PostgreSQL: synchronous_commit stays on for the same reason.
    """
    chosen: dict[str, Any] = {**environment.database, "CONN_MAX_AGE": KEPT_S}
    if chosen["ENGINE"].endswith("sqlite3"):
        chosen["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": SQLITE_START,
        }
        return chosen
    chosen["OPTIONS"] = {"options": POSTGRESQL_START}
    chosen["CONN_HEALTH_CHECKS"] = True  # the server may have been started anew meanwhile
    return chosen
