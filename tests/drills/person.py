"""Somebody at a browser: signs in, sends forms with their keys, and tries again."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import httpx

from tests.drills.people import PASSWORD, SECRET
from tools.codes import code_of

PAUSE_S = 0.1
SECONDS_TO_ANSWER = 60
CODE_ADDRESS = "/sign-in/code/"
CASE_ADDRESS = re.compile(r"/cases/(\d+)/")


@dataclass(frozen=True, slots=True)
class Sent:
    """A need that was acknowledged: its key, the case that was named, how often it was sent.

    ``cuts`` counts the times that it was sent, at least in part, and no answer came.
    """

    key: str
    case_id: int
    tries: int
    cuts: int


class Person:
    """One signed-in session of one browser. Use it in one thread only."""

    def __init__(self, address: str, name: str) -> None:
        self.name = name
        self.client = browser(address)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.client.close()

    def sign_in(self) -> None:
        """Sign in with name and password, and the code of the app where one is asked for."""
        self.client.get("/sign-in/")
        answer = self._post("/sign-in/", {"name": self.name, "password": PASSWORD})
        assert answer.status_code == 302, answer.text
        if answer.headers["Location"].startswith(CODE_ADDRESS):
            codes = (code_of(SECRET, steps_away=steps) for steps in (-1, 0, 1))
            answers = (self._post(CODE_ADDRESS, {"code": code}) for code in codes)
            assert any(answer.status_code == 302 for answer in answers)

    def through(self, address: str) -> Person:
        """Return the same session at another address, with a new connection for each request."""
        other = Person(address, self.name)
        other.client.close()
        other.client = browser(address, most_kept=0)
        other.client.cookies = self.client.cookies
        return other

    def send(self, path: str, fields: Mapping[str, str], *, key: str) -> httpx.Response:
        """Send a form once."""
        return self._post(path, {**fields, "idempotency_key": key})

    def open_case(self, *, enterprise_id: int, key: str, until: float) -> Sent:
        """Send a need, again and again under its key, until it is acknowledged.

        Raises AssertionError for any answer but the redirect to the case, or after ``until``
        (monotonic seconds).
        """
        fields = {"text": words_of(key), "enterprise": str(enterprise_id)}
        tries = cuts = 0
        while True:
            assert time.monotonic() < until, f"not acknowledged in time: {key}, {tries} tries"
            tries += 1
            try:
                answer = self.send("/needs/", fields, key=key)
            except httpx.ConnectError:
                time.sleep(PAUSE_S)
                continue
            except httpx.TransportError:
                cuts += 1
                continue
            return Sent(key, case_of(answer), tries, cuts)

    def _post(self, path: str, fields: Mapping[str, str]) -> httpx.Response:
        token = self.client.cookies.get("csrftoken") or ""
        return self.client.post(path, data=dict(fields), headers={"X-CSRFToken": token})


def browser(address: str, *, most_kept: int = 5) -> httpx.Client:
    """Return a client for one address that keeps up to ``most_kept`` connections open."""
    return httpx.Client(
        base_url=address,
        timeout=SECONDS_TO_ANSWER,
        trust_env=False,
        verify=False,  # noqa: S501  # loopback without TLS: nothing to verify, and quick to make
        limits=httpx.Limits(max_keepalive_connections=most_kept),
    )


def new_key() -> str:
    return uuid.uuid4().hex


def words_of(key: str) -> str:
    """Return the text of a need that can be found by its key."""
    return f"厂门口的路灯坏了三盏，请来修。{key}"


def case_of(answer: httpx.Response) -> int:
    """Return the case that an answer sends the person to."""
    found = CASE_ADDRESS.fullmatch(answer.headers.get("Location", ""))
    assert answer.status_code == 302, f"{answer.status_code}: {answer.text[:2000]}"
    assert found, answer.headers.get("Location")
    return int(found[1])
