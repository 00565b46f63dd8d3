"""The product does not start on weak ground."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import Settings

from shuniu.config.keys import DataKeyring, load_keys
from shuniu.config.startup import StartupProblem, check_startup, weak_settings
from shuniu.zone.desk import migrations as desk_migrations
from shuniu.zone.kernel.fields import Sealed
from shuniu.zone.registry.models import Contact, ProfileVersion
from tests.factories import ContactFactory

pytestmark = pytest.mark.usefixtures("durable_database", "zone")
only_sqlite = pytest.mark.skipif(
    os.environ.get("TEST_DATABASE") == "postgresql", reason="about the other database"
)
only_postgresql = pytest.mark.skipif(
    os.environ.get("TEST_DATABASE") != "postgresql", reason="about the other database"
)


@pytest.fixture(autouse=True)
def _ready(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """A front end."""
    settings.FRONT_END_MANIFEST = tmp_path / "manifest.json"
    settings.FRONT_END_MANIFEST.write_text("{}")
    yield
    connection.close()


def run_sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_on_good_ground_it_starts() -> None:
    check_startup()


@only_sqlite
@pytest.mark.parametrize(
    ("weaken", "weakness"),
    [
        ("journal_mode=DELETE", "SQLite has journal_mode = delete, needed is wal"),
        ("journal_mode=MEMORY", "SQLite has journal_mode = memory, needed is wal"),
        ("synchronous=NORMAL", "SQLite has synchronous = 1, needed is 2"),
        ("synchronous=OFF", "SQLite has synchronous = 0, needed is 2"),
        ("foreign_keys=OFF", "SQLite has foreign_keys = 0, needed is 1"),
    ],
)
def test_each_weaker_pragma_is_named(weaken: str, weakness: str) -> None:
    run_sql(f"PRAGMA {weaken}")

    assert weak_settings() == [weakness]
    with pytest.raises(StartupProblem) as problem:
        check_startup()
    assert str(problem.value) == f"The database may lose what was answered: {weakness}"


@only_sqlite
@pytest.mark.parametrize(
    ("option", "value", "weakness"),
    [
        ("transaction_mode", "DEFERRED", "SQLite transactions must begin IMMEDIATE"),
        ("transaction_mode", None, "SQLite transactions must begin IMMEDIATE"),
        ("timeout", 5, "SQLite must wait 20 seconds for a lock"),
        ("timeout", 0, "SQLite must wait 20 seconds for a lock"),
    ],
)
def test_each_weaker_option_is_named(
    option: str, value: object, weakness: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], option, value)

    assert weak_settings() == [weakness]


@only_postgresql
def test_a_postgresql_that_answers_before_it_has_written_is_named() -> None:
    run_sql("SET synchronous_commit = off")

    with pytest.raises(StartupProblem) as problem:
        check_startup()

    assert str(problem.value) == (
        "The database may lose what was answered:"
        " PostgreSQL has synchronous_commit = off, needed is on"
    )


@only_postgresql
def test_a_postgresql_without_fsync_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    needs = {"synchronous_commit": "on", "fsync": "on", "full_page_writes": "on"}
    monkeypatch.setattr("shuniu.config.startup.POSTGRESQL_NEEDS", needs)

    assert weak_settings() == [
        "PostgreSQL has fsync = off, needed is on",
        "PostgreSQL has full_page_writes = off, needed is on",
    ]


def test_a_database_that_is_not_migrated_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    recorder = MigrationRecorder(connection)
    newest = (Path(desk_migrations.__path__[0]) / "max_migration.txt").read_text().strip()
    recorder.record_unapplied("desk", newest)
    try:
        with pytest.raises(StartupProblem) as problem:
            check_startup()
    finally:
        recorder.record_applied("desk", newest)

    assert str(problem.value) == "The database is not migrated: run “shuniu setup” first."
    assert "Traceback" not in capsys.readouterr().err


def test_a_zone_without_a_profile_is_named() -> None:
    ProfileVersion.objects.all().delete()

    with pytest.raises(StartupProblem) as problem:
        check_startup()

    assert str(problem.value) == "Run “shuniu setup” first."


def test_keys_that_do_not_fit_the_data_are_named(settings: Settings, tmp_path: Path) -> None:
    ContactFactory.create()
    load_keys(tmp_path / "other")
    settings.DATA_KEYRING = DataKeyring(tmp_path / "other")

    with pytest.raises(StartupProblem, match=r"The keys do not fit the data: restore keys\.json"):
        check_startup()


def test_a_text_that_cannot_be_opened_does_not_stop_the_zone_while_others_can() -> None:
    ContactFactory.create()
    torn = ContactFactory.create()
    Contact.objects.filter(pk=torn.pk).update(name=Sealed(b"torn"), phone=Sealed(b"torn"))

    check_startup()


def test_a_front_end_that_was_not_built_is_named(settings: Settings) -> None:
    settings.FRONT_END_MANIFEST.unlink()

    with pytest.raises(StartupProblem) as problem:
        check_startup()

    assert str(problem.value) == "The front end is not built: run “./run --setup” first."


def test_the_checks_of_django_find_nothing_in_an_installation_with_a_public_address(
    tmp_path: Path,
) -> None:
    words = ["manage", "check", "--deploy", "--fail-level", "WARNING"]

    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "shuniu", *words],
        env={
            "PATH": os.defpath,
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            "SHUNIU_HOME": str(tmp_path / "home"),
            "SHUNIU_ADDRESS": "https://hub.example.cn",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "System check identified no issues (1 silenced).\n"
