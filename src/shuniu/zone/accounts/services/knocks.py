"""Who knocks, as far as can be told before anybody is known."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Knock:
    """Where somebody knocks from.

    Attributes
    ----------
    address
        Network address, as far as it is known.
    device
        What a browser keeps after a sign-in; empty in one that nobody has signed in with.
    agent
        What the browser says of itself.
    """

    address: str
    device: str = ""
    agent: str = ""
