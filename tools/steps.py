"""Steps of a set-up: each is done only when something it depends on has changed.

What a step depended on is kept as a fingerprint in ``.setup/``, written when it has succeeded: an
interrupted step is done again. Standard library only, since no environment exists yet.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MEMORY = ROOT / ".setup"

NO_ROOM = "No space left on device|ENOSPC"
NO_NETWORK = (
    "dns error|name resolution|Name or service not known|error sending request|NewConnectionError"
    "|Connection refused|timed out|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT"
)
CHECK_NETWORK = (
    "The package registry cannot be reached: check network, proxy and the settings of pip and npm,"
    " and run this again."
)
EXPLANATIONS = {
    NO_ROOM: "The disk is full: free about 2 GB and run this again.",
    NO_NETWORK: CHECK_NETWORK,
    "(?i)hash mismatch": "A package is not the one that was locked: ask who runs the registry.",
    "Permission denied|EACCES": "A file belongs to somebody else: make this folder your own.",
}


class StepFailed(Exception):
    """A step could not be done; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the set-up.

    Attributes
    ----------
    inputs
        Files and folders it reads; a folder stands for every file in it.
    outputs
        What must exist afterwards.
    act
        Does it; whatever it starts writes to the log of the step (see ``call``).
    also
        Words that it depends on beside the files, such as the version of a program.
    """

    name: str
    inputs: Sequence[Path]
    outputs: Sequence[Path]
    act: Callable[[Path], None]
    also: Sequence[str] = ()

    @property
    def stamp(self) -> Path:
        return MEMORY / f"{self.name.replace(' ', '-')}.done"

    @property
    def log(self) -> Path:
        return MEMORY / f"{self.name.replace(' ', '-')}.log"


def run_step(step: Step) -> None:
    """Do the step unless nothing has changed, and print one line about it."""
    MEMORY.mkdir(exist_ok=True)
    wanted = fingerprint(step)
    known = step.stamp.read_text() if step.stamp.exists() else ""
    if wanted == known and all(path.exists() for path in step.outputs):
        return
    step.stamp.unlink(missing_ok=True)
    step.log.write_text("")
    print(f"{step.name:<22}", end="", flush=True)
    started = time.monotonic()
    try:
        step.act(step.log)
    except BaseException:
        print("failed", flush=True)
        raise
    if missing := [path for path in step.outputs if not path.exists()]:
        print("failed", flush=True)
        raise StepFailed(
            f"{missing[0].relative_to(ROOT)} was not made; see {step.log.relative_to(ROOT)}."
        )
    step.stamp.write_text(wanted)
    print(f"{time.monotonic() - started:6.1f} s", flush=True)


def forget(*, except_for: Step) -> None:
    """Forget every other step: what they made has gone."""
    for stamp in MEMORY.glob("*.done"):
        if stamp != except_for.stamp:
            stamp.unlink()


def fingerprint(step: Step) -> str:
    """Return a digest of the contents of the inputs, the words, and the place of the checkout."""
    digest = hashlib.sha256()
    for word in (str(ROOT), *step.also):
        digest.update(word.encode() + b"\0")
    for path in _files(step.inputs):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files(inputs: Sequence[Path]) -> Iterator[Path]:
    for path in inputs:
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*") if file.is_file())
        elif path.exists():
            yield path


def call(command: Sequence[str | Path], log: Path, env: Mapping[str, str] | None = None) -> None:
    """Run a program in the root folder; raise StepFailed with what its output means."""
    with log.open("a") as output:
        output.write(f"$ {' '.join(map(str, command))}\n")
        output.flush()
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode:
        raise StepFailed(explain(log))


def explain(log: Path) -> str:
    """Return one sentence about a failure, and where the whole story stands."""
    text = log.read_text(errors="replace")
    where = f"The output is in {log.relative_to(ROOT)}."
    for pattern, sentence in EXPLANATIONS.items():
        if re.search(pattern, text):
            return f"{sentence} {where}"
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    said = [line for line in lines if not line.startswith("$ ")] or ["The program said nothing."]
    telling = [line for line in said if re.search(r"(?i)error|cannot|failed|not found", line)]
    return f"{(telling or said)[0]} {where}"


def run_steps(steps: Sequence[Step]) -> int:
    """Run the steps in their order; return the exit status."""
    for step in steps:
        try:
            run_step(step)
        except StepFailed as failure:
            print(f"{step.name}: {failure}", file=sys.stderr)
            return 1
        except OSError as failure:
            print(
                f"{step.name}: {failure.strerror or failure}: {failure.filename}", file=sys.stderr
            )
            return 1
        except KeyboardInterrupt:
            return 130
    return 0
