"""Heads of the chain of facts, written down outside the database.

Whoever changes the database can cut off its end or write it anew as a whole, and it would look
right by itself. So the head of the chain is written to a file, one JSON object a line, in a folder
that belongs on another disk or machine. The lines are marked and chained as the facts are.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import structlog
from django.conf import settings

from shuniu.zone.kernel import chain
from shuniu.zone.kernel.chain import Head

NAME = "heads.jsonl"
LONGEST_LINE = 1_000  # bytes; a head has about 250

log = structlog.get_logger("shuniu.heads")


class NotAHead(ValueError):
    """A line of the file does not say what a head says."""


def heads_file() -> Path:
    """Return the file that heads are written to."""
    folder: Path = settings.ENVIRONMENT.heads
    return folder / NAME


def export_head(*, position: int, seal: str, at: datetime) -> bool:
    """Write a head down, on the disk when this returns; false if it, or a later one, is there.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    with _open_alone(heads_file()) as file:
        last = _last_head(file)
        if last is not None and last.position >= position:
            if last.position > position:
                log.warning("head_behind", position=position, written=last.position)
            return False
        before = last.mark if last else chain.BEFORE_THE_FIRST
        told = at.isoformat()
        mark = chain.mark_of(
            position=position, seal=seal, at=told, before=before, key=settings.CHAIN_KEY
        )
        head = Head(position=position, seal=seal, at=told, mark=mark)
        file.seek(0, os.SEEK_END)
        file.write(json.dumps(asdict(head)).encode("ascii") + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return True


def read_heads(path: Path) -> Iterator[Head | None]:
    """Yield the heads of a file, the oldest first; None for a line that is no head.

    A last line without its end is still being written, or was when the machine stopped: left out.
    """
    if not path.exists():
        return
    with path.open("rb") as file:
        while line := file.readline(LONGEST_LINE):
            if line.endswith(b"\n"):
                try:
                    yield _head(line)
                except NotAHead:
                    yield None
            elif len(line) == LONGEST_LINE:
                yield None


@contextmanager
def _open_alone(path: Path) -> Iterator[BinaryIO]:
    """Open the file to read and write it while every other process waits for its turn."""
    is_new = not path.exists()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    number = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    with os.fdopen(number, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
    if is_new:
        _keep_name(path.parent)


def _keep_name(folder: Path) -> None:
    """Put the name of a new file on the disk as well."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _last_head(file: BinaryIO) -> Head | None:
    """Return the last head of the file, whose torn end, if there is one, is cut off.

    A last line that is no head was not written here: the next head then begins a new chain, which
    the check names.
    """
    size = file.seek(0, os.SEEK_END)
    start = file.seek(max(0, size - 2 * LONGEST_LINE))
    tail = file.read()
    whole = tail.rfind(b"\n") + 1
    if whole < len(tail):
        file.truncate(start + whole)
        tail = tail[:whole]
    lines = tail.splitlines()
    if not lines:
        return None
    try:
        return _head(lines[-1])
    except NotAHead:
        log.warning("head_unreadable")
        return None


def _head(line: bytes) -> Head:
    try:
        said = json.loads(line)
        parts = (said["position"], said["seal"], said["at"], said["mark"])
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise NotAHead from error
    if [type(part) for part in parts] != [int, str, str, str]:
        raise NotAHead
    return Head(*parts)
