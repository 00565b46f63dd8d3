"""``shuniu parse freight`` on the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from shuniu.cli import main

SENT_AT = "2023-03-15T09:30:00+08:00"
SOURCES = str(Path(__file__).parents[2] / "src")
ITEM_KEYS = {
    *("kind", "origin", "origin_inferred", "destinations", "dest_mode", "via", "depart_earliest"),
    *("depart_latest", "arrive_latest", "pieces", "goods", "vehicle_lengths_m", "vehicle_types"),
    *("vehicle_count", "load_mode", "price", "contact", "recurrence", "requirements", "derived"),
    *("ambiguous", "depart_earliest_h", "depart_latest_h", "arrive_latest_h", "weight_t_min"),
    *("weight_t_max", "volume_m3_min", "volume_m3_max", "spans"),
}


def parsed(rows: list[str], folder: Path) -> tuple[int, list[dict[str, object]]]:
    source, target = folder / "in.jsonl", folder / "out.jsonl"
    source.write_text("\n".join(rows), encoding="utf-8")
    status = main(["parse", "freight", str(source), "--out", str(target)])
    return status, [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]


def test_a_message_becomes_an_item_with_the_keys_of_the_contract(tmp_path: Path) -> None:
    row = {
        "id": "M1",
        "sent_at": "2023-03-15T01:30:00+00:00",
        "text": "启东到合肥 变压器12吨 明天装",
    }

    status, (answer,) = parsed([json.dumps(row, ensure_ascii=False)], tmp_path)

    items = answer["items"]
    assert isinstance(items, list)
    assert (status, answer["id"], answer["is_posting"]) == (0, "M1", True)
    assert set(items[0]) == ITEM_KEYS
    assert items[0]["origin"] == {"code": "320681", "name": "南通市启东市", "detail": None}
    assert items[0]["depart_earliest"] == "2023-03-16T00:00:00+08:00"
    assert (items[0]["depart_earliest_h"], items[0]["depart_latest_h"]) == (14.5, 38.48)
    assert items[0]["weight_t_max"] == 12
    assert items[0]["spans"]["weight_t"] == [9, 12]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"id": 1, "sent_at": SENT_AT}, "text: a text is needed"),
        ({"id": 1, "text": "海门"}, "sent_at: a time is needed"),
        ({"id": 1, "text": "海门", "sent_at": "soon"}, "sent_at: not a time: soon"),
        (
            {"id": 1, "text": "海门", "sent_at": "2023-03-15T09:30:00"},
            "sent_at: an offset is needed, such as +08:00",
        ),
    ],
)
def test_a_bad_line_is_answered_with_its_error(
    row: dict[str, object], reason: str, tmp_path: Path
) -> None:
    good = json.dumps({"id": 2, "text": "已走", "sent_at": SENT_AT}, ensure_ascii=False)

    status, answers = parsed([json.dumps(row, ensure_ascii=False), good], tmp_path)

    assert status == 1
    assert answers == [{"id": 1, "error": reason}, {"id": 2, "is_posting": False, "items": []}]


def test_an_unknown_profile_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["parse", "freight", "--profile", "nowhere"])

    assert left.value.code == 2
    assert capsys.readouterr().err == (
        "no profile and no readable file is called nowhere; profiles: generic, haimen\n"
    )


def test_a_zone_outside_the_gazetteer_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["parse", "freight", "--profile", "generic"]) == 2
    assert capsys.readouterr().err == (
        "zone.region_code: HP-01 is no county of GB/T 2260; freight messages are read for a zone"
        " in such a county\n"
    )


def test_parsing_does_not_load_django() -> None:
    code = (
        f"import sys; sys.path.insert(0, {SOURCES!r}); import shuniu.cli.parse; "
        "print('django' in sys.modules)"
    )

    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout == "False\n"
