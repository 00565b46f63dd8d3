"""Decisions are written down in one form."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

HEADINGS = ["Context", "Decision", "Consequences", "How we would notice that it was wrong"]
DECISIONS = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))


def name_of(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("path", DECISIONS, ids=name_of)
def test_a_decision_has_the_four_headings_in_their_order(path: Path) -> None:
    assert re.findall(r"^## (.+?)\s*$", path.read_text("utf-8"), re.MULTILINE) == HEADINGS


@pytest.mark.parametrize("path", DECISIONS, ids=name_of)
def test_a_decision_is_named_by_its_number_and_title(path: Path) -> None:
    assert re.fullmatch(r"\d{4}-[a-z0-9]+(-[a-z0-9]+)*", path.stem)
    assert path.read_text("utf-8").startswith("# ")


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.stem[:4]) for path in DECISIONS]

    assert numbers == list(range(1, len(numbers) + 1))
