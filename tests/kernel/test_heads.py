"""Heads of the chain: written beside the ledger, and compared with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import strategies as st

from shuniu.zone.kernel import heads, ledger
from shuniu.zone.kernel.models import Fact
from tests.factories import THURSDAY_10
from tests.kernel.ledger import (
    empty_ledger,
    heads_folder,
    record,
    sql,
)

__all__ = ["heads_folder"]

# jsonb takes neither the character 0 nor half of a surrogate pair; the product stores neither.
texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
numbers = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**30), 10**30)
contents = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


def found(heads_file: Path | None = None) -> list[tuple[str, int, int]]:
    """Return what the check finds: kind, position and number."""
    report = ledger.check(heads_file=heads_file)
    return [(problem.kind.value, problem.position, problem.count) for problem in report.problems]


def write_head() -> None:
    assert ledger.export_head(now=THURSDAY_10)


def lines_of(folder: Path) -> list[str]:
    return (folder / "heads.jsonl").read_text(encoding="ascii").splitlines(keepends=True)


def write_lines(folder: Path, lines: list[str]) -> None:
    (folder / "heads.jsonl").write_text("".join(lines), encoding="ascii")


@pytest.fixture
def four_heads(db: None, heads_folder: Path) -> Path:  # noqa: ARG001  # the fixture opens the database
    """A ledger of forty facts with a head after each tenth."""
    empty_ledger()
    for start in (1, 11, 21, 31):
        record(10, first=start)
        write_head()
    return heads_folder


def test_a_line_taken_out_of_the_heads_is_noticed(four_heads: Path) -> None:
    first, second, third, fourth = lines_of(four_heads)

    write_lines(four_heads, [first, third, fourth])
    assert found() == [("heads_broken", 30, 1)]
    write_lines(four_heads, [second, third, fourth])
    assert found() == [("heads_broken", 20, 1)]


def test_a_changed_line_of_the_heads_is_noticed(four_heads: Path) -> None:
    lines = lines_of(four_heads)
    lines[1] = lines[1].replace('"position": 20', '"position": 19')

    write_lines(four_heads, lines)

    assert found() == [("heads_broken", 19, 1)]


def test_a_head_that_somebody_made_up_is_noticed_and_not_believed(four_heads: Path) -> None:
    made_up = {"position": 900, "seal": "0" * 64, "at": "", "mark": "0" * 64}

    write_lines(four_heads, [*lines_of(four_heads), json.dumps(made_up) + "\n"])

    assert found() == [("heads_broken", 900, 1)]


@pytest.mark.parametrize(
    "line",
    ["\n", "nonsense\n", "{}\n", "[1]\n", '{"position": "1"}\n', "x" * 5_000 + "\n"],
    ids=len,
)
def test_a_line_that_is_no_head_is_noticed(four_heads: Path, line: str) -> None:
    first, *others = lines_of(four_heads)

    write_lines(four_heads, [first, line, *others])

    assert {kind for kind, _position, _count in found()} == {"heads_broken"}


def test_heads_whose_end_was_cut_off_are_noticed(four_heads: Path) -> None:
    record(201, first=41)
    assert found() == [("heads_short", 41, 201)]

    write_head()
    assert found() == []

    write_lines(four_heads, [])
    assert found() == [("heads_short", 1, 241)]


def test_a_head_is_written_once(four_heads: Path) -> None:
    assert ledger.export_head(now=THURSDAY_10) is False
    assert len(lines_of(four_heads)) == 4


def test_an_older_head_is_not_written_after_a_newer_one(four_heads: Path) -> None:
    assert heads.export_head(position=39, seal="0" * 64, at=THURSDAY_10) is False
    assert len(lines_of(four_heads)) == 4


def test_a_line_torn_by_the_end_of_the_machine_is_cut_off_before_the_next(four_heads: Path) -> None:
    lines = lines_of(four_heads)
    write_lines(four_heads, [*lines, lines[0][:70]])
    assert found() == []

    record(3, first=41)
    write_head()

    assert (len(lines_of(four_heads)), found()) == (5, [])


def test_heads_after_a_line_that_is_none_still_count(four_heads: Path) -> None:
    write_lines(four_heads, [*lines_of(four_heads), "nonsense\n"])

    record(3, first=41)
    write_head()

    assert [kind for kind, _position, _count in found()] == ["heads_broken", "heads_broken"]


def test_a_copy_of_the_heads_kept_elsewhere_can_be_checked_against(
    four_heads: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.jsonl"
    copy.write_bytes((four_heads / "heads.jsonl").read_bytes())
    write_lines(four_heads, lines_of(four_heads)[:2])

    sql("DELETE FROM kernel_fact WHERE position > 25")

    assert found() == []
    assert found(copy) == [("tail_cut", 26, 15)]


def test_heads_are_for_their_owner_only(four_heads: Path) -> None:
    assert (four_heads / "heads.jsonl").stat().st_mode & 0o777 == 0o600
    assert four_heads.stat().st_mode & 0o777 == 0o700


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("counts", "written"), [([99], []), ([100], [100]), ([60, 250], [310])])
def test_a_head_is_written_with_each_hundredth_fact(
    heads_folder: Path, counts: list[int], written: list[int]
) -> None:
    empty_ledger()

    for count in counts:
        record(count)

    file = heads_folder / "heads.jsonl"
    lines = file.read_text().splitlines() if file.exists() else []
    assert [json.loads(line)["position"] for line in lines] == written
    assert found() == []


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_leaves_no_head(heads_folder: Path) -> None:
    empty_ledger()
    with transaction.atomic():
        record(100)
        transaction.set_rollback(True)

    assert (heads_folder.exists(), ledger.head()) == (False, None)


@pytest.mark.django_db(transaction=True)
@pytest.mark.filterwarnings("ignore")
def test_a_folder_that_cannot_be_written_keeps_nobody_from_working(
    heads_folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    empty_ledger()
    heads_folder.write_text("a file where the folder should be")

    record(100)

    assert Fact.objects.count() == 100
    assert [record.levelname for record in caplog.records] == ["ERROR"]
