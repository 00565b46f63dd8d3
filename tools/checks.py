"""Every check, two at a time; all failures are told, not only the first."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tools.node import node_environment, npm_command
from tools.prepare import SITE_PACKAGES, VENV
from tools.steps import ROOT

BIN = VENV / "bin"
TEMPLATES = "src/shuniu"


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    command: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    check: Check
    is_good: bool
    output: str
    seconds: float


def checks() -> list[Check]:
    """Return the checks, the slow ones first."""
    python = str(BIN / "python")
    npm = tuple(npm_command(SITE_PACKAGES))
    return [
        Check(
            "types",
            (str(BIN / "mypy"), "-p", "shuniu", "-p", "tools", "-p", "tests", "-m", "hatch_build"),
        ),
        Check("front end: types and styles", (*npm, "run", "--loglevel=error", "check")),
        Check("templates: form", (str(BIN / "djlint"), TEMPLATES, "--check", "--lint")),
        Check("templates: nothing inline", (python, "-m", "tools.lints", "templates")),
        Check("contracts", (str(BIN / "lint-imports"),)),
        Check("lint", (str(BIN / "ruff"), "check", ".")),
        Check("format", (str(BIN / "ruff"), "format", "--check", ".")),
        Check("migrations", (python, "-m", "django", "makemigrations", "--check", "--dry-run")),
        Check("translations", (python, "-m", "tools.messages", "check")),
        Check("lock files", (python, "-m", "tools.lints", "locks")),
        Check("sizes", (python, "-m", "tools.lints", "sizes")),
        Check("documentation links", (python, "-m", "tools.lints", "links")),
        Check("machine paths", (python, "-m", "tools.lints", "paths")),
    ]


def run(check: Check, environment: Mapping[str, str]) -> Outcome:
    """Run one check and keep what it says."""
    started = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Outcome(check, done.returncode == 0, done.stdout, time.monotonic() - started)


def main() -> int:
    """Run all, print each as it ends; return 1 if one failed."""
    failed = []
    with tempfile.TemporaryDirectory() as home, ThreadPoolExecutor(2) as pool:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("SHUNIU_")},
            **node_environment(SITE_PACKAGES),
            "DJANGO_SETTINGS_MODULE": "shuniu.config.settings",
            "SHUNIU_HOME": home,
        }
        for outcome in pool.map(lambda check: run(check, environment), checks()):
            word = "good" if outcome.is_good else "FAILED"
            print(f"{outcome.check.name:<30}{word:<8}{outcome.seconds:6.1f} s", flush=True)
            if not outcome.is_good:
                failed.append(outcome.check.name)
                print(outcome.output.rstrip() + "\n", flush=True)
    total = len(checks())
    print(f"{total - len(failed)} checks good, {len(failed)} failed", end="")
    print(f": {', '.join(failed)}" if failed else "")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
