"""The commands of the zone, in a data folder of their own."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from shuniu.cli import main, serve
from shuniu.config import env
from shuniu.zone.desk.choices import Channel
from shuniu.zone.desk.models import Case
from shuniu.zone.desk.services import open_case
from shuniu.zone.registry.models import ProfileVersion
from tests.factories import THURSDAY_10, EnterpriseFactory, leader, member_of
from tests.sharing import durable_database, shared_database

__all__ = ["durable_database", "shared_database"]
HERE = env.PACKAGE.parent


def shuniu(
    home: Path, *words: str, values: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command line as a process of its own on SQLite."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "shuniu", *words],
        env={
            "PATH": os.defpath,
            "PYTHONPATH": str(HERE),
            "PYTHONUTF8": "1",
            "SHUNIU_HOME": str(home),
            **(values or {}),
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_zone_is_set_up_once_and_setting_it_up_again_changes_nothing(tmp_path: Path) -> None:
    home = tmp_path / "home"

    first, again = shuniu(home, "setup"), shuniu(home, "setup", "--profile", "generic")

    assert [(done.returncode, done.stderr) for done in (first, again)] == [(0, ""), (0, "")]
    assert sorted(path.name for path in home.iterdir() if "-" not in path.name) == [
        "keys.json",
        "shuniu.sqlite3",
    ]
    with closing(sqlite3.connect(home / "shuniu.sqlite3")) as database:
        assert database.execute("SELECT code FROM registry_profileversion").fetchall() == [
            ("haimen",)
        ]
        assert database.execute(
            "SELECT kind FROM registry_holiday WHERE day IN ('2026-10-01', '2026-10-10')"
        ).fetchall() == [("HOLIDAY",), ("MAKEUP_DAY",)]
    compared = shuniu(home, "clocks", "compare")
    assert (compared.returncode, compared.stdout) == (0, "0 differences\n")


def test_a_profile_that_does_not_exist_is_named(tmp_path: Path) -> None:
    done = shuniu(tmp_path, "setup", "--profile", "atlantis")

    assert done.returncode in {1, 2}
    assert "no profile and no readable file is called atlantis" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["serve"],
        ["demo"],
        ["clocks", "compare"],
        ["briefing", "--date", "2026-11-19", "--out", "x.docx"],
    ],
    ids=lambda words: words[0],
)
def test_before_the_zone_is_set_up_every_command_says_what_to_do(
    tmp_path: Path, words: list[str]
) -> None:
    done = shuniu(tmp_path, *words)

    assert (done.returncode, done.stdout) == (2, "")
    assert "run “shuniu setup” first" in done.stderr
    assert "Traceback" not in done.stderr


def test_values_that_cannot_be_used_are_named_together(tmp_path: Path) -> None:
    values = {"SHUNIU_PORT": "x", "SHUNIU_ADDRESS": "hub", "SHUNIU_DATABASE_URL": "mysql://h/d"}

    done = shuniu(tmp_path, "setup", values=values)

    assert (done.returncode, done.stdout) == (2, "")
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == [
        "SHUNIU_DATABASE_URL",
        "SHUNIU_ADDRESS",
        "SHUNIU_PORT",
    ]


def test_a_database_whose_keys_are_gone_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "shuniu.sqlite3").touch()

    done = shuniu(tmp_path, "setup")

    assert (done.returncode, (tmp_path / "shuniu.sqlite3").stat().st_size) == (2, 0)
    assert done.stderr == f"{tmp_path / 'keys.json'} is missing. Restore it from the backup.\n"


def test_a_day_that_does_not_exist_is_wrong_usage(tmp_path: Path) -> None:
    done = shuniu(tmp_path, "briefing", "--date", "2026-02-30", "--out", str(tmp_path / "x.docx"))

    assert (done.returncode, (tmp_path / "x.docx").exists()) == (2, False)
    assert "--date" in done.stderr


@pytest.mark.usefixtures("durable_database")
def test_clocks_that_differ_from_the_facts_are_named_and_rebuilt(
    zone: ProfileVersion,  # noqa: ARG001  # the zone is there first
    capsys: pytest.CaptureFixture[str],
) -> None:
    enterprise = EnterpriseFactory.create()
    case = open_case(
        enterprise=enterprise,
        text="路灯坏了",
        channel=Channel.WECHAT_ACCOUNT,
        is_restricted=False,
        actor=member_of(enterprise),
        now=THURSDAY_10,
    )
    due_at = case.done_due_at
    Case.objects.filter(pk=case.pk).update(done_due_at=THURSDAY_10)

    before = main(["clocks", "compare"])
    told = capsys.readouterr().out.splitlines()
    rebuilt = main(["clocks", "rebuild"])
    said = capsys.readouterr().out
    after = main(["clocks", "compare"])

    assert (before, rebuilt, after) == (1, 0, 0)
    assert [line.split(":")[0] for line in told] == [f"{case.number} done_due_at", "1 differences"]
    case.refresh_from_db()
    assert case.done_due_at == due_at
    assert said == "1 cases rebuilt from facts\n"


def test_a_port_that_is_taken_gives_way_to_the_next_free_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert port < serve.free_port("127.0.0.1", port) < port + serve.PORTS_TRIED


@pytest.mark.usefixtures("zone")
def test_a_zone_without_people_is_told_how_the_first_one_gets_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    serve._say_where(8000, tmp_path)

    assert capsys.readouterr().out.splitlines()[2:] == [
        "Nobody can sign in yet. Open the first account, for example:",
        "  shuniu account add NAME --name 'A. Person' --role system_admin",
    ]


@pytest.mark.usefixtures("zone")
def test_where_it_runs_is_said_with_the_sign_ins_of_the_demo(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = {
        "role": "leader", "name": "lingdao", "password": "abc", "person": "王领导", "unit": "",
        "second_factor_secret": None,
    }  # fmt: skip
    (tmp_path / "demo-sign-ins.json").write_text(json.dumps([row]), encoding="utf-8")

    leader()

    serve._say_where(8001, tmp_path)

    assert capsys.readouterr().out == (
        f"\nShuniu: http://localhost:8001/    (Ctrl-C stops it; data in {tmp_path})\n"
        "Demo sign-ins (made on this machine, also in demo-sign-ins.json there):\n"
        "  leader            lingdao    abc  王领导\n"
        "The code that is asked for after the password: .venv/bin/shuniu demo --code NAME\n"
    )
