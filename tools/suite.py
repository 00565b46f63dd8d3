"""Every test: engines alone, the zone on both databases, the front end, the browser; one sum.

``python -m tools.suite [--drills] [--no-browser] [pytest arguments]``. Test files named among the
arguments take the place of the whole suite.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

from tools.browsers import find_or_install_chromium
from tools.node import node_environment, npm_command
from tools.prepare import ENGINES, SITE_PACKAGES, VENV
from tools.steps import ROOT

PYTHON = str(VENV / "bin" / "python")
ENGINE_PYTHON = str(ENGINES / "bin" / "python")
ENGINE_TESTS = Path("tests/engines")
BROWSER_TESTS = Path("tests/browser")
NEW_EXAMPLES = ["--hypothesis-profile", "new"]
NO_TESTS = 5  # pytest's exit status when nothing was chosen
IMPORT_ENGINES = """
import importlib, importlib.util, pkgutil
assert importlib.util.find_spec("django") is None, "Django is installed here"
import shuniu.engines
for module in pkgutil.walk_packages(shuniu.engines.__path__, "shuniu.engines."):
    importlib.import_module(module.name)
"""


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for on the command line."""

    drills: bool
    browser: bool
    words: tuple[str, ...]

    @property
    def paths(self) -> list[str]:
        return [word for word in self.words if (ROOT / word.partition("::")[0]).exists()]

    @property
    def options(self) -> list[str]:
        return [word for word in self.words if word not in self.paths]

    def paths_of(self, part: str) -> list[str]:
        """Return the named tests of a part: ``engines``, ``browser``, or ``zone`` for the rest."""
        return [path for path in self.paths if _part_of(path) == part]


@dataclass(frozen=True, slots=True)
class Part:
    """One run of one runner; ``report`` is the JUnit file that it writes."""

    name: str
    command: Sequence[str]
    report: Path
    env: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Result:
    name: str
    passed: int
    failed: int
    skipped: int
    seconds: float


def _part_of(path: str) -> str:
    inside = Path(path.partition("::")[0])
    for name, folder in (("engines", ENGINE_TESTS), ("browser", BROWSER_TESTS)):
        if inside == folder or folder in inside.parents:
            return name
    return "zone"


def parts(wish: Wish, reports: Path) -> list[Part]:
    """Return the parts that the wish asks for."""
    chosen = []
    whole = not wish.paths
    if whole or wish.paths_of("engines"):
        chosen.append(_engines(wish, reports))
    if whole or wish.paths_of("zone"):
        chosen += [_zone(wish, reports, "sqlite"), _zone(wish, reports, "postgresql")]
    if whole and not wish.options:
        chosen.append(_front_end(reports))
    if wish.browser and (whole or wish.paths_of("browser")):
        chosen.append(_browser(wish, reports))
    return chosen


def _engines(wish: Wish, reports: Path) -> Part:
    report = reports / "engines.xml"
    marks = NEW_EXAMPLES if wish.drills else ["-m", "not drill"]
    command = [ENGINE_PYTHON, "-m", "pytest", "-c", str(ENGINE_TESTS / "pytest.ini")]
    tests = wish.paths_of("engines") or [str(ENGINE_TESTS)]
    return Part(
        "engines, without Django",
        [*command, "-q", "-n", "2", *marks, f"--junitxml={report}", *wish.options, *tests],
        report,
    )


def _zone(wish: Wish, reports: Path, database: str) -> Part:
    report = reports / f"{database}.xml"
    marks = "not browser" if wish.drills else "not browser and not drill"
    command = [PYTHON, "-m", "pytest", "-q", "-n", "2", "-m", marks]
    command += NEW_EXAMPLES if wish.drills else []
    return Part(
        f"zone on {database}",
        [*command, f"--junitxml={report}", *wish.options, *wish.paths_of("zone")],
        report,
        {"TEST_DATABASE": database},
    )


def _front_end(reports: Path) -> Part:
    report = reports / "front-end.xml"
    runner = [*npm_command(SITE_PACKAGES), "run", "--loglevel=error", "test", "--"]
    return Part(
        "front end",
        [*runner, "--reporter=default", "--reporter=junit", f"--outputFile.junit={report}"],
        report,
        node_environment(SITE_PACKAGES),
    )


def _browser(wish: Wish, reports: Path) -> Part:
    report = reports / "browser.xml"
    tests = wish.paths_of("browser") or [str(BROWSER_TESTS)]
    marks = "browser" if wish.drills else "browser and not drill"
    command = [PYTHON, "-m", "pytest", "-q", "-m", marks]
    return Part("browser", [*command, f"--junitxml={report}", *wish.options, *tests], report)


def run(part: Part, *, may_be_empty: bool) -> Result:
    """Run one part in view of the reader; a part that ran no test has failed."""
    print(f"\n=== {part.name} ===", flush=True)
    environment = {name: value for name, value in os.environ.items() if name != "TEST_DATABASE"}
    started = time.monotonic()
    done = subprocess.run(
        part.command,
        cwd=ROOT,
        env={**environment, **part.env},
        stdin=subprocess.DEVNULL,
        check=False,
    )
    seconds = time.monotonic() - started
    passed, failed, skipped = counts(part.report)
    if may_be_empty and done.returncode == NO_TESTS:
        return Result(part.name, 0, 0, 0, seconds)
    if not failed and (done.returncode or not passed):
        print(f"{part.name}: no test ran." if not passed else f"{part.name}: the runner failed.")
        failed = 1
    return Result(part.name, passed, failed, skipped, seconds)


def counts(report: Path) -> tuple[int, int, int]:
    """Return how many tests passed, failed and were skipped according to a JUnit file."""
    if not report.exists():
        return 0, 0, 0
    suites = [ET.parse(report).getroot()]  # noqa: S314  # our own runner wrote it
    if suites[0].tag == "testsuites":
        suites = list(suites[0])
    total, failed, skipped = (
        sum(int(suite.get(name, "0")) for suite in suites for name in names)
        for names in (["tests"], ["failures", "errors"], ["skipped"])
    )
    return total - failed - skipped, failed, skipped


def engines_stand_alone() -> Result:
    """Import every engine where Django is not installed; it counts as one test."""
    print("\n=== engines import without Django ===", flush=True)
    started = time.monotonic()
    done = subprocess.run(
        [ENGINE_PYTHON, "-W", "error", "-c", IMPORT_ENGINES],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": "src"},
        check=False,
    )
    failed = int(done.returncode != 0)
    return Result("engines import", 1 - failed, failed, 0, time.monotonic() - started)


def read_wish(arguments: list[str]) -> Wish:
    words = tuple(word for word in arguments if word not in {"--drills", "--no-browser"})
    return Wish("--drills" in arguments, "--no-browser" not in arguments, words)


def main(arguments: list[str]) -> int:
    """Run everything, print the sum as the last line but what failed, and return the status."""
    wish = read_wish(arguments)
    with tempfile.TemporaryDirectory() as folder:
        chosen = parts(wish, Path(folder))
        results = []
        if any(part.name.startswith("engines") for part in chosen):
            results.append(engines_stand_alone())
        if any(part.name == "browser" for part in chosen):
            chromium, why_not = find_or_install_chromium()
            if chromium:
                os.environ["CHROMIUM"] = chromium
            else:
                chosen = [part for part in chosen if part.name != "browser"]
                results.append(Result(f"browser ({why_not})", 0, 1, 0, 0.0))
        results += [run(part, may_be_empty=bool(wish.words)) for part in chosen]
    report(results, wish)
    return 1 if any(result.failed for result in results) or not _passed(results) else 0


def _passed(results: Sequence[Result]) -> int:
    return sum(result.passed for result in results)


def report(results: Sequence[Result], wish: Wish) -> None:
    """Print one line for each part, what was left out, and the sum alone on the last line."""
    print()
    for result in results:
        skipped = f", {result.skipped} skipped" if result.skipped else ""
        print(
            f"{result.name}: {result.passed} passed, {result.failed} failed{skipped}"
            f" ({result.seconds:.0f} s)"
        )
    if not wish.drills:
        print("Drills were left out: ./test --drills runs them.")
    if not wish.browser:
        print("Browser tests were left out: --no-browser.")
    print(
        f"{_passed(results)} passed, {sum(result.failed for result in results)} failed", flush=True
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
