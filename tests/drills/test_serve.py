"""``shuniu serve`` starts where it can, stops when it is told, and leaves nothing behind."""

from __future__ import annotations

import os
import re
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.drills.kills import enterprise_of
from tests.drills.live import open_pages
from tests.drills.people import WRITERS
from tests.drills.person import Person, new_key
from tests.drills.server import (
    HOST,
    SECONDS_TO_START,
    Place,
    Program,
    drill_environment,
    free_port,
    is_healthy,
    processes_in,
    wait_until,
)


@contextmanager
def serve(place: Place, port: int) -> Iterator[Program]:
    """``shuniu serve`` that wants ``port``; whatever it leaves behind is killed at the end."""
    environment = {**drill_environment(place, ""), "SHUNIU_PORT": str(port)}
    program = Program(["-m", "shuniu", "serve"], environment, place.home / "serve.log")
    try:
        yield program
    finally:
        kill_all(place)
        program.process.wait()


def kill_all(place: Place) -> None:
    """Kill everything that was started in a place, at once."""
    for process_id in processes_in(place):
        os.kill(process_id, signal.SIGKILL)
    wait_until(lambda: not processes_in(place), "all are dead", seconds=10)


def wait_for_address(program: Program) -> int:
    """Return the port that the program says it listens on, once it does."""

    def said() -> re.Match[str] | None:
        assert program.is_alive, program.said()
        return re.search(r"^Shuniu: http://localhost:(\d+)/", program.said(), re.MULTILINE)

    wait_until(said, "serve says where it is", seconds=SECONDS_TO_START)
    found = said()
    assert found is not None
    port = int(found[1])
    wait_until(lambda: is_healthy(port), "the server answers", seconds=SECONDS_TO_START)
    return port


def is_free(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex((HOST, port)) != 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_although_a_page_is_open(place: Place, number: signal.Signals) -> None:
    port = free_port()
    with serve(place, port) as program, Person(f"http://{HOST}:{port}", WRITERS[0]) as person:
        wait_for_address(program)
        wait_until(lambda: "worker_started" in program.said(), "the worker starts")
        person.sign_in()
        with open_pages(person, 1) as [page]:
            status = program.stop(number)
            left = processes_in(place)

            assert (status, left, is_free(port)) == (0, [], True)
            assert page.first_line == "retry: 3000"


def test_on_a_taken_port_it_says_so_and_uses_the_next(place: Place) -> None:
    port = free_port()
    with socket.create_server((HOST, port)), serve(place, port) as program:
        used = wait_for_address(program)

        assert used > port
        assert f"Port {port} is taken; using {used}.\n" in program.said()


def test_when_the_worker_dies_the_rest_stops_and_says_so(place: Place) -> None:
    port = free_port()
    with serve(place, port) as program:
        wait_for_address(program)
        for process_id in workers_in(place):
            os.kill(process_id, signal.SIGKILL)
        status = program.process.wait(20)

        assert (status, processes_in(place), is_free(port)) == (1, [], True)
        assert "A part has stopped by itself; stopping the rest.\n" in program.said()


def test_after_everything_was_killed_it_starts_again_with_all_that_was_answered(
    place: Place,
) -> None:
    port = free_port()
    with serve(place, port) as program, Person(f"http://{HOST}:{port}", WRITERS[0]) as person:
        wait_for_address(program)
        person.sign_in()
        sent = person.open_case(
            enterprise_id=enterprise_of(place), key=new_key(), until=time.monotonic() + 30
        )
        kill_all(place)

    with serve(place, port) as program, person.through(f"http://{HOST}:{port}") as again:
        used = wait_for_address(program)
        page = again.client.get(f"/cases/{sent.case_id}/")

        assert (used, page.status_code, sent.key in page.text) == (port, 200, True)
        assert program.stop() == 0


def workers_in(place: Place) -> list[int]:
    """Return the worker processes of a place."""
    return [
        process_id
        for process_id in processes_in(place)
        if b"\0shuniu\0worker\0" in command_of(process_id)
    ]


def command_of(process_id: int) -> bytes:
    with open(f"/proc/{process_id}/cmdline", "rb") as file:  # noqa: PTH123  # no path of ours
        return file.read()
