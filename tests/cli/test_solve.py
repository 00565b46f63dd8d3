from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from shuniu.cli import main
from shuniu.cli.kernels import keep_kernels
from shuniu.cli.solve import CpuSeconds

DAY = {
    "format": "shuniu-freight/1",
    "locations": [[121.0, 31.0], [121.0, 31.5]],
    "travel": {"circuity": 1.3, "speed_kmh": 55},
    "service_s": 900,
    "trips": [
        {
            "id": "T0",
            "origin": 0,
            "destination": 1,
            "depart_earliest_s": 0,
            "depart_latest_s": 100,
            "arrive_latest_s": 20_000,
            "spare_kg": 800,
            "spare_dm3": 4000,
            "max_detour_m": 30_000,
            "cost_fen_per_km": 360,
            "attributes": [],
        }
    ],
    "shipments": [
        {
            "id": "S0",
            "pickup": 0,
            "delivery": 1,
            "pickup_earliest_s": 0,
            "pickup_latest_s": 5000,
            "delivery_earliest_s": 0,
            "delivery_latest_s": 20_000,
            "kg": 600,
            "dm3": 200,
            "requires": [],
            "value_fen": 7500,
        }
    ],
}
PLAN = {
    "format": "shuniu-freight-plan/1",
    "saving_fen": 7500.0,
    "upper_bound_fen": 7500.0,
    "routes": [{"trip": "T0", "stops": [["pickup", "S0"], ["delivery", "S0"]]}],
    "unplanned": [],
}
FLEET = "1 10 1\n0 0 0 0 0 100 0 0 0\n1 3 4 5 0 90 1 0 2\n2 6 8 -5 0 90 1 1 0\n"


@pytest.fixture
def day(tmp_path: Path) -> Path:
    path = tmp_path / "day.json"
    path.write_text(json.dumps(DAY), encoding="utf-8")
    return path


@pytest.mark.parametrize("limit", [["--cpu-seconds", "0.6"], ["--iterations", "5"]])
def test_a_day_is_planned_into_a_file(day: Path, tmp_path: Path, limit: list[str]) -> None:
    out = tmp_path / "plan.json"

    status = main(["solve", "freight", str(day), *limit, "--seed", "1", "--out", str(out)])

    assert (status, json.loads(out.read_text(encoding="utf-8"))) == (0, PLAN)


def test_without_a_file_the_plan_goes_to_standard_output(
    day: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["solve", "freight", str(day), "--iterations", "5"])

    assert (status, json.loads(capsys.readouterr().out)) == (0, PLAN)


def test_a_fleet_is_planned(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "fleet.txt"
    path.write_text(FLEET, encoding="utf-8")

    status = main(["solve", "pdptw", str(path), "--cpu-seconds", "0.3", "--seed", "1"])

    answer = json.loads(capsys.readouterr().out)
    assert (status, answer) == (0, {"routes": [[1, 2]], "distance": 20.0})


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{}", "format is None; this reads 'shuniu-freight/1'."),
        (b"\xff", "not UTF-8 at byte 0."),
        (
            json.dumps(DAY).replace('"spare_kg": 800', '"spare_kg": -8').encode(),
            "trip T0: spare_kg is -8; it must be from 0 to 1000000000000.",
        ),
    ],
)
def test_a_bad_instance_is_told_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, sentence: str
) -> None:
    path, out = tmp_path / "day.json", tmp_path / "plan.json"
    path.write_bytes(content)

    status = main(["solve", "freight", str(path), "--iterations", "5", "--out", str(out)])

    assert (status, capsys.readouterr().err) == (1, f"{path}: {sentence}\n")
    assert not out.exists()


def test_a_missing_instance_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "none.json"

    status = main(["solve", "freight", str(path), "--iterations", "5"])

    assert (status, capsys.readouterr().err) == (1, f"{path}: No such file or directory\n")


@pytest.mark.parametrize(
    "words",
    [
        ["--cpu-seconds", "0"],
        ["--cpu-seconds", "nan"],
        ["--iterations", "-1"],
        ["--iterations", "1", "--seed", "-1"],
        ["--iterations", "1", "--cpu-seconds", "1"],
        [],
    ],
)
def test_a_wrong_limit_is_wrong_usage(day: Path, words: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["solve", "freight", str(day), *words])

    assert left.value.code == 2


def test_the_cpu_limit_is_spent_a_little_before_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    used_s = 5.0
    monkeypatch.setattr(time, "process_time", lambda: used_s)
    stop = CpuSeconds(0.3)

    while not stop.spent():
        used_s += 0.001

    assert 0.15 <= used_s - 5.0 < 0.3


def test_time_used_before_counts_too() -> None:
    stop = CpuSeconds(2.0, used_s=2.0)

    assert (stop.spent(), stop.share_used(), stop.seconds_left()) == (True, 1.0, 0.0)


def test_kernels_are_kept_in_the_cache_of_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", "")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    keep_kernels()

    assert Path(os.environ["NUMBA_CACHE_DIR"]).is_dir()
    assert Path(os.environ["NUMBA_CACHE_DIR"]).parent == tmp_path / "shuniu"


def test_kernels_are_not_kept_where_others_can_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", "")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "open"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "file"))
    (tmp_path / "file").touch()
    (tmp_path / "open" / "shuniu").mkdir(parents=True)
    (tmp_path / "open" / "shuniu").chmod(0o777)

    keep_kernels()

    assert os.environ["NUMBA_CACHE_DIR"] == ""


def test_a_cache_that_is_named_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", "here")

    keep_kernels()

    assert os.environ["NUMBA_CACHE_DIR"] == "here"


def test_solving_does_not_load_django() -> None:
    program = (
        "import sys; import shuniu.cli.solve, shuniu.engines.loadmatch.solve; "
        "print('django' in sys.modules)"
    )

    answer = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": "src"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout == "False\n"
