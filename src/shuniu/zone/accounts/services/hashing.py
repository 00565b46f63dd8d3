"""Passwords are slow to compare on purpose; no more at once than the machine has cores."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.hashers import make_password

from shuniu.zone.accounts.models import User
from shuniu.zone.accounts.services.refusals import TooBusy

WAIT_S = 8.0
_ROOM = threading.BoundedSemaphore(os.cpu_count() or 1)


@contextmanager
def room() -> Iterator[None]:
    """Wait for a free core; raise TooBusy after a few seconds."""
    if not _ROOM.acquire(timeout=WAIT_S):
        raise TooBusy
    try:
        yield
    finally:
        _ROOM.release()


def is_password_of(user: User | None, password: str) -> bool:
    """Return whether this is the password; takes as long where there is nobody."""
    with room():
        if user is None:
            make_password(password)
            return False
        return user.check_password(password)
