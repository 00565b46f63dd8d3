from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from shuniu.cli import main

MAKER = {"id": "M", "name": "甲塑料厂", "industry_code": "2921", "products": ["缠绕膜"]}
RIVAL = {"id": "R", "name": "乙塑料厂", "industry_code": "2921"}
USER = {"id": "U", "name": "丙器材厂", "industry_code": None, "inputs": ["缠绕膜"], "scope": None}
SUPPLY = {"id": "S1", "kind": "supply", "poster": "M", "text": "有膜出售", "product": "缠绕膜"}
DEMAND = {"id": "D1", "kind": "demand", "poster": "U", "text": "求购缠绕膜", "product": None}


def lines(*rows: Any) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def asked(tmp_path: Path, enterprises: str, cases: str, *words: str) -> int:
    (tmp_path / "e.jsonl").write_text(enterprises, encoding="utf-8")
    (tmp_path / "c.jsonl").write_text(cases, encoding="utf-8")
    files = ["--enterprises", str(tmp_path / "e.jsonl"), "--cases", str(tmp_path / "c.jsonl")]
    return main(["suggest", "trade", *files, *words])


def test_each_case_is_answered_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = asked(tmp_path, lines(MAKER, RIVAL, USER), lines(SUPPLY, DEMAND), "--top", "1")

    supply, demand = map(json.loads, capsys.readouterr().out.splitlines())
    assert status == 0
    assert (supply["id"], supply["competitors"]) == ("S1", ["R"])
    assert [s["id"] for s in supply["suggestions"]] == ["U"]
    assert supply["suggestions"][0]["reasons"] == ["常用物料里有“缠绕膜”。"]
    assert (demand["id"], demand["competitors"]) == ("D1", [])
    assert [s["id"] for s in demand["suggestions"]] == ["M"]


@pytest.mark.parametrize(
    ("case", "error"),
    [
        (SUPPLY | {"kind": "swap"}, "kind is 'swap'; it must be supply or demand"),
        (SUPPLY | {"kind": ["x"]}, "kind is ['x']; it must be supply or demand"),
        (SUPPLY | {"poster": 3.5}, "poster: the id of an enterprise is needed"),
        (SUPPLY | {"poster": "X"}, "poster 'X' is not among the enterprises."),
        (SUPPLY | {"product": 3}, "product: a text is needed"),
        (SUPPLY | {"text": None}, "text: a text is needed"),
    ],
)
def test_a_bad_case_is_told_and_the_rest_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], case: dict[str, Any], error: str
) -> None:
    status = asked(tmp_path, lines(MAKER, USER), lines(case, DEMAND))

    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert (status, first) == (1, {"id": "S1", "error": error})
    assert second["id"] == "D1"


def test_cases_come_from_standard_input_and_go_to_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "e.jsonl").write_text(lines(MAKER, USER), encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines(SUPPLY).encode())))
    files = ["--enterprises", str(tmp_path / "e.jsonl"), "--out", str(tmp_path / "out.jsonl")]

    status = main(["suggest", "trade", *files])

    answer = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    assert (status, [s["id"] for s in answer["suggestions"]]) == (0, ["U"])


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ([], "line 1: an object with a text or a whole number as id is needed"),
        ({"id": 0.5}, "line 1: an object with a text or a whole number as id is needed"),
        (MAKER | {"employees": "many"}, "line 1: employees is 'many'; it must be a whole number"),
        (MAKER | {"scope": 3}, "line 1: scope is 3; it must be a text"),
        (MAKER | {"inputs": "film"}, "line 1: inputs must be a list of texts"),
        (
            MAKER | {"industry_code": "29"},
            "enterprise M: industry_code is '29'; it must have four digits.",
        ),
    ],
)
def test_a_bad_register_is_told_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], row: Any, sentence: str
) -> None:
    status = asked(tmp_path, lines(row), lines(SUPPLY))

    assert (status, capsys.readouterr().err) == (1, f"{tmp_path / 'e.jsonl'}: {sentence}\n")


def test_a_register_that_is_not_json_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = asked(tmp_path, "{", lines(SUPPLY))

    assert status == 1
    assert capsys.readouterr().err.startswith(f"{tmp_path / 'e.jsonl'}: line 1: not JSON")


def test_a_missing_register_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "none.jsonl"

    status = main(["suggest", "trade", "--enterprises", str(path)])

    assert (status, capsys.readouterr().err) == (1, f"{path}: No such file or directory\n")


def test_a_negative_top_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as left:
        asked(tmp_path, lines(MAKER), lines(SUPPLY), "--top", "-1")

    assert left.value.code == 2


def test_the_help_says_that_it_is_a_baseline(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["suggest", "trade", "--help"])

    assert "This is a plain baseline" in capsys.readouterr().out


def test_suggesting_loads_neither_django_nor_numpy() -> None:
    program = (
        "import sys; import shuniu.cli.suggest; "
        "print(sorted({'django', 'numpy'} & set(sys.modules)))"
    )

    answer = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": "src"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout == "[]\n"


def test_ids_that_are_numbers_stay_numbers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    register = lines(MAKER | {"id": 1}, RIVAL | {"id": 2}, USER | {"id": 3})

    status = asked(tmp_path, register, lines(SUPPLY | {"id": 7, "poster": 1}))

    answer = json.loads(capsys.readouterr().out)
    assert (status, answer["id"], answer["competitors"]) == (0, 7, [2])
    assert [one["id"] for one in answer["suggestions"]] == [3]


def test_a_bad_enterprise_is_left_out_and_the_rest_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = asked(tmp_path, lines(MAKER, {"name": "无编号"}, USER), lines(SUPPLY))

    answer = json.loads(capsys.readouterr().out)
    assert (status, [one["id"] for one in answer["suggestions"]]) == (1, ["U"])
