"""The commands that read needs: JSON lines in, JSON lines out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from shuniu.cli import main

LINES = """{"id": "a", "text": "厂里突然停电了,机器全停"}
not JSON
{"id": "b", "text": "厂里面突然停电了，机器全都停了！"}
{"id": "c", "text": "  "}
{"id": "d", "text": "想租两千平的厂房"}
{"id": "e"}
"""


def answers(command: str, folder: Path, lines: str = LINES) -> tuple[int, list[dict[str, Any]]]:
    """Run ``command`` over ``lines`` and return the status and the rows it wrote."""
    (folder / "in.jsonl").write_text(lines, encoding="utf-8")
    status = main([command, str(folder / "in.jsonl"), "--out", str(folder / "out.jsonl")])
    written = (folder / "out.jsonl").read_text(encoding="utf-8").splitlines()
    return status, [json.loads(line) for line in written]


def test_classify_answers_each_line_in_order(tmp_path: Path) -> None:
    status, rows = answers("classify", tmp_path)

    assert status == 1
    assert [row["id"] for row in rows] == ["a", None, "b", "c", "d", "e"]
    assert {key: rows[0][key] for key in ("category", "unit", "urgency", "route")} == {
        "category": "utility_power",
        "unit": "供电公司",
        "urgency": "critical",
        "route": "dispatch",
    }
    assert rows[0]["top3"][0] == "utility_power"
    assert len(set(rows[0]["top3"])) == 3
    assert (rows[4]["category"], rows[4]["unit"], rows[4]["route"]) == ("space", "招商局", "match")
    assert rows[3] == {"id": "c", "error": "text: empty"}
    assert rows[5] == {"id": "e", "error": "text: a text is needed"}


def test_duplicates_names_the_earlier_line(tmp_path: Path) -> None:
    status, rows = answers("duplicates", tmp_path)

    assert status == 1
    assert rows[0] == {"id": "a", "duplicate_of": None, "score": 0.0}
    assert (rows[2]["id"], rows[2]["duplicate_of"]) == ("b", "a")
    assert 0.3 <= rows[2]["score"] <= 1
    assert rows[4] == {"id": "d", "duplicate_of": None, "score": 0.0}


def test_group_gives_one_name_to_one_event(tmp_path: Path) -> None:
    status, rows = answers("group", tmp_path)

    assert status == 1
    assert rows[0] == {"id": "a", "group": "g1"}
    assert rows[2] == {"id": "b", "group": "g1"}
    assert rows[3] == {"id": "c", "error": "text: empty"}
    assert rows[4] == {"id": "d", "group": "g2"}


@pytest.mark.parametrize("command", ["classify", "duplicates", "group"])
def test_good_lines_end_with_status_zero(command: str, tmp_path: Path) -> None:
    status, rows = answers(command, tmp_path, '{"id": 7, "text": "路灯坏了😀"}\n')

    assert status == 0
    assert [row["id"] for row in rows] == [7]


@pytest.mark.parametrize("command", ["classify", "duplicates", "group"])
def test_no_line_gives_no_answer(command: str, tmp_path: Path) -> None:
    assert answers(command, tmp_path, "") == (0, [])


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("classify", "It is no large language model"),
        ("duplicates", "A plain baseline"),
        ("group", "All lines are read before the first is answered."),
    ],
)
def test_the_help_says_how_it_is_done(
    command: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])

    assert words in " ".join(capsys.readouterr().out.split())


def test_the_other_profile_reads_too(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"id": 1, "text": "厂里停电了"}\n', encoding="utf-8")

    status = main(
        ["classify", str(tmp_path / "in.jsonl"), "--profile", "generic", "--out",
         str(tmp_path / "out.jsonl")]
    )  # fmt: skip

    row = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    assert (status, row["category"]) == (0, "utility_power")


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ('{"id": NaN, "text": "停电"}', "not JSON: NaN is no value"),
        ('{"id": 1e999, "text": "停电"}', "id: a text or a whole number is needed"),
        ('{"text": "停电"}', "id: a text or a whole number is needed"),
        ('{"id": {"a": 1}, "text": "停电"}', "id: a text or a whole number is needed"),
    ],
)
@pytest.mark.parametrize("command", ["classify", "duplicates", "group"])
def test_an_id_that_no_answer_can_carry_is_refused(
    tmp_path: Path, command: str, line: str, error: str
) -> None:
    assert answers(command, tmp_path, line + "\n") == (1, [{"id": None, "error": error}])


def test_a_text_beyond_all_measure_is_refused_at_once(tmp_path: Path) -> None:
    line = json.dumps({"id": 1, "text": "停" * 200_000}) + "\n"

    _status, rows = answers("classify", tmp_path, line)

    assert rows == [{"id": 1, "error": "text: 200000 characters; at most 100000"}]
