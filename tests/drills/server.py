"""A real zone for a drill: its own data folder or database, web server and worker as processes."""

from __future__ import annotations

import http.client
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from shuniu.cli import serve

ROOT = Path(__file__).parents[2]
HOST = "127.0.0.1"
# Below the range that the kernel takes ports of clients from: a client that tries a closed port
# again and again would otherwise one day be connected with itself.
PORTS = range(20_000, 32_000)
SECONDS_TO_START = 60
# The long form of a drill ends after so many seconds, also when it has not done all its rounds.
LONGEST_S = float(os.environ.get("DRILL_SECONDS", "1500"))
SECONDS_TO_STOP = 20


class TookTooLong(AssertionError):
    """Something that was waited for did not happen."""


def wait_until(happened: Callable[[], object], what: str, *, seconds: float = 60) -> None:
    """Return when ``happened`` is true; raise TookTooLong with ``what`` after ``seconds``."""
    until = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > until:
            raise TookTooLong(f"{what}: not within {seconds} s")
        time.sleep(0.05)


def free_port() -> int:
    """Return a port on which nobody listens."""
    while True:
        port = random.choice(PORTS)  # noqa: S311  # any will do
        with socket.socket() as trial:
            if trial.connect_ex((HOST, port)):
                return port


@dataclass(frozen=True, slots=True)
class Place:
    """Where a zone lives: its data folder and, for PostgreSQL, the folder of the socket.

    Rows are read and changed with plain SQL, so that a drill does not believe the code it tests.
    """

    home: Path
    database: str = ""
    socket_folder: str = ""

    def environment(self, **more: str) -> dict[str, str]:
        """Return the environment of a child process that works in this place."""
        outer = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("SHUNIU_", "TEST_", "DJANGO_", "PYTEST_"))
        }
        inner = {"SHUNIU_HOME": str(self.home), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
        if self.database:
            url = f"postgres://postgres@/{self.database}?host={self.socket_folder}"
            inner["SHUNIU_DATABASE_URL"] = url
        return {**outer, **inner, **more}

    def rows(self, sql: str, *values: str) -> list[tuple[Any, ...]]:
        """Return the rows of a question; places are written ``%s``."""
        with self._connection() as (connection, mark):
            return list(connection.execute(sql.replace("%s", mark), values).fetchall())

    def change(self, sql: str, *values: str) -> int:
        """Change rows and return how many; places are written ``%s``."""
        with self._connection() as (connection, mark):
            return int(connection.execute(sql.replace("%s", mark), values).rowcount)

    @contextmanager
    def _connection(self) -> Iterator[tuple[Any, str]]:
        connection: Any
        if self.database:
            connection = psycopg.connect(
                host=self.socket_folder, user="postgres", dbname=self.database, autocommit=True
            )
            mark = "%s"
        else:
            path = self.home / "shuniu.sqlite3"
            connection = sqlite3.connect(path, timeout=60, isolation_level=None)
            mark = "?"
        try:
            yield connection, mark
        finally:
            connection.close()


def set_up(place: Place) -> None:
    """Make an empty zone in a place, with the people of the drills in it."""
    quick = place.environment(DJANGO_SETTINGS_MODULE="tests.drills.settings")
    for words in (["shuniu", "setup"], ["tests.drills.people"]):
        subprocess.run([sys.executable, "-m", *words], env=quick, cwd=ROOT, check=True, timeout=120)


def copy_of(place: Place, home: Path) -> Place:
    """Return a place with the same rows as one that nobody works in."""
    shutil.copytree(place.home, home)
    if not place.database:
        return Place(home)
    copy = Place(home, f"drill_{home.name.replace('-', '_')}", place.socket_folder)
    clerk = Place(home, "postgres", place.socket_folder)
    clerk.change(f'CREATE DATABASE "{copy.database}" TEMPLATE "{place.database}"')
    return copy


def remove(place: Place) -> None:
    """Remove a place with all that is in it."""
    shutil.rmtree(place.home)
    if place.database:
        clerk = Place(place.home, "postgres", place.socket_folder)
        clerk.change(f'DROP DATABASE "{place.database}" WITH (FORCE)')


class Program:
    """A child process in a group of its own; what it says goes to a file."""

    def __init__(self, words: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        self.log = log
        self._from = log.stat().st_size if log.exists() else 0
        with log.open("ab") as file:
            self.process = subprocess.Popen(
                [sys.executable, *words],
                env=environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    def said(self) -> str:
        """Return what this process said since its start."""
        return self.log.read_bytes()[self._from :].decode(errors="replace")

    def kill(self) -> None:
        """Kill the whole group at once, as ``kill -9`` does."""
        if self.is_alive:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Ask the process to stop; return its exit status."""
        os.kill(self.process.pid, number)
        try:
            return self.process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self.kill()
            raise TookTooLong(f"the process did not stop:\n{self.said()}") from None


def drill_environment(place: Place, defect: str) -> dict[str, str]:
    return place.environment(DJANGO_SETTINGS_MODULE="tests.drills.settings", DRILL_DEFECT=defect)


class Web:
    """The web server, started with the words that ``shuniu serve`` uses."""

    def __init__(self, place: Place, *, defect: str = "") -> None:
        self.place, self.defect = place, defect
        self.port = free_port()
        self.address = f"http://{HOST}:{self.port}"
        self.program: Program | None = None

    def start(self) -> None:
        """Start it and return when it answers."""
        words = serve._web_command(Namespace(host=HOST, web_workers=1), self.port)[1:]
        log = self.place.home / "web.log"
        self.program = Program(words, drill_environment(self.place, self.defect), log)
        wait_until(self._answers, "the web server answers", seconds=SECONDS_TO_START)

    def kill(self) -> None:
        if self.program is not None:
            self.program.kill()

    def _answers(self) -> bool:
        if self.program is None or not self.program.is_alive:
            said = self.program.said() if self.program else ""
            raise AssertionError(f"The web server has died:\n{said}")
        return is_healthy(self.port)


def is_healthy(port: int) -> bool:
    """Return whether a server on this port says that it reaches its database."""
    connection = http.client.HTTPConnection(HOST, port, timeout=SECONDS_TO_START)
    try:
        connection.request("GET", "/health/")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


@contextmanager
def web_server(place: Place, *, defect: str = "") -> Iterator[Web]:
    """A web server that runs inside the block and is gone after it."""
    web = Web(place, defect=defect)
    try:
        web.start()
        yield web
    finally:
        web.kill()


class Worker:
    """A worker process."""

    def __init__(self, place: Place, *, defect: str = "", number: int = 1) -> None:
        log = place.home / f"worker-{number}.log"
        self.program = Program(["-m", "shuniu", "worker"], drill_environment(place, defect), log)

    @property
    def is_at_work(self) -> bool:
        if not self.program.is_alive:
            raise AssertionError(f"The worker has died:\n{self.program.said()}")
        return "worker_started" in self.program.said()


def processes_in(place: Place) -> list[int]:
    """Return the processes that were started with this place's data folder in their environment."""
    wanted = f"SHUNIU_HOME={place.home}".encode()
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdecimal():
            continue
        try:
            values = (folder / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        if wanted in values:
            found.append(int(folder.name))
    return found
