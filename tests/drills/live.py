"""A page that is open: it holds the stream of ``/live/``."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

import httpx

from tests.drills.person import Person, browser


class OpenPage:
    """One stream; ``told`` are the apps in which something happened since it was opened."""

    def __init__(self, person: Person) -> None:
        self.told: set[str] = set()
        self._client = browser(str(person.client.base_url))
        self._client.cookies = person.client.cookies
        request = self._client.build_request("GET", "/live/")
        self._answer = self._client.send(request, stream=True)
        self._lines = self._answer.iter_lines()
        self.first_line = next(self._lines)
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        with suppress(httpx.TransportError, httpx.StreamClosed):
            for line in self._lines:
                name, _, value = line.partition(": ")
                if name == "data":
                    self.told |= set(json.loads(value))

    def close(self) -> None:
        """Close the page; the stream may be gone already."""
        stream = self._answer.extensions["network_stream"]
        with suppress(OSError):
            stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)
        self._thread.join(5)
        self._client.close()


@contextmanager
def open_pages(person: Person, number: int) -> Iterator[list[OpenPage]]:
    """Pages that one person has open inside the block."""
    with ExitStack() as stack:
        pages = []
        for _ in range(number):
            page = OpenPage(person)
            stack.callback(page.close)
            pages.append(page)
        yield pages
