"""The secrets are made once and never again beside data that need the old ones."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from shuniu.config.keys import KeysAreGone, load_keys


def test_keys_are_made_once_and_can_be_read_by_this_user_only(tmp_path: Path) -> None:
    home = tmp_path / "new" / "home"

    first, second = load_keys(home), load_keys(home)

    assert first == second
    assert (len(first.data), len(first.signing)) == (32, 64)
    assert (home / "keys.json").stat().st_mode & 0o777 == 0o600
    assert home.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in home.iterdir()] == ["keys.json"]


def test_two_installations_have_different_keys(tmp_path: Path) -> None:
    one, other = load_keys(tmp_path / "one"), load_keys(tmp_path / "other")

    assert one.data != other.data
    assert one.signing != other.signing


def test_keys_are_not_made_anew_beside_a_database(tmp_path: Path) -> None:
    (tmp_path / "shuniu.sqlite3").touch()

    with pytest.raises(KeysAreGone, match="Restore it from the backup"):
        load_keys(tmp_path)

    assert not (tmp_path / "keys.json").exists()


def test_keys_beside_a_database_are_read(tmp_path: Path) -> None:
    made = load_keys(tmp_path)
    (tmp_path / "shuniu.sqlite3").touch()

    assert load_keys(tmp_path) == made


def test_processes_that_start_together_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        made = set(threads.map(lambda _n: load_keys(tmp_path), range(8)))

    assert len(made) == 1
    assert json.loads((tmp_path / "keys.json").read_text())["signing"] == made.pop().signing
    assert [path.name for path in tmp_path.iterdir()] == ["keys.json"]
