"""Changing the key of personal data in a place, and looking for such data in all it has stored."""

from __future__ import annotations

import base64
import json
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.drills.key_writers import OWN_CONTACTS
from tests.drills.known_values import NAME
from tests.drills.server import ROOT, Place, Program, drill_environment, wait_until

GRACE_S = 1
SECONDS_TO_ROTATE = 120
SECONDS_TO_LOOK = 60


@dataclass(frozen=True, slots=True)
class Rotated:
    """What writers saw while the key was changed, and what was left of the old one."""

    writes: int
    reads: int
    errors: int
    unreadable: int
    wrong: int
    opened_by_old_key: int
    opened_by_new_key: int
    stored: int


def run(place: Place, *words: str) -> str:
    """Run a module as a child process in a place; return what it prints."""
    environment = drill_environment(place, "")
    done = subprocess.run(
        [sys.executable, "-m", *words],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=SECONDS_TO_ROTATE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def rotate(place: Place) -> list[dict[str, Any]]:
    """Rotate to the end; return the steps that were told."""
    told = run(place, "shuniu", "keys", "rotate", f"--grace-s={GRACE_S}")
    return [json.loads(line) for line in told.splitlines()]


def rotate_until(place: Place, step: str) -> None:
    """Begin to rotate and kill the process when it tells a step."""
    log = place.home / "rotation.log"
    log.unlink(missing_ok=True)
    words = ["-m", "shuniu", "keys", "rotate", f"--grace-s={GRACE_S}"]
    program = Program(words, drill_environment(place, ""), log)
    wait_until(lambda: f'"step": "{step}"' in program.said(), step, seconds=SECONDS_TO_LOOK)
    program.kill()


def data_keys(place: Place) -> dict[int, bytes]:
    """Return the data keys in the key file of a place, by number."""
    ring = json.loads((place.home / "keys.json").read_text())["data"]["keys"]
    return {int(number): base64.b64decode(key) for number, key in ring.items()}


@contextmanager
def writers(place: Place, number: int) -> Iterator[Callable[[], list[dict[str, int]]]]:
    """Processes that write and read; what is yielded stops them and returns what they saw."""
    stop = place.home / "stop"
    programs = [
        Program(
            ["-m", "tests.drills.key_writers", str(seed), str(stop)],
            drill_environment(place, ""),
            place.home / f"writer-{seed}.log",
        )
        for seed in range(number)
    ]

    def end() -> list[dict[str, int]]:
        stop.touch()
        for program in programs:
            program.process.wait(SECONDS_TO_LOOK)
        return [json.loads(program.said().splitlines()[-1]) for program in programs]

    try:
        yield end
    finally:
        for program in programs:
            program.kill()


def stored_texts(place: Place) -> list[tuple[str, bytes]]:
    """Return the sealed texts of all contacts with their places, read without the product."""
    found = []
    for column in ("name", "phone"):
        rows = place.rows(f"SELECT id, {column} FROM registry_contact")  # noqa: S608  # our own word
        for row, stored in rows:
            key = str(row) if "-" in str(row) else _with_hyphens(str(row))
            found.append((f"registry_contact.{column}.{key}", bytes(stored)))
    return found


def _with_hyphens(digits: str) -> str:
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def opened_by(key: bytes, texts: Sequence[tuple[str, bytes]]) -> int:
    """Return how many stored texts a key opens, whatever number they say they have."""
    cipher, opened = AESGCM(key), 0
    for place, stored in texts:
        try:
            cipher.decrypt(stored[3:15], stored[15:], place.encode())
        except InvalidTag:
            continue
        opened += 1
    return opened


def rotate_under_load(place: Place, processes: int, seconds: float) -> Rotated:
    """Change the key while processes write and read without rest."""
    (old,) = data_keys(place).values()
    with writers(place, processes) as end:
        contacts = "SELECT count(*) FROM registry_contact"
        wait_until(
            lambda: place.rows(contacts)[0][0] >= OWN_CONTACTS * processes,
            "all writers are at work",
            seconds=SECONDS_TO_LOOK,
        )
        rotate(place)
        time.sleep(seconds)
        seen = end()
    (new,) = data_keys(place).values()
    texts = stored_texts(place)
    sums = {name: sum(one[name] for one in seen) for name in seen[0]}
    return Rotated(
        **sums,
        opened_by_old_key=opened_by(old, texts),
        opened_by_new_key=opened_by(new, texts),
        stored=len(texts),
    )


@dataclass(frozen=True, slots=True)
class Stored:
    """Everything that a place has written down, in its files and in the rows of PostgreSQL."""

    content: bytes
    files: tuple[str, ...]

    def holds(self, text: str) -> bool:
        """Return whether a text stands there: plain, in hexadecimal digits, or escaped as JSON."""
        plain = text.encode()
        forms = (plain, plain.hex().encode(), plain.hex().upper().encode(), _escaped(text))
        return any(form in self.content for form in forms)

    def known(self, values: Sequence[str]) -> list[str]:
        """Return which of many values stand there; only what looks like one is looked at closer."""
        if not (self.holds(NAME) or re.search(rb"15477\d{6}|3135343737", self.content)):
            return []
        return [value for value in values if self.holds(value)]


def everything_stored(place: Place) -> Stored:
    """Return all that a place has stored, the keys excepted, which are no data."""
    paths = sorted(path for path in place.home.rglob("*") if path.is_file())
    content = [path.read_bytes() for path in paths]
    if place.database:
        tables = place.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in tables:
            rows = place.rows(f'SELECT t::text FROM "{table}" t')  # noqa: S608  # a name the database gave
            content += [row[0].encode() for row in rows]
    return Stored(b"\n".join(content), tuple(path.name for path in paths))


@contextmanager
def kept_open(place: Place) -> Iterator[None]:
    """Keep the database of a place open: SQLite's log goes with the last one."""
    if place.database:
        yield
        return
    with closing(sqlite3.connect(place.home / "shuniu.sqlite3")) as connection:
        connection.execute("SELECT count(*) FROM registry_contact").fetchone()
        yield


def _escaped(text: str) -> bytes:
    return json.dumps(text).strip('"').encode()
