"""The ledger can be checked from the command line, which answers in JSON and by its exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from shuniu.cli import main
from shuniu.zone.kernel import ledger
from shuniu.zone.kernel.origin import origin
from tests.factories import THURSDAY_10
from tests.kernel.ledger import empty_ledger, heads_folder, record, sql
from tests.sharing import durable_database, shared_database

__all__ = ["durable_database", "heads_folder", "shared_database"]
pytestmark = pytest.mark.usefixtures("durable_database")


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, object]:
    status = main(["ledger", *words])
    return status, json.loads(capsys.readouterr().out)


def test_an_untouched_ledger_is_whole(
    heads_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty_ledger()
    *_others, last = record(5)
    ledger.export_head(now=THURSDAY_10)

    assert heads_folder.exists()
    assert told(capsys, "verify") == (
        0,
        {"facts": 5, "heads": 1, "is_whole": True, "problems": []},
    )
    assert told(capsys, "head") == (0, {"position": 5, "seal": last.seal})


def test_what_is_wrong_is_named_with_its_place(
    heads_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty_ledger()
    record(5)
    ledger.export_head(now=THURSDAY_10)
    copy = (heads_folder / "heads.jsonl").rename(tmp_path / "copy.jsonl")

    sql("DELETE FROM kernel_fact WHERE position > 3")

    assert told(capsys, "verify", "--heads", str(copy)) == (
        1,
        {
            "facts": 3,
            "heads": 1,
            "is_whole": False,
            "problems": [{"position": 4, "kind": "tail_cut", "count": 2}],
        },
    )


def test_a_file_of_heads_that_is_not_there_is_wrong_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["ledger", "verify", "--heads", str(tmp_path / "none.jsonl")])

    assert (status, capsys.readouterr().err) == (2, f"{tmp_path / 'none.jsonl'} cannot be read.\n")


def test_what_a_command_says_of_itself_ends_with_it(capsys: pytest.CaptureFixture[str]) -> None:
    told(capsys, "head")

    assert origin() == ""
