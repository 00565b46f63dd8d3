"""The environment is read once and judged as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from shuniu.config.databases import database_settings
from shuniu.config.env import BadEnvironment, Environment, read_environment


def read(tmp_path: Path, **values: str) -> Environment:
    return read_environment({"SHUNIU_HOME": str(tmp_path), **values})


def test_without_any_value_a_machine_serves_itself_from_a_file(tmp_path: Path) -> None:
    assert read(tmp_path) == Environment(
        home=tmp_path,
        database={
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(tmp_path / "shuniu.sqlite3"),
        },
        address=None,
        hosts=("localhost", "127.0.0.1", "[::1]"),
        port=8000,
        heads=tmp_path / "heads",
        proxies=(),
        password_rules="asvs",
    )


def test_every_value_is_read(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        SHUNIU_DATABASE_URL="postgres://hub:p%40ss@db.internal:5433/zone",
        SHUNIU_ADDRESS="https://hub.example.cn/",
        SHUNIU_HOSTS=" hub.lan ,, 10.0.0.5 ",
        SHUNIU_PORT="8443",
        SHUNIU_HEADS=str(tmp_path / "elsewhere"),
        SHUNIU_PROXIES=" 10.0.0.5 ,, 2001:DB8::1",
    )

    assert found.database == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "zone",
        "USER": "hub",
        "PASSWORD": "p@ss",
        "HOST": "db.internal",
        "PORT": "5433",
    }
    assert (found.address, found.is_https, found.port) == ("https://hub.example.cn", True, 8443)
    assert (found.heads, found.proxies) == (tmp_path / "elsewhere", ("10.0.0.5", "2001:db8::1"))
    assert found.hosts[3:] == ("hub.lan", "10.0.0.5", "hub.example.cn")


@pytest.mark.parametrize(
    ("values", "believed"),
    [
        ({}, ()),
        ({"SHUNIU_ADDRESS": "https://hub.example.cn"}, ("127.0.0.1", "::1")),
        ({"SHUNIU_ADDRESS": "https://hub.example.cn", "SHUNIU_PROXIES": ""}, ()),
        ({"SHUNIU_PROXIES": "10.0.0.5"}, ("10.0.0.5",)),
    ],
    ids=["no address", "address", "nobody", "one"],
)
def test_a_proxy_is_believed_where_there_is_one(
    tmp_path: Path, values: dict[str, str], believed: tuple[str, ...]
) -> None:
    assert read(tmp_path, **values).proxies == believed


def test_a_socket_folder_can_stand_in_the_database_address(tmp_path: Path) -> None:
    found = read(tmp_path, SHUNIU_DATABASE_URL="postgresql://postgres@/zone?host=/run/pg")

    assert (found.database["HOST"], found.database["PORT"]) == ("/run/pg", "")


def test_all_problems_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(BadEnvironment) as bad:
        read(
            tmp_path,
            SHUNIU_DATABASE_URL="mysql://hub@db/zone",
            SHUNIU_ADDRESS="hub.example.cn",
            SHUNIU_PORT="http",
        )

    assert bad.value.problems == (
        "SHUNIU_DATABASE_URL: write postgres://user:password@host:port/database",
        "SHUNIU_ADDRESS: write the public address, such as https://hub.example.cn",
        "SHUNIU_PORT: write a number from 1 to 65535",
    )
    assert str(bad.value) == "\n".join(bad.value.problems)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SHUNIU_DATABASE_URL", "postgres://hub@db:port/zone"),
        ("SHUNIU_DATABASE_URL", "postgres://hub@db:99999/zone"),
        ("SHUNIU_DATABASE_URL", "postgres://[::1/zone"),
        ("SHUNIU_DATABASE_URL", "nonsense"),
        ("SHUNIU_ADDRESS", "https://[::1"),
        ("SHUNIU_ADDRESS", "https://hub.example.cn:port"),
        ("SHUNIU_ADDRESS", "https://"),
        ("SHUNIU_ADDRESS", "ftp://hub.example.cn"),
        ("SHUNIU_PORT", "0"),
        ("SHUNIU_PORT", "65536"),
        ("SHUNIU_PORT", "-1"),
        ("SHUNIU_PORT", "8000.0"),
        ("SHUNIU_PROXIES", "localhost"),
        ("SHUNIU_PROXIES", "10.0.0.0/8"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_and_not_a_crash(
    tmp_path: Path, name: str, value: str
) -> None:
    with pytest.raises(BadEnvironment) as bad:
        read(tmp_path, **{name: value})

    assert [problem.split(":")[0] for problem in bad.value.problems] == [name]


def test_sqlite_gets_the_options_that_durability_needs(tmp_path: Path) -> None:
    options = database_settings(read(tmp_path))["OPTIONS"]

    assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 20)
    pragmas = {pragma.strip() for pragma in options["init_command"].split(";")}
    assert {
        "PRAGMA journal_mode=WAL",
        "PRAGMA synchronous=FULL",
        "PRAGMA foreign_keys=ON",
        "PRAGMA busy_timeout=20000",
    } <= pragmas


def test_postgresql_answers_only_what_is_on_the_disk(tmp_path: Path) -> None:
    chosen = database_settings(read(tmp_path, SHUNIU_DATABASE_URL="postgres://u@h/d"))

    assert chosen["OPTIONS"]["options"] == (
        "-c synchronous_commit=on -c statement_timeout=30000 -c jit=off"
        " -c max_parallel_workers_per_gather=0"
    )
