"""The secrets are made once, never again beside data that need the old ones, and followed."""

from __future__ import annotations

import base64
import json
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from shuniu.config.keys import (
    LAST_NUMBER,
    DataKeyring,
    Keys,
    KeysAreGone,
    RingFull,
    UnknownKey,
    key_file,
    load_keys,
)

OLDER = {"signing": "s" * 64, "data": base64.b64encode(b"d" * 32).decode()}


def stored(home: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(key_file(home).read_text())
    return content


def put(home: Path, content: object) -> None:
    home.mkdir(exist_ok=True)
    key_file(home).write_text(json.dumps(content))


def load(home: Path) -> Keys:
    """Load in a process of its own; here so that the process finds it by name."""
    return load_keys(home)


def test_keys_are_made_once_and_can_be_read_by_this_user_only(tmp_path: Path) -> None:
    home = tmp_path / "new" / "home"

    first, second = load_keys(home), load_keys(home)

    assert first == second
    assert (len(first.signing), len(first.chain), len(first.index)) == (64, 32, 32)
    assert (first.current, [len(key) for key in first.data.values()]) == (1, [32])
    assert (home / "keys.json").stat().st_mode & 0o777 == 0o600
    assert home.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in home.iterdir()] == ["keys.json"]


def test_the_file_names_each_key_and_the_current_one(tmp_path: Path) -> None:
    load_keys(tmp_path)

    assert list(stored(tmp_path)) == ["signing", "chain", "index", "data"]
    assert (stored(tmp_path)["data"]["current"], list(stored(tmp_path)["data"]["keys"])) == (
        "1",
        ["1"],
    )


def test_two_installations_have_different_keys(tmp_path: Path) -> None:
    one, other = load_keys(tmp_path / "one"), load_keys(tmp_path / "other")

    secrets = [one.signing, one.chain, one.index, one.data[1]]
    secrets += [other.signing, other.chain, other.index, other.data[1]]
    assert len(set(secrets)) == 8


def test_keys_and_rings_do_not_show_their_secrets(tmp_path: Path) -> None:
    keys, ring = load_keys(tmp_path), DataKeyring(tmp_path)

    assert repr(keys) == "Keys(current=1, data=[1])"
    assert repr(ring.current()) == "DataKey(number=1)"


def test_keys_are_not_made_anew_beside_a_database(tmp_path: Path) -> None:
    (tmp_path / "shuniu.sqlite3").touch()

    with pytest.raises(KeysAreGone, match="Restore it from the backup"):
        load_keys(tmp_path)

    assert not (tmp_path / "keys.json").exists()


def test_keys_beside_a_database_are_read(tmp_path: Path) -> None:
    made = load_keys(tmp_path)
    (tmp_path / "shuniu.sqlite3").touch()

    assert load_keys(tmp_path) == made


def test_whoever_comes_second_keeps_the_keys_of_the_first(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _n: load_keys(tmp_path), range(8)))

    assert [keys == made[0] for keys in made] == [True] * 8
    assert [path.name for path in tmp_path.iterdir()] == ["keys.json"]


def test_a_file_of_the_older_format_keeps_its_keys_and_gets_the_new_ones(tmp_path: Path) -> None:
    put(tmp_path, OLDER)

    keys = load_keys(tmp_path)

    assert (keys.signing, keys.current, keys.data) == ("s" * 64, 1, {1: b"d" * 32})
    assert (len(keys.chain), len(keys.index)) == (32, 32)
    assert load_keys(tmp_path) == keys
    assert key_file(tmp_path).stat().st_mode & 0o777 == 0o600


def test_processes_that_upgrade_a_file_together_agree(tmp_path: Path) -> None:
    put(tmp_path, OLDER)

    with ProcessPoolExecutor(4, multiprocessing.get_context("fork")) as processes:
        read = list(processes.map(load, [tmp_path] * 8))

    assert [keys == read[0] for keys in read] == [True] * 8


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "{}",
        json.dumps({"signing": "s", "chain": "", "index": "", "data": {}}),
        json.dumps(
            {
                "signing": "s",
                "chain": OLDER["data"],
                "index": OLDER["data"],
                "data": {"current": "2", "keys": {"1": OLDER["data"]}},
            }
        ),
    ],
)
def test_a_damaged_file_stops_everything_and_is_left_as_it_is(tmp_path: Path, content: str) -> None:
    key_file(tmp_path).write_text(content)

    with pytest.raises(KeysAreGone, match=r"keys\.json is damaged\. Restore it from the backup\."):
        load_keys(tmp_path)

    assert key_file(tmp_path).read_text() == content


def test_a_ring_follows_a_rotation_in_another_process(tmp_path: Path) -> None:
    load_keys(tmp_path)
    running, operator = DataKeyring(tmp_path), DataKeyring(tmp_path)
    before = (running.current().number, running.numbers())

    operator.begin_rotation()
    meanwhile = (running.current().number, running.numbers())
    operator.end_rotation()

    assert (before, meanwhile) == ((1, (1,)), (2, (1, 2)))
    assert (running.current().number, running.numbers()) == (2, (2,))
    with pytest.raises(UnknownKey):
        running.key(1)


def test_a_rotation_under_way_is_gone_on_with(tmp_path: Path) -> None:
    load_keys(tmp_path)
    ring = DataKeyring(tmp_path)

    assert (ring.begin_rotation(), ring.begin_rotation(), ring.numbers()) == (2, 2, (1, 2))
    assert (ring.end_rotation(), ring.end_rotation()) == ((1,), ())
    assert (ring.begin_rotation(), ring.numbers()) == (3, (2, 3))


def test_an_unknown_number_makes_the_ring_read_its_file_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_keys(tmp_path)
    ring = DataKeyring(tmp_path)
    ring.current()
    DataKeyring(tmp_path).begin_rotation()
    monkeypatch.setattr(ring, "_mark", lambda: ring._seen)  # a file system with coarse times

    assert (ring.current().number, ring.key(2).number, ring.current().number) == (1, 2, 2)


def test_a_ring_whose_file_is_away_goes_on_with_what_it_read(tmp_path: Path) -> None:
    load_keys(tmp_path)
    ring = DataKeyring(tmp_path)
    ring.current()
    key_file(tmp_path).unlink()

    assert (ring.current().number, ring.key(1).number) == (1, 1)
    with pytest.raises(UnknownKey):
        ring.key(2)


def test_numbers_of_keys_end(tmp_path: Path) -> None:
    keys = load_keys(tmp_path)
    content = stored(tmp_path)
    last = base64.b64encode(keys.data[1]).decode()
    content["data"] = {"current": str(LAST_NUMBER), "keys": {str(LAST_NUMBER): last}}
    put(tmp_path, content)

    with pytest.raises(RingFull):
        DataKeyring(tmp_path).begin_rotation()

    assert stored(tmp_path) == content


def test_a_cut_while_keys_are_written_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = load_keys(tmp_path)
    with monkeypatch.context() as power:
        power.setattr(os, "fsync", _cut)
        with pytest.raises(InterruptedError):
            DataKeyring(tmp_path).begin_rotation()

    assert load_keys(tmp_path) == made
    assert [path.name for path in tmp_path.iterdir()] == ["keys.json"]


def _cut(_file: int) -> None:
    raise InterruptedError
