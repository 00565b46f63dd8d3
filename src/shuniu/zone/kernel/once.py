"""What may be shown once: kept for the next page of a session, sealed meanwhile."""

from __future__ import annotations

import base64
import json

from cryptography.fernet import Fernet
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def keep_once(request: HttpRequest, name: str, words: tuple[str, ...]) -> None:
    """Keep words under a name for the next page; the session's row holds them sealed."""
    request.session[name] = _seal(name).encrypt(json.dumps(words).encode()).decode()


def take_once(request: HttpRequest, name: str) -> tuple[str, ...]:
    """Return what was kept under a name and forget it; nothing if it was shown already."""
    sealed = request.session.pop(name, None)
    return tuple(json.loads(_seal(name).decrypt(sealed))) if sealed else ()


def _seal(name: str) -> Fernet:
    key = salted_hmac(f"kernel.once.{name}", "", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
