"""A network that loses things, between a browser and the web server."""

from __future__ import annotations

import random
import socket
import struct
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum

from tests.drills.server import HOST

PIECE = 65_536
SECONDS_TO_ANSWER = 60.0


class Fault(StrEnum):
    """What happens to one connection."""

    NONE = "passed on"
    REQUEST = "request cut"
    EARLY = "left before the answer"
    ANSWER = "answer dropped"
    HALF = "answer cut"


FAULTS = (Fault.REQUEST, Fault.EARLY, Fault.ANSWER, Fault.HALF)


class LossyProxy:
    """Passes connections on to ``port``; a share of them meets a fault, drawn by ``seed``.

    It expects one request for each connection, as a client without kept connections sends them.
    """

    def __init__(self, port: int, *, share: float, seed: int) -> None:
        self.faults: Counter[Fault] = Counter()
        self._upstream = (HOST, port)
        self._share, self._chance = share, random.Random(seed)  # noqa: S311  # drawn again by the same seed
        self._listener = socket.create_server((HOST, 0))
        self.address = f"http://{HOST}:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(SECONDS_TO_ANSWER)

    def _listen(self) -> None:
        serving: list[threading.Thread] = []
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                break
            fault = Fault.NONE
            if self._chance.random() < self._share:
                fault = self._chance.choice(FAULTS)
            self.faults[fault] += 1
            part = self._chance.random()
            thread = threading.Thread(target=self._serve, args=(client, fault, part), daemon=True)
            thread.start()
            serving = [other for other in serving if other.is_alive()] + [thread]
        for thread in serving:
            thread.join(SECONDS_TO_ANSWER)

    def _serve(self, client: socket.socket, fault: Fault, part: float) -> None:
        with client, socket.create_connection(self._upstream, SECONDS_TO_ANSWER) as server:
            client.settimeout(SECONDS_TO_ANSWER)
            with suppress(OSError):
                self._carry(client, server, fault, part)
            if fault is not Fault.NONE:
                for end in (client, server):
                    _reset(end)

    def _carry(
        self, client: socket.socket, server: socket.socket, fault: Fault, part: float
    ) -> None:
        request = _read_request(client)
        if fault is Fault.REQUEST:
            server.sendall(request[: int(len(request) * part)])
            return
        server.sendall(request)
        if fault is Fault.EARLY:
            server.settimeout(part / 10)
            with suppress(TimeoutError):
                server.recv(1)
            return
        answer = b"".join(_read_answer(server))
        if fault is Fault.NONE:
            client.sendall(answer)
        elif fault is Fault.HALF:
            client.sendall(answer[: int(len(answer) * part * 0.9)])


def _read_request(client: socket.socket) -> bytes:
    """Return a whole request: head, and the body of the length that the head tells."""
    request = b""
    while b"\r\n\r\n" not in request:
        piece = client.recv(PIECE)
        if not piece:
            return request
        request += piece
    head, _, body = request.partition(b"\r\n\r\n")
    while len(body) < _length(head):
        piece = client.recv(PIECE)
        if not piece:
            break
        body += piece
    return head + b"\r\n\r\n" + body


def _read_answer(server: socket.socket) -> Iterator[bytes]:
    """Yield the pieces of a whole answer of known length."""
    seen = b""
    while b"\r\n\r\n" not in seen:
        piece = server.recv(PIECE)
        if not piece:
            return
        seen += piece
        yield piece
    head, _, body = seen.partition(b"\r\n\r\n")
    missing = _length(head) - len(body)
    while missing > 0 and (piece := server.recv(PIECE)):
        missing -= len(piece)
        yield piece


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            return int(value)
    return 0


def _reset(end: socket.socket) -> None:
    """Make closing look like a broken network, not like an orderly end."""
    with suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


@contextmanager
def lossy(port: int, *, share: float, seed: int) -> Iterator[LossyProxy]:
    """A proxy that is there inside the block."""
    proxy = LossyProxy(port, share=share, seed=seed)
    try:
        yield proxy
    finally:
        proxy.close()
