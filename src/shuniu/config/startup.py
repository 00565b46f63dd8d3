"""What must hold before the product starts: it refuses to run on weaker ground."""

from __future__ import annotations

import io

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, connection

from shuniu.zone.kernel import keyring
from shuniu.zone.registry import queries

SQLITE_NEEDS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
POSTGRESQL_NEEDS = {"synchronous_commit": "on", "fsync": "on", "full_page_writes": "on"}


class StartupProblem(Exception):
    """Why the product does not start, and what to do."""


def check_startup() -> None:
    """Raise StartupProblem unless database, front end and profile are as needed."""
    check_database()
    try:
        call_command("check", fail_level="ERROR", stdout=io.StringIO())
    except SystemCheckError as error:
        raise StartupProblem(str(error)) from error
    try:
        queries.profile_in_force()
    except queries.NoProfile as missing:
        raise StartupProblem(str(missing)) from None
    if not settings.FRONT_END_MANIFEST.exists():
        raise StartupProblem("The front end is not built: run “./run --setup” first.")


def check_database() -> None:
    """Raise StartupProblem unless the database is durable, migrated and readable with our keys."""
    try:
        weak = weak_settings()
    except DatabaseError as error:
        raise StartupProblem(f"The database cannot be reached: {error}") from error
    if weak:
        raise StartupProblem("The database may lose what was answered: " + "; ".join(weak))
    try:
        call_command("migrate", check_unapplied=True, verbosity=0)
    except SystemExit:
        raise StartupProblem("The database is not migrated: run “shuniu setup” first.") from None
    if not keyring.keys_fit():
        raise StartupProblem("The keys do not fit the data: restore keys.json from the backup.")


def weak_settings() -> list[str]:
    """Return what is weaker than durability needs, each with what it should be."""
    found: list[str] = []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name, wanted in SQLITE_NEEDS.items():
                cursor.execute(f"PRAGMA {name}")
                value = cursor.fetchone()[0]
                if value != wanted:
                    found.append(f"SQLite has {name} = {value}, needed is {wanted}")
            options = connection.settings_dict["OPTIONS"]
            if options.get("transaction_mode") != "IMMEDIATE":
                found.append("SQLite transactions must begin IMMEDIATE")
            if options.get("timeout", 0) < 20:
                found.append("SQLite must wait 20 seconds for a lock")
        else:
            for name, wanted in POSTGRESQL_NEEDS.items():
                cursor.execute(f"SHOW {name}")
                value = cursor.fetchone()[0]
                if value != wanted:
                    found.append(f"PostgreSQL has {name} = {value}, needed is {wanted}")
    return found
