from __future__ import annotations

from pathlib import Path

import pytest

from tools.suite import Result, Wish, counts, parts, read_wish, report


def names(*words: str) -> list[str]:
    return [part.name for part in parts(read_wish(list(words)), Path("reports"))]


def test_everything_runs_when_nothing_is_named() -> None:
    assert names() == [
        "engines, without Django",
        "zone on sqlite",
        "zone on postgresql",
        "front end",
        "browser",
    ]


def test_named_tests_go_to_the_part_that_they_belong_to() -> None:
    assert names("tests/engines") == ["engines, without Django"]
    assert names("tests/test_tools", "-x") == ["zone on sqlite", "zone on postgresql"]
    assert names("tests/browser", "--no-browser") == []


def test_an_option_for_pytest_is_no_option_for_the_front_end() -> None:
    assert names("-k", "case", "--no-browser") == [
        "engines, without Django",
        "zone on sqlite",
        "zone on postgresql",
    ]


def test_a_report_is_counted_over_its_suites(tmp_path: Path) -> None:
    written = tmp_path / "report.xml"
    written.write_text(
        '<testsuites><testsuite tests="5" failures="1" errors="1" skipped="1"/>'
        '<testsuite tests="2" failures="0" errors="0"/></testsuites>'
    )

    assert counts(written) == (4, 2, 1)
    assert counts(tmp_path / "none.xml") == (0, 0, 0)


def test_the_sum_stands_alone_on_the_last_line(capsys: pytest.CaptureFixture[str]) -> None:
    results = [Result("engines", 3, 0, 0, 1.2), Result("zone on sqlite", 4, 1, 2, 60.0)]

    report(results, Wish(drills=False, browser=True, words=()))

    assert capsys.readouterr().out.splitlines() == [
        "",
        "engines: 3 passed, 0 failed (1 s)",
        "zone on sqlite: 4 passed, 1 failed, 2 skipped (60 s)",
        "Drills were left out: ./test --drills runs them.",
        "7 passed, 1 failed",
    ]
